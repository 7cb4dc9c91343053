"""Numerals: a table of forms, the way from number to words and back, and properties on any text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from num2words import num2words

from depesje.numerals import is_ordinal_word, parse, scan, spell, split_compound

CARDINALS = [
    # words, Bokmål
    ("null", 0),
    ("én", 1),
    ("ett hundre og tjuefire tusen", 124_000),
    ("enogtjue", 21),
    ("tjueen", 21),
    ("syv", 7),
    ("sju", 7),
    ("tyve", 20),
    ("tredve", 30),
    ("fem og tyve", 25),
    ("femogtyve", 25),
    ("hundre", 100),
    ("hundre og førti", 140),
    ("to hundre og fem", 205),
    ("tohundreogfem", 205),
    ("tolv hundre", 1_200),
    ("tusen og to hundre", 1_200),
    ("to millioner tre hundre tusen", 2_300_000),
    ("en million og fem", 1_000_005),
    ("to kvadrilliarder", 2 * 10**27),
    # words, Nynorsk
    ("ein million", 1_000_000),
    ("eitt", 1),
    ("tjuge", 20),
    ("to milliardar", 2 * 10**9),
    ("eitt hundre og førti", 140),
    # halves and quarters
    ("halvannen", 1.5),
    ("halvannen million", 1_500_000),
    ("to og en halv", 2.5),
    ("to og ein halv million", 2_500_000),
    ("en halv million", 500_000),
    ("tre kvart million", 750_000),
    # digits
    ("1 200 000", 1_200_000),
    ("1\u00a0200\u00a0000", 1_200_000),
    ("1\u2009200\u2009000", 1_200_000),
    ("1\u202f200", 1_200),
    ("1.200.000", 1_200_000),
    ("45.000,50", 45_000.5),
    ("1,2 millioner", 1_200_000),
    ("2.5 millioner", 2_500_000),
    (",5", 0.5),
    ("−3", -3),
    ("minus tre", -3),
    ("2½", 2.5),
    ("100K", 100_000),
    ("20 tusen", 20_000),
    ("2,5 mill.", 2_500_000),
    ("3 mrd.", 3 * 10**9),
]


@pytest.mark.parametrize(("written", "number"), CARDINALS)
def test_parse(written: str, number: float) -> None:
    assert parse(written) == number


@pytest.mark.parametrize(
    "written", ["", "katt", "fem katter", "femte", "titalls", "2-1", "to og", "og to", "en og en"]
)
def test_parse_refuses_what_is_no_cardinal(written: str) -> None:
    with pytest.raises(ValueError, match="not a Norwegian cardinal"):
        parse(written)


NUMERALS = [
    # text, span, low, high, kind
    ("de har titalls millioner granater", "titalls millioner", 10e6, 99e6, "vague"),
    ("hundretusenvis av folk", "hundretusenvis", 100_000, 999_999, "vague"),
    ("et par ganger", "et par", 2, 2, "vague"),
    ("et par-tre uker", "et par-tre", 2, 3, "vague"),
    ("eit par tusen", "eit par tusen", 2_000, 2_000, "vague"),
    ("et dusin egg", "et dusin", 12, 12, "vague"),
    ("et snes egg", "et snes", 20, 20, "vague"),
    ("noen hundre hester", "noen hundre", 100, 999, "vague"),
    ("flere titusen kroner", "flere titusen", 10_000, 99_999, "vague"),
    ("fleire hundre tusen", "fleire hundre tusen", 100_000, 999_000, "vague"),
    ("halvparten av dem", "halvparten", 0.5, 0.5, "share"),
    ("to tredeler av dem", "to tredeler", 2 / 3, 2 / 3, "share"),
    ("tre av fire sa ja", "tre av fire", 0.75, 0.75, "share"),
    ("én av ti sa ja", "én av ti", 0.1, 0.1, "share"),
    ("1/3 av dem", "1/3", 1 / 3, 1 / 3, "share"),
    ("10–15 biler", "10–15", 10, 15, "cardinal"),
    ("10 til 15 biler", "10 til 15", 10, 15, "cardinal"),
    ("mellom 10 og 15 biler", "mellom 10 og 15", 10, 15, "cardinal"),
    ("mellom hundre og to hundre", "mellom hundre og to hundre", 100, 200, "cardinal"),
    ("ti–femten biler", "ti–femten", 10, 15, "cardinal"),
    ("fem-seks tusen", "fem-seks tusen", 5_000, 6_000, "cardinal"),
    ("4-5000 kroner", "4-5000", 4_000, 5_000, "cardinal"),
    ("15-20 000 kroner", "15-20 000", 15_000, 20_000, "cardinal"),
    ("2,5 til 3 millioner", "2,5 til 3 millioner", 2.5e6, 3e6, "cardinal"),
    ("to eller tre biler", "to eller tre", 2, 3, "cardinal"),
    ("to, tre dager", "to, tre", 2, 3, "cardinal"),
    ("3 1/2 år", "3 1/2", 3.5, 3.5, "cardinal"),
    ("5. plass", "5.", 5, 5, "ordinal"),
    ("en tredobling av prisen", "tredobling", 3, 3, "multiple"),
    ("dobbelt så mange som i fjor", "dobbelt", 2, 2, "multiple"),
    ("en fordobling av prisen", "fordobling", 2, 2, "multiple"),
]


@pytest.mark.parametrize(("text", "span", "low", "high", "kind"), NUMERALS)
def test_scan(text: str, span: str, low: float, high: float, kind: str) -> None:
    (found,) = scan(text)
    assert text[found.start : found.end] == span
    assert (found.low, found.high, found.kind) == (low, high, kind)


@pytest.mark.parametrize(
    "text",
    [
        "en mann",
        "et barn",
        "ein mann",
        "ei jente",
        "815 22 040",
        "22 33 44 55",
        "12.09.2018",
        "kl 20:30",
        "E6",
        "CO2",
        "tiltak",
        "tonn",
        "enda",
        "firma",
        "1" * 40,
    ],
)
def test_scan_leaves_out(text: str) -> None:
    assert scan(text) == []


def test_two_numbers_are_not_one() -> None:
    assert [n.low for n in scan("to hundre og to hundre")] == [200, 200]
    assert [n.low for n in scan("tretti, førti")] == [30, 40]


def test_a_descending_pair_is_no_range() -> None:
    assert [n.join for n in scan("3-1")] == [None, None]


@pytest.mark.parametrize("word", ["første", "tredje", "tjuende", "tjuefemte", "sjuande"])
def test_ordinals(word: str) -> None:
    assert is_ordinal_word(word)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("femårig", (5, "årig")),
        ("tokilos", (2, "kilos")),
        ("millionsum", (1e6, "sum")),
        ("tohundreårsjubileum", (200, "årsjubileum")),
        ("katt", None),
        ("fem", None),
    ],
)
def test_split_compound(word: str, parts: tuple[float, str] | None) -> None:
    assert split_compound(word) == parts


NUMBERS = st.one_of(st.integers(0, 2_000), st.integers(0, 10**15 - 1))


@given(NUMBERS)
def test_num2words_and_back(number: int) -> None:
    assert parse(num2words(number, lang="no")) == number


@given(NUMBERS, st.sampled_from(["nb", "nn"]), st.booleans())
def test_spelled_and_back(number: int, standard: str, old: bool) -> None:
    words = spell(number, standard, old)  # type: ignore[arg-type]
    assert parse(words) == number
    if number != 1:
        (found,) = scan(f"det var {words} der")
        assert found.low == number


@given(st.integers(-(10**30) + 1, 10**30 - 1))
def test_spelling_reaches_kvadrilliard(number: int) -> None:
    assert parse(spell(number)) == number


@pytest.mark.parametrize(
    ("number", "standard", "old", "words"),
    [
        (21, "nb", False, "tjueen"),
        (21, "nb", True, "enogtyve"),
        (21, "nn", False, "tjueein"),
        (124_000, "nb", False, "ett hundre og tjuefire tusen"),
        (2_000_000, "nn", False, "to millionar"),
        (1_000_001, "nb", False, "en million og ett"),
        (-3, "nb", False, "minus tre"),
    ],
)
def test_spell(number: int, standard: str, old: bool, words: str) -> None:
    assert spell(number, standard, old) == words  # type: ignore[arg-type]


def test_spell_has_an_end() -> None:
    with pytest.raises(ValueError, match="goes to"):
        spell(10**30)


@given(st.integers(1_000, 10**12), st.sampled_from([" ", "\u00a0", "\u2009", "\u202f", "."]))
def test_grouped_digits(number: int, separator: str) -> None:
    written = f"{number:,}".replace(",", separator)
    (found,) = scan(f"x {written} y")
    assert (found.low, found.high) == (number, number)


@given(st.integers(0, 999), st.integers(1, 99))
def test_decimal_comma(whole: int, hundredths: int) -> None:
    assert parse(f"{whole},{hundredths:02d}") == pytest.approx(whole + hundredths / 100)


PIECES = st.sampled_from(
    [
        "hundre",
        "og",
        "to",
        "tjue",
        "million",
        "mill",
        ".",
        ",",
        "-",
        "–",
        " ",
        "\n",
        "1",
        "200",
        "3,5",
        "½",
        "/",
        "en",
        "halv",
        "mellom",
        "til",
        "av",
        "tredel",
        "titalls",
        "et par",
        "minus",
        "−",
        "K",
        "(",
        "kr",
        "\u00a0",
        "é",
        "İ",
    ]
)


@given(
    st.one_of(
        st.text(max_size=300),
        st.lists(PIECES, max_size=60).map("".join),
        st.lists(PIECES, max_size=60).map(" ".join),
    )
)
@settings(max_examples=300)
def test_any_text_gives_ordered_spans(text: str) -> None:
    end = 0
    for found in scan(text):
        assert end <= found.start < found.end <= len(text)
        assert found.low <= found.high
        end = found.end


@pytest.mark.parametrize(
    "text",
    [
        "1" * 1_000_000,
        "hundre " * 10_000,
        "hundre" * 10_000,
        "1.1" * 50_000,
        "1 " * 30_000,
        "111 " * 50_000,
        "mellom fem og " * 5_000,
        "fem og " * 10_000,
        "1-" * 30_000,
        "millioner " * 10_000,
    ],
)
def test_long_texts(text: str) -> None:
    for found in scan(text):
        assert 0 <= found.start < found.end <= len(text)
