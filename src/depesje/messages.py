"""The fixed words of a briefing in its language: gettext catalogues, read from their `.po` source.

The words in the code are English. A further language is one more file, ``locale/<code>/LC_MESSAGES/depesje.po``; what
it lacks stays English. Numbers, dates, units and the names of countries come from CLDR, by Babel.
"""

import gettext
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import BytesIO

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

#: The languages that articles are written in: in a briefing in one of them, an article's words are no foreign words.
NORWEGIAN = ("nb", "nn")


def _catalogue(language: str) -> Traversable:
    return files("depesje") / "locale" / language / "LC_MESSAGES" / "depesje.po"


def _locales() -> dict[str, str]:
    """English, and each language that has a catalogue; its Babel locale is the catalogue's header ``Language``."""
    codes = sorted(folder.name for folder in (files("depesje") / "locale").iterdir())
    found = {"en": "en_GB"}
    for code in codes:
        if _catalogue(code).is_file():
            found[code] = str(read_po(BytesIO(_header(code)), locale=None).locale or code)
    return found


def _header(language: str) -> bytes:
    """The first entry of a catalogue, which says what language it is in."""
    return _catalogue(language).read_bytes().partition(b"\n\n")[0] + b"\n"


#: The languages of a briefing, with the Babel locale of each.
LOCALES = _locales()


@cache
def translator(language: str) -> gettext.NullTranslations:
    """The catalogue of a language.

    Parameters
    ----------
    language
        A key of ``LOCALES``.

    Returns
    -------
    gettext.NullTranslations
        Call its ``gettext`` and ``ngettext``; in English they give the words in the code.

    Raises
    ------
    ValueError
        Briefings are not written in this language.
    """
    if language not in LOCALES:
        raise ValueError(
            f"LANGUAGE={language} is not a language of the briefing: use {' or '.join(LOCALES)}."
        )
    if not _catalogue(language).is_file():
        return gettext.NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(_catalogue(language).read_bytes()), locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
