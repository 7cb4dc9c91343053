"""Distances and circles on the globe, taken as a sphere: half a per cent off the ellipsoid, less than a line is wide.

Places are latitude and longitude in degrees, distances kilometres.
"""

import math
from collections.abc import Sequence

#: The mean radius of the earth in km (IUGG 1980).
RADIUS = 6371.0088

Place = tuple[float, float]


def distance(one: Place, other: Place) -> float:
    """The great-circle distance between two places (haversine formula)."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*one, *other))
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * RADIUS * math.asin(math.sqrt(min(half, 1.0)))


def destination(start: Place, bearing: float, length: float) -> Place:
    """Where one comes to from a place by a great circle.

    Parameters
    ----------
    start
        Latitude and longitude.
    bearing
        The direction at the start, in degrees from north over east.
    length
        How far, in km.
    """
    lat, lon, angle = math.radians(start[0]), math.radians(start[1]), length / RADIUS
    turn = math.radians(bearing)
    sine = math.sin(lat) * math.cos(angle) + math.cos(lat) * math.sin(angle) * math.cos(turn)
    there = math.asin(max(-1.0, min(1.0, sine)))
    east = math.sin(turn) * math.sin(angle) * math.cos(lat)
    longitude = math.degrees(lon + math.atan2(east, math.cos(angle) - math.sin(lat) * math.sin(there)))
    return math.degrees(there), wrapped(longitude)


def circle(centre: Place, radius: float, points: int = 72) -> list[Place]:
    """The places that lie ``radius`` km from a centre, evenly around it, the first one again at the end."""
    return [destination(centre, 360.0 * (n % points) / points, radius) for n in range(points + 1)]


def wrapped(longitude: float) -> float:
    """The same longitude from -180 (included) to 180."""
    return (longitude + 180.0) % 360.0 - 180.0


def middle(places: Sequence[Place]) -> Place:
    """The middle of some places, by their mean as vectors; the first one where they balance out."""
    x = y = z = 0.0
    for latitude, longitude in places:
        lat, lon = math.radians(latitude), math.radians(longitude)
        x, y, z = x + math.cos(lat) * math.cos(lon), y + math.cos(lat) * math.sin(lon), z + math.sin(lat)
    if math.hypot(x, y, z) < 1e-9:
        return places[0]
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))
