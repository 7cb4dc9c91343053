"""The fixed words of a briefing in its language: gettext catalogues, read from their `.po` source.

The words in the code are English. A further language is one more file, ``locale/<code>/LC_MESSAGES/depesje.po``.
"""

import gettext
from functools import cache
from importlib.resources import files
from io import BytesIO

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

#: The languages of a briefing, with the Babel locale of each.
LOCALES = {"en": "en_GB", "nb": "nb_NO"}


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
    source = files("depesje") / "locale" / language / "LC_MESSAGES" / "depesje.po"
    if not source.is_file():
        return gettext.NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(source.read_bytes()), locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
