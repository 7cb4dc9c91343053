"""When: the dates of an article, with as much of them as is certain."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pandas as pd
from babel.dates import format_date, format_interval, format_skeleton
from babel.lists import format_list

from depesje import tokens
from depesje.charts import labels
from depesje.charts.canvas import Canvas, Chart, clean, size, text_width
from depesje.charts.rows import Lane, Row, draw_grid, draw_words, lanes, layout
from depesje.messages import LOCALES, translator

SHOWN = 18
#: A stretch between two dates is cut out where it is so many times longer than the rest of the axis,
BREAK_FROM = 2.0
#: or where the closest dates are less than so much of the axis apart and it takes so much of it,
CLOSEST, BREAK_SHARE = 0.02, 0.2
#: (a stretch that a bar covers only where it is so many times longer than the rest)
BAR_BREAK_FROM = 20.0
#: if it is longer than so many days; a cut takes so many points; so many cuts are enough.
BREAK_DAYS, BREAK_WIDTH, MOST_BREAKS = 20, 24.0, 3
#: Days that one axis shows at least.
SHORTEST = 7
#: More days to choose from than this are given as a stretch.
DAYS_NAMED = 5
MUTED, RULE = tokens.colour("base", "muted"), tokens.colour("base", "rule")
COLOUR = tokens.colour("evidence", "date")


@dataclass(frozen=True, slots=True)
class Point:
    """A point or a stretch of time, with the words that name it."""

    first: date
    last: date
    candidates: tuple[date, ...]
    words: tuple[str, ...]
    sentence_ids: tuple[int, ...]

    def written(self, language: str) -> str:
        """The point in time in the language of the briefing."""
        if not self.candidates:
            return date_span(self.first, self.last, language)
        _ = translator(language).gettext
        if len(self.candidates) > DAYS_NAMED:
            span = date_span(self.candidates[0], self.candidates[-1], language)
            return _("one of {n} days, {span}").format(n=len(self.candidates), span=span)
        *others, last = self.candidates
        same_month = {(day.year, day.month) for day in self.candidates} == {(last.year, last.month)}
        named = [
            format_skeleton("d" if same_month else "MMMd", day, locale=LOCALES[language]) for day in others
        ]
        return str(
            format_list([*named, date_span(last, last, language)], style="or", locale=LOCALES[language])
        )


def date_span(first: date, last: date, language: str) -> str:
    """Days, months or years as a reader writes them: `21–31 Jul 2023`, `July 2023`, `1991`, `1990–1999`."""
    locale = LOCALES[language]
    whole_years = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    if whole_years:
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    if first.day == 1 and last < date.max and (last + timedelta(days=1)).day == 1:
        if (first.year, first.month) == (last.year, last.month):
            return str(format_date(first, "LLLL y", locale=locale))
        return str(format_interval(first, last, "yMMM", locale=locale))
    if first == last:
        return str(format_skeleton("yMMMd", first, locale=locale))
    return str(format_interval(first, last, "yMMMd", locale=locale))


def timeline_chart(dates: pd.DataFrame, article: pd.DataFrame, language: str = "en") -> Chart | None:
    """Days as dots, stretches as bars, open days as joined rings, in order; long empty stretches are cut out.

    Parameters
    ----------
    dates, article
        The tables of these names; the second says when the article was published.
    language
        The language of the briefing.

    Returns
    -------
    Chart or None
        None where fewer than two dates are named.
    """
    points = _points(dates)
    if len(points) < labels.FEWEST_MARKS:
        return None
    _ = translator(language).gettext
    kept = sorted(points, key=lambda point: (-len(point.words), point.sentence_ids))[:SHOWN]
    shown = [point for point in points if point in kept]
    published = _published(article)
    narrow, wide = (_draw(shown, published, size(width), language) for width in ("narrow", "wide"))
    return Chart(
        name="timeline",
        svg=wide,
        narrow_svg=narrow,
        title=labels.sentence_case(_title(points, language)),
        alt=_alt(points, language),
        note=_note(shown, published, len(points) - len(shown), language),
        data=pd.DataFrame(
            [
                (p.written(language), p.first.isoformat(), p.last.isoformat(), _words(p), p.sentence_ids)
                for p in points
            ],
            columns=[_("When"), _("First day"), _("Last day"), _("In the article"), "sentence_ids"],
        ),
        quoted=(_("In the article"),),
    )  # fmt: skip


def _points(dates: pd.DataFrame) -> list[Point]:
    found: dict[tuple[date, date, tuple[date, ...]], Point] = {}
    for row in dates.itertuples(index=False):
        first, last = sorted(
            (date.fromisoformat(str(row.date_from)[:10]), date.fromisoformat(str(row.date_to)[:10]))
        )
        listed = (
            row.candidates
            if isinstance(row.candidates, Sequence) and not isinstance(row.candidates, str)
            else []
        )
        candidates = tuple(sorted({date.fromisoformat(str(day)[:10]) for day in listed}))
        key = (first, last, candidates if len(candidates) > 1 else ())
        point = found.get(key, Point(*key, words=(), sentence_ids=()))
        sentences = tuple(sorted({*point.sentence_ids, int(row.sentence_id)}))
        found[key] = replace(point, words=(*point.words, clean(row.text)), sentence_ids=sentences)
    return [found[key] for key in sorted(found)]


def _published(article: pd.DataFrame) -> date | None:
    """The day of publication, where it is known to the day."""
    if article.empty or clean(article.iloc[0]["published_precision"]) != "day":
        return None
    return date.fromisoformat(clean(article.iloc[0]["published"])[:10])


def _distinct(words: Sequence[str]) -> list[str]:
    """The words once each, as they stand inside a sentence where they do."""
    found: dict[str, str] = {}
    for word in words:
        if word.lower() not in found or word[:1].islower():
            found[word.lower()] = word
    return list(found.values())


def _words(point: Point) -> str:
    words = ", ".join(_distinct(point.words))
    return f"{words} ×{len(point.words)}" if len(point.words) > 1 else words


class TimeScale:
    """Days from left to right on one scale, but for the stretches that are cut out.

    Parameters
    ----------
    days
        The ordinals of all days that carry something, with the day after each stretch.
    left, right
        The ends of the scale on the sheet, in points.
    bars
        The stretches that a bar will cover, each as first day and day after the last.
    """

    def __init__(
        self, days: Sequence[int], left: float, right: float, bars: Sequence[tuple[int, int]] = ()
    ) -> None:
        found = sorted(set(days))
        spare = max(1.0, (SHORTEST - (found[-1] - found[0])) / 2)
        gaps = list(pairwise(found))
        self.breaks = _breaks(gaps, 2 * spare, bars)
        shown = sum(end - start for start, end in gaps if (start, end) not in self.breaks)
        spare = max(spare, shown * 0.03)
        self.points_per_day = (right - left - BREAK_WIDTH * len(self.breaks)) / (shown + 2 * spare)
        #: The stretches that are drawn, as first and last day.
        self.stretches: list[tuple[float, float]] = [(found[0] - spare, found[0])]
        self._starts = [left]
        for start, end in gaps:
            if (start, end) in self.breaks:
                self._starts.append(self._starts[-1] + self._length(self.stretches[-1]) + BREAK_WIDTH)
                self.stretches.append((end, end))
            else:
                self.stretches[-1] = (self.stretches[-1][0], end)
        self.stretches[-1] = (self.stretches[-1][0], self.stretches[-1][1] + spare)

    def __call__(self, day: float) -> float:
        """The place of a day (its ordinal), in points; inside a cut, in proportion."""
        for number, (stretch, start) in enumerate(zip(self.stretches, self._starts, strict=True)):
            if day <= stretch[1]:
                if day >= stretch[0] or number == 0:
                    return start + (max(day, stretch[0]) - stretch[0]) * self.points_per_day
                before = self.stretches[number - 1][1]
                return start - BREAK_WIDTH * (stretch[0] - day) / (stretch[0] - before)
        return self._starts[-1] + self._length(self.stretches[-1])

    def _length(self, stretch: tuple[float, float]) -> float:
        return (stretch[1] - stretch[0]) * self.points_per_day

    def ends(self) -> list[tuple[float, float]]:
        """The drawn stretches as places on the sheet."""
        return [
            (x, x + self._length(stretch)) for x, stretch in zip(self._starts, self.stretches, strict=True)
        ]

    def cuts(self) -> list[float]:
        """The middles of what is cut out, as places on the sheet."""
        ends = self.ends()
        return [(left + right) / 2 for (_, left), (right, _) in pairwise(ends)]


def _breaks(
    gaps: list[tuple[int, int]], spare: float, bars: Sequence[tuple[int, int]]
) -> set[tuple[int, int]]:
    """The gaps to cut out: the longest first, as long as they press the days together; one is always left."""
    left = sum(end - start for start, end in gaps) + spare
    # Two neighbours that differ by more than the one day that a day lasts.
    closest = min((end - start for start, end in gaps if end - start > 1), default=1)
    found: set[tuple[int, int]] = set()
    for start, end in sorted(gaps, key=lambda gap: gap[0] - gap[1]):
        length = end - start
        covered = any(first <= start and end <= last for first, last in bars)
        dwarfing = length > (BAR_BREAK_FROM if covered else BREAK_FROM) * (left - length)
        crowded = not covered and closest / left < CLOSEST and length > BREAK_SHARE * left
        room = len(found) < min(MOST_BREAKS, len(gaps) - 1)
        if room and length > BREAK_DAYS and (dwarfing or crowded):
            found.add((start, end))
            left -= length
    return found


def _draw(points: list[Point], published: date | None, width: float, language: str) -> str:
    canvas = Canvas(width)
    rows = [Row(_words(point), "", point.written(language)) for point in points]
    place = layout(rows, width)
    scale = _scale(points, published, place.left, place.right)
    top = 16.0 if published else 2.0
    tracks = lanes(rows, place, top)
    bottom = draw_words(canvas, rows, place, top)
    places, end = _draw_axis(canvas, scale, points, bottom, language)
    draw_grid(canvas, tracks, places)
    if published:
        _draw_published(canvas, scale(published.toordinal() + 0.5), tracks, language)
    for point, lane in zip(points, tracks, strict=True):
        for left, right in scale.ends():
            canvas.line(left, lane.y, right, lane.y, RULE, size("grid"))
        _draw_mark(canvas, scale, point, lane.y)
    return canvas.svg(end, "timeline")


def _scale(points: list[Point], published: date | None, left: float, right: float) -> TimeScale:
    days = [day for point in points for day in _ordinals(point)]
    if published:
        days += [published.toordinal(), published.toordinal() + 1]
    bars = [(point.first.toordinal(), point.last.toordinal() + 1) for point in points if not point.candidates]
    return TimeScale(days, left, right, bars)


def _ordinals(point: Point) -> list[int]:
    if not point.candidates:
        return [point.first.toordinal(), point.last.toordinal() + 1]
    days = [day.toordinal() for day in point.candidates]
    return [*days, *[day + 1 for day in days]]


def _draw_mark(canvas: Canvas, scale: TimeScale, point: Point, y: float) -> None:
    if point.candidates and _crowded(scale, point):
        left, right = scale(point.candidates[0].toordinal()), scale(point.candidates[-1].toordinal() + 1)
        wide = max(right - left, 7.0)
        canvas.outline((left + right - wide) / 2, y - 3, wide, 6, COLOUR)
        return
    if point.candidates:
        dots = [(scale(day.toordinal() + 0.5), y) for day in point.candidates]
        canvas.line(dots[0][0], y, dots[-1][0], y, COLOUR, 0.8, dashed=True)
        canvas.dots(dots, COLOUR, hollow=True)
        return
    left, right = scale(point.first.toordinal()), scale(point.last.toordinal() + 1)
    if point.first == point.last or right - left < 4:
        canvas.dots([((left + right) / 2, y)], COLOUR)
    else:
        canvas.rectangle(left, y - 3.5, right - left, 7, COLOUR)
        for middle in scale.cuts():
            if left < middle < right:
                canvas.line(middle - 1.5, y + 4.5, middle + 1.5, y - 4.5, tokens.colour("base", "paper"), 2.0)


def _crowded(scale: TimeScale, point: Point) -> bool:
    """Whether rings for the days to choose from would run into each other."""
    places = [scale(day.toordinal()) for day in point.candidates]
    return any(right - left < 7.5 for left, right in pairwise(places))


def _draw_published(canvas: Canvas, x: float, tracks: Sequence[Lane], language: str) -> None:
    _ = translator(language).gettext
    accent, text = tokens.colour("base", "accent"), _("published")
    canvas.verticals([(x, lane.top, lane.bottom) for lane in tracks], accent, 0.9)
    half = text_width(text, size("tick")) / 2
    place = min(max(x, half), canvas.width - half)
    canvas.text(place, 9, text, points=size("tick"), colour=accent, anchor="center")


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on the axis: its day, and what of it is written (a skeleton of Babel's)."""

    day: int
    pattern: str


#: What ticks may be apart: years, months or days, and how many of them.
_STEPS = [
    ("MMMd", 1),
    ("MMMd", 2),
    ("MMMd", 7),
    ("MMM", 1),
    ("MMM", 3),
    *[("y", n) for n in (1, 2, 5, 10, 20, 50, 100, 200, 500)],
]
_DAYS = {"MMMd": 1.0, "MMM": 30.0, "y": 365.0}
_TICK_WIDTH = 38.0


def _ticks(scale: TimeScale, starts: set[int]) -> list[Tick]:
    """Round days along the axis; a stretch too short for one is labelled where its first date begins."""
    fitting = [step for step in _STEPS if _DAYS[step[0]] * step[1] * scale.points_per_day >= _TICK_WIDTH]
    pattern, every = fitting[0] if fitting else _STEPS[-1]
    ticks: list[Tick] = []
    for first, last in scale.stretches:
        low, high = max(math.ceil(first), date.min.toordinal()), min(math.floor(last), date.max.toordinal())
        inside = [Tick(day, pattern) for day in _round_days(low, high, pattern, every)]
        begun = sorted(day for day in starts if first <= day <= last)
        short = (last - first) * scale.points_per_day < _TICK_WIDTH
        if begun and (not inside or short):
            day = date.fromordinal(begun[0])
            inside = [
                Tick(begun[0], "y" if (day.month, day.day) == (1, 1) else "MMM" if day.day == 1 else "MMMd")
            ]
        elif short:
            inside = []  # the end of a bar
        ticks += inside
    return ticks


def _round_days(low: int, high: int, pattern: str, every: int) -> list[int]:
    if pattern == "MMMd":
        first = low + (1 - low) % 7 if every == 7 else low  # the first Monday, or the first day
        return list(range(first, high + 1, every))
    first_day, last_day = date.fromordinal(low), date.fromordinal(high)
    years = range(first_day.year, last_day.year + 1)
    if pattern == "y":
        days = [date(year, 1, 1) for year in years if year % every == 0]
    else:
        days = [date(year, month, 1) for year in years for month in range(1, 13, every)]
    return [day.toordinal() for day in days if low <= day.toordinal() <= high]


def _draw_axis(
    canvas: Canvas, scale: TimeScale, points: list[Point], bottom: float, language: str
) -> tuple[list[float], float]:
    """Label each stretch and mark what is cut out; gives the places of the labels, and where they end."""
    places: list[float] = []
    end = bottom + 17
    for middle in scale.cuts():
        for x in (middle - 2.5, middle + 2.5):
            canvas.line(x - 2, bottom + 3, x + 2, bottom - 5, MUTED, 1.0)
    starts = {(point.candidates or (point.first,))[0].toordinal() for point in points}
    style: dict[str, Any] = {"points": size("tick"), "colour": MUTED, "anchor": "center"}
    taken, year_written = -math.inf, 0
    for tick in _ticks(scale, starts):
        day = date.fromordinal(tick.day)
        x, text = scale(tick.day), str(format_skeleton(tick.pattern, day, locale=LOCALES[language]))
        half = max(text_width(text, size("tick")), text_width(str(day.year), size("tick"))) / 2
        place = min(max(x, half), canvas.width - half)
        if place - half < taken + 6:
            continue
        taken = place + half
        places.append(x)
        canvas.text(place, bottom + 13, text, **style)
        if tick.pattern != "y" and day.year != year_written:
            canvas.text(place, bottom + 24, str(day.year), **style)
            end = bottom + 28
        year_written = day.year
    return places, end


def _title(points: list[Point], language: str) -> str:
    translation = translator(language)
    _, ngettext = translation.gettext, translation.ngettext
    n, unsure = len(points), sum(1 for point in points if point.candidates)
    if unsure:
        text = ngettext(
            "{k} of {n} dates leaves its day open", "{k} of {n} dates leave their day open", unsure
        )
        return text.format(k=labels.number(unsure, language), n=labels.number(n, language))
    first = min(point.first for point in points)
    last = max(point.last for point in points)
    years = (str(first.year), str(last.year))
    if years[0] == years[1]:
        return _("{n} dates, all in {year}").format(n=labels.number(n, language), year=years[0])
    return _("{n} dates, from {first} to {last}").format(
        n=labels.number(n, language), first=years[0], last=years[1]
    )


def _alt(points: list[Point], language: str) -> str:
    ngettext = translator(language).ngettext
    named = [
        f"{point.written(language)} ({labels.short(_words(point))})" for point in points[: labels.LISTED]
    ]
    text = ngettext("Timeline with {n} date: {list}.", "Timeline with {n} dates: {list}.", len(points))
    text = text.format(n=labels.number(len(points), language), list="; ".join(named))
    return f"{text} {labels.more_in_table(len(points) - len(named), language)}".strip()


def _note(points: list[Point], published: date | None, left: int, language: str) -> str:
    """How to read those marks that the chart has."""
    _ = translator(language).gettext
    parts = []
    if any(point.candidates for point in points):
        parts.append(_("Joined rings or a dashed outline: one of these days; the text leaves open which."))
    if any(not point.candidates and point.first != point.last for point in points):
        parts.append(_("Bar: all of the stretch that the words cover."))
    if _scale(points, published, 0, size("wide")).breaks:
        parts.append(_("The axis leaves out a long stretch at //."))
    parts.append(labels.more_in_table(left, language))
    return " ".join(part for part in parts if part)
