"""A text as the quantity rules look at it: the scanner's tokens, with the pipeline's tags and names beside."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from spacy.tokens import Doc
from spacy.tokens import Token as DocToken

from depesje.numerals import joined, scales, scan_tokens, spaced, tokenize
from depesje.quantities.cues import cues
from depesje.quantities.units import Form, Unit, units

SENTENCE_END = frozenset(".!?:;|•")
OPENERS = frozenset("«»\"“”'’‘–—-(•|:…*")
CLOSERS = frozenset(".!?:")


class Spans:
    """Character spans that do not overlap each other."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._spans = sorted(spans)
        self._starts = [start for start, _ in self._spans]

    def near(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The spans that overlap ``start:end``."""
        for index in range(max(bisect_left(self._starts, start) - 1, 0), len(self._spans)):
            span = self._spans[index]
            if span[0] >= end:
                return
            if span[1] > start:
                yield span

    def overlaps(self, start: int, end: int) -> bool:
        """Whether any span overlaps ``start:end``."""
        return next(self.near(start, end), None) is not None


class Passage:
    """One text with its tokens and numerals; `doc` refines where it is tagged, parsed or has names.

    Tokens are the scanner's (see `depesje.numerals.tokenize`) and named by index.
    """

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.text = doc.text  # built anew at each look
        self.tokens = tokenize(self.text)
        self.numerals = scan_tokens(self.tokens, self.text)
        #: First token → last token of each numeral, and the other way.
        self.ends = {numeral.first: numeral.last for numeral in self.numerals}
        self.starts = {numeral.last: numeral.first for numeral in self.numerals}
        self.cues = cues()
        self.units = units()
        self.scales = scales()
        self.dates = Spans((date.start, date.end) for date in doc._.dates)
        self.names = Spans((entity.start_char, entity.end_char) for entity in doc.ents)
        self.places = Spans(
            (entity.start_char, entity.end_char)
            for entity in doc.ents
            if entity.label_.startswith(("GPE", "LOC"))
        )
        self.parsed = doc.has_annotation("DEP")
        self.tagged = doc.has_annotation("TAG") or doc.has_annotation("POS")
        #: The currencies that the text names, and at which token.
        self.currencies = [
            (numeral.first, found[0].name)
            for numeral in self.numerals
            if (found := self.unit_at(numeral.last, numeral.digits)) and found[0].dimension == "money"
        ]

    def word(self, i: int) -> str:
        """Token ``i`` in lower case, or nothing outside the text."""
        return self.tokens[i].lower if 0 <= i < len(self.tokens) else ""

    def joined(self, i: int) -> bool:
        """Whether nothing stands between token ``i`` and the next."""
        return joined(self.tokens, i)

    def spaced(self, i: int) -> bool:
        """Whether a space, and no line break, stands between token ``i`` and the next."""
        return spaced(self.tokens, i, self.text)

    def broken(self, i: int) -> bool:
        """Whether a line ends between token ``i`` and the next."""
        if i < 0 or i + 1 >= len(self.tokens):
            return True
        gap = self.text[self.tokens[i].end : self.tokens[i + 1].start]
        return "\n" in gap or "\r" in gap

    def before(self, i: int) -> str:
        """The word before token ``i`` on the same line."""
        return "" if self.broken(i - 1) else self.word(i - 1)

    def after(self, i: int) -> str:
        """The word after token ``i`` on the same line, white space between."""
        if self.broken(i):
            return ""
        return self.word(i + 1)

    def starts_sentence(self, i: int) -> bool:
        """Whether token ``i`` stands where any word has a capital."""
        return self.broken(i - 1) or self.word(i - 1) in OPENERS | CLOSERS

    def capital(self, i: int) -> bool:
        """Whether token ``i`` is a capitalised word."""
        return (
            0 <= i < len(self.tokens) and self.tokens[i].kind == "word" and self.tokens[i].text[0].isupper()
        )

    def window(self, i: int, back: int, ahead: int) -> Iterator[str]:
        """The words around token ``i``, within its line and sentence."""
        yield from self.walk(i, -1, back)
        yield from self.walk(i, 1, ahead)

    def walk(self, i: int, step: int, count: int) -> Iterator[str]:
        for _ in range(count):
            if self.broken(i - 1 if step < 0 else i):
                return
            i += step
            if self.word(i) in SENTENCE_END and not self._inside_sentence(i):
                return
            yield self.word(i)

    def _inside_sentence(self, i: int) -> bool:
        """Whether the full stop at token ``i`` belongs to an abbreviation or a number."""
        return self.word(i) == "." and (
            joined(self.tokens, i) or self.word(i - 1) + "." in self.cues.abbreviations
        )

    def _ends_sentence(self, end: int) -> bool:
        """Whether a sentence ends with the full stop before offset ``end``."""
        return not self.text[end : end + 3].strip() or bool(
            re.match(r"\s*\n|\s+[–«\"A-ZÆØÅ]", self.text[end : end + 10])
        )

    def pos(self, i: int) -> str:
        if not self.tagged or not 0 <= i < len(self.tokens):
            return ""
        token = self.token(i)
        return token.pos_ if token is not None else ""

    def item_word(self, i: int) -> bool:
        """Whether token ``i`` can begin what is counted: a lower-case word that is no function word."""
        if self.broken(i - 1) or not 0 <= i < len(self.tokens):
            return False
        token = self.tokens[i]
        if token.kind != "word" or self.joined(i - 1) or token.lower in self.cues.adverbials:
            return False
        pos = self.pos(i)
        if pos in ("NOUN", "ADJ"):
            return True
        if pos in ("VERB", "AUX", "ADP", "CCONJ", "SCONJ", "PRON", "ADV", "PUNCT"):
            return False
        return token.text[0].islower() and token.lower not in self.cues.function

    def plural_after(self, first: int) -> bool:
        return self.item_word(first + 1) and self.word(first + 1).endswith(
            ("er", "ar", "ene", "ane", "e", "r")
        )

    def unit_at(self, last: int, digits: bool) -> tuple[Unit, int] | None:
        if self.broken(last) or self.tokens[last + 1].start - self.tokens[last].end > 2:
            return None
        begin = self.tokens[last + 1].start
        word = self.word(last + 1)
        for form in (*self.units.words.get(word, ()), *self.units.words.get(word.removesuffix("s"), ())):
            if (form.after_digits and not digits) or (form.after_half and self.word(last) != "halve"):
                continue
            end = begin + len(form.written)
            written = self.text[begin:end]
            if (written if form.exact_case else written.lower()) != form.written:
                continue
            if written.endswith(".") and self._ends_sentence(end):
                continue
            boundary = self._boundary(end, form)
            if boundary is None:
                continue
            index = last + 1
            while index + 1 < len(self.tokens) and self.tokens[index].end < boundary:
                index += 1
            if form.before and not self._beside(last, index, form.before):
                continue
            return form.unit, index
        return None

    def _beside(self, first: int, last: int, words: frozenset[str]) -> bool:
        """Whether one of the words follows, or stands shortly before: ``3 mål jord``, ``en tomt på 3 mål``."""
        return self.after(last) in words or any(word in words for word in self.walk(first, -1, 3))

    def _boundary(self, end: int, form: Form) -> int | None:
        """The end of a form with its genitive -s, None inside a longer word."""
        if form.written[-1].isalpha():
            rest = self.text[end : end + 2]
            if rest[:1].lower() == "s" and not form.after_digits and not rest[1:].isalnum():
                return end + 1
            if rest[:1].isalnum() or rest[:1] == "_":
                return None
            # "prosent-grensa", "mål/sekund" and the like still hold the unit; "m-laget" does not
            if rest[:1] == "-" and rest[1:].isalpha() and len(form.written) < 2:
                return None
        return end

    def token(self, i: int) -> DocToken | None:
        """The pipeline's token in which token ``i`` begins."""
        start = self.tokens[i].start
        span = self.doc.char_span(start, start + 1, alignment_mode="expand")
        return span[0] if span is not None and len(span) else None
