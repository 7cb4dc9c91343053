"""Dates: a table of sentences that a linguist can read, and what must hold for any text."""

import tomllib
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from depesje import pipeline
from depesje.article import Published

TABLE = tomllib.loads((Path(__file__).parent / "sentences_dates.toml").read_text(encoding="utf-8"))[
    "sentence"
]
PUBLISHED = "2023-09-12"


@pytest.fixture(scope="module")
def nlp() -> Language:
    return pipeline.load()


def read(nlp: Language, text: str, published: str) -> Doc:
    """The dates of a text, with the tagger where there is one and none of the later components."""
    doc = nlp.make_doc(text)
    doc._.published = Published.parse(published) if published else None
    for name, component in nlp.pipeline:
        doc = component(doc)
        if name == "depesje_dates":
            break
    return doc


def days(row: list[str]) -> tuple[str, date, date]:
    return row[0], date.fromisoformat(row[1]), date.fromisoformat(row[-1])


@pytest.mark.parametrize("sentence", TABLE, ids=[row["text"][:60] for row in TABLE])
def test_sentence(nlp: Language, sentence: dict[str, Any]) -> None:
    doc = read(nlp, sentence["text"], sentence.get("published", PUBLISHED))
    found = [(d.text, d.date_from, d.date_to) for d in doc._.dates]
    assert found == [days(row) for row in sentence["dates"]]
    if "candidates" in sentence:
        assert doc._.dates[0].candidates == tuple(date.fromisoformat(day) for day in sentence["candidates"])


def test_both_standards_are_in_the_table() -> None:
    assert len(TABLE) >= 180
    assert sum(row.get("lang") == "nn" for row in TABLE) >= 25


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("Han kom tirsdag.", "day"),
        ("Han kom i forrige uke.", "week"),
        ("Han kom i mars.", "month"),
        ("Han kom i slutten av mars.", "part_of_month"),
        ("Han kom i andre kvartal.", "quarter"),
        ("Han kom i sommer.", "season"),
        ("Han kom i 1991.", "year"),
        ("Han kom på 1980-tallet.", "decade"),
        ("Han kom på 1800-tallet.", "century"),
        ("Han var der fra 1952 til 1980.", "interval"),
        ("Han var der 3.–5. mai.", "interval"),
    ],
)
def test_precision(nlp: Language, text: str, precision: str) -> None:
    assert [d.precision for d in read(nlp, text, PUBLISHED)._.dates] == [precision]


def test_a_day_that_does_not_exist_is_left_out(nlp: Language) -> None:
    assert read(nlp, "Møtet ble holdt 31. februar 2019.", PUBLISHED)._.dates == []


def test_leap_day_goes_to_a_year_that_has_one(nlp: Language) -> None:
    found = read(nlp, "Han ble født 29. februar.", "2023-09-12")._.dates
    assert [d.date_from for d in found] == [date(2024, 2, 29)]


#: The words of the table and its expressions, to be put together at random.
EXPRESSIONS = {row[0] for sentence in TABLE for row in sentence["dates"]}
PIECES = st.sampled_from(
    sorted({*EXPRESSIONS, *(word for row in TABLE for word in row["text"].split()), "\n", "–", "("})
)


@settings(deadline=None, max_examples=150)
@given(
    st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=25).map(" ".join)),
    st.sampled_from(["", "2023-09-12", "2023-09", "2024"]),
)
def test_any_text(text: str, published: str) -> None:
    found = read(pipeline.load(), text, published)._.dates
    for d in found:
        assert text[d.start : d.end] == d.text
        assert d.text.strip() == d.text != ""
        assert d.date_from <= d.date_to
        if d.candidates:
            assert (d.date_from, d.date_to) == (d.candidates[0], d.candidates[-1])
            assert list(d.candidates) == sorted(set(d.candidates))
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    "unit",
    [
        "7",
        "2019 ",
        "i ",
        "mandag ",
        "fra 2019 til ",
        "den siste ",
        "1. ",
        "- ",
        "1950- og ",
        "slutten av ",
        "\n",
    ],
)
def test_long_repetition(nlp: Language, unit: str) -> None:
    """No pattern goes back over the text: a repeated piece costs what its length costs."""
    text = unit * (60_000 // len(unit))
    doc = nlp.get_pipe("depesje_dates")(nlp.make_doc(text))
    assert all(text[d.start : d.end] == d.text for d in doc._.dates)
