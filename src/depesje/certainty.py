"""How certain a piece of content is, from the words that carry it.

The scale runs from ``confirmed`` over ``asserted``, ``likely``, ``possible``, ``uncertain`` and ``unconfirmed``
to ``denied``; what the words leave open is ``asserted``. The words are in ``lexicon/certainty.toml``.
"""

from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from typing import cast

from spacy.tokens import Doc, Span, Token

from depesje import lexicon
from depesje.annotations import Certainty

#: How many heads up the parse a marker may stand from the content.
_DEPTH = 20
#: So many tokens of a stretch are read; longer ones are no language.
_LONGEST = 300
#: Tokens to either side in which the sentence's edges are looked for.
_REACH = 80
#: Statements that may lie around one place.
_NESTED = 12


def certainty_of(doc: Doc, start: int, end: int) -> Certainty:
    """Grade a stretch of text: a statement's content, an amount, a relation.

    Words count that govern the stretch from its own clause or from one above it in the sentence. If
    ``doc._.statements`` is set, the innermost statement around the stretch counts too.

    Parameters
    ----------
    doc
        A parsed document; without a parse, all words of the sentence count.
    start, end
        Character offsets, end exclusive.

    Returns
    -------
    Certainty
        The weakest grade that applies, ``"asserted"`` if none does.
    """
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or not len(span):
        return "asserted"
    return weakest([*_stated(doc, start, end), *_governing(span)])


def _stated(doc: Doc, start: int, end: int) -> list[Certainty]:
    """The certainty of the innermost statement around a stretch."""
    statements = doc._.statements
    behind = bisect_right(statements, start, key=lambda s: s.start)
    around = [s for s in statements[max(0, behind - _NESTED) : behind] if end <= s.end]
    return [min(around, key=lambda s: s.end - s.start).certainty] if around else []


def grade_content(doc: Doc, start: int, end: int, cue: Certainty) -> Certainty:
    """Grade a statement's content, given what its cue lends to it.

    Parameters
    ----------
    doc
        A parsed document.
    start, end
        Character offsets of the content, end exclusive.
    cue
        The cue's own certainty.

    Returns
    -------
    Certainty
        The weaker of the cue's and the content's.
    """
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or not len(span):
        return cue
    return weakest([cue, *(grade for token, grade in _marked(span) if _is_main(token, span))])


def weakest(grades: Iterable[Certainty]) -> Certainty:
    """The weakest of several grades, ``"asserted"`` of none."""
    order = lexicon.load("certainty")["scale"]["order"]
    return cast(Certainty, max(grades, key=order.index, default="asserted"))


@cache
def _markers() -> dict[str, list[tuple[tuple[str, ...], Certainty]]]:
    """The marker phrases by their first word, the longest first."""
    by_first: dict[str, list[tuple[tuple[str, ...], Certainty]]] = {}
    for grade, phrases in lexicon.load("certainty")["markers"].items():
        for phrase in phrases:
            words = tuple(phrase.split())
            by_first.setdefault(words[0], []).append((words, grade))
    for found in by_first.values():
        found.sort(key=lambda entry: -len(entry[0]))
    return by_first


def _marked(span: Span) -> list[tuple[Token, Certainty]]:
    """The markers in a span, each with its grade."""
    found: list[tuple[Token, Certainty]] = []
    position = 0
    while position < min(len(span), _LONGEST):
        token = span[position]
        matched = _match(span, position)
        if matched:
            length, grade = matched
            graded = _negated(span, position, grade)
            if graded != "asserted":
                found.append((token, graded))
            position += length
            continue
        modal = _modal(token)
        if modal:
            found.append((token, modal))
        position += 1
    return found


def _match(span: Span, position: int) -> tuple[int, Certainty] | None:
    for words, grade in _markers().get(span[position].lower_, ()):
        if tuple(t.lower_ for t in span[position : position + len(words)]) == words:
            return len(words), grade
    return None


def _negated(span: Span, position: int, grade: Certainty) -> Certainty:
    """A marker's grade under the negation before it."""
    rules = lexicon.load("certainty")["cancelled"]
    at = span[position].i
    before = span.doc[max(span.start, at - 2) : at]
    if any(t.lower_ in rules["negations"] for t in before):
        return cast(Certainty, rules.get(grade, grade))
    return grade


def _modal(token: Token) -> Certainty | None:
    """`kan` and `kunne` of possibility, `skal ha` of hearsay."""
    rules = lexicon.load("certainty")["modals"]
    if token.lower_ in rules["possible"]:
        nearby = [t for t in token.children if t.dep_ == "SUBJ"] or list(
            token.doc[max(0, token.i - 1) : token.i + 2]
        )
        negated = any(t.lower_ in {"ikke", "ikkje"} for t in token.children)
        return None if negated or any(t.lower_ in rules["able"] for t in nearby) else "possible"
    if token.lower_ in rules["hearsay"]:
        if token.dep:
            verbs = [t for t in token.children if t.dep_ == "INFV" and t.lower_ in rules["hearsay_with"]]
            return (
                "unconfirmed"
                if any("Part" in c.morph.get("VerbForm", []) for v in verbs for c in v.children)
                else None
            )
        following = token.doc[token.i + 1 : token.i + 6]
        return "unconfirmed" if any(t.lower_ in rules["hearsay_with"] for t in following) else None
    return None


def _is_main(token: Token, span: Span) -> bool:
    """Whether a marker stands in the span's main clause, not in a relative or adverbial one."""
    if not token.dep:
        return True
    for _ in range(_DEPTH):
        head = token.head
        if head.i == token.i or not span.start <= token.i < span.end:
            return True
        is_clause = "Fin" in token.morph.get("VerbForm", []) or any(c.dep_ == "SBU" for c in token.lefts)
        inside = span.start <= head.i < span.end
        if inside and is_clause and token.dep_ in {"ATR", "ADV", "APP"}:
            return False
        token = head
    return True


def _governing(span: Span) -> list[Certainty]:
    """The grades of the markers that stand over a span, in its own clause or in one above."""
    doc = span.doc
    window = doc[_sentence_start(doc, span.start) : _sentence_end(doc, span.end)]
    if not span[0].dep:
        return [grade for _, grade in _marked(window)]
    above = {span.root.i}
    token = span.root
    for _ in range(_DEPTH):
        if token.head.i == token.i:
            break
        token = token.head
        above.add(token.i)
    return [grade for marker, grade in _marked(window) if marker.i in above or marker.head.i in above]


def _sentence_start(doc: Doc, i: int) -> int:
    """The first token of the sentence that holds token `i`, or the farthest that is read."""
    for k in range(i, max(-1, i - _REACH), -1):
        if doc[k].is_sent_start:
            return k
    return max(0, i - _REACH + 1)


def _sentence_end(doc: Doc, i: int) -> int:
    """The end of the sentence that reaches token `i`, or as far as is read."""
    for k in range(i, min(len(doc), i + _REACH)):
        if doc[k].is_sent_start:
            return k
    return min(len(doc), i + _REACH)
