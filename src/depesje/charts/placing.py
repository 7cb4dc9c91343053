"""Room for labels on a sheet: where a word can stand without touching another."""

from collections.abc import Sequence

import numpy as np

from depesje.charts.canvas import size
from depesje.charts.projection import Points

#: The height of letters above and below the baseline, in parts of the type size.
ABOVE, BELOW = 0.74, 0.22
#: Free space around a label, in points.
AIR = 1.5


class Labels:
    """The labels of one sheet, and what else takes up room.

    Parameters
    ----------
    width, height
        The sheet, in points.

    All methods that place a label give the start of its baseline, or None where there is no room, and take the room.
    """

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self._taken: list[tuple[float, float, float, float]] = []

    def block(self, left: float, top: float, right: float, bottom: float) -> None:
        """Take a rectangle."""
        self._taken.append((left, top, right, bottom))

    def is_free(self, left: float, top: float, right: float, bottom: float) -> bool:
        """Whether a rectangle lies on the sheet and touches nothing."""
        if left < 2 or top < 2 or right > self.width - 2 or bottom > self.height - 2:
            return False
        return all(right <= a or left >= c or bottom <= b or top >= d for a, b, c, d in self._taken)

    def beside(
        self, x: float, y: float, width: float, gap: float, points: float | None = None
    ) -> tuple[float, float] | None:
        """Beside a point: right, left, above, below, or between them, whichever is free first."""
        points = points or size("label")
        middle, up, down = y + 0.3 * points, y - gap - BELOW * points, y + gap + ABOVE * points
        slant = 0.6 * gap
        spots = [
            (x + gap, middle),
            (x - gap - width, middle),
            (x - width / 2, up),
            (x - width / 2, down),
            (x + slant, up + 0.3 * gap),
            (x + slant, down - 0.3 * gap),
            (x - slant - width, up + 0.3 * gap),
            (x - slant - width, down - 0.3 * gap),
        ]
        return self._first(spots, width, points)

    def beyond(
        self,
        centre: tuple[float, float],
        ends: Sequence[tuple[float, float]],
        width: float,
        gap: float,
        points: float,
    ) -> tuple[float, float] | None:
        """Outside a circle, beside the first of some points on it that has room there."""
        spots = []
        for x, y in ends:
            across, along = x - centre[0], y - centre[1]
            if abs(across) > abs(along):
                spots.append((x + gap if across > 0 else x - gap - width, y + 0.3 * points))
            else:
                spots.append(
                    (x - width / 2, y + gap + ABOVE * points if along > 0 else y - gap - BELOW * points)
                )
        return self._first(spots, width, points)

    def around(self, x: float, y: float, width: float) -> tuple[float, float] | None:
        """Over a point, or moved away from it by a line."""
        points = size("label")
        steps = (0.0, -12.0, 12.0)
        spots = [
            (x - width / 2 + across, y + 0.3 * points + along)
            for across in (0.0, 14.0, -14.0)
            for along in steps
        ]
        return self._first(spots, width, points)

    def inside(self, ring: Points, width: float) -> tuple[float, float] | None:
        """Inside a ring, as far from its sides as there is room, wide where the ring is wide."""
        points = size("label")
        low, high = ring.min(axis=0), ring.max(axis=0)
        grid_x = np.linspace(low[0], high[0], 25)[1:-1]
        grid_y = np.linspace(low[1], high[1], 19)[1:-1]
        grid = np.array([(x, y) for y in grid_y for x in grid_x])
        grid = grid[_inside(grid, ring)]
        if not len(grid):
            return None
        # Sideways a label is longer than high: distances across count for less.
        squeeze = np.array([0.35, 1.0])
        gaps = ((grid[:, None, :] - ring[None, :, :]) * squeeze) ** 2
        room = gaps.sum(axis=2).min(axis=1)
        order = np.argsort(-room, kind="stable")
        spots = [(grid[i, 0] - width / 2, grid[i, 1] + 0.3 * points) for i in order[:60]]
        fitting = [s for s in spots if _inside(_corners(s, width, points), ring).all()]
        found = self._first([*fitting, *spots[:20]], width, points)
        return (round(found[0], 1), round(found[1], 1)) if found else None

    def corner(self, width: float, height: float) -> tuple[float, float] | None:
        """The upper left corner of a free rectangle in a corner of the sheet: the lower ones first."""
        left, right, top, bottom = 6.0, self.width - width - 6, 6.0, self.height - height - 6
        for x, y in ((left, bottom), (right, bottom), (right, top), (left, top)):
            if self.is_free(x, y, x + width, y + height):
                self.block(x, y, x + width, y + height)
                return x, y
        return None

    def _first(
        self, spots: Sequence[tuple[float, float]], width: float, points: float
    ) -> tuple[float, float] | None:
        for x, y in spots:
            box = (x - AIR, y - ABOVE * points - AIR, x + width + AIR, y + BELOW * points + AIR)
            if self.is_free(*box):
                self.block(*box)
                return round(float(x), 1), round(float(y), 1)
        return None


def _corners(start: tuple[float, float], width: float, points: float) -> Points:
    x, y = start
    ys = (y - ABOVE * points, y)
    return np.array([(cx, cy) for cx in (x, x + width / 2, x + width) for cy in ys])


def _inside(points: Points, ring: Points) -> np.ndarray:
    """Which points lie inside a ring (even-odd rule)."""
    x, y = points[:, 0][:, None], points[:, 1][:, None]
    x0, y0 = ring[:, 0][None, :], ring[:, 1][None, :]
    x1, y1 = np.roll(ring[:, 0], -1)[None, :], np.roll(ring[:, 1], -1)[None, :]
    across = (y0 > y) != (y1 > y)
    with np.errstate(divide="ignore", invalid="ignore"):
        at = x0 + (y - y0) * (x1 - x0) / (y1 - y0)
    inside: np.ndarray = (across & (x < at)).sum(axis=1) % 2 == 1
    return inside
