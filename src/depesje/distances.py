"""Distances that the text measures from a place: ``13 mil fra X``, ``X ligger 13 mil fra grensen``."""

from collections.abc import Sequence
from itertools import islice

from spacy.tokens import Doc, Token

from depesje import lexicon
from depesje.annotations import PlaceMention
from depesje.names import look_up

#: Shorter ones (in metres) would be no circle on a map.
SHORTEST = 500.0
#: So many tokens may stand between `fra` and the place: `fra sentrum av byen X`.
_REACH = 5
#: A place may stand so many tokens before a distance to an edge: `i X ved kysten, bare 13 mil fra grensen`.
_BACK = 15


def tied(doc: Doc, places: Sequence[PlaceMention]) -> dict[int, int]:
    """Find the distances that are measured from a place.

    Parameters
    ----------
    doc
        A document with its quantities, parsed or not.
    places
        The mentions that could be placed, in order.

    Returns
    -------
    dict
        Index into ``doc._.quantities`` → index into ``places``: the place in the middle of the circle. That is the
        place after `fra` or `nord for`. Where an edge stands there (a border, a coast, a whole country), it is the
        place that is said to lie so far from it.
    """
    if not places:
        return {}
    at = {token.i: n for n, place in enumerate(places) for token in _tokens(doc, place.start, place.end)}
    found: dict[int, int] = {}
    for number, quantity in enumerate(doc._.quantities):
        if quantity.dimension != "length" or not SHORTEST <= quantity.base_high < float("inf"):
            continue
        tokens = _tokens(doc, quantity.start, quantity.end)
        if not tokens or _moved(tokens[-1]):
            continue
        centre = _centre(doc, tokens[0].i, tokens[-1].i + 1, at, places)
        if centre is not None:
            found[number] = centre
    return found


def _tokens(doc: Doc, start: int, end: int) -> list[Token]:
    span = doc.char_span(start, end, alignment_mode="expand")
    return list(span) if span is not None else []


def _moved(token: Token) -> bool:
    """Whether the amount is how far somebody or something goes."""
    if not token.doc.has_annotation("DEP"):
        return False
    moving = lexicon.load("places")["distance"]["moving"]
    chain = [token, *islice(token.ancestors, 3)]
    verb = next((t for t in chain if t.pos_ in ("VERB", "AUX")), None)
    return verb is not None and verb.lemma_ in moving


def _centre(doc: Doc, first: int, end: int, at: dict[int, int], places: Sequence[PlaceMention]) -> int | None:
    """The place that a distance at these tokens is measured from."""
    start = _after_preposition(doc, end)
    if start is None:
        return None
    limit = _end(doc, start, _REACH)
    named = next((i for i in range(start, limit) if i in at), None)
    edge = next((i for i in range(start, limit) if _is_edge(doc[i])), None)
    if edge is None:
        edge = next((i for i in range(start, limit) if _is_country(doc[i])), None)
    if named is not None and (edge is None or named < edge):
        return at[named] if _one_phrase(doc, start, named) and not _goes_on_to(doc, named, at) else None
    return None if edge is None else _lying(doc, first, edge + 1, at, places)


def _after_preposition(doc: Doc, i: int) -> int | None:
    """The token after `fra`, `rundt`, `nord for`, `utenfor`, where one of them follows an amount."""
    words = lexicon.load("places")["distance"]
    while i < len(doc) and doc[i].lower_ in words["between"] and doc[i].lower_ not in words["from"]:
        i += 1
    if i >= len(doc):
        return None
    word = doc[i].lower_
    if word in words["directions"] and i + 1 < len(doc) and doc[i + 1].lower_ in words["after_direction"]:
        return i + 2
    if word == "unna" and i + 1 < len(doc) and doc[i + 1].lower_ in words["from"]:
        return i + 2
    return i + 1 if word in (*words["from"], *words["around"], *words["outside"]) else None


def _end(doc: Doc, start: int, most: int) -> int:
    """The end of the sentence from a token on, or of so many tokens."""
    last = min(start + most, len(doc))
    return next((i for i in range(start + 1, last) if doc[i].is_sent_start), max(last, start))


def _is_edge(token: Token) -> bool:
    """Whether a noun is a border, a coast or the like, in any form, alone or in a compound."""
    edges = lexicon.load("places")["distance"]["edges"]
    word = token.lemma_.lower() or token.lower_
    return token.text.islower() and (
        word.endswith(tuple(edges)) or _stem(token.lower_).endswith(tuple(edges))
    )


def _stem(word: str) -> str:
    """`grensen`, `grensa` → `grense`; `kysten` → `kyst`."""
    for ending, instead in (("en", "e"), ("a", "e"), ("en", ""), ("et", "")):
        stem = word.removesuffix(ending) + instead
        if word.endswith(ending) and stem.endswith(tuple(lexicon.load("places")["distance"]["edges"])):
            return stem
    return word


def _one_phrase(doc: Doc, start: int, end: int) -> bool:
    """Whether the words before a place's name belong to it: `den gamle byen X`, `sentrum av X`, not `skolen i X`."""
    words = lexicon.load("places")
    nouns = (*words["words"]["settlement"], *words["words"]["region"], *words["distance"]["centres"])
    return all(
        t.pos_ in ("ADJ", "DET") or t.lower_ in ("i", "av") or t.lower_.startswith(tuple(nouns))
        for t in doc[start:end]
    ) and (start == end or doc[start].lower_ not in ("i", "av"))


def _goes_on_to(doc: Doc, i: int, at: dict[int, int]) -> bool:
    """`13 mil fra X til Y` is a way and no circle."""
    while i < len(doc) and i in at:
        i += 1
    return i < len(doc) and doc[i].lower_ in ("til", "mot")


def _is_country(token: Token) -> bool:
    """Whether a state's name stands here, whose border must be meant."""
    return token.text[:1].isupper() and any(entry.kind == "country" for entry in look_up((token.text,)))


def _lying(doc: Doc, first: int, end: int, at: dict[int, int], places: Sequence[PlaceMention]) -> int | None:
    """The settlement that lies so far from an edge: the last one before the amount, else the only one behind it."""
    far = max(0, first - _BACK)
    begin = next((i for i in range(first, far, -1) if doc[i].is_sent_start), far)

    def settled(indices: range) -> list[int]:
        found = [at[i] for i in indices if i in at and places[at[i]].kind in ("settlement", "municipality")]
        return list(dict.fromkeys(found))

    before = settled(range(begin, first))
    if before:
        return before[-1]
    behind = settled(range(end, _end(doc, end, _BACK) if end < len(doc) else end))
    return behind[0] if len(behind) == 1 else None
