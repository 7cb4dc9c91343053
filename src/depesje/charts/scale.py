"""Scales: from a value to its place on the sheet."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matplotlib.ticker import MaxNLocator

#: A span of values from which on a linear scale would press the small ones together.
LOG_FROM = 50.0
#: Where zero sits on a logarithmic scale, in points left of its first value.
ZERO_SLOT = 26.0


@dataclass(frozen=True, slots=True)
class Scale:
    """Values laid out from ``left`` to ``right``, in points, with round ones to be labelled.

    A logarithmic scale that has zero among its ticks keeps a slot for it at the left.
    """

    ticks: tuple[float, ...]
    left: float
    right: float
    log: bool = False

    def __call__(self, value: float) -> float:
        """The place of a value, in points."""
        if not self.log:
            low, high = self.ticks[0], self.ticks[-1]
            return self.left + (value - low) / (high - low) * (self.right - self.left)
        if value <= 0:
            return self.left
        low, high = self.ticks[0] or self.ticks[1], self.ticks[-1]
        left = self.left if self.ticks[0] else self.left + ZERO_SLOT
        return left + math.log(value / low) / math.log(high / low) * (self.right - left)


def fitted(
    values: Iterable[float],
    left: float,
    right: float,
    step: float = 1.0,
    full: float | None = None,
    landmarks: Sequence[float] = (),
    *,
    whole: bool = False,
) -> Scale:
    """A scale that holds all values: linear from zero, logarithmic where their span asks for it.

    Parameters
    ----------
    values
        The values to show.
    left, right
        The ends of the scale on the sheet, in points.
    step
        The size of the unit that the ticks are written in.
    full
        A value that the scale should reach at least (100 for percent).
    landmarks
        Values that a reader knows, for the ticks of a logarithmic scale; powers of ten otherwise.
    whole
        Whether only whole numbers make sense, as for people.
    """
    found = sorted(values)
    low, high = found[0], found[-1]
    positive = [value for value in found if value > 0]
    if low >= 0 and positive and high / positive[0] >= LOG_FROM and full is None:
        ticks = _landmarks(positive[0], high, step, landmarks)
        return Scale((0.0, *ticks) if low == 0 else tuple(ticks), left, right, log=True)
    low, high = min(low, 0.0) / step, max(high, 0.0, full or 0.0) / step
    round_values = MaxNLocator(nbins=4, steps=[1, 2, 2.5, 5, 10], integer=whole).tick_values(
        low, high if high > low else low + 1
    )
    return Scale(tuple(float(value) * step for value in round_values), left, right)


def _landmarks(low: float, high: float, step: float, known: Sequence[float]) -> list[float]:
    """Known values or powers of ten, from the last one below all values to the first one above."""
    if not known:
        first, last = math.floor(math.log10(low / step) + 1e-9), math.ceil(math.log10(high / step) - 1e-9)
        return [10.0**power * step for power in range(first, last + 1)]
    below = [value for value in known if value <= low * 1.0001][-1:]
    above = [value for value in known if value >= high * 0.9999][:1]
    between = [value for value in known if low * 1.0001 < value < high * 0.9999]
    return [*(below or [low]), *between, *(above or [high])]
