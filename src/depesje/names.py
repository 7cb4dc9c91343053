"""Forms of names: which strings are the same name, which names are known, and what a name tells by itself.

Everything here works on strings alone. Country names come from Unicode CLDR through Babel, in Bokmål and Nynorsk, the
rest from the lexicon (``countries``, ``regions``, ``organisations``, ``persons``, ``givennames``).
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from babel import Locale

from depesje import lexicon

APOSTROPHES = "'’´`"


@dataclass(frozen=True, slots=True)
class Known:
    """A name that the lexicon has.

    ``key`` is the same for all names of one actor. An ``ambiguous`` name is an ordinary word as well.
    """

    key: str
    name: str
    type: str
    country: str | None
    kind: str | None = None
    ambiguous: bool = False
    #: A building that stands for a government: an actor only where it acts.
    seat: bool = False


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Fold case, accents, and the kinds of hyphens and apostrophes; ``æøå`` stay letters of their own.

    Examples
    --------
    >>> fold("Sebastian PIÑERA"), fold("Ålesund")
    ('sebastian pinera', 'ålesund')
    """
    text = re.sub("[‐‑‒–]", "-", re.sub(f"[{APOSTROPHES}]", "'", text.casefold()))
    kept = text.replace("å", "\0").replace("æ", "\1").replace("ø", "\2").replace("ö", "\2").replace("ä", "\1")
    plain = "".join(c for c in unicodedata.normalize("NFD", kept) if not unicodedata.combining(c))
    return plain.replace("\0", "å").replace("\1", "æ").replace("\2", "ø")


@lru_cache(maxsize=65536)
def spelling(text: str) -> str:
    """Fold the usual differences of transliteration and spelling, so that variants of a name become equal.

    Examples
    --------
    >>> spelling("Sjojgu") == spelling("Shoigu"), spelling("Kadyrov") == spelling("Kadirov")
    (True, True)
    """
    text = fold(text).replace("-", "")
    for old, new in (
        ("tsj", "c"), ("tch", "c"), ("ch", "c"), ("tj", "c"), ("sch", "s"), ("sj", "s"), ("sh", "s"), ("zh", "s"),
        ("zj", "s"), ("kh", "k"), ("gh", "g"), ("th", "t"), ("ph", "f"), ("ck", "k"), ("ks", "x"), ("aa", "å"),
        ("w", "v"), ("q", "k"), ("z", "s"), ("j", "i"), ("y", "i"),
    ):  # fmt: skip
        text = text.replace(old, new)
    return re.sub(r"(.)\1+", r"\1", text).replace("c", "k")


def without_genitive(word: str) -> str | None:
    """The word without its genitive ending, or None where it can have none.

    Examples
    --------
    >>> without_genitive("Norges"), without_genitive("USA's"), without_genitive("Hans’"), without_genitive("Moss")
    ('Norge', 'USA', 'Hans', None)
    """
    for ending in [a + "s" for a in APOSTROPHES] + list(APOSTROPHES):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[: -len(ending)]
    if len(word) > 2 and word.endswith(("s", "S")) and word[-2] not in "sSxXzZ-":
        return word[:-1]
    return None


def region_stem(word: str) -> str | None:
    """The name in front of a compound that still names a region, or None where it is no such compound.

    Examples
    --------
    >>> region_stem("Amur-regionen"), region_stem("Oslo-mannen")
    ('Amur', None)
    """
    stem, _, head = word.rpartition("-")
    return stem if stem and head in lexicon.load("regions")["region_heads"] else None


def definite_stem(word: str) -> list[str]:
    """The indefinite forms that a definite noun may come from: ``Sikkerhetsrådet`` → ``sikkerhetsråd``."""
    word = fold(word)
    stems = [word[: -len(e)] for e in ("et", "en", "a", "ene") if word.endswith(e) and len(word) > len(e) + 3]
    return stems + [word[:-1] for e in ("en",) if word.endswith(e) and len(word) > 4]


def abbreviates(short: str, words: tuple[str, ...]) -> bool:
    """Whether ``short`` can abbreviate a name of these words: its letters come in order, the first one begins a word.

    Examples
    --------
    >>> abbreviates("Frp", ("Fremskrittspartiet",)), abbreviates("LO", ("Landsorganisasjonen",))
    (True, True)
    >>> abbreviates("Oslo", ("Landsorganisasjonen",))
    False
    """
    letters = [c for c in fold(short) if c.isalnum()]
    if not 1 < len(letters) <= 8 or len(short) >= sum(map(len, words)):
        return False
    for first in range(len(words)):
        rest = iter(fold("".join(words[first:])))
        if words[first] and fold(words[first])[0] == letters[0] and all(c in rest for c in letters):
            return True
    return False


def has_initials(short: str, words: tuple[str, ...]) -> bool:
    """Whether all letters of a short form are initials of the words (or their parts) in order, from the first on.

    Examples
    --------
    >>> has_initials("DSB", ("Direktoratet", "for", "samfunnssikkerhet", "og", "beredskap"))
    True
    >>> has_initials("Aqim", ("al-Qaida", "i", "Maghreb")), has_initials("NRK", ("Direktoratet",))
    (True, False)
    """
    letters = fold(short)
    first = [part[0] for word in words for part in fold(word).split("-") if part]
    rest = iter(first)
    return 2 < len(letters) <= 8 and first[:1] == [letters[0]] and all(letter in rest for letter in letters)


def initials(words: tuple[str, ...]) -> str:
    """The first letters of a name's words: ``Norges Fotballforbund`` → ``nf``, with compounds' parts unseen."""
    return "".join(fold(w)[0] for w in words if w and w[0].isalnum())


def core(words: tuple[str, ...]) -> tuple[str, ...]:
    """The folded words of an organisation's name without its company or club affixes."""
    folded = tuple(fold(w).strip('«»"“”') for w in words if any(c.isalnum() for c in w))
    kept = tuple(w for w in folded if w not in lexicon.load("names")["affixes"])
    return kept or folded


def split_name(name: str) -> tuple[str, ...]:
    """A name's words, a comma apart (as the tokenizer has them)."""
    return tuple(name.replace(",", " ,").split())


@cache
def known() -> dict[tuple[str, ...], tuple[Known, ...]]:
    """All names of the lexicon and CLDR by their words as written; several where a name is shared (``AP``)."""
    table: dict[tuple[str, ...], list[Known]] = {}

    def add(name: str, entry: Known) -> None:
        entries = table.setdefault(split_name(name), [])
        if all(e.key != entry.key for e in entries):
            entries.append(entry)

    for organisation in lexicon.load("organisations")["organisation"]:
        main = organisation["name"]
        country, kind = organisation.get("country"), organisation.get("kind")
        entry = Known(f"ORG:{fold(main)}", main, "ORG", country, kind, seat=organisation.get("seat", False))
        for name in (organisation["name"], *organisation.get("aliases", ())):
            ambiguous = name in lexicon.load("organisations")["ambiguous"]
            add(name, replace(entry, ambiguous=ambiguous))
    for code, country in lexicon.load("countries").items():
        names = _country_names(country)
        for name in names:
            add(name, Known(f"GPE:{code}", names[0], "GPE", code, "country"))
        for name in country.get("places", ()):
            ambiguous = name in lexicon.load("regions")["ambiguous"]
            add(name, Known(f"GPE:{fold(_usual(name))}", _usual(name), "GPE", code, "place", ambiguous))
    for name in lexicon.load("municipalities")["names"]:
        if split_name(name) not in table:
            add(name, Known(f"GPE:{fold(name)}", name, "GPE", "NOR", "place", True))
    for name in lexicon.load("regions")["regions"]:
        add(name, Known(f"GPE:{fold(name)}", name, "GPE", None, "region"))
    for name in lexicon.load("regions")["continents"]:
        add(name, Known(f"GPE:{fold(name)}", name, "GPE", None, "continent"))
    return {words: tuple(entries) for words, entries in table.items()}


def _usual(place: str) -> str:
    """A place's usual name, where it has several."""
    return str(lexicon.load("regions")["same"].get(place, place))


def _country_names(country: dict[str, list[str]]) -> list[str]:
    """A country's names in CLDR (without what stands in brackets) and in the lexicon, the Bokmål one first."""
    names = []
    if "code" in country:
        for language in ("nb", "nn"):
            name = Locale(language).territories[str(country["code"])]
            names.append(re.sub(r" \(.*\)| SAR .*", "", name))
    return list(dict.fromkeys(names + list(country.get("names", []))))


@cache
def known_folded() -> dict[tuple[str, ...], tuple[Known, ...]]:
    """The same by folded words."""
    table: dict[tuple[str, ...], tuple[Known, ...]] = {}
    for words, entries in known().items():
        key = tuple(fold(w) for w in words)
        table[key] = tuple({e.key: e for e in (*table.get(key, ()), *entries)}.values())
    return table


def look_up(words: tuple[str, ...]) -> tuple[Known, ...]:
    """What the lexicon has under a name (base form), with its own case first, then in any case."""
    return known().get(words) or (
        known_folded().get(tuple(fold(w) for w in words), ()) if sum(map(len, words)) > 3 else ()
    )


@cache
def demonyms() -> dict[str, str]:
    """Adjectives of countries in all their forms: ``norsk``, ``norske`` → ``NOR``."""
    table = {}
    for code, country in lexicon.load("countries").items():
        for adjective in country.get("adjective", ()):
            for form in (adjective, adjective + "e", adjective + "t"):
                table[form] = code
    return table


@cache
def inhabitants() -> dict[str, str]:
    """Words for a country's people in all their forms: ``nordmenn`` → ``NOR``."""
    return {
        form: code
        for code, country in lexicon.load("countries").items()
        for noun in country.get("people", ())
        for form in inflections(noun)
    }


def inflections(noun: str, neuter: bool = False) -> tuple[str, ...]:
    """The forms of a regular noun for people in both written standards, the indefinite singular first.

    Examples
    --------
    >>> inflections("leder")
    ('leder', 'lederen', 'ledere', 'lederne')
    >>> inflections("tjenestemann")
    ('tjenestemann', 'tjenestemannen', 'tjenestemenn', 'tjenestemennene', 'tjenestemennane')
    """
    if neuter:
        return (noun, noun + "et", noun + "er", noun + "ene", noun + "a")
    if noun.endswith("mann"):
        stem = noun[:-4]
        return (noun, stem + "mannen", stem + "menn", stem + "mennene", stem + "mennane")
    if noun.endswith("er"):
        return (noun, noun + "en", noun + "e", noun + "ne")
    if noun.endswith("ar"):
        return (noun, noun + "en", noun + "ar", noun + "ane")
    if noun.endswith("e"):
        stem = noun[:-1]
        return (noun, noun + "n", stem + "a", noun + "r", noun + "ne", stem + "ar", stem + "ane")
    return (noun, noun + "en", noun + "a", noun + "er", noun + "ene", noun + "ar", noun + "ane")


@cache
def given_names() -> dict[str, str]:
    """Given names (folded) and their gender, ``m`` or ``f``."""
    return {
        fold(name): gender for gender in ("m", "f") for name in lexicon.load("givennames")[gender].split()
    }


@cache
def known_persons() -> dict[str, str]:
    """The country of known persons by folded full name, and by surname where the lexicon says that it is enough."""
    table = {}
    for person in lexicon.load("persons")["person"]:
        words = fold(person["name"])
        table[words] = person["country"]
        if person.get("surname"):
            table[words.split()[-1]] = person["country"]
    return table
