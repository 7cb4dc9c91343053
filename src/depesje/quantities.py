"""Quantities: the amounts of a text with unit, bound, item and base value.

The component ``depesje_quantities`` reads `Doc.text` with the scanner of `depesje.numerals`, finds the unit of
each numeral in ``lexicon/units.toml``, decides by the words around what a bare number is, and leaves
`depesje.annotations.Quantity` values on ``doc._.quantities``. Spans, values and units come from the text alone;
the pipeline's tags, parse and names only refine the item and rule out numbers inside names.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, NamedTuple

import pint
from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Token as DocToken

from depesje import lexicon
from depesje.annotations import Bound, Quantity
from depesje.numerals import (
    Numeral,
    Token,
    is_ordinal_word,
    joined,
    scan_tokens,
    spaced,
    split_compound,
    tokenize,
)

# Units


class Unit(NamedTuple):
    """A unit as the lexicon has it."""

    name: str
    dimension: str
    pint: str | None
    #: What one of the word's own unit is in `name` (15 for ``kvarter`` in minutes), negative for frost.
    factor: float = 1


COUNT = Unit("count", "count", None)
PERCENT = Unit("percent", "share", "percent")
SECOND = Unit("s", "time", "second")
YEARS_OF_AGE = Unit("year", "age", "year")


class _Form(NamedTuple):
    written: str
    unit: Unit
    after_digits: bool
    exact_case: bool
    before: frozenset[str]


@dataclass(slots=True)
class _Units:
    """The unit lexicon by form: `words` by the first token of a form, longest form first."""

    words: dict[str, list[_Form]] = field(default_factory=dict)
    compounds: list[tuple[str, Unit]] = field(default_factory=list)
    symbols: dict[str, Unit] = field(default_factory=dict)
    by_name: dict[str, Unit] = field(default_factory=dict)

    def add(self, forms: str, unit: Unit, after_digits: bool = False, before: str = "") -> None:
        for form in forms.split():
            written = form.replace("_", " ")
            exact_case = written.isupper() and len(written) > 1
            first = tokenize(written)[0].lower
            self.words.setdefault(first, []).append(
                _Form(
                    written,
                    unit,
                    after_digits,
                    exact_case or (after_digits and len(written) == 1),
                    frozenset(before.split()),
                )
            )

    def sort(self) -> None:
        for forms in self.words.values():
            forms.sort(key=lambda form: (-len(form.written), not form.before))
        self.compounds.sort(key=lambda pair: -len(pair[0]))


@cache
def _units() -> _Units:
    data, units = lexicon.load("units"), _Units()
    for entry in data["unit"]:
        unit = Unit(
            entry.get("into", entry["name"]), entry["dimension"], entry["pint"], entry.get("factor", 1)
        )
        _add_unit(units, unit, entry)
    for entry in data["currency"]:
        unit = Unit(entry["code"], "money", None)
        _add_unit(units, unit, entry)
        for symbol in entry.get("symbols", "").split():
            units.symbols[symbol] = unit
    for entry in data["subunit"]:
        units.add(entry["words"], Unit(entry["code"], "money", None, entry["factor"]))
    units.sort()
    return units


def _add_unit(units: _Units, unit: Unit, entry: dict[str, Any]) -> None:
    if "into" not in entry:
        units.by_name[unit.name] = unit
    units.add(entry["words"], unit)
    units.add(entry.get("after_digits", ""), unit, after_digits=True)
    units.add(entry.get("negative", ""), unit._replace(factor=-1))
    for word, followers in entry.get("before", {}).items():
        units.add(word, unit, before=followers)
    units.compounds += [(stem, unit) for stem in entry.get("compound", "").split()]


@cache
def _registry() -> pint.UnitRegistry:
    registry: pint.UnitRegistry = pint.UnitRegistry()
    registry.load_definitions((files(lexicon) / "units.txt").read_text(encoding="utf-8").splitlines())
    return registry


@lru_cache(maxsize=1000)
def _to_base(expression: str, base: str) -> tuple[float, float]:
    """Slope and intercept from a unit to its base unit."""
    zero = _registry().Quantity(0.0, expression).to(base).magnitude
    one = _registry().Quantity(1.0, expression).to(base).magnitude
    return float(one - zero), float(zero)


def to_base(value: float, unit: str, dimension: str) -> tuple[float, str]:
    """Convert to the SI unit of a dimension.

    Parameters
    ----------
    value
        In `unit`.
    unit
        A unit's name (``mil``, ``NOK``, ``count``).
    dimension
        The unit's dimension (``length``, ``money``, ``count``).

    Returns
    -------
    tuple of float and str
        The value and the base unit's name. Money and counts are their own base.

    Examples
    --------
    >>> to_base(13, "mil", "length")
    (130000.0, 'meter')
    """
    known = _units().by_name.get(unit)
    base = lexicon.load("units")["dimensions"].get(dimension)
    if known is None or known.pint is None or base is None:
        return float(value), unit
    slope, intercept = _to_base(known.pint, base)
    return value * slope + intercept, base


# Context words


def _phrases(words: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(phrase.split("_")) for phrase in words.split())


@dataclass(frozen=True, slots=True)
class _Context:
    """``lexicon/quantities.toml`` as sets."""

    before: dict[tuple[str, ...], Bound]
    after: dict[tuple[str, ...], Bound]
    abbreviations: frozenset[str]
    between_hedge: frozenset[str]
    between_unit: frozenset[str]
    soon: frozenset[str]
    labels: frozenset[str]
    weak_labels: frozenset[str]
    before_year: frozenset[str]
    before_count: frozenset[str]
    about: frozenset[str]
    years: tuple[int, int]
    idioms: frozenset[tuple[str, ...]]
    tree: frozenset[str]
    ease: frozenset[str]
    step: frozenset[str]
    halves: dict[str, str]
    age_verbs: frozenset[str]
    age_nouns: frozenset[str]
    old: frozenset[str]
    people: frozenset[str]
    count_cues: tuple[str, ...]
    prices: tuple[str, ...]
    increase: tuple[str, ...]
    decrease: tuple[str, ...]
    change: tuple[str, ...]
    function: frozenset[str]
    comparatives: frozenset[str]
    results: frozenset[str]
    counters: tuple[str, ...]
    not_compounds: frozenset[str]
    money_compounds: frozenset[str]
    notes: frozenset[str]


@cache
def _context() -> _Context:
    data, counters = lexicon.load("quantities"), lexicon.load("units")["counters"]

    def bounds(table: dict[str, str]) -> dict[tuple[str, ...], Bound]:
        return {phrase: bound for bound, forms in table.items() for phrase in _phrases(forms)}  # type: ignore[misc]

    def words(table: str, key: str) -> frozenset[str]:
        return frozenset(data[table][key].split())

    change = data["change"]
    return _Context(
        before=bounds(data["before"]),
        after=bounds(data["after"]),
        abbreviations=words("between", "abbreviations"),
        between_hedge=words("between", "hedge"),
        between_unit=words("between", "unit"),
        soon=words("ages", "soon"),
        labels=words("labels", "words"),
        weak_labels=words("labels", "weak"),
        before_year=words("years", "before"),
        before_count=words("years", "count"),
        about=words("years", "about"),
        years=(data["years"]["first"], data["years"]["last"]),
        idioms=_phrases(data["idioms"]["phrases"]),
        tree=words("idioms", "tree"),
        ease=words("idioms", "ease"),
        step=words("idioms", "step"),
        halves={word: unit for unit, forms in data["halves"].items() for word in forms.split()},
        age_verbs=words("ages", "verbs"),
        age_nouns=words("ages", "nouns"),
        old=words("ages", "old"),
        people=words("ages", "people"),
        count_cues=tuple(data["money"]["counts"].split()),
        prices=tuple(data["money"]["prices"].split()),
        increase=tuple(change["increase"].split()),
        decrease=tuple(change["decrease"].split()),
        change=tuple((change["increase"] + " " + change["decrease"] + " " + change["other"]).split()),
        function=words("function", "words"),
        comparatives=words("function", "comparatives"),
        results=words("sports", "results"),
        counters=tuple(counters["words"].split()),
        not_compounds=frozenset(counters["excluded"].split()),
        money_compounds=frozenset(counters["money"].split()),
        notes=frozenset(counters["notes"].split()),
    )


# Amounts: a numeral with its unit, on the scanner's tokens


@dataclass(slots=True)
class _Amount:
    first: int
    last: int
    start: int
    end: int
    low: float
    high: float
    unit: Unit
    numeral: Numeral | None = None
    vague: bool = False
    ranged: bool = False
    compound: bool = False
    #: "to-" in "to- og treåringer"
    hanging: bool = False
    bound: Bound = "exact"
    change: str | None = None
    item: tuple[int, int] | None = None


_SENTENCE_END = frozenset(".!?:;|•")
_OPENERS = frozenset("«»\"“”'’‘–—-(•|:…*")
_CLOSERS = frozenset(".!?:")


class _Reader:
    """Reads the amounts of one text; tokens are the scanner's, `doc` refines."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.text = doc.text
        self.tokens = tokenize(doc.text)
        self.numerals = scan_tokens(self.tokens, self.text)
        # first token → last token of each numeral, and the other way
        self.ends = {numeral.first: numeral.last for numeral in self.numerals}
        self.starts = {numeral.last: numeral.first for numeral in self.numerals}
        self.context = _context()
        self.units = _units()
        self.taken = _Spans((date.start, date.end) for date in doc._.dates)
        self.names = _name_spans(doc)
        self.places = _Spans(
            (entity.start_char, entity.end_char)
            for entity in doc.ents
            if entity.label_.startswith(("GPE", "LOC"))
        )
        self.parsed = doc.has_annotation("DEP")
        self.tags = doc.has_annotation("TAG") or doc.has_annotation("POS")

    # Looking around

    def word(self, i: int) -> str:
        """Token ``i`` in lower case, or nothing outside the text."""
        return self.tokens[i].lower if 0 <= i < len(self.tokens) else ""

    def broken(self, i: int) -> bool:
        """Whether a line ends between token ``i`` and the next."""
        if i < 0 or i + 1 >= len(self.tokens):
            return True
        gap = self.text[self.tokens[i].end : self.tokens[i + 1].start]
        return "\n" in gap or "\r" in gap

    def before(self, i: int) -> str:
        """The word before token ``i`` on the same line."""
        return "" if self.broken(i - 1) else self.word(i - 1)

    def after(self, i: int) -> str:
        """The word after token ``i`` on the same line, white space between."""
        if self.broken(i):
            return ""
        return self.word(i + 1)

    def starts_sentence(self, i: int) -> bool:
        """Whether token ``i`` stands where any word has a capital."""
        return self.broken(i - 1) or self.word(i - 1) in _OPENERS | _CLOSERS

    def capital(self, i: int) -> bool:
        """Whether token ``i`` is a capitalised word."""
        return (
            0 <= i < len(self.tokens) and self.tokens[i].kind == "word" and self.tokens[i].text[0].isupper()
        )

    def window(self, i: int, back: int, ahead: int) -> Iterator[str]:
        """The words around token ``i``, within its line and sentence."""
        yield from self._walk(i, -1, back)
        yield from self._walk(i, 1, ahead)

    def _walk(self, i: int, step: int, count: int) -> Iterator[str]:
        for _ in range(count):
            if self.broken(i - 1 if step < 0 else i):
                return
            i += step
            if self.word(i) in _SENTENCE_END and not self._inside_sentence(i):
                return
            yield self.word(i)

    def _inside_sentence(self, i: int) -> bool:
        """Whether the full stop at token ``i`` belongs to an abbreviation or a number."""
        return self.word(i) == "." and (
            joined(self.tokens, i) or self.word(i - 1) + "." in self.context.abbreviations
        )

    def _ends_sentence(self, end: int) -> bool:
        """Whether a sentence ends with the full stop before offset ``end``."""
        return not self.text[end : end + 3].strip() or bool(
            re.match(r"\s*\n|\s+[–«\"A-ZÆØÅ]", self.text[end : end + 10])
        )

    # The passes

    def amounts(self) -> list[_Amount]:
        """All amounts, in order and without overlaps."""
        found = [amount for amount in self._candidates() if not self.taken.overlaps(amount.start, amount.end)]
        found = self._share_units(found)
        found = self._compose(found)
        found = [amount for amount in found if not amount.hanging]
        found = [
            amount for amount in found if amount.compound or amount.unit is not COUNT or self._counts(amount)
        ]
        self._imply_money(found)
        found = self._split_changes(found)
        for amount in found:
            amount.bound = self._bound(amount)
            amount.change = amount.change or self._change(amount)
            if amount.unit is COUNT:
                amount.item = _item(self, amount)
        return found

    def _candidates(self) -> Iterator[_Amount]:
        following = {numeral.first: numeral for numeral in self.numerals}
        i = 0
        while i < len(self.tokens):
            numeral = following.get(i)
            amount = self._measure(numeral) if numeral else self._word_compound(i)
            if amount:
                yield amount
            i = max(numeral.last if numeral else i, amount.last if amount else i) + 1

    # A numeral and its unit

    def _measure(self, numeral: Numeral) -> _Amount | None:
        if numeral.kind in ("ordinal", "multiple"):
            return None
        if numeral.kind == "share":
            return self._share(numeral)
        first = numeral.first
        if self._glued_before(numeral) or self._is_idiom(numeral) or self._is_clock(numeral):
            return None
        hyphen = self._hyphenated(numeral)
        if hyphen is not None:
            return self._hyphen_compound(numeral, hyphen)
        amount = _Amount(
            first,
            numeral.last,
            numeral.start,
            numeral.end,
            numeral.low,
            numeral.high,
            COUNT,
            numeral,
            numeral.kind == "vague",
            numeral.join is not None,
        )
        if self._signed_by_accident(numeral):
            amount.low, amount.high = -numeral.high, -numeral.low
            amount.start += 1
        found = self._unit_after(numeral.last, numeral.digits)
        if not found and amount.vague and self.after(numeral.last) == "av":
            found = self._unit_at(numeral.last + 1, False)
        symbol = self._symbol_before(first)
        if found:
            form, last = found
            if self._is_year(numeral) and form.dimension == "time":
                return None
            amount.unit, amount.last, amount.end = (
                form._replace(factor=1),
                last,
                self._unit_end(numeral.last, form, last),
            )
            amount.low, amount.high = sorted((amount.low * form.factor, amount.high * form.factor))
            amount = self._age(amount)
        elif self._crowns_sign(numeral.last):
            amount.unit, amount.last = self.units.by_name["NOK"], numeral.last + 2
            amount.end = self.tokens[amount.last].end
        elif symbol:
            amount.unit, amount.first = symbol, first - (2 if self.word(first - 1) == "." else 1)
            amount.start = self.tokens[amount.first].start
        elif joined(self.tokens, numeral.last) and self.tokens[numeral.last + 1].kind == "word":
            return None  # "5G", "4x100"
        if numeral.denominator and not self._half_counts(amount):
            return None
        amount.hanging = (
            joined(self.tokens, numeral.last) and self.word(numeral.last + 1) in ("-", "–") and not found
        )
        return amount

    def _unit_end(self, last_of_numeral: int, unit: Unit, last: int) -> int:
        return self.tokens[last].end

    def _unit_after(self, last: int, digits: bool) -> tuple[Unit, int] | None:
        """The unit after token ``last``, and the index of its last token."""
        found = self._unit_at(last, digits)
        if found or self.broken(last) or not spaced(self.tokens, last, self.text):
            return found
        # "de to første årene": an adjective between
        between = self.word(last + 1)
        if between in self.context.between_unit or self._pos(last + 1) == "ADJ":
            found = self._unit_at(last + 1, False)
            if found and found[0].dimension in ("time", "length"):
                return found
        return None

    def _unit_at(self, last: int, digits: bool) -> tuple[Unit, int] | None:
        if self.broken(last) or self.tokens[last + 1].start - self.tokens[last].end > 2:
            return None
        begin = self.tokens[last + 1].start
        word = self.word(last + 1)
        for form in (*self.units.words.get(word, ()), *self.units.words.get(word.removesuffix("s"), ())):
            if form.after_digits and not digits:
                continue
            end = begin + len(form.written)
            written = self.text[begin:end]
            if (written if form.exact_case else written.lower()) != form.written:
                continue
            if written.endswith(".") and self._ends_sentence(end):
                continue
            boundary = self._boundary(end, form)
            if boundary is None:
                continue
            index = last + 1
            while index + 1 < len(self.tokens) and self.tokens[index].end < boundary:
                index += 1
            if form.before and self.after(index) not in form.before:
                continue
            return form.unit, index
        return None

    def _boundary(self, end: int, form: _Form) -> int | None:
        """The end of a form with its genitive -s, None inside a longer word."""
        if form.written[-1].isalpha():
            rest = self.text[end : end + 2]
            if rest[:1].lower() == "s" and not form.after_digits and not rest[1:].isalnum():
                return end + 1
            if rest[:1].isalnum() or rest[:1] == "_":
                return None
            # "prosent-grensa", "mål/sekund" and the like still hold the unit; "m-laget" does not
            if rest[:1] == "-" and rest[1:].isalpha() and len(form.written) < 2:
                return None
        return end

    def _symbol_before(self, first: int) -> Unit | None:
        """A currency sign or code before the figure: ``kr 500``, ``$5``."""
        if self.broken(first - 1) or self.tokens[first].kind not in ("number", "dotted", "glyph"):
            return None
        sign = self.tokens[first - 1]
        if self.tokens[first].start - sign.end > 1:
            return None
        if sign.text == "." and first >= 2 and self.word(first - 2) == "kr":
            return self.units.symbols["kr."] if not self._symbol_is_taken(first - 2) else None
        unit = self.units.symbols.get(sign.text) or self.units.symbols.get(
            sign.lower if sign.lower == "kr" else ""
        )
        return unit if unit and not self._symbol_is_taken(first - 1) else None

    def _symbol_is_taken(self, i: int) -> bool:
        """Whether the sign belongs to the figure before it (``500 kr 20 ...``)."""
        return not self.broken(i - 1) and self.tokens[i - 1].kind in ("number", "dotted")

    def _crowns_sign(self, last: int) -> bool:
        """``500,-``: whole kroner."""
        signs = joined(self.tokens, last) and self.word(last + 1) == "," and joined(self.tokens, last + 1)
        return signs and self.word(last + 2) in ("-", "–")

    def _signed_by_accident(self, numeral: Numeral) -> bool:
        """A hyphen before a figure is a minus sign only of degrees and shares."""
        if self.text[numeral.start] != "-" or self.text[numeral.start : numeral.end].startswith("−"):
            return False
        found = self._unit_after(numeral.last, numeral.digits)
        return not (found and found[0].dimension in ("temperature", "share"))

    def _age(self, amount: _Amount) -> _Amount:
        if amount.unit.name == "year" and self.after(amount.last) in self.context.old:
            amount.unit = YEARS_OF_AGE
        return amount

    def _half_counts(self, amount: _Amount) -> bool:
        """``en halv time``, ``halve året``; but not ``halve jorden`` nor a bare ``halv``."""
        if self.tokens[amount.first].kind == "glyph" or amount.unit is not COUNT:
            return True
        return amount.first != amount.last and self._item_word(amount.last + 1)

    # Shares

    def _share(self, numeral: Numeral) -> _Amount | None:
        if self._glued_before(numeral) or (
            joined(self.tokens, numeral.last) and self.word(numeral.last + 1) in ("-", "/")
        ):
            return None
        if self.word(numeral.last).startswith("halvdel") and is_ordinal_word(self.before(numeral.first)):
            return None
        slashed = "/" in self.text[numeral.start : numeral.end]
        if slashed and (self.after(numeral.last) in ("", ".", ",", ")") or self.capital(numeral.last + 1)):
            return None
        amount = _Amount(
            numeral.first,
            numeral.last,
            numeral.start,
            numeral.end,
            numeral.low * 100,
            numeral.high * 100,
            PERCENT,
            numeral,
            ranged=numeral.join is not None,
        )
        # "to hundredeler" behind the winner are seconds
        fine = (
            numeral.denominator in (10, 100, 1000)
            and not slashed
            and self.word(numeral.last) not in ("ti", "hundre")
        )
        if (
            fine
            and self.after(numeral.last) != "av"
            and numeral.last > numeral.first
            and "del" in self.word(numeral.last)
        ):
            amount.unit, amount.low, amount.high = SECOND, numeral.low, numeral.high
            if self.after(numeral.last).startswith("sekund"):
                amount.last, amount.end = numeral.last + 1, self.tokens[numeral.last + 1].end
        return amount

    # Compounds

    def _hyphenated(self, numeral: Numeral) -> int | None:
        """The index of the word that a hyphen joins to the numeral, -1 if it is joined to something else."""
        last = numeral.last
        if not joined(self.tokens, last) or self.word(last + 1) not in ("-", "–", "‑"):
            return None
        if self.word(last + 2) == "," or not joined(self.tokens, last + 1):
            hanging = self.word(last + 1) in ("-", "–") and self.word(last + 2) in ("og", "eller", ",", "til")
            return None if hanging else -1
        return last + 2 if self.tokens[last + 2].kind == "word" else -1

    def _hyphen_compound(self, numeral: Numeral, at: int) -> _Amount | None:
        if at < 0:
            return None
        return self._compound(
            numeral.first, at, numeral.start, numeral.low, numeral.high, self.word(at), numeral
        )

    def _compound(
        self, first: int, last: int, start: int, low: float, high: float, rest: str, numeral: Numeral | None
    ) -> _Amount | None:
        amount = _Amount(
            first,
            last,
            start,
            self.tokens[last].end,
            low,
            high,
            COUNT,
            numeral,
            compound=True,
            ranged=low != high,
        )
        if rest in self.context.not_compounds:
            return None
        if rest in ("årene", "åra", "årene", "åras", "årenes"):
            return self._years_of_life(amount)
        if rest in self.context.notes and low not in (50, 100, 200, 500, 1000):
            return None
        unit = self._compound_unit(rest)
        if unit is None:
            return None
        if (
            unit.dimension == "time"
            and low > self.context.years[0]
            and high < self.context.years[1]
            and numeral
            and numeral.digits
        ):
            return None
        amount.unit = unit
        amount.low, amount.high = low * unit.factor, high * unit.factor
        amount.unit = unit._replace(factor=1)
        if rest.startswith("åring"):
            amount.unit = YEARS_OF_AGE
        return amount

    def _compound_unit(self, rest: str) -> Unit | None:
        for stem, unit in self.units.compounds:
            if rest.startswith(stem):
                # bare stems ("5-meter", "10-dag") only whole or with a plain ending
                return unit
        return COUNT if rest.startswith(self.context.counters) else None

    def _years_of_life(self, amount: _Amount) -> _Amount | None:
        """``en mann i 20-årene`` is 20 to 29 years old; ``i 1920-årene`` is a date."""
        if not 10 <= amount.low <= 90 or amount.low % 10 or not self._about_people(amount.first):
            return None
        amount.high += 9
        amount.unit, amount.ranged = YEARS_OF_AGE, True
        return amount

    def _about_people(self, i: int) -> bool:
        people = self.context.people
        return any(
            word in people or word.endswith(("mann", "mannen", "kvinne", "kvinnen", "åring"))
            for word in self.window(i, 8, 6)
        )

    def _word_compound(self, i: int) -> _Amount | None:
        """``tolvåring``, ``tokilos``, ``millionsum``, ``halvtime``."""
        token = self.tokens[i]
        if token.kind != "word" or len(token.text) < 5:
            return None
        if token.lower in self.context.halves:
            first = i - 1 if self.before(i) in ("en", "ein", "ei", "et", "eit") else i
            start = self.tokens[first].start
            return _Amount(
                first,
                i,
                start,
                token.end,
                0.5,
                0.5,
                self.units.by_name[self.context.halves[token.lower]],
                compound=True,
            )
        split = split_compound(token.lower)
        if split is None or self._inside_name(token):
            return None
        value, rest = split
        if value >= 1e6 and rest in self.context.money_compounds:
            code = self._currency_near(i)
            return _Amount(
                i,
                i,
                token.start,
                token.end,
                value,
                value,
                Unit(code, "money", None),
                vague=True,
                compound=True,
            )
        if (
            value >= 1e6
            or (value == 10 and re.fullmatch("år(s|et|ets|a|ene|enes)?", rest))
            or rest.startswith("årsskift")
        ):
            return None
        if rest in ("år", "åra", "årene", "årenes") or (
            value < 2 and not rest.startswith(("år", "dag", "time"))
        ):
            return None
        return self._compound(i, i, token.start, value, value, rest, None)

    # What is no amount

    def _glued_before(self, numeral: Numeral) -> bool:
        """``E6``, ``F-35``, ``2-1``: something is joined to the figure from the left."""
        i = numeral.first
        if i == 0 or not joined(self.tokens, i - 1):
            return False
        before = self.tokens[i - 1]
        if before.text in ("#", "§", "@", "&", "=", "/"):
            return True
        if before.text == ":":
            return i > 1 and joined(self.tokens, i - 2) and self.tokens[i - 2].kind in ("number", "other")
        if before.kind == "symbol":
            return before.text in "-–_.,'’+\\^" and i > 1 and joined(self.tokens, i - 2)
        return before.kind in ("word", "number", "dotted", "other", "glyph") and before.lower != "kr"

    def _is_idiom(self, numeral: Numeral) -> bool:
        if numeral.digits:
            return False
        first = numeral.first
        words = [self.word(j) for j in range(first - 2, first + 5)]
        free = self._unit_at(numeral.last, False) is None and not self._item_word(numeral.last + 1)
        free = free and self.after(numeral.last) != "av"
        if numeral.last > first + 2:
            return False
        for size in (2, 3, 4):
            for begin in range(0, 3):
                phrase = tuple(words[begin : begin + size])
                if begin + size > 2 and phrase in self.context.idioms and (free or begin + size > 3):
                    return True
        word = self.word(first)
        if first == numeral.last and word == "tre":
            return self._is_tree(first)
        if first == numeral.last and word == "fire":
            return (
                self.before(first) in ("å", "må", "vil", "ikke", "ikkje")
                and self.after(first) in self.context.ease
            )
        return False

    def _is_tree(self, i: int) -> bool:
        """``et tre``, ``i tre``, and the verb in ``skal tre i kraft``."""
        if self._pos(i) in ("NOUN", "VERB"):
            return True
        before = self.before(i)
        if (
            before in ("å", "skal", "vil", "må", "kan", "skulle", "ville")
            and self.after(i) in self.context.step
        ):
            return True
        return before in self.context.tree and not (before == "av" and self._item_word(i + 1))

    def _is_clock(self, numeral: Numeral) -> bool:
        """``halv fem``, ``ti over to``, ``klokka åtte``."""
        first, last = numeral.first, numeral.last
        if self.before(first) in ("til", "og", "-", "–") and first - 2 in self.starts:
            first = self.starts[first - 2]
        if self.before(first) in ("klokka", "klokken", "kl", "kl.", "halv", "kvart"):
            return True
        if self.before(first) == "." and self.word(first - 2) == "kl":
            return True
        if self.before(first) in ("på", "over") and self.before(first - 1) in ("kvart", "halv"):
            return True
        return (
            self.word(last) == "halv"
            and not numeral.digits
            and numeral.scale == 1
            and self._unit_at(last, False) is None
        )

    def _is_year(self, numeral: Numeral) -> bool:
        first, last = self.context.years
        plain = (
            numeral.digits
            and self.tokens[numeral.first].text.isdigit()
            and self.tokens[numeral.last].text.isdigit()
        )
        return (
            plain
            and first <= numeral.low <= last
            and first <= numeral.high <= last
            and len(self.tokens[numeral.last].text) == 4
        )

    def _pos(self, i: int) -> str:
        if not self.tags or not 0 <= i < len(self.tokens):
            return ""
        token = _token_at(self.doc, self.tokens[i].start)
        return token.pos_ if token is not None else ""

    def _inside_name(self, token: Token) -> bool:
        return any(
            start < token.end and token.start < end
            for start, end in self.names.near(token.start, token.end)
            if end - start > token.end - token.start
        )

    def _item_word(self, i: int) -> bool:
        """Whether token ``i`` can begin what is counted: a lower-case word that is no function word."""
        if self.broken(i - 1) or not 0 <= i < len(self.tokens):
            return False
        token = self.tokens[i]
        if token.kind != "word" or joined(self.tokens, i - 1):
            return False
        pos = self._pos(i)
        if pos in ("NOUN", "ADJ"):
            return True
        if pos in ("VERB", "AUX", "ADP", "CCONJ", "SCONJ", "PRON", "ADV", "PUNCT"):
            return False
        return token.text[0].islower() and token.lower not in self.context.function

    # Bare numbers

    def _counts(self, amount: _Amount) -> bool:
        """Whether a number without unit counts something."""
        numeral = amount.numeral
        if numeral is None:
            return True
        if self._names_it(numeral):
            return False
        if not numeral.digits:
            return self._word_counts(amount, numeral)
        return self._figure_counts(amount, numeral)

    def _names_it(self, numeral: Numeral) -> bool:
        """Whether the number is part of a name."""
        for start, end in self.names.near(numeral.start, numeral.end):
            inside = start <= numeral.start and numeral.end <= end
            if inside and end - start > numeral.end - numeral.start + 1 and start < numeral.start:
                return True
        return False

    def _word_counts(self, amount: _Amount, numeral: Numeral) -> bool:
        first = numeral.first
        if numeral.scale == 1 and self._is_labelled(first):
            return False
        if numeral.kind == "vague" or numeral.scale > 1:
            return True
        # "Klubb Syv": a capital inside a sentence
        if self.capital(first) and not self.starts_sentence(first) and not self.tokens[first].text.isupper():
            return False
        if self.word(first) in ("ett", "eitt") and first == numeral.last:
            return self._pos(first) not in ("PRON", "ADV")
        return True

    def _figure_counts(self, amount: _Amount, numeral: Numeral) -> bool:
        tokens, first, last = self.tokens, numeral.first, numeral.last
        if "dotted" in (tokens[first].kind, tokens[last].kind) and numeral.scale == 1:
            return False
        if re.match(r"0\d", tokens[first].text) or numeral.low > 1e15:
            return False
        if self._in_brackets(first, last):
            return self._bracketed_age(amount)
        if (
            (numeral.scale == 1 and self._is_label(first))
            or self._is_enumerator(numeral)
            or self._is_address(last)
        ):
            return False
        if (numeral.join == "dash" and not self._range_counts(numeral)) or self._is_result(first, last):
            return False
        if self._is_year(numeral) and not self._year_counts(numeral):
            return False
        if self._is_age(amount):
            amount.unit = YEARS_OF_AGE
            return True
        if numeral.scale > 1 or numeral.join == "mellom":
            return True
        if joined(tokens, last) and self.word(last + 1) in ("/", "-", "–", "x", "*", "°", "="):
            return False
        return self._has_evidence(first, last)

    def _in_brackets(self, first: int, last: int) -> bool:
        return self._bracket(first) >= 0 and self.word(last + 1) == ")"

    def _bracket(self, first: int) -> int:
        """The index of the bracket before a figure, ``(snart 80)`` too, else -1."""
        at = (
            first - 2
            if (self.word(first - 1),) in self.context.before or self.word(first - 1) in self.context.soon
            else first - 1
        )
        return at if self.word(at) == "(" else -1

    def _bracketed_age(self, amount: _Amount) -> bool:
        """``Kari Nordmann (57)``; but not the goal's minute in a list of results."""
        at = self._bracket(amount.first) - 1
        if not (1 <= amount.low <= 115) or self.broken(at) or amount.low != int(amount.low):
            return False
        if at < 0 or self.tokens[at].kind != "word":
            return False
        if self.capital(amount.last + 2) and spaced(self.tokens, amount.last + 1, self.text):
            return False
        begin = at
        while (
            begin >= 0
            and at - begin < 6
            and not self.broken(begin)
            and (self.capital(begin) or self.word(begin) in ("-", "."))
        ):
            begin -= 1
        if begin == at:
            if not self._described(at, amount.low):
                return False
            amount.unit = YEARS_OF_AGE
            return True
        if begin >= 0 and not self.broken(begin) and self.tokens[begin].kind in ("number", "other"):
            return False
        if self.places.overlaps(self.tokens[at].start, self.tokens[at].end):
            return False
        amount.unit = YEARS_OF_AGE
        return True

    def _described(self, i: int, age: float) -> bool:
        """``dagmammaen (44)``: one person, by a noun in the singular."""
        word = self.word(i)
        if word in self.context.people:
            return True
        return age >= 12 and word.endswith(
            ("en", "a", "mann", "kvinne", "gutt", "jente", "mor", "far", "ing")
        )

    def _is_address(self, last: int) -> bool:
        """``702.no``: a full stop and a word without a space."""
        return (
            joined(self.tokens, last) and self.word(last + 1) in (".", "@") and joined(self.tokens, last + 1)
        )

    def _is_labelled(self, first: int) -> bool:
        """``nummer ni``, and ``ti`` in ``nummer ni og ti``."""
        for _ in range(10):
            before = self.before(first)
            if before in self.context.labels or (
                before == "." and self.word(first - 2) in self.context.labels
            ):
                return True
            if before in ("og", "eller", ",") and re.fullmatch(r"[^\W\d_]+\d+", self.word(first - 2)):
                return True
            if before in self.context.weak_labels:
                return not self._item_word(self.ends.get(first, first) + 1)
            listed = (
                before in ("og", "eller", ",") and not self.broken(first - 2) and first - 2 in self.starts
            )
            if not listed:
                return False
            first = self.starts[first - 2]
        return False

    def _is_label(self, first: int) -> bool:
        before = self.before(first)
        if self._is_labelled(first) or before in ("§", "#", "&", "/"):
            return True
        if before == "." and joined(self.tokens, first - 2):
            return self.word(first - 2) in self.context.labels
        if not self.capital(first - 1) or self.broken(first - 1):
            return False
        # A capitalised word before the figure: a name ("Rema 1000"), unless it only begins the sentence.
        if self.starts_sentence(first - 1):
            known = (
                before in self.context.function
                or (before,) in self.context.before
                or before in self.context.between_hedge
            )
            return not known and not self._item_word(self.ends.get(first, first) + 1)
        if self._plural_after(self.ends.get(first, first)):
            grouped = not self.tokens[first].text.isdigit()
            return not (grouped or before.endswith("s") or self._determines(first))
        return True

    def _determines(self, i: int) -> bool:
        """Whether the parse takes the figure for a determiner of a noun behind it."""
        if not self.parsed:
            return False
        token = _token_at(self.doc, self.tokens[i].start)
        return token is not None and token.head.i > token.i and token.head.pos_ == "NOUN"

    def _plural_after(self, first: int) -> bool:
        return self._item_word(first + 1) and self.word(first + 1).endswith(
            ("er", "ar", "ene", "ane", "e", "r")
        )

    def _is_enumerator(self, numeral: Numeral) -> bool:
        """``1. Norge`` or ``2)`` at the beginning of a line."""
        if not self.broken(numeral.first - 1):
            return False
        return joined(self.tokens, numeral.last) and self.word(numeral.last + 1) in (".", ")", ":")

    def _is_result(self, first: int, last: int) -> bool:
        """``2 – 1``: figures on both sides of a dash."""
        dashes = ("-", "–", "—")
        ahead = self.after(last) in dashes and self.word(last + 2)[:1].isdigit() and not self.broken(last + 1)
        behind = (
            self.before(first) in dashes
            and self.word(first - 2)[-1:].isdigit()
            and not self.broken(first - 2)
        )
        return ahead or behind

    def _range_counts(self, numeral: Numeral) -> bool:
        """``10–15 personer``; but ``2–3`` alone is a result."""
        if numeral.high >= 200:
            return True
        follows = self.word(numeral.last + 1)
        return (
            follows not in self.context.results
            and self._item_word(numeral.last + 1)
            and self.before(numeral.first) not in ("vant", "tapte", "ledet")
        )

    def _year_counts(self, numeral: Numeral) -> bool:
        before = self.before(numeral.first)
        if before in self.context.before_count and numeral.low % 10 == 0:
            return True
        counted = self._plural_after(numeral.last) and not self.word(numeral.last + 1).endswith(("te", "de"))
        if numeral.join or before in self.context.before_year:
            return False
        if before in self.context.about:
            return counted or any(
                _matches(word, self.context.count_cues) for word in self.window(numeral.first, 6, 0)
            )
        return counted

    def _is_age(self, amount: _Amount) -> bool:
        """``Kari Nordmann, 57, …``, ``fylte 57``, ``i en alder av 57``."""
        first, last = amount.first, amount.last
        if not (1 <= amount.low <= 115) or self._item_word(last + 1) or amount.low != int(amount.low):
            return False
        before = self.before(first)
        if before in ("av", "på") and self.before(first - 1) in self.context.age_nouns:
            return True
        if before in self.context.age_verbs and before.startswith(("fyl", "rund")):
            return True
        return (
            before == ","
            and self.capital(first - 2)
            and self.capital(first - 3)
            and self.word(last + 1) in (",", ".")
            and not self.starts_sentence(first - 2)
        )

    def _has_evidence(self, first: int, last: int) -> bool:
        """A bare figure counts if running prose stands on one of its sides at least."""
        if self._item_word(last + 1):
            return True
        before, after = self.before(first), self.after(last)
        if before and self.tokens[first - 1].kind == "word" and not self.capital(first - 1):
            return True
        if (
            (before,) in self.context.before
            or before in self.context.function
            or before in self.context.between_hedge
        ):
            return True
        return after in self.context.function and (
            not before or before in _OPENERS or before in _CLOSERS or before == ","
        )

    # Lists, compositions, changes

    def _share_units(self, amounts: list[_Amount]) -> list[_Amount]:
        """``51,2 og 51,4 prosent``: the unit of the last goes for all."""
        for k in range(len(amounts) - 2, -1, -1):
            left, right = amounts[k], amounts[k + 1]
            if left.hanging and right.compound and right.first - left.last == 3:
                self._complete(left, right)
                continue
            if (
                left.unit is not COUNT
                or right.unit is COUNT
                or left.compound
                or right.compound
                or left.numeral is None
                or right.numeral is None
            ):
                continue
            if left.numeral.digits != right.numeral.digits or (
                right.unit is PERCENT and right.numeral.kind == "share"
            ):
                continue
            if not self._listed(left, right):
                continue
            if self._is_year(left.numeral) and self.before(left.first) in self.context.before_year:
                continue
            left.unit = right.unit
            if right.numeral.scale > 1 and left.numeral.scale == 1 and left.low < 1000:
                left.low, left.high = left.low * right.numeral.scale, left.high * right.numeral.scale
                left.numeral = replace(left.numeral, scale=right.numeral.scale)
        return amounts

    def _complete(self, left: _Amount, right: _Amount) -> None:
        """``to- og treåringer``, ``30- og 40-årene``: the second compound completes the first."""
        left.unit, left.compound, left.hanging = right.unit, True, False
        left.end = self.tokens[left.last + 1].end
        left.ranged = right.ranged
        left.high += right.high - right.low

    def _listed(self, left: _Amount, right: _Amount) -> bool:
        gap = right.first - left.last - 1
        if right.unit.dimension == "money" and self.tokens[right.first].kind not in (
            "number",
            "dotted",
            "word",
        ):
            return False
        between = [self.word(i) for i in range(left.last + 1, right.first)]
        if any(self.broken(i) for i in range(left.last, right.first)):
            return False
        if between in (["og"], ["eller"], ["mot"], ["til"], ["kontra"], ["/"]) and gap == 1:
            return True
        if between in (
            ["og", "så"],
            ["og", "deretter"],
            ["eller", "kanskje"],
            ["og", "kanskje"],
            ["til", "over"],
            ["mot", "bare"],
        ):
            return True
        # a comma only if the list goes on: "5, 10 og 15 prosent"
        return (
            between == [","]
            and not joined(self.tokens, left.last + 1)
            and self.word(right.last + 1) in ("og", "eller", ",")
        ) or (between == [","] and self._list_goes_on(right))

    def _list_goes_on(self, amount: _Amount) -> bool:
        numeral = amount.numeral
        return numeral is not None and self.word(numeral.last + 1) in ("og", "eller")

    def _compose(self, amounts: list[_Amount]) -> list[_Amount]:
        """``én time og ett kvarter``, ``10 kroner og 50 øre``, ``mellom 10 prosent og 15 prosent``."""
        result: list[_Amount] = []
        for amount in amounts:
            if result and (joint := self._joint(result[-1], amount)):
                result[-1] = joint
            else:
                result.append(amount)
        return result

    def _joint(self, left: _Amount, right: _Amount) -> _Amount | None:
        between = [self.word(i) for i in range(left.last + 1, right.first)]
        if (
            left.unit.dimension != right.unit.dimension
            or left.unit is COUNT
            or left.compound
            or right.compound
            or len(between) > 1
        ):
            return None
        if any(self.broken(i) for i in range(left.last, right.first)):
            return None
        merged = replace(left, last=right.last, end=right.end)
        if left.unit.name == right.unit.name and self._between_two(left, between):
            merged.high, merged.ranged = right.high, True
            if self.before(left.first) in ("mellom", "millom"):
                merged.start, merged.first = self.tokens[left.first - 1].start, left.first - 1
            return merged if merged.low < merged.high else None
        added = self._added(left, right)
        if added is None or between not in (["og"], []) or left.ranged or right.ranged:
            return None
        merged.low, merged.high = left.low + added, left.high + added
        return merged

    def _between_two(self, left: _Amount, between: list[str]) -> bool:
        if between == ["og"]:
            return self.before(left.first) in ("mellom", "millom")
        return between in (["–"], ["-"])

    def _added(self, left: _Amount, right: _Amount) -> float | None:
        """The smaller part of a composed measure, in the unit of the greater."""
        if left.unit.dimension == "money":
            whole = left.unit.name == right.unit.name and right.high < 1 and left.low == int(left.low)
            return right.low if whole else None
        if left.unit.dimension not in ("time", "length", "mass", "age"):
            return None
        one, _ = to_base(1, left.unit.name, left.unit.dimension)
        part, _ = to_base(right.low, right.unit.name, right.unit.dimension)
        small, _ = to_base(1, right.unit.name, right.unit.dimension)
        return part / one if small < one and part < one * 1.01 else None

    def _split_changes(self, amounts: list[_Amount]) -> list[_Amount]:
        """``økte fra 10 til 15 prosent`` is two amounts, not a range."""
        result = []
        for amount in amounts:
            numeral = amount.numeral
            if numeral is None or numeral.join != "fra" or not self._changes(amount.first):
                result.append(amount)
                continue
            result += self._from_to(amount)
        for left, right in pairwise(result):
            if (
                left.unit.name == right.unit.name
                and self.before(left.first) in ("fra", "frå")
                and self.before(right.first) == "til"
                and right.first - left.last <= 6
            ):
                left.change, right.change = "from", "to"
        return result

    def _from_to(self, amount: _Amount) -> list[_Amount]:
        middle = next(i for i in range(amount.first, amount.last + 1) if self.word(i) == "til")
        left = replace(
            amount,
            last=middle - 1,
            end=self.tokens[middle - 1].end,
            high=amount.low,
            ranged=False,
            change="from",
        )
        right = replace(
            amount,
            first=middle + 1,
            start=self.tokens[middle + 1].start,
            low=amount.high,
            ranged=False,
            change="to",
        )
        return [left, right]

    def _changes(self, i: int) -> bool:
        return any(_matches(word, self.context.change) for word in self.window(i, 10, 0))

    def _change(self, amount: _Amount) -> str | None:
        """``økte med 20 prosent``, ``falt 3 prosent``."""
        words = list(self._walk(amount.first, -1, 6))
        if not words:
            return None
        for word in words[:5]:
            if _matches(word, self.context.increase) and ("med" in words[:4] or word == words[0]):
                return "increase"
            if _matches(word, self.context.decrease) and ("med" in words[:4] or word == words[0]):
                return "decrease"
        return None

    # Money

    def _imply_money(self, amounts: list[_Amount]) -> None:
        for amount in amounts:
            numeral = amount.numeral
            if amount.unit is not COUNT or numeral is None or self._item_follows(amount):
                continue
            if (numeral.scale >= 1e6 and self._about_money(amount)) or (
                numeral.low >= 200
                and any(_matches(word, self.context.prices) for word in self._walk(amount.first, -1, 5))
            ):
                amount.unit = Unit(self._currency_near(amount.first), "money", None)

    def _item_follows(self, amount: _Amount) -> bool:
        after = amount.last + 1
        if self.word(after) == "av" and amount.vague:
            return True
        if self.word(after) in self.context.comparatives:  # "5 millioner færre poser"
            return self._item_word(after + 1)
        return self._item_word(after)

    def _about_money(self, amount: _Amount) -> bool:
        """Bare millions are money, unless the sentence tells what else is counted in millions."""
        around = list(self.window(amount.first, 12, 12))
        if any(_matches(word, self.context.prices) for word in around):
            return True
        return not any(_matches(word, self.context.count_cues) for word in around)

    def _currency_near(self, i: int) -> str:
        """The currency named last before token ``i``, else first after it, else kroner."""
        named = self._currencies()
        before = [code for at, code in named if at < i]
        if before:
            return before[-1]
        return named[0][1] if named else "NOK"

    def _currencies(self) -> list[tuple[int, str]]:
        if not hasattr(self, "_named"):
            self._named = [
                (numeral.first, found[0].name)
                for numeral in self.numerals
                if (found := self._unit_at(numeral.last, numeral.digits)) and found[0].dimension == "money"
            ]
        return self._named

    # Bounds

    def _bound(self, amount: _Amount) -> Bound:
        after = [self.word(amount.last + k) for k in (1, 2, 3)]
        for size in (3, 2, 1):
            if tuple(after[:size]) in self.context.after and not self.broken(amount.last):
                return self.context.after[tuple(after[:size])]
        words = list(reversed(list(self._walk(amount.first, -1, 5))))
        while words and (words[-1] in self.context.between_hedge and not self._hedge(words)):
            words.pop()
        hedge = self._hedge(words)
        if hedge:
            return hedge
        if amount.ranged:
            return "range"
        return "approx" if amount.vague else "exact"

    def _hedge(self, words: Sequence[str]) -> Bound | None:
        for size in (3, 2, 1):
            found = self.context.before.get(tuple(words[-size:])) if len(words) >= size else None
            if found:
                return found
        return None


def _matches(word: str, patterns: Sequence[str]) -> bool:
    """Whether a word is one of the patterns, or begins with one that ends in ``-``."""
    return any(word.startswith(p[:-1]) if p.endswith("-") else word == p for p in patterns)


# Spans and items


class _Spans:
    """Sorted spans that do not overlap, asked from left to right or not."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self.spans = sorted(spans)
        self.starts = [start for start, _ in self.spans]

    def near(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The spans that overlap ``start:end``."""
        from bisect import bisect_left

        index = max(bisect_left(self.starts, start) - 2, 0)
        for span in self.spans[index:]:
            if span[0] >= end:
                return
            if span[1] > start:
                yield span

    def overlaps(self, start: int, end: int) -> bool:
        """Whether any span overlaps."""
        return next(self.near(start, end), None) is not None


def _name_spans(doc: Doc) -> _Spans:
    return _Spans((entity.start_char, entity.end_char) for entity in doc.ents)


def _token_at(doc: Doc, start: int) -> DocToken | None:
    span = doc.char_span(start, start + 1, alignment_mode="expand")
    return span[0] if span is not None and len(span) else None


def _item(reader: _Reader, amount: _Amount) -> tuple[int, int] | None:
    """What is counted, as written: adjectives, noun and conjuncts, ``av`` left out."""
    at = amount.last + 1
    if reader.word(at) == "av" and not reader.broken(amount.last) and amount.vague:
        at += 1
    if at >= len(reader.tokens) or reader.broken(at - 1):
        return None
    if not reader._item_word(at):
        return None
    return _tagged_item(reader, at) if reader.tags else _shaped_item(reader, at)


def _tagged_item(reader: _Reader, at: int) -> tuple[int, int] | None:
    doc = reader.doc
    first = _token_at(doc, reader.tokens[at].start)
    if first is None:
        return None
    noun = _noun_from(doc, first.i)
    if noun is None:
        return None
    end = noun
    for _ in range(4):
        conjunct = _conjunct(doc, end)
        if conjunct is None:
            break
        end = conjunct
    return first.idx, doc[end].idx + len(doc[end].text)


def _noun_from(doc: Doc, i: int) -> int | None:
    """The head of the noun phrase that begins at token ``i``: over adjectives to the first noun."""
    adjective = None
    for j in range(i, min(i + 7, len(doc))):
        pos = doc[j].pos_
        if pos in ("NOUN", "PROPN"):
            return j
        if pos not in ("ADJ", "ADV", "CCONJ", "DET", "NUM") and not (doc[j].text == "," and j > i):
            break
        if pos == "ADJ" and adjective in (None, j - 1):
            adjective = j
    # "fem skadde": an adjective stands for the noun
    return adjective


def _conjunct(doc: Doc, noun: int) -> int | None:
    """The noun that is coordinated with this one right after it."""
    if noun + 2 >= len(doc) or doc[noun + 1].lower_ not in ("og", "eller", ","):
        return None
    other = _noun_from(doc, noun + 2)
    if (
        other is None
        or doc[other].pos_ != "NOUN"
        or any(doc[j].pos_ == "NUM" or doc[j].like_num for j in range(noun + 2, other))
    ):
        return None
    if doc.has_annotation("DEP"):
        return (
            other
            if doc[other].head.i == noun
            or (doc[other].head == doc[noun].head and doc[other].dep_ == doc[noun].dep_)
            else None
        )
    one, two = doc[noun].morph.to_dict(), doc[other].morph.to_dict()
    same = one.get("Number") == two.get("Number") == "Plur" and one.get("Definite") == two.get("Definite")
    return other if same else None


def _shaped_item(reader: _Reader, at: int) -> tuple[int, int] | None:
    """Without tags: the words up to the first that does not look like an adjective."""
    last = at
    while (
        last < at + 3
        and reader.word(last).endswith(("e", "ne", "ske", "lige"))
        and reader._item_word(last + 1)
    ):
        last += 1
    return reader.tokens[at].start, reader.tokens[last].end


# The component


class QuantityExtractor:
    """spaCy component: sets ``doc._.quantities``.

    It skips what overlaps ``doc._.dates``, uses tags, parse and entities where the pipeline gives them,
    and works without.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Find the quantities of a document.

        Parameters
        ----------
        doc
            With ``doc._.dates`` set, if dates are to be left out.

        Returns
        -------
        Doc
            The same, with ``doc._.quantities``: `Quantity` values in order, without overlaps.
        """
        reader = _Reader(doc)
        # Doc.text is built anew at each look.
        doc._.quantities = [_quantity(reader.text, amount) for amount in reader.amounts()]
        return doc


def _quantity(text: str, amount: _Amount) -> Quantity:
    unit = amount.unit
    low, base_unit = to_base(amount.low, unit.name, unit.dimension)
    high, _ = to_base(amount.high, unit.name, unit.dimension)
    start, end = amount.item or (None, None)
    return Quantity(
        start=amount.start,
        end=amount.end,
        text=text[amount.start : amount.end],
        low=float(amount.low),
        high=float(amount.high),
        unit=unit.name,
        bound=amount.bound,
        dimension=unit.dimension,
        base_low=low,
        base_high=high,
        base_unit=base_unit,
        item=text[start:end] if amount.item else None,
        item_start=start,
        item_end=end,
        change=amount.change,
    )


@Language.factory("depesje_quantities", assigns=["doc._.quantities"])
def create_quantity_extractor(nlp: Language, name: str) -> QuantityExtractor:
    """Create the component ``depesje_quantities``."""
    return QuantityExtractor()
