"""Units: the lexicon by form, and conversion to SI base units by pint."""

from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

import pint

from depesje import lexicon
from depesje.numerals import tokenize


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


def money(code: str) -> Unit:
    """The unit of a currency, by its ISO 4217 code."""
    return Unit(code, "money", None)


class Form(NamedTuple):
    """A written form of a unit, and what must stand around it."""

    written: str
    unit: Unit
    #: Only right after digits ("5 m").
    after_digits: bool = False
    #: Only after "halve" ("halve året").
    after_half: bool = False
    exact_case: bool = False
    #: Words of which one must follow ("mål jord").
    before: frozenset[str] = frozenset()


@dataclass(slots=True)
class Units:
    """The unit lexicon: `words` by the first token of a form, longest form first."""

    words: dict[str, list[Form]] = field(default_factory=dict)
    #: Beginnings of the rest of a compound ("åring"), longest first.
    compounds: list[tuple[str, Unit]] = field(default_factory=list)
    #: Signs and codes that stand before a figure.
    symbols: dict[str, Unit] = field(default_factory=dict)
    by_name: dict[str, Unit] = field(default_factory=dict)

    def add(
        self, forms: str, unit: Unit, after_digits: bool = False, after_half: bool = False, before: str = ""
    ) -> None:
        """Add forms of a unit, written as in the lexicon."""
        for form in forms.split():
            written = form.replace("_", " ")
            # "NOK" is money and "nok" is enough; "5 m" are metres and "5 M" are not
            exact_case = (written.isupper() and len(written) > 1) or (after_digits and len(written) == 1)
            entry = Form(written, unit, after_digits, after_half, exact_case, frozenset(before.split()))
            self.words.setdefault(tokenize(written)[0].lower, []).append(entry)

    def sort(self) -> None:
        """Put the longest forms first."""
        for forms in self.words.values():
            forms.sort(key=lambda form: (-len(form.written), not form.before))
        self.compounds.sort(key=lambda pair: -len(pair[0]))


@cache
def units() -> Units:
    """The unit lexicon, read once."""
    data, found = lexicon.load("units"), Units()
    for entry in data["unit"]:
        unit = Unit(
            entry.get("into", entry["name"]), entry["dimension"], entry["pint"], entry.get("factor", 1)
        )
        _add_unit(found, unit, entry)
    for entry in data["currency"]:
        unit = Unit(entry["code"], "money", None)
        _add_unit(found, unit, entry)
        for symbol in entry.get("symbols", "").split():
            found.symbols[symbol] = unit
    for entry in data["subunit"]:
        found.add(entry["words"], Unit(entry["code"], "money", None, entry["factor"]))
    found.sort()
    return found


def _add_unit(found: Units, unit: Unit, entry: dict[str, Any]) -> None:
    if "into" not in entry:
        found.by_name[unit.name] = unit
    found.add(entry["words"], unit)
    found.add(entry.get("after_digits", ""), unit, after_digits=True)
    found.add(entry.get("negative", ""), unit._replace(factor=-1))
    found.add(entry.get("definite", ""), unit, after_half=True)
    for word, followers in entry.get("before", {}).items():
        found.add(word, unit, before=followers)
    found.compounds += [(stem, unit) for stem in entry.get("compound", "").split()]


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
    known = units().by_name.get(unit)
    base = lexicon.load("units")["dimensions"].get(dimension)
    if known is None or known.pint is None or base is None:
        return float(value), unit
    slope, intercept = _to_base(known.pint, base)
    return value * slope + intercept, base
