"""The map: what it shows of the world, circles that are true on the ground, words that don't meet."""

import math
import re
from collections import Counter
from itertools import combinations
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from depesje import brief, extract
from depesje.charts import frame, map_chart, outline, placing
from depesje.charts import map as drawn_map
from depesje.charts.canvas import size
from depesje.charts.frame import Item, View, project
from depesje.charts.labels import coordinates
from depesje.charts.placing import Labels
from depesje.charts.projection import Azimuthal, Lines, World, clipped, thinned
from depesje.geodesy import distance
from depesje.tables import SCHEMAS

SVG = "{http://www.w3.org/2000/svg}"
places_on_globe = st.tuples(st.floats(-85, 85), st.floats(-180, 179.9))


def table(name, rows):
    """A table of the contract from rows that name only what matters."""
    usual = {
        "place_id": 0, "actor_id": None, "sentence_id": 0, "start": 0, "end": 1, "text": "x", "kind": "settlement",
        "country": "NOR", "reach": 0.0, "decided_by": "lexicon", "quantity_id": None, "type": "GPE", "role": None,
        "n_mentions": 1, "n_statements": 0, "mention_id": 0, "bound": "exact", "dimension": "length", "item": None,
        "base_unit": "meter", "change": None, "certainty": "asserted", "statement_id": None, "unit": "km",
    }  # fmt: skip
    (key,) = SCHEMAS[name].unique
    filled = [usual | {key: number} | row for number, row in enumerate(rows)]
    return SCHEMAS[name].validate(
        pd.DataFrame(
            {
                column: pd.Series([row[column] for row in filled], dtype=str(definition.dtype))
                for column, definition in SCHEMAS[name].columns.items()
            }
        )
    )


def place(name, latitude, longitude, country="NOR", **more):
    return {
        "text": name,
        "name": name,
        "latitude": latitude,
        "longitude": longitude,
        "country": country,
        **more,
    }


def country(name, code, n=1):
    return {"name": name, "country": code, "n_mentions": n}


def chart(places=(), actors=(), quantities=(), language="en"):
    """The map of these rows; an actor is mentioned once, in the sentence of its number."""
    mentions = [{"actor_id": number, "sentence_id": number} for number in range(len(actors))]
    return map_chart(
        table("places", places),
        table("actors", actors),
        table("mentions", mentions),
        table("quantities", quantities),
        language,
    )


def kilometres(n):
    return {"text": f"{n} km", "low": n, "high": n, "base_low": n * 1000.0, "base_high": n * 1000.0}


OSLO, BERGEN, TROMSO = ("Oslo", 59.91, 10.75), ("Bergen", 60.39, 5.32), ("Tromsø", 69.65, 18.96)
KYIV, MOSCOW, WASHINGTON = (50.45, 30.52), (55.75, 37.62), (38.9, -77.04)


class TestProjections:
    """From the globe to the plane."""

    @given(places_on_globe, places_on_globe)
    def test_azimuthal_comes_back(self, centre, there):
        projection = Azimuthal(*centre)
        if distance(centre, there) < 15_000:
            x, y = project(projection, [there])[0]
            assert distance(projection.inverse(x, y), there) < 0.01

    @given(places_on_globe, st.floats(1, 300), st.floats(0, 360))
    def test_scale_is_true_around_the_middle(self, centre, length, bearing):
        there = drawn_map.circle(centre, length)[round(bearing / 5)]
        x, y = project(Azimuthal(*centre), [there])[0]
        assert math.hypot(x, y) == pytest.approx(length, rel=1e-3)

    @given(st.floats(-170, 170), st.floats(-80, 79), st.floats(-180, 180))
    def test_both_are_true_to_area(self, longitude, latitude, middle):
        """A field of a tenth of a degree has the area that it has on the globe."""
        step = 0.1
        field = np.array([(0, 0), (step, 0), (step, step), (0, step)]) + np.array((longitude, latitude))
        lat0, lat1 = math.radians(latitude), math.radians(latitude + step)
        true = 6371.0088**2 * math.radians(step) * (math.sin(lat1) - math.sin(lat0))
        near = Azimuthal(max(-89, min(89, latitude + 20)), longitude + 15)
        for projection in (near, World(round(longitude) + middle / 2)):
            x, y = projection(field).T
            if np.ptp(x) < 1000:  # not cut in two
                drawn = abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2
                assert drawn == pytest.approx(true, rel=1e-2)

    def test_the_world_is_cut_in_the_bering_strait(self):
        xs = World()(np.array([(-169.5, 65.0), (-168.5, 65.0)]))[:, 0]
        assert xs[0] > 10_000  # Russia's end, at the right
        assert xs[1] < -10_000  # Alaska's, at the left

    @pytest.mark.parametrize(
        "projection", [World(), Azimuthal(62, 100), Azimuthal(-80, 0), Azimuthal(40, -100)]
    )
    def test_no_line_runs_across_the_map(self, projection):
        """No side of a country is long: none is torn apart by the antimeridian or a pole."""
        rings, _borders = outline.projected(projection)
        codes = outline.load().codes
        for number, owner in enumerate(rings.owners.tolist()):
            sides = np.hypot(*np.diff(rings[number], axis=0).T)
            if codes[owner] != "ATA":
                assert sides.max() < 500, codes[owner]

    def test_russia_is_in_one_piece_around_itself(self):
        rings, _borders = outline.projected(Azimuthal(62, 100))
        number = outline.load().codes.index("RUS")
        largest = max(
            (rings[n] for n in np.flatnonzero(rings.owners == number)), key=lambda ring: np.ptp(ring[:, 0])
        )
        assert 5500 < np.ptp(largest[:, 0]) < 8500

    @given(
        st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50)), min_size=3, max_size=12),
        st.floats(1, 40),
    )
    def test_clipped_rings_stay_inside(self, points, half):
        piece = clipped(np.array(points), (-half, -half, half, half))
        assert (np.abs(piece) <= half + 1e-6).all()

    def test_what_lies_inside_is_left_alone(self):
        ring = np.array([(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)])
        assert clipped(ring, (-5, -5, 5, 5)).tolist() == ring.tolist()

    @given(
        st.lists(
            st.lists(st.tuples(st.floats(0, 500), st.floats(0, 500)), min_size=2, max_size=40),
            min_size=1,
            max_size=5,
        ),
        st.floats(0.1, 50),
    )
    def test_thinned_lines_keep_their_ends(self, lines, area):
        whole = Lines.of([np.array(line) for line in lines], range(len(lines)))
        thin = thinned(whole, area)
        assert len(thin) == len(whole)
        for number in range(len(thin)):
            assert thin[number][[0, -1]].tolist() == whole[number][[0, -1]].tolist()
            assert {tuple(p) for p in thin[number].tolist()} <= {tuple(p) for p in whole[number].tolist()}


class TestOutline:
    """Who is drawn where."""

    def test_states_are_there(self):
        codes = set(outline.load().codes)
        assert codes >= {
            "NOR",
            "RUS",
            "UKR",
            "PRK",
            "USA",
            "PSE",
            "XKX",
            "TWN",
            "SSD",
            "VAT",
            "SGP",
            "MDV",
            "TUV",
        }

    def test_crimea_is_ukraines(self):
        simferopol = np.array([(34.1, 44.95)])
        assert any(_holds(ring, simferopol) for ring in outline.load().outer["UKR"])
        assert not any(_holds(ring, simferopol) for ring in outline.load().outer["RUS"])

    def test_far_islands_are_no_main_part(self):
        rings = np.vstack(outline.main_parts("FRA"))
        assert rings[:, 0].min() > -10  # without Guyane
        assert np.vstack(outline.main_parts("NOR"))[:, 1].max() < 72  # without Svalbard
        assert np.vstack(outline.main_parts("USA"))[:, 0].min() > -130  # without Alaska
        assert outline.main_parts("XXX") == []


def _holds(ring, point):
    return bool(placing._inside(point, ring)[0])


class TestFrame:
    """The part of the world that is shown."""

    SHAPE = (0.5, 0.72)

    def items(self, *places):
        return [Item(name, weight, ((lat, lon),)) for name, lat, lon, weight in places]

    def frame(self, *places, countries=(), least=125.0) -> View:
        return frame.frame(self.items(*places), countries, least, self.SHAPE)

    def whole(self, code, weight=1.0, **more):
        return Item(code, weight, drawn_map._reaches(code), **more)

    def test_a_local_story_shows_its_part_of_norway(self):
        view = self.frame((*BERGEN, 3), ("Voss", 60.63, 6.42, 1))
        assert view.shows([BERGEN[1:], (60.63, 6.42)])
        assert not view.shows([OSLO[1:]])
        assert view.width < 500

    def test_few_far_mentions_are_left_outside(self):
        view = self.frame((*TROMSO, 6), ("Harstad", 68.8, 16.5, 3), ("Washington", *WASHINGTON, 1))
        assert view.shows([TROMSO[1:]])
        assert not view.shows([WASHINGTON])

    def test_equal_places_are_all_shown(self):
        view = self.frame((*OSLO, 1), ("Kyiv", *KYIV, 1), ("Washington", *WASHINGTON, 1))
        assert view.shows([OSLO[1:], KYIV, WASHINGTON])

    def test_places_near_each_other_are_all_shown(self):
        view = self.frame((*OSLO, 9), ("Drammen", 59.74, 10.2, 1), ("Moss", 59.43, 10.66, 1))
        assert view.shows([OSLO[1:], (59.74, 10.2), (59.43, 10.66)])

    def test_a_country_around_a_place_is_shown_whole(self):
        view = self.frame(("Lyon", 45.75, 4.85, 1), countries=[self.whole("FRA", holds=True)], least=250.0)
        assert view.shows(drawn_map._reaches("FRA"))

    def test_the_largest_country_is_not_shown_for_one_town(self):
        view = self.frame(
            ("Vladivostok", 43.1, 131.9, 1), countries=[self.whole("RUS", holds=True)], least=250.0
        )
        assert view.width < 1000

    def test_a_war_is_framed_without_all_of_siberia(self):
        view = self.frame(countries=[self.whole("RUS", 3.0), self.whole("UKR", 2.0), self.whole("POL", 2.0)])
        assert view.shows(drawn_map._reaches("UKR"))
        assert not view.shows([(65.0, 120.0)])

    def test_a_neighbour_is_enough_of_a_giant(self):
        view = self.frame(countries=[self.whole("RUS", 3.0), self.whole("UKR", 2.0)])
        assert view.shows(drawn_map._reaches("UKR"))
        assert view.shows([(50.6, 36.6)])  # Belgorod
        assert not view.shows([(65.0, 120.0)])

    def test_giants_alone_are_shown_whole(self):
        view = self.frame(countries=[self.whole("RUS"), self.whole("CHN")])
        assert view.shows([MOSCOW, (39.9, 116.4), (64.7, 177.5)])

    def test_two_countries_are_both_shown(self):
        view = self.frame(countries=[self.whole("NOR", 5.0), self.whole("AUS", 1.0)])
        assert isinstance(view.projection, World)
        assert view.shows([OSLO[1:], (-33.9, 151.2)])

    def test_across_the_antimeridian(self):
        view = self.frame(("Anadyr", 64.73, 177.51, 1), ("Nome", 64.5, -165.41, 1))
        assert isinstance(view.projection, Azimuthal)
        assert view.width < 2500
        assert view.shows([(65.0, 179.9), (65.0, -179.9)])

    @pytest.mark.parametrize("pole", [90.0, -90.0])
    def test_at_the_poles(self, pole):
        view = self.frame(("Polen", pole, 0.0, 1), ("Basen", pole * 0.9, 120.0, 1))
        assert view.shows([(pole, 0.0), (pole * 0.9, 120.0)])

    @settings(max_examples=40)
    @given(st.lists(places_on_globe, min_size=1, max_size=6), st.booleans())
    def test_the_most_named_place_is_always_shown(self, found, phone):
        items = [Item(str(n), 10.0 if n == 0 else 1.0, (at,)) for n, at in enumerate(found)]
        shape = drawn_map.SHAPES["narrow" if phone else "wide"]
        view = frame.frame(items, [], 125.0, shape)
        assert view.shows([found[0]]) or isinstance(view.projection, World)
        if isinstance(view.projection, Azimuthal):
            assert shape[0] - 1e-6 <= view.height / view.width <= shape[1] + 1e-6
            assert view.width >= 250 - 1e-6


class TestCircles:
    """Distances on the map."""

    def drawn(self, latitude, longitude, radius):
        places = [place("X", latitude, longitude, "", quantity_id=0)]
        places[0]["country"] = None
        quantities = table("quantities", [kilometres(radius)])
        shown = drawn_map.Shown(
            drawn_map._spots(table("places", places), table("actors", []), quantities, "en"), [], "en"
        )
        drawing = drawn_map._Drawing(shown, "wide")
        paths = ElementTree.fromstring(drawing.svg()).iter(f"{SVG}path")
        (dashed,) = [path.attrib["d"] for path in paths if "stroke-dasharray" in path.attrib]
        numbers = np.array(re.findall(r"-?[\d.]+", dashed), dtype=float).reshape(-1, 2)
        left, _bottom, _right, top = drawing.view.box
        on_plane = numbers / drawing.scale * (1, -1) + (left, top)
        return drawing.view.projection, on_plane

    @settings(max_examples=25)
    @given(places_on_globe, st.integers(20, 1500))
    def test_every_point_lies_so_far_from_the_middle(self, centre, radius):
        projection, points = self.drawn(*centre, radius)
        away = [distance(centre, projection.inverse(x, y)) for x, y in points.tolist()]
        assert away == pytest.approx([radius] * len(away), rel=0.02, abs=2)

    @pytest.mark.parametrize("centre", [(89.0, 10.0), (64.0, 179.8), (-77.8, 166.7), (0.0, -179.9)])
    def test_at_the_ends_of_the_world(self, centre):
        projection, points = self.drawn(*centre, 400)
        away = [distance(centre, projection.inverse(x, y)) for x, y in points.tolist()]
        assert away == pytest.approx([400] * len(away), rel=0.02)

    def test_it_is_said_in_words(self):
        found = chart([place(*OSLO, quantity_id=0)], quantities=[kilometres(40)])
        assert "Dashed circle: 40 km from Oslo, as the crow flies." in found.note
        assert "40 km from Oslo" in found.alt
        assert found.data["Distance from there"].tolist() == ["40 km"]
        assert ">40 km<" in found.svg

    def test_the_map_is_small_enough_to_see_it(self):
        wide = chart(
            [place("Lyon", 45.75, 4.85, "FRA", quantity_id=0)],
            [country("Frankrike", "FRA")],
            [kilometres(60)],
        )
        assert "stroke-dasharray" in wide.svg

    def test_a_range_is_two_circles(self):
        amount = kilometres(50) | {"low": 20, "base_low": 20_000.0, "bound": "range"}
        found = chart([place(*OSLO, quantity_id=0)], quantities=[amount])
        assert found.svg.count("stroke-dasharray") == 2

    def test_what_spans_the_world_is_no_circle(self):
        found = chart([place(*OSLO, quantity_id=0)], quantities=[kilometres(9000)])
        assert "stroke-dasharray" not in found.svg
        assert "circle" not in found.note


class TestLabels:
    """Room for words."""

    @given(st.lists(st.tuples(st.floats(0, 300), st.floats(0, 200), st.floats(5, 90)), max_size=25))
    def test_no_two_meet_and_none_leaves_the_sheet(self, wanted):
        sheet = Labels(300, 200)
        boxes = []
        for x, y, width in wanted:
            placed = sheet.beside(x, y, width, gap=6)
            if placed:
                left, base = placed
                boxes.append((left, base - 7.4, left + width, base + 2.2))
        for left, top, right, bottom in boxes:
            assert left >= 0
            assert top >= 0
            assert right <= 300
            assert bottom <= 200
        for one, other in combinations(boxes, 2):
            assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]

    def test_a_word_stands_inside_its_country(self):
        ring = np.array([(10.0, 10.0), (150.0, 10.0), (150.0, 60.0), (10.0, 60.0)])
        x, y = Labels(300, 200).inside(ring, 40.0)
        assert x >= 10
        assert x + 40 <= 150
        assert 10 < y < 60

    def test_no_room_is_no_place(self):
        sheet = Labels(30, 20)
        assert sheet.beside(15, 10, 90, gap=3) is None
        assert sheet.corner(40, 40) is None


class TestChart:
    """The map as a whole."""

    def test_nothing_to_show(self):
        assert chart() is None
        assert chart(actors=[country("Norge", "NOR", 9)]) is None
        assert chart(actors=[{"name": "Kari", "type": "PER", "country": "NOR", "n_mentions": 9}]) is None

    @pytest.mark.parametrize(
        ("places", "language", "expected"),
        [
            ([place(*OSLO)], "en", "One place: Oslo, Norway"),
            ([place(*OSLO)], "nb", "Ett sted: Oslo, Norge"),
            ([place("Nordsjøen", 56.5, 3, None, kind="nature", reach=350.0)], "en", "One place: Nordsjøen"),
            ([place(*OSLO), place(*OSLO)], "en", "One place: Oslo, Norway"),
            ([place(*OSLO), place(*BERGEN)], "en", "Both places are in Norway"),
            ([place(*OSLO), place(*BERGEN)], "nb", "Begge stedene er i Norge"),
            ([place(*OSLO), place(*BERGEN), place(*TROMSO)], "en", "All 3 places are in Norway"),
            ([place(*OSLO), place(*BERGEN), place("Kyiv", *KYIV, "UKR")], "nb", "2 av 3 steder er i Norge"),
            ([place(*OSLO), place("Kyiv", *KYIV, "UKR")], "en", "2 places, in Norway and Ukraine"),
            (
                [place("A", 30, -40, None), place("B", 33, -40, None)],
                "en",
                "2 places, in no single country",
            ),
        ],
    )
    def test_the_title_says_where(self, places, language, expected):
        assert chart(places, language=language).title == expected

    def test_countries_alone(self):
        found = chart(actors=[country("Norge", "NOR", 2), country("Kina", "CHN", 5)])
        assert found.title == "2 countries are involved: China and Norway"
        assert found.alt == "Map of 2 countries. Shaded: China and Norway."

    def test_a_government_shades_its_country_and_is_no_place(self):
        found = chart(
            [place("Kyiv", *KYIV, "UKR", actor_id=0)], [country("Kyiv", "UKR"), country("Moskva", "RUS")]
        )
        assert "Shaded: Russia and Ukraine" in found.alt
        assert "Moskva" not in found.svg

    def test_actors_bring_in_their_country_when_named_often(self):
        places = [place("Kyiv", *KYIV, "UKR")]
        once, often = (
            chart(places, [{"name": "Tusk", "type": "PER", "country": "POL", "n_mentions": n}])
            for n in (1, 4)
        )
        assert "Poland" not in once.alt
        assert "Poland" in often.alt

    def test_a_name_that_may_be_a_state_shades_no_country(self):
        places = [place("Arizona", 34.3, -111.7, "USA", kind="region", reach=290.0, actor_id=0)]
        actors = [country("Arizona", "USA"), country("Georgia", "GEO")]
        assert "Georgia" not in chart(places, actors).alt
        assert "Georgia" in chart(places, [*actors, country("Tbilisi", "GEO")]).alt

    def test_norway_alone_is_not_shaded(self):
        found = chart([place(*BERGEN, actor_id=0)], [country("Bergen", "NOR")])
        assert "#86b8af" not in found.svg
        assert "haded" not in found.note + found.alt

    def test_what_is_outside_is_said(self):
        found = chart(
            [place(*TROMSO, actor_id=0, sentence_id=n) for n in range(9)]
            + [place("Washington", *WASHINGTON, "USA", actor_id=1)],
            [country("Tromsø", "NOR", 9), country("Washington", "USA")],
        )
        assert "Outside the map: Washington." in found.note
        assert "Washington" in found.data["Place"].tolist()

    def test_the_numbers_name_their_sentences(self):
        found = chart(
            [place(*OSLO, actor_id=0, sentence_id=2), place(*OSLO, actor_id=0, sentence_id=7)],
            [country("Oslo", "NOR", 2), country("Sverige", "SWE")],
        )
        rows = found.data.to_dict("records")
        assert rows[0]["Place"] == "Oslo"
        assert rows[0]["Coordinates"] == "59.9°\N{NO-BREAK SPACE}N, 10.8°\N{NO-BREAK SPACE}E"
        assert rows[0]["sentence_ids"] == (2, 7)
        assert [row["Place"] for row in rows] == ["Oslo", "Norway", "Sweden"]
        assert all(row["sentence_ids"] for row in rows)

    @pytest.mark.parametrize(
        ("at", "language", "expected"),
        [
            ((-33.9, 18.4), "en", "33.9° S, 18.4° E"),
            ((38.9, -77.04), "en", "38.9° N, 77.0° W"),
            ((59.91, 10.75), "nb", "59,9° N, 10,8° Ø"),
            ((-0.04, -179.96), "nb", "0,0° S, 180,0° V"),
        ],
    )
    def test_coordinates(self, at, language, expected):
        assert coordinates(at, language).replace("\N{NO-BREAK SPACE}", " ") == expected

    def test_sources_are_credited(self):
        assert "Natural Earth" in chart([place(*OSLO)]).source
        assert "GeoNames" in chart([place(*OSLO)]).source
        assert "CC BY 4.0" in chart([place(*OSLO)], language="nb").source

    def test_names_stand_beside_their_dots(self):
        svg = chart([place(*OSLO), place(*BERGEN)]).svg
        texts = Counter(element.text for element in ElementTree.fromstring(svg).iter(f"{SVG}text"))
        assert texts["Oslo"] == texts["Bergen"] == 1

    @pytest.mark.parametrize(
        "places",
        [
            [place(*OSLO), place("Sydney", -33.9, 151.2, "AUS"), place("Lima", -12.0, -77.0, "PER")],
            [place("Kyiv", *KYIV, "UKR"), place("Paris", 48.85, 2.35, "FRA"), place(*OSLO)],
            [place("Longyearbyen", 78.2, 15.6), place(*TROMSO)],
        ],
    )
    def test_drawings_stay_light(self, places):
        found = chart(places)
        assert len(found.svg) + len(found.narrow_svg) < 170_000

    def test_widths_and_heights(self):
        for svg, width in ((chart([place(*OSLO)]).svg, "wide"), (chart([place(*OSLO)]).narrow_svg, "narrow")):
            _x, _y, wide, high = map(float, ElementTree.fromstring(svg).attrib["viewBox"].split())
            flattest, steepest = drawn_map.SHAPES[width]
            assert wide == pytest.approx(size(width))
            assert flattest * wide - 1 <= high <= steepest * wide + 1


def test_from_the_text_to_the_words():
    found = extract(
        "Toget forlot Nord-Koreas hovedstad Pyongyang. Det kom til Vladivostok, bare 13 mil fra grensen. "
        "Moskva har ikke svart. Mannen bor i Vik."
    )
    drawn = map_chart(found.places, found.actors, found.mentions, found.quantities, "en")
    shown = brief.places(drawn, found, "en")
    text = " ".join(display.markdown() for display in shown)
    assert "2 places can be put on a map" in text
    assert "Moskva" in text
    assert "Vik" in text
    (listed,) = brief.place_table(found, "en")
    assert [row.cells[0].text for row in listed.rows] == ["Pyongyang", "Vladivostok"]
    assert all(row.evidence for row in listed.rows)


def test_no_section_where_nothing_can_be_placed():
    found = extract("Det er ikke lett å si hva som skjer. Norge venter.")
    drawn = map_chart(found.places, found.actors, found.mentions, found.quantities, "en")
    assert drawn is None
    assert brief.places(drawn, found, "en") == brief.place_table(found, "en") == ()
