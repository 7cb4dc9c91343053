"""Markdown that an analyst writes, as HTML and as Typst.

Raw HTML in it stays text, links go to the web or nowhere, and dollar signs are dollars. Headings are moved so
that they follow the page's own title without a gap.
"""

from typing import Any

import mistune

from depesje.escaping import html, typst

_PLUGINS = ["table", "strikethrough"]
_SCHEMES = ("https://", "http://", "mailto:", "#")


def to_html(source: str) -> str:
    """Markdown → HTML, safe to stand in a page."""
    renderer = _Page(escape=True)
    return str(mistune.create_markdown(renderer=renderer, plugins=_PLUGINS)(source))


def to_typst(source: str) -> str:
    """Markdown → Typst, all text in string literals."""
    tokens = mistune.create_markdown(renderer="ast", plugins=_PLUGINS)(source)
    assert isinstance(tokens, list)
    return _blocks(tokens)


def _level(level: int) -> int:
    """The page's title has level 1, and its sections level 2."""
    return 2 if level <= 2 else 3


class _Page(mistune.HTMLRenderer):
    def heading(self, text: str, level: int, **attributes: Any) -> str:
        return f"<h{_level(level)}>{text}</h{_level(level)}>\n"

    def link(self, text: str, url: str, title: str | None = None) -> str:
        return str(html('<a href="{}">', url)) + text + "</a>" if url.startswith(_SCHEMES) else text

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return text

    def codespan(self, text: str) -> str:
        return str(html("<code>{}</code>", text))


def _text(value: str) -> str:
    """Text in Typst's markup mode; the semicolon ends the expression."""
    return f"#{typst(value)};"


def _blocks(tokens: list[dict[str, Any]]) -> str:
    return "\n\n".join(filter(None, map(_block, tokens)))


def _block(token: dict[str, Any]) -> str:
    children = token.get("children", [])
    match token["type"]:
        case "heading":
            return f"#heading(level: {_level(token['attrs']['level'])})[{_inline(children)}]"
        case "paragraph" | "block_text":
            return _inline(children)
        case "block_code":
            return f"#printed({typst(token['raw'].rstrip())})"
        case "block_quote":
            return f"#quote(block: true)[{_blocks(children)}]"
        case "list":
            kind = "enum" if token["attrs"].get("ordered") else "list"
            items = ", ".join(f"[{_blocks(item['children'])}]" for item in children)
            return f"#{kind}({items})"
        case "table":
            return _table(children)
        case "thematic_break":
            return "#rule()"
        case "blank_line":
            return ""
    return _text(token["raw"]) if "raw" in token else _blocks(children)


def _table(parts: list[dict[str, Any]]) -> str:
    head = parts[0]["children"]
    rows = [row for part in parts[1:] for row in part["children"]]
    cells = [f"[{_inline(cell['children'])}]" for row in rows for cell in row["children"]]
    heads = ", ".join(f"[*{_inline(cell['children'])}*]" for cell in head)
    body = "".join(f", {cell}" for cell in cells)
    return f"#table(columns: {len(head)}, stroke: (bottom: 0.4pt), table.header({heads}){body})"


def _inline(tokens: list[dict[str, Any]]) -> str:
    return "".join(map(_span, tokens))


def _span(token: dict[str, Any]) -> str:
    children = token.get("children", [])
    match token["type"]:
        case "strong":
            return f"#strong[{_inline(children)}];"
        case "emphasis":
            return f"#emph[{_inline(children)}];"
        case "strikethrough":
            return f"#strike[{_inline(children)}];"
        case "codespan":
            return f"#raw({typst(token['raw'])});"
        case "link" if token["attrs"]["url"].startswith(_SCHEMES[:3]):
            return f"#link({typst(token['attrs']['url'])})[{_inline(children)}];"
        case "linebreak":
            return "#linebreak();"
        case "softbreak":
            return " "
    return _text(token["raw"]) if "raw" in token else _inline(children)
