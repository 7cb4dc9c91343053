"""Drafts of statements: content whose speaker may not be known yet, trimmed to what is said."""

from dataclasses import dataclass

from depesje.annotations import Mode
from depesje.attribution import Attribution
from depesje.discourse import Speaker

_EDGE = " \t\r\n\xa0-–—‒―−,;:|"
PAIRS = {"«": "»", "»": "«", '"': '"', "“": "”", "”": "”", "‘": "’", "'": "'"}


@dataclass(slots=True)
class Draft:
    """A statement in the making: its content is known, its speaker may not be."""

    start: int
    end: int
    mode: Mode
    sentence: int
    attribution: Attribution | None = None
    speaker: Speaker | None = None


@dataclass(slots=True)
class Run:
    """Sentences of direct speech that belong to one source: `first` to `last`, exclusive."""

    first: int
    last: int
    block: int
    closing: Attribution | None = None
    speaker: Speaker | None = None
    is_question: bool = False


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out the dash, the outer quotation marks, commas and the final full stop.

    Parameters
    ----------
    text
        The article.
    start, end
        Offsets of the content as found.

    Returns
    -------
    tuple of int
        The offsets of what is left, ``start <= end``.
    """
    changed = True
    while changed and start < end:
        changed = False
        while start < end and text[start] in _EDGE:
            start, changed = start + 1, True
        while start < end and (text[end - 1] in _EDGE or _is_full_stop(text, end - 1)):
            end, changed = end - 1, True
        inner = text[start:end]
        opening, closing = inner[:1] in PAIRS, inner[-1:] in set(PAIRS.values())
        wraps = opening and inner[-1:] == PAIRS.get(inner[:1]) and not any(m in inner[1:-1] for m in '«»"“”')
        if wraps and len(inner) > 1:
            start, end, changed = start + 1, end - 1, True
        elif opening and _lonely(inner, inner[0]):
            start, changed = start + 1, True
        elif closing and _lonely(inner, inner[-1]):
            end, changed = end - 1, True
    return start, end


def _is_full_stop(text: str, position: int) -> bool:
    return text[position] == "." and text[max(0, position - 1)] != "."


def _lonely(text: str, mark: str) -> bool:
    """Whether a quotation mark has no partner in the text."""
    if mark in "«»":
        return text.count("«") != text.count("»")
    if mark in "“”":
        return (text.count("“") + text.count("”")) % 2 == 1
    return text.count(mark) % 2 == 1
