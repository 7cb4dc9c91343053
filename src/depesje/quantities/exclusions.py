"""Numerals that are no amounts: idioms, wood, clock times, years."""

from depesje.numerals import Numeral
from depesje.quantities.passage import Passage


def is_idiom(passage: Passage, numeral: Numeral) -> bool:
    if numeral.digits:
        return False
    first = numeral.first
    words = [passage.word(j) for j in range(first - 2, first + 5)]
    free = passage.unit_at(numeral.last, False) is None and not passage.item_word(numeral.last + 1)
    free = free and passage.after(numeral.last) != "av"
    if numeral.last > first + 2:
        return False
    for size in (2, 3, 4):
        for begin in range(0, 3):
            phrase = tuple(words[begin : begin + size])
            if begin + size > 2 and phrase in passage.cues.idioms and (free or begin + size > 3):
                return True
    word = passage.word(first)
    if first == numeral.last and word == "tre":
        return _is_tree(passage, first)
    if first == numeral.last and word == "fire":
        return (
            passage.before(first) in ("å", "må", "vil", "ikke", "ikkje")
            and passage.after(first) in passage.cues.ease
        )
    return False


def _is_tree(passage: Passage, i: int) -> bool:
    """``et tre``, ``i tre``, and the verb in ``skal tre i kraft``."""
    if passage.pos(i) in ("NOUN", "VERB"):
        return True
    before = passage.before(i)
    if (
        before in ("å", "skal", "vil", "må", "kan", "skulle", "ville")
        and passage.after(i) in passage.cues.step
    ):
        return True
    return before in passage.cues.tree and not (before == "av" and passage.item_word(i + 1))


def is_clock(passage: Passage, numeral: Numeral) -> bool:
    """``halv fem``, ``ti over to``, ``klokka åtte``."""
    first, last = numeral.first, numeral.last
    if passage.before(first) in ("til", "og", "på", "over", "-", "–") and first - 2 in passage.starts:
        first = passage.starts[first - 2]
    if passage.after(last) in ("på", "over") and passage.word(last + 2) == "halv":
        return True
    if passage.before(first) in ("er", "var", "blir", "ble") and passage.before(first - 1) in (
        "klokka",
        "klokken",
    ):
        return True
    if passage.before(first) in ("klokka", "klokken", "kl", "kl.", "halv", "kvart"):
        return True
    if passage.before(first) == "." and passage.word(first - 2) == "kl":
        return True
    if passage.before(first) in ("på", "over") and passage.before(first - 1) in ("kvart", "halv"):
        return True
    return (
        passage.word(last) == "halv"
        and not numeral.digits
        and numeral.scale == 1
        and passage.unit_at(last, False) is None
    )


def is_year(passage: Passage, numeral: Numeral) -> bool:
    first, last = passage.cues.years
    plain = (
        numeral.digits
        and passage.tokens[numeral.first].text.isdigit()
        and passage.tokens[numeral.last].text.isdigit()
    )
    return (
        plain
        and first <= numeral.low <= last
        and first <= numeral.high <= last
        and len(passage.tokens[numeral.last].text) == 4
    )
