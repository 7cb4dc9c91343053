"""Cue words around an amount: ``lexicon/quantities.toml`` as sets."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from depesje import lexicon
from depesje.annotations import Bound


def _phrases(words: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(phrase.split("_")) for phrase in words.split())


@dataclass(frozen=True, slots=True)
class Cues:
    """``lexicon/quantities.toml`` as sets."""

    before: dict[tuple[str, ...], Bound]
    after: dict[tuple[str, ...], Bound]
    abbreviations: frozenset[str]
    between_hedge: frozenset[str]
    between_unit: frozenset[str]
    soon: frozenset[str]
    persons: frozenset[str]
    person_pronouns: frozenset[str]
    labels: frozenset[str]
    weak_labels: frozenset[str]
    before_year: frozenset[str]
    before_count: frozenset[str]
    about: frozenset[str]
    years: tuple[int, int]
    idioms: frozenset[tuple[str, ...]]
    tree: frozenset[str]
    ease: frozenset[str]
    step: frozenset[str]
    infinitive: frozenset[str]
    english: frozenset[str]
    clock: frozenset[str]
    half_hour: frozenset[str]
    past_hour: frozenset[str]
    day_parts: frozenset[str]
    copulas: frozenset[str]
    finishing: frozenset[str]
    codes: frozenset[str]
    person_endings: tuple[str, ...]
    halves: dict[str, str]
    age_verbs: frozenset[str]
    age_nouns: frozenset[str]
    old: frozenset[str]
    people: frozenset[str]
    count_cues: tuple[str, ...]
    prices: tuple[str, ...]
    sums: tuple[str, ...]
    increase: tuple[str, ...]
    decrease: tuple[str, ...]
    change: tuple[str, ...]
    function: frozenset[str]
    comparatives: frozenset[str]
    adverbials: frozenset[str]
    results: frozenset[str]
    before_result: frozenset[str]
    margins: frozenset[str]
    counters: tuple[str, ...]
    not_compounds: frozenset[str]
    money_compounds: frozenset[str]
    notes: frozenset[str]


@cache
def cues() -> Cues:
    """The cue words, read once."""
    data, counters = lexicon.load("quantities"), lexicon.load("units")["counters"]

    def bounds(table: dict[str, str]) -> dict[tuple[str, ...], Bound]:
        return {phrase: bound for bound, forms in table.items() for phrase in _phrases(forms)}  # type: ignore[misc]

    def words(table: str, key: str) -> frozenset[str]:
        return frozenset(data[table][key].split())

    change = data["change"]
    return Cues(
        before=bounds(data["before"]),
        after=bounds(data["after"]),
        abbreviations=words("between", "abbreviations"),
        between_hedge=words("between", "hedge"),
        between_unit=words("between", "unit"),
        soon=words("ages", "soon"),
        persons=words("ages", "persons"),
        person_pronouns=words("ages", "pronouns"),
        labels=words("labels", "words"),
        weak_labels=words("labels", "weak"),
        before_year=words("years", "before"),
        before_count=words("years", "count"),
        about=words("years", "about"),
        years=(data["years"]["first"], data["years"]["last"]),
        idioms=_phrases(data["idioms"]["phrases"]),
        tree=words("idioms", "tree"),
        ease=words("idioms", "ease"),
        step=words("idioms", "step"),
        infinitive=words("idioms", "infinitive"),
        english=words("idioms", "english"),
        clock=words("clock", "words"),
        half_hour=words("clock", "half"),
        past_hour=words("clock", "past"),
        day_parts=words("clock", "parts"),
        copulas=words("clock", "copulas"),
        finishing=words("labels", "finishing"),
        codes=words("labels", "codes"),
        person_endings=tuple(data["ages"]["endings"].split()),
        halves={word: unit for unit, forms in data["halves"].items() for word in forms.split()},
        age_verbs=words("ages", "verbs"),
        age_nouns=words("ages", "nouns"),
        old=words("ages", "old"),
        people=words("ages", "people"),
        count_cues=tuple(data["money"]["counts"].split()),
        prices=tuple(data["money"]["prices"].split()),
        sums=tuple(data["money"]["sums"].split()),
        increase=tuple(change["increase"].split()),
        decrease=tuple(change["decrease"].split()),
        change=tuple((change["increase"] + " " + change["decrease"] + " " + change["other"]).split()),
        function=words("function", "words"),
        comparatives=words("function", "comparatives"),
        adverbials=words("function", "adverbials"),
        results=words("sports", "results"),
        before_result=words("sports", "before"),
        margins=words("sports", "margins"),
        counters=tuple(counters["words"].split()),
        not_compounds=frozenset(counters["excluded"].split()),
        money_compounds=frozenset(counters["money"].split()),
        notes=frozenset(counters["notes"].split()),
    )


def matches(word: str, patterns: Sequence[str]) -> bool:
    """Whether a word is one of the patterns: ``pris-`` begins it, ``-bot`` ends it, ``sum`` is the whole of it."""
    for pattern in patterns:
        if pattern[-1] == "-":
            if word.startswith(pattern[:-1]):
                return True
        elif word.endswith(pattern[1:]) if pattern[0] == "-" else word == pattern:
            return True
    return False
