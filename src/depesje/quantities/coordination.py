"""Amounts that belong together: lists with one unit, composed measures, changes from one amount to another."""

from dataclasses import replace
from itertools import pairwise

from depesje.quantities.amount import Amount
from depesje.quantities.cues import matches
from depesje.quantities.exclusions import is_year
from depesje.quantities.passage import Passage
from depesje.quantities.units import COUNT, to_base

#: Words between two amounts of one list or comparison.
_LINKS = tuple(
    link.split()
    for link in [
        "og",
        "eller",
        "mot",
        "til",
        "kontra",
        "/",
        "og så",
        "og deretter",
        "eller kanskje",
        "og kanskje",
        "til over",
        "mot bare",
    ]
)


def share_units(passage: Passage, amounts: list[Amount]) -> list[Amount]:
    """``12,6 og 13,1 prosent``: the unit of the last goes for all."""
    for left, right in reversed(list(pairwise(amounts))):
        if left.hanging and right.compound and right.first - left.last == 3:
            _complete(passage, left, right)
        elif _lacks_unit_of(left, right) and _listed(passage, left, right):
            _take_unit(passage, left, right)
    return amounts


def _lacks_unit_of(left: Amount, right: Amount) -> bool:
    """Whether the left is bare, the right is a measure, and both are written in digits or both in words."""
    if left.unit is not COUNT or right.unit is COUNT or left.compound or right.compound:
        return False
    if left.numeral is None or right.numeral is None or left.numeral.digits != right.numeral.digits:
        return False
    return right.numeral.kind != "share"


def _take_unit(passage: Passage, left: Amount, right: Amount) -> None:
    one, other = left.numeral, right.numeral
    assert one is not None
    assert other is not None
    if is_year(passage, one) and passage.before(left.first) in passage.cues.before_year:
        return
    left.unit = right.unit
    if other.scale > 1 and one.scale == 1 and left.low < 1000:  # "5 og 10 millioner"
        left.low, left.high = left.low * other.scale, left.high * other.scale
        left.numeral = replace(one, scale=other.scale)


def _complete(passage: Passage, left: Amount, right: Amount) -> None:
    """``to- og treåringer``, ``30- og 40-årene``: the second compound completes the first."""
    left.unit, left.compound, left.hanging = right.unit, True, False
    left.end = passage.tokens[left.last + 1].end
    left.ranged = right.ranged
    left.high += right.high - right.low


def _listed(passage: Passage, left: Amount, right: Amount) -> bool:
    """Whether two amounts are members of one list."""
    if right.first - left.last > 4 or any(passage.broken(i) for i in range(left.last, right.first)):
        return False
    if passage.tokens[right.first].kind not in ("number", "dotted", "word"):
        return False  # "5 og $10"
    between = [passage.word(i) for i in range(left.last + 1, right.first)]
    if between != [","]:
        hedged = tuple(between[1:]) in passage.cues.before and between[:1] in _LINKS
        return hedged or between in _LINKS
    # a comma only if the list goes on: "5, 10 og 15 prosent"
    return not passage.joined(left.last + 1) and passage.word(right.last + 1) in ("og", "eller", ",")


def compose(passage: Passage, amounts: list[Amount]) -> list[Amount]:
    """``én time og ett kvarter``, ``10 kroner og 50 øre``, ``mellom 10 prosent og 15 prosent``."""
    result: list[Amount] = []
    for amount in amounts:
        if result and (joint := _joint(passage, result[-1], amount)):
            result[-1] = joint
        else:
            result.append(amount)
    return result


def _joint(passage: Passage, left: Amount, right: Amount) -> Amount | None:
    """One amount of two: a range with the unit on both ends, or a measure in two parts."""
    if scaled := _scaled(passage, left, right):
        return scaled
    if left.unit.dimension != right.unit.dimension or left.unit is COUNT or left.compound or right.compound:
        return None
    if right.first - left.last > 2 or any(passage.broken(i) for i in range(left.last, right.first)):
        return None
    link = passage.word(left.last + 1) if right.first - left.last == 2 else ""
    merged = replace(left, last=right.last, end=right.end)
    if left.unit.name == right.unit.name and _spans(passage, left, link):
        merged.high, merged.ranged = right.high, True
        if link == "og":  # "mellom" belongs to it
            merged.start, merged.first = passage.tokens[left.first - 1].start, left.first - 1
        return merged if merged.low < merged.high else None
    added = _added(left, right)
    if added is None or link not in ("og", "") or left.ranged or right.ranged:
        return None
    merged.low, merged.high = left.low + added, left.high + added
    return merged


def _scaled(passage: Passage, left: Amount, right: Amount) -> Amount | None:
    """``fem friske millioner``: adjectives between numeral and scale."""
    one, other = left.numeral, right.numeral
    scale = passage.scales.get(passage.word(right.first))
    if one is None or other is None or scale is None or other.first != other.last:
        return None
    if left.unit is not COUNT or left.compound or left.ranged:
        return None
    gap = range(left.last + 1, right.first)
    if not 1 <= len(gap) <= 2 or any(passage.broken(i) or not passage.item_word(i) for i in gap):
        return None
    numeral = replace(other, start=left.start, first=left.first, kind="cardinal", digits=one.digits)
    low, high = left.low * scale, left.high * scale
    return replace(
        right, first=left.first, start=left.start, low=low, high=high, numeral=numeral, vague=left.vague
    )


def _spans(passage: Passage, left: Amount, link: str) -> bool:
    """Whether the link makes a range: ``mellom 10 prosent og 15 prosent``, ``10 kr–15 kr``."""
    return link in ("–", "-") or (link == "og" and passage.before(left.first) in ("mellom", "millom"))


def _added(left: Amount, right: Amount) -> float | None:
    """The smaller part of a composed measure, in the unit of the greater."""
    if left.unit.dimension == "money":
        whole = left.unit.name == right.unit.name and right.high < 1 and left.low == int(left.low)
        return right.low if whole else None
    if left.unit.dimension not in ("time", "length", "mass", "age"):
        return None
    one, _ = to_base(1, left.unit.name, left.unit.dimension)
    part, _ = to_base(right.low, right.unit.name, right.unit.dimension)
    small, _ = to_base(1, right.unit.name, right.unit.dimension)
    return part / one if small < one and part < one * 1.01 else None


def split_changes(passage: Passage, amounts: list[Amount]) -> list[Amount]:
    """``økte fra 10 til 15 prosent`` is two amounts, not a range."""
    result = []
    for amount in amounts:
        numeral = amount.numeral
        if numeral is None or numeral.join != "fra" or not _changes(passage, amount.first):
            result.append(amount)
            continue
        result += _from_to(passage, amount)
    for left, right in pairwise(result):
        if (
            left.unit.name == right.unit.name
            and passage.before(left.first) in ("fra", "frå")
            and passage.before(right.first) == "til"
            and right.first - left.last <= 6
        ):
            left.change, right.change = "from", "to"
    return result


def _from_to(passage: Passage, amount: Amount) -> list[Amount]:
    middle = next(i for i in range(amount.first, amount.last + 1) if passage.word(i) == "til")
    left = replace(
        amount,
        last=middle - 1,
        end=passage.tokens[middle - 1].end,
        high=amount.low,
        ranged=False,
        change="from",
    )
    right = replace(
        amount,
        first=middle + 1,
        start=passage.tokens[middle + 1].start,
        low=amount.high,
        ranged=False,
        change="to",
    )
    return [left, right]


def _changes(passage: Passage, i: int) -> bool:
    return any(matches(word, passage.cues.change) for word in passage.window(i, 10, 0))


def change(passage: Passage, amount: Amount) -> str | None:
    """``økte med 20 prosent``, ``falt 3 prosent``."""
    words = list(passage.walk(amount.first, -1, 6))
    if not words:
        return None
    for word in words[:5]:
        if matches(word, passage.cues.increase) and ("med" in words[:4] or word == words[0]):
            return "increase"
        if matches(word, passage.cues.decrease) and ("med" in words[:4] or word == words[0]):
            return "decrease"
    return None
