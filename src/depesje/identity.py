"""Identity: which named mentions of a document are the same actor.

Names are compared by their folded words and never in pairs: every step looks up a word in a table, so that the time
is linear in the number of mentions.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise

from spacy.tokens import Doc

from depesje.name_spans import Name
from depesje.name_types import in_brackets
from depesje.names import abbreviates, core, definite_stem, fold, given_names, initials, region_stem, spelling

#: So many tokens back, somebody of the same surname is still the one spoken of.
_NEAR = 30
#: Of more people with one surname only the first so many come into question.
_MOST = 100
#: Pronouns that show the gender of a person just named.
PRONOUNS = {
    "han": "m",
    "ham": "m",
    "hans": "m",
    "hun": "f",
    "ho": "f",
    "henne": "f",
    "hennes": "f",
    "hennar": "f",
}


@dataclass(slots=True, eq=False)
class Person:
    """A person under construction: the words of the fullest name, folded, and by sound."""

    words: tuple[str, ...]
    sounds: tuple[str, ...] = ()
    gender: str | None = None
    names: list[int] = field(default_factory=list)
    full: int = 0
    bare: int = 0

    def __post_init__(self) -> None:
        self.sounds = tuple(spelling(w) for w in self.words)
        self.gender = given_names().get(self.words[0]) if len(self.words) > 1 else None


def clusters(doc: Doc, names: list[Name]) -> list[list[int]]:
    """Group mentions into actors.

    Parameters
    ----------
    doc
        The document.
    names
        Its named mentions in order.

    Returns
    -------
    list of list of int
        Indices into ``names``, each list one actor's mentions in order; actors in the order of their first mention.
    """
    groups = list(_persons(doc, names))
    groups += _by_key(names, "ORG", _organisations(doc, names))
    groups += _by_key(
        names, "GPE", {i: _place_key(name) for i, name in enumerate(names) if name.type == "GPE"}
    )
    for type_ in ("PROD", "EVT"):
        groups += _by_key(
            names, type_, {i: " ".join(name.key) for i, name in enumerate(names) if name.type == type_}
        )
    return sorted((sorted(group) for group in groups if group), key=lambda group: group[0])


def _by_key(names: list[Name], type_: str, keys: dict[int, str]) -> list[list[int]]:
    table: dict[str, list[int]] = defaultdict(list)
    for i, name in enumerate(names):
        if name.type == type_:
            table[keys[i]].append(i)
    return list(table.values())


def _place_key(name: Name) -> str:
    """A place's key: the lexicon's, else its words without a compound's ``-regionen``."""
    if name.known:
        return name.known.key
    last = name.key[-1]
    return "GPE:" + " ".join((*name.key[:-1], region_stem(last) or last))


# Persons


class _People:
    """The persons of a document by the parts of their names that they may be called by."""

    def __init__(self) -> None:
        self.all: list[Person] = []
        self.by_last: dict[str, list[Person]] = defaultdict(list)
        self.by_first: dict[str, list[Person]] = defaultdict(list)
        self.by_middle: dict[str, list[Person]] = defaultdict(list)
        #: The beginnings and ends of full names, and their first and last words.
        self._parts: dict[tuple[str, ...], Person] = {}

    def add(self, words: tuple[str, ...]) -> Person:
        """Add a person under a full name or a single word."""
        person = Person(words)
        sounds = person.sounds
        self.all.append(person)
        self.by_last[sounds[-1]].append(person)
        if len(sounds) > 1:
            self.by_first[sounds[0]].append(person)
            for sound in sounds[1:-1]:
                self.by_middle[sound].append(person)
            for n in range(2, len(sounds) + 1):
                self._parts.setdefault(sounds[:n], person)
                self._parts.setdefault(sounds[-n:], person)
            self._parts.setdefault(("…", sounds[0], sounds[-1]), person)
            self._parts.setdefault(("…", sounds[0][:1], sounds[-1]), person)
            for misspelt in _near(sounds):
                self._parts.setdefault(misspelt, person)
        return person

    def fuller(self, words: tuple[str, ...]) -> Person | None:
        """The person whose name this form respells, or shortens at an end, in the middle or to an initial."""
        sounds = tuple(spelling(word).rstrip(".") for word in words)
        if sounds in self._parts:
            return self._parts[sounds]
        person = self._parts.get(("…", sounds[0], sounds[-1]))
        if person and _shortens(sounds, person.sounds):
            return person
        return next((self._parts[key] for key in _near(sounds) if key in self._parts), None)

    def called(self, word: str) -> list[Person]:
        """Who may be meant by one word: those with this surname, else first name, else middle name."""
        sound = spelling(word)
        return self.by_last[sound] or self.by_first[sound] or self.by_middle[sound]


def _persons(doc: Doc, names: list[Name]) -> list[list[int]]:
    """Persons: full names first, the fullest before their shorter forms, then single words in the order of the text."""
    people = _People()
    of_form: dict[tuple[str, ...], Person] = {}
    mentions = [i for i, name in enumerate(names) if name.type == "PER"]
    forms = Counter(names[i].key for i in mentions if len(names[i].words) > 1)
    for form in sorted(forms, key=lambda f: (len(f), sum(map(len, f))), reverse=True):
        person = people.fuller(form) or people.add(form)
        of_form[form] = person
        person.full += forms[form]
    last_seen: dict[int, int] = {}
    for i in mentions:
        name = names[i]
        person = of_form.get(name.key) or _single(doc, names, i, people, last_seen)
        person.names.append(i)
        person.bare += len(name.words) == 1
        last_seen[id(person)] = i
    return [person.names for person in people.all]


def _single(doc: Doc, names: list[Name], i: int, people: _People, last_seen: dict[int, int]) -> Person:
    """The person that a mention of one word names, a new one if need be."""
    candidates = people.called(names[i].key[0])[:_MOST]
    if not candidates:
        return people.add(names[i].key)
    return candidates[0] if len(candidates) == 1 else _likeliest(doc, names, i, candidates, last_seen)


def _near(sounds: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Keys that two full names share whose last words, of six letters or more, differ by one letter."""
    last = sounds[-1]
    if len(last) < 6:
        return []
    return [
        ("≈", *sounds[:-1], last),
        *(("≈", *sounds[:-1], last[:i] + last[i + 1 :]) for i in range(1, len(last))),
    ]


def _shortens(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether the words come in order in the fuller name, the first name being there, if only as an initial."""
    if not (short[0] == full[0] or short[0] == full[0][:1]):
        return False
    rest = iter(full[1:])
    return all(any(word == other or word == other[:1] for other in rest) for word in short[1:])


def _likeliest(
    doc: Doc, names: list[Name], i: int, candidates: list[Person], last_seen: dict[int, int]
) -> Person:
    """Who of several with one surname is meant: by the gender of the next pronoun, then who was named just before.

    Else it is the one for whom the surname alone has stood most, and who is named in full less often.
    """
    gender = pronoun_after(doc, names, i)
    fitting = [p for p in candidates if p.gender == gender] if gender else []
    pool = fitting or candidates
    near = [p for p in pool if id(p) in last_seen and names[i].start - names[last_seen[id(p)]].end < _NEAR]
    if near:
        return max(near, key=lambda p: last_seen[id(p)])
    return min(pool, key=lambda p: (-p.bare, p.full))


def pronoun_after(doc: Doc, names: list[Name], i: int) -> str | None:
    """The gender of the first personal pronoun after a mention, in its sentence or as the next one's first word."""
    limit = names[i + 1].start if i + 1 < len(names) else len(doc)
    crossed = False
    for token in doc[names[i].end : min(limit, names[i].end + 40)]:
        if token.is_sent_start and token.i > names[i].end:
            crossed = True
            return PRONOUNS.get(token.lower_)
        if not crossed and token.lower_ in PRONOUNS:
            return PRONOUNS[token.lower_]
    return None


# Organisations


def _organisations(doc: Doc, names: list[Name]) -> dict[int, str]:
    """The key of each organisation's mention; equal keys are one actor."""
    keys = {i: _organisation_key(name) for i, name in enumerate(names) if name.type == "ORG"}
    same = _Same()
    for (i, first), (j, second) in pairwise(enumerate(names)):
        if first.type == second.type == "ORG" and second.start == first.end + 1 and in_brackets(doc, second):
            short, long = sorted((first, second), key=lambda n: len("".join(n.words)))
            if abbreviates("".join(short.words), long.words):
                same.join(keys[i], keys[j])
    _join_short_forms(names, keys, same)
    return {i: same.root(key) for i, key in keys.items()}


def _organisation_key(name: Name) -> str:
    return name.known.key if name.known else "ORG:" + " ".join(core(name.words))


class _Same:
    """Keys that are found to be one actor (disjoint sets)."""

    def __init__(self) -> None:
        self.parent: dict[str, str] = {}

    def root(self, key: str) -> str:
        while self.parent.get(key, key) != key:
            self.parent[key] = self.parent.get(self.parent[key], self.parent[key])
            key = self.parent[key]
        return key

    def join(self, a: str, b: str) -> None:
        a, b = self.root(a), self.root(b)
        if a != b:
            self.parent[b] = a


def _spelt_out(short: str, forms: dict[tuple[str, ...], str]) -> set[str]:
    """The keys of the names whose words, and parts of compounds, a short form takes its letters from: `SFT`."""
    letters = fold(short)
    found = set()
    for words, key in list(forms.items())[:_MOST]:
        rest = iter(letters)
        heads = [fold(w)[0] for w in words if len(w) > 3 or w[:1].isupper()]
        if abbreviates(short, words) and all(head in rest for head in heads):
            found.add(key)
    return found


def _join_short_forms(names: list[Name], keys: dict[int, str], same: _Same) -> None:
    """Join a one-word form to the one longer name that it shortens.

    ``Sikkerhetsrådet`` to a name that ends in ``sikkerhetsråd``, ``NFF`` to one with these initials, the last word of a
    name to the name, and the first one, where the name came first in the text.
    """
    by_last: dict[str, set[str]] = defaultdict(set)
    by_initials: dict[str, set[str]] = defaultdict(set)
    by_letter: dict[str, dict[tuple[str, ...], str]] = defaultdict(dict)
    by_first: dict[str, set[str]] = defaultdict(set)
    misspelt: dict[tuple[str, ...], str] = {}
    first_place: dict[str, int] = {}
    for i, key in keys.items():
        first_place.setdefault(key, i)
        words = names[i].words
        if len(words) > 1:
            by_last[fold(words[-1])].add(key)
            by_initials[initials(words)].add(key)
            by_letter[fold(words[0])[0]].setdefault(words, key)
            for form in _near(names[i].key):
                same.join(misspelt.setdefault(form, key), key)
            if core(words) == names[i].key:
                by_first[fold(words[0])].add(key)
    for i, key in keys.items():
        name = names[i]
        if len(name.words) > 1:
            continue
        word = name.words[0]
        longer: set[str] = set()
        if word[:1].isupper() and not word.isupper() and not name.known:
            longer = {k for stem in definite_stem(word) for k in by_last.get(stem, ())}
        if not longer and word.isupper() and len(word) > 2:
            longer = by_initials.get(fold(word), set())
            if not longer and not name.known:
                longer = _spelt_out(word, by_letter[fold(word)[0]])
        if not longer and not name.known and not word.isupper():
            longer = by_last.get(fold(word), set())
        if not longer and not name.known:
            longer = {k for k in by_first.get(fold(word), ()) if first_place[k] < first_place[key]}
        if len(longer) == 1:
            same.join(next(iter(longer)), key)
