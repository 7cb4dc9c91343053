"""Cues: the words by which an article hands content to a source, read from ``lexicon/cues.toml``."""

from functools import cache
from typing import NamedTuple

from spacy.tokens import Token

from depesje import lexicon
from depesje.actors import role_base


class Cue(NamedTuple):
    """One reading of one form of a verb.

    Attributes
    ----------
    group
        The verb's group in the lexicon, such as ``say`` or ``deny``.
    lemma
        Its infinitive.
    particles
        Words that complete it (`fast` of `slår fast`).
    certainty
        What the cue lends to its content.
    takes, about
        What the content can be, and the prepositions that may lead it in.
    finite, passive
        Whether the form is finite; whether it is the passive in -s.
    """

    group: str
    lemma: str
    particles: tuple[str, ...]
    certainty: str
    takes: frozenset[str]
    about: frozenset[str]
    finite: bool
    passive: bool


@cache
def cue_forms() -> dict[str, tuple[Cue, ...]]:
    """Every inflected form of the cue verbs, with the readings it has; the longest phrase first."""
    forms: dict[str, list[Cue]] = {}
    for group, entry in lexicon.load("cues")["verbs"].items():
        for line in [*entry.get("forms", ()), *entry.get("phrases", ())]:
            verb, *particles = (part.strip() for part in line.split("+"))
            infinitive, *others = verb.split()
            cue = Cue(
                group,
                infinitive,
                tuple(particles),
                entry["certainty"],
                frozenset(entry.get("takes", ())),
                frozenset(entry.get("about", ())),
                False,
                False,
            )
            for index, form in enumerate(others):
                forms.setdefault(form, []).append(cue._replace(finite=index < 2))
            forms.setdefault(infinitive, []).append(cue)
            if not infinitive.endswith("s"):
                for passive in (infinitive + "s", infinitive + "st"):
                    forms.setdefault(passive, []).append(cue._replace(finite=True, passive=True))
    return {form: tuple(sorted(set(cues), key=_reading_order)) for form, cues in forms.items()}


def _reading_order(cue: Cue) -> tuple[int, bool, str, str]:
    return -len(cue.particles), not cue.finite, cue.group, cue.lemma


@cache
def noun_cues() -> dict[str, str]:
    """The nouns whose clause is content (`løftet om å …`), each with the certainty that it lends."""
    certainties: dict[str, list[str]] = lexicon.load("cues")["nouns"]["certainty"]
    return {noun: certainty for certainty, nouns in certainties.items() for noun in nouns}


@cache
def listed(table: str, key: str) -> frozenset[str]:
    """A list of the lexicon as a set."""
    return frozenset(lexicon.load("cues")[table][key])


def is_people(token: Token) -> bool:
    """Whether a noun names people or a body of people, who can demand, deny and confirm things."""
    lemma = token.lemma_.lower() or token.lower_
    if role_base(token.lower_) or lemma.endswith(tuple(listed("people", "nouns"))):
        return True
    return token.lower_.endswith(tuple(listed("people", "endings")))


def is_document(token: Token) -> bool:
    """Whether a noun names something that can show a fact: a poll, a report, figures."""
    lemma = token.lemma_.lower() or token.lower_
    return any(lemma.endswith(noun) or token.lower_.startswith(noun) for noun in listed("documents", "nouns"))


def word_class(key: str) -> frozenset[str]:
    """A closed class of words, such as ``negations``."""
    return listed("words", key)
