"""When it is: expressions of calendar time placed on it, from a day of publication."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

from depesje.date_patterns import Spec
from depesje.lexicon import load

LEX = load("dates")


class Period(NamedTuple):
    """The first and the last day."""

    first: date
    last: date


# Days. Beyond this a bare month would have been given its year, if something nearer fits.
FAR_BEHIND, FAR_AHEAD = 305, 240
NEAR = 75


def _month_end(year: int, month: int) -> date:
    return (
        date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        if (year, month) != (9999, 12)
        else date.max
    )


def _months(year: int, first: int, count: int) -> Period:
    last = first + count - 1
    return Period(date(year, first, 1), _month_end(year + (last - 1) // 12, (last - 1) % 12 + 1))


def _week(day: date) -> Period:
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + timedelta(days=6))


def _iso_week(year: int, week: int, last: int = 0) -> Period:
    return Period(date.fromisocalendar(year, week, 1), date.fromisocalendar(year, last or week, 7))


def in_year(spec: Spec, year: int) -> Period | None:
    """What comes back every year, in one year; None for a day that the year lacks (29 February)."""
    try:
        return RECURRING[spec.kind](spec, year)
    except ValueError:
        return None


def _day_in_year(spec: Spec, year: int) -> Period:
    first = date(year, spec.number, spec.day)
    if not spec.last_day:
        return Period(first, first)
    if spec.last_day < spec.day:  # `30. til 2. mai` begins in April
        last = date(year, spec.number, spec.last_day)
        return Period((last.replace(day=1) - timedelta(days=1)).replace(day=spec.day), last)
    return Period(first, first.replace(day=spec.last_day))


def _season_in_year(spec: Spec, year: int) -> Period:
    return _months(year - 1, 12, 3) if spec.number == 12 else _months(year, spec.number, 3)


def _holiday_in_year(spec: Spec, year: int) -> Period:
    if spec.name in LEX["easter_holidays"]:
        first, last = LEX["easter_holidays"][spec.name]
        sunday = easter(year)
        return Period(sunday + timedelta(days=first), sunday + timedelta(days=last))
    month, first, last = LEX["fixed_holidays"][spec.name]
    return Period(
        date(year, month, first), date(year, month, last) if last >= first else date(year + 1, 1, last)
    )


def _nth_in_month_of(spec: Spec, year: int) -> Period:
    """The nth (or last) weekday, weekend or week of a month."""
    month = _months(year, spec.number, 1)
    weekday = spec.weekday or 0
    if spec.day < 0:
        day = month.last - timedelta(days=(month.last.weekday() - weekday) % 7)
        if spec.kind == "nth week":
            return Period(month.last - timedelta(days=6), month.last)
    else:
        day = month.first + timedelta(days=(weekday - month.first.weekday()) % 7 + 7 * (spec.day - 1))
    if spec.kind == "nth week":
        return Period(
            month.first + timedelta(days=7 * (spec.day - 1)), month.first + timedelta(days=7 * spec.day - 1)
        )
    return Period(day, day + timedelta(days=1 if spec.kind == "nth weekend" else 0))


def _advent_sunday(spec: Spec, year: int) -> Period:
    christmas = date(year, 12, 25)
    fourth = christmas - timedelta(days=christmas.weekday() + 1)
    day = fourth - timedelta(days=7 * (4 - spec.number))
    return Period(day, day)


RECURRING: dict[str, Callable[[Spec, int], Period]] = {
    "day": _day_in_year,
    "month": lambda spec, year: _months(year, spec.number, 1),
    "turn of month": lambda spec, year: Period(
        date(year, spec.number, 1) - timedelta(days=1), date(year, spec.number, 1)
    ),
    "season": _season_in_year,
    "quarter": lambda spec, year: _months(year, 3 * spec.number - 2, 3),
    "half": lambda spec, year: _months(year, 6 * spec.number - 5, 6),
    "holiday": _holiday_in_year,
    "week number": lambda spec, year: _iso_week(year, spec.number, spec.last_day),
    "nth weekday": _nth_in_month_of,
    "nth weekend": _nth_in_month_of,
    "nth week": _nth_in_month_of,
    "advent": _advent_sunday,
}


def _distance(period: Period, day: date) -> int:
    return max((period.first - day).days, (day - period.last).days, 0)


def _choose(spec: Spec, anchor: date, direction: str) -> Period | None:
    """The year of what was named without one: the last before the anchor, the next, or the nearest."""
    years = range(anchor.year - 2, anchor.year + 3)
    periods = [period for year in years if (period := in_year(spec, year))]
    if spec.weekday is not None and spec.kind == "day":
        periods = [period for period in periods if period.first.weekday() == spec.weekday] or periods
    if not periods:
        return None
    nearest = min(periods, key=lambda period: (_distance(period, anchor), period.first > anchor))
    behind = [period for period in periods if period.first <= anchor]
    ahead = [period for period in periods if period.last >= anchor]
    if (
        direction == "past"
        and behind
        and ((anchor - behind[-1].last).days <= FAR_BEHIND or _distance(nearest, anchor) > NEAR)
    ):
        return behind[-1]
    if (
        direction == "future"
        and ahead
        and ((ahead[0].first - anchor).days <= FAR_AHEAD or _distance(nearest, anchor) > NEAR)
    ):
        return ahead[0]
    return nearest


def _recurring(spec: Spec, anchor: date | None, direction: str) -> Period | None:
    if spec.year is not None:
        return in_year(spec, spec.year)
    if anchor is None:
        return None
    if spec.kind == "holiday" and spec.day:  # `forrige jul`, `neste påske`
        direction, strict = ("past", -1) if (spec.shift or 0) < 0 else ("future", 1)
        return _choose(spec, anchor + timedelta(days=3 * strict), direction)
    if spec.shift is not None:
        return in_year(spec, anchor.year + spec.shift)
    return _choose(spec, anchor, direction)


def _shifted_season(spec: Spec, anchor: date) -> Period:
    """`denne sommeren` is the nearest, `forrige` has ended, `kommende` not begun, `neste` is the next year's."""
    periods = [_season_in_year(spec, year) for year in range(anchor.year - 2, anchor.year + 3)]
    if spec.name == "of year":
        return _season_in_year(spec, anchor.year + 1)
    if spec.shift == -1:
        return [period for period in periods if period.last < anchor][-1]
    if spec.shift == 1:
        return next(period for period in periods if period.first > anchor)
    return min(periods, key=lambda period: _distance(period, anchor))


def _weekday_on(spec: Spec, anchor: date, direction: str) -> Period:
    if spec.name == "of week":
        day = _week(anchor).first + timedelta(days=spec.number + 7 * (spec.shift or 0))
        return Period(day, day)
    back, ahead = (anchor.weekday() - spec.number) % 7, (spec.number - anchor.weekday()) % 7
    if (spec.shift or 0) < 0:
        day = anchor - timedelta(days=back or 7)
    elif (spec.shift or 0) > 0 or direction == "strictly future":
        day = anchor + timedelta(days=ahead or 7)
    elif direction == "future":
        day = anchor + timedelta(days=ahead)
    else:
        day = anchor - timedelta(days=back)
    return Period(day, day)


def _weekend_on(spec: Spec, anchor: date, direction: str) -> Period:
    saturday = _week(anchor).first + timedelta(days=5)
    if spec.name == "of week" or (spec.shift or 0) < 0:
        saturday += timedelta(days=7 * (spec.shift or 0))
    elif spec.shift == 1 and anchor >= saturday:
        saturday += timedelta(days=7)
    elif spec.shift is None and direction != "future" and anchor < saturday:
        saturday -= timedelta(days=7)
    return Period(saturday, saturday + timedelta(days=1))


def _unit_on(spec: Spec, anchor: date) -> Period | None:
    shift = spec.shift or 0
    if spec.name == "day":
        return Period(anchor + timedelta(days=shift), anchor + timedelta(days=shift))
    if spec.name == "week":
        return _week(anchor + timedelta(days=7 * shift))
    if spec.name == "month":
        day = anchor + relativedelta(months=shift)
        return _months(day.year, day.month, 1)
    if spec.name == "quarter":
        day = anchor + relativedelta(months=3 * shift)
        return _months(day.year, (day.month - 1) // 3 * 3 + 1, 3)
    if spec.name == "year":
        return _months(anchor.year + shift, 1, 12)
    if spec.name == "decade":
        first = (anchor.year // 10 + shift) * 10
        return Period(date(first, 1, 1), date(first + 9, 12, 31))
    return None


def _trailing(spec: Spec, anchor: date) -> Period:
    step = {
        "day": relativedelta(days=1),
        "week": relativedelta(days=7),
        "month": relativedelta(months=1),
        "year": relativedelta(years=1),
        "quarter": relativedelta(months=3),
        "half": relativedelta(months=6),
    }[spec.name]
    return Period(anchor - step, anchor)


def _decade_on(spec: Spec, anchor: date | None) -> Period:
    first = spec.number
    if first < 100:  # `20-tallet` is still the 1920s, `00-tallet` and `10-tallet` this century's
        first += 2000 if first <= 10 and anchor is not None and anchor.year >= 2000 + first else 1900
    begin = spec.last_day or first
    if begin < 100:
        begin += first // 100 * 100
    return Period(date(begin, 1, 1), date(first + (99 if spec.kind == "century" else 9), 12, 31))


def resolve(spec: Spec, anchor: date | None, direction: str) -> Period | None:
    """Place one reading on the calendar; None where that can't be done."""
    try:
        period = _resolve_whole(spec, anchor, direction)
        if period and spec.part:
            period = _part(period, spec.part)
        return period if period and period.first <= period.last else None
    except (ValueError, OverflowError, IndexError):
        return None


def _resolve_whole(spec: Spec, anchor: date | None, direction: str) -> Period | None:
    if spec.kind in RECURRING:
        return _recurring(spec, anchor, direction)
    if spec.kind == "year" and spec.year is not None:
        return _months(spec.year, 1, 12)
    if spec.kind == "years" and spec.year is not None:
        return Period(date(spec.year, 1, 1), date(spec.number, 12, 31))
    if spec.kind in ("decade", "century"):
        return _decade_on(spec, anchor)
    if spec.kind == "nth century":
        return Period(date(spec.number * 100 - 99, 1, 1), date(spec.number * 100, 12, 31))
    if anchor is None:
        return None
    if spec.kind == "year":
        return _months(anchor.year + (spec.shift or 0), 1, 12)
    if spec.kind in ("offset", "clock"):
        return Period(anchor + timedelta(days=spec.number), anchor + timedelta(days=spec.number))
    if spec.kind == "shifted season":
        return _shifted_season(spec, anchor)
    if spec.kind == "weekday":
        return _weekday_on(spec, anchor, direction)
    if spec.kind == "weekend":
        return _weekend_on(spec, anchor, direction)
    if spec.kind in ("unit", "definite unit"):
        return _unit_on(spec, anchor)
    if spec.kind == "trailing":
        return _trailing(spec, anchor)
    return None


def _part(period: Period, part: str) -> Period:
    """`begynnelsen`, `midten`, `slutten` of a month (ten days), a decade (three years) and so on."""
    first, last = period
    if part == "first_day":
        return Period(first, first)
    if part == "last_day":
        return Period(last, last)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if part in ("first_half", "second_half"):
        middle = (
            first + (date(first.year, 1, 16) - date(first.year, 1, 1))
            if months == 1
            else first + relativedelta(months=months // 2)
        )
        return Period(first, middle - timedelta(days=1)) if part == "first_half" else Period(middle, last)
    if months == 1 and first.day == 1:
        begin, end = first + timedelta(days=9), first + timedelta(days=20)
    elif months >= 3:
        share = {3: 1, 12: 3}.get(months, months * 3 // 10)
        begin, end = (
            first + relativedelta(months=share) - timedelta(days=1),
            first + relativedelta(months=months - share),
        )
    else:
        third = max((last - first).days // 3, 1)
        begin, end = first + timedelta(days=third - 1), last - timedelta(days=third - 1)
    return {
        "begin": Period(first, begin),
        "end": Period(end, last),
        "middle": Period(begin + timedelta(days=1), end - timedelta(days=1)),
    }[part]


PRECISION = {
    "weekday": "day",
    "offset": "day",
    "clock": "day",
    "nth weekday": "day",
    "advent": "day",
    "week number": "week",
    "nth week": "week",
    "nth weekend": "weekend",
    "years": "interval",
    "nth century": "century",
    "turn of month": "interval",
    "shifted season": "season",
    "trailing": "interval",
    "half": "half_year",
}


def precision_of(spec: Spec, period: Period) -> str:
    if period.first == period.last:
        return "day"
    if spec.kind in ("day", "holiday"):
        return "interval"
    name = spec.name if spec.kind.endswith("unit") else PRECISION.get(spec.kind, spec.kind)
    return f"part_of_{name}" if spec.part else name
