"""Amounts, items, dates and titles in the words of a briefing, and the prose and tables they stand in."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
from babel.dates import format_date, format_interval, format_skeleton
from babel.lists import format_list

from depesje.charts import amounts, labels
from depesje.display import Column, Display, Line, Prose, Row, Table
from depesje.glosses import gloss
from depesje.messages import LOCALES, translator
from depesje.tables import Extraction

Displays = tuple[Display, ...]
#: More days to choose from than this are told as the time that they lie in.
DAYS_NAMED = 5
#: A line names at most so many sentences; the tables name them all.
MOST_REFERENCES = 6
#: What stands for words left out, on the line of its neighbour.
ELLIPSIS_BEFORE, ELLIPSIS_AFTER = "…\N{NO-BREAK SPACE}", "\N{NO-BREAK SPACE}…"
#: The one thing that the text of a role has in brackets (`depesje.roles` leaves out the others).
_PARTY = re.compile(r"\s*\(([^()]+)\)$")


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
    """A day in words: `12 September 2023`, or without its year."""
    value, locale = date.fromisoformat(iso), LOCALES[language]
    if year:
        return str(format_date(value, "long", locale=locale))
    return str(format_skeleton("MMMMd", value, locale=locale))


def _month(first: date, language: str) -> str:
    return str(format_skeleton("yMMMM", first, locale=LOCALES[language]))


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
    if not isinstance(candidates, list) or not candidates:
        return span_words(row["date_from"], row["date_to"], language)
    if len(candidates) > DAYS_NAMED:
        span = span_words(candidates[0], candidates[-1], language)
        text = translator(language).gettext("one of {n} days, {span}")
        return text.format(n=labels.number(len(candidates), language), span=span)
    return translator(language).gettext("one of {days}").format(days=_one_of(candidates, language))


def span_words(date_from: str, date_to: str, language: str) -> str:
    """The days from one to another in words, whole months and years as such: `21–31 July 2023`, `2023`, `1990–1999`.

    Parameters
    ----------
    date_from, date_to
        The first and the last day, ISO.
    language
        The language of the briefing.
    """
    first, last = date.fromisoformat(date_from), date.fromisoformat(date_to)
    if first == last:
        return day(date_from, language)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    whole_months = first.day == 1 and (pd.Timestamp(last) + pd.Timedelta(days=1)).day == 1
    if (first.year, first.month) == (last.year, last.month):
        if whole_months:
            return _month(first, language)
        return f"{_number(first, language)}–{day(date_to, language)}"
    if whole_months:
        months = format_interval(first, last, "yMMMM", locale=LOCALES[language])
        return str(months).replace("\N{THIN SPACE}", " ")
    same_year = first.year == last.year
    return f"{day(date_from, language, year=not same_year)} – {day(date_to, language)}"


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
    return str(format_skeleton("d", value, locale=LOCALES[language]))


def amount(quantity: Mapping[str, Any], language: str) -> str:
    """An amount with its bound: `at least 130 km`, `10–99 million`.

    Parameters
    ----------
    quantity
        A row of the ``quantities`` table.
    language
        The language of the briefing.
    """
    kind = amounts.kind_of(quantity["unit"], quantity["dimension"], quantity["base_unit"])
    low, high = amounts.values(quantity, kind)
    return amounts.written(kind, low, high, quantity["bound"], language, quantity["unit"])


def item(quantity: Mapping[str, Any], language: str) -> str:
    """What is counted: its gloss in the briefing's language, else as in the article; empty where nothing is."""
    return item_gloss(quantity, language) or (str(quantity["item"]) if is_text(quantity["item"]) else "")


def item_gloss(quantity: Mapping[str, Any], language: str) -> str:
    """What is counted, in the briefing's language; empty where that is not known, or is as in the article."""
    return (gloss(quantity["item"], language) or "") if is_text(quantity["item"]) else ""


def role_without_party(role: str) -> str:
    """A role without the party that follows in brackets: `statsminister` of `statsminister (Ap)`."""
    return _PARTY.sub("", role)


def party(role: str, language: str) -> str:
    """`party: Ap`: the party that a role ends with in brackets; empty where it has none."""
    found = _PARTY.search(role)
    return translator(language).gettext("party: {party}").format(party=found[1]) if found else ""


def theme_names(themes: pd.DataFrame, language: str) -> list[str]:
    """The names of themes in the language of the briefing, where the IPTC has them, else in English."""
    return [str(name) for name in themes[labels.theme_column(themes, language)]]


def shortened(text: str, position: int, length: int = 140) -> str:
    """The part of a sentence around a position, cut between words."""
    if len(text) <= length:
        return text
    first = max(0, min(position - length // 2, len(text) - length))
    head = "" if first == 0 else ELLIPSIS_BEFORE
    tail = "" if first + length >= len(text) else ELLIPSIS_AFTER
    piece = text[first : first + length]
    if head:
        piece = piece.split(" ", 1)[-1]
    if tail:
        piece = piece.rsplit(" ", 1)[0]
    return f"{head}{piece}{tail}"


def quoted(words: str, language: str) -> str:
    """Words in the quotation marks of a language; marks inside them become single ones."""
    inner = words.translate({ord("«"): "‹", ord("»"): "›", ord("“"): "‘", ord("”"): "’"})
    return translator(language).gettext("“{words}”").format(words=inner)


def references(sentence_ids: Iterable[int]) -> tuple[int, ...]:
    """The first few of some sentences, in order and once each: what a line rests on."""
    return tuple(sorted({int(number) for number in sentence_ids}))[:MOST_REFERENCES]


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
