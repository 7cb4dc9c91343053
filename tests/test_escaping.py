"""Text in spreadsheets; the other targets are tested with the displays."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depesje.escaping import spreadsheet_text

FORMULA = "=+-@＝＋－＠"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("- Vi må, sier Kari", "'- Vi må, sier Kari"),
        ("@Kari", "'@Kari"),
        (" +47 22 00 00 00", "' +47 22 00 00 00"),
        ("\tKari", "'\tKari"),
        ("\rKari", "'\rKari"),
        ("＝1", "'＝1"),
        ("Kari;=1+1", "Kari;'=1+1"),
        ("Kari; -1", "Kari; '-1"),
        ("Kari\n=1", "Kari\n'=1"),
        ("Kari - og Ola", "Kari - og Ola"),
        ("– Vi må", "– Vi må"),
        ("a=b", "a=b"),
        ("'=1", "'=1"),
        ("", ""),
    ],
)
def test_what_begins_like_a_formula_gets_an_apostrophe(text, shown):
    assert spreadsheet_text(text) == shown


@given(st.text(alphabet=[*FORMULA, *";,\t\r\n '\"ab"], max_size=30))
def test_no_cell_begins_like_a_formula_wherever_a_file_is_cut(text):
    shown = spreadsheet_text(text)
    assert shown.replace("'", "") == text.replace("'", "")
    assert not shown.startswith(("\t", "\r", "\n"))
    for mark in ";\t\r\n":
        assert not [cell for cell in shown.split(mark) if cell.strip().startswith(tuple(FORMULA))]


@given(st.text(alphabet=[*FORMULA, *";,\t\r\n 'ab"], max_size=30))
def test_it_stays_so_in_a_file_that_is_read_with_semicolons(text):
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerow([0, spreadsheet_text(text), 1])
    for row in csv.reader(io.StringIO(written.getvalue(), newline=""), delimiter=";"):
        assert not [cell for cell in row if cell.strip().startswith(tuple(FORMULA))]
