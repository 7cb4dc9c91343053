"""Who has to do with whom: actors in a column, their links as arcs beside it."""

from collections import defaultdict
from dataclasses import dataclass

import pandas as pd

from depesje import tokens
from depesje.charts import labels
from depesje.charts.canvas import Canvas, Chart, clean, shorten, size, text_width
from depesje.messages import translator

#: Actors and links in the chart; the strongest.
ACTORS, LINKS = 24, 28
PITCH = 19.0
#: Rounds of moving actors towards those that they are linked with.
ROUNDS = 12
MUTED, FAINT = tokens.colour("base", "muted"), tokens.colour("base", "faint")


@dataclass(frozen=True, slots=True)
class Link:
    """Two actors and how strongly they are linked, with the sentences that say so."""

    first: int
    second: int
    weight: float
    sentence_ids: tuple[int, ...]


def network_chart(actors: pd.DataFrame, relations: pd.DataFrame, language: str = "en") -> Chart | None:
    """An arc diagram: a line an actor, an arc a link, thicker the stronger it is.

    Parameters
    ----------
    actors, relations
        The tables of these names.
    language
        The language of the briefing.

    Returns
    -------
    Chart or None
        None where no two actors are linked.
    """
    names = {int(row.actor_id): clean(row.name) for row in actors.itertuples(index=False)}
    types = {int(row.actor_id): str(row.type) for row in actors.itertuples(index=False)}
    links = _links(relations, names)
    if not links:
        return None
    _ = translator(language).gettext
    shown = _strongest(links)
    order = _order(shown)
    narrow, wide = (_draw(order, shown, names, types, size(width)) for width in ("narrow", "wide"))
    return Chart(
        name="network",
        svg=wide,
        narrow_svg=narrow,
        title=labels.sentence_case(_title(links, names, language)),
        alt=_alt(links, names, language),
        note=_note(len(links) - len(shown), language),
        data=pd.DataFrame(
            [(names[link.first], names[link.second], link.weight, link.sentence_ids) for link in links],
            columns=[_("Actor"), _("Linked with"), _("Strength"), "sentence_ids"],
        ),
    )


def _links(relations: pd.DataFrame, names: dict[int, str]) -> list[Link]:
    """One link a pair, of whatever kinds, the strongest first."""
    weights: dict[tuple[int, int], float] = defaultdict(float)
    sentences: dict[tuple[int, int], set[int]] = defaultdict(set)
    for row in relations.itertuples(index=False):
        first, second = sorted((int(row.source_actor_id), int(row.target_actor_id)))
        if first != second and first in names and second in names and row.weight > 0:
            weights[first, second] += float(row.weight)
            sentences[first, second].update(int(sentence) for sentence in row.sentence_ids)
    links = [Link(*pair, weight, tuple(sorted(sentences[pair]))) for pair, weight in weights.items()]
    return sorted(links, key=lambda link: (-link.weight, link.first, link.second))


def _strongest(links: list[Link]) -> list[Link]:
    """The strongest links that stay within the number of actors that a chart can hold."""
    shown: list[Link] = []
    there: set[int] = set()
    for link in links:
        grown = there | {link.first, link.second}
        if len(grown) <= ACTORS and len(shown) < LINKS:
            shown.append(link)
            there = grown
    return shown


def _order(links: list[Link]) -> list[int]:
    """An order of actors in which the linked stand near each other: each moves to the middle of its neighbours."""
    neighbours: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for link in links:
        neighbours[link.first].append((link.second, link.weight))
        neighbours[link.second].append((link.first, link.weight))
    order = list(neighbours)  # as the strongest links bring them
    best, shortest = order, _length(order, links)
    for _round in range(ROUNDS):
        place = {actor: float(number) for number, actor in enumerate(order)}

        def middle(actor: int, place: dict[int, float] = place) -> tuple[float, int]:
            total = sum(weight for _other, weight in neighbours[actor]) + 1.0
            pulled = sum(place[other] * weight for other, weight in neighbours[actor]) + place[actor]
            return pulled / total, actor

        order = sorted(order, key=middle)
        length = _length(order, links)
        if length < shortest:
            best, shortest = order, length
    return best


def _length(order: list[int], links: list[Link]) -> float:
    place = {actor: number for number, actor in enumerate(order)}
    return sum(abs(place[link.first] - place[link.second]) * link.weight for link in links)


def _draw(
    order: list[int], links: list[Link], names: dict[int, str], types: dict[int, str], width: float
) -> str:
    canvas = Canvas(width)
    share = 0.5 if width < size("wide") else 0.4
    column = min(max(text_width(names[actor]) for actor in order) + 6, width * share)
    height = {actor: 10 + number * PITCH for number, actor in enumerate(order)}
    x = column + 6
    longest = max(abs(height[link.first] - height[link.second]) for link in links)
    reach = min(width - x - 8, 30 + 1.2 * longest)
    strongest = links[0].weight
    tied = len(links) > 1 and links[1].weight == strongest
    for link in reversed(links):
        top, bottom = height[link.first], height[link.second]
        # A cubic curve goes three quarters of the way to its handles.
        out = x + reach * (abs(top - bottom) / longest) ** 0.7 / 0.75
        colour = tokens.colour("base", "accent") if link is links[0] and not tied else MUTED
        stroke = 0.6 + 2.6 * link.weight / strongest if links[-1].weight < strongest else 1.4
        canvas.path([(x, top), (out, top), (out, bottom), (x, bottom)], colour, stroke, curved=True)
    for actor in order:
        canvas.dots([(x, height[actor])], tokens.colour("actor", types[actor]), 4.0)
        name = shorten(names[actor], column - 4)
        canvas.text(column - 4, height[actor] + 3.5, name, anchor="right")
    return canvas.svg(20 + (len(order) - 1) * PITCH, "network")


def _title(links: list[Link], names: dict[int, str], language: str) -> str:
    _ = translator(language).gettext
    first = links[0]
    pair = {"first": labels.short(names[first.first]), "second": labels.short(names[first.second])}
    if len(links) == 1:
        return _("{first} and {second} are linked").format(**pair)
    if links[1].weight == first.weight:
        return _("Who is linked with whom: {n} pairs").format(n=labels.number(len(links), language))
    return _("{first} and {second} are linked most").format(**pair)


def _alt(links: list[Link], names: dict[int, str], language: str) -> str:
    ngettext = translator(language).ngettext
    ties = []
    for link in links[:5]:
        n = len(link.sentence_ids)
        text = ngettext("{first} and {second} in {n} sentence", "{first} and {second} in {n} sentences", n)
        pair = {"first": labels.short(names[link.first]), "second": labels.short(names[link.second])}
        ties.append(text.format(**pair, n=labels.number(n, language)))
    text = ngettext(
        "Arc diagram of {k} pair of actors: {list}.",
        "Arc diagram of {k} pairs of actors, the strongest: {list}.",
        len(links),
    )
    return text.format(k=labels.number(len(links), language), list="; ".join(ties))


def _note(left: int, language: str) -> str:
    _ = translator(language).gettext
    parts = [
        _("The thicker an arc, the more the two have to do with each other in the text."),
        labels.more_in_table(left, language),
    ]
    return " ".join(part for part in parts if part)
