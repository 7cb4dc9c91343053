"""A sheet to draw a chart on, and the chart that comes of it.

Matplotlib draws; the layout is the chart's own, in points from the top left corner, because a label must find its place
by its measured width and not by an axis. What matplotlib writes is then made fit for a page that allows no inline
style: plain presentation attributes, no ids that could meet those of another chart, no metadata.
"""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from xml.etree import ElementTree

import matplotlib
import numpy as np
import pandas as pd
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.colors import to_rgb
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D
from numpy.typing import NDArray

from depesje import tokens
from depesje.svg import plain_svg

POINTS_PER_INCH = 72
#: A reader without the page's face gets a wider one: labels leave this much room.
FALLBACK_FACE = 1.08
#: The dashes of a dashed line and the gaps between them, in points.
DASHES = (2.5, 2.0)
SVG = "http://www.w3.org/2000/svg"


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with everything that a page needs to show it.

    Attributes
    ----------
    name
        A short ASCII name, the prefix of every id in the SVG.
    svg, narrow_svg
        The drawing for a full column and for a phone, in the light colours of the tokens.
    title
        The chart's one message.
    alt
        The message as a sentence with its numbers, for those who don't see the chart.
    note
        How to read the marks, and what is left out; may be empty.
    data
        The numbers, with column names in the language of the chart; ``sentence_ids`` is their evidence.
    quoted
        Those columns of ``data`` that hold the article's own words.
    source
        Whose data, other than the article, the drawing is made of; may be empty.
    """

    name: str
    svg: str
    narrow_svg: str
    title: str
    alt: str
    note: str
    data: pd.DataFrame
    quoted: tuple[str, ...] = ()
    source: str = ""


def size(name: str) -> float:
    """A size of the tokens' ``[chart]`` table, in points (widths in inches there, in points here)."""
    value = float(tokens.load()["chart"][name])
    return value * POINTS_PER_INCH if name in ("wide", "narrow") else value


def clean(value: object) -> str:
    """A cell as one line of text that XML can hold; the empty string where the cell is missing."""
    if value is None or value is pd.NA or (isinstance(value, float) and value != value):
        return ""
    text = str(value).replace("\u00ad", "")
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


@cache
def _font_file(weight: str, italic: bool) -> str:
    face = "sans-italic" if italic else "sans-semibold" if weight == "semibold" else "sans"
    return str(tokens.font_files()[face])


@cache
def _advance(character: str, weight: str, italic: bool) -> float:
    """The width of one character, in ems."""
    font = get_font(_font_file(weight, italic))
    if not font.get_char_index(ord(character)):
        return 1.0  # from some other face; the widest scripts are one em
    font.set_size(100, POINTS_PER_INCH)
    return float(font.load_char(ord(character)).linearHoriAdvance) / 65536 / 100


def text_width(text: str, points: float | None = None, weight: str = "normal", italic: bool = False) -> float:
    """The width of a line of text in points, with some room for a wider face."""
    ems = sum(_advance(character, weight, italic) for character in text)
    return ems * (points or size("label")) * FALLBACK_FACE


def shorten(
    text: str, width: float, points: float | None = None, weight: str = "normal", italic: bool = False
) -> str:
    """The text, or as much of it as fits into ``width`` points with an ellipsis."""
    if text_width(text, points, weight, italic) <= width:
        return text
    room, kept = width - text_width("…", points, weight, italic), 0
    for character in text:
        room -= text_width(character, points, weight, italic)
        if room < 0:
            break
        kept += 1
    return text[:kept].rstrip(" ,;:–-") + "…"


def wrap(
    text: str,
    width: float,
    lines: int = 2,
    points: float | None = None,
    weight: str = "normal",
    italic: bool = False,
) -> list[str]:
    """Break a text into at most ``lines`` lines of ``width`` points, the last one shortened."""
    wrapped: list[str] = []
    words = text.split()
    while words and len(wrapped) < lines - 1:
        line = words[0]
        taken = 1
        while taken < len(words) and text_width(f"{line} {words[taken]}", points, weight, italic) <= width:
            line = f"{line} {words[taken]}"
            taken += 1
        wrapped.append(shorten(line, width, points, weight, italic))
        words = words[taken:]
    if words:
        wrapped.append(shorten(" ".join(words), width, points, weight, italic))
    return wrapped


class Canvas:
    """A drawing surface: x from the left, y downwards, both in points.

    It hands matplotlib's SVG renderer what it gets, without figure and axes in between: they would lay out anew
    what is laid out here, and take half of the time of a briefing's charts to load.

    Parameters
    ----------
    width
        The width of the sheet in points. Its height is given at the end, to `svg`.
    """

    def __init__(self, width: float) -> None:
        self.width = width
        self._steps: list[Callable[[RendererSVG], None]] = []
        self._transform = Affine2D()

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        points: float | None = None,
        colour: str | None = None,
        anchor: str = "left",
        weight: str = "normal",
        italic: bool = False,
    ) -> None:
        """Write a line with its baseline at ``y``; ``anchor`` is ``left``, ``center`` or ``right``."""
        if not text:
            return
        font = FontProperties(
            size=points or size("label"),
            weight=600 if weight == "semibold" else 400,
            style="italic" if italic else "normal",
        )
        placed = Text(x, y, ha=anchor, transform=self._transform)

        def step(renderer: RendererSVG) -> None:
            stroke = _stroke(renderer, colour or tokens.colour("base", "ink"))
            # Article text is never mathematics: a dollar sign is a dollar sign.
            renderer.draw_text(stroke, x, y, text, font, 0, ismath=False, mtext=placed)

        self._steps.append(step)

    def lines(self, x: float, y: float, lines: Sequence[str], leading: float = 12.0, **style: Any) -> None:
        """Write several lines, the first with its baseline at ``y``."""
        for number, line in enumerate(lines):
            self.text(x, y + number * leading, line, **style)

    def line(
        self,
        x0: float,
        y0: float,
        x1: float,
        y1: float,
        colour: str,
        width: float | None = None,
        dashed: bool = False,
    ) -> None:
        """Draw a straight line."""
        self.path([(x0, y0), (x1, y1)], colour, width, dashed=dashed)

    def path(
        self,
        points: Sequence[tuple[float, float]],
        colour: str,
        width: float | None = None,
        *,
        curved: bool = False,
        dashed: bool = False,
    ) -> None:
        """Draw a line through points, or with ``curved`` one cubic Bézier curve of four."""
        codes = [Path.MOVETO, *[Path.CURVE4 if curved else Path.LINETO] * (len(points) - 1)]
        self._draw(points, codes, colour, size("line") if width is None else width, dashed=dashed)

    def paths(self, lines: Sequence[NDArray[np.float64]], colour: str, width: float) -> None:
        """Draw several lines, each given by its points (a row each), as one path."""
        if lines:
            codes = [code for line in lines for code in (Path.MOVETO, *[Path.LINETO] * (len(line) - 1))]
            self._draw(np.vstack(lines), codes, colour, width)

    def areas(self, rings: Sequence[NDArray[np.float64]], fill: str) -> None:
        """Fill what rings enclose, each given by its points (a row each), as one path."""
        if rings:
            codes = [
                c for ring in rings for c in (Path.MOVETO, *[Path.LINETO] * (len(ring) - 1), Path.CLOSEPOLY)
            ]
            closed = [part for ring in rings for part in (ring, ring[:1])]
            self._draw(np.vstack(closed), codes, fill, 0.0, filled=True)

    def verticals(
        self, segments: Sequence[tuple[float, float, float]], colour: str, width: float | None = None
    ) -> None:
        """Draw upright lines, each given as its x, its upper and its lower end, as one path."""
        if segments:
            points = [point for x, top, bottom in segments for point in ((x, top), (x, bottom))]
            codes = [Path.MOVETO, Path.LINETO] * len(segments)
            self._draw(points, codes, colour, size("grid") if width is None else width)

    def rectangle(self, x: float, y: float, width: float, height: float, fill: str) -> None:
        """Fill a rectangle, given by its top left corner."""
        self._draw(_corners(x, y, width, height), _CLOSED, fill, 0.0, filled=True)

    def outline(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """Draw a dashed rectangle, given by its top left corner."""
        self._draw(_corners(x, y, width, height), _CLOSED, colour, 1.2, dashed=True)

    def dots(
        self, points: Sequence[tuple[float, float]], colour: str, radius: float = 3.5, hollow: bool = False
    ) -> None:
        """Draw dots, filled or as rings of the same outer size."""
        if not points:
            return
        ring = 1.5 if hollow else 0.0
        shape = Affine2D().scale(radius - ring / 2)

        def step(renderer: RendererSVG) -> None:
            stroke = _stroke(renderer, colour, ring)
            fill = None if hollow else to_rgb(colour)
            renderer.draw_markers(stroke, Path.unit_circle(), shape, Path(points), self._transform, fill)

        self._steps.append(step)

    def arrow_head(self, x: float, y: float, towards: int, colour: str, length: float = 5.0) -> None:
        """Draw an open arrow head with its tip at ``x``; ``towards`` is 1 for right and -1 for left."""
        back = x - towards * length
        self.path([(back, y - length * 0.7), (x, y), (back, y + length * 0.7)], colour)

    def svg(self, height: float, name: str) -> str:
        """The drawing as SVG text, with ``name`` before every id."""
        self._transform.scale(1, -1).translate(0, height)
        written = io.StringIO()
        with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": "depesje"}):
            renderer = RendererSVG(self.width, height, written, metadata={"Date": None})
            for step in self._steps:
                step(renderer)
            renderer.finalize()
        return _flat(written.getvalue(), name)

    def _draw(
        self,
        points: Sequence[tuple[float, float]] | NDArray[np.float64],
        codes: Sequence[Any],
        colour: str,
        width: float,
        *,
        filled: bool = False,
        dashed: bool = False,
    ) -> None:
        path = Path(points, codes)
        path.should_simplify = False

        def step(renderer: RendererSVG) -> None:
            fill = to_rgb(colour) if filled else None
            renderer.draw_path(_stroke(renderer, colour, width, dashed), path, self._transform, fill)

        self._steps.append(step)


_CLOSED = [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY]


def _corners(x: float, y: float, width: float, height: float) -> list[tuple[float, float]]:
    return [(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)]


def _stroke(
    renderer: RendererSVG, colour: str, width: float = 0.0, dashed: bool = False
) -> GraphicsContextBase:
    stroke = renderer.new_gc()
    stroke.set_foreground(colour)
    stroke.set_linewidth(width)
    if dashed:
        stroke.set_dashes(0, DASHES)
    return stroke


def _flat(written: str, name: str) -> str:
    """Matplotlib's SVG without its groups, its ids and its list of faces: a third of the size."""
    drawn = ElementTree.fromstring(plain_svg(written, name))
    sheet = ElementTree.Element("svg", {"xmlns": SVG, "viewBox": drawn.attrib["viewBox"]})
    type_ = tokens.load()["type"]
    sheet.set("font-family", f"'{type_['sans']}', {type_['sans_fallback']}")
    for defs in drawn.iter(f"{{{SVG}}}defs"):
        for mark in defs:
            mark.tag = mark.tag.removeprefix(f"{{{SVG}}}")
            # Its colour is that of its uses, where the style sheet of a dark page can reach it.
            for name_ in ("fill", "stroke"):
                mark.attrib.pop(name_, None)
            ElementTree.SubElement(sheet, "defs").append(mark)
    marks = set(sheet.iter("path"))
    for element in drawn.iter():
        tag = element.tag.removeprefix(f"{{{SVG}}}")
        if tag in ("path", "text", "use") and element not in marks:
            ElementTree.SubElement(sheet, tag, _attributes(element)).text = element.text
    return ElementTree.tostring(sheet, encoding="unicode")


#: What an attribute is where nothing is said, and what matplotlib adds that no chart here uses.
_IMPLIED = {"text-anchor": "start", "font-weight": "400", "stroke-linejoin": "miter"}
_UNUSED = ("id", "transform", "font-family", "clip-path")


def _attributes(element: ElementTree.Element) -> dict[str, str]:
    attributes = {name: value for name, value in element.attrib.items() if _IMPLIED.get(name) != value}
    for name in _UNUSED:
        attributes.pop(name, None)
    if "font-size" in attributes:
        attributes["font-size"] = attributes["font-size"].removesuffix("px")
    for name in ("x", "y", "d"):
        if name in attributes:
            attributes[name] = " ".join(_two_decimals(part) for part in attributes[name].split())
    return attributes


def _two_decimals(part: str) -> str:
    try:
        return f"{float(part):.2f}".rstrip("0").rstrip(".")
    except ValueError:
        return part  # a path's command
