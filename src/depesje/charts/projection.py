"""Projections of the globe to a plane: x to the right and y upwards, in km, true to area.

Two are enough. `Azimuthal` shows a part of the world as it lies there, whatever it is: the far north, or Russia on both
sides of the 180th meridian. `World` shows so much of it that a reader expects a map of the world.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from depesje.geodesy import RADIUS, Place, wrapped

#: Points: a row each, two columns. Longitude and latitude in degrees, or x and y.
Points = NDArray[np.float64]
#: Left, bottom, right, top.
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """Many lines in one array, so that they are projected and thinned at once.

    ``starts`` has where each begins, and the number of points at its end; ``owners`` a number for each, such as that of
    its country.
    """

    points: Points
    starts: NDArray[np.int64]
    owners: NDArray[np.int64]

    @classmethod
    def of(cls, lines: Sequence[Points], owners: Sequence[int]) -> "Lines":
        """Put lines together."""
        lengths = [len(line) for line in lines]
        points = np.vstack(lines) if lines else np.zeros((0, 2))
        return cls(points, np.cumsum([0, *lengths]), np.array(owners, dtype=np.int64))

    def __getitem__(self, number: int) -> Points:
        return self.points[self.starts[number] : self.starts[number + 1]]

    def __len__(self) -> int:
        return len(self.owners)

    def moved(self, points: Points) -> "Lines":
        """The same lines somewhere else."""
        return Lines(points, self.starts, self.owners)

    def kept(self, chosen: NDArray[np.bool_]) -> "Lines":
        """Some of the lines."""
        lengths = np.diff(self.starts)
        return Lines(
            self.points[np.repeat(chosen, lengths)],
            np.concatenate(([0], np.cumsum(lengths[chosen]))),
            self.owners[chosen],
        )

    def lows(self) -> Points:
        """The smallest x and y of each line."""
        return np.minimum.reduceat(self.points, self.starts[:-1])

    def highs(self) -> Points:
        """The largest x and y of each line."""
        return np.maximum.reduceat(self.points, self.starts[:-1])


@dataclass(frozen=True, slots=True)
class Azimuthal:
    """Lambert's azimuthal equal-area projection (1772) around a place, where scale and directions are true."""

    latitude: float
    longitude: float

    def __call__(self, degrees: Points) -> Points:
        """Project longitudes and latitudes."""
        lon, lat = np.radians(degrees[:, 0] - self.longitude), np.radians(degrees[:, 1])
        sine, cosine = math.sin(math.radians(self.latitude)), math.cos(math.radians(self.latitude))
        across = np.cos(lat) * np.cos(lon)
        factor = RADIUS * np.sqrt(2 / np.maximum(1 + sine * np.sin(lat) + cosine * across, 1e-9))
        return np.column_stack(
            (factor * np.cos(lat) * np.sin(lon), factor * (cosine * np.sin(lat) - sine * across))
        )

    def inverse(self, x: float, y: float) -> Place:
        """The latitude and longitude of a point of the plane."""
        rho = math.hypot(x, y)
        if rho < 1e-9:
            return self.latitude, self.longitude
        centre = math.radians(self.latitude)
        angle = 2 * math.asin(min(rho / (2 * RADIUS), 1.0))
        sine, cosine = math.sin(angle), math.cos(angle)
        latitude = math.asin(cosine * math.sin(centre) + y * sine * math.cos(centre) / rho)
        down = rho * math.cos(centre) * cosine - y * math.sin(centre) * sine
        return math.degrees(latitude), wrapped(self.longitude + math.degrees(math.atan2(x * sine, down)))

    def lines(self, lines: Lines) -> Lines:
        """Lines on the plane, without those of which all is far beyond the edge of any map.

        What is around the antipode would be turned inside out; no country reaches from there to a map's edge.
        """
        projected = lines.moved(self(lines.points))
        distances = np.hypot(*projected.points.T)
        seen = np.minimum.reduceat(distances, lines.starts[:-1]) < _HORIZON
        return projected.kept(seen)

    rings = lines


#: 100 degrees from the middle, on the plane.
_HORIZON = 2 * RADIUS * math.sin(math.radians(100) / 2)
#: The polynomial of the Equal Earth projection.
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796


@dataclass(frozen=True, slots=True)
class World:
    """The Equal Earth projection (Šavrič, Patterson and Jenny 2018), the world cut open opposite to a meridian.

    With its middle at 11° east the cut runs through the Bering Strait.
    """

    meridian: float = 11.0

    def __call__(self, degrees: Points) -> Points:
        """Project longitudes and latitudes."""
        return _equal_earth(self._turned(degrees))

    def _turned(self, degrees: Points) -> Points:
        """Longitudes from the middle, -180 to 180."""
        return np.column_stack(((degrees[:, 0] - self.meridian + 180) % 360 - 180, degrees[:, 1]))

    def lines(self, lines: Lines) -> Lines:
        """Lines on the plane; one that crosses the cut goes on beyond the edge."""
        return lines.moved(_equal_earth(self._unrolled(lines)))

    def rings(self, rings: Lines) -> Lines:
        """Rings on the plane, in as many pieces as the cut makes of them."""
        unrolled = rings.moved(self._unrolled(rings))
        turns = unrolled.points[unrolled.starts[1:] - 1, 0] - unrolled.points[unrolled.starts[:-1], 0]
        across = (unrolled.lows()[:, 0] < -180) | (unrolled.highs()[:, 0] > 180) | (np.abs(turns) > 180)
        whole = unrolled.kept(~across)
        pieces = [
            (piece, int(unrolled.owners[n]))
            for n in np.flatnonzero(across)
            for piece in _pieces(unrolled[int(n)])
        ]
        lines = [whole[n] for n in range(len(whole))] + [piece for piece, _owner in pieces]
        together = Lines.of(lines, [*whole.owners.tolist(), *(owner for _piece, owner in pieces)])
        return together.moved(_equal_earth(together.points))

    def _unrolled(self, lines: Lines) -> Points:
        """Longitudes from the middle that go on beyond 180° instead of jumping."""
        turned = self._turned(lines.points)
        jumps = np.zeros(len(turned))
        jumps[1:] = -360 * np.round(np.diff(turned[:, 0]) / 360)
        jumps[lines.starts[:-1]] = 0
        total = np.cumsum(jumps)
        turned[:, 0] += total - np.repeat(total[lines.starts[:-1]], np.diff(lines.starts))
        return turned


Projection = Azimuthal | World


def _pieces(ring: Points) -> list[Points]:
    """A ring of unrolled longitudes cut at 180°, and closed at the pole where it goes around one."""
    if abs(ring[-1, 0] - ring[0, 0]) > 180:
        pole = -90.0 if ring[:, 1].mean() < 0 else 90.0
        ring = np.vstack((ring, [(ring[-1, 0], pole), (ring[0, 0], pole)]))
    turns = np.array([(-360.0, 0.0), (0.0, 0.0), (360.0, 0.0)])
    shifted = (clipped(ring + turn, (-180.0, -91.0, 180.0, 91.0)) for turn in turns)
    return [piece for piece in shifted if len(piece) > 2]


def _equal_earth(turned: Points) -> Points:
    """Longitudes counted from the middle, as they are, and latitudes on the plane."""
    lon, lat = np.radians(turned[:, 0]), np.radians(np.clip(turned[:, 1], -90, 90))
    theta = np.arcsin(math.sqrt(3) / 2 * np.sin(lat))
    square = theta * theta
    sixth = square**3
    slope = _A1 + 3 * _A2 * square + sixth * (7 * _A3 + 9 * _A4 * square)
    x = 2 * math.sqrt(3) * lon * np.cos(theta) / (3 * slope)
    return RADIUS * np.column_stack((x, theta * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square))))


def clipped(ring: Points, box: Box) -> Points:
    """The part of a ring inside a rectangle (Sutherland and Hodgman 1974); empty where there is none.

    What lies outside in several pieces stays joined along the rectangle's sides, which shows in no filled area.
    """
    left, bottom, right, top = box
    low, high = ring.min(axis=0), ring.max(axis=0)
    if low[0] > right or high[0] < left or low[1] > top or high[1] < bottom:
        return ring[:0]
    for axis, limit, sign in ((0, left, 1), (0, right, -1), (1, bottom, 1), (1, top, -1)):
        inside = sign * (ring[:, axis] - limit) >= 0
        if inside.all():
            continue
        if not inside.any():
            return ring[:0]
        ring = _cut(ring, inside, axis, limit)
    return ring


def _cut(ring: Points, inside: NDArray[np.bool_], axis: int, limit: float) -> Points:
    """The part of a ring on one side of a line along an axis."""
    kept: list[Sequence[float]] = []
    for n in range(len(ring)):
        here, before = ring[n], ring[n - 1]
        if inside[n] != inside[n - 1]:
            share = (limit - before[axis]) / (here[axis] - before[axis])
            kept.append(before + share * (here - before))
        if inside[n]:
            kept.append(here)
    return np.array(kept).reshape(-1, 2)


def thinned(lines: Lines, area: float) -> Lines:
    """The lines without points that make no visible difference (after Visvalingam and Whyatt 1993).

    A point goes where the triangle that it makes with its neighbours is smaller than ``area`` and than theirs; this is
    repeated, on all lines at once. First and last points stay.
    """
    points, numbers = lines.points, np.repeat(np.arange(len(lines)), np.diff(lines.starts))
    while len(points) > 2:
        before, after = points[:-2] - points[1:-1], points[2:] - points[1:-1]
        sizes = np.full(len(points), np.inf)
        sizes[1:-1] = np.abs(before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0]) / 2
        sizes[1:][numbers[1:] != numbers[:-1]] = np.inf
        sizes[:-1][numbers[1:] != numbers[:-1]] = np.inf
        least = sizes[1:-1] < area
        least &= (sizes[1:-1] <= sizes[:-2]) & (sizes[1:-1] < sizes[2:])
        if not least.any():
            break
        kept = np.concatenate(([True], ~least, [True]))
        points, numbers = points[kept], numbers[kept]
    lengths = np.bincount(numbers, minlength=len(lines))
    return Lines(points, np.concatenate(([0], np.cumsum(lengths))), lines.owners)
