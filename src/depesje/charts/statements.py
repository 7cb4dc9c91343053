"""Who claims what how surely: statements by source and certainty."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from depesje import tokens
from depesje.charts import labels
from depesje.charts.canvas import Canvas, Chart, clean, size, text_width, wrap
from depesje.messages import translator

#: From the least certain to the most, as the columns stand.
LEVELS = ("denied", "unconfirmed", "uncertain", "possible", "likely", "asserted", "confirmed")
SHOWN = 14
RADIUS, PITCH, LEADING = 4.0, 10.0, 12.0
#: More claims than this in one cell are one dot with a number.
DOTS = 12
MUTED, RULE = tokens.colour("base", "muted"), tokens.colour("base", "rule")


@dataclass(frozen=True, slots=True)
class Source:
    """A source and how many claims of each certainty it makes."""

    name: str
    named: bool
    counts: dict[str, int]
    sentence_ids: tuple[int, ...]

    @property
    def total(self) -> int:
        """All claims of the source."""
        return sum(self.counts.values())


def statements_chart(statements: pd.DataFrame, language: str = "en") -> Chart | None:
    """A row a source, a dot a claim in the column of its certainty; rings for sources without a name.

    Parameters
    ----------
    statements
        The table ``statements``.
    language
        The language of the briefing.

    Returns
    -------
    Chart or None
        None where there are fewer than two claims.
    """
    sources = _sources(statements, language)
    if sum(source.total for source in sources) < labels.FEWEST_MARKS:
        return None
    _ = translator(language).gettext
    loudest = sorted(sources, key=lambda source: -source.total)[:SHOWN]
    shown = [source for source in sources if source in loudest]
    narrow, wide = (_draw(shown, size(width), language) for width in ("narrow", "wide"))
    return Chart(
        name="statements",
        svg=wide,
        narrow_svg=narrow,
        title=labels.sentence_case(_title(sources, language)),
        alt=_alt(sources, language),
        note=_note(shown, len(sources) - len(shown), language),
        data=pd.DataFrame(
            [
                (
                    s.name,
                    _("yes") if s.named else _("no"),
                    *[s.counts.get(level, 0) for level in LEVELS],
                    s.sentence_ids,
                )
                for s in sources
            ],
            columns=[
                _("Source"),
                _("Named"),
                *[labels.certainty_word(level, language).capitalize() for level in LEVELS],
                "sentence_ids",
            ],
        ),
    )


def _sources(statements: pd.DataFrame, language: str) -> list[Source]:
    """Named sources first, each group from the most talkative down."""
    _ = translator(language).gettext
    found: dict[tuple[str, bool], list[tuple[str, int]]] = {}
    for row in statements.itertuples(index=False):
        name = clean(row.speaker)
        claims = found.setdefault((name or _("source not given"), bool(row.named_source) and bool(name)), [])
        claims.append((str(row.certainty), int(row.sentence_id)))
    sources = [
        Source(
            name,
            named,
            Counter(level for level, _id in claims),
            tuple(sorted({sentence for _level, sentence in claims})),
        )
        for (name, named), claims in found.items()
    ]
    return sorted(sources, key=lambda source: (not source.named, -source.total))


def _draw(sources: Sequence[Source], width: float, language: str) -> str:
    canvas = Canvas(width)
    stacked = width < size("wide")
    used = [level for level in LEVELS if any(source.counts.get(level) for source in sources)]
    names_width = 0.0 if stacked else 155.0
    columns, crowded = _columns(used, names_width, width, language)
    top = 27.0 if crowded else 16.0
    rows = [_Cells(source, columns, width if stacked else names_width - 10) for source in sources]
    heights = [row.height(stacked) for row in rows]
    starts = [top + sum(heights[:number]) for number in range(len(rows))]
    _draw_heads(canvas, columns, crowded, language)
    for row, y, height in zip(rows, starts, heights, strict=True):
        named = row.source.named
        canvas.line(0, y, width, y, RULE, size("grid"))
        canvas.lines(0, y + 12, row.names, LEADING, colour=None if named else MUTED, italic=not named)
        dots = y + (LEADING * len(row.names) + 3 if stacked else 0.0)
        canvas.verticals([(left + 4, dots + 1, y + height) for left, _width in columns.values()], RULE)
        for level, count in row.source.counts.items():
            left, column = columns[level]
            _draw_cell(canvas, left + 4, dots + 9.0, count, _per_line(column), level, named, language)
    return canvas.svg(starts[-1] + heights[-1] + 1, "statements")


@dataclass(frozen=True, slots=True)
class _Cells:
    """A row of the chart: a source's name in lines, and its dots."""

    source: Source
    columns: dict[str, tuple[float, float]]
    names_width: float

    @property
    def names(self) -> list[str]:
        return wrap(self.source.name, self.names_width, 2)

    def height(self, stacked: bool) -> float:
        dots = PITCH * max(
            _dot_lines(n, _per_line(self.columns[level][1])) for level, n in self.source.counts.items()
        )
        names = LEADING * len(self.names)
        return 11.0 + names + dots if stacked else 8.0 + max(names, dots)


def _columns(
    used: list[str], left: float, right: float, language: str
) -> tuple[dict[str, tuple[float, float]], bool]:
    """The left edge and the width of each level's column, and whether their heads must stand on two levels."""
    words = [
        text_width(labels.certainty_word(level, language), size("tick"), "semibold") + 8 for level in used
    ]
    crowded = sum(words) > right - left
    if crowded:
        widths = [(right - left) / len(used)] * len(used)
    else:
        widths = [word + (right - left - sum(words)) / len(used) for word in words]
    lefts = [left + sum(widths[:number]) for number in range(len(used))]
    return dict(zip(used, zip(lefts, widths, strict=True), strict=True)), crowded


def _draw_heads(
    canvas: Canvas, columns: dict[str, tuple[float, float]], crowded: bool, language: str
) -> None:
    """Name the columns, on two levels by turns where they are narrow."""
    for number, (level, (left, _width)) in enumerate(columns.items()):
        upper = crowded and number % 2 == 0
        word = labels.certainty_word(level, language)
        x = min(left + 1, canvas.width - text_width(word, size("tick"), "semibold"))
        canvas.text(x, 10 if upper or not crowded else 21, word, points=size("tick"), weight="semibold")
        if upper:
            canvas.verticals([(left + 4, 13, 27)], RULE)


def _per_line(column: float) -> int:
    return max(int((column - 4) // PITCH), 1)


def _dot_lines(count: int, per_line: int) -> int:
    return 1 if count > DOTS else -(-count // per_line)


def _draw_cell(
    canvas: Canvas, x: float, y: float, count: int, per_line: int, level: str, named: bool, language: str
) -> None:
    colour = tokens.colour("certainty", level)
    if count > DOTS:
        canvas.dots([(x, y)], colour, RADIUS, hollow=not named)
        canvas.text(x + PITCH - 3, y + 3.5, f"×{labels.number(count, language)}", weight="semibold")
        return
    places = [(x + number % per_line * PITCH, y + number // per_line * PITCH) for number in range(count)]
    canvas.dots(places, colour, RADIUS, hollow=not named)


def _title(sources: list[Source], language: str) -> str:
    translation = translator(language)
    _, ngettext = translation.gettext, translation.ngettext
    total = sum(source.total for source in sources)
    unnamed = sum(source.total for source in sources if not source.named)
    n, k = labels.number(total, language), labels.number(unnamed, language)
    if total == 2 and unnamed in (0, 2):
        return (
            _("Both claims come from unnamed sources")
            if unnamed
            else _("Both claims come from named sources")
        )
    if not unnamed:
        return _("All {n} claims come from named sources").format(n=n)
    if unnamed == total:
        return _("All {n} claims come from unnamed sources").format(n=n)
    text = ngettext(
        "{k} of {n} claims comes from an unnamed source",
        "{k} of {n} claims come from unnamed sources",
        unnamed,
    )
    return text.format(k=k, n=n)


def _alt(sources: list[Source], language: str) -> str:
    ngettext = translator(language).ngettext
    total = sum(source.total for source in sources)
    levels = {level: sum(source.counts.get(level, 0) for source in sources) for level in reversed(LEVELS)}
    by_level = [
        f"{labels.number(n, language)} {labels.certainty_word(level, language)}"
        for level, n in levels.items()
        if n
    ]
    named = [f"{labels.short(source.name)} {labels.number(source.total, language)}" for source in sources]
    text = ngettext(
        "{n} claim by source and certainty: {levels}.", "{n} claims by source and certainty: {levels}.", total
    )
    text = text.format(
        n=labels.number(total, language), levels=labels.listed(by_level, language, len(LEVELS))
    )
    return f"{text} {labels.listed(named, language)}."


def _note(sources: list[Source], left: int, language: str) -> str:
    _ = translator(language).gettext
    named = {source.named for source in sources}
    parts = [_("One dot is one claim.")]
    if named == {True, False}:
        parts.append(_("Rings: sources that the article does not name."))
    parts.append(labels.more_in_table(left, language))
    return " ".join(part for part in parts if part)
