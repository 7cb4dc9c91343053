"""Stretches of direct speech, found by dashes and quotation marks alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

_OPEN_CLOSE = {"«": "»", "“": "”", "„": "”“", "‹": "›", "‘": "’", "‟": "”", "»": "«"}
_SYMMETRIC = {'"': '"', "”": "”", "''": "''"}
#: A quotation is at most this long; it keeps the search linear where marks are never closed.
_LONGEST = 5000
_MARK = re.compile(r"''|[«»“”„‟\"‹›‘]")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Direct speech from `start` to `end`, without its dash or marks; `outer_*` with them."""

    start: int
    end: int
    outer_start: int
    outer_end: int
    kind: Literal["dash", "marks"]


def in_marks(text: str, start: int, end: int) -> Iterator[Quotation]:
    """Find what stands between quotation marks in a paragraph.

    Marks that are not closed within the paragraph are left alone; an inner pair belongs to the outer one.

    Parameters
    ----------
    text
        The article.
    start, end
        The paragraph's offsets.

    Yields
    ------
    Quotation
        In order, without overlap.
    """
    position = start
    while opening := _MARK.search(text, position, end):
        mark = opening[0]
        closing = _OPEN_CLOSE.get(mark) or _SYMMETRIC.get(mark)
        position = opening.end()
        if closing is None or not _may_open(text, opening.start(), opening.end(), start):
            continue
        close = _closing(text, opening.end(), end, mark, closing)
        if close is None:
            continue
        inner_start, inner_end, position = opening.end(), close[0], close[1]
        if text[inner_start:inner_end].strip():
            yield Quotation(inner_start, inner_end, opening.start(), position, "marks")


def _may_open(text: str, start: int, end: int, paragraph: int) -> bool:
    before_is_free = start == paragraph or not text[start - 1].isalnum()
    return before_is_free and end < len(text) and not text[end].isspace()


def _closing(text: str, start: int, end: int, mark: str, closing: str) -> tuple[int, int] | None:
    depth = 1
    for found in _MARK.finditer(text, start, min(end, start + _LONGEST)):
        if found[0] == mark and mark not in _SYMMETRIC:
            depth += 1
        elif found[0] == closing or (len(closing) > 1 and mark not in _SYMMETRIC and found[0] in closing):
            depth -= 1
            if depth == 0:
                return found.start(), found.end()
    return None
