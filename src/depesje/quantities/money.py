"""Money without its name: ``huset ble solgt for fire millioner``."""

from bisect import bisect_left

from depesje.quantities.amount import Amount
from depesje.quantities.cues import matches
from depesje.quantities.passage import Passage
from depesje.quantities.units import COUNT, money

#: Smaller bare figures near a price are as likely something else.
LEAST_PRICE = 200


def imply_money(passage: Passage, amounts: list[Amount]) -> None:
    """Give bare amounts that are money their currency."""
    for amount in amounts:
        numeral = amount.numeral
        if amount.unit is not COUNT or numeral is None or _item_follows(passage, amount):
            continue
        if (numeral.scale >= 1e6 and _about_money(passage, amount)) or _is_price(passage, amount):
            amount.unit = money(currency_near(passage, amount.first))


def _is_price(passage: Passage, amount: Amount) -> bool:
    """``tjente 450.000``, ``90.000 i tilskudd``."""
    if amount.low < LEAST_PRICE:
        return False
    if passage.after(amount.last) == "i" and matches(passage.word(amount.last + 2), passage.cues.sums):
        return True
    return any(matches(word, passage.cues.prices) for word in passage.walk(amount.first, -1, 5))


def _item_follows(passage: Passage, amount: Amount) -> bool:
    after = amount.last + 1
    if passage.word(after) == "av" and amount.vague:
        return True
    if passage.word(after) in passage.cues.comparatives:  # "2 millioner færre brev"
        return passage.item_word(after + 1)
    return passage.item_word(after)


def _about_money(passage: Passage, amount: Amount) -> bool:
    """Bare millions are money, unless the sentence tells what else is counted in millions."""
    around = list(passage.window(amount.first, 12, 12))
    if any(matches(word, passage.cues.prices) for word in around):
        return True
    return not any(matches(word, passage.cues.count_cues) for word in around)


def currency_near(passage: Passage, i: int) -> str:
    """The currency named last before token ``i``, else first after it, else kroner."""
    named = passage.currencies
    at = bisect_left(named, (i, ""))
    if at:
        return named[at - 1][1]
    return named[0][1] if named else "NOK"
