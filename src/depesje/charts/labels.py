"""Words and numbers of the charts in the language of the briefing."""

from collections.abc import Sequence

import pandas as pd
from babel import Locale
from babel.core import get_global
from babel.lists import format_list
from babel.numbers import format_compact_decimal, format_decimal, format_scientific

from depesje.messages import LOCALES, translator

#: From here on a number is written with its scale word (`1.5 million`).
COMPACT_FROM = 1_000_000
#: Babel has no scale words from here on.
SCIENTIFIC_FROM = 1e16
#: A chart compares; what there is only one of is in the prose and the table.
FEWEST_MARKS = 2
#: The longest name in a title or an alt text, in characters, and how many an alt text lists.
NAME, LISTED = 60, 6


def number(value: float, language: str) -> str:
    """A number as running text has it: at most three significant digits after the decimal mark."""
    locale = LOCALES[language]
    if abs(value) >= SCIENTIFIC_FROM:
        return str(format_scientific(float(f"{value:.2e}"), locale=locale))
    if abs(value) >= COMPACT_FROM:
        return str(format_compact_decimal(value, format_type="long", locale=locale, fraction_digits=2))
    if value and abs(value) < 1:
        return str(format_decimal(float(f"{value:.2g}"), format="#,##0.######", locale=locale))
    return str(format_decimal(round(value, 2 if abs(value) < 100 else 1), locale=locale))


def number_range(low: float, high: float, language: str) -> str:
    """Two numbers with a dash between them, the scale word once where both have it."""
    first, last = number(low, language), number(high, language)
    head, _, scale = first.partition(" ")
    if scale.isalpha() and last.endswith(f" {scale}"):
        first = head
    signed = "-" in first + last or "−" in first + last
    return f"{first} – {last}" if signed else f"{first}–{last}"


def listed(items: Sequence[str], language: str, limit: int = LISTED) -> str:
    """``A, B and C``, or the first of them ``and 3 more``."""
    if not items:
        return ""
    rest = len(items) - limit
    if rest > 0:
        more = translator(language).ngettext("{n} more", "{n} more", rest).format(n=number(rest, language))
        items = [*items[:limit], more]
    return str(format_list(items, locale=LOCALES[language]))


def short(name: str, limit: int = NAME) -> str:
    """A name for running text, cut where it is no longer one."""
    return name if len(name) <= limit else name[: limit - 1].rstrip() + "…"


def sentence_case(text: str) -> str:
    """A title that begins with a capital, whatever name it begins with."""
    return text[:1].upper() + text[1:]


def type_word(type_: str, language: str) -> str:
    """What kind of actor a type stands for, in lower case."""
    _ = translator(language).gettext
    words = {
        "PER": _("Person"),
        "ORG": _("Organisation"),
        "GPE": _("State, region or town"),
        "LOC": _("Place"),
        "PROD": _("Product"),
        "EVT": _("Event"),
        "GROUP": _("Group"),
    }
    return words.get(type_, type_).lower()


def theme_column(themes: pd.DataFrame, language: str) -> str:
    """The column with the names of themes in a language; English ones where the IPTC has none."""
    return f"label_{language}" if f"label_{language}" in themes else "label"


def certainty_word(certainty: str, language: str) -> str:
    """How sure a claim is, in one lower-case word."""
    _ = translator(language).gettext
    words = {
        "confirmed": _("Confirmed"),
        "asserted": _("Asserted"),
        "likely": _("Likely"),
        "possible": _("Possible"),
        "uncertain": _("Uncertain"),
        "unconfirmed": _("Unconfirmed"),
        "denied": _("Denied"),
    }
    return words.get(certainty, certainty).lower()


def country_name(alpha3: str, language: str) -> str | None:
    """A country's name by CLDR.

    Parameters
    ----------
    alpha3
        ISO 3166 alpha-3.
    language
        The language of the briefing.

    Returns
    -------
    str or None
        None where CLDR has no single name: states of the past, such as the Soviet Union.
    """
    return territory(alpha3, LOCALES[language])


def territory(alpha3: str, locale: str) -> str | None:
    """The same for any locale of Babel's."""
    # CLDR knows Kosovo by a code of its own, which has no alias.
    codes = ["XK"] if alpha3 == "XKX" else get_global("territory_aliases").get(alpha3, [])
    return Locale.parse(locale).territories.get(codes[0]) if len(codes) == 1 else None


def place_word(kind: str, language: str) -> str:
    """What a place is, in a word."""
    _ = translator(language).gettext
    words = {
        "settlement": _("town"),
        "municipality": _("municipality"),
        "region": _("region"),
        "nature": _("natural place"),
    }
    return words.get(kind, kind)


def coordinates(place: tuple[float, float], language: str) -> str:
    """Latitude and longitude with their hemispheres: `43.1° N, 131.9° E`, no line broken inside."""
    _ = translator(language).gettext
    latitude, longitude = place
    north, east = (
        _("{n}° N") if latitude >= 0 else _("{n}° S"),
        _("{n}° E") if longitude >= 0 else _("{n}° W"),
    )
    parts = (north.format(n=_degrees(latitude, language)), east.format(n=_degrees(longitude, language)))
    return ", ".join(part.replace(" ", "\N{NO-BREAK SPACE}") for part in parts)


def _degrees(value: float, language: str) -> str:
    return str(format_decimal(abs(value), format="0.0", locale=LOCALES[language]))


def more_in_table(left: int, language: str) -> str:
    """The note on rows that a chart leaves to its table; empty where it shows all."""
    ngettext = translator(language).ngettext
    if not left:
        return ""
    return ngettext("The table has {n} more row.", "The table has {n} more rows.", left).format(
        n=number(left, language)
    )
