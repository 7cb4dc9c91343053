"""Compounds that hold a numeral: ``57-åring``, ``femårig``, ``tokilos``, ``millionsum``, ``20-årene``."""

import re

from depesje.numerals import Numeral, Token, split_compound
from depesje.quantities.amount import Amount
from depesje.quantities.exclusions import is_year
from depesje.quantities.money import currency_near
from depesje.quantities.passage import Passage
from depesje.quantities.units import COUNT, YEARS_OF_AGE, Unit, money


def hyphenated(passage: Passage, numeral: Numeral) -> int | None:
    """The index of the word that a hyphen joins to the numeral, -1 if it is joined to something else."""
    last = numeral.last
    if not passage.joined(last) or passage.word(last + 1) not in ("-", "–", "‑"):
        return None
    if passage.word(last + 2) == "," or not passage.joined(last + 1):
        hanging = passage.word(last + 1) != "‑" and passage.word(last + 2) in ("og", "eller", ",", "til")
        return None if hanging else -1
    return last + 2 if passage.tokens[last + 2].kind == "word" else -1


def hyphen_compound(passage: Passage, numeral: Numeral, at: int) -> Amount | None:
    """The amount in ``57-åring``; `at` is what `hyphenated` gave."""
    if at < 0:
        return None
    amount = Amount(
        numeral.first, at, numeral.start, passage.tokens[at].end, numeral.low, numeral.high, COUNT, numeral
    )
    return _compound(passage, amount, passage.word(at))


def _compound(passage: Passage, amount: Amount, rest: str) -> Amount | None:
    """Find what the numeral of a compound counts by the `rest` of the word."""
    amount.compound, amount.ranged = True, amount.low != amount.high
    if rest in passage.cues.not_compounds:
        return None
    if rest in ("årene", "åra", "åras", "årenes"):
        return _years_of_life(passage, amount)
    if rest in passage.cues.notes and amount.low not in (50, 100, 200, 500, 1000):
        return None
    unit = _compound_unit(passage, rest)
    if unit is None:
        return None
    # "2019-sesongen" is a date, "2019-kroner" are kroner at the prices of that year.
    currency = unit.dimension == "money" and rest in passage.units.words and not rest.endswith("s")
    dated = unit.dimension == "time" or currency
    if dated and amount.numeral and is_year(passage, amount.numeral):
        return None
    amount.low, amount.high = amount.low * unit.factor, amount.high * unit.factor
    amount.unit = YEARS_OF_AGE if rest.startswith("åring") else unit._replace(factor=1)
    return amount


def _compound_unit(passage: Passage, rest: str) -> Unit | None:
    for stem, unit in passage.units.compounds:
        if rest.startswith(stem):
            return unit
    return COUNT if rest.startswith(passage.cues.counters) else None


def _years_of_life(passage: Passage, amount: Amount) -> Amount | None:
    """``en mann i 20-årene`` is 20 to 29 years old; ``i 1920-årene`` is a date."""
    if not 10 <= amount.low <= 90 or amount.low % 10 or not _about_people(passage, amount.first):
        return None
    amount.high += 9
    amount.unit, amount.ranged = YEARS_OF_AGE, True
    return amount


def _about_people(passage: Passage, i: int) -> bool:
    """Whether a person stands near: ``en mann i 20-årene``, ``hun er i slutten av 30-årene``."""
    people, endings = passage.cues.people, passage.cues.person_endings
    if any(word in people or word.endswith(endings) for word in passage.window(i, 8, 6)):
        return True
    before = list(passage.walk(i, -1, 8))
    return any(
        word in passage.cues.copulas and (before[k + 1 : k + 2] or [""])[0] in passage.cues.person_pronouns
        for k, word in enumerate(before)
    )


def word_compound(passage: Passage, i: int) -> Amount | None:
    """The amount in one word: ``tolvåring``, ``tokilos``, ``millionsum``, ``halvtime``."""
    token = passage.tokens[i]
    if token.kind != "word" or len(token.text) < 5:
        return None
    if token.lower in passage.cues.halves:
        return _half(passage, i)
    split = split_compound(token.lower)
    if split is None or _inside_name(passage, token):
        return None
    value, rest = split
    amount = Amount(i, i, token.start, token.end, value, value, COUNT)
    if value >= 1e6:
        return _sum_of_money(passage, amount, rest)
    # "tiåret" is a decade; "enkrone", "ettermiddag" begin with an article
    is_decade = value == 10 and re.fullmatch("år(s|et|ets|a|ene|enes)?", rest)
    if is_decade or rest in ("år", "åra", "årene", "årenes") or rest.startswith("årsskift"):
        return None
    if value < 2 and not rest.startswith(("år", "dag", "time")):
        return None
    return _compound(passage, amount, rest)


def _half(passage: Passage, i: int) -> Amount:
    """``en halvtime``, ``en halvliter``."""
    token = passage.tokens[i]
    first = i - 1 if passage.before(i) in ("en", "ein", "ei", "et", "eit") else i
    unit = passage.units.by_name[passage.cues.halves[token.lower]]
    return Amount(first, i, passage.tokens[first].start, token.end, 0.5, 0.5, unit, compound=True)


def _sum_of_money(passage: Passage, amount: Amount, rest: str) -> Amount | None:
    """``millionsum``, ``milliardgjeld``."""
    if rest not in passage.cues.money_compounds:
        return None
    amount.unit, amount.vague, amount.compound = money(currency_near(passage, amount.first)), True, True
    return amount


def _inside_name(passage: Passage, token: Token) -> bool:
    return any(
        start < token.end and token.start < end
        for start, end in passage.names.near(token.start, token.end)
        if end - start > token.end - token.start
    )
