"""How much: amounts, each kind on a scale of its own, with ranges and bounds as such."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import pandas as pd

from depesje import tokens
from depesje.charts import labels
from depesje.charts.amounts import ORDER, Kind, kind_of, values, written
from depesje.charts.canvas import Canvas, Chart, clean, size, text_width
from depesje.charts.rows import Layout, Row, draw_grid, draw_words, lanes, layout
from depesje.charts.scale import Scale, fitted
from depesje.messages import NORWEGIAN, translator

#: Rows of a kind that the chart shows; fewer where there are many kinds.
SHOWN, SHOWN_OF_MANY = 10, 6
MANY_KINDS = 4
#: A number of things is news from here on.
MANY = 10
#: What is larger is no amount of anything, but a run of digits.
LARGEST = 1e60
#: The length of an arrow that says "and more", in points.
OPEN_END = 26.0
#: Shares up to so many per cent have a scale of their own, not one that ends at a hundred.
SMALL_SHARE = 5.0
#: The change of an amount that runs from ``low`` to ``high``.
FROM_TO = "from to"
MUTED, RULE = tokens.colour("base", "muted"), tokens.colour("base", "rule")
COLOUR = tokens.colour("evidence", "quantity")


@dataclass(frozen=True, slots=True)
class Amount:
    """One row of the chart: an amount, with the words that it was written in."""

    kind: Kind
    low: float
    high: float
    bound: str
    unit: str
    words: str
    item: str
    gloss: str
    source: str
    sentence_ids: tuple[int, ...]
    change: str = ""
    times: int = 1

    def written(self, language: str) -> str:
        """The normalised amount in the language of the briefing."""
        _ = translator(language).gettext
        if self.change:
            first, last = (self.kind.value(value, language, self.unit) for value in (self.low, self.high))
            return _("from {first} to {last}").format(first=first, last=last)
        return written(self.kind, self.low, self.high, self.bound, language, self.unit)

    def read(self, language: str) -> str:
        """The amount with what it counts, where that is known in the language of the briefing."""
        return f"{self.written(language)} {self.gloss}".strip()

    def counted(self, language: str) -> str:
        """The amount with what it counts, for running text; what stays Norwegian is quoted."""
        item = labels.short(self.item)
        if self.gloss or not item:
            return self.read(language)
        return f"{self.written(language)} {item if language in NORWEGIAN else f'«{item}»'}"


def quantities_chart(
    quantities: pd.DataFrame, statements: pd.DataFrame, language: str = "en"
) -> Chart | None:
    """Small multiples of amounts by kind: money, counts, shares, lengths, durations and so on.

    Parameters
    ----------
    quantities, statements
        The tables of these names; the second says whose claim an amount is. A column ``item_gloss`` of the first has
        what is counted in the language of the briefing.
    language
        The language of the briefing.

    Returns
    -------
    Chart or None
        None where fewer than two amounts have a value that can be drawn.
    """
    amounts = _amounts(quantities, statements)
    if len(amounts) < labels.FEWEST_MARKS:
        return None
    _ = translator(language).gettext
    panels = [(kind, list(rows)) for kind, rows in groupby(amounts, key=lambda amount: amount.kind)]
    limit = SHOWN if len(panels) < MANY_KINDS else SHOWN_OF_MANY
    shown = [(kind, rows[:limit]) for kind, rows in panels]
    left = len(amounts) - sum(len(rows) for _kind, rows in shown)
    narrow, wide = (_draw(shown, size(width), language) for width in ("narrow", "wide"))
    return Chart(
        name="quantities",
        svg=wide,
        narrow_svg=narrow,
        title=labels.sentence_case(_title(panels, language)),
        alt=_alt(panels, language),
        note=_note([amount for _kind, rows in shown for amount in rows], left, language),
        data=pd.DataFrame(
            [
                (a.kind.title(language), _words(a), a.read(language), a.source, a.sentence_ids)
                for a in amounts
            ],
            columns=[_("Kind"), _("In the article"), _("Amount"), _("Source"), "sentence_ids"],
        ),
        quoted=(_("In the article"),),
    )


def _amounts(quantities: pd.DataFrame, statements: pd.DataFrame) -> list[Amount]:
    """The rows of the chart: changes joined, equal amounts counted, by kind and from the largest down."""
    speakers = dict(zip(statements["statement_id"], statements["speaker"], strict=True))
    amounts: list[Amount] = []
    for row in quantities.to_dict("records"):
        kind = kind_of(row["unit"], row["dimension"], row["base_unit"])
        low, high = values(row, kind)
        if not (abs(low) < LARGEST and abs(high) < LARGEST):  # nor are they numbers, perhaps
            continue
        claim = row["statement_id"]
        amount = Amount(
            kind=kind,
            low=min(low, high),
            high=max(low, high),
            bound=row["bound"],
            unit=row["unit"],
            words=clean(row["text"]),
            item=clean(row["item"]),
            gloss=clean(row.get("item_gloss")),
            source="" if pd.isna(claim) else clean(speakers.get(claim)),
            sentence_ids=(int(row["sentence_id"]),),
            change=clean(row["change"]),
        )
        amounts.append(amount)
    return _ordered(_counted(_with_changes(amounts)))


def _with_changes(amounts: Sequence[Amount]) -> list[Amount]:
    """Join two neighbours, from so much to so much, into one amount that runs from the first to the second."""
    joined: list[Amount] = []
    for amount in amounts:
        before = joined[-1] if joined else None
        if before and before.change == "from" and amount.change == "to" and _belong(before, amount):
            words = f"{before.words} → {amount.words}"
            joined[-1] = replace(amount, low=before.low, high=amount.high, words=words, change=FROM_TO)
        else:
            joined.append(amount)
    return [amount if amount.change == FROM_TO else replace(amount, change="") for amount in joined]


def _belong(first: Amount, second: Amount) -> bool:
    return first.kind == second.kind and first.sentence_ids == second.sentence_ids


def _counted(amounts: Iterable[Amount]) -> list[Amount]:
    found: dict[tuple[Any, ...], Amount] = {}
    for amount in amounts:
        key = (
            amount.kind,
            amount.low,
            amount.high,
            amount.bound,
            amount.item.lower(),
            amount.source,
            amount.change,
        )
        before = found.get(key)
        sentences = (
            tuple(sorted({*before.sentence_ids, *amount.sentence_ids})) if before else amount.sentence_ids
        )
        found[key] = replace(
            before or amount, times=before.times + 1 if before else 1, sentence_ids=sentences
        )
    return list(found.values())


def _ordered(amounts: list[Amount]) -> list[Amount]:
    order = {name: place for place, name in enumerate(ORDER)}

    def key(amount: Amount) -> tuple[Any, ...]:
        kind = amount.kind
        return (
            order.get(kind.name, len(order)),
            kind.name,
            kind.unit,
            -amount.high,
            -amount.low,
            amount.sentence_ids,
        )

    return sorted(amounts, key=key)


def _words(amount: Amount) -> str:
    words = f"{amount.words} {amount.item}".strip()
    return f"{words} ×{amount.times}" if amount.times > 1 else words


def _draw(panels: Sequence[tuple[Kind, list[Amount]]], width: float, language: str) -> str:
    canvas = Canvas(width)
    open_ended = any(amount.bound == "at_least" for _kind, amounts in panels for amount in amounts)
    everything = [row for _kind, amounts in panels for row in _rows(amounts, language)]
    place = layout(everything, width, OPEN_END if open_ended else 0.0)
    y = 10.0
    for kind, amounts in panels:
        canvas.text(0, y, kind.title(language), weight="semibold")
        y = _draw_panel(canvas, kind, amounts, place, y + 6, language) + 32
    return canvas.svg(y - 18, "quantities")


def _rows(amounts: list[Amount], language: str) -> list[Row]:
    return [Row(_words(a), _source(a.source, language), a.read(language)) for a in amounts]


def _draw_panel(
    canvas: Canvas, kind: Kind, amounts: list[Amount], place: Layout, top: float, language: str
) -> float:
    """Draw the rows of one kind over their scale; gives where they end."""
    rows = _rows(amounts, language)
    scale = _scale(kind, amounts, place)
    tracks = lanes(rows, place, top)
    bottom = draw_words(canvas, rows, place, top)
    draw_grid(canvas, tracks, _draw_axis(canvas, kind, scale, bottom, language))
    for amount, lane in zip(amounts, tracks, strict=True):
        canvas.line(place.left, lane.y, place.right, lane.y, RULE, size("grid"))
        _draw_mark(canvas, scale, amount, lane.y)
    return bottom


def _source(source: str, language: str) -> str:
    _ = translator(language).gettext
    return _("Source: {source}").format(source=source) if source else ""


def _scale(kind: Kind, amounts: list[Amount], place: Layout) -> Scale:
    found = [value for amount in amounts for value in (amount.low, amount.high)]
    step = kind.step(max(abs(value) for value in found))
    # Shares are parts of a whole; small ones would all lie at its beginning.
    full = 100.0 if kind.name == "share" and SMALL_SHARE < max(found) <= 100 else None
    whole = kind.name == "count" and all(value == round(value) for value in found)
    return fitted(found, place.left, place.right, step, full, kind.landmarks(), whole=whole)


def _draw_axis(canvas: Canvas, kind: Kind, scale: Scale, bottom: float, language: str) -> list[float]:
    """Label the round values, or every second or third where there is no room for all; gives their places."""
    points = size("tick")
    largest, smallest = scale.ticks[-1], next(tick for tick in scale.ticks if tick)
    # A linear scale is in one unit; on a logarithmic one each value is in its own, and zero in that of its neighbour.
    labelled = [
        (scale(tick), kind.tick(tick, language, beside=smallest if scale.log else largest))
        for tick in scale.ticks
    ]
    halves = [text_width(text, points) / 2 for _x, text in labelled]
    middles = [min(max(x, half), canvas.width - half) for (x, _), half in zip(labelled, halves, strict=True)]
    every = next(n for n in range(1, len(labelled) + 1) if _apart(middles[::n], halves[::n]))
    for (_x, text), middle in list(zip(labelled, middles, strict=True))[::every]:
        canvas.text(middle, bottom + 10, text, points=points, colour=MUTED, anchor="center")
    return [x for x, _text in labelled[::every]]


def _apart(middles: Sequence[float], halves: Sequence[float]) -> bool:
    pairs = zip(zip(middles, halves, strict=True), zip(middles[1:], halves[1:], strict=True), strict=False)
    return all(right - right_half - left - left_half >= 6 for (left, left_half), (right, right_half) in pairs)


def _draw_mark(canvas: Canvas, scale: Scale, amount: Amount, y: float) -> None:
    """A dot for one value, a bar for a range, an arrow for an open end; hollow where it is approximate."""
    low, high = scale(amount.low), scale(amount.high)
    if amount.change:
        canvas.line(low, y, high, y, COLOUR)
        canvas.dots([(low, y)], COLOUR, hollow=True)
        if abs(high - low) > 8:
            canvas.arrow_head(
                high - math.copysign(3.5, high - low), y, int(math.copysign(1, high - low)), COLOUR, 4
            )
        canvas.dots([(high, y)], COLOUR)
        return
    if amount.bound == "at_least":
        high = low
        canvas.line(low, y, low + OPEN_END, y, COLOUR)
        canvas.arrow_head(low + OPEN_END, y, 1, COLOUR)
    if amount.bound == "at_most":
        low = high
        end = max(high - OPEN_END, scale.left)
        canvas.line(end, y, high, y, COLOUR)
        canvas.arrow_head(end, y, -1, COLOUR)
    hollow = amount.bound == "approx"
    if high - low < 3:
        canvas.dots([((low + high) / 2, y)], COLOUR, hollow=hollow)
    elif hollow:
        canvas.outline(low, y - 3, high - low, 6, COLOUR)
    else:
        canvas.rectangle(low, y - 3.5, high - low, 7, COLOUR)


def _title(panels: list[tuple[Kind, list[Amount]]], language: str) -> str:
    """The largest amount of the kind that news is made of, money or people and things; else of what kinds there are."""
    translation = translator(language)
    first = [amounts[0] for _kind, amounts in panels]
    news = [a for a in first if a.kind.name == "money" or (a.kind.name == "count" and a.high >= MANY)]
    leading = news or (first if len(panels) == 1 else [])
    if leading:
        largest = max(leading, key=lambda amount: amount.high)
        return translation.gettext("The largest figure: {amount}").format(amount=largest.counted(language))
    n = sum(len(amounts) for _kind, amounts in panels)
    kinds = [kind.title(language) for kind, _amounts in panels]
    listed = labels.listed([kind[:1].lower() + kind[1:] for kind in kinds], language)
    text = translation.ngettext("{n} amount: {kinds}", "{n} amounts: {kinds}", n)
    return text.format(n=labels.number(n, language), kinds=listed)


def _alt(panels: list[tuple[Kind, list[Amount]]], language: str) -> str:
    ngettext = translator(language).ngettext
    total = sum(len(amounts) for _kind, amounts in panels)
    parts = []
    for kind, amounts in panels:
        named = labels.listed([amount.counted(language) for amount in amounts], language, 3)
        parts.append(f"{kind.title(language)}: {named}.")
    head = ngettext(
        "{n} amount, each kind on a scale of its own.", "{n} amounts, each kind on a scale of its own.", total
    )
    return f"{head.format(n=labels.number(total, language))} {' '.join(parts)}"


def _note(amounts: list[Amount], left: int, language: str) -> str:
    """How to read those marks that the chart has."""
    _ = translator(language).gettext
    bounds = {amount.bound for amount in amounts if not amount.change}
    parts = []
    if any(amount.low < amount.high and not amount.change for amount in amounts):
        parts.append(_("A bar runs from the lowest to the highest value that the words allow."))
    if "approx" in bounds:
        parts.append(_("Hollow: approximate."))
    if bounds & {"at_least", "at_most"}:
        parts.append(_("Arrow: at least or at most so much."))
    if any(amount.change for amount in amounts):
        parts.append(_("From the ring to the dot: a change."))
    parts.append(labels.more_in_table(left, language))
    return " ".join(part for part in parts if part)
