"""Bare numbers: which of them count something, and which are ages, labels, results, years or names."""

import re

from depesje.numerals import Numeral
from depesje.quantities.ages import in_brackets, is_age, is_bracketed_age
from depesje.quantities.amount import Amount
from depesje.quantities.cues import matches
from depesje.quantities.exclusions import is_year
from depesje.quantities.passage import CLOSERS, OPENERS, Passage
from depesje.quantities.units import COUNT, YEARS_OF_AGE


def is_amount(passage: Passage, amount: Amount) -> bool:
    """Whether an amount is one: a measure or compound is, a number without unit if it counts something."""
    numeral = amount.numeral
    if amount.compound or amount.unit is not COUNT or numeral is None:
        return True
    if _names_it(passage, numeral):
        return False
    if not numeral.digits:
        return _word_counts(passage, amount, numeral)
    return _figure_counts(passage, amount, numeral)


def _names_it(passage: Passage, numeral: Numeral) -> bool:
    """Whether the number is part of a name."""
    for start, end in passage.names.near(numeral.start, numeral.end):
        inside = start <= numeral.start and numeral.end <= end
        if inside and end - start > numeral.end - numeral.start + 1 and start < numeral.start:
            return True
    return False


def _word_counts(passage: Passage, amount: Amount, numeral: Numeral) -> bool:
    first = numeral.first
    if numeral.scale == 1 and _is_labelled(passage, first):
        return False
    if numeral.kind == "vague" or numeral.scale > 1:
        return True
    if is_age(passage, amount):
        amount.unit = YEARS_OF_AGE
        return True
    # "Klubb Syv": a capital inside a sentence
    if (
        passage.capital(first)
        and not passage.starts_sentence(first)
        and not passage.tokens[first].text.isupper()
    ):
        return False
    if passage.word(first) in ("ett", "eitt") and first == numeral.last:
        return passage.pos(first) not in ("PRON", "ADV")
    return True


def _figure_counts(passage: Passage, amount: Amount, numeral: Numeral) -> bool:
    tokens, first, last = passage.tokens, numeral.first, numeral.last
    if "dotted" in (tokens[first].kind, tokens[last].kind) and numeral.scale == 1:
        return False
    if re.match(r"0\d", tokens[first].text) or numeral.low > 1e15:
        return False
    if _is_code(passage, numeral):
        return False
    if in_brackets(passage, first, last):
        if not is_bracketed_age(passage, amount):
            return False
        amount.unit = YEARS_OF_AGE
        return True
    if (
        (numeral.scale == 1 and _is_label(passage, first))
        or _is_enumerator(passage, numeral)
        or _is_address(passage, last)
        or _is_ratio(passage, last)
    ):
        return False
    if (numeral.join == "dash" and not _range_counts(passage, numeral)) or _is_result(passage, first, last):
        return False
    if is_year(passage, numeral) and not _year_counts(passage, numeral):
        return False
    if is_age(passage, amount):
        amount.unit = YEARS_OF_AGE
        return True
    if numeral.scale > 1 or numeral.join == "mellom":
        return True
    if passage.joined(last) and passage.word(last + 1) in ("/", "-", "–", "x", "*", "°", "="):
        return False
    return _has_evidence(passage, first, last)


def _is_code(passage: Passage, numeral: Numeral) -> bool:
    """A number to send to (``sms til 4545``), a finishing time (``klokket inn på 51,20``), a year (``i 74``)."""
    written = passage.tokens[numeral.first].text
    if len(written) == 2 and passage.before(numeral.first) == "i" and not numeral.join:
        return passage.after(numeral.last) != "av" and not passage.item_word(numeral.last + 1)
    if len(written) in (4, 5) and written.isdigit():
        return any(word in passage.cues.codes for word in passage.walk(numeral.first, -1, 6))
    if numeral.low != int(numeral.low) and numeral.scale == 1 and not passage.item_word(numeral.last + 1):
        return any(word in passage.cues.finishing for word in passage.walk(numeral.first, -1, 4))
    return False


def _is_ratio(passage: Passage, last: int) -> bool:
    """``5:2``."""
    glued = passage.joined(last) and passage.word(last + 1) == ":" and passage.joined(last + 1)
    return glued and passage.tokens[last + 2].kind in ("number", "dotted")


def _is_address(passage: Passage, last: int) -> bool:
    """``702.no``: a full stop and a word without a space."""
    return passage.joined(last) and passage.word(last + 1) in (".", "@") and passage.joined(last + 1)


def _is_labelled(passage: Passage, first: int) -> bool:
    """``nummer ni``, and ``ti`` in ``nummer ni og ti``."""
    for _ in range(10):
        before = passage.before(first)
        if before in passage.cues.labels or (
            before == "." and passage.word(first - 2) in passage.cues.labels
        ):
            return True
        if before in ("og", "eller", ",") and re.fullmatch(r"[^\W\d_]+\d+", passage.word(first - 2)):
            return True
        if before in passage.cues.weak_labels:
            return not passage.item_word(passage.ends.get(first, first) + 1)
        listed = (
            before in ("og", "eller", ",") and not passage.broken(first - 2) and first - 2 in passage.starts
        )
        if not listed:
            return False
        first = passage.starts[first - 2]
    return False


def _is_label(passage: Passage, first: int) -> bool:
    before = passage.before(first)
    if _is_labelled(passage, first) or before in ("§", "#", "&", "/"):
        return True
    if before == "." and passage.joined(first - 2):
        return passage.word(first - 2) in passage.cues.labels
    if not passage.capital(first - 1) or passage.broken(first - 1):
        return False
    # A capitalised word before the figure: a name ("Rema 1000"), unless it only begins the sentence.
    if passage.starts_sentence(first - 1):
        known = (
            before in passage.cues.function
            or (before,) in passage.cues.before
            or before in passage.cues.between_hedge
        )
        return not known and not passage.item_word(passage.ends.get(first, first) + 1)
    if passage.plural_after(passage.ends.get(first, first)):
        grouped = not passage.tokens[first].text.isdigit()
        return not (grouped or before.endswith("s") or _determines(passage, first))
    return True


def _determines(passage: Passage, i: int) -> bool:
    """Whether the parse takes the figure for a determiner of a noun behind it."""
    if not passage.parsed:
        return False
    token = passage.token(i)
    return token is not None and token.head.i > token.i and token.head.pos_ == "NOUN"


def _is_enumerator(passage: Passage, numeral: Numeral) -> bool:
    """``1. Norge`` or ``2)`` at the beginning of a line."""
    if not passage.broken(numeral.first - 1):
        return False
    return passage.joined(numeral.last) and passage.word(numeral.last + 1) in (".", ")", ":")


def _is_result(passage: Passage, first: int, last: int) -> bool:
    """``2 – 1``: figures on both sides of a dash."""
    dashes = ("-", "–", "—")
    ahead = (
        passage.after(last) in dashes
        and passage.word(last + 2)[:1].isdigit()
        and not passage.broken(last + 1)
    )
    behind = (
        passage.before(first) in dashes
        and passage.word(first - 2)[-1:].isdigit()
        and not passage.broken(first - 2)
    )
    return ahead or behind


def _range_counts(passage: Passage, numeral: Numeral) -> bool:
    """``10–15 personer``; but ``2–3`` alone is a result."""
    if numeral.high >= 200:
        return True
    follows = passage.word(numeral.last + 1)
    return (
        follows not in passage.cues.results
        and passage.item_word(numeral.last + 1)
        and passage.before(numeral.first) not in passage.cues.before_result
    )


def _hedge_word(passage: Passage, first: int) -> str:
    """The word before a figure; ``ca.`` with its full stop."""
    before = passage.before(first)
    return passage.word(first - 2) + "." if before == "." and passage.joined(first - 2) else before


def _year_counts(passage: Passage, numeral: Numeral) -> bool:
    before = _hedge_word(passage, numeral.first)
    if before in passage.cues.before_count and numeral.low % 10 == 0:
        return True
    counted = passage.plural_after(numeral.last) and not passage.word(numeral.last + 1).endswith(("te", "de"))
    if numeral.join or before in passage.cues.before_year:
        return False
    if passage.pos(numeral.first - 1) == "VERB":  # "solgte 2000 ..."
        return True
    if before in passage.cues.about:
        return counted or any(
            matches(word, passage.cues.count_cues) for word in passage.window(numeral.first, 6, 0)
        )
    return counted


def _has_evidence(passage: Passage, first: int, last: int) -> bool:
    """A bare figure counts if running prose stands on one of its sides at least."""
    if passage.item_word(last + 1):
        return True
    before, after = passage.before(first), passage.after(last)
    if before and passage.tokens[first - 1].kind == "word" and not passage.capital(first - 1):
        return True
    if (
        (before,) in passage.cues.before
        or before in passage.cues.function
        or before in passage.cues.between_hedge
    ):
        return True
    return after in passage.cues.function and (
        not before or before in OPENERS or before in CLOSERS or before == ","
    )
