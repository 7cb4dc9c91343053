"""Ages that do not say ``år``: ``Kari Nordmann (57)``, ``hun fylte 57``, ``en gutt på 17``."""

from depesje.quantities.amount import Amount
from depesje.quantities.passage import Passage


def in_brackets(passage: Passage, first: int, last: int) -> bool:
    """Whether a figure stands in brackets alone."""
    return _bracket(passage, first) >= 0 and passage.word(last + 1) == ")"


def is_bracketed_age(passage: Passage, amount: Amount) -> bool:
    """``Kari Nordmann (57)``; but not the goal's minute in a list of results."""
    at = _bracket(passage, amount.first) - 1
    if at < 0 or not _is_age_like(amount) or passage.broken(at) or passage.tokens[at].kind != "word":
        return False
    if passage.capital(amount.last + 2) and passage.spaced(amount.last + 1):
        return False  # "(9) Ola Nordmann": a number on a shirt
    before = _before_name(passage, at)
    if before == at:
        return _described(passage, at, amount.low)
    if before >= 0 and not passage.broken(before) and passage.tokens[before].kind in ("number", "other"):
        return False  # "1-0 Ola Nordmann (57)": a goal
    return not passage.places.overlaps(passage.tokens[at].start, passage.tokens[at].end)


def _is_age_like(amount: Amount) -> bool:
    return 1 <= amount.low <= 115 and amount.low == int(amount.low)


def _before_name(passage: Passage, at: int) -> int:
    """The token before the capitalised words that end at token ``at``; `at` itself if there are none."""
    for i in range(at, max(at - 6, -1), -1):
        if passage.broken(i) or not (passage.capital(i) or passage.word(i) in ("-", ".")):
            return i
    return max(at - 6, -1)


def is_age(passage: Passage, amount: Amount) -> bool:
    """``Kari Nordmann, 57, …``, ``fylte 57``, ``i en alder av 57``."""
    first, last = amount.first, amount.last
    if not _is_age_like(amount) or passage.item_word(last + 1):
        return False
    before = passage.before(first)
    if before in ("av", "på") and passage.before(first - 1) in passage.cues.age_nouns:
        return True
    if before == "på" and passage.before(first - 1) in passage.cues.persons:  # "en gutt på 17"
        return True
    if _is_said_of_person(passage, first):
        return True
    if before in passage.cues.age_verbs and before.startswith(("fyl", "rund")):
        return True
    return (
        before == ","
        and passage.capital(first - 2)
        and passage.capital(first - 3)
        and passage.word(last + 1) in (",", ".")
        and not passage.starts_sentence(first - 2)
    )


def _bracket(passage: Passage, first: int) -> int:
    """The index of the bracket before a figure, ``(snart 80)`` too, else -1."""
    before = passage.word(first - 1)
    at = first - 2 if (before,) in passage.cues.before or before in passage.cues.soon else first - 1
    return at if passage.word(at) == "(" else -1


def _described(passage: Passage, i: int, age: float) -> bool:
    """``gartneren (44)``: one person, by a noun in the singular."""
    word = passage.word(i)
    if word in passage.cues.people or word.endswith(passage.cues.person_endings):
        return True
    return age >= 12 and word.endswith(("en", "a"))


def _is_said_of_person(passage: Passage, first: int) -> bool:
    """``Hun er bare 17``."""
    at = first - 1
    while passage.word(at) in passage.cues.soon and not passage.broken(at):
        at -= 1
    if passage.word(at) not in passage.cues.copulas or passage.broken(at) or passage.broken(at - 1):
        return False
    return passage.word(at - 1) in passage.cues.person_pronouns
