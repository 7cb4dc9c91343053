"""Words, their stems, and the key terms of an article: the words that set it apart from other texts."""

import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from spacy.tokens import Doc, Token

from depesje import annotations, lexicon  # noqa: F401

#: A word: letters and digits, joined by hyphens, points or apostrophes inside (``TV-serie``, ``E6``).
WORD = re.compile(r"\w+(?:[-'’./]\w+)*")
#: Endings of inflection in both written standards, longest first.
_ENDINGS = (
    "hetene",
    "heitene",
    "arane",
    "erane",
    "heten",
    "heita",
    "arar",
    "erar",
    "eren",
    "aren",
    "erne",
    "ande",
    "ende",
    "ede",
    "ene",
    "ane",
    "ere",
    "ast",
    "est",
    "het",
    "heit",
    "ar",
    "er",
    "en",
    "et",
    "as",
    "es",
    "te",
    "de",
    "a",
    "e",
)
_SHORTEST_STEM = 3
#: G² above this happens by chance less than once in ten thousand words (χ², one degree of freedom).
_SIGNIFICANT = 15.13
#: An s after another letter is mostly the word's own (``hus``, ``pris``).
_BEFORE_GENITIVE = "bcdfghjklmnoprtvyz"


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Cut the inflection from a Norwegian word, lightly.

    Parameters
    ----------
    word
        In any case.

    Returns
    -------
    str
        The word in lower case without its endings, at least three letters long; the stem of both
        written standards is mostly the same (``regjeringen``, ``regjeringa`` → ``regjering``).
    """
    found = word.lower()
    if len(found) > _SHORTEST_STEM + 1 and found[-1] == "s" and found[-2] in _BEFORE_GENITIVE:
        found = found[:-1]
    for ending in _ENDINGS:
        if found.endswith(ending) and len(found) - len(ending) >= _SHORTEST_STEM:
            found = found[: -len(ending)]
            break
    if len(found) > _SHORTEST_STEM and found.endswith("mm"):  # dommen → domm → dom: no word ends in mm
        found = found[:-1]
    return found


@cache
def background() -> dict[str, float]:
    """Uses per million words in general Norwegian, by stem (written by ``training/keyterms.py``)."""
    lines = (files(lexicon.__name__) / "background.txt").read_text(encoding="utf-8").splitlines()
    return {word: float(share) for word, share in (line.split(" ") for line in lines)}


@dataclass(frozen=True, slots=True)
class KeyTerm:
    """A word that an article uses far more than general Norwegian does."""

    #: The most frequent lemma of the word in the article, or what is written with capitals as it is; compounds whole.
    term: str
    count: int
    #: The log-likelihood ratio G².
    score: float
    #: Where it stands: (start, end) offsets.
    spans: tuple[tuple[int, int], ...]


def log_likelihood(count: int, size: int, per_million: float, background_size: float = 1e6) -> float:
    """How surprising it is that a text uses a word so often.

    The log-likelihood ratio G² of Dunning (1993) for two corpora, as in Rayson and Garside (2000).

    Parameters
    ----------
    count, size
        Uses of the word in the text, and words in the text.
    per_million
        Uses of the word in a million words of the background.
    background_size
        How many words the background counts for.

    Returns
    -------
    float
        G², negative if the text uses the word less than the background does.
    """
    other = per_million * background_size / 1e6
    share = (count + other) / (size + background_size)
    g2 = 2 * count * math.log(count / (size * share))
    if other > 0:  # logarithms first: a very small quotient is nought
        g2 += 2 * other * (math.log(other) - math.log(background_size * share))
    return g2 if count / size >= other / background_size else -g2


def key_terms(doc: Doc, limit: int = 12) -> list[KeyTerm]:
    """The key terms of an article, the most telling first.

    Names, numbers, dates and words without content are left out, and so is what stands once only in
    a long article. Where words are tagged, key terms are nouns and adjectives.

    Parameters
    ----------
    doc
        An article; lemmas and parts of speech are used where the pipeline has set them.
    limit
        At most this many.

    Returns
    -------
    list of KeyTerm
        Sorted by G², ties by place.
    """
    tokens = [token for token in doc if WORD.fullmatch(token.text)]
    dated = {i for date in doc._.dates for i in range(date.start, date.end)}
    places: dict[str, list[Token]] = defaultdict(list)
    for token in tokens:
        if token.idx not in dated and _tells(token):
            places[stem(token.text)].append(token)
    names = {key for key, found in places.items() if all(_is_name(token) for token in found)}
    least = 2 if len(tokens) > 150 else 1
    shares: dict[str, float] = defaultdict(float)
    shown: dict[str, list[Token]] = defaultdict(list)
    for key, found in places.items():
        if key not in names:  # stems of one lemma, such as those of bok and bøker, are one term
            shares[_shown(found)] += background().get(key, 0.0)
            shown[_shown(found)] += found
    terms = []
    for term, found in shown.items():
        score = log_likelihood(len(found), len(tokens), shares[term])
        if len(found) >= least and score > _SIGNIFICANT:
            spans = tuple(sorted((token.idx, token.idx + len(token)) for token in found))
            terms.append(KeyTerm(term, len(found), round(score, 2), spans))
    return sorted(terms, key=lambda term: (-term.score, term.spans))[:limit]


def _tells(token: Token) -> bool:
    """Whether a word can be a key term: a content word, by its tag where it has one."""
    word = token.lower_
    if len(word) < 3 or any(c.isdigit() for c in word) or word in lexicon.stopwords():
        return False
    return not token.pos_ or token.pos_ in ("NOUN", "ADJ", "PROPN")


def _is_name(token: Token) -> bool:
    if token.pos_:
        return token.pos_ == "PROPN"
    return token.text[:1].isupper() and not token.is_sent_start


def _shown(found: list[Token]) -> str:
    """The word as readers know it: its lemma, or as it is written where it has capitals inside a sentence."""
    inside = [token for token in found if not token.is_sent_start]
    if inside and not any(token.text.islower() for token in inside):
        forms = Counter(token.text for token in inside)
    else:
        forms = Counter((token.lemma_ or token.text).lower() for token in found)
    return min(forms, key=lambda form: (-forms[form], len(form), form))
