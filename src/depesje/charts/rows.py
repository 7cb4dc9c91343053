"""Rows of words, a mark on a scale, and a value: the layout that amounts and dates share.

On a full column the words stand left of the scale and the value right of it; on a narrow one both stand above.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from depesje import tokens
from depesje.charts.canvas import Canvas, size, text_width, wrap

LEADING = 12.0
WORDS, VALUE = 168.0, 150.0
#: From the baseline of a row's first line to the line of its mark.
RISE = 3.5
#: What the mark of a stacked row takes, and how far above the row's end it is.
STRIP, FOOT = 25.0, 14.0
#: How far a grid line reaches above and below the mark of a stacked row.
REACH = 6.0


@dataclass(frozen=True, slots=True)
class Row:
    """The article's own words, a detail under them (who claims it) and the value as understood."""

    words: str
    detail: str
    value: str


@dataclass(frozen=True, slots=True)
class Layout:
    """How rows stand on a sheet: the widths of their columns, and the ends of the scale between them."""

    width: float
    words_width: float
    value_width: float
    left: float
    right: float

    @property
    def stacked(self) -> bool:
        """Whether words and value stand above the mark."""
        return not self.words_width

    def lines(self, row: Row) -> tuple[list[str], list[str]]:
        """The row's words and its detail, broken into lines."""
        width = self.width if self.stacked else self.words_width - 8
        return wrap(row.words, width, 2, italic=True), wrap(row.detail, width, 2, size("note"))

    def value_lines(self, row: Row) -> list[str]:
        """The row's value, broken into lines."""
        return wrap(row.value, self.width if self.stacked else self.value_width - 8, 3, weight="semibold")

    def beside(self, row: Row) -> bool:
        """Whether the value of a stacked row has room beside its words."""
        words, detail = self.lines(row)
        used = text_width(words[0], italic=True) if words else 0.0
        return (
            len(words) < 2
            and not detail
            and used + text_width(row.value, weight="semibold") + 12 <= self.width
        )

    def height(self, row: Row) -> float:
        """The height of a row, in points."""
        left = sum(map(len, self.lines(row)))
        right = len(self.value_lines(row))
        if self.stacked:
            return LEADING * (left if self.beside(row) else left + right) + STRIP
        return LEADING * max(left, right) + 6


def layout(rows: Sequence[Row], width: float, spare: float = 0.0) -> Layout:
    """Fit the columns to the rows; ``spare`` points are kept free right of the scale."""
    if width < size("wide"):
        return Layout(width, 0.0, 0.0, 5.0, width - 5.0 - spare)
    words_width = min(WORDS, max(text_width(row.words, italic=True) for row in rows) + 12)
    words_width = max(words_width, min(WORDS, max(text_width(row.detail, size("note")) for row in rows) + 12))
    value_width = min(VALUE, max(text_width(row.value, weight="semibold") for row in rows) + 12)
    return Layout(width, words_width, value_width, words_width + 6.0, width - value_width - spare - 6.0)


@dataclass(frozen=True, slots=True)
class Lane:
    """Where a row's mark goes: its height on the sheet, and the ends of the grid lines that cross it."""

    y: float
    top: float
    bottom: float


def lanes(rows: Sequence[Row], place: Layout, top: float) -> list[Lane]:
    """The lanes of all rows; in a narrow layout the grid leaves the words between them alone."""
    found = []
    for row in rows:
        height = place.height(row)
        y = top + height - FOOT if place.stacked else top + 11.0 - RISE
        found.append(Lane(y, y - REACH, y + REACH) if place.stacked else Lane(y, top, top + height))
        top += height
    return found


def draw_grid(canvas: Canvas, lanes_: Sequence[Lane], xs: Sequence[float]) -> None:
    """Draw a grid line at each x through all lanes."""
    canvas.verticals(
        [(x, lane.top, lane.bottom) for x in xs for lane in lanes_], tokens.colour("base", "rule")
    )


def draw_words(canvas: Canvas, rows: Sequence[Row], place: Layout, top: float) -> float:
    """Write the words and values of the rows; gives the lower edge of the last."""
    y = top
    for row in rows:
        height, baseline = place.height(row), y + 11.0
        words, detail = place.lines(row)
        canvas.lines(0, baseline, words, LEADING, italic=True)
        below = baseline + LEADING * len(words)
        canvas.lines(0, below, detail, LEADING, points=size("note"), colour=tokens.colour("base", "muted"))
        value = place.value_lines(row)
        if not place.stacked:
            canvas.lines(place.width - place.value_width + 8, baseline, value, LEADING, weight="semibold")
        elif place.beside(row):
            canvas.text(place.width, baseline, row.value, weight="semibold", anchor="right")
        else:
            canvas.lines(0, below + LEADING * len(detail), value, LEADING, weight="semibold")
        y += height
    return y
