"""What is written: the expressions of calendar time, as patterns built from ``lexicon/dates.toml``.

Each pattern has a reader that turns a match into one `Spec` or more: what the words say (a Tuesday, the end of July),
not yet when that is.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from depesje.lexicon import load

LEX = load("dates")


class Spec(NamedTuple):
    """What an expression says about time, before it is placed.

    ``number`` is the month, season (its first month), week, weekday, decade … of the kind; ``shift`` counts years
    (for what comes back each year) or weeks, months … (for calendar units) from the anchor.
    """

    kind: str
    number: int = 0
    day: int = 0
    last_day: int = 0
    year: int | None = None
    shift: int | None = None
    part: str = ""
    name: str = ""
    weekday: int | None = None


#: A gap inside an expression: spaces, or one line break in wrapped text, never a new paragraph or heading.
GAP = r"(?:[^\S\n]{1,3}|[^\S\n]?\n(?=(?-i:[a-zæøå])))"


def either(words: Iterable[str]) -> str:
    ranked = sorted(set(words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", GAP) for word in ranked) + ")"


def _index(rows: list[list[str]], first: int) -> dict[str, int]:
    return {word: i for i, row in enumerate(rows, first) for word in row}


WEEKDAYS = _index(LEX["weekdays"], 0)
MONTHS = _index(LEX["months"], 1)
SHORT_MONTHS = _index(LEX["short_months"], 1)
UNITS = {word: unit for unit, words in LEX["units"].items() for word in words}
ORDINALS: dict[str, int] = LEX["ordinals"]
SHIFTS: dict[str, int] = LEX["shifts"]
#: `neste helg` is the next week's, `kommende helg` the nearest.
NEXT = frozenset(LEX["next"]["words"])
PLAIN_UNITS = ("week", "month", "year", "day")

WEEKDAY = either(WEEKDAYS)
MONTH = either(MONTHS)
SHORT_MONTH = either(SHORT_MONTHS)
SEASON = either(LEX["seasons"])
SHIFT = either(SHIFTS)
DAY_PART = either(LEX["day_parts"]["words"])
HOLIDAY = either([*LEX["fixed_holidays"], *LEX["easter_holidays"]])
ORDINAL = rf"(?:{either(ORDINALS)}|\d{{1,2}}\.)"
WEEK = either(w for w, u in UNITS.items() if u == "week")
YEAR = r"[12]\d{3}(?!\d|[.,:]\d|[-–]?(?-i:[a-zæøåA-ZÆØÅ]))"
AFTER_MONTH: dict[str, str] = LEX["years_after_month"]
RELATIVE_YEAR = either(AFTER_MONTH)
YEAR_TAIL = (
    rf"(?:,?{GAP}(?:(?:i|av){GAP})?(?P<year>{YEAR})|{GAP}(?:av{GAP})?(?P<relative>{RELATIVE_YEAR})(?!\w))?"
)
CLOCK = (
    rf"(?:(?:rundt|omkring|kring|ca\.?|cirka|før|etter|fra|frå|på|om){GAP})?"
    rf"(?:(?:kl\.?|klokka|klokken)(?:{GAP}|(?<=\.))(?:(?:halv|ca\.?|rundt|over){GAP})?"
    rf"(?:\d{{1,2}}(?:[.:]?\d{{2}})?(?!\d|\.\d)(?:[^\S\n]?[–-][^\S\n]?\d{{1,2}}(?:[.:]\d{{2}})?(?!\d))?|{either(LEX['hours']['words'])}\b)"
    rf"|ved{GAP}(?:\d{{1,2}}(?:[.:]\d{{2}})?|{either(LEX['hours']['words'])})-?(?:tiden|tida))"
    rf"(?:{GAP}om{GAP}{DAY_PART}\b)?"
)
CLOCK_TAIL = rf"(?:,?{GAP}{CLOCK})?"
CLOCK_HEAD = rf"(?:{CLOCK},?{GAP}(?:på{GAP})?)?"
DAY_TAIL = rf"(?:{GAP}{DAY_PART}\b)?{CLOCK_TAIL}"


def _number(word: str) -> int:
    """``3.`` or ``tredje`` as 3."""
    word = word.lower().rstrip(".")
    return int(word) if word.isdigit() else ORDINALS[word]


def key(words: str) -> str:
    return re.sub(r"\s+", " ", words.lower())


def _year_tail(match: re.Match[str]) -> dict[str, Any]:
    """The year that follows a month or day, as fields of `Spec`."""
    groups = match.groupdict()
    if groups.get("year"):
        return {"year": int(groups["year"])}
    if groups.get("relative"):
        words = key(groups["relative"])
        if AFTER_MONTH[words] == "published":
            return {"shift": LEX["relative_years"][words]}
        return {"name": AFTER_MONTH[words]}
    return {}


Found = Iterator[tuple[int, int, Spec]]
Reader = Callable[[re.Match[str]], Found]
DIGIT = "0"
FIRST_WORD = re.compile(r"\w+")
#: The patterns that can begin with a word, by the first letters of that word (`DIGIT` for all numbers): a text
#: is read word by word, and most words begin nothing.
PATTERNS: dict[str, list[tuple[re.Pattern[str], Reader]]] = {}
CLOCK_WORDS = [
    "rundt",
    "omkring",
    "kring",
    "ca",
    "cirka",
    "før",
    "etter",
    "fra",
    "frå",
    "på",
    "om",
    "kl",
    "klokka",
    "ved",
]


def stem(word: str) -> str:
    """The first letters of a word, under which `PATTERNS` holds what may begin with it."""
    return DIGIT if word[0].isdecimal() else word[:3].lower()


def _pattern(expression: str, *starts: Iterable[str]) -> Callable[[Reader], Reader]:
    """Register the reader of one kind of expression, with the words that it can begin with."""

    def register(reader: Reader) -> Reader:
        pattern = re.compile(expression, re.IGNORECASE)
        stems = {stem(first[0]) for words in starts for word in words if (first := FIRST_WORD.match(word))}
        for start in sorted(stems):
            PATTERNS.setdefault(start, []).append((pattern, reader))
        return reader

    return register


@_pattern(r"(?<![\w/.-])(\d{4})-(\d{2})-(\d{2})(?:T\d{2}:\d{2}(?::\d{2})?)?(?![\w/]|-\d)", DIGIT)
def _iso(match: re.Match[str]) -> Found:
    yield *match.span(), Spec("day", int(match[2]), int(match[3]), year=int(match[1]))


NUMBERED = re.compile(rf"(?:\n|\A|\b{either(LEX['numbered']['before'])}{GAP})$", re.IGNORECASE)


@_pattern(
    rf"(?<![\w/.,-])(?:(?P<weekday>{WEEKDAY}){GAP})?(?:den{GAP})?"
    rf"(?P<day>\d{{1,2}})(?P<mark>[./-])(?P<month>\d{{1,2}})(?P=mark)(?P<year>\d{{4}}|\d{{2}})(?![\w/]|[.-]\d){CLOCK_TAIL}",
    DIGIT,
    WEEKDAYS,
    ["den"],
)
def _numeric(match: re.Match[str]) -> Found:
    year = int(match["year"])
    if len(match["year"]) == 2:
        year += 2000 if year < 50 else 1900
    month, day = int(match["month"]), int(match["day"])
    short = len(match["year"]) == 2 and month < 10 and day < 10
    numbering = short and NUMBERED.search(match.string, max(0, match.start() - 14), match.start())
    if 1 <= month <= 12 and 1 <= day <= 31 and not numbering:  # `2.2.10 Vedtak` heads a section
        yield *match.span(), Spec("day", month, day, year=year)


@_pattern(
    rf"(?<![\w/.,-])(?:(?P<weekday>{WEEKDAY}),?{GAP}(?:den{GAP})?|den{GAP}|(?:fra|frå|til|før|etter|innen|siden|per|pr\.?){GAP}(?:den{GAP})?)"
    rf"(?P<day>\d{{1,2}})(?P<mark>[./])(?P<month>\d{{1,2}})(?!\d|[./,:-]\d|%|{GAP}(?:prosent|%|kroner|millioner|milliarder|grader))(?:(?<=\.\d)\.(?={GAP})|(?<=\.\d\d)\.(?={GAP}))?{CLOCK_TAIL}",
    WEEKDAYS,
    ["den", "fra", "frå", "til", "før", "etter", "innen", "siden", "per", "pr"],
)
def _day_slash_month(match: re.Match[str]) -> Found:
    sure = match["weekday"] or "den" in match[0].lower().split()
    if match["mark"] == "." and not sure:  # `fra 2.5` is a number
        return
    weekday = WEEKDAYS[match["weekday"].lower()] if match["weekday"] else None
    start = match.start() if sure else match.start("day")
    month, day = int(match["month"]), int(match["day"])
    if 1 <= month <= 12 and 1 <= day <= 31:
        yield start, match.end(), Spec("day", month, day, weekday=weekday)


@_pattern(r"(?<=\()(?P<day>\d{1,2})\.[^\S\n]?(?P<month>\d{1,2})\.(?=\))", DIGIT)
def _day_month_in_brackets(match: re.Match[str]) -> Found:
    """`(6.10.)`, as letters to the editor refer to a day's paper."""
    month, day = int(match["month"]), int(match["day"])
    if 1 <= month <= 12 and 1 <= day <= 31:
        yield *match.span(), Spec("day", month, day)


@_pattern(
    rf"(?<![\w/.,-]){CLOCK_HEAD}(?:(?P<weekday>{WEEKDAY})(?:en)?,?{GAP})?(?:den{GAP})?(?P<day>(?<![\d.,/:])\d{{1,2}})(?:\.|(?=[^\S\n]|[–-]\d))"
    rf"(?:[^\S\n]?(?P<joint>–|-|til(?:{GAP}og{GAP}med)?(?=[^\S\n])|og(?=[^\S\n])|eller(?=[^\S\n])|/)[^\S\n]?"
    rf"(?:(?P<weekday2>{WEEKDAY}),?{GAP})?(?:den{GAP})?(?P<day2>\d{{1,2}})\.?)?"
    rf"(?:[^\S\n]{{0,2}}|{GAP})(?:(?P<month>{MONTH})(?!\w)|(?P<short>(?-i:{SHORT_MONTH}))(?:\.|(?!\w))(?={GAP}|[.,;)]|$)){YEAR_TAIL}{CLOCK_TAIL}",
    DIGIT,
    WEEKDAYS,
    ["den"],
    CLOCK_WORDS,
)
def _day_month(match: re.Match[str]) -> Found:
    month = MONTHS[match["month"].lower()] if match["month"] else SHORT_MONTHS[match["short"].lower()]
    day, tail = int(match["day"]), _year_tail(match)
    weekday = WEEKDAYS[match["weekday"].lower()] if match["weekday"] else None
    if not match["day2"]:
        yield *match.span(), Spec("day", month, day, weekday=weekday, **tail)
        return
    last = int(match["day2"])
    if match["joint"].lower() in ("og", "eller") and (last != day + 1 or match["weekday2"]):
        yield match.start(), match.end("day") + 1, Spec("day", month, day, **tail)
        start = match.start("weekday2") if match["weekday2"] else match.start("day2")
        yield start, match.end(), Spec("day", month, last, **tail)
    else:
        yield *match.span(), Spec("day", month, day, last, **tail)


@_pattern(
    rf"\bden{GAP}(?P<day>\d{{1,2}})\.?{GAP}(?:{CLOCK}|(?:i{GAP})?denne{GAP}(?:måneden|månaden)\b|ds\.)",
    ["den"],
)
def _day_alone(match: re.Match[str]) -> Found:
    yield *match.span(), Spec("day of month", day=int(match["day"]))


@_pattern(
    rf"(?<!\w)(?P<nth>{ORDINAL}|siste){GAP}(?P<what>{WEEKDAY}|helg|helga|helgen|{WEEK}){GAP}i{GAP}(?P<month>{MONTH})(?!\w){YEAR_TAIL}",
    DIGIT,
    ORDINALS,
    ["siste"],
)
def _nth_in_month(match: re.Match[str]) -> Found:
    what = match["what"].lower()
    weekday = WEEKDAYS.get(what, 5 if UNITS.get(what) == "weekend" else 0)
    nth = -1 if match["nth"].lower() == "siste" else _number(match["nth"])
    kind = "nth weekday" if what in WEEKDAYS else f"nth {UNITS[what]}"
    yield *match.span(), Spec(kind, MONTHS[match["month"].lower()], nth, weekday=weekday, **_year_tail(match))


@_pattern(
    rf"(?<![\w.-])(?P<nth>{ORDINAL}|siste){GAP}søndag{GAP}i{GAP}advent\b{YEAR_TAIL}",
    DIGIT,
    ORDINALS,
    ["siste"],
)
def _advent(match: re.Match[str]) -> Found:
    nth = 4 if match["nth"].lower() == "siste" else _number(match["nth"])
    yield *match.span(), Spec("advent", nth, **_year_tail(match))


@_pattern(
    rf"(?<![\w-])(?P<month>{MONTH})(?![\w]|-(?!{MONTH}|måned|månad)(?-i:[a-zæøå]))(?:{GAP}(?:måned|månad)\b)?{YEAR_TAIL}",
    MONTHS,
)
def _month(match: re.Match[str]) -> Found:
    yield *match.span(), Spec("month", MONTHS[match["month"].lower()], **_year_tail(match))


@_pattern(rf"(?<![\w-])(?P<month>{SHORT_MONTH})\.?{GAP}(?P<year>{YEAR})", SHORT_MONTHS)
def _short_month(match: re.Match[str]) -> Found:
    yield *match.span(), Spec("month", SHORT_MONTHS[match["month"].lower()], year=int(match["year"]))


@_pattern(
    rf"\b(?:månedsskiftet|månadsskiftet|skiftet){GAP}(?P<month>{MONTH})[^\S\n]?(?:/|-|–|og|til)[^\S\n]?(?P<next>{MONTH})(?!\w){YEAR_TAIL}",
    ["månedsskiftet", "månadsskiftet", "skiftet"],
)
def _turn_of_month(match: re.Match[str]) -> Found:
    yield *match.span(), Spec("turn of month", MONTHS[match["next"].lower()], **_year_tail(match))


@_pattern(
    rf"(?<![\w-]){CLOCK_HEAD}(?:(?P<shift>{SHIFT}){GAP})?(?P<weekday>{WEEKDAY})"
    rf"(?:(?P<definite>en)?(?P<genitive>s|ens)?|s(?P<joined>{either(LEX['day_parts']['joined'])}))(?![\w]|-(?-i:[a-zæøå]))"
    rf"(?:{GAP}{DAY_PART}\b)?(?:{GAP}(?:i{GAP})?(?P<week_shift>{SHIFT}){GAP}{WEEK}\b)?{CLOCK_TAIL}",
    WEEKDAYS,
    SHIFTS,
    CLOCK_WORDS,
)
def _weekday(match: re.Match[str]) -> Found:
    weekday = WEEKDAYS[match["weekday"].lower()]
    week_shift, shift = match["week_shift"], (match["shift"] or "").lower()
    if week_shift or shift in NEXT:
        yield (
            *match.span(),
            Spec("weekday", weekday, shift=SHIFTS[(week_shift or shift).lower()], name="of week"),
        )
        return
    name = "definite" if match["definite"] and not match["genitive"] else ""
    yield *match.span(), Spec("weekday", weekday, shift=SHIFTS.get(shift), name=name)


@_pattern(
    rf"(?<![\w-])(?:(?P<shift>{SHIFT}){GAP})?"
    rf"(?P<unit>{either(w for w, u in UNITS.items() if u == 'weekend')})(?![\w-])",
    SHIFTS,
    ["helg", "weekend"],
)
def _weekend(match: re.Match[str]) -> Found:
    shift, unit = (match["shift"] or "").lower(), match["unit"].lower()
    if shift:
        yield *match.span(), Spec("weekend", shift=SHIFTS[shift], name="of week" if shift in NEXT else "")
    elif unit not in ("helg", "helgs", "weekend"):
        yield *match.span(), Spec("weekend", name="genitive" if unit.endswith("s") else "")


@_pattern(
    rf"(?<![\w-])(?:uke|veke)(?:{GAP}|-)(?:nr\.?{GAP}|nummer{GAP})?(?P<week>\d{{1,2}})(?![\d%]|[.,]\d)(?:[^\S\n]?(?:[–-]|(?:og|til)(?=[^\S\n]))[^\S\n]?(?P<last>\d{{1,2}})(?!\d))?{YEAR_TAIL}",
    ["uke", "veke"],
)
def _week_number(match: re.Match[str]) -> Found:
    yield (
        *match.span(),
        Spec("week number", int(match["week"]), last_day=int(match["last"] or 0), **_year_tail(match)),
    )


@_pattern(
    rf"(?<![\w-])(?:(?P<trailing>{either(LEX['trailing']['before'])})|(?:(?:den|det){GAP})?(?P<shift>{SHIFT})){GAP}"
    rf"(?P<unit>{either(w for w, u in UNITS.items() if u not in ('weekend', 'century'))})(?!\w)",
    SHIFTS,
    ["den", "det"],
)
def _shifted_unit(match: re.Match[str]) -> Found:
    unit = UNITS[match["unit"].lower()]
    if match["trailing"]:
        alone = match["trailing"].lower() == "siste"
        if (
            unit in ("week", "month", "year")
            or (unit in ("quarter", "half") and not alone)
            or match["unit"].lower().startswith("døgn")
        ):
            yield *match.span(), Spec("trailing", name=unit)
        return
    if unit in ("week", "month", "year", "quarter", "decade"):
        yield *match.span(), Spec("unit", shift=SHIFTS[match["shift"].lower()], name=unit)


@_pattern(
    rf"(?<![\w-])(?P<unit>{either(w for w, u in UNITS.items() if u in PLAIN_UNITS and w.endswith(('a', 'en', 'et')))})"
    rf"(?![\w-])(?!{GAP}(?:før|etter|som|da)\b)",
    UNITS,
)
def _definite_unit(match: re.Match[str]) -> Found:
    """`slutten av året`, `i løpet av uka`: the words before it decide."""
    yield *match.span(), Spec("definite unit", shift=0, name=UNITS[match["unit"].lower()])


@_pattern(
    rf"(?<![\w-])(?:(?P<before>i{GAP}fjor|i{GAP}forfjor|neste{GAP}års|fjorårets|årets|{SHIFT}){GAP})?(?P<season>{SEASON})(?![\w-])"
    rf"(?:{GAP}(?:(?P<years>[12]\d{{3}}[/–-](?:\d{{4}}|\d{{2}}))(?!\d)|(?P<year>{YEAR})|(?P<relative>{RELATIVE_YEAR})(?!\w)))?",
    LEX["seasons"],
    SHIFTS,
    ["i", "neste", "fjorårets", "årets"],
)
def _season(match: re.Match[str]) -> Found:
    season = LEX["seasons"][match["season"].lower()]
    fields = _year_tail(match)
    if match["years"]:
        fields = {"year": int(match["years"][:4]) + 1}
    before = key(match["before"] or "")
    if before in SHIFTS:
        name = "of year" if before in NEXT else ""
        yield *match.span(), Spec("shifted season", season, shift=SHIFTS[before], name=name)
    elif before:
        yield *match.span(), Spec("season", season, shift=LEX["relative_years"][before])
    else:
        yield *match.span(), Spec("season", season, **fields)


@_pattern(rf"(?<![\w-])(?P<season>{either(LEX['season_genitives'])})(?!\w)", LEX["season_genitives"])
def _season_genitive(match: re.Match[str]) -> Found:
    yield *match.span(), Spec("season", LEX["season_genitives"][match["season"].lower()], name="genitive")


@_pattern(
    rf"(?<![\w-])(?:(?P<before>neste{GAP}års|fjorårets|årets|{SHIFT}){GAP})?(?P<holiday>{HOLIDAY})(?P<genitive>s|ens)?(?![\w-]){YEAR_TAIL}(?:/\d{{2,4}}\b)?{CLOCK_TAIL}",
    DIGIT,
    LEX["fixed_holidays"],
    LEX["easter_holidays"],
    SHIFTS,
    ["neste", "fjorårets", "årets"],
)
def _holiday(match: re.Match[str]) -> Found:
    fields = _year_tail(match)
    if match["before"]:
        before = key(match["before"])
        fields = (
            {"shift": LEX["relative_years"][before]}
            if before in LEX["relative_years"]
            else {"shift": SHIFTS[before], "day": 1}
        )
    fields.pop("name", None)
    yield *match.span(), Spec("holiday", name=key(match["holiday"]), **fields)


@_pattern(
    rf"(?<![\w-])(?P<nth>{ORDINAL}|siste){GAP}(?P<unit>kvartal|kvartalet|halvår|halvåret)s?(?!\w){YEAR_TAIL}|\bQ(?P<q>[1-4])(?:{GAP}(?P<q_year>{YEAR}))?(?!\w)",
    DIGIT,
    ORDINALS,
    ["siste", "q1", "q2", "q3", "q4"],
)
def _quarter(match: re.Match[str]) -> Found:
    if match["q"]:
        if match["q_year"]:
            yield *match.span(), Spec("quarter", int(match["q"]), year=int(match["q_year"]))
        return
    kind = "quarter" if match["unit"].lower().startswith("k") else "half"
    most = 4 if kind == "quarter" else 2
    nth = most if match["nth"].lower() == "siste" else _number(match["nth"])
    if nth <= most:
        yield *match.span(), Spec(kind, nth, **_year_tail(match))


@_pattern(
    rf"(?<![\w.,-])(?:(?P<first>\d{{2}}|\d{{4}})(?:-?{GAP}?(?:og|eller|til|–){GAP}|[-–]))?(?P<decade>\d{{4}}|\d{{2}})[-–]?(?P<form>tallet|talet|tallets|talets|årene|årenes|åra|tals|talls)(?![\w-])",
    DIGIT,
)
def _decade(match: re.Match[str]) -> Found:
    if match["form"].lower() in ("tals", "talls"):
        return
    kind, name = "decade", "years" if match["form"].lower().startswith("år") else ""
    number = int(match["decade"])
    if number < 100 and match["first"] and len(match["first"]) == 4:  # `1870-80-årene`
        number += int(match["first"]) // 100 * 100
    if len(match["decade"]) == 4 and number % 100 == 0 and number < 2000:
        kind = "century"
    if number % 10:
        return
    first = int(match["first"]) if match["first"] else 0
    if first % 10 == 0 and (first == 0 or first < number):
        yield *match.span(), Spec(kind, number, last_day=first, name=name)


@_pattern(
    rf"(?<![\w.-])(?P<decade>\d{{4}})-(?={GAP}(?:og|eller|til){GAP}(?:\w+{GAP}){{0,3}}\d{{2,4}}-(?:tallet|talet))",
    DIGIT,
)
def _decade_stump(match: re.Match[str]) -> Found:
    """`slutten av 1970- og begynnelsen av 1980-tallet`: the first of the two."""
    number = int(match["decade"])
    if number % 10 == 0:
        yield (
            match.start(),
            match.end(),
            Spec("century" if number % 100 == 0 and number < 2000 else "decade", number),
        )


@_pattern(
    rf"\b(?P<decade>{either(LEX['decades'])})(?:-)?(?:tallet|talet|årene|åra|tallets)\b", LEX["decades"]
)
def _decade_in_words(match: re.Match[str]) -> Found:
    yield (
        *match.span(),
        Spec(
            "decade",
            LEX["decades"][match["decade"].lower()],
            name="" if "ta" in match[0].lower() else "years",
        ),
    )


@_pattern(rf"\b(?P<century>{either(LEX['centuries'])})(?:-)?(?:tallet|talet)\b", LEX["centuries"])
def _century_in_words(match: re.Match[str]) -> Found:
    yield *match.span(), Spec("century", LEX["centuries"][match["century"].lower()])


@_pattern(
    rf"(?<![\w.-])(?:(?:det|dette|vårt){GAP})?(?P<nth>\d{{1,2}}\.?|forrige|førre|vårt){GAP}(?:århundre|århundret|hundreår|hundreåret)s?\b",
    DIGIT,
    ["det", "dette", "vårt", "forrige", "førre"],
)
def _nth_century(match: re.Match[str]) -> Found:
    nth = match["nth"].lower()
    if nth.rstrip(".").isdigit():
        yield *match.span(), Spec("nth century", int(nth.rstrip(".")))
    elif nth != "vårt":
        yield *match.span(), Spec("nth century", 20)


@_pattern(
    rf"(?<![\w-]){CLOCK_HEAD}(?P<day>{either(LEX['relative_days'])})(?![\w-])(?!\.\d){DAY_TAIL}",
    LEX["relative_days"],
    CLOCK_WORDS,
)
def _relative_day(match: re.Match[str]) -> Found:
    yield *match.span(), Spec("offset", LEX["relative_days"][key(match["day"])], name=key(match["day"]))


@_pattern(r"(?<![\w-])(?P<event>dagens)(?!\w)", ["dagens"])
def _of_today(match: re.Match[str]) -> Found:
    yield *match.span(), Spec("offset", 0, name="dagens")


@_pattern(rf"(?<![\w-])(?P<year>{either(LEX['relative_years'])})(?!\w|{GAP}\d)", LEX["relative_years"])
def _relative_year(match: re.Match[str]) -> Found:
    yield *match.span(), Spec("year", shift=LEX["relative_years"][key(match["year"])])


@_pattern(
    r"(?<![\w.,/:§$£€+=#&?-])(?P<year>[12]\d{3})(?:(?:[–/-]|[^\S\n][–-][^\S\n](?=\d\d[,.);]))(?P<until>\d{4}|\d{2}))?(?![\w%‰°$£€]|[-–]\w|[.,:/]\d|,-|\.–)",
    DIGIT,
)
def _year(match: re.Match[str]) -> Found:
    first = int(match["year"])
    if not match["until"]:
        yield *match.span(), Spec("year", year=first, name="bare")
        return
    until = int(match["until"])
    if until <= 12 and "-" in match[0] and until <= first % 100 < 90:  # `2023-09`
        if until:
            yield *match.span(), Spec("month", until, year=first)
        return
    if until < 100:
        until += first // 100 * 100 + (100 if until <= first % 100 else 0)
    if first < until <= 2150:
        yield *match.span(), Spec("years", until, year=first)


@_pattern(r"(?<![\w.,/:-])(?P<year>(?:19|20)\d{2})-(?=(?-i:[a-zæøå]{4}))", DIGIT)
def _year_in_compound(match: re.Match[str]) -> Found:
    """`2013-valget`, `2019-budsjettet`."""
    yield match.start(), match.end() - 1, Spec("year", year=int(match["year"]), name="compound")


@_pattern(rf"(?<![\w-]){CLOCK}(?!\w)", CLOCK_WORDS)
def _clock(match: re.Match[str]) -> Found:
    yield *match.span(), Spec("clock")
