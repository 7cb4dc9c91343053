"""Quantities: the table of sentences, base units, items, and properties on any text."""

import re
from datetime import date
from pathlib import Path

import pytest
import spacy
from hypothesis import example, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from depesje import lexicon, pipeline
from depesje.annotations import DateExpression, Quantity
from depesje.quantities import to_base

SENTENCES = Path(__file__).with_name("sentences_quantities.txt")
AFTER_QUANTITIES = {"depesje_actors", "depesje_statements", "depesje_relations", "depesje_themes"}
BOUNDS = {"~": "approx", ">=": "at_least", "<=": "at_most"}


@pytest.fixture(scope="module")
def blank() -> Language:
    """A pipeline with no tags, no parse and no names: spans, values and units must not need them."""
    nlp = spacy.blank("nb")
    nlp.add_pipe("depesje_quantities")
    return nlp


def quantities(nlp: Language, text: str) -> list[Quantity]:
    found: list[Quantity] = nlp(text)._.quantities
    return found


def read_sentences() -> list[tuple[str, list[tuple[str, float, float, str, str]]]]:
    """The table: each sentence without its brackets, with (span, low, high, unit, bound) for each bracket."""
    rows = []
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        marked, _, values = line.partition(" => ")
        spans = re.findall(r"\[([^\]]*)\]", marked)
        expected = []
        for span, value in zip(spans, values.split("; ") if values else [], strict=True):
            match = re.fullmatch(r"(~|>=|<=)?(-?[\d.]+?)(?:\.\.(-?[\d.]+))? (\S+)", value)
            assert match, line
            low, high = float(match[2]), float(match[3] or match[2])
            expected.append(
                (span, low, high, match[4], BOUNDS.get(match[1], "range" if high > low else "exact"))
            )
        rows.append((re.sub(r"[\[\]]", "", marked), expected))
    return rows


@pytest.mark.parametrize(("sentence", "expected"), read_sentences())
def test_sentence(blank: Language, sentence: str, expected: list[tuple[str, float, float, str, str]]) -> None:
    found = quantities(blank, sentence)
    assert [(q.text, q.unit, q.bound) for q in found] == [
        (span, unit, bound) for span, _, _, unit, bound in expected
    ]
    for quantity, (_, low, high, _, _) in zip(found, expected, strict=True):
        assert quantity.low == pytest.approx(low, rel=1e-5)
        assert quantity.high == pytest.approx(high, rel=1e-5)


def test_sentences_with_tags_names_and_dates() -> None:
    """The whole pipeline reads the table as the blank one does; a tagger's slip may cost one in a hundred."""
    nlp = pipeline.load()
    if "parser" not in nlp.pipe_names:
        pytest.skip("the trained pipeline is not installed")
    rows = read_sentences()
    docs = (nlp.make_doc(sentence) for sentence, _ in rows)
    with nlp.select_pipes(disable=AFTER_QUANTITIES & set(nlp.pipe_names)):
        found = [[(q.text, q.unit) for q in doc._.quantities] for doc in nlp.pipe(docs)]
    expected = [[(span, unit) for span, _, _, unit, _ in values] for _, values in rows]
    wrong = [rows[i][0] for i in range(len(rows)) if found[i] != expected[i]]
    assert len(wrong) <= len(rows) // 100, wrong


@pytest.mark.parametrize(
    ("value", "unit", "dimension", "base", "base_unit"),
    [
        (13, "mil", "length", 130_000, "meter"),
        (1, "nautical_mile", "length", 1852, "meter"),
        (2, "dekar", "area", 2000, "meter ** 2"),
        (1, "fat", "volume", 0.158987, "meter ** 3"),
        (0, "degC", "temperature", 273.15, "kelvin"),
        (36, "km/h", "speed", 10, "meter / second"),
        (1, "knot", "speed", 0.514444, "meter / second"),
        (1, "TWh", "energy", 3.6e15, "joule"),
        (2, "day", "time", 172_800, "second"),
        (20, "percent", "share", 0.2, "dimensionless"),
        (5, "percentage_point", "share", 0.05, "dimensionless"),
        (500, "NOK", "money", 500, "NOK"),
        (3, "count", "count", 3, "count"),
    ],
)
def test_base_units(value: float, unit: str, dimension: str, base: float, base_unit: str) -> None:
    converted, name = to_base(value, unit, dimension)
    assert converted == pytest.approx(base, rel=1e-5)
    assert name == base_unit


def test_every_unit_of_the_lexicon_converts() -> None:
    for entry in lexicon.load("units")["unit"]:
        if "into" not in entry:
            converted, base = to_base(1, entry["name"], entry["dimension"])
            assert base == lexicon.load("units")["dimensions"][entry["dimension"]]
            assert converted > 0


def test_a_quantity_knows_its_dimension(blank: Language) -> None:
    text = "Kari (57) kjørte 13 mil på to timer for 500 kroner med tre venner og 20 prosent moms."
    assert [q.dimension for q in quantities(blank, text)] == [
        "age",
        "length",
        "time",
        "money",
        "count",
        "share",
    ]


@pytest.mark.parametrize(
    ("sentence", "changes"),
    [
        ("Prisen økte med 20 prosent.", ["increase"]),
        ("Utslippene falt med 3 prosent.", ["decrease"]),
        ("Renta steg fra 2 til 4 prosent.", ["from", "to"]),
        ("Talet gjekk ned frå 20 prosent til 15 prosent.", ["from", "to"]),
        ("Kurset varer fra 2 til 4 timer.", [None]),
        ("Han kjøpte tre bøker.", [None]),
    ],
)
def test_change(blank: Language, sentence: str, changes: list[str | None]) -> None:
    assert [q.change for q in quantities(blank, sentence)] == changes


def test_dates_are_left_out(blank: Language) -> None:
    doc = blank.make_doc("Fire dager i 2005 møttes tre partier.")
    doc._.dates = [DateExpression(0, 17, doc.text[:17], date(2005, 1, 1), date(2005, 12, 31), "year")]
    doc = blank.get_pipe("depesje_quantities")(doc)
    assert [q.text for q in doc._.quantities] == ["tre"]


# Items: with tags and a parse made by hand


def tagged(
    nlp: Language,
    words: list[str],
    pos: list[str],
    heads: list[int] | None = None,
    deps: list[str] | None = None,
) -> Doc:
    doc = Doc(nlp.vocab, words=words, pos=pos, heads=heads, deps=deps)
    return nlp.get_pipe("depesje_quantities")(doc)


def test_item_is_adjectives_and_noun(blank: Language) -> None:
    doc = tagged(
        blank, ["De", "har", "to", "nye", "biler", "her"], ["PRON", "VERB", "NUM", "ADJ", "NOUN", "ADV"]
    )
    assert doc._.quantities[0].item == "nye biler"


def test_item_takes_in_its_conjunct(blank: Language) -> None:
    doc = tagged(
        blank,
        ["titalls", "millioner", "granater", "og", "raketter", "med", "design"],
        ["NOUN", "NOUN", "NOUN", "CCONJ", "NOUN", "ADP", "NOUN"],
        [1, 2, 2, 4, 2, 2, 5],
        ["ATR", "ATR", "FRAG", "KONJ", "KOORD", "ATR", "PUTFYLL"],
    )
    assert doc._.quantities[0].item == "granater og raketter"


def test_item_after_av(blank: Language) -> None:
    doc = tagged(blank, ["Hundrevis", "av", "mennesker", "kom"], ["NOUN", "ADP", "NOUN", "VERB"])
    assert doc._.quantities[0].item == "mennesker"


def test_a_measure_has_no_item(blank: Language) -> None:
    assert quantities(blank, "Han gikk fem kilometer.")[0].item is None


# Properties

PIECES = st.sampled_from(
    [
        "to",
        "ledere",
        "20",
        "prosent",
        "kroner",
        "mill.",
        "kr",
        "kr.",
        "$",
        "mellom",
        "og",
        "-",
        "–",
        "(57)",
        "fra",
        "til",
        "økte",
        "år",
        "-åring",
        "-årene",
        "et par",
        "halv",
        "mål",
        "§",
        "<script>",
        "\n",
        ".",
        ",",
        "E6",
        "2005",
        "½",
        "1/3",
        "grader",
        "minus",
        "hundrevis",
        "av",
        "%",
        "°",
        "m",
        "\u00a0",
        "İ",
        "ß",
    ]
)


@example("to kr 1")
@given(
    st.one_of(
        st.text(max_size=200),
        st.lists(PIECES, max_size=40).map("".join),
        st.lists(PIECES, max_size=40).map(" ".join),
    )
)
@settings(max_examples=300, deadline=None)
def test_any_text_gives_ordered_spans_inside_it(blank: Language, text: str) -> None:
    end = 0
    for quantity in quantities(blank, text):
        assert end <= quantity.start < quantity.end <= len(text)
        assert quantity.text == text[quantity.start : quantity.end]
        assert quantity.low <= quantity.high
        assert quantity.base_low <= quantity.base_high
        if quantity.item is not None:
            assert quantity.item == text[quantity.item_start : quantity.item_end]
        end = quantity.end


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1" * 1_000_000,
        "hundre " * 10_000,
        "20 prosent og " * 3_000,
        "(5) " * 5_000,
        "fra 1 til 2 " * 3_000,
        "1, " * 10_000,
    ],
)
def test_long_texts(text: str) -> None:
    nlp = spacy.blank("nb")
    nlp.max_length = 2_000_000
    nlp.add_pipe("depesje_quantities")
    for quantity in quantities(nlp, text):
        assert quantity.start < quantity.end


@given(st.integers(1, 10**9), st.sampled_from(["kroner", "prosent", "kilometer", "år", "tonn"]))
def test_digits_and_grouped_digits_mean_the_same(blank: Language, number: int, unit: str) -> None:
    plain = quantities(blank, f"Det var {number} {unit} der.")
    grouped = quantities(blank, f"Det var {f'{number:,}'.replace(',', ' ')} {unit} der.")
    if plain:  # "1905 år" may be a year
        assert (plain[0].low, plain[0].unit) == (grouped[0].low, grouped[0].unit) == (number, plain[0].unit)
