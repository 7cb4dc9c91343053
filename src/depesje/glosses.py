"""English glosses for what is counted, for units and for vague magnitudes.

A small lexicon (``lexicon/glosses.toml``) and Norwegian compound splitting: ``artillerigranater og raketter`` →
``artillery shells and rockets``. What the lexicon does not reach has no gloss, rather than a guess.
"""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from depesje import lexicon

MAX_WORDS = 12
MAX_WORD_LENGTH = 60
#: Shorter first parts of compounds are found in words that are none.
MIN_MODIFIER = 3

#: Endings of nouns, the plural ones first; what is left is looked up, and with -e.
_PLURAL_ENDINGS = ("ene", "ane", "er", "ar", "ne", "e", "r", "a")
_SINGULAR_ENDINGS = ("", "en", "et", "n", "t")
_LINKS = ("", "s", "e")
_SMALL_WORDS = {"og": "and", "eller": "or", ",": ",", "samt": "and", "av": "of"}


class _Noun(NamedTuple):
    singular: str
    plural: str
    is_plural: bool | None

    def written(self, plural: bool) -> str:
        return self.plural if (self.is_plural if self.is_plural is not None else plural) else self.singular


def gloss(item: str, language: str = "en", plural: bool = True) -> str | None:
    """Translate an item.

    Parameters
    ----------
    item
        What is counted, as written: adjectives, nouns, ``og``/``eller``.
    language
        Only "en" has glosses.
    plural
        The number of a noun that has one form for both (``to barn``, ``ett barn``).

    Returns
    -------
    str or None
        None if any word of the item is unknown.

    Examples
    --------
    >>> gloss("artillerigranater og raketter")
    'artillery shells and rockets'
    >>> gloss("snurrebasser") is None
    True
    """
    if language != "en":
        return None
    words = re.findall(r"[^\W_]+(?:-[^\W_]+)*|,|[^\w\s]", item.strip())
    if not words or len(words) > MAX_WORDS:
        return None
    glosses = []
    for i, word in enumerate(words):
        found = _word(word, plural, last=i + 1 == len(words) or words[i + 1].lower() in _SMALL_WORDS)
        if found is None:
            return None
        glosses.append(found)
    return " ".join(glosses).replace(" ,", ",")


def unit_name(unit: str, language: str = "en", plural: bool = True) -> str | None:
    """Name a unit of the quantities table in English.

    Parameters
    ----------
    unit
        As in `Quantity.unit`.
    language
        Only "en" has glosses.
    plural
        Whether there is more than one.

    Returns
    -------
    str or None
        None for currencies, which are their ISO code, and for counts.
    """
    written = lexicon.load("glosses")["units"].get(unit)
    if language != "en" or written is None:
        return None
    singular, _, several = str(written).partition("|")
    return several if plural else singular


def magnitude(words: str, language: str = "en") -> str | None:
    """Translate a vague magnitude: ``titalls millioner`` → ``tens of millions of``."""
    found = lexicon.load("glosses")["magnitudes"].get(" ".join(words.lower().split()))
    return str(found) if language == "en" and found else None


def _word(word: str, plural: bool, last: bool) -> str | None:
    lower = word.lower()
    if lower in _SMALL_WORDS:
        return _SMALL_WORDS[lower]
    data = lexicon.load("glosses")
    if last:
        noun = _noun(lower)
        if noun:
            return noun.written(plural)
        substantive = data["substantives"].get(lower)
        return str(substantive) if substantive else None
    adjective = data["adjectives"].get(lower)
    return str(adjective) if adjective else None


@lru_cache(maxsize=10_000)
def _noun(word: str) -> _Noun | None:
    """A noun form, or a compound that ends in one."""
    if len(word) > MAX_WORD_LENGTH:
        return None
    if word in lexicon.load("glosses")["substantives"]:
        return None
    simple = _inflected(word)
    if simple:
        return simple
    for cut in range(2, len(word) - 2):
        tail = _inflected(word[cut:].lstrip("-"))
        if tail is None:
            continue
        modifier = _modifier(word[:cut].rstrip("-"))
        if modifier:
            return _Noun(f"{modifier} {tail.singular}", f"{modifier} {tail.plural}", tail.is_plural)
    return None


def _inflected(word: str) -> _Noun | None:
    """A simple noun in any of its forms; the genitive -s is taken away."""
    for form in (word, word.removesuffix("s")):
        irregular = lexicon.load("glosses")["irregular"].get(form)
        if irregular and (english := _english(irregular)):
            return _Noun(*english, True)
        if english := _english(form):
            # A form without ending is a singular, or a neuter's plural.
            return _Noun(*english, None if _same_in_plural(form) else False)
        for ending in _PLURAL_ENDINGS:
            if form.endswith(ending) and (english := _of_stem(form.removesuffix(ending))):
                return _Noun(*english, True)
        for ending in _SINGULAR_ENDINGS:
            if form.endswith(ending) and (english := _of_stem(form.removesuffix(ending))):
                return _Noun(*english, False)
    return None


def _of_stem(stem: str) -> tuple[str, str] | None:
    return (_english(stem) or _english(stem + "e")) if len(stem) > 1 else None


def _same_in_plural(lemma: str) -> bool:
    """Neuters of one form; the common gender ones are told by their endings."""
    return lemma in _neuters()


@cache
def _neuters() -> frozenset[str]:
    data = lexicon.load("glosses")
    return frozenset(data["neuters"]["words"].split())


def _english(lemma: str) -> tuple[str, str] | None:
    data = lexicon.load("glosses")
    written = data["nouns"].get(lemma) or data["nouns"].get(data["nynorsk"].get(lemma, ""))
    if written is None and lemma.endswith("ar"):  # Nynorsk agents: arbeidar
        written = data["nouns"].get(lemma[:-2] + "er")
    if written is None:
        return None
    singular, _, plural = str(written).partition("|")
    return singular, plural or _plural(singular)


def _modifier(word: str) -> str | None:
    """What a compound's first part says in English, its linking letter taken away."""
    data = lexicon.load("glosses")
    for link in _LINKS:
        stem = word.removesuffix(link) if link else word
        if len(stem) < MIN_MODIFIER and stem not in data["modifiers"]:
            continue
        if stem in data["modifiers"]:
            return str(data["modifiers"][stem])
        if english := _english(stem):
            return english[0]
    return None


def _plural(english: str) -> str:
    if re.search(r"[^aeiou]y$", english):
        return english[:-1] + "ies"
    return english + ("es" if english.endswith(("s", "x", "ch", "sh")) else "s")
