"""Files, encodings, headers, headings and sections."""

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depesje.article import ArticleError, Published, blocks, language, looks_danish, read_article, slug

SAMPLE = Path(__file__).parents[1] / "data" / "articles" / "kim-putin-2023-09.txt"


@pytest.mark.parametrize(
    ("value", "first", "last", "precision"),
    [
        ("2023-09-12", date(2023, 9, 12), date(2023, 9, 12), "day"),
        ("2023-09", date(2023, 9, 1), date(2023, 9, 30), "month"),
        ("2024-2", date(2024, 2, 1), date(2024, 2, 29), "month"),
        ("2023", date(2023, 1, 1), date(2023, 12, 31), "year"),
        (date(2023, 9, 12), date(2023, 9, 12), date(2023, 9, 12), "day"),
    ],
)
def test_published_is_read(value, first, last, precision):
    assert Published.parse(value) == Published(first, last, precision)


@pytest.mark.parametrize(
    "value", ["igår", "12.9.2023", "2023-13", "2023-02-30", "", "2023-09-12T10:00", "0000"]
)
def test_published_that_is_no_date_is_refused(value):
    with pytest.raises(ArticleError, match="write it as 2023-09-12"):
        Published.parse(value)


def test_sample_has_its_header_read_and_left_out():
    article = read_article(SAMPLE)
    assert article.published == Published.parse("2023-09")
    assert article.text.startswith("Det pansrede toget")
    assert article.slug == "kim-putin-2023-09"


def test_given_date_goes_before_the_header():
    assert read_article(SAMPLE, "2023-09-12").published == Published.parse("2023-09-12")


@pytest.mark.parametrize(
    ("start", "published", "text"),
    [
        (" date 2023-09 Toget kom.", "2023-09", "Toget kom."),
        ("date: 2023-09-12\nToget kom.", "2023-09-12", "Toget kom."),
        ("Dato 2023\r\n\r\nToget kom.", "2023", "\r\nToget kom."),
        ("Dato for møtet er ikke satt.", None, "Dato for møtet er ikke satt."),
        ("Toget kom. date 2023-09", None, "Toget kom. date 2023-09"),
    ],
)
def test_header(tmp_path, start, published, text):
    path = tmp_path / "sak.txt"
    path.write_bytes(start.encode())
    article = read_article(path)
    assert (article.published and article.published.isoformat(), article.text) == (published, text)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16"])
def test_encodings(tmp_path, encoding):
    path = tmp_path / "sak.txt"
    path.write_bytes("Været på Ærøy er blåst ut.".encode(encoding))
    assert read_article(path).text == "Været på Ærøy er blåst ut."


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "holds no text"),
        (b" \n\n ... \n", "holds no text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not a text file"),
        (b" date 2023-19 Toget kom.", "header's date"),
    ],
)
def test_unusable_files_are_named_in_one_sentence(tmp_path, content, message):
    path = tmp_path / "sak.txt"
    path.write_bytes(content)
    with pytest.raises(ArticleError, match=message) as error:
        read_article(path)
    assert str(error.value).startswith(str(path))
    assert "\n" not in str(error.value)


def test_missing_file_and_folder(tmp_path):
    with pytest.raises(ArticleError, match="no such file"):
        read_article(tmp_path / "sak.txt")
    with pytest.raises(ArticleError, match="cannot be read"):
        read_article(tmp_path)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a/Min sak.txt", "Min-sak"),
        ("../../etc/passwd", "passwd"),
        ("...txt", "article"),
        ("blåbær.tekst.txt", "blåbær.tekst"),
    ],
)
def test_slug(path, expected):
    assert slug(path) == expected


def outline(text):
    return [(block.kind, text[block.start : block.end], block.section) for block in blocks(text)]


def test_headings_open_sections_and_the_title_does_not():
    text = "Toget krysset grensen\n\nKim er på vei.\n\nTettere sammen\n\nKrigen har brakt dem sammen."
    assert outline(text) == [
        ("heading", "Toget krysset grensen", None),
        ("paragraph", "Kim er på vei.", None),
        ("heading", "Tettere sammen", "Tettere sammen"),
        ("paragraph", "Krigen har brakt dem sammen.", "Tettere sammen"),
    ]


def test_bars_close_headings_in_running_text():
    text = "Toget krysset grensen | Kim er på vei. Møtet er uklart. Tettere sammen | Krigen fortsetter."
    assert outline(text) == [
        ("heading", "Toget krysset grensen", None),
        ("paragraph", "Kim er på vei. Møtet er uklart.", None),
        ("heading", "Tettere sammen", "Tettere sammen"),
        ("paragraph", "Krigen fortsetter.", "Tettere sammen"),
    ]


@pytest.mark.parametrize(
    "line", ["Les også: Slik ble møtet", "Foto: Kari Lie / NTB", "Han sa:", "Det var mandag."]
)
def test_lines_that_are_no_headings(line):
    assert blocks(f"Toget kom.\n{line}\nDet kjørte videre.")[1].kind == "paragraph"


def test_last_line_is_no_heading():
    assert [block.kind for block in blocks("Tittelen\nToget kom\n")] == ["heading", "paragraph"]


@given(st.text(alphabet=st.sampled_from("aÅ. |\n\r\t–?!"), max_size=200) | st.text(max_size=200))
def test_blocks_hold_every_word_once(text):
    found = blocks(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    inside = "".join(text[block.start : block.end] for block in found)
    assert sorted(c for c in inside if c.isalnum()) == sorted(c for c in text if c.isalnum())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jeg vet ikke hva hun sier.", "nb"),
        ("Eg veit ikkje kva ho seier.", "nn"),
        ("", "nb"),
    ],
)
def test_language(text, expected):
    assert language(text) == expected


def test_danish_is_noticed():
    assert looks_danish("Nogen blev ramt af noget, og hvad der skete, siger ministeren meget lidt om.")
    assert not looks_danish("Noen ble rammet av noe, og hva som skjedde, sier ministeren lite om.")
