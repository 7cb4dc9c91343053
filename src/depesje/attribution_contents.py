"""Contents: what stands behind a cue and is said, thought, demanded or denied."""

from depesje.attribution_extents import Extents
from depesje.attribution_order import Order
from depesje.attribution_words import Words
from depesje.cues import Cue, is_people, word_class
from depesje.syntax import QUOTES, Sentence, Syntax

_WINDOW = 12
#: Tokens of a sentence that are looked through for an end.
_LONGEST = 300


class Contents:
    """Finds the content behind one document's cues."""

    def __init__(self, syntax: Syntax, words: Words) -> None:
        self.syntax = syntax
        self.doc = syntax.doc
        self.extents = Extents(syntax, words)
        self.order = Order(syntax, self.extents)

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
            found = self.order.infinitive(after, sentence)
        if not found and after + 1 < sentence.last and self.doc[after + 1].lower_ == "å":
            found = self.order.infinitive_beside(after, cue, sentence)
        if not found and ("clause" in cue.takes or (cue.about and "infinitive" in cue.takes)):
            found = self.order.clause(after, sentence) or self.order.loose_clause(i, after, sentence)
        if not found and cue.group == "request":
            found = self.order.request(after, cue, sentence)
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
                return self.extents.find(i, after, sentence)
            if word != "at" and "question" in cue.takes:
                return self.extents.find(i, after, sentence)
            return None
        if token.lower_ == "å" or "Inf" in token.morph.get("VerbForm", []):
            return self.extents.find(i, after, sentence) if "infinitive" in cue.takes else None
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
