"""Charts: their words, their numbers, and drawings that stay whole whatever the tables hold."""

import re
from typing import Any
from xml.etree import ElementTree

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from depesje import charts
from depesje.charts.canvas import Chart, clean, shorten, size, text_width, wrap
from depesje.charts.scale import fitted
from depesje.charts.timeline import TimeScale, date_span
from depesje.tables import SCHEMAS, Extraction

SVG = "{http://www.w3.org/2000/svg}"
LONG = "Den interkommunale samarbeidsnemnda for havneforvaltning, fiskerirettleiing og beredskap i ytre Nordland"
HOSTILE = "<script>alert(1)</script> $\\frac{1}{2}$ a_b & \x00\x1b\u202e #let x = {{ 7*7 }}"


def table(name: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """A table of the contract from rows that name only what matters to the chart."""
    usual: dict[str, Any] = {
        "start": 0, "end": 1, "text": "x", "sentence_id": 0, "paragraph_id": 0, "kind": "paragraph", "type": "PER",
        "n_statements": 0, "unit": "count", "bound": "exact", "dimension": "count", "base_unit": "count",
        "precision": "day", "mode": "indirect", "named_source": True, "certainty": "asserted", "level": 1, "score": 0.5,
        "weight": 1.0, "n_characters": 9, "n_sentences": 1, "language": "nb", "looks_danish": False, "sha256": "0",
        "code": "medtop:11000000",
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


def amount(text: str, low: float, high: float | None = None, unit: str = "count", factor: float = 1.0, **more: Any) -> dict[str, Any]:
    """A row of ``quantities``."""
    high = low if high is None else high
    return {"text": text, "low": low, "high": high, "unit": unit, "base_low": low * factor, "base_high": high * factor, **more}


LENGTH = {"dimension": "length", "base_unit": "meter"}
TIME = {"dimension": "time", "base_unit": "second"}
MONEY = {"dimension": "money", "base_unit": "NOK"}
SHARE = {"dimension": "ratio", "base_unit": "percent"}
YEAR = 31557600.0

#: An invented article: a ferry company, a harbour, a strike.
ACTORS = [
    {"name": "Havila Fjordruter", "type": "ORG", "n_mentions": 9},
    {"name": "Kari Nordmann", "type": "PER", "n_mentions": 6},
    {"name": "Bodø", "type": "GPE", "n_mentions": 4},
    {"name": "ansatte om bord", "type": "GROUP", "n_mentions": 2},
    {"name": LONG, "type": "ORG", "n_mentions": 2},
    {"name": "Sjømannsforbundet", "type": "ORG", "n_mentions": 1},
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
    {"text": "Tirsdag", "date_from": "2023-09-05", "date_to": "2023-09-26", "candidates": ["2023-09-05", "2023-09-12", "2023-09-19", "2023-09-26"]},
    {"text": "tirsdag", "date_from": "2023-09-05", "date_to": "2023-09-26", "candidates": ["2023-09-05", "2023-09-12", "2023-09-19", "2023-09-26"], "sentence_id": 5},
    {"text": "12. september", "date_from": "2023-09-12", "date_to": "2023-09-12", "sentence_id": 4},
    {"text": "i fjor høst", "date_from": "2022-09-01", "date_to": "2022-11-30", "sentence_id": 7},
]  # fmt: skip
STATEMENTS = [
    {"speaker": "Kari Nordmann", "certainty": "asserted"},
    {"speaker": "ansatte om bord", "named_source": False, "certainty": "possible"},
    {"speaker": "Sjømannsforbundet", "certainty": "likely"},
    {"speaker": "Kari Nordmann", "certainty": "confirmed"},
    {"speaker": "Kari Nordmann", "certainty": "confirmed"},
    {"speaker": "Havila Fjordruter", "certainty": "denied"},
    {"speaker": None, "named_source": False, "certainty": "unconfirmed"},
    {"speaker": "kilder med god kjennskap til de pågående forhandlingene", "named_source": False, "certainty": "uncertain"},
]
SECTIONS = [None] * 7 + ["Full stans i havna"] * 5 + ["Krever svar fra departementet før helga"] * 3 + ["Nytt møte?"] * 9
SENTENCES = [{"section": section} for section in SECTIONS]
THEMES = [
    {"code": "medtop:09000000", "label": "labour", "label_nb": "arbeidsliv", "score": 0.8, "sentence_ids": [0, 1, 2, 8, 9, 10, 20]},
    {"code": "medtop:04000000", "label": "economy, business and finance", "label_nb": "økonomi og næringsliv", "score": 0.4, "sentence_ids": [5, 12]},
    {"code": "medtop:03000000", "label": "disaster, accident and emergency incident", "label_nb": "ulykker og naturkatastrofer", "score": 0.2, "sentence_ids": [23]},
]  # fmt: skip
RELATIONS = [
    {"source_actor_id": 0, "target_actor_id": 1, "weight": 5.0, "sentence_ids": [0, 3, 4]},
    {"source_actor_id": 1, "target_actor_id": 0, "weight": 1.0, "sentence_ids": [6], "kind": "verb"},
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
    relations=RELATIONS,
)  # fmt: skip


def many(n: int = 60) -> Extraction:
    """Tables with ``n`` rows each and long, hostile words."""
    names = [f"{HOSTILE} {LONG} {number}" for number in range(n)]
    levels = ["denied", "unconfirmed", "uncertain", "possible", "likely", "asserted", "confirmed"]
    units = [("count", {}), ("NOK", MONEY), ("percent", SHARE), ("year", TIME), ("m", LENGTH)]
    return extraction(
        actors=[{"name": name, "n_mentions": n - i, "type": ["PER", "ORG", "GPE", "GROUP"][i % 4]} for i, name in enumerate(names)],
        quantities=[
            amount(names[i], 3.0**i if i % 9 else 0, 3.0**i * (1 + i % 2), units[i % 5][0], item=LONG, bound=["exact", "approx", "at_least", "at_most", "range"][i % 7 % 5], **units[i % 5][1])
            for i in range(n)
        ],
        dates=[{"text": names[i], "date_from": f"{1000 + i * 17}-0{1 + i % 9}-11", "date_to": f"{1000 + i * 17}-1{i % 3}-12"} for i in range(n)],
        statements=[{"speaker": names[i % 23], "certainty": levels[i * i % 7], "named_source": i % 3 > 0} for i in range(n * 2)],
        sentences=[{"section": names[i // 7]} for i in range(n * 4)],
        themes=[{"code": f"medtop:{i:08}", "label": names[i], "label_nb": names[i], "sentence_ids": list(range(i, n * 4, i + 2))} for i in range(n)],
        relations=[{"source_actor_id": i * 7 % n, "target_actor_id": i * i % n, "weight": 1.0 + i % 5, "sentence_ids": [i]} for i in range(1, n)],
    )  # fmt: skip
