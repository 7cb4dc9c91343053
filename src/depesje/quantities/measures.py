"""Numerals with their units: ``13 mil``, ``kr 500``, ``to tredeler``."""

from collections.abc import Iterator

from depesje.numerals import Numeral, is_ordinal_word
from depesje.quantities.amount import Amount
from depesje.quantities.compounds import hyphen_compound, hyphenated, word_compound
from depesje.quantities.exclusions import is_clock, is_idiom, is_year
from depesje.quantities.passage import Passage
from depesje.quantities.units import COUNT, PERCENT, SECOND, YEARS_OF_AGE, Unit


def candidates(passage: Passage) -> Iterator[Amount]:
    """Everything that may be an amount, from left to right: numerals with their units, compounds with a numeral."""
    following = {numeral.first: numeral for numeral in passage.numerals}
    i = 0
    while i < len(passage.tokens):
        numeral = following.get(i)
        amount = _of_numeral(passage, numeral) if numeral else word_compound(passage, i)
        if amount:
            yield amount
        i = max(numeral.last if numeral else i, amount.last if amount else i) + 1


def _of_numeral(passage: Passage, numeral: Numeral) -> Amount | None:
    if numeral.kind in ("ordinal", "multiple") or _glued_before(passage, numeral):
        return None
    if numeral.kind == "share":
        return _share(passage, numeral)
    if is_idiom(passage, numeral) or is_clock(passage, numeral):
        return None
    hyphen = hyphenated(passage, numeral)
    if hyphen is not None:
        return hyphen_compound(passage, numeral, hyphen)
    return _measure(passage, numeral)


def _measure(passage: Passage, numeral: Numeral) -> Amount | None:
    """A numeral and the unit before or behind it, if there is one."""
    last = numeral.last
    amount = Amount(
        numeral.first, last, numeral.start, numeral.end, numeral.low, numeral.high, COUNT, numeral
    )
    amount.vague, amount.ranged = numeral.kind == "vague", numeral.join is not None
    _drop_hyphen(passage, amount)
    found = _unit_after(passage, last, numeral.digits)
    if not found and amount.vague and passage.after(last) == "av":  # "milliarder av kroner"
        found = passage.unit_at(last + 1, False)
    if found:
        if is_year(passage, numeral) and found[0].dimension == "time":
            return None
        _take_unit(passage, amount, *found)
    elif _has_price_sign(passage, amount):
        pass
    elif passage.joined(last) and passage.tokens[last + 1].kind == "word":
        return None  # "5G", "4x100"
    if numeral.denominator and not _half_counts(passage, amount):
        return None
    amount.hanging = not found and passage.joined(last) and passage.word(last + 1) in ("-", "–")
    return amount


def _has_price_sign(passage: Passage, amount: Amount) -> bool:
    """Take in ``kr``, ``$`` before the figure and ``,-`` behind it."""
    if _is_price(passage, amount.last):
        _take_unit(passage, amount, passage.units.by_name["NOK"], amount.last + 2)
    if symbol := _symbol_before(passage, amount.first):
        amount.unit, amount.first = symbol
        amount.start = passage.tokens[amount.first].start
    return amount.unit is not COUNT


def _take_unit(passage: Passage, amount: Amount, unit: Unit, last: int) -> None:
    amount.unit, amount.last, amount.end = unit._replace(factor=1), last, passage.tokens[last].end
    amount.low, amount.high = sorted((amount.low * unit.factor, amount.high * unit.factor))
    if unit.name == "year" and passage.after(last) in passage.cues.old:
        amount.unit = YEARS_OF_AGE


def _unit_after(passage: Passage, last: int, digits: bool) -> tuple[Unit, int] | None:
    """The unit after token ``last``, and the index of its last token."""
    found = passage.unit_at(last, digits)
    if found or passage.broken(last) or not passage.spaced(last):
        return found
    # "de to første årene": an adjective between
    between = passage.word(last + 1)
    if between in passage.cues.between_unit or passage.pos(last + 1) == "ADJ":
        found = passage.unit_at(last + 1, False)
        if found and found[0].dimension in ("time", "length"):
            return found
    return None


def _symbol_before(passage: Passage, first: int) -> tuple[Unit, int] | None:
    """A currency sign or code before the figure, and its token: ``kr 500``, ``kr. 500``, ``$5``."""
    if passage.broken(first - 1) or passage.tokens[first].kind not in ("number", "dotted", "glyph"):
        return None
    at = first - 1
    if passage.tokens[first].start - passage.tokens[at].end > 1:
        return None
    if passage.tokens[at].text == "." and passage.word(at - 1) == "kr":
        at -= 1
    sign = passage.tokens[at]
    unit = passage.units.symbols.get("kr" if sign.lower == "kr" else sign.text)
    return (unit, at) if unit and not _symbol_is_taken(passage, at) else None


def _symbol_is_taken(passage: Passage, i: int) -> bool:
    """Whether the sign belongs to the figure before it (``500 kr 20 ...``)."""
    return not passage.broken(i - 1) and passage.tokens[i - 1].kind in ("number", "dotted")


def _is_price(passage: Passage, last: int) -> bool:
    """``500,-``: whole kroner."""
    glued = passage.joined(last) and passage.word(last + 1) == "," and passage.joined(last + 1)
    return glued and passage.word(last + 2) in ("-", "–")


def _drop_hyphen(passage: Passage, amount: Amount) -> None:
    """Take away a hyphen before a figure: it is a minus sign only of degrees and shares."""
    if passage.text[amount.start] != "-":
        return
    found = _unit_after(passage, amount.last, True)
    if not (found and found[0].dimension in ("temperature", "share")):
        amount.low, amount.high, amount.start = -amount.high, -amount.low, amount.start + 1


def _half_counts(passage: Passage, amount: Amount) -> bool:
    """``en halv time``, ``halve året``; but not ``halve jorden`` nor a bare ``halv``."""
    if passage.tokens[amount.first].kind == "glyph" or amount.unit is not COUNT:
        return True
    return amount.first != amount.last and passage.item_word(amount.last + 1)


def _share(passage: Passage, numeral: Numeral) -> Amount | None:
    last = numeral.last
    if passage.joined(last) and passage.word(last + 1) in ("-", "/"):
        return None
    if passage.word(last).startswith("halvdel") and is_ordinal_word(passage.before(numeral.first)):
        return None  # the second half of a match
    slashed = "/" in passage.text[numeral.start : numeral.end]
    if slashed and passage.after(last) != "av" and numeral.denominator not in (2, 3, 4, 5, 6, 8, 10):
        return None  # "9/11"
    if slashed and (passage.after(last) in ("", ".", ",", ")") or passage.capital(last + 1)):
        return None
    low, high = numeral.low * 100, numeral.high * 100
    amount = Amount(numeral.first, last, numeral.start, numeral.end, low, high, PERCENT, numeral)
    amount.ranged = numeral.join is not None
    if numeral.denominator in (10, 100, 1000) and "del" in passage.word(last) and last > numeral.first:
        _split_second(passage, amount, numeral)
    return amount


def _split_second(passage: Passage, amount: Amount, numeral: Numeral) -> None:
    """``to hundredeler`` behind the winner are seconds, unless they are hundredths of something."""
    plural = passage.word(amount.last).endswith(("deler", "delar", "dels"))
    after = passage.after(amount.last)
    if after == "av" or not (plural or after in passage.cues.margins):
        return
    amount.unit, amount.low, amount.high = SECOND, numeral.low, numeral.high
    if passage.after(amount.last).startswith("sekund"):
        amount.last += 1
        amount.end = passage.tokens[amount.last].end


def _glued_before(passage: Passage, numeral: Numeral) -> bool:
    """``E6``, ``F-35``, ``2-1``: something is joined to the figure from the left."""
    i = numeral.first
    if i == 0 or not passage.joined(i - 1):
        return False
    before = passage.tokens[i - 1]
    if before.text in ("#", "§", "@", "&", "=", "/"):
        return True
    if before.text == ":":
        return i > 1 and passage.joined(i - 2) and passage.tokens[i - 2].kind in ("number", "other")
    if before.kind == "symbol":
        return before.text in "-–_.,'’+\\^" and i > 1 and passage.joined(i - 2)
    return before.kind in ("word", "number", "dotted", "other", "glyph") and before.lower != "kr"
