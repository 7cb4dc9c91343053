"""Extents: from which token to which a clause, infinitive or noun phrase is content."""

from depesje.attribution_words import Words
from depesje.cues import word_class
from depesje.syntax import QUOTES, Sentence, Syntax

#: Tokens of a sentence that are looked through for an end.
_LONGEST = 300
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM"})


class Extents:
    """Finds how far the contents of one document reach."""

    def __init__(self, syntax: Syntax, words: Words) -> None:
        self.syntax = syntax
        self.doc = syntax.doc
        self.words = words

    def find(self, i: int, after: int, sentence: Sentence) -> tuple[int, int] | None:
        """What token `i` heads, behind token `after`, without its `at`."""
        first, last = self.syntax.edges(i)
        first = max(first, after + 1)
        first = self._with_subject(i, first, after)
        last = self._with_coordinated(i, self._with_circumstances(i, last, sentence), sentence)
        last = self._with_next_at(last, sentence)
        for k in range(first, min(last, first + _LONGEST)):
            if self.doc[k].dep_ == "KOORD" and self.words.is_cue(k) and self.words.outer_cue(k) is not None:
                last = max(self.syntax.edges(k)[0], first)
                break
        last = next((k for k in range(first + 1, min(last, first + _LONGEST)) if self.contrasts(k)), last)
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
            if child > i and opens and joins and not self.words.is_saying(child):
                last = min(end, sentence.last)
        return last

    def contrasts(self, k: int) -> bool:
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
