"""Contents: what stands behind a cue and is said, thought, demanded or denied."""

from depesje.attribution_sources import Sources
from depesje.cues import Cue, is_people, word_class
from depesje.syntax import QUOTES, Sentence, Syntax

_WINDOW = 12
#: Tokens of a relative clause between a source and its content.
_LONGEST_ASIDE = 40
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM"})
#: Tokens of a sentence that are looked through for an end.
_LONGEST = 300


class Contents:
    """Finds the content behind one document's cues."""

    def __init__(self, syntax: Syntax, sources: Sources) -> None:
        self.syntax = syntax
        self.doc = syntax.doc
        self.sources = sources

    def behind(
        self, i: int, cue: Cue, words: tuple[int, ...], behind: int, sentence: Sentence
    ) -> tuple[int, int] | None:
        """Characters of the content behind the cue."""
        after = max(behind, words[-1])
        quoted = self._quoted_behind(after, cue, sentence)
        if quoted:
            return quoted
        found = None
        governors = [i, *words[1:]]
        for governor in governors:
            found = self._complement(governor, cue, i, after, sentence)
            if found:
                return found
        if "infinitive" in cue.takes and cue.group in {"hope", "promise", "claim", "deny"}:
            found = self._infinitive_by_order(after, sentence)
        if not found and after + 1 < sentence.last and self.doc[after + 1].lower_ == "å":
            found = self._infinitive_beside(after, cue, sentence)
        if not found and ("clause" in cue.takes or (cue.about and "infinitive" in cue.takes)):
            found = self._clause_by_order(after, sentence) or self._loose_clause(i, after, sentence)
        if not found and cue.group == "request":
            found = self._request_by_order(after, cue, sentence)
        return found

    def _quoted_behind(self, after: int, cue: Cue, sentence: Sentence) -> tuple[int, int] | None:
        """`sa «…»`: a quotation mark right behind the cue or its source."""
        position = after + 1
        if position + 1 < sentence.last and self.doc[position].text == ",":
            position += 1
        if (
            cue.group in {"call", "show"}
            or position + 2 >= sentence.last
            or self.doc[position].text not in {"«", '"', "“", "”"}
        ):
            return None
        for k in range(position + 1, min(sentence.last, position + _LONGEST)):
            if self.doc[k].text in {"»", '"', "”"}:
                return (self.syntax.start_of(position), self.syntax.end_of(k)) if k - position > 3 else None
        return self.syntax.start_of(position), self.syntax.end_of(sentence.last - 1)

    def _complement(
        self, governor: int, cue: Cue, i: int, after: int, sentence: Sentence
    ) -> tuple[int, int] | None:
        doc, syntax = self.doc, self.syntax
        if cue.takes & {"names"}:
            return self._naming(i, cue, after, sentence)
        if cue.group == "request":
            asked = self._asked(i, after)
            if asked:
                return asked
        for child in syntax.children[governor]:
            if child <= i or doc[child].dep_ in {"SUBJ", "SBU", "PAR", "IK", "IP", "KOORD", "KONJ"}:
                continue
            if doc[child].pos_ == "ADP" and (doc[child].lower_ in cue.about or child == governor):
                found = self._inside_preposition(child, cue, after, sentence)
            else:
                found = self._object(child, cue, after, sentence)
            if found:
                return found
        if governor != i and doc[governor].pos_ == "ADP":
            return self._inside_preposition(governor, cue, after, sentence)
        return None

    def _asked(self, i: int, after: int) -> tuple[int, int] | None:
        """`ber FN godkjenne planene`: who is asked is the subject of what is asked."""
        syntax = self.syntax
        asked = syntax.child(i, "IOBJ", "DOBJ")
        act = next(
            (c for c in syntax.children[i] if c > i and "Inf" in self.doc[c].morph.get("VerbForm", [])), None
        )
        if asked is None or act is None or not i < asked < act:
            return None
        first, last = max(after + 1, syntax.edges(asked)[0]), syntax.edges(act)[1]
        last = next((k for k in range(act, last) if syntax.opens_aside(k)), last)
        return self.syntax.start_of(first), self.syntax.end_of(last - 1)

    def _inside_preposition(self, i: int, cue: Cue, after: int, sentence: Sentence) -> tuple[int, int] | None:
        inner = self.syntax.child(i, "PUTFYLL")
        if inner is None or inner < i:
            return None
        wide = cue._replace(
            takes=cue.takes | {"infinitive"} | ({"object"} if cue.group in {"urge", "fear"} else set())
        )
        return self._object(inner, wide, max(after, i), sentence, bare=False)

    def _object(
        self, i: int, cue: Cue, after: int, sentence: Sentence, bare: bool = True
    ) -> tuple[int, int] | None:
        doc, syntax = self.doc, self.syntax
        token = doc[i]
        if token.dep_ not in {"DOBJ", "PUTFYLL", "PSUBJ", "POBJ", "OPRED", "SPRED", "IOBJ"}:
            return None
        subordinator = syntax.child(i, "SBU")
        if syntax.is_clause(i):
            word = doc[subordinator].lower_ if subordinator is not None else "at"
            opener = max(syntax.edges(i)[0], after + 1)
            if doc[opener].lower_ in word_class("other_at") and doc[opener + 1].lower_ == "at":
                return None  # `slik at …`
            if doc[max(syntax.edges(i)[0], after + 1)].lower_ in word_class("question_words"):
                word = "om"  # `forklarer hvordan det virker` claims nothing
            has_at = subordinator is not None or doc[max(syntax.edges(i)[0], after + 1)].lower_ == "at"
            if not has_at and cue.group in {"show", "written", "threaten", "announce"}:
                return None  # these keep their `at`
            if word == "at" and "clause" in cue.takes | ({"clause"} if not bare else set()):
                return self.extent(i, after, sentence)
            if word != "at" and "question" in cue.takes:
                return self.extent(i, after, sentence)
            return None
        if token.lower_ == "å" or "Inf" in token.morph.get("VerbForm", []):
            return self.extent(i, after, sentence) if "infinitive" in cue.takes else None
        is_claim = "object" in cue.takes and token.pos_ in {"NOUN", "PROPN", "ADJ", "PRON", "DET"}
        if (
            is_claim
            and token.dep_ != "IOBJ"
            and not self._is_receiver(i, cue)
            and not self._is_background(token.head.i)
        ):
            first, last = syntax.noun_phrase(i)
            first = max(first, after + 1)
            if (
                cue.group == "urge"
                and last < sentence.last
                and doc[last].lower_ in {"til", "for", "av", "på", "mot", "om"}
            ):
                last = max(last, self.syntax.edges(last)[1])  # `krever mer penger | til skolen`
            return (self.syntax.start_of(first), self.syntax.end_of(last - 1)) if first < last else None
        return None

    def _is_background(self, i: int) -> bool:
        """Whether the verb at `i` stands in a clause of circumstance."""
        finite = self.syntax.auxiliaries(i)[-1]
        subordinator = self.syntax.child(finite, "SBU")
        return subordinator is not None and self.doc[subordinator].lower_ in word_class("circumstances")

    def _is_receiver(self, i: int, cue: Cue) -> bool:
        """`varslet politiet`: the object is who was told, not what was said."""
        token = self.doc[i]
        if token.pos_ == "PRON" or token.pos_ == "DET":
            return not (token.lower_ in {"det", "dette"} and cue.group in {"deny", "confirm"})
        is_someone = token.ent_type_ in {"PER", "ORG", "GPE_ORG", "GPE_LOC"} or is_people(token)
        return is_someone and cue.group in {
            "announce",
            "urge",
            "request",
        }

    def _naming(self, i: int, cue: Cue, after: int, sentence: Sentence) -> tuple[int, int] | None:
        """`kaller avtalen et svik`, `omtaler ham som …`, `anklager naboen for å …`."""
        doc, syntax = self.doc, self.syntax
        parts = [
            c
            for c in syntax.children[i]
            if c > after and doc[c].dep_ in {"DOBJ", "IOBJ", "SUBJ"} and doc[c].lower_ != "seg"
        ]
        names = [c for c in (*syntax.children[i], *(b for p in parts for b in syntax.children[p])) if c > i]
        names = [c for c in names if self._is_name_given(c, cue)]
        if parts and not names:
            names = self._name_by_order(parts[0], cue, sentence)
        if not parts or not names:
            return None
        edges = [syntax.edges(c) for c in (parts[0], *names[:1])]
        first, last = max(min(e[0] for e in edges), after + 1), max(e[1] for e in edges)
        return (self.syntax.start_of(first), self.syntax.end_of(last - 1)) if first < last else None

    def _name_by_order(self, part: int, cue: Cue, sentence: Sentence) -> list[int]:
        """`kaller gass med ny teknologi for «rein»`, which the parse hangs on the last noun."""
        if cue.group != "call":
            return []
        near = range(part + 1, min(part + _WINDOW, sentence.last - 1))
        return [k for k in near if self.doc[k].lower_ == "for" and self.doc[k + 1].text in QUOTES][:1]

    def _is_name_given(self, c: int, cue: Cue) -> bool:
        """Whether the dependent at `c` is what something is called, or of what somebody is accused."""
        doc = self.doc
        if doc[c].dep_ in {"OPRED", "SPRED"}:
            return True
        if doc[c].lower_ in cue.about:  # `kalte inn X for å snakke` gives no name
            inner = self.syntax.child(c, "PUTFYLL")
            return cue.group == "accuse" or (inner is not None and doc[inner].lower_ != "å")
        return doc[c].dep_ == "ADV" and doc[c].pos_ == "NOUN" and self.syntax.child(c, "DET") is not None

    def _clause_by_order(self, after: int, sentence: Sentence) -> tuple[int, int] | None:
        """A clause with `at` a few words behind the cue that the parse hangs elsewhere."""
        doc = self.doc
        aside = self._behind_aside(after, sentence)
        if aside is not None:
            return self._to_end(aside, sentence)
        for k in range(after + 1, min(after + _WINDOW, sentence.last - 1)):
            token = doc[k]
            if token.lower_ == "at" and doc[k - 1].lower_ in word_class("other_at"):
                return None  # `etter at …`, `viktigheten av at …`
            if token.lower_ == "at" and (not self.syntax.parsed or token.dep_ == "SBU"):
                if not self.syntax.parsed:
                    return self.syntax.start_of(k + 1), self.syntax.end_of(sentence.last - 1)
                head = token.head.i
                if head <= k:  # the parse has lost the clause's verb
                    return self._to_end(k + 1, sentence)
                if k == after + 1 or doc[head].dep_ in {
                    "DOBJ",
                    "PUTFYLL",
                    "PSUBJ",
                    "POBJ",
                    "APP",
                    "SPRED",
                    "ATR",
                    "ROOT",
                }:
                    return self.extent(head, k, sentence)
                return None
            if token.text in {":", ";", "."} or (self.syntax.parsed and self.syntax.is_finite(k)):
                return None
        return None

    def _behind_aside(self, after: int, sentence: Sentence) -> int | None:
        """`sier Berg, som bor i byen, at | …`: where the content begins behind a relative clause."""
        doc = self.doc
        if after + 3 >= sentence.last or doc[after + 1].text != "," or doc[after + 2].lower_ != "som":
            return None
        within = range(after + 3, min(after + _LONGEST_ASIDE, sentence.last - 2))
        return next((k + 2 for k in within if doc[k].text == "," and doc[k + 1].lower_ == "at"), None)

    def _loose_clause(self, i: int, after: int, sentence: Sentence) -> tuple[int, int] | None:
        """A clause without `at` whose verb the parse makes another of the cue's, or hangs on who was told."""
        doc, syntax = self.doc, self.syntax
        if after == i and doc[i].dep_ == "PAR" and doc[i + 1].pos_ == "PRON":  # `Moe, naboen, sier han …`
            finite = any(syntax.is_finite(k) for k in range(i + 2, min(i + _WINDOW, sentence.last)))
            return self._to_end(i + 1, sentence) if finite and not sentence.dash else None
        for child in syntax.children[i]:
            if child <= after + 1 or not syntax.is_finite(child) or doc[child].dep_ != "KOORD":
                continue
            nominal = [k for k in range(after + 1, child) if doc[k].pos_ in _NOMINAL]
            if nominal and syntax.child(child, "KONJ", "SUBJ", "SBU") is None:  # `sier breene de ser, minker`
                return self._to_end(nominal[0], sentence)
        for child in syntax.children[i]:  # `sier til avisen | han går av`
            told = syntax.child(child, "PUTFYLL") if doc[child].lower_ in {"til", "overfor"} else None
            clause = syntax.child(told, "ATR") if told is not None else None
            if told is None or doc[told].pos_ == "PRON" or clause is None:
                continue
            if not syntax.is_finite(clause) or doc[clause - 1].pos_ != "PRON":
                continue
            if syntax.child(clause, "SUBJ") == clause - 1 and syntax.child(clause, "SBU") is None:
                return self.extent(clause, clause - 2, sentence)
        return None

    def _infinitive_beside(self, after: int, cue: Cue, sentence: Sentence) -> tuple[int, int] | None:
        """`opplyser å ha`, `mener å kunne`: an infinitive right behind a verb that takes content."""
        may = cue.lemma in word_class("takes_content") and not cue.particles
        return self.extent(after + 1, after, sentence) if may else None

    def _request_by_order(self, after: int, cue: Cue, sentence: Sentence) -> tuple[int, int] | None:
        """`ber alle som har sett noe | om å melde seg`: the infinitive that the parse hangs elsewhere."""
        for k in range(after + 1, min(after + _WINDOW, sentence.last - 2)):
            if self.doc[k].lower_ in cue.about and self.doc[k + 1].lower_ == "å":
                return self.extent(k + 1, k, sentence)
        return None

    def _to_end(self, first: int, sentence: Sentence) -> tuple[int, int]:
        """From token `first` to the sentence's end, or to a contrast."""
        last = next((k for k in range(first + 1, sentence.last) if self._contrasts(k)), sentence.last)
        return self.syntax.start_of(first), self.syntax.end_of(last - 1)

    def _infinitive_by_order(self, after: int, sentence: Sentence) -> tuple[int, int] | None:
        """`håper i det lengste å vinne`: an infinitive a few words behind the cue."""
        for k in range(after + 1, min(after + _WINDOW // 2, sentence.last - 1)):
            token = self.doc[k]
            if token.lower_ == "å":
                return self.extent(k, k - 1, sentence)
            if token.pos_ in {"NOUN", "PROPN", "VERB", "AUX", "PUNCT"}:
                return None
        return None

    def extent(self, i: int, after: int, sentence: Sentence) -> tuple[int, int] | None:
        """What token `i` heads, behind token `after`, without its `at`."""
        first, last = self.syntax.edges(i)
        first = max(first, after + 1)
        first = self._with_subject(i, first, after)
        last = self._with_coordinated(i, self._with_circumstances(i, last, sentence), sentence)
        last = self._with_next_at(last, sentence)
        for k in range(first, min(last, first + _LONGEST)):
            if (
                self.doc[k].dep_ == "KOORD"
                and self.sources.is_cue(k)
                and self.sources.outer_cue(k) is not None
            ):
                last = max(self.syntax.edges(k)[0], first)
                break
        last = next((k for k in range(first + 1, min(last, first + _LONGEST)) if self._contrasts(k)), last)
        for child in self.syntax.children[i]:  # `at …, skriver avisa`: the aside is no part of it
            if self.doc[child].dep_ == "PAR" and child > i and self.doc[child].right_edge.i >= last - 2:
                last = min(last, max(first, self.doc[child].left_edge.i))
        while first < last and (
            (self.doc[first].lower_ in {"at", "om"} and self.doc[first].dep_ in {"SBU", "ADV"})
            or self.doc[first].is_punct
        ):
            if self.doc[first].text in QUOTES:
                break
            first += 1
        if first + 2 < last and self.doc[first].lower_ == "det" and self.doc[first + 1].lower_ == "at":
            first += 2  # `På nettstedet heter det at …`
        if first >= last:
            return None
        if last == sentence.last - 1 and self.doc[last].text[:1].isdigit():  # `fra 1971.` in one token
            last += 1
        return self.syntax.start_of(first), self.syntax.end_of(last - 1)

    def _with_subject(self, i: int, first: int, after: int) -> int:
        """Where a clause without `at` begins whose subject the parse hangs on the cue: `mener | mange velgere vil`."""
        doc, syntax = self.doc, self.syntax
        opens_late = first == after + 2 and doc[after + 1].pos_ in {"PRON", "DET"}
        if opens_late and doc[first].lower_ != "at":  # `sier | det absolutt ikke må`
            return after + 1
        if not syntax.is_finite(i) or syntax.child(i, "SUBJ", "FSUBJ", "SBU") is not None:
            return first
        nominal = (k for k in range(after + 1, first) if doc[k].pos_ in _NOMINAL and doc[k].dep_ != "IOBJ")
        return next(nominal, first)

    def _with_next_at(self, last: int, sentence: Sentence) -> int:
        """Take in `…, og at det …`, which the parse may hang elsewhere."""
        doc, k = self.doc, last
        while k < sentence.last and (doc[k].text == "," or doc[k].pos_ == "CCONJ"):
            k += 1
        if last < k < sentence.last and doc[k - 1].pos_ == "CCONJ" and doc[k].lower_ == "at":
            head = doc[k].head.i
            return max(last, self.syntax.edges(head)[1]) if head > k else last
        return last

    def _with_coordinated(self, i: int, last: int, sentence: Sentence) -> int:
        """Take in verbs without subject that the parse hangs on the cue: `viser at det øker, styrker og gir …`."""
        doc, syntax = self.doc, self.syntax
        tense = doc[i].morph.get("Tense", [])
        cue = doc[i].head
        cue = cue.head if cue.pos_ == "ADP" else cue  # `opplyser om at`
        for child in syntax.children[cue.i] if syntax.is_clause(i) else ():
            first, end = syntax.edges(child)
            opens = first >= last and all(
                doc[k].text == "," or doc[k].pos_ == "CCONJ" for k in range(last, child)
            )
            joins = doc[child].dep_ in {"KOORD", "PAR"} and doc[child].morph.get("Tense", []) == tense
            if child > i and opens and joins and not self.sources.is_saying(child):
                last = min(end, sentence.last)
        return last

    def _contrasts(self, k: int) -> bool:
        """`…, mens andre mener …`: the comma begins what someone else does."""
        doc = self.doc
        return doc[k].text == "," and k + 1 < len(doc) and doc[k + 1].lower_ in word_class("contrast")

    def _with_circumstances(self, i: int, last: int, sentence: Sentence) -> int:
        """Take in a clause of circumstance that the parse hangs on the cue: `at hun sov, da mannen kom`."""
        if not self.syntax.is_clause(i) or self.doc[i].head.i == i:
            return last
        for child in self.syntax.children[self.doc[i].head.i]:
            first, end = self.syntax.edges(child)
            opener = self.doc[first]
            begins = first == last or (first == last + 1 and self.doc[last].text == ",")
            if child > i and begins and opener.lower_ in word_class("goes_on"):
                last = end
        return last
