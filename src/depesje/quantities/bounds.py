"""Bounds: what the hedges around an amount make of it."""

from collections.abc import Sequence

from depesje.annotations import Bound
from depesje.quantities.amount import Amount
from depesje.quantities.passage import Passage


def bound(passage: Passage, amount: Amount) -> Bound:
    after = [passage.word(amount.last + k) for k in (1, 2, 3)]
    for size in (3, 2, 1):
        if tuple(after[:size]) in passage.cues.after and not passage.broken(amount.last):
            return passage.cues.after[tuple(after[:size])]
    words = list(reversed(list(passage.walk(amount.first, -1, 5))))
    while words and (words[-1] in passage.cues.between_hedge and not _hedge(passage, words)):
        words.pop()
    hedge = _hedge(passage, words)
    if hedge:
        return hedge
    if amount.ranged:
        return "range"
    return "approx" if amount.vague else "exact"


def _hedge(passage: Passage, words: Sequence[str]) -> Bound | None:
    for size in (3, 2, 1):
        found = passage.cues.before.get(tuple(words[-size:])) if len(words) >= size else None
        if found:
            return found
    return None
