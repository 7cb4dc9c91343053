"""Numerals that are no amounts: idioms, wood, foreign words, clock times, years."""

from depesje.numerals import Numeral
from depesje.quantities.passage import Passage


def is_idiom(passage: Passage, numeral: Numeral) -> bool:
    """Whether a number word stands in a set phrase or is another word of the same form."""
    first, last = numeral.first, numeral.last
    if numeral.digits or last > first + 2:
        return False
    if _is_phrase(passage, first, last):
        return True
    word = passage.word(first)
    if first != last or word not in ("tre", "fire", "to"):
        return False
    if word == "tre":
        return _is_tree(passage, first)
    if (
        word == "fire"
        and passage.before(first) in passage.cues.infinitive
        and passage.after(first) in passage.cues.ease
    ):
        return True
    return _is_english(passage, first)


def _is_phrase(passage: Passage, first: int, last: int) -> bool:
    """``på ett eller annet vis``; but not ``på ett møte``, if the phrase would end with the numeral."""
    words = [passage.word(j) for j in range(first - 2, first + 5)]
    counts = passage.unit_at(last, False) or passage.item_word(last + 1) or passage.after(last) == "av"
    for size in (2, 3, 4):
        for begin in range(3):
            longer = begin + size > 3
            if (
                begin + size > 2
                and tuple(words[begin : begin + size]) in passage.cues.idioms
                and (longer or not counts)
            ):
                return True
    return False


def _is_tree(passage: Passage, i: int) -> bool:
    """``et tre``, ``i tre``, and the verb in ``skal tre i kraft``."""
    if passage.word(i + 1) == "-" and passage.joined(i):
        return False  # "tre- og fireåringer"
    if passage.pos(i) in ("NOUN", "VERB"):
        return True
    before = passage.before(i)
    if before in passage.cues.infinitive and passage.after(i) in passage.cues.step:
        return True
    return before in passage.cues.tree and not (before == "av" and passage.item_word(i + 1))


def _is_english(passage: Passage, i: int) -> bool:
    """``to`` and ``fire`` in an English quotation."""
    return any(word in passage.cues.english for word in passage.window(i, 3, 3))


def is_clock(passage: Passage, numeral: Numeral) -> bool:
    """``klokka åtte``, ``halv fem``, ``ti over to``, ``åtte-ni om kvelden``."""
    cues, first, last = passage.cues, numeral.first, numeral.last
    if numeral.scale > 1 or numeral.high >= 60:
        return False
    if passage.after(last) in cues.past_hour and passage.word(last + 2) in cues.half_hour:
        return True
    if passage.after(last) in ("om", "på") and passage.word(last + 2) in cues.day_parts:
        return True
    if passage.before(first) in cues.past_hour | {"til", "og", "-", "–"} and first - 2 in passage.starts:
        first = passage.starts[first - 2]
    before = passage.before(first)
    if before in cues.clock | cues.half_hour or (before == "." and passage.word(first - 2) in cues.clock):
        return True
    if _tells_time(passage, first):
        return True
    if before in cues.past_hour and passage.before(first - 1) in cues.half_hour:
        return True
    # "halv" alone tells an hour, or nothing
    return passage.word(last) == "halv" and not numeral.digits and passage.unit_at(last, False) is None


def _tells_time(passage: Passage, first: int) -> bool:
    """``klokka er over elleve``, ``klokka var nesten to``."""
    for word in passage.walk(first, -1, 4):
        if word in passage.cues.clock:
            return True
        if word not in passage.cues.copulas and (word,) not in passage.cues.before:
            return False
    return False


def is_year(passage: Passage, numeral: Numeral) -> bool:
    """Whether a figure looks like a year, or a range like a span of years."""
    written = passage.tokens[numeral.first].text, passage.tokens[numeral.last].text
    if not numeral.digits or not all(part.isdigit() for part in written) or len(written[1]) != 4:
        return False
    first, last = passage.cues.years
    return first <= numeral.low and numeral.high <= last
