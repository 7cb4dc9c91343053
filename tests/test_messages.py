"""Every word of a briefing has its Norwegian, with the same fields."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir

from depesje.messages import LOCALES, translator

ROOT = Path(__file__).parents[1]


def messages():
    """All words marked for translation, in the code and the templates."""
    keywords = {**DEFAULT_KEYWORDS, "N_": None}
    found = set()
    for folder, methods in (
        (ROOT / "src" / "depesje", [("**.py", "python")]),
        (ROOT / "notebooks" / "templates", [("**.j2", "jinja2")]),
    ):
        for _file, _line, message, _comments, _context in extract_from_dir(
            folder, methods, keywords=keywords
        ):
            found.add(message)
    return sorted(found, key=str)


def fields(text):
    return set(re.findall(r"\{\w+\}", text))


@pytest.mark.parametrize("message", messages(), ids=str)
def test_norwegian_has_it(message):
    words = translator("nb")
    if isinstance(message, tuple):
        singular, plural = message
        for n in (1, 2):
            said = words.ngettext(singular, plural, n)
            assert (singular, n) in words._catalog or (singular, words.plural(n)) in words._catalog
            assert fields(said) <= fields(plural) | fields(singular)
    else:
        assert message in words._catalog
        assert fields(words.gettext(message)) == fields(message)


def test_english_is_the_code():
    assert translator("en").gettext("Bottom line") == "Bottom line"
    assert translator("nb").gettext("Bottom line") == "Kort fortalt"


def test_other_languages_are_refused():
    with pytest.raises(ValueError, match="en or nb"):
        translator("fr")
    assert set(LOCALES) == {"en", "nb"}
