"""What part of the world a map shows: the part that the article is about."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from depesje.charts.projection import Azimuthal, Box, Points, Projection, World
from depesje.geodesy import RADIUS, Place, distance, middle

#: From here on, in km from the middle, a reader expects a map of the world.
REGIONAL = math.radians(42) * RADIUS
#: A place named in at most this part of the mentions is left outside where the map then shrinks to so much or less.
RARE, MUCH_SMALLER = 0.2, 0.5
#: In all so many of the mentions may be outside.
MOST_OUTSIDE = 0.25
#: A map that reaches no farther than this, in km from the middle, shows them all.
SMALL = 300.0
#: A country is shown whole where the map grows no more than so many times for it, or reaches no farther than so far.
GROWTH, ALWAYS = 1.6, 900.0
#: A country with a place in it is shown whole while the map reaches no farther than this: a reader knows its shape.
HOST = 3200.0
#: The same where countries are all that there is.
COUNTRIES_GROWTH, COUNTRIES_ALWAYS = 2.5, 2500.0
#: A country that reaches farther from its middle, in km, need not be whole where others have this part of the mentions.
GIANT, ENOUGH = 2000.0, 0.35
#: Left free around what is shown, as a part of its size; labels need it.
MARGIN = 0.14
#: The world without the ice of the south, in degrees of latitude.
WORLD = (-56.0, 78.0)


@dataclass(frozen=True, slots=True)
class Item:
    """Something to show: its name, how often it is named, and places around it that it reaches to."""

    name: str
    weight: float
    reaches: tuple[Place, ...]
    #: Whether it is a country with one of the places in it.
    holds: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """A projection, and the rectangle of its plane that is shown, in km."""

    projection: Projection
    box: Box

    @property
    def width(self) -> float:
        """The width in km (on a map of the world: of its plane)."""
        return self.box[2] - self.box[0]

    @property
    def height(self) -> float:
        """The height in km."""
        return self.box[3] - self.box[1]

    def shows(self, places: Sequence[Place]) -> bool:
        """Whether all of these places lie in the rectangle."""
        points = project(self.projection, places)
        left, bottom, right, top = self.box
        x, y = points[:, 0], points[:, 1]
        return bool(((x >= left) & (x <= right) & (y >= bottom) & (y <= top)).all())


def project(projection: Projection, places: Sequence[Place]) -> Points:
    """Latitudes and longitudes on the plane."""
    return projection(np.array([(lon, lat) for lat, lon in places], dtype=float).reshape(-1, 2))


def frame(
    places: Sequence[Item],
    countries: Sequence[Item],
    least: float,
    shape: tuple[float, float],
    most: float = math.inf,
) -> View:
    """Choose the part of the world that holds the places, and the countries as far as they don't dwarf them.

    Parameters
    ----------
    places
        What must be shown, but for those that are rarely named and far from all others.
    countries
        What is shown whole where the map hardly grows for it, the most important first. Where there are no places, the
        first two must be shown.
    least
        The smallest distance in km from the middle to the nearest side.
    shape
        The smallest and the largest height of the map for a width of 1.
    most
        So many km from the middle the map may reach for the sake of a country: beyond, something could not be seen.
    """
    kept = [place for item in near_each_other(places) for place in item.reaches]
    growth, always = (GROWTH, ALWAYS) if kept else (COUNTRIES_GROWTH, COUNTRIES_ALWAYS)
    for number, country in enumerate(countries if kept else without_giants(countries)):
        grown = [*kept, *country.reaches]
        must = not places and number < 2
        allowed = max(growth * extent(kept), HOST if country.holds else always) if kept else 0.0
        if extent(kept or grown) <= REGIONAL:  # no map of the world for the sake of a country
            allowed = min(allowed, REGIONAL)
        if must or extent(grown) <= min(allowed, most):
            kept = grown
    if extent(kept) > REGIONAL:
        return _world(kept, shape)
    return _regional(kept, least, shape)


def extent(places: Sequence[Place]) -> float:
    """How far places reach from their middle, in km."""
    centre = middle(places)
    return max(distance(centre, place) for place in places)


def near_each_other(items: Sequence[Item]) -> list[Item]:
    """The items without the few that are rarely named and so far away that the map would be mostly empty for them."""
    kept = list(items)
    spare = MOST_OUTSIDE * sum(item.weight for item in items)
    while len(kept) > 1 and (whole := _extent_of(kept)) > SMALL:
        rare = [item for item in kept if item.weight <= min(RARE * sum(k.weight for k in kept), spare)]
        without = {item: _extent_of([k for k in kept if k is not item]) for item in rare}
        farthest = min(rare, key=lambda item: without[item], default=None)
        if farthest is None or without[farthest] > MUCH_SMALLER * whole:
            break
        kept.remove(farthest)
        spare -= farthest.weight
    return kept


def _extent_of(items: Sequence[Item]) -> float:
    return extent([place for item in items for place in item.reaches])


def without_giants(countries: Sequence[Item]) -> list[Item]:
    """The countries without the largest ones, of which a part will do, where the others are named often enough.

    A single country stays alone only where a part of the large ones comes onto its map.
    """
    others = [country for country in countries if extent(country.reaches) <= GIANT]
    enough = sum(c.weight for c in others) >= ENOUGH * sum(c.weight for c in countries)
    if not others or not enough:
        return list(countries)
    centre = middle([place for country in others for place in country.reaches])
    near = [min(distance(centre, p) for p in c.reaches) for c in countries if c not in others]
    return (
        others if len(others) > 1 or max(near, default=0.0) <= extent(others[0].reaches) else list(countries)
    )


def _regional(places: Sequence[Place], least: float, shape: tuple[float, float]) -> View:
    projection = Azimuthal(*middle(places))
    for _round in range(3):  # the middle of what is shown, not of the places
        left, bottom, right, top = _bounds(project(projection, places))
        projection = Azimuthal(*projection.inverse((left + right) / 2, (bottom + top) / 2))
    left, bottom, right, top = _bounds(project(projection, places))
    return View(projection, _shaped(left, bottom, right, top, least, shape))


def _world(places: Sequence[Place], shape: tuple[float, float]) -> View:
    """The world, or the part of it between the outermost meridians that are needed."""
    west, span = _span([lon for _, lon in places])
    if span > 180:
        projection = World()
        edges = [
            (lat, lon)
            for lat in (*WORLD, 0.0)
            for lon in (projection.meridian - 179.9, projection.meridian + 179.9)
        ]
        return View(projection, _bounds(project(projection, edges)))
    projection = World(round((west + span / 2) / 5) * 5.0)
    left, bottom, right, top = _shaped(*_bounds(project(projection, places)), 0.0, shape)
    lowest, highest = project(projection, [(lat, projection.meridian) for lat in WORLD])[:, 1].tolist()
    shift = min(highest - top, 0.0)
    shift = max(shift, lowest - bottom)
    return View(projection, (left, bottom + shift, right, top + shift))


def _span(longitudes: Sequence[float]) -> tuple[float, float]:
    """The shortest stretch of longitudes that holds all of them: its west end and its length."""
    found = sorted({lon % 360 for lon in longitudes})
    gaps = [(b - a, b) for a, b in zip(found, [*found[1:], found[0] + 360], strict=True)]
    gap, west = max(gaps)
    return west % 360, 360 - gap


def _bounds(points: Points) -> Box:
    (left, bottom), (right, top) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    return left, bottom, right, top


def _shaped(
    left: float, bottom: float, right: float, top: float, least: float, shape: tuple[float, float]
) -> Box:
    """A rectangle with a margin, of at least some size, no flatter and no steeper than the shapes given."""
    x, y = (left + right) / 2, (bottom + top) / 2
    margin = MARGIN * max(right - left, top - bottom)
    half_width = max((right - left) / 2 + margin, least)
    half_height = max((top - bottom) / 2 + margin, least)
    flattest, steepest = shape
    half_height = max(half_height, flattest * half_width)
    half_width = max(half_width, half_height / steepest)
    return x - half_width, y - half_height, x + half_width, y + half_height
