"""Glosses: items, compounds, units and magnitudes in English."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depesje import lexicon
from depesje.glosses import gloss, magnitude, unit_name


@pytest.mark.parametrize(
    ("item", "english"),
    [
        ("artillerigranater og raketter", "artillery shells and rockets"),
        ("lederne", "leaders"),
        ("nye skoler", "new schools"),
        ("danske forfatterne", "Danish authors"),
        ("syke eller skadde barn", "sick or injured children"),
        ("kvinner og menn", "women and men"),
        ("panservernraketter", "anti-tank rockets"),
        ("innbyggjarar", "inhabitants"),
        ("skular", "schools"),
        ("skadde", "injured"),
        ("ganger", "times"),
        ("person", "person"),
        ("journalistenes", "journalists"),
    ],
)
def test_gloss(item: str, english: str) -> None:
    if item == "syke eller skadde barn":
        assert gloss(item) in (english, "ill or injured children")
    else:
        assert gloss(item) == english


@pytest.mark.parametrize(
    "item", ["", "snurrebasser", "grønne snurrebasser", "ungdommer og snurrebasser", "<b>", "."]
)
def test_what_the_lexicon_does_not_reach_has_no_gloss(item: str) -> None:
    assert gloss(item) is None


def test_only_english_has_glosses() -> None:
    assert gloss("ledere", "nb") is None
    assert unit_name("mil", "nb") is None


def test_a_neuter_takes_the_number_of_its_count() -> None:
    assert (gloss("barn", plural=False), gloss("barn")) == ("child", "children")


def test_every_unit_has_a_name() -> None:
    for entry in lexicon.load("units")["unit"]:
        if "into" not in entry:
            assert unit_name(entry["name"]), entry["name"]
    assert unit_name("NOK") is None


def test_magnitude() -> None:
    assert magnitude("titalls millioner") == "tens of millions of"
    assert magnitude("tretti") is None


@given(st.text(max_size=80))
def test_any_text(item: str) -> None:
    found = gloss(item)
    assert found is None or found.strip()
