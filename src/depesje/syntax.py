"""Sentences, noun phrases and clauses, read off the layout and the treebank's parse.

The parse follows the Norwegian Dependency Treebank: the finite verb heads its clause and its auxiliaries
head the infinite verbs (`INFV`), a preposition heads its noun phrase (`PUTFYLL`), a subordinator hangs on its
clause (`SBU`), and what stands beside the clause, such as `sier hun` after a quotation, is `PAR`.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from depesje.cues import word_class

DASHES = frozenset("-–—‒―−")
QUOTES = frozenset("«»\"“”„‟''‘’‚‹›")
#: A dash that opens direct speech inside a line: after a sentence or a colon, before a capital.
_INNER_DASH = re.compile(
    r"(?<=[.?!:…»”\"|)])\s+[-–—‒―−]+\s+(?:(?=[«\"“”']?[A-ZÆØÅÁÉÜÖÄ])|(?<!\d\.\s.\s)(?=\d))"
)
_FIRST_DASH = re.compile(r"\s*[-–—‒―−]+\s*(?=[^\W_]|[«\"“”'(…])")
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "X"})
#: So many heads are climbed from a token; deeper parses are no language.
_DEEPEST = 100
#: Tokens on either side of a noun phrase's head; it keeps the reading linear.
_LONGEST_PHRASE = 60


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens `first` to `last` (exclusive) of block number `block`; `start` and `end` are characters."""

    index: int
    first: int
    last: int
    start: int
    end: int
    block: int
    #: Whether a dash of direct speech stands at its beginning.
    dash: bool


class Syntax:
    """A document's sentences and relations, each looked up in constant time.

    Parameters
    ----------
    doc
        A document with blocks (``doc._.blocks``); the parse may be missing.
    """

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.text: str = doc.text  # spaCy builds it anew at every call
        self.parsed = len(doc) > 0 and doc.has_annotation("DEP")
        self.tagged = len(doc) > 0 and doc.has_annotation("POS")
        self.children: list[list[int]] = [[] for _ in doc]
        if self.parsed:
            for token in doc:
                if token.head.i != token.i:
                    self.children[token.head.i].append(token.i)
        self._left, self._right = self._reaches()
        self.blocks: list[tuple[int, int, bool]] = [
            (b.start, b.end, b.kind == "heading") for b in doc._.blocks
        ] or [(0, len(self.text), False)]
        self.sentences = self._sentences()
        self._sentence_starts = [s.first for s in self.sentences]

    def sentence_of(self, i: int) -> Sentence:
        """The sentence that holds token `i`."""
        return self.sentences[max(0, bisect_right(self._sentence_starts, i) - 1)]

    def sentence_at(self, position: int) -> Sentence:
        """The sentence that holds the character at `position`, or the one before it."""
        starts = bisect_right(self.sentences, position, key=lambda s: s.start)
        return self.sentences[max(0, starts - 1)]

    def child(self, i: int, *deps: str) -> int | None:
        """The first dependent of token `i` with one of these relations."""
        return next((c for c in self.children[i] if self.doc[c].dep_ in deps), None)

    def is_finite(self, i: int) -> bool:
        token = self.doc[i]
        return token.pos_ in {"VERB", "AUX"} and "Fin" in token.morph.get("VerbForm", [])

    def is_clause(self, i: int) -> bool:
        """Whether token `i` heads a clause: a finite verb, or what has a subject and is said or subordinate."""
        has_subject = self.child(i, "SUBJ", "FSUBJ") is not None
        is_said = self.doc[i].dep_ == "DOBJ" and self.doc[i].pos_ in {"ADJ", "VERB"}
        return self.is_finite(i) or (has_subject and (is_said or self.child(i, "SBU") is not None))

    def auxiliaries(self, i: int) -> list[int]:
        """The verb at `i` and the auxiliaries above it, up to the finite one."""
        chain = [i]
        while self.doc[chain[-1]].dep_ == "INFV" and len(chain) < 6:
            head = self.doc[chain[-1]].head.i
            if head in chain:
                break
            chain.append(head)
        return chain

    def subject(self, i: int) -> int | None:
        """The subject of the verb at `i`, also through auxiliaries, coordination and relative clauses."""
        at = i
        for _ in range(8):
            found = self.child(at, "SUBJ")
            if found is not None:
                return found
            token = self.doc[at]
            head = token.head.i
            if head == at:
                return None
            if token.dep_ == "ATR":
                relative = self.child(at, "SBU")
                is_relative = relative is not None and self.doc[relative].lower_ == "som"
                return head if is_relative and token.head.pos_ in _NOMINAL else None
            if token.dep_ not in {"INFV", "KOORD"} or token.head.pos_ not in {"VERB", "AUX"}:
                return None
            if self.child(at, "FSUBJ", "PSUBJ") is not None:
                return None
            at = head
        return None

    def edges(self, i: int) -> tuple[int, int]:
        """First and last token (exclusive) of what token `i` heads, inside its sentence."""
        sentence = self.sentence_of(i)
        return max(self._left[i], sentence.first), min(self._right[i] + 1, sentence.last)

    def _reaches(self) -> tuple[list[int], list[int]]:
        """The first and last token below each token; crossing arcs, which spaCy's edges leave out, count too."""
        left, right = list(range(len(self.doc))), list(range(len(self.doc)))
        for token in self.doc if self.parsed else ():
            head = token.head
            for _ in range(_DEEPEST):
                if left[head.i] <= token.i <= right[head.i]:
                    break
                left[head.i], right[head.i] = min(left[head.i], token.i), max(right[head.i], token.i)
                head = head.head
        return left, right

    def noun_phrase(self, i: int) -> tuple[int, int]:
        """The noun phrase of head `i`, without what follows a comma and without long relative clauses."""
        first, last = self.edges(i)
        first, last = max(first, i - _LONGEST_PHRASE), min(last, i + _LONGEST_PHRASE)
        doc = self.doc
        for child in self.children[i]:
            if child < i:
                continue
            left = doc[child].left_edge.i
            after_comma = (left > first and doc[left - 1].text in {",", "(", ":"}) or doc[left].text in {
                ",",
                "(",
            }
            is_loose = after_comma and doc[child].dep_ != "KOORD"
            is_long_clause = (
                doc[child].dep_ == "ATR" and self.is_finite(child) and doc[child].right_edge.i - left > 10
            )
            is_adverb = doc[child].dep_ == "ADV" and doc[child].pos_ != "ADP"
            if is_loose or is_long_clause or doc[child].dep_ in {"PAR", "IP"} or is_adverb:
                last = min(last, left)
        last = next((k for k in range(i + 1, last) if self.opens_aside(k)), last)
        while first < i and (
            doc[first].lower_ in word_class("before_phrase") or not any(map(str.isalnum, doc[first].text))
        ):
            first += 1
        while last - 1 > i and not any(map(str.isalnum, doc[last - 1].text)):
            last -= 1
        return first, max(last, i + 1)

    def opens_aside(self, k: int) -> bool:
        """Whether the comma at `k` opens a relative clause or another aside."""
        if self.doc[k].text == "(":
            return True
        return (
            self.doc[k].text == ","
            and k + 1 < len(self.doc)
            and self.doc[k + 1].lower_ in word_class("aside")
        )

    def is_negated(self, chain: list[int]) -> bool:
        """Whether one of these verbs carries a negation."""
        below = (self.doc[c] for verb in chain for c in self.children[verb])
        return any(
            t.lower_ in word_class("negations") and t.pos_ != "PROPN" and not self._is_of_adjective(t.i)
            for t in below  # Inga is a name
        )

    def _is_of_adjective(self, i: int) -> bool:
        """`flere ikke navngitte kilder`: the negation is the noun's, not the verb's."""
        behind = self.doc[i + 1 : i + 3]
        return (
            len(behind) == 2
            and behind[0].pos_ == "ADJ"
            and behind[1].pos_ == "NOUN"
            and (behind[0].head.i == behind[1].i)
        )

    def is_passive(self, i: int, chain: list[int]) -> bool:
        """Whether the verb at `i` is a participle under `bli`, `være` or `få`; `chain` are its auxiliaries."""
        if len(chain) < 2 or self.doc[i].dep_ != "INFV":
            return False
        return self.doc[chain[1]].lemma_ in {"bli", "verte", "blive", "være", "vere", "få"}

    def start_of(self, i: int) -> int:
        """The first character of token `i`."""
        return self.doc[i].idx

    def end_of(self, i: int) -> int:
        """The character behind token `i`."""
        return self.doc[i].idx + len(self.doc[i])

    def _sentences(self) -> list[Sentence]:
        doc = self.doc
        cuts = self._dash_starts()
        starts = {self._token_at(start): True for start in cuts}
        for start, _, _ in self.blocks:
            starts.setdefault(self._token_at(start), False)
        if len(doc) and doc.has_annotation("SENT_START"):
            for token in doc:
                if token.is_sent_start:
                    starts.setdefault(token.i, False)
        ordered = sorted(starts.items())
        if ordered and ordered[0][0] > 0:
            ordered.insert(0, (0, False))
        found: list[Sentence] = []
        block = 0
        for k, (first, dash) in enumerate(ordered):
            last = ordered[k + 1][0] if k + 1 < len(ordered) else len(doc)
            while first < last and _is_blank(doc[first]):
                first += 1
            end = last
            while end > first and _is_blank(doc[end - 1]):
                end -= 1
            if first >= end:
                continue
            while block + 1 < len(self.blocks) and self.blocks[block + 1][0] < doc[first].idx + len(
                doc[first]
            ):
                block += 1
            found.append(
                Sentence(
                    len(found), first, end, doc[first].idx, doc[end - 1].idx + len(doc[end - 1]), block, dash
                )
            )
        return found

    def _dash_starts(self) -> list[int]:
        """Characters where a dash opens direct speech."""
        text = self.text
        starts = []
        for start, end, _ in self.blocks:
            first = _FIRST_DASH.match(text, start, end)
            if first:
                starts.append(start)
            starts += [
                m.start() + len(m[0]) - len(m[0].lstrip()) for m in _INNER_DASH.finditer(text, start, end)
            ]
        return starts

    def _token_at(self, position: int) -> int:
        """The token that holds the character at `position`."""
        if not hasattr(self, "_token_starts"):
            self._token_starts = [t.idx for t in self.doc]
        return max(0, bisect_right(self._token_starts, position) - 1)


def _is_blank(token: Token) -> bool:
    return token.is_space or token.text == "|"
