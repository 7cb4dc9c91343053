"""SVG that may stand inside a page."""

import re
from xml.etree import ElementTree

from depesje.escaping import clean

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
#: What a chart may consist of; anything else (scripts, style sheets, foreign objects) is left out.
_SVG_ELEMENTS = frozenset(
    """
    svg g defs path rect circle ellipse line polyline polygon text tspan use clipPath linearGradient
    radialGradient stop pattern title desc symbol marker
    """.split()  # noqa: SIM905
)
_SVG_PROPERTIES = frozenset(
    """
    fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-dasharray stroke-dashoffset
    stroke-linecap stroke-linejoin stroke-miterlimit opacity font-family font-size font-weight font-style
    text-anchor dominant-baseline clip-path clip-rule stop-color stop-opacity letter-spacing display visibility
    """.split()  # noqa: SIM905
)
_SVG_ATTRIBUTES = frozenset(
    """
    d x y x1 x2 y1 y2 dx dy cx cy r rx ry width height points transform id viewBox preserveAspectRatio
    offset gradientUnits gradientTransform clipPathUnits patternUnits markerWidth markerHeight refX refY orient
    """.split()  # noqa: SIM905
)
_FONT = re.compile(r"^(?:(italic|oblique)\s+)?(?:(bold|\d{3})\s+)?([\d.]+)(?:px)?\s+(.+)$")


def plain_svg(svg: str, prefix: str) -> str:
    """Make a chart's SVG fit to stand in Typst, and inside a page with a strict content security policy.

    Style attributes become presentation attributes, ids get a prefix so that two charts don't clash, and
    metadata, comments, scripts and style sheets are left out.

    Parameters
    ----------
    svg
        An SVG document, as matplotlib writes it (with ``svg.fonttype`` ``"none"``, so that text stays text).
    prefix
        What to put before every id: the figure's own id.

    Raises
    ------
    xml.etree.ElementTree.ParseError
        If the text is no XML.
    """
    root = ElementTree.fromstring(svg)
    width, height = root.get("width"), root.get("height")
    if not root.get("viewBox") and width and height:
        root.set("viewBox", f"0 0 {_number(width)} {_number(height)}")
    plain = _plain_element(root, prefix)
    if plain is None:
        raise ValueError("Not an SVG document")
    # Lines as matplotlib means them; it says so in a style sheet for every element.
    plain.attrib = {"xmlns": _SVG, "stroke-linejoin": "round", "stroke-linecap": "butt", **plain.attrib}
    return ElementTree.tostring(plain, encoding="unicode")


def _plain_element(element: ElementTree.Element, prefix: str) -> ElementTree.Element | None:
    name = element.tag.removeprefix(f"{{{_SVG}}}") if isinstance(element.tag, str) else ""
    if name not in _SVG_ELEMENTS:
        return None
    attributes: dict[str, str] = {}
    for key, value in element.attrib.items():
        if key == "style":
            attributes |= _properties(value)
        elif key in (f"{{{_XLINK}}}href", "href"):
            if value.startswith("#"):
                attributes["href"] = f"#{prefix}-{value[1:]}"
        elif key in _SVG_ATTRIBUTES or key in _SVG_PROPERTIES:
            attributes[key] = value
    if "id" in attributes:
        attributes["id"] = f"{prefix}-{attributes['id']}"
    attributes = {key: value.replace("url(#", f"url(#{prefix}-") for key, value in attributes.items()}
    plain = ElementTree.Element(name, attributes)
    inline = name in ("text", "tspan", "title", "desc")
    plain.text = clean(element.text) if inline and element.text else None
    for child in element:
        kept = _plain_element(child, prefix)
        if kept is not None:
            kept.tail = clean(child.tail) if inline and child.tail else None
            plain.append(kept)
    return plain


def _properties(style: str) -> dict[str, str]:
    """The declarations of a style attribute that have a presentation attribute."""
    pairs = (part.partition(":")[::2] for part in style.split(";"))
    properties = {name.strip(): value.strip() for name, value in pairs if value.strip()}
    if match := _FONT.match(properties.pop("font", "")):
        fontstyle, weight, size, family = match.groups()
        properties |= {"font-size": size, "font-family": family}
        properties |= {"font-weight": weight} if weight else {}
        properties |= {"font-style": fontstyle} if fontstyle else {}
    return {name: value for name, value in properties.items() if name in _SVG_PROPERTIES}


def _number(length: str) -> str:
    return re.sub(r"[a-z%]+$", "", length.strip())
