"""Where a text speaks of time: expressions found by their patterns, kept or dropped by the words around them."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from depesje.clauses import REACH, Clauses, starts_sentence, word_after, word_before
from depesje.date_patterns import GAP, PATTERNS, WEEKDAY, Reader, Spec, either, key, stem
from depesje.lexicon import load

LEX = load("dates")


@dataclass(slots=True)
class Reading:
    """An expression found in the text; ``until`` is the far end of an interval."""

    start: int
    end: int
    spec: Spec
    until: Spec | None = None
    preposition: str = ""


WORD = re.compile(r"\w+")
SPACED = re.compile(r"\S+")
PARTS: dict[str, str] = LEX["parts"]
#: What may stand before an expression and belong to it, by its words.
PHRASES: dict[str, str] = {
    **dict.fromkeys(LEX["within"]["words"], "within"),
    **dict.fromkeys([f"i {words}" for words in LEX["within"]["words"]], "within"),
    **dict.fromkeys(LEX["prepositions"]["words"], "preposition"),
    **dict.fromkeys(PARTS, "part"),
    **dict.fromkeys(LEX["night_to"]["words"], "night"),
    **dict.fromkeys([f"{words} den" for words in LEX["night_to"]["words"]], "night"),
}
LONGEST_PHRASE = max(len(words.split()) for words in PHRASES)
OPENING = "([{«\"“'–-"


class Setting:
    """An expression with what stands around it: what decides whether it points to one stretch of time."""

    def __init__(self, text: str, reading: Reading, clauses: Clauses) -> None:
        self.text, self.reading, self.clauses = text, reading, clauses
        self.spec = reading.spec
        self.words = key(text[reading.start : reading.end])
        self.left = text[max(0, reading.start - REACH) : reading.start]
        self.preposition = self.part = self.within = ""
        self.night = False
        self.start = reading.start  # of the words before that belong to it
        self._read_left()
        self.before = word_before(text, reading.start)
        self.after = word_after(text, reading.end)

    def _read_left(self) -> None:
        """Find the longest phrase that ends just before the expression."""
        if not self.left or self.left[-1] not in " \t\xa0\n":
            return
        line = self.left.rstrip(" \t\xa0")
        line = line[line.rfind("\n", 0, -1) + 1 :]  # not beyond the line, but a line may be broken before it
        offset = len(self.left.rstrip(" \t\xa0")) - len(line)
        spans = [match.span() for match in SPACED.finditer(line)][-LONGEST_PHRASE:]
        for start, _ in spans:
            words = line[start:]
            phrase = key(words.strip().lstrip(OPENING))
            if phrase in PHRASES:
                setattr(self, PHRASES[phrase], True if PHRASES[phrase] == "night" else phrase)
                inset = len(words) - len(words.lstrip(OPENING))
                self.start = self.reading.start - len(self.left) + offset + start + inset
                return

    def starts_sentence(self) -> bool:
        return starts_sentence(self.text, self.reading.start)


def find(text: str, clauses: Clauses) -> list[Reading]:
    """Find all expressions of calendar time.

    Parameters
    ----------
    text
        The text as given.
    clauses
        The clauses of the same text.

    Returns
    -------
    list of Reading
        In the order of the text; of overlapping ones the longest, neighbours joined to intervals.
    """
    readings = []
    resume: dict[Reader, int] = {}
    for word in WORD.finditer(text):
        for pattern, reader in PATTERNS.get(stem(word[0]), ()):
            if resume.get(reader, 0) > word.start() or not (match := pattern.match(text, word.start())):
                continue
            resume[reader] = match.end()
            for start, end, spec in reader(match):
                if kept := _kept(Setting(text, Reading(start, end, spec), clauses)):
                    readings.append(kept)
    readings.sort(key=lambda reading: (reading.start, -reading.end))
    return _joined(text, _with_year_of_next(text, _longest(readings)))


def _longest(readings: list[Reading]) -> list[Reading]:
    kept: list[Reading] = []
    for reading in readings:
        if not kept or reading.start >= kept[-1].end:
            kept.append(reading)
        elif reading.end - reading.start > kept[-1].end - kept[-1].start:
            kept[-1] = reading
    return kept


def _kept(setting: Setting) -> Reading | None:
    """The reading with `slutten av`, `natt til`, `i` … before it taken in, or None if it is no date."""
    if _is_name(setting) or _is_habit(setting) or not TESTS.get(setting.spec.kind, _always)(setting):
        return None
    reading, spec, start = setting.reading, setting.spec, setting.start
    if setting.part and spec.kind not in DAY_KINDS and setting.part not in ("tidlig", "tidleg"):
        return replace(reading, start=start, spec=spec._replace(part=PARTS[setting.part]))
    if setting.night and spec.kind in DAY_KINDS:
        return replace(reading, start=start)
    if setting.within:
        if setting.within.endswith(" i"):  # `tidligere i sommer`
            start = reading.start - len(setting.left) + setting.left.rstrip().lower().rindex("i")
        elif not (setting.within.startswith("i ") and setting.within.endswith("av")):
            start = reading.start
        return replace(reading, start=start, preposition=setting.within)
    if spec.kind in PREPOSITIONS.get(setting.preposition, ()):
        return replace(reading, start=start, preposition=setting.preposition)
    return replace(reading, preposition=setting.preposition)


DAY_KINDS = ("weekday", "day", "offset", "clock", "day of month", "holiday")
#: The kinds of expression whose preposition is part of the span.
PREPOSITIONS: dict[str, tuple[str, ...]] = {
    "i": (
        *("month", "year", "years", "season", "shifted season", "quarter", "half", "unit", "definite unit"),
        *("trailing", "weekend", "week number", "holiday", "decade", "century", "nth century"),
    ),
    "på": ("weekday", "decade", "century"),
    "til": ("season", "weekend", "holiday"),
}


# --- names and habits -----------------------------------------------------------------------------

#: `en fredag`, `en god søndag`, `hver mandag, onsdag og`
INDEFINITE = re.compile(
    rf"\b(?:(?:en|ei|ein|et|per){GAP}(?P<between>\w+{GAP})?"
    rf"|{either(LEX['habit']['every'])}{GAP}{WEEKDAY}(?:,{GAP}{WEEKDAY})*,?{GAP}(?:og|eller)?{GAP}?)$",
    re.IGNORECASE,
)
HABIT_WORDS = re.compile(r"\b(?:en|ei|ein|et|per|hver|kvar|alle|annenhver|enhver)\b", re.IGNORECASE)
NAMELIKE = ("month", "weekday", "season", "holiday", "weekend", "unit")


def _is_name(setting: Setting) -> bool:
    """A month or weekday written as a name (`Mars`, `August Strindberg`, `Fredag`, `i Dag og Tid`)."""
    reading, spec = setting.reading, setting.spec
    written = setting.text[reading.start : reading.end]
    if spec.kind == "offset":
        return re.match(r"[Ii][^\S\n]Da", written) is not None or (
            written[0].isupper() and setting.after[:1].isupper() and not setting.starts_sentence()
        )
    if not written[0].isupper() or spec.year is not None:
        return False
    if spec.kind not in NAMELIKE and not written.startswith("Årets"):
        return False
    word = re.match(r"\w+", written)
    if word and len(word[0]) > 1 and word[0].isupper():  # a headline in capitals
        return False
    if not setting.starts_sentence():
        return True
    return spec.kind == "month" and (not setting.after or setting.after[0].isupper())


def _is_habit(setting: Setting) -> bool:
    """`hver mandag`, `om sommeren`, `en fredag`: no one day."""
    kind = setting.spec.kind
    if setting.before in LEX["habit"]["every"]:
        return kind in (*NAMELIKE, "clock")
    if kind in ("weekday", "weekend") and HABIT_WORDS.search(setting.left):
        match = INDEFINITE.search(setting.left)
        if match and (not match["between"] or setting.clauses.adjective_before(setting.reading.start)):
            return True
    if kind == "weekday" and setting.spec.name == "definite":
        return setting.before in ("om", "på", "den") or setting.after.lower() in ("før", "etter")
    return False


# --- one test for each kind that needs one ----------------------------------------------------------


def _always(setting: Setting) -> bool:
    return True


def _offset_is_day(setting: Setting) -> bool:
    """`i dag` and `dagens` for the day, not for the state of things."""
    nowadays = LEX["nowadays"]
    if setting.spec.name == "dagens":
        after = setting.after
        return bool(after) and after[0].islower() and any(
            after == event or (len(event) > 4 and after.endswith(event)) for event in nowadays["day_events"]
        )  # fmt: skip
    if setting.words not in ("i dag", "idag"):
        return True
    if setting.before in nowadays["before"]:
        return False
    tense, verb = setting.clauses.verb(setting.reading.start, setting.reading.end)
    return not (tense in ("present", "future") and verb in nowadays["states"])


NUMBER_BEFORE = re.compile(r"\d[^\S\n]$")
YEAR_BEFORE = re.compile(r"(?<!\d)\d{4}[^\S\n]$")
AFTER_YEAR = re.compile(r"(?:\bår(?:et)?|(?<!\d)[12]\d{3}[^\S\n](?:og|til|eller|–|-))[^\S\n]$", re.IGNORECASE)


def _number_is_year(setting: Setting) -> bool:
    """Is a four-digit number used as a year?"""
    if setting.spec.year is None:
        return True
    number, end = setting.spec.year, setting.reading.end
    if setting.spec.name == "compound":
        compound = re.match(r"-(\w+)", setting.text[end : end + REACH])
        return compound is not None and not compound[1].lower().startswith(NOT_OF_A_YEAR)
    if number > 2150 or _counts(setting, end) or NUMBER_AFTER.match(setting.text, end):
        return False
    if NUMBER_BEFORE.search(setting.left) and not YEAR_BEFORE.search(setting.left):
        return False
    if setting.left.endswith(("«", "“")) and setting.text[end : end + 1] in tuple("»”"):  # a book or a film
        return False
    if number < 1900 and setting.after[:1].isupper():  # `1177 Vårdguiden`, a postal code
        return False
    if setting.clauses.in_name(setting.reading.start):  # `Agenda 2010`
        return False
    if setting.before in LEX["year_licence"]["amount"]:
        return False
    if (
        setting.before in LEX["year_licence"]["hedges"]
    ):  # `rundt 1985` and `tida rundt 1900`, but `rundt 1500 stilte opp`
        return (number >= 1900 and number % 50 != 0) or TIME_BEFORE.search(setting.left) is not None
    if setting.before in LEX["year_licence"]["words"] or setting.before.endswith(YEAR_NOUNS):
        return True
    bracketed = setting.left.endswith("(") and setting.text[end : end + 1] in tuple(")-–, ")
    if bracketed or AFTER_YEAR.search(setting.left) is not None:
        return number >= 1400
    return number >= 1900 and number % 100 != 0


def _counts(setting: Setting, end: int) -> bool:
    """Does a number count what follows, alone or as the first of two (`mellom 1100 og 1200 kroner`)?"""
    second = SECOND_NUMBER.match(setting.text, end)
    if second and not NUMBER_AFTER.match(setting.text, second.end()):
        end = second.end()
    return word_after(setting.text, end).lower() in AMOUNTS or setting.clauses.counted_after(end)


AMOUNTS = frozenset(LEX["amounts"]["units"])
YEAR_NOUNS = tuple(LEX["year_licence"]["nouns"])
NUMBER_AFTER = re.compile(r"[^\S\n]\d{3}(?!\d)")
SECOND_NUMBER = re.compile(r"[^\S\n]?(?:og|til|eller|–|-)[^\S\n]?\d{4}(?!\d)")
TIME_BEFORE = re.compile(r"\b(?:tid|tida|tiden|åra|årene|fra|frå|til)[^\S\n]\w+[^\S\n]$", re.IGNORECASE)
NOT_OF_A_YEAR = (*(unit for unit in LEX["amounts"]["units"] if len(unit) > 3), *LEX["amounts"]["compounds"])


def _season_is_placed(setting: Setting) -> bool:
    """`i sommer`, `til våren`, `utover høsten`, but not `om sommeren` nor `i vår familie`."""
    spec, words = setting.spec, setting.words
    if spec.name or spec.year is not None or spec.shift is not None:
        return True
    if words == "vår" and setting.preposition == "i":
        return not setting.clauses.noun_phrase_after(setting.reading.end)
    if words.endswith("en"):
        return bool(setting.part or setting.within) or setting.preposition == "til"
    return setting.preposition == "i" or bool(setting.part) or setting.within.endswith(" i")


def _holiday_is_placed(setting: Setting) -> bool:
    """Christmas as a date and not as a feast: `i jula`, `før jul`."""
    spec = setting.spec
    if setting.before in ("god", "godt"):
        return False
    if setting.words not in ("jul", "jula", "julen") or spec.year is not None or spec.shift is not None:
        return True
    return bool(setting.preposition or setting.within)


def _unit_is_placed(setting: Setting) -> bool:
    """`slutten av året`, `i løpet av uka`, but not `38 timer i uka`."""
    if setting.words in ("dagen", "døgnet"):
        return setting.within.endswith("løpet av")
    if setting.part:
        return not setting.part.startswith("midt")
    return setting.within.endswith(("løpet av", "resten av", " i", "ut"))


def _weekend_is_placed(setting: Setting) -> bool:
    if setting.spec.shift is not None or setting.spec.name:
        return True
    return setting.preposition in ("i", "til") or bool(setting.within)


def _decade_is_no_age(setting: Setting) -> bool:
    """`en mann i 60-årene` is an age; `I 60-årene …` and `fra 30-årene` a decade."""
    if setting.spec.name != "years" or setting.spec.number >= 100 or setting.before in ("fra", "frå", "på"):
        return True
    if starts_sentence(setting.text, setting.start):
        return True
    return bool(setting.part) and PERSON.search(setting.left) is None


PERSON = re.compile(either(LEX["age"]["persons"]), re.IGNORECASE)


def _quarter_is_placed(setting: Setting) -> bool:
    """`det første halvåret på bygda` is a stretch of time, not the first half of this year."""
    return setting.before != "det" or setting.spec.year is not None or setting.spec.shift is not None


def _trailing_is_placed(setting: Setting) -> bool:
    """`det siste året`, but not `det siste året av livet`."""
    return setting.after.lower() != "av"


TESTS: dict[str, Callable[[Setting], bool]] = {
    "offset": _offset_is_day,
    "year": _number_is_year,
    "years": _number_is_year,
    "season": _season_is_placed,
    "holiday": _holiday_is_placed,
    "definite unit": _unit_is_placed,
    "weekend": _weekend_is_placed,
    "decade": _decade_is_no_age,
    "quarter": _quarter_is_placed,
    "trailing": _trailing_is_placed,
    "half": _quarter_is_placed,
}


# --- neighbours ---------------------------------------------------------------------------------------

JOINT = re.compile(
    r"[^\S\n]?(?P<joint>til og med|til|t\.o\.m\.|–|-|/|og)(?:[^\S\n](?:den|i|med))?[^\S\n]?", re.IGNORECASE
)
LIST = re.compile(r"[^\S\n]?(?:,|og|eller|til|–|-|/)[^\S\n]?(?:den[^\S\n]|i[^\S\n])?", re.IGNORECASE)
OPENER = re.compile(
    r"(?<!\w)(?P<opener>fra|frå|mellom)(?:[^\S\n](?:den|årene|åra|perioden))?[^\S\n]$", re.IGNORECASE
)
SAME_GRAIN: list[set[str]] = [
    {"day", "weekday", "offset", "holiday", "day of month"},
    {"month", "season"},
    {"year"},
    {"decade", "century"},
    {"clock"},
]


def _with_year_of_next(text: str, readings: list[Reading]) -> list[Reading]:
    """`i mai og juni 2019`: the year counts for both."""
    for i in range(len(readings) - 2, -1, -1):
        this, following = readings[i], readings[i + 1]
        alike = this.spec.kind == following.spec.kind and this.spec.kind in (
            "day",
            "month",
            "season",
            "quarter",
        )
        if not alike or this.spec.year is not None or this.spec.shift is not None or this.spec.name:
            continue
        if following.start - this.end <= 12 and LIST.fullmatch(text[this.end : following.start]):
            spec = this.spec._replace(year=following.spec.year, shift=following.spec.shift)
            if this.spec.number <= following.spec.number:
                readings[i] = replace(this, spec=spec)
    return readings


def _joined(text: str, readings: list[Reading]) -> list[Reading]:
    """Neighbours with `til`, a dash, or `mellom … og` between them become one interval."""
    joined: list[Reading] = []
    for reading in readings:
        interval = _interval(text, joined[-1], reading) if joined else None
        if interval is not None:
            joined[-1] = interval
        else:
            joined.append(reading)
    return joined


def _interval(text: str, first: Reading, second: Reading) -> Reading | None:
    if first.until is not None or second.start - first.end > 12 or not _same_grain(first.spec, second.spec):
        return None
    between = text[first.end : second.start]
    if not between.strip() and second.preposition == "til":  # taken in already: `fra jul til påske`
        between += "til"
    match = JOINT.fullmatch(between)
    if match is None:
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
        return True  # `fra 2010 til i dag`
    return any(first.kind in grain and second.kind in grain for grain in SAME_GRAIN)
