"""Who has to do with whom: actors in a column, their links as arcs beside it, with their verbs where there is room."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

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
#: The longest verb beside an arc, in points; the ascent and descent of its line; what is kept free around it.
VERB, ASCENT, DESCENT, MARGIN = 84.0, 6.5, 2.0, 1.5
#: Points on an arc that a verb is kept away from.
SAMPLES = 64
#: Where along an arc there may be room for its verb: in the middle, else a little further up or down.
ALONG = (0.5, 0.42, 0.58, 0.34, 0.66)
#: How far an arc between neighbours reaches out, in points.
NEAREST = 52.0
#: A verb on its arc has so many arcs under it at most, its own among them.
MOST_UNDER = 3
MUTED, PAPER = tokens.colour("base", "muted"), tokens.colour("base", "paper")


@dataclass(frozen=True, slots=True)
class Link:
    """Two actors and how strongly they are linked, with the sentences that say so.

    ``verbs`` are those that link them, each as the actor it goes out from and its wording.
    """

    first: int
    second: int
    weight: float
    sentence_ids: tuple[int, ...]
    verbs: tuple[tuple[int, str], ...] = ()


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
        None where fewer than two pairs of actors are linked.
    """
    names = {int(row.actor_id): clean(row.name) for row in actors.itertuples(index=False)}
    types = {int(row.actor_id): str(row.type) for row in actors.itertuples(index=False)}
    links = _links(relations, names)
    if len(links) < labels.FEWEST_MARKS:
        return None
    shown = _strongest(links)
    order = _order(shown)
    (narrow, _), (wide, named) = (
        _draw(order, shown, names, types, size(width)) for width in ("narrow", "wide")
    )
    _ = translator(language).gettext
    return Chart(
        name="network",
        svg=wide,
        narrow_svg=narrow,
        title=labels.sentence_case(_title(links, names, language)),
        alt=_alt(links, names, language),
        note=_note(named, len(links) - len(shown), language),
        data=pd.DataFrame(
            [
                (
                    names[link.first],
                    names[link.second],
                    labels.number(link.weight, language),
                    ", ".join(_wordings(link)),
                    link.sentence_ids,
                )
                for link in links
            ],
            columns=[_("Actor"), _("Linked with"), _("Strength"), _("Verb"), "sentence_ids"],
        ),
        quoted=(_("Verb"),),
    )


def _links(relations: pd.DataFrame, names: dict[int, str]) -> list[Link]:
    """One link a pair, of whatever kinds, the strongest first."""
    weights: dict[tuple[int, int], float] = defaultdict(float)
    sentences: dict[tuple[int, int], set[int]] = defaultdict(set)
    verbs: dict[tuple[int, int], list[tuple[int, str]]] = defaultdict(list)
    for row in relations.itertuples(index=False):
        first, second = sorted((int(row.source_actor_id), int(row.target_actor_id)))
        if first != second and first in names and second in names and row.weight > 0:
            weights[first, second] += float(row.weight)
            sentences[first, second].update(int(sentence) for sentence in row.sentence_ids)
            if row.kind == "verb" and clean(row.verb):
                verbs[first, second].append((int(row.source_actor_id), clean(row.verb)))
    links = [
        Link(*pair, weight, tuple(sorted(sentences[pair])), tuple(verbs[pair]))
        for pair, weight in weights.items()
    ]
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
) -> tuple[str, bool]:
    """The drawing, and whether any link is named by its verb in it."""
    canvas = Canvas(width)
    share = 0.5 if width < size("wide") else 0.4
    column = min(max(text_width(names[actor]) for actor in order) + 6, width * share)
    height = {actor: 10 + number * PITCH for number, actor in enumerate(order)}
    x = column + 6
    verbs = [_verb(link, height) for link in links]
    spare = max(text_width(verb, size("note"), italic=True) for verb in verbs) + 6
    longest = max(abs(height[link.first] - height[link.second]) for link in links)
    reach = min(width - x - 8 - spare, NEAREST + 1.2 * longest)
    nearest = min(NEAREST, 0.5 * reach)
    strongest = links[0].weight
    tied = len(links) > 1 and links[1].weight == strongest
    arcs = []
    for link in links:
        top, bottom = sorted((height[link.first], height[link.second]))
        share = ((bottom - top - PITCH) / max(longest - PITCH, 1.0)) ** 0.7
        # A cubic curve goes three quarters of the way to its handles.
        out = x + (nearest + (reach - nearest) * share) / 0.75
        arcs.append([(x, top), (out, top), (out, bottom), (x, bottom)])
    for link, arc in reversed(list(zip(links, arcs, strict=True))):
        colour = tokens.colour("base", "accent") if link is links[0] and not tied else MUTED
        stroke = 0.6 + 2.6 * link.weight / strongest if links[-1].weight < strongest else 1.4
        canvas.path(arc, colour, stroke, curved=True)
    for actor in order:
        canvas.dots([(x, height[actor])], tokens.colour("actor", types[actor]), 4.0)
        name = shorten(names[actor], column - 4)
        canvas.text(column - 4, height[actor] + 3.5, name, anchor="right")
    named = _draw_verbs(canvas, verbs, arcs)
    return canvas.svg(20 + (len(order) - 1) * PITCH, "network"), named


def _wordings(link: Link) -> list[str]:
    """The verbs of a link, once each."""
    return list(dict.fromkeys(verb for _source, verb in link.verbs))


def _verb(link: Link, height: dict[int, float]) -> str:
    """The first verb of a link, with an arrow that points the way it goes; empty where none is known."""
    if not link.verbs:
        return ""
    source, verb = link.verbs[0]
    target = link.second if source == link.first else link.first
    arrow = "↓" if height[source] < height[target] else "↑"
    return f"{shorten(verb, VERB, size('note'), italic=True)} {arrow}"


def _draw_verbs(canvas: Canvas, verbs: Sequence[str], arcs: Sequence[Sequence[tuple[float, float]]]) -> bool:
    """Write each verb at its arc, if it meets no other verb there; whether any could be.

    It stands beside the arc where no arc is met, or else on the arc, which it interrupts, with few others under it.
    """
    curves = [[_on_curve(arc, step / SAMPLES) for step in range(SAMPLES + 1)] for arc in arcs]
    taken: list[Box] = []
    for verb, arc in zip(verbs, arcs, strict=True):
        if not verb:
            continue
        width = text_width(verb, size("note"), italic=True)
        middles = [_on_curve(arc, t) for t in ALONG]
        beside = [_box(x + 4, y, width) for x, y in middles] + [
            _box(x - 5 - width, y, width) for x, y in middles
        ]
        for box in beside + [_box(x - width / 2, y, width) for x, y in middles]:
            met = sum(any(_inside(point, box) for point in curve) for curve in curves)
            inside = box.left > arc[0][0] + 6 and box.right <= canvas.width
            free = met == 0 if box in beside else met <= MOST_UNDER
            if inside and free and not any(_meet(box, other) for other in taken):
                if met:
                    canvas.rectangle(
                        box.left - 1.5, box.top, box.right - box.left + 3, box.bottom - box.top, PAPER
                    )
                canvas.text(
                    box.left, box.bottom - DESCENT, verb, points=size("note"), colour=MUTED, italic=True
                )
                taken.append(box)
                break
    return bool(taken)


class Box(NamedTuple):
    """The edges of a word."""

    left: float
    top: float
    right: float
    bottom: float


def _box(left: float, middle: float, width: float) -> Box:
    return Box(left, middle + 3 - ASCENT, left + width, middle + 3 + DESCENT)


def _on_curve(arc: Sequence[tuple[float, float]], t: float) -> tuple[float, float]:
    """A point of a cubic Bézier curve."""
    shares = ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3)
    x, y = (sum(share * point[axis] for share, point in zip(shares, arc, strict=True)) for axis in (0, 1))
    return x, y


def _inside(point: tuple[float, float], box: Box) -> bool:
    x, y = point
    return box.left - MARGIN <= x <= box.right + MARGIN and box.top - MARGIN <= y <= box.bottom + MARGIN


def _meet(one: Box, other: Box) -> bool:
    return (
        one.left < other.right + 4
        and other.left < one.right + 4
        and one.top < other.bottom
        and other.top < one.bottom
    )


def _title(links: list[Link], names: dict[int, str], language: str) -> str:
    _ = translator(language).gettext
    first = links[0]
    pair = {"first": labels.short(names[first.first]), "second": labels.short(names[first.second])}
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
        verbs = f" ({labels.listed(_wordings(link), language, 3)})" if link.verbs else ""
        ties.append(text.format(**pair, n=labels.number(n, language)) + verbs)
    text = ngettext(
        "Arc diagram of {k} pair of actors: {list}.",
        "Arc diagram of {k} pairs of actors, the strongest: {list}.",
        len(links),
    )
    return text.format(k=labels.number(len(links), language), list="; ".join(ties))


def _note(verbs: bool, left: int, language: str) -> str:
    _ = translator(language).gettext
    parts = [
        _("The thicker an arc, the more the two have to do with each other in the text."),
        _("A verb at an arc is in its base form; its arrow points to whom it is done to.") if verbs else "",
        labels.more_in_table(left, language),
    ]
    return " ".join(part for part in parts if part)
