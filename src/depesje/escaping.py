"""The one way for text into each target: HTML, Markdown, Typst, spreadsheets.

An article is untrusted. It never becomes markup or code, because the templates hold none of its text, and
what fills them is escaped as it goes in.
"""

import re
from collections.abc import Iterable

from markupsafe import Markup

# Control characters and half surrogates are legal in no target; they become the replacement character.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$=:@^>])")
# What a spreadsheet takes for the beginning of a formula, also in the full width of Chinese and Japanese fonts.
_FORMULA = "[=+\\-@＝＋－＠]"
_OPENS_FORMULA = re.compile(rf"[\t\r\n]|\s*+{_FORMULA}")
_GAP_BEFORE_FORMULA = re.compile(rf"(?<![;\s])[;\s]++(?={_FORMULA})")


def clean(text: str) -> str:
    """Replace the characters that neither HTML nor PDF can hold by U+FFFD."""
    return _ILLEGAL.sub("\ufffd", text)


def html(template: str, *values: object, **named: object) -> Markup:
    """Fill an HTML template; every value that is not already `Markup` is escaped."""

    def safe(value: object) -> object:
        return value if isinstance(value, Markup) else clean(str(value))

    return Markup(template).format(*map(safe, values), **{name: safe(value) for name, value in named.items()})


def joined(parts: Iterable[Markup], separator: str = "") -> Markup:
    """Join pieces of HTML."""
    return Markup(separator).join(parts)


def markdown_text(text: str) -> str:
    """Escape text for Markdown, so that none of it is read as markup."""
    text = _MARKDOWN.sub(r"\\\1", clean(text).replace("&", "&amp;"))
    return " ".join(text.replace("<", "&lt;").split())


def spreadsheet_text(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula, so that it stays text.

    That is a cell that begins with ``=``, ``+``, ``-`` or ``@``, after white space or not, or with a tab or a line end
    (OWASP, CSV Injection). A CSV file is cut at semicolons where the comma is the decimal mark, as in Norway, so
    what follows a semicolon, a tab or a line end inside a cell counts as a beginning too.
    """

    def guarded(gap: re.Match[str]) -> str:
        return f"{gap[0]}'" if set(gap[0]) & set(";\t\r\n") else gap[0]

    guarded_text = _GAP_BEFORE_FORMULA.sub(guarded, text)
    return f"'{guarded_text}" if _OPENS_FORMULA.match(text) else guarded_text


def typst(value: object) -> str:
    """Write a plain value as a Typst literal: the only way in which text enters the PDF.

    Parameters
    ----------
    value
        ``None``, bool, int, float, str, a sequence, or a dict with keys that are Python names.

    Raises
    ------
    TypeError
        If the value is of another type.
    """
    match value:
        case None:
            return "none"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value)
        case str():
            escaped = clean(value).replace("\\", "\\\\").replace('"', '\\"')
            return '"' + escaped.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t") + '"'
        case dict():
            pairs = [f"{name.replace('_', '-')}: {typst(item)}" for name, item in value.items()]
            return "(" + ", ".join(pairs) + ")" if pairs else "(:)"
        case list() | tuple():
            return "(" + "".join(f"{typst(item)}, " for item in value) + ")"
    raise TypeError(f"No Typst literal for {type(value).__name__}")
