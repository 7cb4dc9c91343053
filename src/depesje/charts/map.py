"""Where it is: the places of the article on a map, the countries that it names shaded."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from depesje import gazetteer, tokens
from depesje.charts import amounts, labels, outline
from depesje.charts.canvas import Canvas, Chart, clean, size, text_width
from depesje.charts.frame import HOST, Item, View, extent, frame, project
from depesje.charts.placing import Labels
from depesje.charts.projection import Azimuthal, Lines, Points, World, clipped, thinned
from depesje.geodesy import Place, circle
from depesje.messages import translator

#: So many places are drawn.
SHOWN = 25
#: An actor that is no state or place brings in its country when it is named so often.
NAMED = 2
#: Heights for a width of 1: the flattest and the steepest map, for a full column and for a phone.
SHAPES = {"wide": (0.5, 0.72), "narrow": (0.72, 1.15)}
#: The nearest side is at least so many km from the middle: in Norway, whose map is finer, elsewhere, and in a country
#: that is too large to be shown whole.
LEAST_NORWAY, LEAST, LEAST_LOST = 125.0, 250.0, 500.0
#: What an outline's corners are at least large, in square points of the sheet, and an island, in points across.
OFF, SMALLEST = 0.6, 1.8
#: The same on a map of the world.
OFF_WORLD, SMALLEST_WORLD = 1.0, 3.0
#: Outlines are drawn so far beyond the sheet, so that no side of a cut shows.
BEYOND = 3.0
DOT = 3.2
#: What reaches no farther, in km, is drawn as a dot.
POINT = 8.0
SMALL = size("tick")
#: Towns for orientation: the least inhabitants on a map of so many km across, and how far apart they are on the sheet.
TOWNS = ((600.0, 4_000), (1500.0, 100_000), (float("inf"), 500_000))
APART = 45.0
#: A longer distance, in km, is no circle that a reader could read off a map; and where the map reaches more than so
#: many times as far, the circle is too small.
LONGEST, READABLE = 3000.0, 12.0
#: The inner circle of a range is drawn where the outer one is so many times as large.
APART_FROM = 1.05
#: A name stands outside a circle of this radius in points, and on a larger one inside.
SMALL_CIRCLE = 40.0
PAPER, INK, MUTED = (tokens.colour("base", name) for name in ("paper", "ink", "muted"))
LAND, INVOLVED = tokens.colour("map", "land"), tokens.colour("map", "involved")


@dataclass(slots=True)
class Spot:
    """A place, how often it is named, with the sentences that do, and the distances from it."""

    name: str
    kind: str
    country: str
    place: Place
    reach: float
    count: int = 0
    sentence_ids: set[int] = field(default_factory=set)
    #: In words, and the radii in km.
    distances: list[tuple[str, tuple[float, ...]]] = field(default_factory=list)

    @property
    def is_wide(self) -> bool:
        """Whether it is a region and no point, as an airport is."""
        return self.kind in ("region", "nature") and self.reach > POINT

    def item(self) -> Item:
        """What the map must show of it."""
        radii = [radius for _, radii in self.distances for radius in radii if radius <= LONGEST]
        reach = max([0.6 * self.reach, *radii])
        around = tuple(circle(self.place, reach, 8)[:-1]) if reach else (self.place,)
        return Item(self.name, self.count, around)


@dataclass(slots=True)
class Country:
    """A country that the text names or has a place or an actor of."""

    code: str
    name: str
    count: int = 0
    #: How often it is named other than by a place that is on the map.
    named: int = 0
    sentence_ids: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the tables have for the map."""

    spots: list[Spot]
    countries: list[Country]
    language: str

    @property
    def is_abroad(self) -> bool:
        """Whether there is more than Norway in it; else it would all be shaded."""
        return {c.code for c in self.countries} != {"NOR"} or not all(s.country == "NOR" for s in self.spots)


def map_chart(
    places: pd.DataFrame,
    actors: pd.DataFrame,
    mentions: pd.DataFrame,
    quantities: pd.DataFrame,
    language: str = "en",
) -> Chart | None:
    """A map of the part of the world that the article is about.

    Parameters
    ----------
    places, actors, mentions, quantities
        The tables of these names.
    language
        The language of the briefing.

    Returns
    -------
    Chart or None
        None where no place is known and fewer than two countries are named.
    """
    shown = Shown(
        _spots(places, actors, quantities, language), _countries(places, actors, mentions, language), language
    )
    if not shown.spots and len([c for c in shown.countries if c.named]) < 2:
        return None
    _ = translator(language).gettext
    drawings = [_Drawing(shown, width) for width in ("narrow", "wide")]
    narrow, wide = (drawing.svg() for drawing in drawings)
    return Chart(
        name="map",
        svg=wide,
        narrow_svg=narrow,
        title=labels.sentence_case(_title(shown)),
        alt=_alt(shown),
        note=_note(shown, drawings),
        source=_("Outlines: Natural Earth. Places: GeoNames and Kartverket (CC BY 4.0)."),
        data=_data(shown),
    )


# What is shown


def _spots(places: pd.DataFrame, actors: pd.DataFrame, quantities: pd.DataFrame, language: str) -> list[Spot]:
    names = dict(zip(actors["actor_id"], actors["name"], strict=True))
    amounts_of = {row["quantity_id"]: row for row in quantities.to_dict("records")}
    found: dict[tuple[float, float, str], Spot] = {}
    for row in places.to_dict("records"):
        at = (float(row["latitude"]), float(row["longitude"]))
        name = clean(row["name"] if pd.isna(row["actor_id"]) else names[row["actor_id"]])
        name = row["name"] if name.isupper() and len(name) > 3 else name  # a dateline in capitals
        country = clean(row["country"])
        spot = found.setdefault((*at, row["kind"]), Spot(name, row["kind"], country, at, float(row["reach"])))
        spot.count += 1
        spot.sentence_ids.add(int(row["sentence_id"]))
        if not pd.isna(row["quantity_id"]):
            amount = amounts_of[row["quantity_id"]]
            kind = amounts.kind_of(amount["unit"], amount["dimension"], amount["base_unit"])
            words = kind.span(amount["base_low"], amount["base_high"], language, amount["unit"])
            distance = (words, _radii(amount["base_low"], amount["base_high"]))
            if distance not in spot.distances:
                spot.distances.append(distance)
    return sorted(found.values(), key=lambda spot: (-spot.count, min(spot.sentence_ids)))


def _radii(base_low: float, base_high: float) -> tuple[float, ...]:
    """The radii of a distance in km: one, or two where it is a range."""
    low, high = base_low / 1000, base_high / 1000
    return (low, high) if 0 < APART_FROM * low < high else (high,)


def _countries(
    places: pd.DataFrame, actors: pd.DataFrame, mentions: pd.DataFrame, language: str
) -> list[Country]:
    """The countries of places, states and actors named more than once; by how often they are named."""
    sentences: dict[int, set[int]] = defaultdict(set)
    for actor, sentence in zip(mentions["actor_id"], mentions["sentence_id"], strict=True):
        sentences[int(actor)].add(int(sentence))
    placed = {
        int(row["actor_id"]): clean(row["country"])
        for row in places.to_dict("records")
        if not pd.isna(row["actor_id"])
    }
    named = Counter(clean(code) for code in actors["country"])
    found: dict[str, Country] = {}
    for row in actors.to_dict("records"):
        number = int(row["actor_id"])
        code = placed.get(number, clean(row["country"]))
        is_place = row["type"] in ("GPE", "LOC")
        if not code or (not is_place and row["n_mentions"] < NAMED):
            continue
        if number not in placed and _may_be_elsewhere(clean(row["name"]), code, named):
            continue
        name = labels.country_name(code, language)
        if name is None or code not in outline.load().codes:
            continue
        country = found.setdefault(code, Country(code, name))
        country.count += int(row["n_mentions"])
        country.named += int(row["n_mentions"]) if is_place and number not in placed else 0
        country.sentence_ids |= sentences[number]
    return sorted(found.values(), key=lambda c: (-c.count, c.name))


def _may_be_elsewhere(name: str, code: str, named: Counter[str]) -> bool:
    """Whether a country's name is that of a region as well, and only that region's country is named besides it."""
    others = {e.country for e in gazetteer.look_up(name) if e.kind == "region"} - {"", code}
    return named[code] == 1 and any(named[other] for other in others)


# Drawing


class _Drawing:
    """One drawing: the frame that it takes, what of the article is in it, and its marks."""

    def __init__(self, shown: Shown, width: str) -> None:
        self.shown = shown
        self.width = size(width)
        self.is_narrow = width == "narrow"
        self.view = _view(shown, SHAPES[width])
        self.scale = self.width / self.view.width
        self.height = float(round(self.view.height * self.scale))
        self.canvas = Canvas(self.width)
        self.labels = Labels(self.width, self.height)
        self.shaded = shown.is_abroad
        self.inside = [s for s in shown.spots if self.view.shows([s.place])][:SHOWN]
        self.outside = [s.name for s in shown.spots if not self.view.shows([s.place])]
        for x, y in (self._at(spot.place) for spot in self.inside if not spot.is_wide):
            self.labels.block(x - DOT, y - DOT, x + DOT, y + DOT)
        self.unlabelled = 0
        self.circles = False
        self.towns = False

    def svg(self) -> str:
        """Draw it."""
        visible = self._draw_land()
        self._draw_circles()
        self._draw_places()
        self._draw_countries(visible)
        if isinstance(self.view.projection, Azimuthal):
            self._draw_scale()
            self._draw_towns()
        self.outside += [
            c.name for c in self.shown.countries if c.named and self.shaded and c.code not in visible
        ]
        return self.canvas.svg(self.height, "map")

    def _on_sheet(self, points: Points) -> Points:
        left, _bottom, _right, top = self.view.box
        return np.column_stack(((points[:, 0] - left) * self.scale, (top - points[:, 1]) * self.scale))

    def _at(self, place: Place) -> tuple[float, float]:
        x, y = self._on_sheet(project(self.view.projection, [place]))[0].tolist()
        return round(x, 1), round(y, 1)

    def _draw_land(self) -> dict[str, list[Points]]:
        """Fill the countries; gives the visible rings of those that are involved."""
        codes = outline.load().codes
        involved = {country.code for country in self.shown.countries if self.shaded}
        rings, borders = outline.projected(self.view.projection)
        land: list[Points] = []
        visible: dict[str, list[Points]] = defaultdict(list)
        for owner, ring in self._visible(rings):
            piece = clipped(ring, (-BEYOND, -BEYOND, self.width + BEYOND, self.height + BEYOND))
            if len(piece):
                (visible[codes[owner]] if codes[owner] in involved else land).append(piece)
        self.canvas.areas(land, LAND)
        self.canvas.areas([ring for pieces in visible.values() for ring in pieces], INVOLVED)
        self.canvas.paths([line for _owner, line in self._visible(borders, smallest=0.0)], PAPER, 0.7)
        return visible

    def _visible(self, lines: Lines, smallest: float | None = None) -> Iterable[tuple[int, Points]]:
        """The lines that are on the sheet, in its points, thinned to what can be seen."""
        is_world = isinstance(self.view.projection, World)
        smallest = (SMALLEST_WORLD if is_world else SMALLEST) if smallest is None else smallest
        drawn = lines.moved(self._on_sheet(lines.points))
        low, high = drawn.lows(), drawn.highs()
        seen = (high > 0).all(axis=1) & (low < (self.width, self.height)).all(axis=1)
        drawn = drawn.kept(seen & ((high - low).max(axis=1) > smallest))
        drawn = thinned(drawn, OFF_WORLD if is_world else OFF)
        for number, owner in enumerate(drawn.owners.tolist()):
            yield owner, np.round(drawn[number], 1)

    def _draw_circles(self) -> None:
        for spot in self.inside:
            for words, radii in spot.distances:
                drawn = [r for r in radii if r <= LONGEST and r * self.scale >= 2 * DOT]
                for radius in drawn:
                    self._draw_circle(spot, words if radius == drawn[-1] else "", radius)

    def _draw_circle(self, spot: Spot, words: str, radius: float) -> None:
        around = circle(spot.place, radius)
        line = Lines.of([np.array([(lon, lat) for lat, lon in around])], [0])
        points = np.round(self._on_sheet(self.view.projection.lines(line).points), 1)
        self.canvas.path([(x, y) for x, y in points.tolist()], INK, 1.1, dashed=True)
        self.circles = True
        if words:
            ends = [self._at(around[n]) for n in (36, 0, 18, 54)]
            width = text_width(words, SMALL)
            placed = self.labels.beyond(self._at(spot.place), ends, width, gap=3, points=SMALL)
            if placed:
                self.canvas.text(*placed, words, points=SMALL)

    def _draw_places(self) -> None:
        points = [spot for spot in self.inside if not spot.is_wide]
        if points:
            self.canvas.dots([self._at(spot.place) for spot in points], PAPER, DOT + 1.2)
            self.canvas.dots([self._at(spot.place) for spot in points], INK, DOT)
        for spot in self.inside:
            x, y = self._at(spot.place)
            name = labels.short(spot.name, 28)
            if spot.is_wide:
                placed = self.labels.around(x, y, text_width(name, italic=True))
            else:
                placed = self.labels.beside(x, y, text_width(name, weight="semibold"), gap=self._gap(spot))
            if placed:
                weight = "normal" if spot.is_wide else "semibold"
                self.canvas.text(*placed, name, italic=spot.is_wide, weight=weight)
            self.unlabelled += placed is None

    def _gap(self, spot: Spot) -> float:
        """How far a name begins from its dot: outside a circle that is small."""
        radii = [radius * self.scale for _words, radii in spot.distances for radius in radii]
        small = [radius for radius in radii if 2 * DOT <= radius <= SMALL_CIRCLE]
        return max([DOT, *small]) + 3

    def _draw_countries(self, visible: dict[str, list[Points]]) -> None:
        """Write the names of the countries, each in the largest part of it that can be seen."""
        for country in self.shown.countries:
            if country.code not in visible:
                continue
            ring = max(visible[country.code], key=_area)
            width = text_width(country.name)
            placed = self.labels.inside(ring, width) or (
                self.labels.beside(*_middle(ring), width, gap=4) if _spread(ring) < width + 12 else None
            )
            if placed:
                self.canvas.text(*placed, country.name)

    def _draw_scale(self) -> None:
        """A line of a round length, in the corner that is free."""
        length = _round_length(self.view.width / 4)
        kind = amounts.kind_of("km", "length", "meter")
        words = kind.value(length * 1000, self.shown.language, "km")
        wide = max(length * self.scale, text_width(words, SMALL))
        corner = self.labels.corner(wide + 8, 20)
        if corner is None:
            return
        x, y = corner
        self.canvas.line(x, y + 15, x + length * self.scale, y + 15, INK, 0.9)
        self.canvas.verticals([(x, y + 12, y + 15), (x + length * self.scale, y + 12, y + 15)], INK, 0.9)
        self.canvas.text(x, y + 9, words, points=SMALL)

    def _draw_towns(self) -> None:
        """A few large towns that the article does not name, for orientation, where there is room."""
        wanted = (2 if self.is_narrow else 4) - max(0, len(self.inside) - 4)
        taken = [self._at(spot.place) for spot in self.shown.spots]
        for town in self._largest_towns():
            if wanted <= 0:
                return
            x, y = self._at((town.latitude, town.longitude))
            if any((x - ox) ** 2 + (y - oy) ** 2 < APART**2 for ox, oy in taken):
                continue
            name = town.name if self.shown.language == "nb" else town.english
            free = self.labels.is_free(x - 3, y - 3, x + 3, y + 3)
            placed = self.labels.beside(x, y, text_width(name, SMALL), gap=5, points=SMALL) if free else None
            if placed is None:
                continue
            self.labels.block(x - 3, y - 3, x + 3, y + 3)
            self.canvas.dots([(x, y)], MUTED, 2.0)
            self.canvas.text(*placed, name, points=SMALL)
            taken.append((x, y))
            self.towns = True
            wanted -= 1

    def _largest_towns(self) -> Iterable[gazetteer.Entry]:
        if not isinstance(self.view.projection, Azimuthal):
            return []
        reach = math.hypot(self.view.width, self.view.height) / 2
        least = next(people for width, people in TOWNS if self.view.width <= width)
        towns = gazetteer.towns((self.view.projection.latitude, self.view.projection.longitude), reach, least)
        return [t for t in towns if self.view.shows([(t.latitude, t.longitude)])]


def _view(shown: Shown, shape: tuple[float, float]) -> View:
    spots = [spot.item() for spot in shown.spots]
    if shown.spots and all(spot.country == "NOR" for spot in shown.spots):
        return frame(spots, [], LEAST_NORWAY, shape)
    around = {spot.country for spot in shown.spots}
    countries = [c for c in shown.countries if c.named or c.code in around]
    countries.sort(key=lambda c: -(c.count if spots else c.named))
    whole = [
        Item(c.name, c.count if spots else c.named, _reaches(c.code), holds=c.code in around)
        for c in countries
    ]
    radii = [radius for spot in shown.spots for _words, found in spot.distances for radius in found]
    most = READABLE * min(radii, default=math.inf)
    hosts = [extent(item.reaches) for item in whole if item.holds]
    least = LEAST if not hosts or min(hosts) <= min(HOST, most) else min(LEAST_LOST, most / 2)
    return frame(spots, whole, least, shape, most)


def _reaches(code: str) -> tuple[Place, ...]:
    """Places along a country's outline."""
    rings = outline.main_parts(code)
    return tuple((lat, lon) for ring in rings for lon, lat in ring[:: max(1, len(ring) // 40)].tolist())


def _spread(ring: Points) -> float:
    return float((ring.max(axis=0) - ring.min(axis=0)).max())


def _area(ring: Points) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return float(abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2)


def _middle(ring: Points) -> tuple[float, float]:
    x, y = ((ring.max(axis=0) + ring.min(axis=0)) / 2).tolist()
    return x, y


def _round_length(most: float) -> float:
    """The largest of 1, 2, 5, 10, 20, 50 … km that is no longer than this."""
    steps = [digit * 10.0**power for power in range(5) for digit in (1, 2, 5)]
    return max((step for step in steps if step <= most), default=1.0)


# Words


def _title(shown: Shown) -> str:
    translation = translator(shown.language)
    _, ngettext = translation.gettext, translation.ngettext
    n = len(shown.spots)
    if not n:
        names = labels.listed([c.name for c in shown.countries], shown.language, 4)
        number = labels.number(len(shown.countries), shown.language)
        return _("{n} countries are involved: {names}").format(n=number, names=names)
    by_country = Counter(_country_of(spot, shown.language) for spot in shown.spots)
    by_country.pop("", None)
    if n == 1:
        spot = shown.spots[0]
        country = _country_of(spot, shown.language)
        text = _("One place: {place}, {country}") if country else _("One place: {place}")
        return text.format(place=labels.short(spot.name), country=country)
    if not by_country:
        return _("{n} places, in no single country").format(n=labels.number(n, shown.language))
    first, most = by_country.most_common(1)[0]
    words = {
        "n": labels.number(n, shown.language),
        "m": labels.number(most, shown.language),
        "country": first,
    }
    if most == n:
        text = ngettext("Both places are in {country}", "All {n} places are in {country}", n - 1)
        return text.format(**words)
    if most > n / 2:
        return _("{m} of {n} places are in {country}").format(**words)
    return _("{n} places, in {countries}").format(
        n=words["n"], countries=labels.listed([c for c, _n in by_country.most_common()], shown.language, 3)
    )


def _country_of(spot: Spot, language: str) -> str:
    return (labels.country_name(spot.country, language) or "") if spot.country else ""


def _alt(shown: Shown) -> str:
    translation = translator(shown.language)
    _, ngettext = translation.gettext, translation.ngettext
    parts = []
    if shown.spots:
        named = [
            f"{labels.short(s.name)} ({_country_of(s, shown.language)})"
            if s.country
            else labels.short(s.name)
            for s in shown.spots
        ]
        said = ngettext("Map of 1 place: {places}.", "Map of {n} places: {places}.", len(named))
        parts.append(said.format(n=len(named), places=labels.listed(named, shown.language)))
    else:
        said = ngettext("Map of 1 country.", "Map of {n} countries.", len(shown.countries))
        parts.append(said.format(n=len(shown.countries)))
    if shown.countries and shown.is_abroad:
        names = labels.listed([c.name for c in shown.countries], shown.language)
        parts.append(_("Shaded: {countries}.").format(countries=names))
    parts += _circle_words(shown)
    return " ".join(parts)


def _circle_words(shown: Shown) -> list[str]:
    _ = translator(shown.language).gettext
    return [
        _("Dashed circle: {distance} from {place}, as the crow flies.").format(
            distance=words, place=labels.short(spot.name)
        )
        for spot in shown.spots
        for words, _radii in spot.distances
    ]


def _note(shown: Shown, drawings: Sequence[_Drawing]) -> str:
    """How to read those marks that the map has, and what is not on it."""
    translation = translator(shown.language)
    _, ngettext = translation.gettext, translation.ngettext
    parts = []
    if shown.countries and shown.is_abroad:
        parts.append(_("Shaded: countries that are named, or that a place or an actor is of."))
    if any(drawing.circles for drawing in drawings):
        parts += _circle_words(shown)[:3]
    if any(spot.is_wide for drawing in drawings for spot in drawing.inside):
        parts.append(_("In italics: regions, around their middle."))
    if any(drawing.towns for drawing in drawings):
        parts.append(_("Small grey dots: towns that the text does not name."))
    wide = drawings[-1]
    if wide.outside:
        names = labels.listed(list(dict.fromkeys(wide.outside)), shown.language)
        parts.append(_("Outside the map: {names}.").format(names=names))
    left = len(shown.spots) - len(wide.inside) - len([s for s in shown.spots if s.name in wide.outside])
    if wide.unlabelled + max(left, 0):
        n = wide.unlabelled + max(left, 0)
        text = ngettext("The table names {n} more.", "The table names {n} more.", n)
        parts.append(text.format(n=labels.number(n, shown.language)))
    return " ".join(parts)


def _data(shown: Shown) -> pd.DataFrame:
    _ = translator(shown.language).gettext
    rows = [
        (
            spot.name,
            labels.place_word(spot.kind, shown.language),
            _country_of(spot, shown.language),
            labels.coordinates(spot.place, shown.language),
            spot.count,
            ", ".join(words for words, _radii in spot.distances),
            tuple(sorted(spot.sentence_ids)),
        )
        for spot in shown.spots
    ]
    rows += [
        (c.name, _("country"), c.name, "", c.count, "", tuple(sorted(c.sentence_ids)))
        for c in shown.countries
    ]
    columns = [_("Place"), _("Kind"), _("Country"), _("Coordinates"), _("Mentions"), _("Distance from there")]
    return pd.DataFrame(rows, columns=[*columns, "sentence_ids"])
