"""The countries' outlines (``geography/outline.json``)."""

import json
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np

from depesje.charts.projection import Lines, Points, Projection

#: Polygons of a country that are smaller than this part of its largest one don't count where it is to be shown whole.
_PART = 0.25


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """All countries, in degrees: the rings of their polygons, and the lines between two of them."""

    #: ISO 3166 alpha-3; the owners of the rings are numbers into it.
    codes: tuple[str, ...]
    rings: Lines
    borders: Lines
    #: The outer rings of each country's polygons, the largest first.
    outer: dict[str, list[Points]]


@cache
def load() -> Outline:
    """Read the outlines; cached: treat them as read-only."""
    data = json.loads((files("depesje") / "geography" / "outline.json").read_text(encoding="utf-8"))
    arcs = [np.array(arc, dtype=float).reshape(-1, 2).cumsum(axis=0) * data["step"] for arc in data["arcs"]]
    codes = tuple(sorted(data["countries"]))
    users: dict[int, set[str]] = {}
    rings, owners, outer = [], [], {}
    for number, code in enumerate(codes):
        polygons = [[_ring(ring, arcs) for ring in polygon] for polygon in data["countries"][code]]
        outer[code] = [polygon[0] for polygon in polygons]
        rings += [ring for polygon in polygons for ring in polygon]
        owners += [number for polygon in polygons for _ring_ in polygon]
        for i in (i for polygon in data["countries"][code] for ring in polygon for i in ring):
            users.setdefault(max(i, ~i), set()).add(code)
    shared = [arcs[n] for n, of in sorted(users.items()) if len(of) > 1]
    return Outline(codes, Lines.of(rings, owners), Lines.of(shared, [0] * len(shared)), outer)


@lru_cache(maxsize=4)
def projected(projection: Projection) -> tuple[Lines, Lines]:
    """The rings and the borders on the plane of a projection."""
    return projection.rings(load().rings), projection.lines(load().borders)


def _ring(numbers: list[int], arcs: list[Points]) -> Points:
    lines = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in numbers]
    return np.vstack([lines[0], *(line[1:] for line in lines[1:])])


def main_parts(country: str) -> list[Points]:
    """The outer rings that make up most of a country, without small and far islands."""
    rings = load().outer.get(country, [])
    sizes = [_size(ring) for ring in rings]
    return [ring for ring, size in zip(rings, sizes, strict=True) if size >= _PART * max(sizes)]


def _size(ring: Points) -> float:
    """The area in square degrees of the equator, for comparing."""
    x = np.unwrap(ring[:, 0], period=360) * np.cos(np.radians(ring[:, 1].mean()))
    y = ring[:, 1]
    return float(abs(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1])) / 2)
