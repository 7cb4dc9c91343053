"""Amounts, items, dates and titles in the words of a briefing, and the prose and tables they stand in."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
from babel.dates import format_date
from babel.lists import format_list

from depesje.charts import amounts
from depesje.display import Column, Display, Line, Prose, Row, Table
from depesje.glosses import gloss
from depesje.messages import LOCALES, translator
from depesje.tables import Extraction

Displays = tuple[Display, ...]


def is_text(value: Any) -> bool:
    """Whether a cell holds words (a table's missing text is NaN)."""
    return isinstance(value, str) and bool(value)


def article(found: Extraction) -> dict[str, Any]:
    """The one row of the ``article`` table."""
    return dict(found.article.iloc[0])


def title(found: Extraction, language: str = "en") -> str:
    """The article's title, or its first sentence where it has none."""
    stated = article(found)["title"]
    if is_text(stated):
        return str(stated)
    if found.sentences.empty:
        return translator(language).gettext("An article without text")
    return str(found.sentences["text"].iloc[0])


def published(found: Extraction, language: str = "en") -> str:
    """The publication date in words: `12 September 2023`, `September 2023`, `2023`, `not known`."""
    stated = article(found)["published"]
    if not is_text(stated):
        return translator(language).gettext("not known")
    if len(stated) == 4:
        return str(stated)
    return (
        day(stated, language) if len(stated) == 10 else _month(date.fromisoformat(f"{stated}-01"), language)
    )


def day(iso: str, language: str, *, year: bool = True) -> str:
    """A day in words: `12 September 2023`."""
    pattern = ("d. MMMM" if language == "nb" else "d MMMM") + (" y" if year else "")
    return str(format_date(date.fromisoformat(iso), pattern, locale=LOCALES[language]))


def _month(first: date, language: str) -> str:
    return str(format_date(first, "MMMM y", locale=LOCALES[language]))


def date_words(row: Mapping[str, Any], language: str) -> str:
    """The days that a date covers, or its candidates, in words.

    Parameters
    ----------
    row
        A row of the ``dates`` table.
    language
        The language of the briefing.
    """
    candidates = row["candidates"]
    if isinstance(candidates, list) and candidates:
        return translator(language).gettext("one of {days}").format(days=_one_of(candidates, language))
    first, last = date.fromisoformat(row["date_from"]), date.fromisoformat(row["date_to"])
    if first == last:
        return day(row["date_from"], language)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    whole_months = first.day == 1 and (pd.Timestamp(last) + pd.Timedelta(days=1)).day == 1
    if (first.year, first.month) == (last.year, last.month):
        if whole_months:
            return _month(first, language)
        return f"{_number(first, language)}–{day(row['date_to'], language)}"
    if whole_months:
        return f"{_month(first, language)} – {_month(last, language)}"
    same_year = first.year == last.year
    return f"{day(row['date_from'], language, year=not same_year)} – {day(row['date_to'], language)}"


def _one_of(candidates: Sequence[str], language: str) -> str:
    """`5, 12 and 19 September 2023`: what days share is said once."""
    days = [date.fromisoformat(candidate) for candidate in candidates]
    if len({(d.year, d.month) for d in days}) == 1:
        shown = [_number(d, language) for d in days[:-1]]
    elif len({d.year for d in days}) == 1:
        shown = [day(d.isoformat(), language, year=False) for d in days[:-1]]
    else:
        shown = [day(d.isoformat(), language) for d in days[:-1]]
    return str(format_list([*shown, day(candidates[-1], language)], style="or", locale=LOCALES[language]))


def _number(value: date, language: str) -> str:
    return f"{value.day}." if language == "nb" else str(value.day)


def amount(quantity: Mapping[str, Any], language: str) -> str:
    """An amount with its bound: `at least 130 km`, `10–99 million`.

    Parameters
    ----------
    quantity
        A row of the ``quantities`` table.
    language
        The language of the briefing.
    """
    _ = translator(language).gettext
    kind = amounts.kind_of(quantity["unit"], quantity["dimension"], quantity["base_unit"])
    as_written = kind.name in ("money", "count", "share", "percentage_point")
    low, high = (
        (quantity["low"], quantity["high"]) if as_written else (quantity["base_low"], quantity["base_high"])
    )
    text = kind.span(low, high, language, quantity["unit"])
    if quantity["bound"] == "at_least":
        return _("at least {amount}").format(amount=text)
    if quantity["bound"] == "at_most":
        return _("at most {amount}").format(amount=text)
    if quantity["bound"] == "approx" and low == high:
        return _("about {amount}").format(amount=text)
    return text


def item(quantity: Mapping[str, Any], language: str) -> str:
    """What is counted: its gloss in an English briefing, else as in the article; empty where nothing is."""
    if not is_text(quantity["item"]):
        return ""
    return (gloss(quantity["item"]) if language == "en" else None) or str(quantity["item"])


def shortened(text: str, position: int, length: int = 140) -> str:
    """The part of a sentence around a position, cut between words."""
    if len(text) <= length:
        return text
    first = max(0, min(position - length // 2, len(text) - length))
    head = "" if first == 0 else "… "
    tail = "" if first + length >= len(text) else " …"
    piece = text[first : first + length]
    if head:
        piece = piece.split(" ", 1)[-1]
    if tail:
        piece = piece.rsplit(" ", 1)[0]
    return f"{head}{piece}{tail}"


def quoted(words: str, language: str) -> str:
    """Words in the quotation marks of a language."""
    return f"«{words}»" if language == "nb" else f"“{words}”"


def prose(lines: Sequence[Line], found: Extraction, language: str) -> Displays:
    """One paragraph, or nothing where there are no lines."""
    return (Prose((tuple(lines),), language, article(found)["language"]),) if lines else ()


def table(
    name: str,
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[Row],
    found: Extraction,
    language: str,
    note: str = "",
) -> Table:
    """A table of findings, whose address is ``<name>-table``."""
    return Table(
        f"{name}-table", caption, tuple(columns), tuple(rows), language, article(found)["language"], note
    )
