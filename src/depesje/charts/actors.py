"""Who is in the article: actors by how often they are named."""

from dataclasses import dataclass

import pandas as pd

from depesje import tokens
from depesje.charts import labels
from depesje.charts.canvas import Canvas, Chart, clean, size, text_width, wrap
from depesje.messages import translator

SHOWN = 10
BAR, LEADING = 11.0, 12.0
MUTED = tokens.colour("base", "muted")


@dataclass(frozen=True, slots=True)
class Bar:
    """An actor and how often it is named, with the sentences that do."""

    name: str
    type: str
    count: int
    sentence_ids: tuple[int, ...]


def actors_chart(actors: pd.DataFrame, mentions: pd.DataFrame, language: str = "en") -> Chart | None:
    """Bars of mentions, coloured and labelled by type of actor.

    Parameters
    ----------
    actors, mentions
        The tables of these names; the second says in which sentences.
    language
        The language of the briefing.

    Returns
    -------
    Chart or None
        None where fewer than two actors are named.
    """
    bars = _bars(actors, mentions)
    if len(bars) < labels.FEWEST_MARKS:
        return None
    _ = translator(language).gettext
    narrow, wide = (_draw(bars[:SHOWN], size(width), language) for width in ("narrow", "wide"))
    return Chart(
        name="actors",
        svg=wide,
        narrow_svg=narrow,
        title=labels.sentence_case(_title(bars, language)),
        alt=_alt(bars, language),
        note=_note(bars, language),
        data=pd.DataFrame(
            [(bar.name, labels.type_word(bar.type, language), bar.count, bar.sentence_ids) for bar in bars],
            columns=[_("Actor"), _("Type"), _("Mentions"), "sentence_ids"],
        ),
    )


def _bars(actors: pd.DataFrame, mentions: pd.DataFrame) -> list[Bar]:
    sentences: dict[int, set[int]] = {}
    for actor, sentence in zip(mentions["actor_id"], mentions["sentence_id"], strict=True):
        sentences.setdefault(int(actor), set()).add(int(sentence))
    bars = [
        Bar(
            clean(row.name),
            str(row.type),
            int(row.n_mentions),
            tuple(sorted(sentences.get(int(row.actor_id), ()))),
        )
        for row in actors.itertuples(index=False)
    ]
    return sorted((bar for bar in bars if bar.count > 0), key=lambda bar: -bar.count)


def _draw(bars: list[Bar], width: float, language: str) -> str:
    canvas = Canvas(width)
    stacked = width < size("wide")
    types = [labels.type_word(bar.type, language) for bar in bars]
    counts = [labels.number(bar.count, language) for bar in bars]
    ends = [
        text_width(f"{count} · {type_}", weight="semibold")
        for count, type_ in zip(counts, types, strict=True)
    ]
    names_width = 0.0 if stacked else min(175.0, max(text_width(bar.name) for bar in bars) + 10)
    longest = width - names_width - max(ends) - 8
    y = 2.0
    for bar, type_, count in zip(bars, types, counts, strict=True):
        names = wrap(bar.name, width if stacked else names_width - 8, 2)
        canvas.lines(0, y + 9, names, LEADING)
        height = LEADING * len(names)
        top = y + height + 1 if stacked else y + (height - BAR) / 2
        length = max(longest * bar.count / bars[0].count, 1.5)
        canvas.rectangle(names_width, top, length, BAR, tokens.colour("actor", bar.type))
        x = names_width + length + 5
        canvas.text(x, top + 9, count, weight="semibold")
        canvas.text(x + text_width(f"{count} ", weight="semibold"), top + 9, f"· {type_}", colour=MUTED)
        y += height + (BAR + 9 if stacked else 7)
    return canvas.svg(y - 5, "actors")


def _title(bars: list[Bar], language: str) -> str:
    translation = translator(language)
    _, ngettext = translation.gettext, translation.ngettext
    most = bars[0].count
    first = [labels.short(bar.name) for bar in bars if bar.count == most]
    n = labels.number(most, language)
    if len(first) == len(bars):
        text = ngettext(
            "No one stands out: each is mentioned once",
            "No one stands out: each is mentioned {n} times",
            most,
        )
        return text.format(n=n)
    # Without a verb, because a group's name may be of any number: `demonstrantene`, `politiet`.
    if len(first) == 1:
        return _("Most mentions: {name}, {n}").format(name=first[0], n=n)
    if len(first) <= 3:
        return _("Most mentions: {names}, {n} each").format(names=labels.listed(first, language), n=n)
    return _("Most mentions: {k} actors with {n} each").format(k=labels.number(len(first), language), n=n)


def _alt(bars: list[Bar], language: str) -> str:
    ngettext = translator(language).ngettext
    named = [f"{labels.short(bar.name)} {labels.number(bar.count, language)}" for bar in bars]
    text = ngettext(
        "Bar chart of mentions of {k} actor: {list}.",
        "Bar chart of mentions of {k} actors: {list}.",
        len(bars),
    )
    return text.format(k=labels.number(len(bars), language), list=labels.listed(named, language))


def _note(bars: list[Bar], language: str) -> str:
    ngettext = translator(language).ngettext
    rest = bars[SHOWN:]
    if not rest:
        return ""
    k = labels.number(len(rest), language)
    if rest[0].count == 1:
        text = ngettext(
            "{k} more actor, mentioned once, is in the table.",
            "{k} more actors, each mentioned once, are in the table.",
            len(rest),
        )
        return text.format(k=k)
    text = ngettext(
        "{k} more actor, mentioned {n} times, is in the table.",
        "{k} more actors, each mentioned {n} times at most, are in the table.",
        len(rest),
    )
    return text.format(k=k, n=labels.number(rest[0].count, language))
