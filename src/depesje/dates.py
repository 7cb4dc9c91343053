"""Dates: expressions that point to calendar time, placed on it from the day of publication.

Three steps. *Finding*: patterns over the text, built from ``lexicon/dates.toml``, give a `Reading` for each
expression: what it says (`a Tuesday`, `the end of July`), not yet when that is. *Joining*: neighbours become
intervals (``fra 2019 til 2021``) and lend each other the year. *Placing*: the tense of the clause says
whether a bare weekday or month lies behind or ahead, and the reading is resolved against the day of publication.
Where only the month or year of publication is known, it is resolved against each possible day, and what
differs is kept as candidates.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import takewhile
from typing import Any, NamedTuple

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta
from spacy.language import Language
from spacy.tokens import Doc, Token

from depesje.annotations import DateExpression
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


@dataclass(slots=True)
class Reading:
    """An expression found in the text; ``until`` is the far end of an interval."""

    start: int
    end: int
    spec: Spec
    until: Spec | None = None
    preposition: str = ""


class Period(NamedTuple):
    """The first and the last day."""

    first: date
    last: date


# --- the words, as pieces of patterns -------------------------------------------------------------

#: A gap inside an expression: spaces, or one line break in wrapped text, never a new paragraph or heading.
GAP = r"(?:[^\S\n]{1,3}|[^\S\n]?\n(?=(?-i:[a-zæøå])))"


def _either(words: Iterable[str]) -> str:
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

WEEKDAY = _either(WEEKDAYS)
MONTH = _either(MONTHS)
SHORT_MONTH = _either(SHORT_MONTHS)
SEASON = _either(LEX["seasons"])
SHIFT = _either(SHIFTS)
DAY_PART = _either(LEX["day_parts"]["words"])
HOLIDAY = _either([*LEX["fixed_holidays"], *LEX["easter_holidays"]])
ORDINAL = rf"(?:{_either(ORDINALS)}|\d{{1,2}}\.)"
WEEK = _either(w for w, u in UNITS.items() if u == "week")
YEAR = r"[12]\d{3}(?!\d|[.,:]\d|[-–]?(?-i:[a-zæøåA-ZÆØÅ]))"
RELATIVE_YEAR = _either(["i år", "i fjor", "ifjor", "neste år", "forrige år", "førre år", "dette året", "i forfjor", "fjoråret", "samme år", "same år", "året etter", "året før"])
YEAR_TAIL = rf"(?:,?{GAP}(?:(?:i|av){GAP})?(?P<year>{YEAR})|{GAP}(?:av{GAP})?(?P<relative>{RELATIVE_YEAR})(?!\w))?"
CLOCK = (
    rf"(?:(?:rundt|omkring|kring|ca\.?|cirka|før|etter|fra|frå|på|om){GAP})?"
    rf"(?:(?:kl\.?|klokka|klokken)(?:{GAP}|(?<=\.))(?:(?:halv|ca\.?|rundt|over){GAP})?"
    rf"(?:\d{{1,2}}(?:[.:]?\d{{2}})?(?!\d|\.\d)(?:[^\S\n]?[–-][^\S\n]?\d{{1,2}}(?:[.:]\d{{2}})?(?!\d))?|{_either(LEX['hours']['words'])}\b)"
    rf"|ved{GAP}(?:\d{{1,2}}(?:[.:]\d{{2}})?|{_either(LEX['hours']['words'])})-?(?:tiden|tida))"
    rf"(?:{GAP}om{GAP}{DAY_PART}\b)?"
)
CLOCK_TAIL = rf"(?:,?{GAP}{CLOCK})?"
CLOCK_HEAD = rf"(?:{CLOCK},?{GAP}(?:på{GAP})?)?"
DAY_TAIL = rf"(?:{GAP}{DAY_PART}\b)?{CLOCK_TAIL}"


def _number(word: str) -> int:
    """``3.`` or ``tredje`` as 3."""
    word = word.lower().rstrip(".")
    return int(word) if word.isdigit() else ORDINALS[word]


def _key(words: str) -> str:
    return re.sub(r"\s+", " ", words.lower())


def _year_tail(match: re.Match[str]) -> dict[str, Any]:
    """The year that follows a month or day, as fields of `Spec`."""
    groups = match.groupdict()
    if groups.get("year"):
        return {"year": int(groups["year"])}
    if groups.get("relative"):
        key = _key(groups["relative"])
        if key in LEX["relative_years"]:
            return {"shift": LEX["relative_years"][key]}
        return {"name": {"året etter": "year after", "året før": "year before"}.get(key, "same year")}
    return {}


Found = Iterator[tuple[int, int, Spec]]
PATTERNS: list[tuple[re.Pattern[str], Callable[[re.Match[str]], Found]]] = []


def _pattern(expression: str) -> Callable[[Callable[[re.Match[str]], Found]], Callable[[re.Match[str]], Found]]:
    """Register the reader of one kind of expression."""

    def register(reader: Callable[[re.Match[str]], Found]) -> Callable[[re.Match[str]], Found]:
        PATTERNS.append((re.compile(expression, re.IGNORECASE), reader))
        return reader

    return register


@_pattern(r"(?<![\w/.-])(\d{4})-(\d{2})-(\d{2})(?:T\d{2}:\d{2}(?::\d{2})?)?(?![\w/]|-\d)")
def _iso(match: re.Match[str]) -> Found:
    yield *match.span(), Spec("day", int(match[2]), int(match[3]), year=int(match[1]))


@_pattern(
    rf"(?<![\w/.,-])(?:(?P<weekday>{WEEKDAY}){GAP})?(?:den{GAP})?"
    rf"(?P<day>\d{{1,2}})(?P<mark>[./-])(?P<month>\d{{1,2}})(?P=mark)(?P<year>\d{{4}}|\d{{2}})(?![\w/]|[.-]\d){CLOCK_TAIL}"
)
def _numeric(match: re.Match[str]) -> Found:
    year = int(match["year"])
    if len(match["year"]) == 2:
        year += 2000 if year < 50 else 1900
    yield *match.span(), Spec("day", int(match["month"]), int(match["day"]), year=year)


@_pattern(
    rf"(?<![\w/.,-])(?:(?P<weekday>{WEEKDAY}),?{GAP}(?:den{GAP})?|den{GAP}|(?:fra|frå|til|før|etter|innen|siden|per|pr\.?){GAP}(?:den{GAP})?)"
    rf"(?P<day>\d{{1,2}})(?P<mark>[./])(?P<month>\d{{1,2}})(?!\d|[./,:-]\d|%|{GAP}(?:prosent|%|kroner|millioner|milliarder|grader))(?:(?<=\.\d)\.(?={GAP})|(?<=\.\d\d)\.(?={GAP}))?{CLOCK_TAIL}"
)
def _day_slash_month(match: re.Match[str]) -> Found:
    sure = match["weekday"] or "den" in match[0].lower().split()
    if match["mark"] == "." and not sure:  # `fra 2.5` is a number
        return
    weekday = WEEKDAYS[match["weekday"].lower()] if match["weekday"] else None
    start = match.start() if sure else match.start("day")
    yield start, match.end(), Spec("day", int(match["month"]), int(match["day"]), weekday=weekday)


@_pattern(
    rf"(?<![\w/.,-]){CLOCK_HEAD}(?:(?P<weekday>{WEEKDAY})(?:en)?,?{GAP})?(?:den{GAP})?(?P<day>(?<![\d.,/:])\d{{1,2}})(?:\.|(?=[^\S\n]|[–-]\d))"
    rf"(?:[^\S\n]?(?P<joint>–|-|til(?:{GAP}og{GAP}med)?(?=[^\S\n])|og(?=[^\S\n])|eller(?=[^\S\n])|/)[^\S\n]?(?:den{GAP})?(?P<day2>\d{{1,2}})\.?)?"
    rf"(?:[^\S\n]{{0,2}}|{GAP})(?:(?P<month>{MONTH})(?!\w)|(?P<short>{SHORT_MONTH})(?:\.|(?!\w))(?={GAP}|[.,;)]|$)){YEAR_TAIL}{CLOCK_TAIL}"
)
def _day_month(match: re.Match[str]) -> Found:
    month = MONTHS[match["month"].lower()] if match["month"] else SHORT_MONTHS[match["short"].lower()]
    day, tail = int(match["day"]), _year_tail(match)
    weekday = WEEKDAYS[match["weekday"].lower()] if match["weekday"] else None
    if not match["day2"]:
        yield *match.span(), Spec("day", month, day, weekday=weekday, **tail)
        return
    last = int(match["day2"])
    if match["joint"].lower() in ("og", "eller") and last != day + 1:
        yield match.start(), match.end("day") + 1, Spec("day", month, day, **tail)
        yield match.start("day2"), match.end(), Spec("day", month, last, **tail)
    else:
        yield *match.span(), Spec("day", month, day, last, **tail)


@_pattern(rf"\bden{GAP}(?P<day>\d{{1,2}})\.?{GAP}(?:{CLOCK}|(?:i{GAP})?denne{GAP}(?:måneden|månaden)\b|ds\.)")
def _day_alone(match: re.Match[str]) -> Found:
    yield *match.span(), Spec("day of month", day=int(match["day"]))


@_pattern(rf"(?<!\w)(?P<nth>{ORDINAL}|siste){GAP}(?P<what>{WEEKDAY}|helg|helga|helgen|{WEEK}){GAP}i{GAP}(?P<month>{MONTH})(?!\w){YEAR_TAIL}")
def _nth_in_month(match: re.Match[str]) -> Found:
    what = match["what"].lower()
    weekday = WEEKDAYS.get(what, 5 if UNITS.get(what) == "weekend" else 0)
    nth = -1 if match["nth"].lower() == "siste" else _number(match["nth"])
    kind = "nth weekday" if what in WEEKDAYS else f"nth {UNITS[what]}"
    yield *match.span(), Spec(kind, MONTHS[match["month"].lower()], nth, weekday=weekday, **_year_tail(match))


@_pattern(rf"(?<![\w.-])(?P<nth>{ORDINAL}|siste){GAP}søndag{GAP}i{GAP}advent\b{YEAR_TAIL}")
def _advent(match: re.Match[str]) -> Found:
    nth = 4 if match["nth"].lower() == "siste" else _number(match["nth"])
    yield *match.span(), Spec("advent", nth, **_year_tail(match))


@_pattern(rf"(?<![\w-])(?P<month>{MONTH})(?![\w]|-(?-i:[a-zæøå]))(?:{GAP}(?:måned|månad)\b)?{YEAR_TAIL}")
def _month(match: re.Match[str]) -> Found:
    yield *match.span(), Spec("month", MONTHS[match["month"].lower()], **_year_tail(match))


@_pattern(rf"(?<![\w-])(?P<month>{SHORT_MONTH})\.?{GAP}(?P<year>{YEAR})")
def _short_month(match: re.Match[str]) -> Found:
    yield *match.span(), Spec("month", SHORT_MONTHS[match["month"].lower()], year=int(match["year"]))


@_pattern(rf"\b(?:månedsskiftet|månadsskiftet|skiftet){GAP}(?P<month>{MONTH})[^\S\n]?(?:/|-|–|og|til)[^\S\n]?(?P<next>{MONTH})(?!\w){YEAR_TAIL}")
def _turn_of_month(match: re.Match[str]) -> Found:
    yield *match.span(), Spec("turn of month", MONTHS[match["next"].lower()], **_year_tail(match))


@_pattern(
    rf"(?<![\w-]){CLOCK_HEAD}(?:(?P<shift>{SHIFT}){GAP})?(?P<weekday>{WEEKDAY})"
    rf"(?:(?P<definite>en)?(?P<genitive>s|ens)?|s(?P<joined>{_either(LEX['day_parts']['joined'])}))(?![\w]|-(?-i:[a-zæøå]))"
    rf"(?:{GAP}{DAY_PART}\b)?(?:{GAP}(?:i{GAP})?(?P<week_shift>{SHIFT}){GAP}{WEEK}\b)?{CLOCK_TAIL}"
)
def _weekday(match: re.Match[str]) -> Found:
    weekday = WEEKDAYS[match["weekday"].lower()]
    if match["week_shift"]:
        yield *match.span(), Spec("weekday", weekday, shift=SHIFTS[match["week_shift"].lower()], name="of week")
        return
    shift = SHIFTS[match["shift"].lower()] if match["shift"] else None
    yield *match.span(), Spec("weekday", weekday, shift=shift, name="definite" if match["definite"] and not match["genitive"] else "")


@_pattern(rf"(?<![\w-])(?:(?P<shift>{SHIFT}){GAP})?(?P<unit>{_either(w for w, u in UNITS.items() if u == 'weekend')})(?![\w-])")
def _weekend(match: re.Match[str]) -> Found:
    shift = SHIFTS[match["shift"].lower()] if match["shift"] else None
    definite = match["unit"].lower() not in ("helg", "helgs", "weekend")
    if shift is not None or definite:
        yield *match.span(), Spec("weekend", shift=shift, name="genitive" if match["unit"].lower().endswith("s") else "")


@_pattern(rf"(?<![\w-])(?:uke|veke)(?:{GAP}|-)(?:nr\.?{GAP}|nummer{GAP})?(?P<week>\d{{1,2}})(?![\d%]|[.,]\d)(?:[^\S\n]?[–-][^\S\n]?(?P<last>\d{{1,2}})(?!\d))?{YEAR_TAIL}")
def _week_number(match: re.Match[str]) -> Found:
    yield *match.span(), Spec("week number", int(match["week"]), last_day=int(match["last"] or 0), **_year_tail(match))


@_pattern(
    rf"(?<![\w-])(?:(?P<trailing>(?:den|det){GAP}siste|siste)|(?:(?:den|det){GAP})?(?P<shift>{SHIFT})){GAP}"
    rf"(?P<unit>{_either(w for w, u in UNITS.items() if u not in ('weekend', 'century'))})(?!\w)"
)
def _shifted_unit(match: re.Match[str]) -> Found:
    unit = UNITS[match["unit"].lower()]
    if match["trailing"]:
        alone = match["trailing"].lower() == "siste"
        if unit in ("week", "month", "year") or (unit in ("quarter", "half") and not alone) or match["unit"].lower().startswith("døgn"):
            yield *match.span(), Spec("trailing", name=unit)
        return
    if unit in ("week", "month", "year", "quarter", "decade"):
        yield *match.span(), Spec("unit", shift=SHIFTS[match["shift"].lower()], name=unit)


@_pattern(rf"(?<![\w-])(?P<unit>{_either(w for w, u in UNITS.items() if u in ('week', 'month', 'year', 'day'))})(?![\w-])(?!{GAP}(?:før|etter|som|da)\b)")
def _definite_unit(match: re.Match[str]) -> Found:
    """`slutten av året`, `i løpet av uka`: only with such words before it, see `_keep`."""
    yield *match.span(), Spec("unit", shift=0, name=UNITS[match["unit"].lower()], day=1)


@_pattern(
    rf"(?<![\w-])(?:(?P<before>i{GAP}fjor|i{GAP}forfjor|neste{GAP}års|fjorårets|årets|{SHIFT}){GAP})?(?P<season>{SEASON})(?![\w-])"
    rf"(?:{GAP}(?:(?P<years>[12]\d{{3}}[/–-](?:\d{{4}}|\d{{2}}))(?!\d)|(?P<year>{YEAR})|(?P<relative>{RELATIVE_YEAR})(?!\w)))?"
)
def _season(match: re.Match[str]) -> Found:
    season = LEX["seasons"][match["season"].lower()]
    fields = _year_tail(match)
    if match["years"]:
        fields = {"year": int(match["years"][:4]) + 1}
    if match["before"]:
        before = _key(match["before"])
        fields = {"shift": LEX["relative_years"][before]} if before in LEX["relative_years"] else {"name": f"shift {SHIFTS[before]}"}
    yield *match.span(), Spec("season", season, **fields)


@_pattern(rf"(?<![\w-])(?P<season>{_either(LEX['season_genitives'])})(?!\w)")
def _season_genitive(match: re.Match[str]) -> Found:
    yield *match.span(), Spec("season", LEX["season_genitives"][match["season"].lower()], name="genitive")


@_pattern(rf"(?<![\w-])(?:(?P<before>neste{GAP}års|fjorårets|årets|{SHIFT}){GAP})?(?P<holiday>{HOLIDAY})(?P<genitive>s|ens)?(?![\w-]){YEAR_TAIL}(?:/\d{{2,4}}\b)?{CLOCK_TAIL}")
def _holiday(match: re.Match[str]) -> Found:
    fields = _year_tail(match)
    if match["before"]:
        before = _key(match["before"])
        fields = {"shift": LEX["relative_years"][before]} if before in LEX["relative_years"] else {"shift": SHIFTS[before], "day": 1}
    fields.pop("name", None)
    yield *match.span(), Spec("holiday", name=_key(match["holiday"]), **fields)


@_pattern(rf"(?<![\w-])(?P<nth>{ORDINAL}|siste){GAP}(?P<unit>kvartal|kvartalet|halvår|halvåret)s?(?!\w){YEAR_TAIL}|\bQ(?P<q>[1-4])(?:{GAP}(?P<q_year>{YEAR}))?(?!\w)")
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


@_pattern(rf"(?<![\w.,-])(?:(?P<first>\d{{2}}|\d{{4}})(?:-?{GAP}?(?:og|eller|til|–){GAP}|[-–]))?(?P<decade>\d{{4}}|\d{{2}})[-–]?(?P<form>tallet|talet|tallets|talets|årene|årenes|åra|tals|talls)(?![\w-])")
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


@_pattern(rf"(?<![\w.-])(?P<decade>\d{{4}})-(?={GAP}(?:og|eller|til){GAP}(?:\w+{GAP}){{0,3}}\d{{2,4}}-(?:tallet|talet))")
def _decade_stump(match: re.Match[str]) -> Found:
    """`slutten av 1970- og begynnelsen av 1980-tallet`: the first of the two."""
    number = int(match["decade"])
    if number % 10 == 0:
        yield match.start(), match.end(), Spec("century" if number % 100 == 0 and number < 2000 else "decade", number)


@_pattern(rf"\b(?P<decade>{_either(LEX['decades'])})(?:-)?(?:tallet|talet|årene|åra|tallets)\b")
def _decade_in_words(match: re.Match[str]) -> Found:
    yield *match.span(), Spec("decade", LEX["decades"][match["decade"].lower()], name="" if "ta" in match[0].lower() else "years")


@_pattern(rf"\b(?P<century>{_either(LEX['centuries'])})(?:-)?(?:tallet|talet)\b")
def _century_in_words(match: re.Match[str]) -> Found:
    yield *match.span(), Spec("century", LEX["centuries"][match["century"].lower()])


@_pattern(rf"(?<![\w.-])(?:(?:det|dette|vårt){GAP})?(?P<nth>\d{{1,2}}\.|forrige|førre|vårt){GAP}(?:århundre|århundret|hundreår|hundreåret)s?\b")
def _nth_century(match: re.Match[str]) -> Found:
    nth = match["nth"].lower()
    if nth[:-1].isdigit():
        yield *match.span(), Spec("nth century", int(nth[:-1]))
    elif nth != "vårt":
        yield *match.span(), Spec("nth century", 20)


@_pattern(rf"(?<![\w-]){CLOCK_HEAD}(?P<day>{_either(LEX['relative_days'])})(?![\w-])(?!\.\d){DAY_TAIL}")
def _relative_day(match: re.Match[str]) -> Found:
    yield *match.span(), Spec("offset", LEX["relative_days"][_key(match["day"])], name=_key(match["day"]))


@_pattern(rf"(?<![\w-])(?P<event>dagens)(?!\w)")
def _of_today(match: re.Match[str]) -> Found:
    yield *match.span(), Spec("offset", 0, name="dagens")


@_pattern(rf"(?<![\w-])(?P<year>{_either(LEX['relative_years'])})(?!\w|{GAP}\d)")
def _relative_year(match: re.Match[str]) -> Found:
    yield *match.span(), Spec("year", shift=LEX["relative_years"][_key(match["year"])])


@_pattern(r"(?<![\w.,/:§$£€+=#&?-])(?P<year>[12]\d{3})(?:(?:[–/-]|[^\S\n][–-][^\S\n](?=\d\d[,.);]))(?P<until>\d{4}|\d{2}))?(?![\w%‰°$£€]|[-–]\d|[.,:/]\d|,-|\.–)")
def _year(match: re.Match[str]) -> Found:
    first = int(match["year"])
    if not match["until"]:
        yield *match.span(), Spec("year", year=first, name="bare")
        return
    until = int(match["until"])
    if until < 100:
        until += first // 100 * 100 + (100 if until <= first % 100 else 0)
    if first < until <= 2150:
        yield *match.span(), Spec("years", until, year=first)


@_pattern(r"(?<![\w.,/:-])(?P<year>(?:19|20)\d{2})-(?=(?-i:[a-zæøå]{4}))")
def _year_in_compound(match: re.Match[str]) -> Found:
    """`2013-valget`, `2019-budsjettet`."""
    yield match.start(), match.end() - 1, Spec("year", year=int(match["year"]), name="compound")


@_pattern(rf"(?<![\w-]){CLOCK}(?!\w)")
def _clock(match: re.Match[str]) -> Found:
    yield *match.span(), Spec("clock")


# --- what the clause around an expression says ------------------------------------------------------

CLAUSE_BREAK = re.compile(
    rf"[.!?](?=\s)|[;:\n|()«»\"“”]|,|[^\S\n][–-][^\S\n]|\b(?P<opener>{_either(LEX['tense']['clause_openers'])})\b", re.IGNORECASE
)
SENTENCE_BREAK = re.compile(r"[!?…][»\"”]?\s|(?<!\d)(?<!\bkl)(?<!\bnr)\.[»\"”]?\s+(?=[^a-zæøå])|\.[»\"”]?\s+(?=[A-ZÆØÅ–«])|[\n|]")
WORD = re.compile(r"[^\W\d_]+")
VERBS: dict[str, str] = {
    **dict.fromkeys(LEX["tense"]["past"], "past"),
    **dict.fromkeys(LEX["tense"]["modal_past"], "modal past"),
    **dict.fromkeys(LEX["tense"]["reporting"], "said"),
    **dict.fromkeys(LEX["tense"]["future"], "future"),
}
NOT_PAST = frozenset(LEX["tense"]["not_past"])
AUXILIARIES: dict[str, str] = LEX["tense"]["auxiliaries"]
ARTICLES = frozenset(LEX["tense"]["articles"])
MODALS = frozenset(LEX["tense"]["modals"])
INFINITIVE_MARKERS = MODALS | {"å", "skulle", "ville", "kunne", "måtte", "burde"}


class Clauses:
    """The clauses of a text with the tense of their verbs, from the tags or, without a tagger, from the lexicon."""

    def __init__(self, doc: Doc) -> None:
        self.doc, self.text = doc, doc.text
        self.tagged = doc.has_annotation("POS") and doc.has_annotation("MORPH")
        self.tokens = [token.idx for token in doc] if self.tagged else []
        verbs = list(_tagged_verbs(doc) if self.tagged else _listed_verbs(self.text))
        self.starts = [start for start, _ in verbs]
        self.tenses = [tense for _, tense in verbs]
        self.breaks: list[int] = [0]
        self.openers: dict[int, str] = {}
        for match in CLAUSE_BREAK.finditer(self.text):
            self.breaks.append(match.start() if match["opener"] else match.end())
            if match["opener"]:
                self.openers[match.start()] = match["opener"].lower()
        self.sentences = [0, *(match.end() for match in SENTENCE_BREAK.finditer(self.text))]

    def sentence(self, at: int) -> int:
        """The number of the sentence that holds the character."""
        return bisect_right(self.sentences, at) - 1

    def verb(self, start: int, end: int) -> tuple[str, str]:
        """The tense and form of the verb that an expression goes with.

        The tense is ``past``, ``future``, ``present``, ``said`` (a present of telling), ``state`` (`er pågrepet`) or nothing.
        The expression's own clause goes before the rest of the sentence, the verb before it goes before the one after it.
        """
        place = bisect_right(self.breaks, start) - 1
        first = self.breaks[place]
        last = self.breaks[place + 1] if place + 1 < len(self.breaks) else len(self.text)
        at = self._nearest(start, end, first, max(last, end))
        if at is None:
            number = self.sentence(start)
            stop = self.sentences[number + 1] if number + 1 < len(self.sentences) else len(self.text)
            at = self._nearest(start, end, self.sentences[number], stop)
        if at is None:
            return "", ""
        tense = self.tenses[at]
        if tense == "modal past":
            tense = "future" if self.openers.get(first) == "at" else "past"
        return tense, WORD.match(self.text, self.starts[at])[0].lower()  # type: ignore[index]

    def _nearest(self, start: int, end: int, first: int, last: int) -> int | None:
        left = bisect_left(self.starts, start) - 1
        right = bisect_left(self.starts, end)
        if left >= 0 and self.starts[left] >= first:
            return left
        return right if right < len(self.starts) and self.starts[right] < last else None

    def counted_after(self, end: int) -> bool:
        """Does a plural noun follow, so that a number before it counts (`2020 personer`)?"""
        first = bisect_left(self.tokens, end)
        for token in self.doc[first : first + 3] if self.tagged else ():
            if token.pos_ == "NOUN":
                return "Plur" in token.morph.get("Number", []) and "Ind" in token.morph.get("Definite", [])
            if token.pos_ != "ADJ":
                return False
        return False

    def noun_phrase_after(self, end: int) -> bool:
        """Does a noun or its adjective follow, so that `vår` before it means our?"""
        first = bisect_left(self.tokens, end)
        if self.tagged:
            return any(token.pos_ in ("NOUN", "ADJ", "PROPN", "NUM") for token in self.doc[first : first + 1])
        word = _word_after(self.text, end)
        return bool(word) and word.lower() not in LEX["after_spring"]["words"] and not _sense_of_word(word.lower())


def _tagged_verbs(doc: Doc) -> Iterator[tuple[int, str]]:
    for token in doc:
        if token.pos_ in ("VERB", "AUX") and (sense := _sense_of_token(token)):
            yield token.idx, sense


def _sense_of_token(token: Token) -> str:
    word = token.lower_
    listed = VERBS.get(word, "")
    tense = token.morph.get("Tense", [])
    if "Past" in tense:
        return "modal past" if listed == "modal past" else "past"
    if "Pres" not in tense:
        return ""
    window = token.doc[token.i + 1 : token.i + 8]
    following = next((t for t in window if t.pos_ in ("VERB", "AUX") or "Part" in t.morph.get("VerbForm", [])), None)
    if following is not None and word in AUXILIARIES and "Part" in following.morph.get("VerbForm", []):
        return AUXILIARIES[word]
    if following is not None and word in MODALS and following.lower_ == "ha":
        return "past"
    if word.endswith("s") and listed != "said":  # `møtes`, `avholdes`
        return "future"
    return listed or "present"


def _listed_verbs(text: str) -> Iterator[tuple[int, str]]:
    words = list(WORD.finditer(text))
    before = ""
    for i, match in enumerate(words):
        word = match[0].lower()
        sense = "" if before in INFINITIVE_MARKERS else _sense_of_word(word)
        if word in AUXILIARIES or word in MODALS:
            following = list(takewhile(lambda other: other not in ARTICLES, (o[0].lower() for o in words[i + 1 : i + 6])))
            if word in MODALS and "ha" in following[:3]:
                sense = "past"
            elif word in AUXILIARIES and any(_like_participle(other) for other in following):
                sense = AUXILIARIES[word]
        if sense:
            yield match.start(), sense
        before = word


def _like_participle(word: str) -> bool:
    return len(word) > 3 and word.endswith(("et", "tt", "dd", "gt", "mt", "nt", "pt", "rt", "lt", "d")) and word not in NOT_PAST


def _sense_of_word(word: str) -> str:
    if word in VERBS:
        return VERBS[word]
    if word in AUXILIARIES:
        return "present"
    if word.endswith(("te", "de")) and len(word) >= 4 and word not in NOT_PAST and not word.endswith(("ende", "ande", "ste")):
        return "past"
    if word.endswith("es") and len(word) > 4 and word not in NOT_PAST:
        return "future"
    return ""


# --- finding ----------------------------------------------------------------------------------------

PARTS: dict[str, str] = LEX["parts"]
BEFORE = re.compile(
    rf"(?<!\w)(?:(?P<night>{_either(LEX['night_to']['words'])})(?:{GAP}den)?|(?P<part>{_either(PARTS)})"
    rf"|(?P<within>(?:i{GAP})?{_either(LEX['within']['words'])})|(?P<preposition>{_either(LEX['prepositions']['words'])})|(?P<other>[\w.§]+)){GAP}$",
    re.IGNORECASE,
)
WORD_BEFORE = re.compile(r"(?P<word>[\w.§$£€]+)[^\S\n]{1,3}$")
WORD_AFTER = re.compile(r"[^\S\n]{1,3}(?P<word>[^\W\d][\w]*)")
REACH = 48  # characters looked at before an expression
SENTENCE_END = re.compile(r"[.!?:…|–«\"“”»\-•*](?:[^\S\n]|[«\"“»])*$")


def _word_before(text: str, start: int) -> str:
    match = WORD_BEFORE.search(text[max(0, start - REACH) : start])
    return match["word"].lower() if match else ""


def _word_after(text: str, end: int) -> str:
    match = WORD_AFTER.match(text, end, end + REACH)
    return match["word"] if match else ""


def _starts_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 8) : start]
    return start == 0 or not before.strip() or before.rstrip(" \t\xa0").endswith("\n") or SENTENCE_END.search(before) is not None


def _is_name(text: str, reading: Reading) -> bool:
    """A month or weekday written as a name (`Mars`, `August Strindberg`, `Fredag`)."""
    first = text[reading.start]
    if reading.spec.kind == "offset" and re.match(r"[Ii][^\S\n]Da", text[reading.start : reading.end]):
        return True  # the newspaper Dag og Tid
    kinds = ("month", "weekday", "season", "holiday", "weekend", "unit")
    if not first.isupper() or reading.spec.year is not None or not (reading.spec.kind in kinds or text.startswith("Årets", reading.start)):
        return False
    word = re.match(r"\w+", text[reading.start : reading.end])
    if word and word[0].isupper() and len(word[0]) > 1:
        return False
    if not _starts_sentence(text, reading.start):
        return True
    after = _word_after(text, reading.end)
    return reading.spec.kind == "month" and reading.spec.year is None and (not after or after[0].isupper())


def _year_allowed(text: str, reading: Reading, clauses: Clauses) -> bool:
    """Is this four-digit number used as a year?"""
    number = reading.spec.year or 0
    before, after = _word_before(text, reading.start), _word_after(text, reading.end).lower()
    if before in LEX["year_licence"]["amount"] or after in LEX["amounts"]["units"] or number > 2150:
        return False
    if re.search(r"\d[^\S\n]$", text[max(0, reading.start - 2) : reading.start]) and not re.search(r"(?<!\d)\d{4}[^\S\n]$", text[max(0, reading.start - 6) : reading.start]):
        return False
    if re.match(r"[^\S\n]\d", text[reading.end : reading.end + 2]) or clauses.counted_after(reading.end):
        return False
    if number < 1900 and _word_after(text, reading.end)[:1].isupper():  # `1177 Vårdguiden`, a postal code
        return False
    if before in LEX["year_licence"]["words"]:
        return number >= 1000
    if 1900 <= number <= 2099:
        return number % 100 != 0 or _in_brackets(text, reading) or AFTER_YEAR.search(text[max(0, reading.start - 14) : reading.start]) is not None
    return number >= 1400 and _in_brackets(text, reading)


AFTER_YEAR = re.compile(r"(?:\bår(?:et)?|(?<!\d)[12]\d{3}[^\S\n](?:og|til|eller|–|-))[^\S\n]$", re.IGNORECASE)


def _in_brackets(text: str, reading: Reading) -> bool:
    return text[reading.start - 1 : reading.start] == "(" and text[reading.end : reading.end + 1] in (")", "-", "–", ",", " ")


def _nowadays(text: str, reading: Reading, clauses: Clauses) -> bool:
    """`i dag` and `dagens` for the state of things, not for the day."""
    if reading.spec.name == "dagens":
        after = _word_after(text, reading.end)
        return not after or after[0].isupper() or not any(after == event or (len(event) > 4 and after.endswith(event)) for event in LEX["nowadays"]["day_events"])
    if reading.spec.name not in ("i dag", "idag") or text[reading.start : reading.end].lower() not in ("i dag", "idag"):
        return False
    before = _word_before(text, reading.start)
    if before in LEX["nowadays"]["before"]:
        return True
    tense, verb = clauses.verb(reading.start, reading.end)
    return tense == "present" and verb in LEX["nowadays"]["states"]


#: `en fredag`, `en god søndag`, `hver mandag, onsdag og`
INDEFINITE = re.compile(
    rf"\b(?:(?:en|ei|ein|et|per){GAP}(?:\w+{GAP})?|(?:hver|kvar|alle|annenhver|enhver){GAP}{WEEKDAY}(?:,{GAP}{WEEKDAY})*,?{GAP}(?:og|eller)?{GAP}?)$", re.IGNORECASE
)


def _habit(text: str, reading: Reading, before: str) -> bool:
    """`hver mandag`, `om sommeren`, `en fredag`: no one day."""
    kind = reading.spec.kind
    if kind in ("weekday", "weekend", "season", "month", "clock", "holiday", "unit") and before in ("hver", "hvert", "kvar", "kvart", "alle", "enhver", "annenhver"):
        return True
    if kind in ("weekday", "weekend") and INDEFINITE.search(text[max(0, reading.start - REACH) : reading.start]):
        return True
    if kind == "weekday" and reading.spec.name == "definite":
        return before in ("om", "på", "den") or _word_after(text, reading.end).lower() in ("før", "etter")
    return False


def _keep(text: str, reading: Reading, match: re.Match[str] | None, clauses: Clauses) -> bool:
    """Does the expression point to one stretch of calendar time, judged by the words around it?"""
    spec = reading.spec
    groups = match.groupdict() if match else {}
    before = _key(groups.get("preposition") or groups.get("other") or "")
    if _is_name(text, reading) or _habit(text, reading, before):
        return False
    if spec.kind == "offset":
        return not _nowadays(text, reading, clauses)
    if spec.kind in ("year", "years") and spec.year is not None and spec.name != "compound":
        return _year_allowed(text, reading, clauses)
    if spec.name == "compound":
        return _word_after(text[: reading.end] + " " + text[reading.end + 1 : reading.end + REACH], reading.end).lower() not in LEX["amounts"]["units"]
    if spec.kind == "season":
        return _season_allowed(text, reading, groups, clauses)
    if spec.kind == "holiday":
        return spec.year is not None or spec.shift is not None or not text[reading.start : reading.end].lower().startswith("jul") or bool(
            groups.get("preposition") or groups.get("within") or text[reading.start : reading.end].lower() not in ("jul", "jula", "julen")
        )
    if spec.kind == "unit" and spec.day:
        return _unit_allowed(text, reading, groups)
    if spec.kind == "weekend" and spec.shift is None:
        return bool(spec.name or groups.get("preposition") not in (None, "om", "på") or groups.get("within"))
    if spec.kind == "decade" and spec.name == "years" and spec.number < 100:
        return not _age(text, reading, before)
    return True


def _age(text: str, reading: Reading, before: str) -> bool:
    """`en mann i 60-årene` is an age; `I 60-årene …` and `fra 30-årene` a decade."""
    if not before.endswith(("i", "midt", "av")):
        return False
    return not re.search(r"(?:^|[.!?–\n]\s?)I[^\S\n]$", text[max(0, reading.start - 5) : reading.start])


def _season_allowed(text: str, reading: Reading, groups: dict[str, Any], clauses: Clauses) -> bool:
    spec = reading.spec
    if spec.name or spec.year is not None or spec.shift is not None:
        return True
    word = text[reading.start : reading.end].lower()
    preposition = _key(groups.get("preposition") or "")
    if word == "vår" and preposition == "i":  # `i vår familie`
        return not clauses.noun_phrase_after(reading.end)
    if word.endswith(("en", "n")) and word != "haust":
        return bool(groups.get("part") or groups.get("within")) or preposition == "til"
    return preposition == "i" or bool(groups.get("part")) or _key(groups.get("within") or "").endswith(" i")


def _unit_allowed(text: str, reading: Reading, groups: dict[str, Any]) -> bool:
    word = text[reading.start : reading.end].lower()
    if not word.endswith(("a", "en", "et")) or word.endswith("års"):
        return False
    within = _key(groups.get("within") or "")
    if word in ("dagen", "døgnet"):
        return within.endswith("løpet av")
    if groups.get("part") and not _key(groups["part"]).startswith("midt"):
        return True
    if within in ("til", "før", "etter", "over", "gjennom", "siden", "sidan", "hele", "heile", "utover", ""):
        return False
    return True


def _found(text: str, clauses: Clauses) -> list[Reading]:
    """All expressions in the order of the text, of overlapping ones the longest."""
    readings: list[Reading] = []
    for pattern, reader in PATTERNS:
        for match in pattern.finditer(text):
            for start, end, spec in reader(match):
                reading = _with_words_before(text, Reading(start, end, spec), clauses)
                if reading is not None:
                    readings.append(reading)
    readings.sort(key=lambda reading: (reading.start, -reading.end))
    kept: list[Reading] = []
    for reading in readings:
        if kept and reading.start < kept[-1].end:
            if reading.end - reading.start > kept[-1].end - kept[-1].start:
                kept[-1] = reading
            continue
        kept.append(reading)
    return kept


def _with_words_before(text: str, reading: Reading, clauses: Clauses) -> Reading | None:
    """Take in `slutten av`, `natt til`, `i` … before an expression; None if it turns out to be no date."""
    window = max(0, reading.start - REACH)
    match = BEFORE.search(text[window : reading.start])
    if not _keep(text, reading, match, clauses):
        return None
    if match is None or match["other"]:
        return reading
    start = window + match.start()
    if match["part"]:
        if reading.spec.kind in ("weekday", "day", "offset", "clock", "day of month") or _key(match["part"]) in ("tidlig", "tidleg"):
            return reading
        return replace(reading, start=start, spec=reading.spec._replace(part=PARTS[_key(match["part"])]))
    if match["night"]:
        return replace(reading, start=start) if reading.spec.kind in ("weekday", "day", "offset", "holiday") else reading
    if match["within"]:
        within = _key(match["within"])
        return replace(reading, start=start) if within.startswith("i ") and within.endswith("av") else replace(reading, preposition=within)
    preposition = _key(match["preposition"])
    takes = {"i": reading.spec.kind != "day", "på": reading.spec.kind in ("weekday", "decade", "century"), "til": reading.spec.kind in ("season", "weekend", "holiday"), "om": False}
    if takes[preposition]:
        return replace(reading, start=start, preposition=preposition)
    return replace(reading, preposition=preposition)


# --- joining ----------------------------------------------------------------------------------------

JOINT = re.compile(r"[^\S\n]?(?P<joint>til og med|til|t\.o\.m\.|–|-|/|og)(?:[^\S\n](?:den|i|med))?[^\S\n]?", re.IGNORECASE)
OPENER = re.compile(r"(?<!\w)(?P<opener>fra|frå|mellom)(?:[^\S\n](?:den|årene|åra|perioden))?[^\S\n]$", re.IGNORECASE)
SAME_GRAIN = [{"day", "weekday", "offset", "holiday", "day of month"}, {"month", "season"}, {"year"}, {"decade", "century"}, {"clock"}]


def _joined(text: str, readings: list[Reading]) -> list[Reading]:
    """Neighbours with `til`, a dash, or `mellom … og` between them become one interval."""
    joined: list[Reading] = []
    for reading in readings:
        previous = joined[-1] if joined else None
        if previous is not None and previous.until is None and (interval := _interval(text, previous, reading)):
            joined[-1] = interval
        else:
            joined.append(reading)
    return joined


def _interval(text: str, first: Reading, second: Reading) -> Reading | None:
    if second.start - first.end > 12:
        # `til` may have been taken into the second expression
        return None
    begin = second.start
    between = text[first.end : begin]
    if not between.strip() and second.preposition == "til":
        between += "til"
    match = JOINT.fullmatch(between)
    if match is None or not _same_grain(first.spec, second.spec):
        return None
    window = max(0, first.start - 20)
    opener = OPENER.search(text[window : first.start])
    joint = match["joint"].lower()
    if joint == "og" and not (opener and opener["opener"].lower() == "mellom"):
        return None
    if joint == "/" and first.spec.kind != "month":
        return None
    start = window + opener.start() if opener else first.start
    return Reading(start, second.end, first.spec, second.spec, first.preposition)


def _same_grain(first: Spec, second: Spec) -> bool:
    if second.kind == "offset" and second.number == 0 and first.kind in ("year", "month", "day", "weekday"):
        return True
    return any(first.kind in grain and second.kind in grain for grain in SAME_GRAIN)


# --- placing ----------------------------------------------------------------------------------------

# Days. Beyond this a bare month would have been given its year, if something nearer fits.
FAR_BEHIND, FAR_AHEAD = 305, 240
NEAR = 75


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1) if (year, month) != (9999, 12) else date.max


def _months(year: int, first: int, count: int) -> Period:
    last = first + count - 1
    return Period(date(year, first, 1), _month_end(year + (last - 1) // 12, (last - 1) % 12 + 1))


def _week(day: date) -> Period:
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + timedelta(days=6))


def _iso_week(year: int, week: int, last: int = 0) -> Period:
    return Period(date.fromisocalendar(year, week, 1), date.fromisocalendar(year, last or week, 7))


def _in_year(spec: Spec, year: int) -> Period | None:
    """What comes back every year, in one year; None for a day that the year lacks (29 February)."""
    try:
        return RECURRING[spec.kind](spec, year)
    except ValueError:
        return None


def _day_in_year(spec: Spec, year: int) -> Period:
    first = date(year, spec.number, spec.day)
    return Period(first, first.replace(day=spec.last_day) if spec.last_day else first)


def _season_in_year(spec: Spec, year: int) -> Period:
    return _months(year - 1, 12, 3) if spec.number == 12 else _months(year, spec.number, 3)


def _holiday_in_year(spec: Spec, year: int) -> Period:
    if spec.name in LEX["easter_holidays"]:
        first, last = LEX["easter_holidays"][spec.name]
        sunday = easter(year)
        return Period(sunday + timedelta(days=first), sunday + timedelta(days=last))
    month, first, last = LEX["fixed_holidays"][spec.name]
    return Period(date(year, month, first), date(year, month, last) if last >= first else date(year + 1, 1, last))


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
        return Period(month.first + timedelta(days=7 * (spec.day - 1)), month.first + timedelta(days=7 * spec.day - 1))
    return Period(day, day + timedelta(days=1 if spec.kind == "nth weekend" else 0))


def _advent_sunday(spec: Spec, year: int) -> Period:
    christmas = date(year, 12, 25)
    fourth = christmas - timedelta(days=christmas.weekday() + 1)
    day = fourth - timedelta(days=7 * (4 - spec.number))
    return Period(day, day)


RECURRING: dict[str, Callable[[Spec, int], Period]] = {
    "day": _day_in_year,
    "month": lambda spec, year: _months(year, spec.number, 1),
    "turn of month": lambda spec, year: Period(date(year, spec.number, 1) - timedelta(days=1), date(year, spec.number, 1)),
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
    periods = [period for year in years if (period := _in_year(spec, year))]
    if spec.weekday is not None and spec.kind == "day":
        periods = [period for period in periods if period.first.weekday() == spec.weekday] or periods
    if not periods:
        return None
    nearest = min(periods, key=lambda period: (_distance(period, anchor), period.first > anchor))
    behind = [period for period in periods if period.first <= anchor]
    ahead = [period for period in periods if period.last >= anchor]
    if direction == "past" and behind and ((anchor - behind[-1].last).days <= FAR_BEHIND or _distance(nearest, anchor) > NEAR):
        return behind[-1]
    if direction == "future" and ahead and ((ahead[0].first - anchor).days <= FAR_AHEAD or _distance(nearest, anchor) > NEAR):
        return ahead[0]
    return nearest


def _recurring(spec: Spec, anchor: date | None, direction: str) -> Period | None:
    if spec.year is not None:
        return _in_year(spec, spec.year)
    if anchor is None:
        return None
    if spec.kind == "season" and spec.name.startswith("shift"):
        return _shifted_season(spec, anchor, int(spec.name.split()[1]))
    if spec.kind == "holiday" and spec.day:  # `forrige jul`, `neste påske`
        direction, strict = ("past", -1) if (spec.shift or 0) < 0 else ("future", 1)
        return _choose(spec, anchor + timedelta(days=3 * strict), direction)
    if spec.shift is not None:
        return _in_year(spec, anchor.year + spec.shift)
    return _choose(spec, anchor, direction)


def _shifted_season(spec: Spec, anchor: date, shift: int) -> Period | None:
    """`denne sommeren` is the nearest, `forrige` and `neste` the ones that have ended or not begun."""
    periods = [period for year in range(anchor.year - 2, anchor.year + 3) if (period := _in_year(spec, year))]
    if shift < 0:
        return [period for period in periods if period.last < anchor][-1]
    if shift > 0:
        # `neste sommer` said in spring means the next year's only if this year's is `i sommer`
        return [period for period in periods if period.first > anchor][0]
    return min(periods, key=lambda period: _distance(period, anchor))


def _weekday_on(spec: Spec, anchor: date, direction: str) -> Period:
    if spec.name == "of week":
        day = _week(anchor).first + timedelta(days=spec.number + 7 * (spec.shift or 0))
        return Period(day, day)
    back, ahead = (anchor.weekday() - spec.number) % 7, (spec.number - anchor.weekday()) % 7
    if spec.shift is not None and spec.shift < 0:
        day = anchor - timedelta(days=back or 7)
    elif spec.shift is not None and spec.shift > 0 or direction == "strictly future":
        day = anchor + timedelta(days=ahead or 7)
    elif direction == "future":
        day = anchor + timedelta(days=ahead)
    else:
        day = anchor - timedelta(days=back)
    return Period(day, day)


def _weekend_on(spec: Spec, anchor: date, direction: str) -> Period:
    saturday = _week(anchor).first + timedelta(days=5)
    if spec.shift is not None:
        if spec.shift < 0:
            saturday -= timedelta(days=7)
        elif spec.shift > 0 and anchor >= saturday:
            saturday += timedelta(days=7)
        elif spec.shift > 0 and anchor.weekday() < 2 and spec.name == "next":
            saturday += timedelta(days=7)
    elif direction in ("past", "said", "") and anchor < saturday:
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
    step = {"day": relativedelta(days=1), "week": relativedelta(days=7), "month": relativedelta(months=1), "year": relativedelta(years=1), "quarter": relativedelta(months=3), "half": relativedelta(months=6)}[spec.name]
    return Period(anchor - step, anchor)


def _decade_on(spec: Spec, anchor: date | None) -> Period:
    first = spec.number
    if first < 100:  # `20-tallet`: the latest such decade that had begun, but 1920 to 1999 where that is the usual reading
        first += 2000 if first <= 10 and anchor is not None and anchor.year >= 2000 + first else 1900
    begin = spec.last_day or first
    if begin < 100:
        begin += first // 100 * 100
    return Period(date(begin, 1, 1), date(first + (99 if spec.kind == "century" else 9), 12, 31))


def _resolve(spec: Spec, anchor: date | None, direction: str) -> Period | None:
    """Place one reading on the calendar; None where that can't be done."""
    try:
        period = _resolve_whole(spec, anchor, direction)
        return _part(period, spec.part, spec.kind) if period and spec.part else period
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
    if spec.kind == "weekday":
        return _weekday_on(spec, anchor, direction)
    if spec.kind == "weekend":
        return _weekend_on(spec, anchor, direction)
    if spec.kind == "unit":
        return _unit_on(spec, anchor)
    if spec.kind == "trailing":
        return _trailing(spec, anchor)
    return None


def _part(period: Period, part: str, kind: str) -> Period:
    """`begynnelsen`, `midten`, `slutten` of a month (ten days), a decade (three years) and so on."""
    first, last = period
    if part == "first_day":
        return Period(first, first)
    if part == "last_day":
        return Period(last, last)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if part in ("first_half", "second_half"):
        middle = first + (date(first.year, 1, 16) - date(first.year, 1, 1)) if months == 1 else first + relativedelta(months=months // 2)
        return Period(first, middle - timedelta(days=1)) if part == "first_half" else Period(middle, last)
    if months == 1 and first.day == 1:
        begin, end = first + timedelta(days=9), first + timedelta(days=20)
    elif months >= 3:
        share = {3: 1, 12: 3}.get(months, months * 3 // 10)
        begin, end = first + relativedelta(months=share) - timedelta(days=1), first + relativedelta(months=months - share)
    else:
        third = max((last - first).days // 3, 1)
        begin, end = first + timedelta(days=third - 1), last - timedelta(days=third - 1)
    return {"begin": Period(first, begin), "end": Period(end, last), "middle": Period(begin + timedelta(days=1), end - timedelta(days=1))}[part]


PRECISION = {
    "weekday": "day", "offset": "day", "clock": "day", "nth weekday": "day", "advent": "day", "week number": "week", "nth week": "week",
    "nth weekend": "weekend", "years": "interval", "nth century": "century", "turn of month": "interval", "trailing": "interval", "half": "half_year",
}  # fmt: skip


def _precision(spec: Spec, period: Period) -> str:
    if period.first == period.last:
        return "day"
    if spec.kind in ("day", "holiday"):
        return "interval"
    name = spec.name if spec.kind == "unit" else PRECISION.get(spec.kind, spec.kind)
    return f"part_of_{name}" if spec.part else name


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
        if spec.kind not in ("day", "month", "season", "holiday", "half", "quarter") or spec.year is not None or spec.shift is not None:
            return spec
        if self.year is None or direction == "future" or spec.name.startswith("shift") or spec.name == "genitive":
            return spec
        narrow = (self.year.last - self.year.first).days < 100
        near = sentence == self.year_sentence or (narrow and direction == "past" and sentence == self.year_sentence + 1)
        if not near or (published and self.year.last.year >= published.year):
            return spec
        after = [p.first.year for y in (self.year.first.year, self.year.first.year + 1) if (p := _in_year(spec, y)) and p.last >= self.year.first]
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
        readings = _joined(text, _found(text, clauses))
        doc._.dates = list(self._placed(text, readings, clauses, Anchor.of(doc._.published)))
        return doc

    def _placed(self, text: str, readings: list[Reading], clauses: Clauses, anchor: Anchor) -> Iterator[DateExpression]:
        context, memory = Context(), {}
        lowered = text.lower() if any(reading.spec.kind == "day" for reading in readings) else ""
        for place, reading in enumerate(readings):
            sentence = clauses.sentence(reading.start)
            direction = _direction(text, reading, clauses)
            spec = _known_day(reading.spec, lowered)
            if spec.kind == "day of month":
                spec = _with_month(spec, place, readings, context)
            if spec.kind == "clock" and context.day is not None and sentence - context.day_sentence <= 1:
                periods = [context.day]
            else:
                spec = context.inherit(spec, sentence, direction, anchor.days[-1] if anchor.days else None)
                key = (spec, reading.until, direction)
                if key not in memory:
                    memory[key] = _periods(spec, reading.until, direction, anchor)
                periods = memory[key]
            if not periods:
                continue
            if len(periods) == 1:
                self._remember(context, spec, periods[0], sentence)
            yield _expression(text, reading, spec, periods)

    def _remember(self, context: Context, spec: Spec, period: Period, sentence: int) -> None:
        if spec.year is not None and spec.kind in ("year", "month", "day", "season"):
            context.year, context.year_sentence = period, sentence
        if period.first == period.last:
            context.day, context.day_sentence = period, sentence


def _direction(text: str, reading: Reading, clauses: Clauses) -> str:
    """Behind or ahead of the anchor: from prepositions first, then from the tense of the clause."""
    sense, _ = clauses.verb(reading.start, reading.end)
    before = reading.preposition or _word_before(text, reading.start)
    if reading.spec.kind == "weekday" and before == "på" and sense in ("future", "present"):
        return "strictly future"
    if before in ("siden", "sidan"):
        return "past"
    if before in ("etter",) and sense != "future":
        return "past"
    if before in ("innen", "til", "inntil", "fram til", "frem til") and sense in ("present", "said", "future", "state", ""):
        return "future"
    if sense in ("said", "") and reading.spec.kind in ("weekday", "weekend"):
        return "past"
    if sense == "state":  # `er pågrepet mandag`, but `er stengt fra mandag`
        sense = "future" if before in ("fra", "frå", "til") or text.startswith(("fra ", "frå "), reading.start) else "past"
    if sense == "present":
        return "future" if reading.spec.kind in ("weekday", "weekend") else "near"
    return sense or "near"


def _known_day(spec: Spec, lowered: str) -> Spec:
    """`22. juli` in a text about the terror is the day in 2011."""
    if spec.kind != "day" or spec.year is not None or spec.shift is not None or spec.weekday is not None or spec.last_day:
        return spec
    for known in LEX["known_days"]:
        if (known["day"], known["month"]) == (spec.day, spec.number) and any(word in lowered for word in known["words"]):
            return spec._replace(year=known["year"])
    return spec


def _with_month(spec: Spec, place: int, readings: list[Reading], context: Context) -> Spec:
    """`den 22. klokka tre`: the month of the nearest full date before or after it."""
    reading = readings[place]
    after = next((r.spec for r in readings[place + 1 : place + 3] if r.spec.kind == "day" and r.start - reading.end < 300), None)
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
        return _resolve(spec, anchor, direction)
    if until.year is not None and spec.year is None and spec.kind in RECURRING:
        last = _resolve(until, anchor, direction)
        first = _resolve(spec._replace(year=until.year), anchor, direction)
        if first and last and first.first > last.first:
            first = _resolve(spec._replace(year=until.year - 1), anchor, direction)
    elif spec.year is not None and until.year is None and until.kind in RECURRING:
        first = _resolve(spec, anchor, direction)
        last = _resolve(until._replace(year=spec.year), anchor, direction)
        if first and last and last.last < first.first:
            last = _resolve(until._replace(year=spec.year + 1), anchor, direction)
    else:
        first, last = _resolve(spec, anchor, direction), _resolve(until, anchor, direction)
        if first and last and last.last < first.first and anchor is not None:
            first, last = _in_order(spec, until, first, last, direction)
    if first is None or last is None or first.first > last.last:
        return None
    return Period(first.first, last.last)


def _in_order(spec: Spec, until: Spec, first: Period, last: Period, direction: str) -> tuple[Period | None, Period | None]:
    """Make `mandag til onsdag` run forward: in the past the end decides, ahead the beginning."""
    if direction == "past":
        return _resolve(spec, last.first, "past"), last
    return first, _resolve(until, first.last, "future")


def _expression(text: str, reading: Reading, spec: Spec, periods: list[Period]) -> DateExpression:
    first, last = min(period.first for period in periods), max(period.last for period in periods)
    days = all(period.first == period.last for period in periods)
    precision = "interval" if reading.until is not None and periods[0].first != periods[0].last else _precision(spec, periods[0])
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
    """Make the component that sets ``doc._.dates``."""
    return DateExtractor()
