"""Attributions: the places where a sentence names a source and hands content over to it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from spacy.tokens import Token

from depesje import lexicon
from depesje.cues import Cue, cue_forms, is_document, is_people, listed, noun_cues, word_class
from depesje.syntax import QUOTES, Sentence, Syntax

Kind = Literal["forward", "backward", "previous", "colon", "headless"]
_WINDOW = 12
#: Between the words of a phrase (`ta til orde for`) so many tokens may stand.
_GAP = 3
#: Tokens of a sentence that are looked through for a partner or a verb.
_LONGEST = 300
#: Groups of cues that need a mind.
_OPINIONS = frozenset({"think", "believe", "suppose", "hope", "wish", "fear", "doubt", "ask", "promise"})
_NEVER_SOURCES = frozenset({"VERB", "AUX", "ADP", "ADV", "SCONJ", "PART", "PUNCT", "CCONJ"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM"})


@dataclass(frozen=True, slots=True)
class Attribution:
    """One cue with its source and, where the sentence has it, its content.

    Attributes
    ----------
    kind
        Where the content stands: after the cue, before it in the sentence, in the sentences before, after a colon;
        ``headless`` is a heading that begins with the cue and leaves its subject out.
    cue
        Tokens of the cue.
    source
        Tokens of the noun phrase that names the source (first, last exclusive, head), or None.
    content
        Characters of the content; of ``previous`` and ``colon`` it is filled in by the paragraph.
    rest
        Content that goes on behind the attribution.
    certainty
        What the cue lends to its content.
    """

    kind: Kind
    sentence: int
    cue: tuple[int, ...]
    source: tuple[int, int, int] | None
    content: tuple[int, int] | None
    certainty: str
    rest: tuple[int, int] | None = None
    #: The cue's group in the lexicon; ``preposition``, ``noun`` or ``open`` for those that are in none.
    group: str = "open"


def _without_asides(found: list[Attribution]) -> list[Attribution]:
    """Let content end where another attribution begins behind it: `sier at …, skriver avisa`."""
    ends = [a.content[1] for a in found if a.kind == "backward" and a.content and a.group != "preposition"]
    if not ends:
        return found
    return [
        replace(a, content=(a.content[0], min([a.content[1], *(e for e in ends if e > a.content[0])])))
        if a.kind == "forward" and a.content
        else a
        for a in found
    ]


class AttributionFinder:
    """Finds the attributions of one document.

    Parameters
    ----------
    syntax
        The document's sentences and relations.
    """

    def __init__(self, syntax: Syntax) -> None:
        self.syntax = syntax
        self.doc = syntax.doc

    def find(self, sentence: Sentence) -> list[Attribution]:
        """The attributions of a sentence, in order of their cues."""
        found: list[Attribution] = []
        taken: set[int] = set()
        for i in range(sentence.first, sentence.last):
            if i in taken:
                continue
            attribution = (
                self._source_phrase(i, sentence) or self._verb(i, sentence) or self._noun(i, sentence)
            )
            if attribution:
                taken.update(attribution.cue)
                found.append(attribution)
        return _without_asides(found)

    # Verbs

    def _verb(self, i: int, sentence: Sentence) -> Attribution | None:
        token = self.doc[i]
        readings = self._readings(token)
        if not readings and not self._opens_class(i, sentence):
            return None
        if (
            self.syntax.tagged
            and token.pos_ not in {"VERB", "AUX"}
            and not self._beside_quotation(i, sentence)
        ):
            return None
        chain = self._finite_chain(i, readings)
        if chain and i + 1 < sentence.last and self.doc[i + 1].lower_ in word_class("narrators"):
            return None  # `disse tallene mener jeg er …`
        if chain is None or self._is_condition(chain, sentence):
            return None
        for cue in readings:
            particles = self._particles(i, cue, sentence)
            if particles is not None:
                found = self._reading(i, cue, particles, chain, sentence)
                if found:
                    return found
        if not readings:
            return self._beside(i, (i,), "asserted", chain, sentence)
        return None

    def _readings(self, token: Token) -> tuple[Cue, ...]:
        """The cues that a form can be; an unlisted form of a listed verb counts by its lemma."""
        listed = cue_forms().get(token.lower_)
        if listed is None and token.pos_ == "VERB" and "Pass" not in token.morph.get("Voice", []):
            by_lemma = cue_forms().get(token.lemma_.lower(), ())
            finite = "Fin" in token.morph.get("VerbForm", [])
            return tuple(
                dict.fromkeys(c._replace(finite=finite) for c in by_lemma if c.lemma == token.lemma_.lower())
            )
        return listed or ()

    def _reading(
        self, i: int, cue: Cue, particles: tuple[int, ...], chain: list[int], sentence: Sentence
    ) -> Attribution | None:
        words = (i, *particles)
        if cue.passive or self._is_passive(i, chain):
            return self._passive(i, cue, words, chain, sentence)
        certainty = self._certainty(i, cue, chain)
        if self._is_headless(i, sentence):
            content = self._content(i, cue, words, i, sentence)
            return content and Attribution(
                "headless", sentence.index, words, None, content, certainty, None, cue.group
            )
        source = self._written_in(i, sentence)
        if cue.group != "written":
            source = source or self._source(i, chain, sentence)
        if source is None or (cue.group == "voice" and len(chain) > 1):
            return None
        if not particles and self._is_reflexive(i):
            return None
        if cue.group == "suppose" and particles and self._has_object(i, particles[0]):
            return None  # `åpnet vinduet for å se`
        if cue.lemma in {"være", "vere"} and any(
            self.doc[v].lemma_ not in {"ha", "være", "vere"} for v in chain
        ):
            return None  # `må være trygg på at`
        if cue.group == "show" and not is_document(self.doc[source[2]]):
            return None
        if certainty == "dropped":
            return None
        if not self._is_person(source):
            if cue.group in _OPINIONS and self._is_abstract(source[2]):
                return None
            cue = cue._replace(takes=cue.takes - {"object", "infinitive", "names"})
        if sentence.dash and self.doc[chain[-1]].dep_ == "PAR":
            beside = self._beside(i, words, certainty, chain, sentence)
            if beside:
                return beside
        if i == sentence.first and self.doc[i].is_title and source[0] > i:
            return None
        behind = max(words[-1], source[1] - 1 if source[0] > i else 0)
        content = self._content(i, cue, words, behind, sentence)
        if content:
            return Attribution("forward", sentence.index, words, source, content, certainty, None, cue.group)
        beside = self._beside(i, words, certainty, chain, sentence)
        if beside:
            return beside
        if self._takes_up(i, chain, sentence):
            return Attribution("previous", sentence.index, words, source, None, certainty)
        if self._ends_in_colon(i, sentence):
            return Attribution("colon", sentence.index, words, source, None, certainty)
        return None

    def _particles(self, i: int, cue: Cue, sentence: Sentence) -> tuple[int, ...] | None:
        """Tokens of the words that complete the cue, in order, or None if one is missing."""
        found: list[int] = []
        position = i + 1
        stop = min(sentence.last, i + _WINDOW)
        for particle in cue.particles:
            while position < stop and self.doc[position].lower_ != particle:
                if self.doc[position].text in {":", ";"} or self.doc[position].lower_ == "at":
                    return None
                position += 1
            if position >= stop or (found and position - found[-1] > _GAP):
                return None
            found.append(position)
            position += 1
        is_other = position < stop and self.doc[position].lower_ in word_class("other_phrase")
        return None if cue.particles and is_other else tuple(found)

    def _finite_chain(self, i: int, readings: tuple[Cue, ...]) -> list[int] | None:
        """The verb with its auxiliaries, up to a finite verb; None for a verb that is nobody's act."""
        syntax = self.syntax
        if not syntax.parsed:
            return [i] if any(c.finite for c in readings) or not readings else None
        chain = syntax.auxiliaries(i)
        top = chain[-1]
        if syntax.is_finite(top):
            return chain
        token = self.doc[top]
        if token.dep_ == "KOORD" and token.head.pos_ in {"VERB", "AUX"}:  # `har avvist … og lovet …`
            above = syntax.auxiliaries(token.head.i)
            if syntax.is_finite(above[-1]):
                return [*chain, above[-1]] if len(above) > 1 else None
        if self._marker(top) is not None:  # `valgte å si at`
            governor = self.doc[self.doc[top].head.i].head.i
            if self.doc[governor].lemma_ in word_class("control") | word_class("refusal"):
                above = syntax.auxiliaries(governor)
                return [*chain, *above] if syntax.is_finite(above[-1]) else None
        is_past = any(c.finite and c.lemma for c in readings) and syntax.child(i, "SUBJ") is not None
        return chain if is_past else None

    def _marker(self, i: int) -> int | None:
        """The infinitive marker that governs an infinitive."""
        head = self.doc[i].head
        return head.i if head.i != i and head.lower_ == "å" else None

    def _is_condition(self, chain: list[int], sentence: Sentence) -> bool:
        """Whether the verb stands in a condition or is asked about: then nobody has said it."""
        for verb in chain:
            for child in self.syntax.children[verb]:
                if self.doc[child].dep_ == "SBU" and self.doc[child].lower_ in word_class("conditions"):
                    return True
        finite = chain[-1]
        asked = self.doc[sentence.last - 1].text == "?" and finite == sentence.first
        return asked and self.doc[finite].is_title

    def _is_passive(self, i: int, chain: list[int]) -> bool:
        if len(chain) < 2 or self.doc[i].dep_ != "INFV":
            return False
        return self.doc[chain[1]].lemma_ in {"bli", "verte", "blive", "være", "vere"}

    def _has_object(self, i: int, behind: int) -> bool:
        return any(i < c < behind and self.doc[c].dep_ == "DOBJ" for c in self.syntax.children[i])

    def _is_reflexive(self, i: int) -> bool:
        """`melder seg ut`, `uttaler seg`: nothing is said."""
        return any(self.doc[c].lower_ == "seg" for c in self.syntax.children[i] if i < c <= i + 3)

    def _is_headless(self, i: int, sentence: Sentence) -> bool:
        is_heading = self.syntax.blocks[sentence.block][2]
        return is_heading and i == sentence.first and self.doc[i].is_title

    def _certainty(self, i: int, cue: Cue, chain: list[int]) -> str:
        """The cue's certainty under its negation; ``dropped`` where a negated cue says nothing."""
        negated = self.syntax.is_negated(chain) or any(
            self.doc[v].lemma_ in word_class("refusal") for v in chain[1:]
        )
        if not self.syntax.parsed:
            negated = any(t.lower_ in word_class("negations") for t in self.doc[i + 1 : i + 3])
        if not negated:
            return cue.certainty
        return lexicon.load("certainty")["negated_cues"].get(cue.group, "dropped")

    # The source

    def _source(self, i: int, chain: list[int], sentence: Sentence) -> tuple[int, int, int] | None:
        outer = self._outer_cue(i)
        head = self.syntax.subject(i if outer is None else outer)
        subjects = [c for c in self.syntax.children[i] if c > i and self.doc[c].dep_ == "SUBJ"]
        named = [
            c
            for c in self.syntax.children[i]
            if self.doc[c].dep_ == "SUBJ" and self.doc[c].ent_type_ == "PER"
        ]
        if head is not None and named and self.doc[head].ent_type_ != "PER":
            head = named[0]
        if subjects and head is not None and head < i:  # two subjects: in Norwegian the verb comes second
            head = subjects[0]
        if head is None and len(chain) > 1:
            head = next((s for v in chain[1:] if (s := self.syntax.subject(v)) is not None), None)
        if head is None and not self.syntax.parsed:
            return self._source_by_order(i, sentence)
        if head is None or not self._can_speak(head):
            behind = self._source_behind(i, sentence) if head is None or self._is_det(head) else None
            return behind
        first, last = self.syntax.noun_phrase(head)
        if last <= i:
            last = self._without_circumstance(head, last, before=True)
        near = next((k for k in range(max(first - 1, 1), min(last, i)) if self._is_near(k)), None)
        if near is not None:
            return self._close_to(near, first, i)
        if last == i and self._is_credit(first):
            return self._name_before(i)
        if first > i:
            last = self._without_circumstance(head, last)
            return self._apposed_name(first, last, head, sentence)
        if first <= i < last:  # the verb stands inside: an antecedent
            if head >= i:
                return None
            is_source = self._is_person((first, last, head)) or is_document(self.doc[head])
            if not is_source or self.doc[head].pos_ == "NUM":
                return self._people_before(i, sentence)
            last = next(
                (k for k in range(head + 1, i + 1) if self.doc[k].text == "," or self.doc[k].lower_ == "som"),
                i,
            )
        return first, last, head

    def _outer_cue(self, i: int) -> int | None:
        """The cue that a cue without subject goes with, where the parse puts it into the other's content.

        `Hun mener at broen er farlig og krever at den stenges`: she demands, not the bridge.
        """
        doc, syntax = self.doc, self.syntax
        if (
            doc[i].dep_ != "KOORD"
            or syntax.child(i, "SUBJ", "FSUBJ", "SBU") is not None
            or not syntax.is_finite(i)
        ):
            return None
        at = doc[i].head.i
        for _ in range(8):
            head = doc[at].head.i
            if head == at or head >= i:
                return None
            if self._is_cue(head) and doc[head].morph.get("Tense", []) == doc[i].morph.get("Tense", []):
                return head if syntax.subject(head) is not None else None
            at = head
        return None

    def _is_near(self, k: int) -> bool:
        return self.doc[k].lower_ in word_class("near") and self.doc[k - 1].pos_ == "NOUN"

    def _close_to(self, near: int, first: int, i: int) -> tuple[int, int, int]:
        """`en kilde nær regjeringen`, which the parse seldom holds together: from the first noun to the verb."""
        head = near - 1
        end = next((k for k in range(near + 1, i) if self.doc[k].pos_ not in _NOMINAL), i)
        return min(first, self.syntax.edges(head)[0]), end, head

    def _is_credit(self, first: int) -> bool:
        """Whether a noun phrase begins as the credit of a photo (`FOTO: Ola Nordmann / NTB Kari Nordmann sier`)."""
        return any(self.doc[k].lower_ == "foto" for k in range(max(0, first - 3), first + 1))

    def _name_before(self, i: int) -> tuple[int, int, int] | None:
        """The name that ends right before the verb."""
        first = i
        while first > 0 and self.doc[first - 1].ent_type_ == self.doc[i - 1].ent_type_ != "":
            first -= 1
            if self.doc[first].ent_iob_ == "B":
                break
        return (first, i, first) if first < i else None

    def _people_before(self, i: int, sentence: Sentence) -> tuple[int, int, int] | None:
        """The nearest noun of people before a relative clause: `et vitne torsdag som fortalte`."""
        for k in range(i - 1, max(sentence.first, i - _WINDOW) - 1, -1):
            if self.doc[k].pos_ == "NOUN" and is_people(self.doc[k]):
                first, last = self.syntax.noun_phrase(k)
                return first, min(last, i), k
        return None

    def _without_circumstance(self, head: int, last: int, before: bool = False) -> int:
        """Where a source behind its verb ends: `sier presidenten | på Twitter`, `| til avisa`, `| i en melding`."""
        for child in self.syntax.children[head]:
            token = self.doc[child]
            if not head < child < last or token.pos_ != "ADP":
                continue
            inner = self.syntax.child(child, "PUTFYLL")
            is_medium = inner is not None and self.doc[inner].lemma_.lower().endswith(
                tuple(listed("media", "nouns"))
            )
            if is_medium or (token.lower_ in listed("media", "prepositions") and not before):
                return child
        return last

    def _apposed_name(self, first: int, last: int, head: int, sentence: Sentence) -> tuple[int, int, int]:
        """`sier lederen for laget, Ola Nordmann, …`: the name behind the comma, wherever the parse hangs it."""
        doc = self.doc
        comma = last + self._trails(last) if last < sentence.last else last
        name = comma + 1
        if name >= sentence.last or doc[comma].text != "," or doc[name].ent_type_ != "PER":
            return first, last, head
        if doc[head].ent_type_ == "PER" or not is_people(doc[head]):
            return first, last, head
        end = name
        while end < sentence.last and doc[end].ent_type_ == "PER":
            end += 1
        closes = end >= sentence.last or doc[end].text in {",", ".", "(", ":"} or doc[end].pos_ == "ADP"
        return (name, end, name) if closes else (first, last, head)

    def _is_person(self, source: tuple[int, int, int]) -> bool:
        """Whether a source can act: a name, a pronoun of persons, a noun of people."""
        head = self.doc[source[2]]
        if head.ent_type_ or head.pos_ in {"PROPN", "PRON", "NUM", "DET", "ADJ"} or not self.syntax.tagged:
            return True
        return is_people(head)

    def _is_abstract(self, head: int) -> bool:
        token = self.doc[head]
        return token.lower_.endswith(tuple(listed("people", "abstract"))) or is_document(token)

    def _is_det(self, i: int) -> bool:
        return self.doc[i].lower_ in {"det", "dette"}

    def _can_speak(self, i: int) -> bool:
        token = self.doc[i]
        if token.lower_ in listed("not_speakers", "pronouns"):
            tied = (self.doc[c] for c in self.syntax.children[i] if c > i)
            return any(c.dep_ == "FLAT" or c.lower_ == "av" for c in tied)  # `Det hvite hus`, `en av dem`
        is_word = any(map(str.isalnum, token.text))
        if not is_word or token.lemma_.lower() in listed("not_speakers", "times"):
            return False
        return token.pos_ not in _NEVER_SOURCES and token.lower_ != "å"

    def _source_behind(self, i: int, sentence: Sentence) -> tuple[int, int, int] | None:
        """The noun phrase right behind an inverted verb, for parses that give it no subject."""
        first = i + 1
        while first < sentence.last and self.doc[first].lower_ in word_class("adverbs_behind_verb"):
            first += 1
        object_ = self.syntax.child(i, "DOBJ", "PSUBJ", "SPRED")
        if (
            object_ is not None
            and self.syntax.edges(object_)[0] == first
            and self.doc[object_].pos_ in {"NOUN", "PROPN"}
        ):
            return (*self.syntax.noun_phrase(object_), object_)
        if first >= sentence.last or not self._can_speak(first) or self.doc[first].pos_ not in _NOMINAL:
            return None
        last = first
        while last < sentence.last and self.doc[last].pos_ in _NOMINAL:
            last += 1
        nouns = [k for k in range(first, last) if self.doc[k].pos_ in {"NOUN", "PROPN", "PRON"}]
        return (first, last, nouns[-1]) if nouns else None

    def _source_by_order(self, i: int, sentence: Sentence) -> tuple[int, int, int] | None:
        """Without a parse: a name or pronoun beside the verb."""
        for step in (1, -1):
            k, words = i + step, []
            while sentence.first <= k < sentence.last and (
                self.doc[k].is_title or self.doc[k].lower_ in {"han", "hun", "ho"}
            ):
                words.append(k)
                k += step
            words = [
                w
                for w in words
                if not self.doc[w].is_punct and self.doc[w].lower_ not in listed("not_speakers", "pronouns")
            ]
            if words:
                return min(words), max(words) + 1, max(words)
        return None

    # The content

    def _content(
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
        if not found and ("clause" in cue.takes or (cue.about and "infinitive" in cue.takes)):
            found = self._clause_by_order(after, sentence)
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
                return (self._start(position), self._end(k)) if k - position > 3 else None
        return self._start(position), self._end(sentence.last - 1)

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
        return self._start(first), self._end(last - 1)

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
            if doc[max(syntax.edges(i)[0], after + 1)].lower_ in word_class("question_words"):
                word = "om"  # `forklarer hvordan det virker` claims nothing
            has_at = subordinator is not None or doc[max(syntax.edges(i)[0], after + 1)].lower_ == "at"
            if not has_at and cue.group in {"show", "written", "threaten"}:
                return None  # these keep their `at`
            if word == "at" and "clause" in cue.takes | ({"clause"} if not bare else set()):
                return self._extent(i, after, sentence)
            if word != "at" and "question" in cue.takes:
                return self._extent(i, after, sentence)
            return None
        if token.lower_ == "å" or "Inf" in token.morph.get("VerbForm", []):
            return self._extent(i, after, sentence) if "infinitive" in cue.takes else None
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
            return (self._start(first), self._end(last - 1)) if first < last else None
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
            if c > i and doc[c].dep_ in {"DOBJ", "IOBJ"} and doc[c].lower_ != "seg"
        ]
        names = [
            c
            for c in syntax.children[i]
            if c > i and (doc[c].dep_ in {"OPRED", "SPRED"} or doc[c].lower_ in cue.about)
        ]
        if not parts or not names:
            return None
        edges = [syntax.edges(c) for c in (parts[0], *names[:1])]
        first, last = max(min(e[0] for e in edges), after + 1), max(e[1] for e in edges)
        return (self._start(first), self._end(last - 1)) if first < last else None

    def _clause_by_order(self, after: int, sentence: Sentence) -> tuple[int, int] | None:
        """A clause with `at` a few words behind the cue that the parse hangs elsewhere."""
        doc = self.doc
        for k in range(after + 1, min(after + _WINDOW, sentence.last - 1)):
            token = doc[k]
            if token.lower_ == "at" and doc[k - 1].lower_ in word_class("other_at"):
                return None  # `etter at …`, `viktigheten av at …`
            if token.lower_ == "at" and (not self.syntax.parsed or token.dep_ == "SBU"):
                if not self.syntax.parsed:
                    return self._start(k + 1), self._end(sentence.last - 1)
                head = token.head.i
                if head > k and doc[head].dep_ in {
                    "DOBJ",
                    "PUTFYLL",
                    "PSUBJ",
                    "POBJ",
                    "APP",
                    "SPRED",
                    "ATR",
                    "ROOT",
                }:
                    return self._extent(head, k, sentence)
                return None
            if token.text in {":", ";", "."} or (self.syntax.parsed and self.syntax.is_finite(k)):
                return None
        return None

    def _infinitive_by_order(self, after: int, sentence: Sentence) -> tuple[int, int] | None:
        """`håper i det lengste å vinne`: an infinitive a few words behind the cue."""
        for k in range(after + 1, min(after + _WINDOW // 2, sentence.last - 1)):
            token = self.doc[k]
            if token.lower_ == "å":
                return self._extent(k, k - 1, sentence)
            if token.pos_ in {"NOUN", "PROPN", "VERB", "AUX", "PUNCT"}:
                return None
        return None

    def _extent(self, i: int, after: int, sentence: Sentence) -> tuple[int, int] | None:
        """What token `i` heads, behind token `after`, without its `at`."""
        first, last = self.syntax.edges(i)
        first = max(first, after + 1)
        opens_late = first == after + 2 and self.doc[after + 1].pos_ in {"PRON", "DET"}
        if opens_late and self.doc[first].lower_ != "at":  # `sier | det absolutt ikke må`
            first = after + 1
        last = self._with_circumstances(i, last, sentence)
        for k in range(first, min(last, first + _LONGEST)):
            if self.doc[k].dep_ == "KOORD" and self._is_cue(k) and self._outer_cue(k) is not None:
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
        return self._start(first), self._end(last - 1)

    def _contrasts(self, k: int) -> bool:
        """`…, mens andre mener …`: the comma begins what someone else does."""
        doc = self.doc
        return doc[k].text == "," and k + 1 < len(doc) and doc[k + 1].lower_ in word_class("contrast")

    def _is_cue(self, i: int) -> bool:
        return any(cue.finite and cue.takes for cue in cue_forms().get(self.doc[i].lower_, ()))

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

    # Cues beside their content

    def _beside_quotation(self, i: int, sentence: Sentence) -> bool:
        before = self._before(i, sentence)
        return before is not None and (before.text in {",", "?", "!"} or before.text in QUOTES)

    def _before(self, i: int, sentence: Sentence) -> Token | None:
        """The last token before `i`, across the sentence's border where the parser cut at `?` or `!`."""
        k = i - 1
        while k >= 0 and self.doc[k].is_space:
            k -= 1
        return self.doc[k] if k >= 0 else None

    def _opens_class(self, i: int, sentence: Sentence) -> bool:
        """Any verb can carry direct speech in `– …, roper hun`: with a dash or mark, a comma, and a subject behind."""
        token = self.doc[i]
        if token.pos_ != "VERB" or not self.syntax.parsed or not self.syntax.is_finite(i):
            return False
        before = self._before(i, sentence)
        if before is None or token.is_title:
            return False
        follows = before.text in QUOTES or (token.dep_ == "PAR" and before.text in {",", "?", "!"})
        subject = self.syntax.child(i, "SUBJ")
        direct = sentence.dash or before.text in QUOTES
        return follows and direct and subject == i + 1 and self.doc[subject].pos_ in {"PROPN", "PRON"}

    def _beside(
        self, i: int, words: tuple[int, ...], certainty: str, chain: list[int], sentence: Sentence
    ) -> Attribution | None:
        """`…, sier X`: the cue and its source behind the content, or in the middle of it."""
        doc = self.doc
        finite = chain[-1]
        before = self._before(finite, sentence)
        source = self._written_in(i, sentence)
        source = source or (None if self._is_written(i) else self._source(i, chain, sentence))
        if before is None or source is None or source[0] < finite or doc[finite].is_title:
            return None
        if source[1] < sentence.last and doc[source[1]].text == ":":
            return Attribution("colon", sentence.index, words, source, None, certainty)
        if finite == sentence.first:
            if before.text in {"?", "!", "…", "..."} or before.text in QUOTES:
                return Attribution("previous", sentence.index, words, source, None, certainty)
            return None
        if before.text not in {",", "?", "!", "…", "...", "–", "-", "—"} and before.text not in QUOTES:
            return None
        if not self._speech_before(finite, before, sentence):
            return None
        content = self._start(sentence.first), self._end(before.i)
        rest = self._rest(finite, source, sentence)
        return Attribution("backward", sentence.index, words, source, content, certainty, rest)

    def _speech_before(self, finite: int, before: Token, sentence: Sentence) -> bool:
        """Whether what stands before `, sier X` is content, not an adverbial (`Da han kom, svarte han`)."""
        token = self.doc[finite]
        if (
            not self.syntax.parsed
            or token.dep_ == "PAR"
            or before.text in QUOTES
            or before.text in {"?", "!"}
        ):
            return True
        if (
            self.syntax.child(finite, "DOBJ") is not None
            and self.doc[self.syntax.child(finite, "DOBJ") or 0].i < finite
        ):
            return True
        root = finite
        for _ in range(20):
            if self.doc[root].head.i == root:
                break
            root = self.doc[root].head.i
        if sentence.first <= root < finite:
            return True
        return self._main_verb_before(finite, sentence)

    def _main_verb_before(self, finite: int, sentence: Sentence) -> bool:
        """Whether a finite verb without subordinator stands before token `finite`."""
        for k in range(max(sentence.first, finite - _LONGEST), finite):
            if self.syntax.is_finite(k) and self.doc[k].dep_ != "ATR" and self.syntax.child(k, "SBU") is None:
                return True
        return False

    def _is_written(self, i: int) -> bool:
        return any(cue.group == "written" for cue in cue_forms().get(self.doc[i].lower_, ()))

    def _written_in(self, i: int, sentence: Sentence) -> tuple[int, int, int] | None:
        """`står det i brevet`, `går det fram av rapporten`: the document is the source."""
        doc, syntax = self.doc, self.syntax
        if not self._is_written(i):
            return None
        subject = syntax.child(i, "FSUBJ", "SUBJ")
        if subject is None or not self._is_det(subject):
            return None
        fronted = [c for c in syntax.children[i] if c < i]
        for k in [*range(i + 1, min(i + 6, sentence.last)), *fronted]:
            inner = syntax.child(k, "PUTFYLL") if doc[k].lower_ in word_class("written_in") else None
            if inner is not None and k < inner and (doc[inner].ent_type_ or is_document(doc[inner])):
                return (*syntax.noun_phrase(inner), inner)
        return None

    def _rest(self, finite: int, source: tuple[int, int, int], sentence: Sentence) -> tuple[int, int] | None:
        """What goes on behind the attribution: `Det er, sier hun, altfor dyrt`."""
        if not self.syntax.parsed or self.doc[finite].dep_ != "PAR":
            return None
        first = max(self.syntax.edges(finite)[1], source[1])
        if self._breaks_off(finite):
            first = source[1]
        if first >= sentence.last or (
            self.doc[first].text not in {",", "–", "-"} and self.doc[first - 1].text != ","
        ):
            return None
        words = [k for k in range(first, sentence.last) if self.doc[k].is_alpha]
        inside = [
            k
            for k in words
            if self.doc[k].dep_ in {"APP", "KOORD"} and source[0] <= self.doc[k].head.i < source[1]
        ]
        goes_on = sentence.dash or any(t.text in QUOTES for t in self.doc[first : sentence.last])
        if self._breaks_off(finite):
            inside = []
        opener = self.doc[words[0]].pos_ if words else ""
        if len(words) < 2 or inside or opener == "SCONJ" or (opener == "CCONJ" and not goes_on):
            return None
        return self._start(first), self._end(sentence.last - 1)

    def _breaks_off(self, finite: int) -> bool:
        """Whether what stands before `, sier X,` ends in its verb and so must go on behind it."""
        return finite > 1 and self.doc[finite - 1].text == "," and self.doc[finite - 2].pos_ == "AUX"

    def _takes_up(self, i: int, chain: list[int], sentence: Sentence) -> bool:
        """`Det opplyser X.`: the content is what was said before."""
        first = sentence.first
        while first < sentence.last and not self.doc[first].is_alpha:
            first += 1
        return self.doc[first].lower_ in {"det", "dette", "slik"} and chain[-1] == first + 1

    def _ends_in_colon(self, i: int, sentence: Sentence) -> bool:
        """`X sier:`, also with the quotation in the same sentence."""
        for k in range(i + 1, min(sentence.last, i + 2 * _WINDOW)):
            if self.doc[k].text == ":":
                return True
            if self.doc[k].text in {";", "«", '"'}:
                return False
        return False

    # Passives

    def _passive(
        self, i: int, cue: Cue, words: tuple[int, ...], chain: list[int], sentence: Sentence
    ) -> Attribution | None:
        """`Det opplyses fra politiet at …`, `blir det sagt i rapporten`; nothing where no source is named."""
        doc, syntax = self.doc, self.syntax
        source = None
        for child in (c for verb in chain for c in syntax.children[verb]):
            inner = syntax.child(child, "PUTFYLL") if doc[child].pos_ == "ADP" else None
            if inner is None or doc[inner].pos_ not in {"NOUN", "PROPN"} or not self._can_speak(inner):
                continue
            is_place = doc[child].lower_ in word_class("written_in") and is_document(doc[inner])
            if is_place or doc[child].lower_ in word_class("source_of_passive"):
                source = (*syntax.noun_phrase(inner), inner)
                break
        if source is None or self.syntax.is_negated(chain):
            return None
        content = self._content(
            i, cue._replace(takes=cue.takes | {"clause"} - {"object"}), words, words[-1], sentence
        )
        if content:
            return Attribution("forward", sentence.index, words, source, content, cue.certainty)
        subject = syntax.subject(i)
        if subject is not None and self._is_det(subject) and subject == sentence.first:
            return Attribution("previous", sentence.index, words, source, None, cue.certainty)
        return None

    # Prepositions

    def _source_phrase(self, i: int, sentence: Sentence) -> Attribution | None:
        """`ifølge X` and `i følge X`."""
        doc = self.doc
        words: tuple[int, ...] = (i,)
        lower = doc[i].lower_
        if lower not in {"ifølge", "ifølgje"}:
            if lower != "i" or i + 1 >= sentence.last or doc[i + 1].lower_ not in {"følge", "følgje"}:
                return None
            words = (i, i + 1)
        source = self._behind_preposition(words, sentence)
        if source is None:
            return None
        last = source[1]
        if doc[source[2]].lemma_.lower() in listed("not_speakers", "nouns"):
            return None
        content, kind = self._around(i, last, sentence)
        if content is None:
            return None
        return Attribution(kind, sentence.index, words, source, content, "asserted", group="preposition")

    def _behind_preposition(self, words: tuple[int, ...], sentence: Sentence) -> tuple[int, int, int] | None:
        doc, syntax = self.doc, self.syntax
        inner = None
        for word in words:
            inner = next(
                (
                    c
                    for c in syntax.children[word]
                    if c > words[-1] and doc[c].dep_ in {"PUTFYLL", "ATR", "DET", "APP"}
                ),
                inner,
            )
        if inner is not None and self._can_speak(inner):
            first, last = syntax.noun_phrase(inner)
            return max(first, words[-1] + 1), last, inner
        last = words[-1] + 1
        while (
            last < sentence.last
            and doc[last].pos_ in {"NOUN", "PROPN", "DET", "ADJ", "NUM", "X", ""}
            and doc[last].text not in {",", "."}
            and not doc[last].is_space
        ):
            last += 1
        is_someone = last > words[-1] + 1 and self._can_speak(last - 1)
        return (words[-1] + 1, last, last - 1) if is_someone else None

    def _around(self, i: int, last: int, sentence: Sentence) -> tuple[tuple[int, int] | None, Kind]:
        """The clause that a source phrase from token `i` to `last` belongs to."""
        doc, syntax = self.doc, self.syntax
        while last < sentence.last and (trailing := self._trails(last)):
            last += trailing
        last = self._behind_relative(last, sentence)
        has_before = any(
            doc[k].is_alpha and doc[k].lower_ not in {"men", "og", "for", "også"}
            for k in range(sentence.first, i)
        )
        has_behind = any(doc[k].is_alpha for k in range(last, sentence.last))
        if not has_before:
            return ((self._start(last), self._end(sentence.last - 1)) if has_behind else None), "forward"
        clause = self._clause_of(i)
        first, end = syntax.edges(clause) if clause is not None else (sentence.first, sentence.last)
        if not has_behind or end <= last:
            start = first if first < i and doc[i - 1].text != "," else sentence.first
            return (self._start(start), self._end(i - 1)), "backward"
        opens = doc[i - 1].text == "," or doc[i - 1].pos_ in {"CCONJ", "SCONJ"} or doc[i - 1].lower_ == "at"
        before_in_clause = any(
            doc[k].is_alpha and doc[k].pos_ not in {"CCONJ", "SCONJ"}
            for k in range(max(first, i - _LONGEST), i)
        )
        if not before_in_clause or (opens and clause is not None and clause > i and first >= i):
            return (self._start(last), self._end(end - 1)), "forward"
        while first < i and (
            doc[first].is_punct
            or (doc[first].pos_ in {"CCONJ", "SCONJ"} and doc[first].dep_ in {"KONJ", "SBU"})
        ):
            first += 1
        return (self._start(first), self._end(end - 1)), "forward"

    def _behind_relative(self, last: int, sentence: Sentence) -> int:
        """Where a relative clause behind the source ends: `ifølge X, som leder laget, | er …`."""
        doc = self.doc
        if last + 1 >= sentence.last or doc[last].text != "," or doc[last + 1].lower_ != "som":
            return last
        verb = doc[last + 1].head.i
        return min(self.syntax.edges(verb)[1], sentence.last) if verb > last + 1 else last

    def _trails(self, k: int) -> int:
        """Tokens behind the source that belong to it: a bracket (`(Sp)`) or closing mark."""
        doc = self.doc
        if doc[k].text == "(":
            return next((n + 1 for n in range(1, 6) if k + n < len(doc) and doc[k + n].text == ")"), 0)
        return 1 if doc[k].text in {")", "»", '"', "”"} else 0

    def _clause_of(self, i: int) -> int | None:
        """The finite verb of the clause that token `i` stands in."""
        at = i
        for _ in range(12):
            head = self.doc[at].head.i
            if head == at:
                break
            at = head
            if self.syntax.is_finite(at) and self.doc[at].dep_ != "PAR":
                return at
        return None

    # Nouns

    def _noun(self, i: int, sentence: Sentence) -> Attribution | None:
        """`løftene som X har gitt om å …`, `en bekreftelse fra X på at …`, `Xs påstand om at …`."""
        doc, syntax = self.doc, self.syntax
        token = doc[i]
        if token.pos_ != "NOUN" or not syntax.parsed:
            return None
        lemma = token.lemma_.lower()
        certainty = noun_cues().get(lemma)
        if certainty is None:
            return None
        content = self._noun_content(i, sentence)
        source = self._noun_source(i, content[0] if content else 0, sentence) if content else None
        if content is None or source is None:
            return None
        return Attribution(
            "forward", sentence.index, (i,), source, (content[1], content[2]), certainty, None, "noun"
        )

    def _noun_content(self, i: int, sentence: Sentence) -> tuple[int, int, int] | None:
        """Token where it begins, and its characters: an at-clause or infinitive behind `om` or `på`."""
        doc = self.doc
        for k in range(i + 1, min(i + _WINDOW, sentence.last - 2)):
            if doc[k].text in {";", ":", "."}:
                return None
            if doc[k].lower_ not in word_class("complement_prepositions") or not self._under(k, i):
                continue
            opener = k + 2 if doc[k + 1].lower_ in word_class("negations") else k + 1
            if doc[opener].lower_ not in {"at", "å"}:
                continue
            head = doc[opener].head.i if doc[opener].lower_ == "at" else opener
            extent = self._extent(head, opener if doc[opener].lower_ == "at" else k, sentence)
            if extent is None or head < opener:
                return None
            return (
                k,
                min(extent[0], self._start(k + 1 if doc[opener].lower_ == "å" else opener + 1)),
                extent[1],
            )
        return None

    def _under(self, k: int, i: int) -> bool:
        """Whether token `k` hangs, directly or not, on token `i`, or on the verb beside it."""
        at = k
        for _ in range(6):
            head = self.doc[at].head.i
            if head == i or head == self.doc[i].head.i:
                return True
            if head == at:
                return False
            at = head
        return False

    def _noun_source(self, i: int, before: int, sentence: Sentence) -> tuple[int, int, int] | None:
        doc, syntax = self.doc, self.syntax
        for child in syntax.children[i]:
            token = doc[child]
            if (
                child < i
                and token.dep_ == "DET"
                and (
                    token.pos_ == "PROPN"
                    or token.pos_ == "NOUN"
                    or token.lower_ in {"hans", "hennes", "hennar", "deres"}
                )
            ):
                return (*syntax.noun_phrase(child), child)
            if child > i and token.lower_ in word_class("source_of_passive"):
                inner = syntax.child(child, "PUTFYLL")
                if inner is not None and self._can_speak(inner):
                    return (*syntax.noun_phrase(inner), inner)
            if child > i and token.dep_ == "ATR" and syntax.is_finite(child):
                subject = syntax.child(child, "SUBJ")
                if subject is not None and self._can_speak(subject):
                    return (*syntax.noun_phrase(subject), subject)
        return self._light_verb_subject(i)

    def _light_verb_subject(self, i: int) -> tuple[int, int, int] | None:
        """`X kom med påstander om at …`, `X har gitt løfte om å …`."""
        head = self.doc[i].head
        if head.pos_ == "ADP" and head.lower_ in {"med", "ut"}:
            head = head.head
        if head.lemma_ not in word_class("light_verbs") or head.i == i:
            return None
        chain = self.syntax.auxiliaries(head.i)
        subject = self.syntax.subject(head.i)
        if subject is None or subject == i or not self._can_speak(subject) or self._is_passive(head.i, chain):
            return None
        return (*self.syntax.noun_phrase(subject), subject)

    # Characters

    def _start(self, i: int) -> int:
        return self.doc[i].idx

    def _end(self, i: int) -> int:
        return self.doc[i].idx + len(self.doc[i])


def attributions(syntax: Syntax) -> Iterator[list[Attribution]]:
    """The attributions of each sentence in turn."""
    finder = AttributionFinder(syntax)
    for sentence in syntax.sentences:
        yield finder.find(sentence)
