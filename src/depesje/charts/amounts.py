"""Kinds of amounts: which ones share a scale, and how a value of each kind is written."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from babel.numbers import get_currency_name
from babel.units import format_unit

from depesje.charts import labels
from depesje.messages import LOCALES, translator

MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0
YEAR = 365.25 * DAY

#: For each base unit the steps a reader knows: size in base units, Babel's name, pint's name.
_LADDERS: dict[str, list[tuple[float, str, str]]] = {
    "meter": [
        (1e-3, "length-millimeter", "mm"),
        (1e-2, "length-centimeter", "cm"),
        (1.0, "length-meter", "m"),
        (1e3, "length-kilometer", "km"),
    ],
    "second": [
        (1.0, "duration-second", "s"),
        (MINUTE, "duration-minute", "min"),
        (HOUR, "duration-hour", "h"),
        (DAY, "duration-day", "day"),
        (7 * DAY, "duration-week", "week"),
        (YEAR / 12, "duration-month", "month"),
        (YEAR, "duration-year", "year"),
    ],
    "kilogram": [(1e-3, "mass-gram", "g"), (1.0, "mass-kilogram", "kg"), (1e3, "mass-tonne", "tonne")],
    "meter ** 2": [(1.0, "area-square-meter", "m2"), (1e6, "area-square-kilometer", "km2")],
    "meter ** 3": [(1e-3, "volume-liter", "l"), (1.0, "volume-cubic-meter", "m3")],
    "meter / second": [(1 / 3.6, "speed-kilometer-per-hour", "km/h")],
    "watt": [
        (1.0, "power-watt", "W"),
        (1e3, "power-kilowatt", "kW"),
        (1e6, "power-megawatt", "MW"),
        (1e9, "power-gigawatt", "GW"),
    ],
    "byte": [(1e6, "digital-megabyte", "MB"), (1e9, "digital-gigabyte", "GB"), (1e12, "digital-terabyte", "TB")],
    "hertz": [(1.0, "frequency-hertz", "Hz"), (1e6, "frequency-megahertz", "MHz"), (1e9, "frequency-gigahertz", "GHz")],
    "pascal": [(100.0, "pressure-hectopascal", "hPa")],
    "radian": [(math.pi / 180, "angle-degree", "degree")],
    "volt": [(1.0, "electric-volt", "V")],
    "ampere": [(1.0, "electric-ampere", "A")],
    "joule": [(3.6e6, "energy-kilowatt-hour", "kWh")],
    "kelvin": [(1.0, "temperature-celsius", "degC")],
}  # fmt: skip

_PREFIXED = {3.6e9: "MWh", 3.6e12: "GWh", 3.6e15: "TWh"}
#: The zero of the Celsius scale, in kelvin.
CELSIUS_ZERO = 273.15


@dataclass(frozen=True, slots=True)
class Kind:
    """Amounts that share a scale: ``name`` (such as ``money``) and the unit that they are compared in.

    That is the column ``base_unit``, or the unit as written for money, counts and shares; temperatures are in °C.
    """

    name: str
    unit: str

    def title(self, language: str) -> str:
        """The heading of the kind's scale."""
        _ = translator(language).gettext
        if self.name == "money":
            currency = get_currency_name(self.unit, count=2, locale=LOCALES[language])
            return _("Money ({currency})").format(currency=currency)
        titles = {
            "count": _("Numbers"),
            "share": _("Shares"),
            "percentage_point": _("Percentage points"),
            "length": _("Lengths"),
            "time": _("Durations"),
            "age": _("Ages"),
            "mass": _("Weights"),
            "area": _("Areas"),
            "volume": _("Volumes"),
            "speed": _("Speeds"),
            "power": _("Power"),
            "energy": _("Energy"),
            "temperature": _("Temperatures"),
            "pressure": _("Pressure"),
            "frequency": _("Frequencies"),
            "angle": _("Angles"),
            "data": _("Data"),
            "voltage": _("Voltage"),
            "current": _("Electric current"),
        }
        return titles.get(self.name) or self.name.replace("_", " ").strip("[]").capitalize()

    def landmarks(self) -> list[float]:
        """Values of this kind that a reader knows, for a logarithmic scale; empty where powers of ten will do."""
        if self.unit != "second":
            return []
        return [size for size, *_names in _LADDERS["second"]] + [10.0**power * YEAR for power in range(1, 10)]

    def tick(self, value: float, language: str, beside: float) -> str:
        """A value under the axis; the currency is in the heading."""
        return (
            labels.number(value, language)
            if self.name == "money"
            else self.value(value, language, beside=beside)
        )

    def value(self, value: float, language: str, written_unit: str = "", beside: float = 0.0) -> str:
        """One value of this kind with its unit, the same as that of the value that it stands beside."""
        return self.span(value, value, language, written_unit, beside)

    def span(
        self, low: float, high: float, language: str, written_unit: str = "", beside: float = 0.0
    ) -> str:
        """A value or a range with its unit, in the unit as written where that is one of the reader's own."""
        locale = LOCALES[language]
        step, name = self._step(max(abs(low), abs(high), abs(beside)), written_unit)
        low, high = low / step, high / step
        shown = labels.number(low, language) if low == high else labels.number_range(low, high, language)
        if self.name == "money":
            return f"{shown} {self.unit}"
        if self.name == "share":
            return str(format_unit(10, "percent", length="short", locale=locale)).replace("10", shown)
        if self.name == "percentage_point":
            _ = translator(language).gettext
            return _("{n} pp").format(n=shown)
        if name in _PREFIXED.values():
            return f"{shown} {name}"
        if not name:
            return shown if self.name == "count" else f"{shown} {self.unit}".strip()
        long = name.startswith("duration") or name == "mass-tonne"
        # One value takes its plural from Babel; a range has no number of its own, and is many.
        if low == high and abs(high) < labels.COMPACT_FROM:
            return str(format_unit(round(high, 2), name, length="long" if long else "short", locale=locale))
        many = str(format_unit(10, name, length="long" if long else "short", locale=locale))
        return many.replace("10", shown)

    def step(self, value: float) -> float:
        """The size, in base units, of the unit that a value is written in."""
        return self._step(value)[0]

    def _step(self, value: float, written_unit: str = "") -> tuple[float, str]:
        ladder = _LADDERS.get(self.unit, [])
        for size, name, pint_name in ladder:
            if pint_name == written_unit:
                return size, name
        if self.unit == "joule":
            for size, symbol in sorted(_PREFIXED.items(), reverse=True):
                if value >= size or symbol == written_unit:
                    return size, symbol
        if not ladder:
            return 1.0, ""
        below = [step for step in ladder if step[0] <= value * 1.0001]
        size, name, _ = below[-1] if below else ladder[0]
        return size, name


def kind_of(unit: str, dimension: str, base_unit: str) -> Kind:
    """The kind of an amount, from the columns ``unit``, ``dimension`` and ``base_unit``."""
    if unit == "percentage_point":
        return Kind("percentage_point", unit)
    if unit in ("percent", "permille", "promille"):
        return Kind("share", "percent")
    if re.fullmatch(r"[A-Z]{3}", unit):
        return Kind("money", unit)
    if unit == "count":
        return Kind("count", unit)
    return Kind(dimension or base_unit, base_unit)


def values(quantity: Mapping[str, Any], kind: Kind) -> tuple[float, float]:
    """The lowest and the highest value of an amount, in the unit of its kind.

    Parameters
    ----------
    quantity
        A row of the ``quantities`` table.
    kind
        What `kind_of` says of it.
    """
    if kind.name in ("money", "count", "percentage_point"):
        return float(quantity["low"]), float(quantity["high"])
    if kind.name == "share":
        part = 1.0 if quantity["unit"] == "percent" else 0.1
        return float(quantity["low"]) * part, float(quantity["high"]) * part
    low, high = float(quantity["base_low"]), float(quantity["base_high"])
    if kind.name == "temperature":  # rounded, because in floats 278.15 - 273.15 is not quite 5
        return round(low - CELSIUS_ZERO, 6), round(high - CELSIUS_ZERO, 6)
    return low, high


def written(kind: Kind, low: float, high: float, bound: str, language: str, unit: str = "") -> str:
    """An amount with its bound: `at least 130 km`, `about 30%`, `10–99 million`.

    Parameters
    ----------
    kind
        The kind of the amount.
    low, high
        What `values` gives.
    bound
        The column ``bound``.
    language
        The language of the briefing.
    unit
        The unit as written.
    """
    _ = translator(language).gettext
    if bound == "at_least":
        return _("at least {amount}").format(amount=kind.value(low, language, unit))
    if bound == "at_most":
        return _("at most {amount}").format(amount=kind.value(high, language, unit))
    if bound == "approx" and low == high:  # of a range, the range says so already
        return _("about {amount}").format(amount=kind.value(low, language, unit))
    return kind.span(low, high, language, unit)


#: The order of the scales in a briefing; other kinds follow.
ORDER = ("money", "count", "share", "percentage_point", "length", "area", "volume", "mass", "time", "age")
