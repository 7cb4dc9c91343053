"""What it is about: the sentences that carry each theme, through the article."""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from depesje import tokens
from depesje.charts import labels
from depesje.charts.canvas import Canvas, Chart, clean, shorten, size, text_width, wrap
from depesje.messages import translator

SHOWN = 8
STRIP, LEADING = 14.0, 12.0
#: Headings named over the strips, and cells of a strip; in a longer text a cell is several sentences.
SECTIONS, CELLS = 12, 240
#: The longest heading over the strips, and the shortest that one is cut to, in points.
HEADING, SHORT_HEADING = 150.0, 60.0
MUTED, RULE, FAINT = (
    tokens.colour("base", "muted"),
    tokens.colour("base", "rule"),
    tokens.colour("base", "faint"),
)
PANEL = tokens.colour("base", "panel")


@dataclass(frozen=True, slots=True)
class Band:
    """A theme and the places (counted from 0) of the sentences that carry it."""

    label: str
    score: float
    places: tuple[int, ...]
    sentence_ids: tuple[int, ...]


def themes_chart(themes: pd.DataFrame, sentences: pd.DataFrame, language: str = "en") -> Chart | None:
    """A strip a theme, a cell a sentence, under the article's own headings.

    Parameters
    ----------
    themes, sentences
        The tables of these names.
    language
        The language of the briefing.

    Returns
    -------
    Chart or None
        None where no theme was found, or the article has one sentence only.
    """
    bands = _bands(themes, sentences, language)
    if not bands or len(sentences) < 2:
        return None
    _ = translator(language).gettext
    shown = bands[:SHOWN]
    sections = _sections(sentences)
    narrow, wide = (
        _draw(shown, sections, len(sentences), size(width), language) for width in ("narrow", "wide")
    )
    return Chart(
        name="themes",
        svg=wide,
        narrow_svg=narrow,
        title=labels.sentence_case(_title(bands, len(sentences), language)),
        alt=_alt(bands, len(sentences), language),
        note=_note(len(sentences), len(bands) - len(shown), language),
        data=pd.DataFrame(
            [(b.label, len(b.places), labels.number(b.score, language), b.sentence_ids) for b in bands],
            columns=[_("Theme"), _("Sentences"), _("Score"), "sentence_ids"],
        ),
    )


def _bands(themes: pd.DataFrame, sentences: pd.DataFrame, language: str) -> list[Band]:
    """The themes that a sentence carries, from the widest spread down."""
    place = {sentence: number for number, sentence in enumerate(sentences["sentence_id"])}
    column = labels.theme_column(themes, language)
    bands = []
    for label, score, carried in zip(themes[column], themes["score"], themes["sentence_ids"], strict=True):
        places = tuple(sorted({place[sentence] for sentence in carried if sentence in place}))
        if places:
            bands.append(
                Band(
                    clean(label)[:1].upper() + clean(label)[1:],
                    float(score),
                    places,
                    tuple(sorted(map(int, carried))),
                )
            )
    return sorted(bands, key=lambda band: (-band.score, -len(band.places), band.label))


def _sections(sentences: pd.DataFrame) -> list[tuple[int, str]]:
    """Where each section begins, and its heading; the part before the first heading has none."""
    found: list[tuple[int, str]] = []
    for number, section in enumerate(clean(section) for section in sentences["section"]):
        if not found or found[-1][1] != section:
            found.append((number, section))
    return [(number, heading) for number, heading in found if number or heading]


def _draw(bands: list[Band], sections: list[tuple[int, str]], count: int, width: float, language: str) -> str:
    canvas = Canvas(width)
    stacked = width < size("wide")
    named = 0.0 if stacked else min(170.0, max(text_width(band.label) for band in bands) + 12)
    totals = [_share(band, count, language) for band in bands]
    right = width - (0.0 if stacked else max(text_width(total, size("note")) for total in totals) + 10)
    cells = min(count, CELLS)
    cell = (right - named) / cells
    headings = [(named + number * cells // count * cell, heading) for number, heading in sections[:SECTIONS]]
    top = _draw_headings(canvas, headings)
    y, strips = top + 2, []
    for band, total in zip(bands, totals, strict=True):
        names = wrap(band.label, width - text_width(total, size("note")) - 10 if stacked else named - 10, 2)
        canvas.lines(0, y + 10.5, names, LEADING)
        if stacked:
            canvas.text(width, y + 10.5, total, points=size("note"), colour=MUTED, anchor="right")
            y += LEADING * len(names) + 4
        else:
            canvas.text(right + 8, y + 10.5, total, points=size("note"), colour=MUTED)
        strips.append(y)
        canvas.rectangle(named, y, right - named, STRIP, RULE)
        for first, last in _runs(sorted({place * cells // count for place in band.places})):
            canvas.rectangle(
                named + first * cell, y, (last - first) * cell, STRIP, tokens.colour("series", "1")
            )
        y += max(STRIP, 0.0 if stacked else LEADING * len(names)) + 7
    _draw_seams(canvas, named, right, cell, strips)
    xs = [x for x, _heading in headings]
    if stacked:  # the names of the themes stand between the strips
        canvas.verticals([(x, y, y + STRIP) for x in xs for y in strips], MUTED, 0.8)
    else:
        canvas.verticals([(x, top - 3, strips[-1] + STRIP) for x in xs], MUTED, 0.8)
    return canvas.svg(y - 3, "themes")


def _draw_seams(canvas: Canvas, left: float, right: float, cell: float, strips: list[float]) -> None:
    """Seams between sentences where there is room for them."""
    paper = tokens.colour("base", "paper")
    for y in strips:
        if cell >= 5:
            seams = [left + number * cell for number in range(1, round((right - left) / cell))]
            canvas.verticals([(x, y, y + STRIP) for x in seams], paper, 0.8)


def _draw_headings(canvas: Canvas, headings: list[tuple[float, str]]) -> float:
    """Write the headings on as many levels as keep them apart, each at its line; gives where the strips begin.

    A heading stands right of its line, and no line crosses one: going from right to left, each level is free as far as
    the last line that runs down through it. Where there is no room on the right, it stands left of its line, on top.
    """
    points = size("tick")
    levels: list[float] = []
    placed: list[tuple[float, float, int, str]] = []
    at_the_edge: list[tuple[float, str]] = []
    limit = canvas.width
    for x, heading in reversed([(x, heading) for x, heading in headings if heading]):
        text, room = shorten(heading, HEADING, points), limit - x - 3
        if room < min(SHORT_HEADING, text_width(text, points)):
            at_the_edge.append((x, text))
            limit = x - 5
            continue
        text = shorten(text, room, points)
        end = x + 3 + text_width(text, points)
        level = next((number for number, free in enumerate(levels) if end + 8 <= free), len(levels))
        levels = [*[x] * (level + 1), *levels[level + 1 :]]
        placed.append((x, x + 3, level, text))
    for x, text in reversed(at_the_edge):
        placed.append((x, x - 3 - text_width(text, points), len(levels), text))
        levels.append(x)
    for x, start, level, text in placed:
        y = 10 + (len(levels) - 1 - level) * LEADING
        canvas.line(x, y - 8, x, len(levels) * LEADING + 4, MUTED, 0.8)
        canvas.text(start, y, text, points=points, colour=MUTED)
    return len(levels) * LEADING + 4.0


def _runs(places: Iterable[int]) -> list[tuple[int, int]]:
    """Neighbours as one: first and end of each run."""
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and runs[-1][1] == place:
            runs[-1] = (runs[-1][0], place + 1)
        else:
            runs.append((place, place + 1))
    return runs


def _share(band: Band, count: int, language: str) -> str:
    _ = translator(language).gettext
    return _("{k} of {n}").format(
        k=labels.number(len(band.places), language), n=labels.number(count, language)
    )


def _title(bands: list[Band], count: int, language: str) -> str:
    _ = translator(language).gettext
    widest = max(bands, key=lambda band: len(band.places))
    k, n = labels.number(len(widest.places), language), labels.number(count, language)
    return _("{theme} is in {k} of {n} sentences").format(theme=labels.short(widest.label), k=k, n=n)


def _alt(bands: list[Band], count: int, language: str) -> str:
    _ = translator(language).gettext
    named = [f"{labels.short(band.label)} {labels.number(len(band.places), language)}" for band in bands]
    text = _("Strips that show which of the {n} sentences carry each theme: {list}.")
    return text.format(n=labels.number(count, language), list=labels.listed(named, language))


def _note(count: int, left: int, language: str) -> str:
    _ = translator(language).gettext
    one = _("One cell is one sentence, from the first to the last.")
    several = _("From the first sentence to the last; one cell is several of them.")
    more = labels.more_in_table(left, language)
    return f"{one if count <= CELLS else several} {more}".strip()
