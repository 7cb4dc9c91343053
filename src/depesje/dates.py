"""Dates: expressions that point to calendar time, placed on it from the day of publication.

Four modules, one direction. ``date_patterns`` reads what is written (a Tuesday, the end of July), from patterns
built out of ``lexicon/dates.toml``; ``date_finding`` keeps what the words around it let stand, and joins
neighbours to intervals (``fra 2019 til 2021``); ``clauses`` tells from the tense whether a bare weekday or month
lies behind or ahead; ``date_placing`` puts it on the calendar. Here they meet. Where only the month or year of
publication is known, an expression is placed from each possible day, and what differs is kept as candidates.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from depesje.annotations import DateExpression
from depesje.clauses import Clauses, word_before
from depesje.date_finding import Reading, find
from depesje.date_patterns import Spec
from depesje.date_placing import RECURRING, Period, in_year, precision_of, resolve
from depesje.lexicon import load

LEX = load("dates")


#: A year of birth is no setting for what follows.
BORN = re.compile(r"(?:\b(?:født|fødd|f\.|død|d\.)\s(?:i\s)?|\()$", re.IGNORECASE)


class Context:
    """The year and month that a text has just spoken of."""

    def __init__(self) -> None:
        self.year: Period | None = None
        self.year_sentence = -1
        self.day: Period | None = None
        self.day_sentence = -1

    def inherit(self, spec: Spec, sentence: int, direction: str, published: date | None) -> Spec:
        """Give a month or day without a year the year of the expression before it."""
        if spec.name in ("same year", "year after", "year before"):
            if self.year is None:
                return spec._replace(name="")
            step = {"same year": 0, "year after": 1, "year before": -1}[spec.name]
            return spec._replace(name="", year=self.year.first.year + step)
        if (
            spec.kind not in ("day", "month", "season", "holiday", "half", "quarter")
            or spec.year is not None
            or spec.shift is not None
        ):
            return spec
        if self.year is None or direction == "future" or spec.name == "genitive":
            return spec
        narrow = (self.year.last - self.year.first).days < 100
        near = sentence == self.year_sentence or (
            narrow and direction == "past" and sentence == self.year_sentence + 1
        )
        if not near or (published and self.year.last.year >= published.year):
            return spec
        after = [
            p.first.year
            for y in (self.year.first.year, self.year.first.year + 1)
            if (p := in_year(spec, y)) and p.last >= self.year.first
        ]
        return spec._replace(year=after[0]) if after else spec


@dataclass(frozen=True, slots=True)
class Anchor:
    """The days on which the article may have been published."""

    days: tuple[date, ...]

    @classmethod
    def of(cls, published: Any) -> "Anchor":
        if published is None:
            return cls(())
        length = min((published.last - published.first).days, 366)
        return cls(tuple(published.first + timedelta(days=i) for i in range(length + 1)))


class DateExtractor:
    """Finds the dates of a document and places them: ``doc._.dates``, a list of `DateExpression`.

    Reads ``doc._.published`` for the anchor, and tags and morphology where a tagger has set them. Without an
    anchor only absolute dates are given.
    """

    def __call__(self, doc: Doc) -> Doc:
        text = doc.text
        clauses = Clauses(doc)
        readings = find(text, clauses)
        doc._.dates = list(self._placed(text, readings, clauses, Anchor.of(doc._.published)))
        return doc

    def _placed(
        self, text: str, readings: list[Reading], clauses: Clauses, anchor: Anchor
    ) -> Iterator[DateExpression]:
        context, memory = Context(), {}
        lowered = text.lower() if any(reading.spec.kind == "day" for reading in readings) else ""
        directions = _directions(text, readings, clauses)
        for place, (reading, direction) in enumerate(zip(readings, directions, strict=True)):
            sentence = clauses.sentence(reading.start)
            spec = _known_day(reading.spec, lowered)
            if spec.kind == "day of month":
                spec = _with_month(spec, place, readings, context)
            if spec.kind == "clock" and context.day is not None and sentence - context.day_sentence <= 1:
                periods = [context.day]
            else:
                if spec.kind != "season" or reading.preposition != "i":  # `i høst` is this year's
                    spec = context.inherit(
                        spec, sentence, direction, anchor.days[-1] if anchor.days else None
                    )
                question = (spec, reading.until, direction)
                if question not in memory:
                    memory[question] = _periods(spec, reading.until, direction, anchor)
                periods = memory[question]
            if not periods:
                continue
            if len(periods) == 1 and not BORN.search(text, max(0, reading.start - 14), reading.start):
                self._remember(context, spec, periods[0], sentence)
            yield _expression(text, reading, spec, periods)

    def _remember(self, context: Context, spec: Spec, period: Period, sentence: int) -> None:
        if spec.year is not None and spec.kind in ("year", "month", "day", "season"):
            context.year, context.year_sentence = period, sentence
        if period.first == period.last:
            context.day, context.day_sentence = period, sentence


AHEAD = ("innen", "til", "inntil", "fram til", "frem til")
FROM = ("fra", "frå")
THROUGH = re.compile(r"\btil og med\s$", re.IGNORECASE)


def _direction(text: str, reading: Reading, clauses: Clauses) -> tuple[str, bool]:
    """Behind or ahead of the anchor, and whether that is sure: from prepositions first, then from the tense.

    ``past``, ``future``, ``strictly future`` (not the day of publication itself) or ``near`` (whichever is nearest).
    """
    tense, verb = clauses.verb(reading.start, reading.end)
    kind = reading.spec.kind
    before = reading.preposition or word_before(text, reading.start)
    if THROUGH.search(text, max(0, reading.start - 11), reading.start):
        before = "til"
    starts_open = before in FROM or text.startswith(("fra ", "frå ", "Fra ", "Frå "), reading.start)
    ahead = tense == "future" and verb not in LEX["tense"]["modal_past"]
    if not ahead and (before == "etter" or (kind in WEEKLY and clauses.after_event(reading.start))):
        return "past", True
    if before == "på" and kind == "weekday" and tense in ("future", "present", ""):
        return "strictly future", tense != ""
    if before == "til" and kind in ("weekend", "season"):  # `til helgen`, `til våren`
        return "future", True
    if before in ("siden", "sidan"):
        return "past", True
    if before in AHEAD and tense != "past":
        return "future", True
    if tense == "state":  # `er pågrepet mandag`, but `er stengt fra mandag`
        return ("future" if starts_open else "past"), False
    if kind not in WEEKLY:
        return (tense if tense in ("past", "future") else "near"), True
    if tense == "present":  # `fredag møter laget …`, but `søndagens seier er …`
        owner = text[reading.start : reading.end].endswith("s")
        return ("past" if owner else "future"), False
    return ("future" if tense == "future" else "past"), tense != ""


WEEKLY = ("weekday", "weekend")


def _directions(text: str, readings: list[Reading], clauses: Clauses) -> list[str]:
    """The direction of each reading.

    One article mostly means one day by one weekday: where a clause leaves it open, the other places that name
    the same weekday decide.
    """
    found = [_direction(text, reading, clauses) for reading in readings]
    sure: dict[tuple[str, int], set[str]] = {}
    for reading, (direction, is_sure) in zip(readings, found, strict=True):
        if is_sure and reading.spec.kind in WEEKLY and reading.spec.shift is None:
            sure.setdefault((reading.spec.kind, reading.spec.number), set()).add(direction)
    directions = []
    for reading, (direction, is_sure) in zip(readings, found, strict=True):
        others = (
            sure.get((reading.spec.kind, reading.spec.number), set())
            if reading.spec.kind in WEEKLY
            else set()
        )
        if not is_sure and len(others) == 1:
            (direction,) = others
        directions.append(direction)
    return directions


def _known_day(spec: Spec, lowered: str) -> Spec:
    """`22. juli` in a text about the terror is the day in 2011."""
    if (
        spec.kind != "day"
        or spec.year is not None
        or spec.shift is not None
        or spec.weekday is not None
        or spec.last_day
    ):
        return spec
    for known in LEX["known_days"]:
        if (known["day"], known["month"]) == (spec.day, spec.number) and any(
            word in lowered for word in known["words"]
        ):
            return spec._replace(year=known["year"])
    return spec


def _with_month(spec: Spec, place: int, readings: list[Reading], context: Context) -> Spec:
    """`den 22. klokka tre`: the month of the nearest full date before or after it."""
    reading = readings[place]
    after = next(
        (
            r.spec
            for r in readings[place + 1 : place + 3]
            if r.spec.kind == "day" and r.start - reading.end < 300
        ),
        None,
    )
    if after is not None:
        return after._replace(day=spec.day, weekday=None, last_day=0)
    if context.day is not None:
        return Spec("day", context.day.first.month, spec.day, year=context.day.first.year)
    return spec


def _periods(spec: Spec, until: Spec | None, direction: str, anchor: Anchor) -> list[Period]:
    """The distinct placements of a reading, one for each that the anchor leaves open."""
    days: tuple[date | None, ...] = anchor.days or (None,)
    found = {period for day in days if (period := _place(spec, until, day, direction))}
    if spec.kind == "weekday" and until is None and len(found) > 1:
        # with the month known and the day not, a weekday is one of that month's
        found = {p for p in found if anchor.days[0] <= p.first <= anchor.days[-1]} or found
    return sorted(found)


def _place(spec: Spec, until: Spec | None, anchor: date | None, direction: str) -> Period | None:
    if until is None:
        return resolve(spec, anchor, direction)
    if until.year is not None and spec.year is None and spec.kind in RECURRING:
        last = resolve(until, anchor, direction)
        first = resolve(spec._replace(year=until.year), anchor, direction)
        if first and last and first.first > last.first:
            first = resolve(spec._replace(year=until.year - 1), anchor, direction)
    elif spec.year is not None and until.year is None and until.kind in RECURRING:
        first = resolve(spec, anchor, direction)
        last = resolve(until._replace(year=spec.year), anchor, direction)
        if first and last and last.last < first.first:
            last = resolve(until._replace(year=spec.year + 1), anchor, direction)
    else:
        first, last = resolve(spec, anchor, direction), resolve(until, anchor, direction)
        if first and last and last.last < first.first and anchor is not None:
            first, last = _in_order(spec, until, first, last, direction)
    if first is None or last is None or first.first > last.last:
        return None
    return Period(first.first, last.last)


def _in_order(
    spec: Spec, until: Spec, first: Period, last: Period, direction: str
) -> tuple[Period | None, Period | None]:
    """Make `mandag til onsdag` run forward: in the past the end decides, ahead the beginning."""
    if direction == "past":
        return resolve(spec, last.first, "past"), last
    return first, resolve(until, first.last, "future")


def _expression(text: str, reading: Reading, spec: Spec, periods: list[Period]) -> DateExpression:
    first, last = min(period.first for period in periods), max(period.last for period in periods)
    days = all(period.first == period.last for period in periods)
    precision = (
        "interval"
        if reading.until is not None and periods[0].first != periods[0].last
        else precision_of(spec, periods[0])
    )
    return DateExpression(
        reading.start,
        reading.end,
        text[reading.start : reading.end],
        first,
        last,
        precision,
        tuple(period.first for period in periods) if days and len(periods) > 1 else None,
    )


@Language.factory("depesje_dates", assigns=["doc._.dates"])
def create(nlp: Language, name: str) -> DateExtractor:
    """Make the component that sets ``doc._.dates``.

    Parameters
    ----------
    nlp, name
        Given by spaCy and not used: the component has no settings.

    Returns
    -------
    DateExtractor
        Runs on any ``Doc``, with or without tags.
    """
    return DateExtractor()
