"""The gazetteer: where the places are that a name may mean.

Its file, ``geography/gazetteer.tsv``, is sorted by key and searched as it lies; nothing is built of it on loading.
"""

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

from depesje.geodesy import Place, distance
from depesje.names import fold, spelling

Kind = Literal["settlement", "municipality", "region", "nature"]

#: Countries whose names news in English and in Norwegian spells differently, because they come from another script.
TRANSLITERATED = frozenset(
    """
    RUS UKR BLR BGR SRB MKD KAZ KGZ TJK UZB TKM MNG GEO ARM AZE GRC CYP ISR PSE EGY LBY TUN DZA MAR SDN SYR LBN JOR
    IRQ IRN KWT SAU ARE QAT BHR OMN YEM AFG PAK
    """.split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A place that a name may mean.

    ``name`` is the usual Norwegian name, ``english`` that of GeoNames. ``latitude`` and ``longitude`` are degrees
    (WGS 84). ``size`` is the number of inhabitants of a settlement (0 where it is not known), and how many km a region
    or a natural place reaches from its middle. ``country`` is ISO 3166 alpha-3, or empty.
    """

    name: str
    english: str
    kind: Kind
    country: str
    latitude: float
    longitude: float
    size: int


_KINDS: dict[str, Kind] = {"s": "settlement", "m": "municipality", "r": "region", "n": "nature"}


def sound(name: str) -> str:
    """The key of a name: its sound, so that the spellings that transliterations give it become one."""
    return spelling(" ".join(name.split()))


@cache
def _lines() -> list[str]:
    text = (files("depesje") / "geography" / "gazetteer.tsv").read_text(encoding="utf-8")
    return text.splitlines()


@lru_cache(maxsize=4096)
def look_up(name: str) -> tuple[Entry, ...]:
    """The places of this name as it is spelled; where there are none, those that sound like it, of countries with other
    scripts (``Tsjernihiv`` → ``Chernihiv``).

    Examples
    --------
    >>> [(e.country, e.latitude, e.longitude) for e in look_up("Vladivostok")]
    [('RUS', 43.106, 131.874)]
    """
    lines, wanted = _lines(), f"{sound(name)}\t"
    at = bisect_left(lines, wanted)
    same, alike = [], []
    while at < len(lines) and lines[at].startswith(wanted):
        form, entry = _entry(lines[at])
        if fold(form) == fold(" ".join(name.split())):
            same.append(entry)
        elif entry.country in TRANSLITERATED:
            alike.append(entry)
        at += 1
    return tuple(dict.fromkeys(same or alike))


def towns(centre: Place, reach: float, least: int) -> list[Entry]:
    """The settlements within ``reach`` km of a place that have at least so many inhabitants, the largest first."""
    found = {
        _entry(line)[1]
        for at, inhabitants, line in _towns()
        if inhabitants >= least and abs(at[0] - centre[0]) * 111 <= reach and distance(centre, at) <= reach
    }
    return sorted(found, key=lambda e: (-e.size, e.name))


@cache
def _towns() -> list[tuple[Place, int, str]]:
    """Where the settlements of any size are, and their inhabitants."""
    found = []
    for line in _lines():
        *_names, kind, _country, latitude, longitude, inhabitants = line.rsplit("\t", 5)
        if kind == "s" and len(inhabitants) > 3:
            found.append(((float(latitude), float(longitude)), int(inhabitants), line))
    return found


def _entry(line: str) -> tuple[str, Entry]:
    _sound, form, name, english, kind, country, latitude, longitude, size = line.split("\t")
    usual = name or form
    place = (float(latitude), float(longitude), int(size))
    return form, Entry(usual, english or usual, _KINDS[kind], country, *place)
