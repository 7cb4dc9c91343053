"""The tables as a workbook for Excel or LibreOffice: a sheet a table, with typed cells.

A first sheet says what the workbook is. Numbers, days and truth values are cells of these types; text is text and
never a formula. The same tables give the same bytes.
"""

import io
import math
from collections.abc import Iterable
from datetime import date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import cell_autofit_width
from xlsxwriter.worksheet import Worksheet

from depesje import brief, tokens
from depesje.escaping import clean, spreadsheet_text
from depesje.files import write_atomically
from depesje.messages import translator
from depesje.tables import SCHEMAS, Extraction


def N_(text: str) -> str:
    """Mark a word for translation that is looked up later."""
    return text


#: Table → what a row of it is, in the order of the sheets: the findings first, then what they stand in.
TABLES = {
    "article": N_("the article"),
    "actors": N_("a person, an organisation, a state, a place, or a source without a name"),
    "statements": N_("what the article attributes to a source"),
    "quantities": N_("an amount"),
    "dates": N_("an expression of time"),
    "places": N_("a place that can be put on the map"),
    "themes": N_("an IPTC Media Topic of the top level"),
    "subthemes": N_("an IPTC Media Topic below the top level"),
    "key_terms": N_("a word that the article uses far more than Norwegian in general does"),
    "relations": N_("a link between two actors"),
    "mentions": N_("a place where an actor is named"),
    "sentences": N_("a sentence of the article"),
}
#: The columns that hold ISO days.
DAYS = frozenset({"published", "date_from", "date_to"})
#: The first day that Excel knows; an earlier one stays text.
FIRST_DAY = date(1900, 1, 1)
#: The longest text that a cell can hold, in characters.
LONGEST = 32_767
#: What the file says of its making: the first day that a ZIP archive can name, since the clock is no input.
CREATED = datetime(1980, 1, 1)
#: The widest column and the height of a line, in pixels; longer text is wrapped.
WIDEST, LINE = 420, 20
#: The width of the first sheet's text, in pixels.
ABOUT = 620
#: The tallest row, in lines.
MOST_LINES = 12


def save(found: Extraction, path: str | Path, language: str = "en") -> None:
    """Write the tables as a workbook; the file is replaced whole or not at all.

    Parameters
    ----------
    found
        The tables of one article.
    path
        The file, ``….xlsx``.
    language
        The language of the first sheet, a key of ``depesje.messages.LOCALES``.
    """
    write_atomically(Path(path), to_xlsx(found, language))


def to_xlsx(found: Extraction, language: str = "en") -> bytes:
    """The bytes of the workbook; see `save`."""
    written = io.BytesIO()
    with Workbook(written, {"in_memory": True}) as book:
        title = clean(brief.title(found, language))
        book.set_properties({"title": title[:255], "author": "Depesje", "created": CREATED})
        look = _Look(book)
        _write_about(book.add_worksheet(translator(language).gettext("About")), found, look, language)
        for name in TABLES:
            _write_table(book.add_worksheet(name), name, getattr(found, name), look)
    return written.getvalue()


class _Look:
    """The formats of cells."""

    def __init__(self, book: Workbook) -> None:
        ink, panel = tokens.colour("base", "ink"), tokens.colour("base", "panel")
        top: dict[str, Any] = {"valign": "top"}
        self.title: Format = book.add_format({"bold": True, "font_size": 16})
        self.head: Format = book.add_format(
            {"bold": True, "bg_color": panel, "bottom": 1, "bottom_color": ink}
        )
        self.word: Format = book.add_format({**top, "font_color": tokens.colour("base", "muted")})
        self.text: Format = book.add_format({**top, "text_wrap": True})
        self.link: Format = book.add_format(
            {**top, "font_color": tokens.colour("base", "accent"), "underline": 1}
        )
        # Excel shows truth values as such whatever the format; LibreOffice needs it said.
        self.truth: Format = book.add_format({**top, "align": "left", "num_format": '"TRUE";"TRUE";"FALSE"'})
        self.id: Format = book.add_format({**top, "align": "left"})
        # With room at the right, so that a number does not touch the text of the next column.
        self.number: Format = book.add_format({**top, "num_format": "General_)"})
        self.amount: Format = book.add_format({**top, "num_format": "#,##0_)"})
        self.day: Format = book.add_format({**top, "num_format": "yyyy-mm-dd", "align": "left"})


def _text(value: str) -> str:
    """Text as a cell can hold it."""
    text = spreadsheet_text(clean(value))
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _write_table(sheet: Worksheet, name: str, table: pd.DataFrame, look: _Look) -> None:
    columns = list(SCHEMAS[name].columns)
    for number, column in enumerate(columns):
        sheet.write_string(0, number, column, look.head)
        for row, value in enumerate(table[column].tolist(), 1):
            _write_cell(sheet, row, number, column, value, look)
    last = max(len(table), 1), len(columns) - 1
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, *last)
    sheet.autofit(WIDEST)
    for row, values in enumerate(table.to_dict("records"), 1):
        _set_height(sheet, row, (_shown(value) for value in values.values()), WIDEST)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last[0] + 1}"})
    _set_print(sheet)
    sheet.repeat_rows(0)


def _write_cell(sheet: Worksheet, row: int, column: int, name: str, value: Any, look: _Look) -> None:
    """Write a value as what it is; nothing where it is missing."""
    match value:
        case bool():
            sheet.write_boolean(row, column, value, look.truth)
        case str() if name in DAYS and (day := _day(value)):
            sheet.write_datetime(row, column, day, look.day)
        case str() | list():
            sheet.write_string(row, column, _shown(value), look.text)
        case int():
            is_id = name.endswith("_id") or name.endswith(("start", "end"))
            sheet.write_number(row, column, value, look.id if is_id else look.number)
        case float() if math.isfinite(value):
            sheet.write_number(row, column, value, look.amount if value.is_integer() else look.number)
        case float() if math.isinf(value):
            sheet.write_string(row, column, str(value), look.text)


def _shown(value: Any) -> str:
    """Text, or a list in one text; empty for all else."""
    if isinstance(value, list):
        return _text("; ".join(map(str, value)))
    return _text(value) if isinstance(value, str) else ""


def _set_height(sheet: Worksheet, row: int, texts: Iterable[str], width: int) -> None:
    """Make a row as tall as its wrapped text needs: not every program does so by itself."""
    # A line is cut between words, so that it holds a little less than its width.
    lines = max(math.ceil(cell_autofit_width(text) * 1.06 / width) for text in ("", *texts))
    if lines > 1:
        sheet.set_row_pixels(row, LINE * min(lines, MOST_LINES))


def _day(value: str) -> date | None:
    """The day, where the value is one that Excel knows."""
    if len(value) != len("2023-09-12"):
        return None
    day = date.fromisoformat(value)
    return day if day >= FIRST_DAY else None


def _set_print(sheet: Worksheet) -> None:
    """A4, lying, one page wide."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _write_about(sheet: Worksheet, found: Extraction, look: _Look, language: str) -> None:
    _ = translator(language).gettext
    sheet.hide_gridlines(2)
    sheet.set_column_pixels(0, 0, 200)
    sheet.set_column_pixels(1, 1, ABOUT)
    sheet.set_column_pixels(2, 2, 80)
    sheet.write_string(0, 0, _("What Depesje found in one article"), look.title)
    top = _write_pairs(sheet, 2, _facts(found, language), look)
    for column, word in enumerate((_("Sheet"), _("A row is"), _("Rows"))):
        sheet.write_string(top, column, word, look.head)
    for row, (name, what) in enumerate(TABLES.items(), top + 1):
        sheet.write_url(row, 0, f"internal:'{name}'!A1", look.link, name)
        sheet.write_string(row, 1, _(what), look.text)
        sheet.write_number(row, 2, len(getattr(found, name)), look.number)
    _write_pairs(sheet, top + len(TABLES) + 2, _explained(language), look)
    _set_print(sheet)


def _write_pairs(sheet: Worksheet, row: int, pairs: Iterable[tuple[str, str]], look: _Look) -> int:
    """Write a word and a value a row; gives the row after an empty one."""
    for word, value in pairs:
        sheet.write_string(row, 0, word, look.word)
        sheet.write_string(row, 1, _text(value), look.text)
        _set_height(sheet, row, [_text(value)], ABOUT)
        row += 1
    return row + 1


def _facts(found: Extraction, language: str) -> list[tuple[str, str]]:
    _ = translator(language).gettext
    article = found.article.iloc[0]
    return [
        (_("Article"), brief.title(found, language)),
        (_("Published"), brief.published(found, language)),
        (_("Language of the article"), article["language"]),
        (_("SHA-256 of the text"), article["sha256"]),
        ("Depesje", version("depesje")),
        (_("Made by"), _("a program, from the article alone; no person has checked it.")),
    ]


def _explained(language: str) -> list[tuple[str, str]]:
    _ = translator(language).gettext
    return [
        (
            "start, end",
            _(
                "Where the evidence stands in the text of the article (tables/article.txt): start is the number of "
                "characters before it, end the number of characters up to its last one."
            ),
        ),
        (
            "sentence_id",
            _("Counts from 0. The briefing counts from 1: sentence_id 0 is S1 there."),
        ),
        (
            "…_id",
            _("The row of another sheet: actor_id of actors, statement_id of statements, and so on."),
        ),
        (_("Lists"), _("Several values in one cell have a semicolon between them.")),
        (
            _("Apostrophes"),
            _(
                "Text that begins like a formula (with =, +, @ or -) has an apostrophe before it, so that no program "
                "runs it. The Parquet files beside the CSV files hold the text without it."
            ),
        ),
        (
            _("Days"),
            _("A day before 1900, and a month or a year without a day, is text."),
        ),
    ]
