"""Statements: the table of sentences, and what holds of every text."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from depesje import article, pipeline
from depesje.drafts import trim
from depesje.statements import StatementExtractor

TABLE = tomllib.loads((Path(__file__).parent / "sentences_statements.toml").read_text(encoding="utf-8"))
ROWS = [pytest.param(row, id=f"{kind}-{n}") for kind, rows in TABLE.items() for n, row in enumerate(rows)]


@pytest.mark.parametrize("row", ROWS)
def test_sentences(row):
    doc = pipeline.load()(row["text"])
    assert [[s.speaker, s.text, s.cue or ""] for s in doc._.statements] == row["says"]


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("– Vi gir oss ikke, sier Kari Nordlund.", "direct"),
        ("«Vi gir oss ikke», sier Kari Nordlund.", "direct"),
        ("Kari Nordlund sier at de ikke gir seg.", "indirect"),
        ("De gir seg ikke, ifølge Kari Nordlund.", "indirect"),
    ],
)
def test_mode(text, mode):
    assert [s.mode for s in pipeline.load()(text)._.statements] == [mode]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Kari Nordlund sier at broen er trygg.", True),
        ("Anonyme kilder sier at broen er trygg.", False),
        ("En talsmann for politiet sier at broen er trygg.", False),
    ],
)
def test_named_source(text, named):
    (statement,) = pipeline.load()(text)._.statements
    assert statement.named_source is named
    assert statement.speaker_actor is not None


@pytest.mark.parametrize(
    ("text", "trimmed"),
    [
        ("– Vi vinner.", "Vi vinner"),
        ("«Vi vinner», ", "Vi vinner"),
        ("Han kalte det «et svik».", "Han kalte det «et svik»"),
        ("»Ja!«", "Ja!"),
        ("… ", "…"),
        (" - ", ""),
    ],
)
def test_trim(text, trimmed):
    start, end = trim(text, 0, len(text))
    assert text[start:end] == trimmed


WORDS = [
    "–",
    "-",
    '«»”"',
    "sier",
    "mener",
    "Kari|Nordlund",
    "ifølge",
    "politiet",
    "at",
    "broen",
    "er",
    "ikke",
    "trygg",
    ".",
    ",",
    "?",
    ":",
    "hun",
    "skal",
    "ha",
    "benekter",
    "1,5",
    "<b>",
    "Det|opplyser",
    "\u200b",
    "i",
    "pressemelding",
    "men",
    "og",
]
PIECES = st.lists(
    st.sampled_from([*(w.replace("|", " ") for w in WORDS), "\n", "\n\n", "|", "– ", ". – "]), max_size=40
).map(" ".join)


def check(doc: Doc) -> None:
    """What holds of the statements of every text."""
    text = doc.text
    places = [(s.start, s.end) for s in doc._.statements]
    assert places == sorted(places, key=lambda p: (p[0], -p[1]))
    assert len(set(places)) == len(places)
    for s in doc._.statements:
        assert text[s.start : s.end] == s.text
        assert any(c.isalpha() for c in s.text)
        assert s.speaker
        assert text[s.speaker_start : s.speaker_end].strip()
        assert (s.cue is None) == (s.cue_start is None)
        if s.cue is not None:
            assert s.cue.startswith(text[s.cue_start : s.cue_end].split()[0])
        if s.speaker_actor is not None:
            assert 0 <= s.speaker_actor < len(doc._.actors)


@settings(max_examples=60, deadline=None)
@given(PIECES | st.text(max_size=120))
def test_every_text(text):
    doc = pipeline.load()(text)
    check(doc)
    before = list(doc._.statements)
    assert StatementExtractor()(doc)._.statements == before


@settings(max_examples=40, deadline=None)
@given(PIECES)
def test_without_model(text):
    """The layout alone gives statements too: no tags, no parse, no sentences."""
    doc = pipeline.load().make_doc(text)
    doc._.blocks = article.blocks(doc.text)
    check(StatementExtractor()(doc))


def test_own_voice_of_an_opinion_piece():
    text = (
        "Vi må snakke om broen\nJeg mener at kommunen har sviktet. Hvorfor gjør ingen noe? Vi kan ikke vente."
    )
    assert pipeline.load()(text)._.statements == []
