"""The workbook: a sheet a table, cells of their types, text that stays text, the same bytes."""

import datetime
import math
from dataclasses import replace

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import depesje
from depesje import spreadsheet
from depesje.escaping import clean, spreadsheet_text
from depesje.tables import SCHEMAS

TEXT = (
    "- Kongen reiste\n\nIfølge analytikere kan landet ha titalls millioner granater.\n\n"
    "Statsminister Kari Lie (52) reiste til Oslo tirsdag, 2,5 mil unna. Grunnloven er fra 17. mai 1814.\n\n"
    "«- Vi har kjøpt minst 13 mil kabel», sier Kari Lie."
)


@pytest.fixture(scope="module")
def found():
    return depesje.extract(TEXT, published="2023-09-12")


def read(tmp_path, found, language="en"):
    spreadsheet.save(found, tmp_path / "t.xlsx", language)
    return openpyxl.load_workbook(tmp_path / "t.xlsx")


@pytest.fixture
def book(found, tmp_path):
    return read(tmp_path, found)


def column(book, table, name):
    heads = [cell.value for cell in book[table][1]]
    return [row[heads.index(name)] for row in book[table].iter_rows(min_row=2)]


def test_a_sheet_a_table(book, found):
    assert set(spreadsheet.TABLES) == set(SCHEMAS)
    assert book.sheetnames == ["About", *spreadsheet.TABLES]
    for name in SCHEMAS:
        sheet = book[name]
        assert [cell.value for cell in sheet[1]] == list(SCHEMAS[name].columns)
        assert sheet.max_row == 1 + len(getattr(found, name))
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")


def test_every_cell_has_the_type_and_value_of_its_column(book, found):
    for name, schema in SCHEMAS.items():
        table = getattr(found, name)
        for head, definition in schema.columns.items():
            for cell, value in zip(column(book, name, head), table[head].tolist(), strict=True):
                kind = str(definition.dtype)
                if isinstance(value, list):
                    assert cell.value == "; ".join(map(str, value))
                elif value is None or value is pd.NA or value != value:
                    assert cell.value is None
                elif kind == "bool":
                    assert (cell.data_type, cell.value) == ("b", value)
                elif kind.lower() in ("int64", "float64"):
                    assert (cell.data_type, cell.value) == ("n", value)
                elif cell.data_type == "d":
                    assert cell.value.date().isoformat() == value
                else:
                    assert (cell.data_type, cell.value) == ("s", spreadsheet_text(value))


def test_days_are_days_and_those_before_excels_are_text(book):
    days = {cell.value for cell in column(book, "dates", "date_from")}
    assert datetime.datetime(2023, 9, 12) in days
    assert "1814-05-17" in days
    assert column(book, "article", "published")[0].value == datetime.datetime(2023, 9, 12)


def test_a_month_stays_text(tmp_path):
    book = read(tmp_path, depesje.extract("Det regner.", published="2023-09"))
    assert column(book, "article", "published")[0].value == "2023-09"


def test_speech_after_a_hyphen_is_no_formula(book):
    assert column(book, "article", "title")[0].value == "'- Kongen reiste"
    assert "'- Kongen reiste" in [cell.value for row in book["About"] for cell in row]


def test_negative_numbers_stay_numbers(found, tmp_path):
    cold = found.quantities.assign(low=-5.0, high=-3.5, base_low=math.inf, base_high=math.nan)
    book = read(tmp_path, replace(found, quantities=cold))
    assert {cell.value for cell in column(book, "quantities", "low")} == {-5}
    assert {cell.value for cell in column(book, "quantities", "high")} == {-3.5}
    assert {cell.value for cell in column(book, "quantities", "base_low")} == {"inf"}
    assert {cell.value for cell in column(book, "quantities", "base_high")} == {None}


def test_first_sheet_says_what_it_is_and_leads_to_the_others(book, found):
    sheet = book["About"]
    words = " ".join(str(cell.value) for row in sheet for cell in row if cell.value)
    for expected in (
        "12 September 2023",
        found.article["sha256"][0],
        "Counts from 0",
        "no person has checked it",
    ):
        assert expected in words
    links = {
        cell.hyperlink.location.split("!")[0].strip("'") for row in sheet for cell in row if cell.hyperlink
    }
    assert links == set(SCHEMAS)


def test_first_sheet_in_norwegian(found, tmp_path):
    sheet = read(tmp_path, found, "nb").worksheets[0]
    assert sheet.title == "Om filen"
    assert sheet["A1"].value == "Hva Depesje fant i én artikkel"


def test_same_tables_same_bytes(found, tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        spreadsheet.save(found, tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").properties.created == datetime.datetime(1980, 1, 1)


def test_nothing_found(tmp_path):
    book = read(tmp_path, depesje.extract(""))
    assert book["quantities"].max_row == 1
    assert "An article without text" in [cell.value for cell in book["About"]["B"]]


def with_sentence(found, text):
    return replace(found, sentences=found.sentences.assign(text=text))


def test_a_sentence_longer_than_a_cell_is_cut(found, tmp_path):
    book = read(tmp_path, with_sentence(found, "ja " * 20_000))
    (cut,) = {cell.value for cell in column(book, "sentences", "text")}
    assert len(cut) == spreadsheet.LONGEST
    assert cut.endswith("…")


def test_wide_text_is_wrapped_in_a_row_of_its_height(found, tmp_path):
    sheet = read(tmp_path, with_sentence(found, "Toget kom med kongen om bord. " * 6))["sentences"]
    heights = [sheet.row_dimensions[row].height for row in range(2, sheet.max_row + 1)]
    assert min(heights) >= 3 * 15
    assert max(dimension.width for dimension in sheet.column_dimensions.values()) < 62


@settings(max_examples=25)
@given(title=st.text(min_size=1, max_size=40))
def test_any_title_can_be_a_cell(found, tmp_path_factory, title):
    hostile = replace(found, article=found.article.assign(title=title))
    cell = column(read(tmp_path_factory.mktemp("any"), hostile), "article", "title")[0]
    assert cell.data_type == "s"
    # The file's own way to hold a carriage return, which XML would read as a line feed.
    assert cell.value.replace("_x000D_", "\r") == spreadsheet_text(clean(title))
