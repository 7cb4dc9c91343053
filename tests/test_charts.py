"""Charts: their words, their numbers, and drawings that stay whole whatever the tables hold."""

import hashlib
import os
import re
import subprocess
import sys
from datetime import date, timedelta
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from depesje import charts, tokens
from depesje.charts import labels
from depesje.charts.amounts import kind_of
from depesje.charts.canvas import Chart, clean, shorten, size, text_width, wrap
from depesje.charts.scale import fitted
from depesje.charts.timeline import TimeScale, date_span
from depesje.messages import LOCALES
from depesje.tables import SCHEMAS, Extraction

SVG = "{http://www.w3.org/2000/svg}"
LONG = (
    "Den interkommunale samarbeidsnemnda for havneforvaltning, fiskerirettleiing og beredskap i ytre Nordland"
)
HOSTILE = "<script>alert(1)</script> $\\frac{1}{2}$ a_b & \x00\x1b\u202e #let x = {{ 7*7 }}"


def table(name: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """A table of the contract from rows that name only what matters to the chart."""
    usual: dict[str, Any] = {
        "start": 0, "end": 1, "text": "x", "sentence_id": 0, "paragraph_id": 0, "kind": "paragraph", "type": "PER",
        "n_statements": 0, "unit": "count", "bound": "exact", "dimension": "count", "base_unit": "count",
        "precision": "day", "mode": "indirect", "named_source": True, "certainty": "asserted", "level": 1, "score": 0.5,
        "weight": 1.0, "n_characters": 9, "n_sentences": 1, "language": "nb", "looks_danish": False, "sha256": "0",
        "code": "medtop:11000000", "reach": 0.0, "decided_by": "lexicon",
    }  # fmt: skip
    schema = SCHEMAS[name]
    key = next((column for column in schema.columns if schema.unique == [column]), None)
    key = None if name in ("themes", "subthemes") else key
    usual["kind"] = "co-mention" if name == "relations" else "paragraph"
    filled = [usual | ({key: number} if key else {}) | row for number, row in enumerate(rows)]
    columns = {
        column: pd.Series([row.get(column) for row in filled], dtype=str(definition.dtype))
        for column, definition in schema.columns.items()
    }
    return schema.validate(pd.DataFrame(columns))


TUESDAYS = ["2023-09-05", "2023-09-12", "2023-09-19", "2023-09-26"]


def amount(
    text: str, low: float, high: float | None = None, unit: str = "count", factor: float = 1.0, **more: Any
) -> dict[str, Any]:
    """A row of ``quantities``."""
    high = low if high is None else high
    return {
        "text": text,
        "low": low,
        "high": high,
        "unit": unit,
        "base_low": low * factor,
        "base_high": high * factor,
        **more,
    }


def place(name: str, latitude: float, longitude: float, **more: Any) -> dict[str, Any]:
    """A row of ``places``."""
    where = {"latitude": latitude, "longitude": longitude, "country": "NOR", "kind": "settlement"}
    return {"text": name, "name": name, **where, **more}


LENGTH = {"dimension": "length", "base_unit": "meter"}
TIME = {"dimension": "time", "base_unit": "second"}
MONEY = {"dimension": "money", "base_unit": "NOK"}
SHARE = {"dimension": "ratio", "base_unit": "percent"}
YEAR = 31557600.0

#: An invented article: a ferry company, a harbour, a strike.
ACTORS = [
    {"name": "Havila Fjordruter", "type": "ORG", "n_mentions": 9},
    {"name": "Kari Nordmann", "type": "PER", "n_mentions": 6},
    {"name": "Bodø", "type": "GPE", "n_mentions": 4, "country": "NOR"},
    {"name": "ansatte om bord", "type": "GROUP", "n_mentions": 2},
    {"name": LONG, "type": "ORG", "n_mentions": 2},
    {"name": "Sjømannsforbundet", "type": "ORG", "n_mentions": 1},
]
PLACES = [
    place("Bodø", 67.28, 14.4, actor_id=2, quantity_id=10),
    place("Bodø", 67.28, 14.4, actor_id=2, sentence_id=5),
    place("Lofoten", 68.2, 13.9, kind="region", reach=60.0, sentence_id=2),
    place("Fauske", 67.26, 15.39, kind="municipality", sentence_id=3),
]
QUANTITIES = [
    amount("2,5 til 3 millioner kroner", 2.5e6, 3e6, "NOK", bound="range", **MONEY, statement_id=0),
    amount("270.000 kroner", 270000, unit="NOK", **MONEY),
    amount("titalls millioner", 1e7, 9.9e7, bound="approx", item="liter drivstoff", statement_id=1),
    amount("to", 2, item="ferger", sentence_id=1),
    amount("to", 2, item="ferger", sentence_id=2),
    amount("minst 340", 340, bound="at_least", item="passasjerer som ble stående igjen på kaia i regnet"),
    amount("opptil 60", 60, bound="at_most", item="biler", statement_id=2),
    amount("rundt 20 prosent", 20, unit="percent", bound="approx", **SHARE),
    amount("10", 10, unit="percent", change="from", sentence_id=4, **SHARE),
    amount("15 prosent", 15, unit="percent", change="to", sentence_id=4, **SHARE),
    amount("13 mil", 13, unit="mil", factor=1e4, **LENGTH),
    amount("800 meter", 800, unit="m", **LENGTH),
    amount("fire år", 4, unit="year", factor=YEAR, **TIME),
    amount("tre døgn", 3, unit="day", factor=86400.0, **TIME),
]
DATES = [
    {"text": "1991", "date_from": "1991-01-01", "date_to": "1991-12-31", "precision": "year"},
    {"text": "slutten av juli", "date_from": "2023-07-21", "date_to": "2023-07-31", "sentence_id": 3},
    {"text": "Tirsdag", "date_from": "2023-09-05", "date_to": "2023-09-26", "candidates": TUESDAYS},
    {
        "text": "tirsdag",
        "date_from": "2023-09-05",
        "date_to": "2023-09-26",
        "candidates": TUESDAYS,
        "sentence_id": 5,
    },
    {"text": "12. september", "date_from": "2023-09-12", "date_to": "2023-09-12", "sentence_id": 4},
    {"text": "i fjor høst", "date_from": "2022-09-01", "date_to": "2022-11-30", "sentence_id": 7},
]
STATEMENTS = [
    {"speaker": "Kari Nordmann", "certainty": "asserted"},
    {"speaker": "ansatte om bord", "named_source": False, "certainty": "possible"},
    {"speaker": "Sjømannsforbundet", "certainty": "likely"},
    {"speaker": "Kari Nordmann", "certainty": "confirmed"},
    {"speaker": "Kari Nordmann", "certainty": "confirmed"},
    {"speaker": "Havila Fjordruter", "certainty": "denied"},
    {"speaker": None, "named_source": False, "certainty": "unconfirmed"},
    {
        "speaker": "kilder med god kjennskap til de pågående forhandlingene",
        "named_source": False,
        "certainty": "uncertain",
    },
]
SECTIONS = (
    [None] * 7
    + ["Full stans i havna"] * 5
    + ["Krever svar fra departementet før helga"] * 3
    + ["Nytt møte?"] * 9
)
SENTENCES = [{"section": section} for section in SECTIONS]
THEMES = [
    {"code": "medtop:09000000", "label": "labour", "label_nb": "arbeidsliv", "score": 0.8,
     "sentence_ids": [0, 1, 2, 8, 9, 10, 20]},
    {"code": "medtop:04000000", "label": "economy, business and finance", "label_nb": "økonomi og næringsliv",
     "score": 0.4, "sentence_ids": [5, 12]},
    {"code": "medtop:03000000", "label": "disaster, accident and emergency incident",
     "label_nb": "ulykker og naturkatastrofer", "score": 0.2, "sentence_ids": [23]},
]  # fmt: skip
RELATIONS = [
    {"source_actor_id": 0, "target_actor_id": 1, "weight": 5.0, "sentence_ids": [0, 3, 4]},
    {
        "source_actor_id": 1,
        "target_actor_id": 0,
        "weight": 1.0,
        "sentence_ids": [6],
        "kind": "verb",
        "verb": "varsle",
    },
    {"source_actor_id": 0, "target_actor_id": 2, "weight": 2.0, "sentence_ids": [1, 2]},
    {"source_actor_id": 3, "target_actor_id": 5, "weight": 1.0, "sentence_ids": [7]},
    {"source_actor_id": 1, "target_actor_id": 4, "weight": 1.0, "sentence_ids": [7]},
]


def extraction(**rows: list[dict[str, Any]]) -> Extraction:
    """Tables with the given rows; those not named are empty."""
    rows.setdefault("article", [{"published": "2023-09-13", "published_precision": "day"}])
    return Extraction(text="", **{name: table(name, rows.get(name, [])) for name in SCHEMAS})


FOUND = extraction(
    actors=ACTORS, quantities=QUANTITIES, dates=DATES, statements=STATEMENTS, sentences=SENTENCES, themes=THEMES,
    relations=RELATIONS, places=PLACES,
)  # fmt: skip


LEVELS = ["denied", "unconfirmed", "uncertain", "possible", "likely", "asserted", "confirmed"]
BOUNDS = ["exact", "approx", "at_least", "at_most", "range"]


def many(n: int = 60) -> Extraction:
    """Tables with ``n`` rows or more each, and long, hostile words."""
    names = [f"{HOSTILE} {LONG} {number}" for number in range(n)]
    units = [("count", {}), ("NOK", MONEY), ("percent", SHARE), ("year", TIME), ("m", LENGTH)]
    return extraction(
        actors=[
            {"name": name, "n_mentions": n - i, "type": ["PER", "ORG", "GPE", "GROUP"][i % 4]}
            for i, name in enumerate(names)
        ],
        places=[
            place(
                name,
                60 + i % 7 / 2,
                5 + i % 11 / 2,
                kind=["settlement", "municipality", "region", "nature"][i % 4],
                reach=[0.0, 0.0, 40.0, 5.0][i % 4],
                quantity_id=i if i % 10 == 4 else None,
                sentence_id=i,
            )
            for i, name in enumerate(names)
        ],
        quantities=[
            amount(
                names[i],
                3.0**i if i % 9 else 0,
                3.0**i * (1 + i % 2),
                unit,
                item=LONG,
                bound=BOUNDS[i % 7 % 5],
                **kind,
            )
            for i, (unit, kind) in enumerate(units * (n // 5))
        ],
        dates=[
            {
                "text": name,
                "date_from": f"{1000 + i * 17}-0{1 + i % 9}-11",
                "date_to": f"{1000 + i * 17}-1{i % 3}-12",
            }
            for i, name in enumerate(names)
        ],
        statements=[
            {"speaker": names[i % 23], "certainty": LEVELS[i * 5 % 7], "named_source": i % 3 > 0}
            for i in range(n * 3)
        ],
        sentences=[{"section": names[i // 7]} for i in range(n * 4)],
        themes=[
            {
                "code": f"medtop:{i:08}",
                "label": name,
                "label_nb": name,
                "sentence_ids": list(range(i, n * 4, i + 2)),
            }
            for i, name in enumerate(names)
        ],
        relations=[
            {
                "source_actor_id": i * 7 % n,
                "target_actor_id": i * i % n,
                "weight": 1.0 + i % 5,
                "sentence_ids": [i],
            }
            for i in range(1, n)
        ],
    )


def few(n: int) -> Extraction:
    """Tables with so many rows each; two links take three actors."""
    return extraction(
        actors=ACTORS[: n + 1 if n > 1 else n], quantities=QUANTITIES[10 : 10 + n], dates=DATES[4 : 4 + n],
        statements=STATEMENTS[:n], sentences=SENTENCES[:n], themes=[THEMES[0] | {"sentence_ids": [0]}],
        relations=[RELATIONS[0], RELATIONS[2]][:n],
        places=PLACES[3:] if n > 1 else [],
    )  # fmt: skip


EXTRACTIONS = {"pair": few(2), "some": FOUND, "many": many()}
CASES = [(name, language) for name in EXTRACTIONS for language in LOCALES]
DRAWN = {case: charts.briefing_charts(EXTRACTIONS[case[0]], case[1]) for case in CASES}
SHEETS = [
    pytest.param(svg, id=f"{name}-{language}-{chart.name}-{width}")
    for (name, language), drawn in DRAWN.items()
    for chart in drawn.values()
    for width, svg in (("wide", chart.svg), ("narrow", chart.narrow_svg))
]


def boxes(svg: str) -> list[tuple[float, float, float, float, str]]:
    """The texts of a drawing with their edges: left, top, right, bottom."""
    found = []
    for element in ElementTree.fromstring(svg).iter(f"{SVG}text"):
        text, points = element.text or "", float(element.attrib["font-size"])
        weight = "semibold" if element.get("font-weight") == "600" else "normal"
        width = text_width(text, points, weight, element.get("font-style") == "italic")
        shift = {"start": 0.0, "middle": 0.5, "end": 1.0}[element.get("text-anchor", "start")]
        left, base = float(element.attrib["x"]) - shift * width, float(element.attrib["y"])
        found.append((left, base - 0.72 * points, left + width, base + 0.2 * points, text))
    return found


class TestDrawing:
    """What holds for every drawing, of two rows and of many, on both widths."""

    def test_all_charts_are_drawn(self) -> None:
        names = ["actors", "network", "map", "quantities", "timeline", "statements", "themes"]
        assert [list(drawn) for drawn in DRAWN.values()] == [names] * len(CASES)

    def test_one_of_a_kind_is_no_chart(self) -> None:
        assert charts.briefing_charts(few(1)) == {}

    @pytest.mark.parametrize("svg", SHEETS)
    def test_no_two_texts_meet(self, svg: str) -> None:
        for (l1, t1, r1, b1, one), (l2, t2, r2, b2, other) in combinations(boxes(svg), 2):
            assert r1 <= l2 + 0.1 or r2 <= l1 + 0.1 or b1 <= t2 + 0.1 or b2 <= t1 + 0.1, (one, other)

    @pytest.mark.parametrize("svg", SHEETS)
    def test_texts_stay_on_the_sheet(self, svg: str) -> None:
        _, _, width, height = map(float, ElementTree.fromstring(svg).attrib["viewBox"].split())
        for left, top, right, bottom, text in boxes(svg):
            assert left >= -0.1, text
            assert right <= width + 0.1, text
            assert top >= -0.1, text
            assert bottom <= height + 0.1, text

    @pytest.mark.parametrize("svg", SHEETS)
    def test_fit_for_a_page_without_inline_style(self, svg: str) -> None:
        elements = list(ElementTree.fromstring(svg).iter())
        assert {element.tag.removeprefix(SVG) for element in elements} <= {
            "svg",
            "defs",
            "path",
            "text",
            "use",
        }
        for element in elements:
            assert not {"style", "class", "onload", "transform"} & set(element.attrib)

    @pytest.mark.parametrize("svg", SHEETS)
    def test_colours_are_those_of_the_tokens(self, svg: str) -> None:
        light = {pair["light"] for pair in tokens.colours().values()}
        assert set(re.findall(r"#[0-9a-f]{6}", svg)) <= light

    @pytest.mark.parametrize("svg", SHEETS)
    def test_text_is_in_a_colour_that_can_be_read(self, svg: str) -> None:
        readable = {tokens.colour("base", name) for name in ("ink", "muted", "accent")}
        texts = ElementTree.fromstring(svg).iter(f"{SVG}text")
        assert {text.get("fill", tokens.colour("base", "ink")) for text in texts} <= readable

    def test_no_kind_of_actor_is_told_by_its_colour_alone(self) -> None:
        for language in LOCALES:
            texts = "".join(ElementTree.fromstring(DRAWN["some", language]["actors"].svg).itertext())
            for actor in ACTORS:
                assert labels.type_word(actor["type"], language) in texts

    def test_widths_are_those_of_the_tokens(self) -> None:
        for chart in DRAWN["some", "en"].values():
            for svg, width in ((chart.svg, size("wide")), (chart.narrow_svg, size("narrow"))):
                assert float(ElementTree.fromstring(svg).attrib["viewBox"].split()[2]) == pytest.approx(width)

    def test_ids_of_different_charts_differ(self) -> None:
        ids = [re.findall(r' id="([^"]+)"', chart.svg) for chart in DRAWN["some", "en"].values()]
        assert all(not set(one) & set(other) for one, other in combinations(ids, 2))
        assert sum(map(len, ids)) > 0

    def test_uses_point_to_shapes_of_their_own_chart(self) -> None:
        for chart in DRAWN["some", "en"].values():
            used = set(re.findall(r'href="#([^"]+)"', chart.svg))
            assert used == set(re.findall(r' id="([^"]+)"', chart.svg))

    @pytest.mark.parametrize("svg", SHEETS)
    def test_shapes_have_no_colour_of_their_own(self, svg: str) -> None:
        root = ElementTree.fromstring(svg)
        assert not any(
            {"fill", "stroke"} & set(mark.attrib) for defs in root.iter(f"{SVG}defs") for mark in defs
        )
        assert all(use.get("fill") for use in root.iter(f"{SVG}use"))

    def test_article_text_stays_text(self) -> None:
        for chart in DRAWN["many", "en"].values():
            assert "$" in "".join(ElementTree.fromstring(chart.svg).itertext())
            assert "&lt;script&gt;" in chart.svg
            assert "\x1b" not in chart.svg + chart.title + chart.alt

    def test_same_bytes_in_another_process(self) -> None:
        code = "import test_charts as t; print(t.digest(), end='')"
        environment = os.environ | {
            "PYTHONHASHSEED": "7",
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        }
        command = [sys.executable, "-c", code]
        other = subprocess.run(
            command, env=environment, cwd=Path(__file__).parent, capture_output=True, check=True
        )
        assert other.stdout.decode() == digest()


def digest() -> str:
    """A digest of all drawings and words of the invented article."""
    drawn = charts.briefing_charts(FOUND).values()
    whole = "".join(c.svg + c.narrow_svg + c.title + c.alt + c.note + c.data.to_csv() for c in drawn)
    return hashlib.sha256(whole.encode()).hexdigest()


def title(name: str, **rows: list[dict[str, Any]]) -> str:
    """The title of the one chart that the rows are for."""
    chart: Chart = charts.briefing_charts(extraction(**rows))[name]
    return chart.title


def actors(*counts: int) -> list[dict[str, Any]]:
    """Actors A, B, C … with so many mentions."""
    return [{"name": chr(65 + i), "n_mentions": count} for i, count in enumerate(counts)]


def said(*named: bool) -> list[dict[str, Any]]:
    """Claims by named and by unnamed sources."""
    return [{"speaker": "Kari", "named_source": name} for name in named]


def day(text: str, last: str = "", candidates: list[str] | None = None) -> dict[str, Any]:
    """A row of ``dates``."""
    return {"text": text, "date_from": text, "date_to": last or text, "candidates": candidates}


class TestMessages:
    """The message that the numbers give, singular and plural right."""

    def test_nothing_to_show(self) -> None:
        assert charts.briefing_charts(extraction()) == {}

    @pytest.mark.parametrize(
        ("counts", "expected"),
        [
            ((1, 1), "No one stands out: each is mentioned once"),
            ((2, 2, 2), "No one stands out: each is mentioned 2 times"),
            ((5, 2), "Most mentions: A, 5"),
            ((2, 5), "Most mentions: B, 5"),
            ((5, 5, 2), "Most mentions: A and B, 5 each"),
            ((5, 5, 5, 5, 2), "Most mentions: 4 actors with 5 each"),
        ],
    )
    def test_actors(self, counts: tuple[int, ...], expected: str) -> None:
        assert title("actors", actors=actors(*counts)) == expected

    def test_actors_never_mentioned_are_left_out(self) -> None:
        assert charts.actors_chart(table("actors", actors(0)), table("mentions", [])) is None

    @pytest.mark.parametrize(
        ("counts", "expected"),
        [
            ([9] * 10, ""),
            ([9] * 10 + [1], "1 more actor, mentioned once, is in the table."),
            ([9] * 10 + [2], "1 more actor, mentioned 2 times, is in the table."),
            ([9] * 10 + [1, 1], "2 more actors, each mentioned once, are in the table."),
            ([9] * 10 + [2, 1], "2 more actors, each mentioned 2 times at most, are in the table."),
        ],
    )
    def test_actors_left_to_the_table(self, counts: list[int], expected: str) -> None:
        chart = charts.actors_chart(table("actors", actors(*counts)), table("mentions", []))
        assert chart is not None
        assert chart.note == expected
        assert len(chart.data) == len(counts)

    @pytest.mark.parametrize(
        ("rows", "expected"),
        [
            (QUANTITIES, "The largest figure: 10–99 million «liter drivstoff»"),
            (QUANTITIES[10:12], "3 amounts: numbers and lengths"),
            (QUANTITIES[1:2], "The largest figure: 270,000 NOK"),
            ([amount("opptil 60", 0, 60, bound="at_most", item="biler")], "at most 60 «biler»"),
            ([amount("minst 60", 60, 1e9, bound="at_least", item="biler")], "at least 60 «biler»"),
        ],
    )
    def test_quantities(self, rows: list[dict[str, Any]], expected: str) -> None:
        assert title("quantities", quantities=[*rows, amount("en buss", 1, item="buss")]).endswith(expected)

    def test_quantities_of_one_kind(self) -> None:
        assert title("quantities", quantities=QUANTITIES[10:12]) == "The largest figure: 130 km"

    def test_items_are_glossed_beside_the_articles_own_words(self) -> None:
        found = extraction(quantities=[amount("to", 2, item="ferger"), amount("tre", 3, item="snurrebasser")])
        found.quantities["item_gloss"] = ["ferries", ""]
        chart = charts.quantities_chart(found.quantities, found.statements)
        assert chart is not None
        assert sorted(chart.data[["In the article", "Amount"]].values.tolist()) == [
            ["to ferger", "2 ferries"],
            ["tre snurrebasser", "3"],
        ]
        assert chart.title == "The largest figure: 3 «snurrebasser»"
        assert chart.quoted == ("In the article",)

    @pytest.mark.parametrize(
        ("rows", "expected"),
        [
            ([("7 promille", 7, "promille"), ("2 promille", 2, "promille")], {"0.7%", "0.2%"}),
            ([("20 prosent", 20, "percent"), ("2 promille", 2, "promille")], {"20%", "0.2%"}),
        ],
    )
    def test_shares_are_per_cent(self, rows: list[tuple[str, float, str]], expected: set[str]) -> None:
        amounts = [amount(words, n, unit=unit, **SHARE) for words, n, unit in rows]
        chart = charts.briefing_charts(extraction(quantities=amounts))["quantities"]
        assert set(chart.data["Amount"]) == expected

    def test_degrees_are_celsius(self) -> None:
        kelvin = {"unit": "degC", "dimension": "temperature", "base_unit": "kelvin"}
        rows = [
            amount("5 grader", 5, **kelvin) | {"base_low": 278.15, "base_high": 278.15},
            amount("minus 3 grader", -3, **kelvin) | {"base_low": 270.15, "base_high": 270.15},
        ]
        chart = charts.briefing_charts(extraction(quantities=rows))["quantities"]
        assert chart.data["Amount"].tolist() == ["5°C", "-3°C"]

    @pytest.mark.parametrize(
        ("rows", "expected"),
        [
            ([day("2023-09-12"), day("2023-10-01")], "2 dates, all in 2023"),
            ([day("1991-01-01", "1991-12-31"), day("2023-10-01")], "2 dates, from 1991 to 2023"),
            (
                [day("2023-09-12"), day("2023-09-05", TUESDAYS[-1], TUESDAYS)],
                "1 of 2 dates leaves its day open",
            ),
            (
                [day("2023-09-05", TUESDAYS[-1], TUESDAYS), day("2023-09-05", TUESDAYS[1], TUESDAYS[:2])],
                "2 of 2 dates leave their day open",
            ),
        ],
    )
    def test_timeline(self, rows: list[dict[str, Any]], expected: str) -> None:
        assert title("timeline", dates=rows) == expected

    @pytest.mark.parametrize(
        ("named", "expected"),
        [
            ((True, True), "Both claims come from named sources"),
            ((False, False), "Both claims come from unnamed sources"),
            ((True,) * 3, "All 3 claims come from named sources"),
            ((False,) * 3, "All 3 claims come from unnamed sources"),
            ((True, False, True), "1 of 3 claims comes from an unnamed source"),
            ((True, False, False), "2 of 3 claims come from unnamed sources"),
        ],
    )
    def test_statements(self, named: tuple[bool, ...], expected: str) -> None:
        assert title("statements", statements=said(*named)) == expected

    def test_themes(self) -> None:
        assert DRAWN["some", "en"]["themes"].title == "Labour is in 7 of 24 sentences"
        assert DRAWN["some", "nb"]["themes"].title.startswith("Arbeidsliv")

    @pytest.mark.parametrize(
        ("weights", "expected"),
        [
            ([1.0, 2.0], "A and C are linked most"),
            ([2.0, 2.0], "Who is linked with whom: 2 pairs"),
        ],
    )
    def test_network(self, weights: list[float], expected: str) -> None:
        links = [
            {"source_actor_id": 0, "target_actor_id": i, "weight": weight, "sentence_ids": [0]}
            for i, weight in enumerate(weights, 1)
        ]
        assert title("network", actors=actors(1, 1, 1), relations=links) == expected

    def test_alt_text_states_the_numbers(self) -> None:
        drawn = DRAWN["some", "en"]
        assert "6 actors: Havila Fjordruter 9, Kari Nordmann 6" in drawn["actors"].alt
        assert "Lengths: 130 km and 800 m." in drawn["quantities"].alt
        assert "5, 12, 19 or 26 Sept 2023 (tirsdag ×2)" in drawn["timeline"].alt
        assert "2 confirmed, 1 asserted" in drawn["statements"].alt
        assert "Havila Fjordruter and Kari Nordmann in 4 sentences" in drawn["network"].alt
        assert "Labour 7" in drawn["themes"].alt

    def test_alt_text_stays_short(self) -> None:
        assert all(len(chart.alt) < 1500 for chart in DRAWN["many", "en"].values())

    def test_a_long_text_has_cells_of_several_sentences(self) -> None:
        sentences = [{"section": f"Del {number // 9}"} for number in range(3000)]
        rows = [THEMES[0] | {"sentence_ids": list(range(0, 3000, 2))}]
        chart = charts.briefing_charts(extraction(sentences=sentences, themes=rows))["themes"]
        assert "several" in chart.note
        assert chart.title == "Labour is in 1,500 of 3,000 sentences"
        assert len(chart.svg) < 50_000


class TestNumbers:
    """The tables behind the charts."""

    def test_actors(self) -> None:
        mentions = [{"actor_id": 1, "sentence_id": sentence} for sentence in (4, 2, 4)]
        chart = charts.actors_chart(table("actors", ACTORS), table("mentions", mentions))
        assert chart is not None
        assert chart.data.values.tolist()[1] == ["Kari Nordmann", "person", 6, (2, 4)]

    def test_equal_amounts_are_one_row(self) -> None:
        data = DRAWN["some", "en"]["quantities"].data
        assert data.loc[data["In the article"] == "to ferger ×2", "sentence_ids"].tolist() == [(1, 2)]

    def test_a_change_is_one_row(self) -> None:
        data = DRAWN["some", "en"]["quantities"].data
        assert data.loc[data["In the article"] == "10 → 15 prosent", "Amount"].tolist() == ["from 10% to 15%"]

    def test_the_claimant_is_named(self) -> None:
        data = DRAWN["some", "en"]["quantities"].data
        assert (
            dict(zip(data["In the article"], data["Source"], strict=True))["opptil 60 biler"]
            == "Sjømannsforbundet"
        )

    def test_infinite_amounts_are_left_out(self) -> None:
        rows = [amount("mange", 2, float("inf")), amount("sifre", 1e307)]
        assert charts.briefing_charts(extraction(quantities=rows)) == {}

    def test_statements_add_up(self) -> None:
        data = DRAWN["many", "en"]["statements"].data
        levels = [labels.certainty_word(level, "en").capitalize() for level in LEVELS]
        assert int(data[levels].to_numpy().sum()) == 180

    def test_links_of_one_pair_are_one_row(self) -> None:
        row = DRAWN["some", "en"]["network"].data.iloc[0].tolist()
        assert row == ["Havila Fjordruter", "Kari Nordmann", "6", "varsle", (0, 3, 4, 6)]

    def test_a_link_with_oneself_is_none(self) -> None:
        links = [{"source_actor_id": 0, "target_actor_id": 0, "sentence_ids": [0]}]
        assert charts.network_chart(table("actors", ACTORS), table("relations", links)) is None


class TestMarks:
    """Uncertainty is drawn and not rounded away."""

    @staticmethod
    def marks(bound: str, low: float, high: float) -> dict[str, int]:
        rows = [amount("x", low, high, bound=bound), amount("fire år", 4, unit="year", factor=YEAR, **TIME)]
        chart = charts.briefing_charts(extraction(quantities=rows))["quantities"]
        colour = tokens.colour("evidence", "quantity")
        elements = list(ElementTree.fromstring(chart.svg).iter())
        dots = [element for element in elements if element.tag == f"{SVG}use"]
        paths = [
            element for element in elements if element.tag == f"{SVG}path" and "id" not in element.attrib
        ]
        return {
            "dots": sum(dot.get("fill") == colour for dot in dots) - 1,  # that of the four years
            "rings": sum(dot.get("stroke") == colour for dot in dots),
            "bars": sum(path.get("fill") == colour for path in paths),
            "dashed": sum(
                path.get("stroke") == colour and "stroke-dasharray" in path.attrib for path in paths
            ),
            "strokes": sum(
                path.get("stroke") == colour and "stroke-dasharray" not in path.attrib for path in paths
            ),
        }

    @pytest.mark.parametrize(
        ("bound", "low", "high", "expected"),
        [
            ("exact", 5, 5, {"dots": 1}),
            ("approx", 5, 5, {"rings": 1}),
            ("range", 5, 9, {"bars": 1}),
            ("approx", 10, 99, {"dashed": 1}),
            ("at_least", 5, 5, {"dots": 1, "strokes": 2}),
            ("at_most", 5, 5, {"dots": 1, "strokes": 2}),
            ("at_most", 0, 5, {"dots": 1, "strokes": 2}),
        ],
    )
    def test_shapes(self, bound: str, low: float, high: float, expected: dict[str, int]) -> None:
        found = self.marks(bound, low, high)
        assert {name: count for name, count in found.items() if count} == expected

    def test_open_days_are_rings(self) -> None:
        svg = charts.briefing_charts(extraction(dates=DATES[1:3]))["timeline"].svg
        colour = tokens.colour("evidence", "date")
        assert sum(
            use.get("stroke") == colour for use in ElementTree.fromstring(svg).iter(f"{SVG}use")
        ) == len(TUESDAYS)


def linked(n: int, links: list[tuple[int, int, str | None]]) -> Chart:
    """The network of ``n`` actors; a link has its verb, or is a co-mention."""
    rows = [
        {
            "source_actor_id": first,
            "target_actor_id": second,
            "sentence_ids": [number],
            "kind": "verb" if verb else "co-mention",
            "verb": verb,
            "weight": 1.0 + number % 3,
        }
        for number, (first, second, verb) in enumerate(links)
    ]
    people = [{"name": f"Kari {chr(65 + i % 26)}. Nordmann", "n_mentions": 1} for i in range(n)]
    chart = charts.network_chart(table("actors", people), table("relations", rows))
    assert chart is not None
    return chart


VERBS = ["møte", "anklage", "støtte", None, "reise til", "si til"]
FEW_LINKS: list[tuple[int, int, str | None]] = [
    (0, 1, "møte"),
    (2, 1, "kritisere"),
    (3, 4, "støtte"),
    (0, 4, None),
]
MANY_LINKS = [(i, i * 7 % 40, VERBS[i % 6]) for i in range(40)] + [(i, (i + 1) % 40, None) for i in range(40)]
ARROWS = ("↓", "↑")


class TestNetwork:
    """Links are named by their verb, where it can be read."""

    def test_every_verb_of_a_few_links(self) -> None:
        chart = linked(5, FEW_LINKS)
        for svg in (chart.svg, chart.narrow_svg):
            shown = {text[:-2] for *_box, text in boxes(svg) if text.endswith(ARROWS)}
            assert shown == {"møte", "kritisere", "støtte"}
        assert "base form" in chart.note
        assert dict(zip(chart.data["Linked with"], chart.data["Verb"], strict=True))["Kari E. Nordmann"] in (
            "støtte",
            "",
        )
        assert "(kritisere)" in chart.alt

    def test_an_arrow_points_to_whom_it_is_done_to(self) -> None:
        names = {text: top for _left, top, _right, _bottom, text in boxes(linked(5, FEW_LINKS).svg)}
        down = names["Kari C. Nordmann"] < names["Kari B. Nordmann"]
        assert f"kritisere {'↓' if down else '↑'}" in names

    def test_no_verbs_no_word_of_them(self) -> None:
        chart = linked(5, [(first, second, None) for first, second, _verb in FEW_LINKS])
        assert "base form" not in chart.note

    @pytest.mark.parametrize(("n", "links"), [(5, FEW_LINKS), (40, MANY_LINKS)])
    def test_no_arc_crosses_a_word(self, n: int, links: list[tuple[int, int, str | None]]) -> None:
        """But for a verb on an arc, which has paper under it."""
        chart = linked(n, links)
        paper = tokens.colour("base", "paper")
        for svg in (chart.svg, chart.narrow_svg):
            grounds = [
                [float(part) for part in path.attrib["d"].split() if part[0].isdigit()]
                for path in ElementTree.fromstring(svg).iter(f"{SVG}path")
                if path.get("fill") == paper
            ]
            sheltered = {
                text
                for left, top, right, bottom, text in boxes(svg)
                for xs, ys in ((ground[::2], ground[1::2]) for ground in grounds)
                if min(xs) <= left and max(xs) >= right and min(ys) <= top + 1 and max(ys) >= bottom - 1
            }
            arcs = re.findall(r"M ([\d.]+) ([\d.]+) C ([\d. ]+)", svg.partition("</defs>")[2])
            assert arcs
            for x, y, rest in arcs:
                numbers = [float(x), float(y), *map(float, rest.split())]
                corners = list(zip(numbers[::2], numbers[1::2], strict=True))
                for step in range(201):
                    t = step / 200
                    shares = ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3)
                    px, py = (sum(s * c[i] for s, c in zip(shares, corners, strict=True)) for i in (0, 1))
                    for left, top, right, bottom, text in boxes(svg):
                        assert text in sheltered or not (left < px < right and top < py < bottom), text

    def test_forty_actors_leave_some_to_the_table(self) -> None:
        chart = linked(40, MANY_LINKS)
        names = [text for *_box, text in boxes(chart.svg) if text.startswith("Kari")]
        assert len(names) == 24
        assert any(text.endswith(ARROWS) for *_box, text in boxes(chart.svg))
        assert "The table has" in chart.note
        assert len(chart.data) > 28


class TestWords:
    """Values in the language of the briefing."""

    @pytest.mark.parametrize(
        ("low", "high", "unit", "dimension", "base_unit", "english", "norwegian"),
        [
            (130000, 130000, "mil", "length", "meter", "130 km", "130 km"),
            (800, 800, "m", "length", "meter", "800 m", "800 m"),
            (1500, 2500, "m", "length", "meter", "1,500–2,500 m", "1 500–2 500 m"),
            (1e7, 9.9e7, "count", "count", "count", "10–99 million", "10–99 millioner"),
            (1e6, 1.5e6, "count", "count", "count", "1–1.5 million", "1 million–1,5 millioner"),
            (2.5e6, 2.5e6, "NOK", "money", "NOK", "2.5 million NOK", "2,5 millioner NOK"),
            (20, 20, "percent", "share", "dimensionless", "20%", "20 %"),
            (YEAR, YEAR, "year", "time", "second", "1 year", "1 år"),
            (4 * YEAR, 4 * YEAR, "year", "time", "second", "4 years", "4 år"),
            (6 * 604800, 6 * 604800, "week", "time", "second", "6 weeks", "6 uker"),
            (3600, 7200, "h", "time", "second", "1–2 hours", "1–2 timer"),
            (3.6e12, 7.2e12, "GWh", "energy", "joule", "1–2 GWh", "1–2 GWh"),
            (5000, 5000, "dekar", "area", "meter ** 2", "5,000 m²", "5 000 m²"),
            (-5, 3, "degC", "temperature", "kelvin", "-5 – 3°C", "-5 – 3 °C"),
            (7, 7, "furlong", "unheard of", "furlong", "7 furlong", "7 furlong"),
        ],
    )
    def test_amounts(
        self, low: float, high: float, unit: str, dimension: str, base_unit: str, english: str, norwegian: str
    ) -> None:
        kind = kind_of(unit, dimension, base_unit)
        for language, expected in (("en", english), ("nb", norwegian)):
            assert clean(kind.span(low, high, language, unit)) == expected

    @pytest.mark.parametrize(
        ("first", "last", "english", "norwegian"),
        [
            ("2023-09-12", "2023-09-12", "12 Sept 2023", "12. sep. 2023"),
            ("2023-07-21", "2023-07-31", "21–31 Jul 2023", "21.–31. juli 2023"),
            ("2023-07-01", "2023-07-31", "July 2023", "juli 2023"),
            ("1991-01-01", "1991-12-31", "1991", "1991"),
            ("1990-01-01", "1999-12-31", "1990–1999", "1990–1999"),
            ("9999-12-31", "9999-12-31", "31 Dec 9999", "31. des. 9999"),
        ],
    )
    def test_dates(self, first: str, last: str, english: str, norwegian: str) -> None:
        for language, expected in (("en", english), ("nb", norwegian)):
            assert clean(date_span(date.fromisoformat(first), date.fromisoformat(last), language)) == expected

    @pytest.mark.parametrize("language", LOCALES)
    def test_every_code_has_a_word(self, language: str) -> None:
        types = SCHEMAS["actors"].columns["type"].checks[0].statistics["allowed_values"]
        assert all(labels.type_word(type_, language) != type_ for type_ in types)
        assert all(labels.certainty_word(level, language) for level in LEVELS)


values = st.floats(min_value=1e-9, max_value=1e18) | st.just(0.0)
days = st.dates(date(1000, 1, 1), date(9000, 1, 1)).map(date.toordinal)


class TestScales:
    """Order is kept, and nothing leaves the scale."""

    @given(st.lists(values | st.floats(min_value=-1e6, max_value=0), min_size=1, max_size=20))
    @settings(max_examples=60, deadline=None)
    def test_amounts(self, found: list[float]) -> None:
        scale = fitted(found, 10, 300)
        assert all(one < other for one, other in pairwise(scale.ticks))
        places = [scale(value) for value in sorted(found)]
        assert all(one <= other + 1e-6 for one, other in pairwise(places))
        assert places[0] >= 10 - 1e-6
        assert places[-1] <= 300 + 1e-6

    @given(st.lists(st.floats(min_value=1e-9, max_value=1e15), min_size=1, max_size=9), st.floats(50, 1e6))
    @settings(max_examples=60, deadline=None)
    def test_a_wide_span_is_logarithmic(self, found: list[float], factor: float) -> None:
        assert fitted([*found, min(found) * factor * 1.01], 0, 100).log

    def test_percent_run_to_a_hundred(self) -> None:
        assert fitted([1, 80], 0, 100, full=100.0).ticks == (0, 25, 50, 75, 100)

    @given(st.lists(days, min_size=1, max_size=12, unique=True))
    @settings(max_examples=60, deadline=None)
    def test_days(self, found: list[int]) -> None:
        scale = TimeScale([day + ahead for day in found for ahead in (0, 1)], 10, 300)
        places = [scale(day) for day in sorted(found)]
        assert all(one < other for one, other in pairwise(places))
        assert places[0] >= 10
        assert places[-1] <= 300 + 1e-6

    def test_an_old_year_leaves_room_for_a_week(self) -> None:
        start = date(2023, 9, 4)
        week = [(start + timedelta(days=number)).toordinal() for number in range(8)]
        scale = TimeScale([date(1991, 1, 1).toordinal(), date(1992, 1, 1).toordinal(), *week], 0, 300)
        assert scale(week[-1]) - scale(week[0]) > 150
        assert scale.breaks

    def test_years_alone_are_not_cut(self) -> None:
        years = [date(year, 1, 1).toordinal() for year in (1990, 1995, 2000, 2005)]
        assert not TimeScale(years, 0, 300).breaks


class TestText:
    """Text is measured, and shortened to what fits."""

    @given(st.text(max_size=80), st.floats(min_value=20, max_value=300))
    @settings(max_examples=80, deadline=None)
    def test_lines_fit(self, text: str, width: float) -> None:
        lines = wrap(clean(text), width)
        assert len(lines) <= 2
        assert all(text_width(line) <= width + 0.01 for line in lines)

    @given(st.text(max_size=40))
    def test_cleaned_text_is_one_line_of_xml(self, text: str) -> None:
        cleaned = clean(text)
        assert "\n" not in cleaned
        assert cleaned.isprintable() or not cleaned

    def test_what_fits_is_whole(self) -> None:
        assert shorten("Kari Nordmann", 500) == "Kari Nordmann"
        assert wrap("Kari Nordmann", 500) == ["Kari Nordmann"]

    def test_what_does_not_fit_ends_in_an_ellipsis(self) -> None:
        assert shorten("Sjømannsforbundet", 50).endswith("…")
        assert wrap(LONG, 120)[-1].endswith("…")

    @pytest.mark.parametrize("missing", [None, float("nan"), pd.NA])
    def test_missing_is_empty(self, missing: object) -> None:
        assert clean(missing) == ""
