"""Themes: the IPTC Media Topics of an article, each with the words and sentences that carry it.

The words of ``lexicon/themes.toml`` speak for their topics, and a linear model, fitted by
``training/themes.py`` and shipped as ``lexicon/themes.json``, weighs them together with the text's other
words for each of the 17 topics at the top. The topics beneath a chosen one rest on the lexicon alone.
"""

import base64
import json
import math
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from depesje import lexicon
from depesje.annotations import Theme
from depesje.keyterms import WORD, background, stem

#: Words read of an article; what comes after them does not change what it is about.
LONGEST = 3000
#: The most topics at the top, and the most beneath each of them.
MOST = 3
MOST_BENEATH = 4
_HINT = 0.3
#: Stems longer than this lend their beginning and end, of so many letters, as parts of compounds.
_LONG, _PART, _PART_WEIGHT = 7, 5, 0.7
#: Words used more than once in this many are left out of the bag of words.
_COMMON = 20.0
_LEXICON_SCALE = 3.0**0.5
#: Evidence worth half, and the least share of it, for a topic beneath.
_HALF_SUPPORT, _LEAST_SUPPORT = 3.0, 0.4
_WORDS_SHOWN = 10

FloatArray = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Topic:
    """A Media Topic of the lexicon."""

    code: str
    label_en: str
    label_nb: str
    level: int
    #: Indices of the topic at the top and of all topics above this one.
    top: int
    above: tuple[int, ...]


class Hit(NamedTuple):
    """A word or phrase of the text that speaks for a topic."""

    topic: int
    word: str
    weight: float
    first: int
    last: int


@dataclass(slots=True)
class _Patterns:
    """The words of the lexicon by the way they match; each leads to (topic, weight) pairs."""

    form: dict[str, list[tuple[int, float]]] = field(default_factory=lambda: defaultdict(list))
    stem: dict[str, list[tuple[int, float]]] = field(default_factory=lambda: defaultdict(list))
    prefix: dict[str, list[tuple[int, float]]] = field(default_factory=lambda: defaultdict(list))
    suffix: dict[str, list[tuple[int, float]]] = field(default_factory=lambda: defaultdict(list))
    phrase: dict[str, list[tuple[tuple[str, ...], int, float]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def add(self, pattern: str, topic: int) -> None:
        weight = _HINT if pattern.startswith("~") else 1.0
        pattern = pattern.removeprefix("~").lower()
        if "_" in pattern:
            parts = tuple(part if part.endswith("-") else stem(part) for part in pattern.split("_"))
            self.phrase[parts[0]].append((parts[1:], topic, weight))
        elif pattern.startswith("="):
            self.form[pattern[1:]].append((topic, weight))
        elif pattern.endswith("-"):
            self.prefix[pattern[:-1]].append((topic, weight))
        elif pattern.startswith("-"):
            self.suffix[stem(pattern[1:])].append((topic, weight))
        else:
            self.stem[stem(pattern)].append((topic, weight))


class Lexicon:
    """The topics of ``themes.toml`` and the words that signal them."""

    def __init__(self) -> None:
        tables = {code: table for code, table in lexicon.load("themes").items() if code != "ignored"}
        self._ignored = frozenset(
            f"{lexicon.load('themes')['ignored']} {lexicon.load('stopwords')['words']}".split()
        )
        codes = list(tables)
        index = {code: i for i, code in enumerate(codes)}
        self.topics: list[Topic] = []
        self._patterns = _Patterns()
        for i, (code, table) in enumerate(tables.items()):
            above = []
            parent = table.get("parent")
            while parent:
                above.append(index[parent])
                parent = tables[parent].get("parent")
            self.topics.append(
                Topic(
                    f"medtop:{code}",
                    table["en"],
                    table["nb"],
                    len(above) + 1,
                    above[-1] if above else i,
                    tuple(above),
                )
            )
            for pattern in table["words"].split():
                self._patterns.add(pattern, i)
        #: The topics at the top, in the order of the file.
        self.tops = [i for i, topic in enumerate(self.topics) if topic.level == 1]
        self._known: dict[str, tuple[tuple[int, float], ...]] = {}

    def topics_of(self, word: str) -> tuple[tuple[int, float], ...]:
        """The topics that a single word speaks for, with weights; its longest pattern decides.

        ``valgkamp`` is found as such and not as a ``-kamp``.
        """
        if word not in self._known:
            if len(self._known) > 200_000:
                self._known.clear()
            self._known[word] = self._look_up(word)
        return self._known[word]

    def _look_up(self, word: str) -> tuple[tuple[int, float], ...]:
        patterns = self._patterns
        if word in self._ignored:
            return ()
        if word in patterns.form:
            return tuple(patterns.form[word])
        own = stem(word)
        found: dict[int, list[tuple[int, float]]] = defaultdict(list)
        if own in patterns.stem:
            found[len(own)] += patterns.stem[own]
        for end in range(2, min(len(word), 30) + 1):
            start = word[:end]
            if start in patterns.prefix and (end > 3 or own == start or word[end : end + 1] == "-"):
                found[end] += patterns.prefix[start]
        for begin in range(2, min(len(own), 40) - 2):
            if own[begin:] in patterns.suffix:
                found[len(own) - begin] += patterns.suffix[own[begin:]]
        if own in patterns.suffix:
            found[len(own)] += patterns.suffix[own]
        return tuple(found[max(found)]) if found else ()

    def hits(self, words: list[str]) -> Iterator[Hit]:
        """All words and phrases that speak for a topic.

        Parameters
        ----------
        words
            The words of the text in lower case.

        Yields
        ------
        Hit
            ``first`` and ``last`` count words.
        """
        for i, word in enumerate(words):
            own = stem(word)
            for rest, topic, weight in self._patterns.phrase.get(own, ()):
                if _follows(words, i + 1, rest):
                    last = i + len(rest)
                    yield Hit(topic, " ".join(words[i : last + 1]), weight, i, last)
            for topic, weight in self.topics_of(word):
                yield Hit(topic, word, weight, i, i)


def _follows(words: list[str], start: int, parts: tuple[str, ...]) -> bool:
    if start + len(parts) > len(words):
        return False
    return all(
        word.startswith(part[:-1]) if part.endswith("-") else stem(word) == part
        for word, part in zip(words[start : start + len(parts)], parts, strict=True)
    )


@cache
def load_lexicon() -> Lexicon:
    """The lexicon, read once."""
    return Lexicon()


def position_weight(number: int) -> float:
    """The weight of a word by its place: news tells first what it is about."""
    return 1.0 + 2.0 / (1.0 + number / 30.0)


def evidence(hits: Iterable[Hit], topics: list[Topic]) -> dict[int, dict[str, float]]:
    """Weigh the words that speak for each topic and for those above it.

    Returns
    -------
    dict
        Topic → stem → weight: the logarithm of its count, each place by its position.
    """
    counts: dict[tuple[int, str], float] = defaultdict(float)
    for hit in hits:
        counts[hit.topic, stem(hit.word)] += hit.weight * position_weight(hit.first)
    found: dict[int, dict[str, float]] = defaultdict(dict)
    for (topic, word), count in counts.items():
        weight = math.log1p(count)
        for i in (topic, *topics[topic].above):
            found[i][word] = max(found[i].get(word, 0.0), weight)
    return found


@dataclass(slots=True)
class Reading:
    """What the model sees of a text."""

    #: The offsets of its words, and the hits among them.
    spans: list[tuple[int, int]]
    hits: list[Hit]
    #: Topic → stem → weight.
    evidence: dict[int, dict[str, float]]
    #: Stems and parts of compounds, weighed and normalised.
    bag: dict[str, float]
    #: Evidence of the topics at the top, a word that speaks for several shared out; and of all topics.
    top_evidence: FloatArray
    topic_evidence: FloatArray


def read(text: str) -> Reading:
    """Read the first words of a text and weigh them."""
    words, spans = [], []
    for match, _ in zip(WORD.finditer(text), range(LONGEST), strict=False):
        words.append(match.group().lower())
        spans.append(match.span())
    known = load_lexicon()
    hits = list(known.hits(words))
    found = evidence(hits, known.topics)
    topics = np.zeros(len(known.topics))
    for topic, weights in found.items():
        topics[topic] = sum(weights.values())
    return Reading(spans, hits, found, bag_of_words(words), _shared_out(found, known), topics)


def _shared_out(found: dict[int, dict[str, float]], known: Lexicon) -> FloatArray:
    """The evidence of the topics at the top, where a word that speaks for several is shared out."""
    claimants: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for topic in known.tops:
        for word, weight in found.get(topic, {}).items():
            claimants[word].append((topic, weight))
    tops = np.zeros(len(known.topics))
    for claimed in claimants.values():
        for topic, weight in claimed:
            tops[topic] += weight / len(claimed)
    return tops[known.tops]


def bag_of_words(words: list[str]) -> dict[str, float]:
    """Stems, and the beginnings and ends of long ones, where the parts of compounds stand.

    Returns
    -------
    dict
        ``stem``, ``^begi`` and ``end$`` → weight: the logarithm of the count, earlier places
        weighing more, times how rare it is in general Norwegian; the weights' squares sum to one.
    """
    counts: dict[str, float] = defaultdict(float)
    for number, word in enumerate(words):
        if not any(c.isdigit() for c in word):
            weight, own = position_weight(number), stem(word)
            counts[own] += weight
            if len(own) > _LONG:
                counts["^" + own[:_PART]] += _PART_WEIGHT * weight
                counts[own[-_PART:] + "$"] += _PART_WEIGHT * weight
    weights = {key: math.log1p(count) * _rarity(key) for key, count in counts.items()}
    norm = math.sqrt(sum(w * w for w in weights.values())) or 1.0
    return {key: weight / norm for key, weight in weights.items() if weight > 0}


@cache
def _shares_per_million() -> dict[str, float]:
    shares: dict[str, float] = defaultdict(float, background())
    for word, share in background().items():
        if len(word) > _LONG:
            shares["^" + word[:_PART]] += share
            shares[word[-_PART:] + "$"] += share
    return shares


def _rarity(key: str) -> float:
    """The logarithm of how rare a word is, above that of the common ones."""
    return max(0.0, math.log(1e6 / (1.0 + _shares_per_million().get(key, 0.0))) - math.log(_COMMON))


def columns(reading: Reading) -> FloatArray:
    """The features of the lexicon as a vector: the topics' shares at the top, and all topics' evidence."""
    tops = np.sqrt(shares(reading.top_evidence))
    topics = np.log1p(reading.topic_evidence)
    return _LEXICON_SCALE * np.concatenate([_unit(tops), _unit(topics)])


def _unit(vector: FloatArray) -> FloatArray:
    return vector / max(float(np.linalg.norm(vector)), 1e-9)


def shares(amount: FloatArray) -> FloatArray:
    """The topics' shares of the evidence, along the last axis; they sum to one where there is any."""
    return amount / (amount.sum(-1, keepdims=True) + 1e-9)


def claims(reading: Reading) -> FloatArray:
    """What the lexicon says of each topic at the top, as a table of topics by measures."""
    share = shares(reading.top_evidence)
    rank = _ranks(share)
    found = [
        share,
        np.sqrt(share),
        share / (share.max() + 1e-9),
        np.log1p(reading.top_evidence),
        rank == 0,
        rank == 1,
        rank == 2,
    ]
    return np.stack([np.asarray(x, dtype=float) for x in found], axis=-1)


def opinions(claimed: FloatArray, ridge: FloatArray, prior: FloatArray) -> FloatArray:
    """What is known of each topic of a text, to be weighed by one logistic function for all topics.

    Parameters
    ----------
    claimed
        As :func:`claims` gives it; texts may come first.
    ridge
        What the linear model says of each topic, along the last axis.
    prior
        How often each topic is assigned.

    Returns
    -------
    numpy.ndarray
        Topics by measures.
    """
    rank = _ranks(ridge)
    found = [
        ridge,
        ridge / (np.sqrt(prior) + 0.05),
        ridge / (ridge.max(-1, keepdims=True) + 1e-9),
        rank == 0,
        rank == 1,
    ]
    own = np.stack([np.asarray(x, dtype=float) for x in found], axis=-1)
    return np.concatenate([claimed, own], axis=-1)


def _ranks(values: FloatArray) -> FloatArray:
    return (-values).argsort(-1, kind="stable").argsort(-1, kind="stable")


def decide(probabilities: FloatArray, thresholds: FloatArray | float) -> FloatArray:
    """The topics above their thresholds, three at most; a text without any is left without."""
    return (probabilities > thresholds) & (_ranks(probabilities / thresholds) < MOST)


class Model:
    """The fitted weights of ``lexicon/themes.json``.

    A ridge regression on the text's words and on the lexicon's evidence gives an opinion of each
    topic at the top; one logistic function for all topics weighs it against the lexicon's own.
    """

    def __init__(self, saved: dict[str, Any]) -> None:
        self.codes: list[str] = saved["codes"]
        self.words = {word: row for row, word in enumerate(saved["vocabulary"])}
        rows = len(self.words) + saved["columns"]
        packed = np.frombuffer(base64.b64decode(saved["weights"]), dtype=np.int8)
        self.weights = packed.reshape(rows, len(self.codes)).astype(np.float32) * np.float32(saved["scale"])
        self.prior = np.array(saved["prior"])
        self.logistic = np.array(saved["logistic"])
        self.thresholds = np.array(saved["thresholds"])

    def ridge(self, reading: Reading) -> FloatArray:
        """The linear model's opinion of each topic at the top."""
        rows = [self.words[key] for key in reading.bag if key in self.words]
        values = np.array([weight for key, weight in reading.bag.items() if key in self.words])
        found = self.prior + columns(reading) @ self.weights[len(self.words) :]
        return found + values @ self.weights[rows] if rows else found

    def probabilities(self, reading: Reading) -> FloatArray:
        """How likely each topic at the top is."""
        seen = opinions(claims(reading), self.ridge(reading), self.prior)
        return logistic(seen, self.logistic)

    def telling(self, reading: Reading, top: int) -> dict[str, float]:
        """The stems of the text that speak most for a topic, with their share in the linear model."""
        found = {
            key: weight * float(self.weights[self.words[key], top])
            for key, weight in reading.bag.items()
            if key in self.words and key[0] != "^" and key[-1] != "$"
        }
        return {key: value for key, value in found.items() if value > 0}


def logistic(seen: FloatArray, weights: FloatArray) -> FloatArray:
    """The logistic function of a weighted sum; the last weight is the constant."""
    return 1.0 / (1.0 + np.exp(-(seen @ weights[:-1] + weights[-1])))


@cache
def load_model() -> Model:
    """The shipped model, read once."""
    return Model(json.loads((files(lexicon.__name__) / "themes.json").read_text(encoding="utf-8")))


class ThemeFinder:
    """The component: leaves the article's themes on ``doc._.themes``, those at the top first."""

    def __call__(self, doc: Doc) -> Doc:
        """Find the themes.

        Parameters
        ----------
        doc
            Any text. Sentences are used where the pipeline has set them.

        Returns
        -------
        Doc
            The same, with ``doc._.themes``: each theme at the top by falling score, followed by the
            topics beneath it. Empty where the text gives too little to go by.
        """
        doc._.themes = find(doc.text, _sentences(doc))
        return doc


@Language.factory("depesje_themes", assigns=["doc._.themes"])
def create(nlp: Language, name: str) -> ThemeFinder:
    """Make the component."""
    return ThemeFinder()


def _sentences(doc: Doc) -> list[tuple[int, int]]:
    if doc.has_annotation("SENT_START"):
        return [(sent.start_char, sent.end_char) for sent in doc.sents]
    return [(block.start, block.end) for block in doc._.blocks] or [(0, len(doc.text))]


def find(text: str, sentences: list[tuple[int, int]]) -> list[Theme]:
    """Find the themes of a text.

    Parameters
    ----------
    text
        The text.
    sentences
        The offsets of its sentences.

    Returns
    -------
    list of Theme
        As :class:`ThemeFinder` leaves them. ``score`` is a calibrated probability at the top; beneath,
        that times how much of the topic's evidence there is, from nought to one.
    """
    reading = read(text)
    if not reading.hits:
        return []
    model, known = load_model(), load_lexicon()
    probabilities = model.probabilities(reading)
    chosen = np.flatnonzero(decide(probabilities, model.thresholds)).tolist()
    found = []
    for top in sorted(chosen, key=lambda i: (-probabilities[i], i)):
        score = float(probabilities[top])
        topic = known.tops[top]
        words = reading.evidence.get(topic) or model.telling(reading, top)
        found.append(_theme(topic, score, words, reading, text, sentences))
        for beneath, support, words in _beneath(topic, reading):
            found.append(_theme(beneath, score * support, words, reading, text, sentences))
    return found


def _beneath(top: int, reading: Reading) -> list[tuple[int, float, dict[str, float]]]:
    """The topics under a top topic that the lexicon's words speak for, with their support and words.

    A word counts for a topic if it stands there itself, and less, the more topics of this branch it stands
    under; a topic needs two such words, or one that comes back.
    """
    topics = load_lexicon().topics
    own: dict[int, dict[str, float]] = defaultdict(dict)
    claimed: dict[str, set[int]] = defaultdict(set)
    times: dict[tuple[int, str], int] = Counter()
    for hit in reading.hits:
        if topics[hit.topic].top == top and topics[hit.topic].level > 1 and hit.weight == 1.0:
            word = stem(hit.word)
            own[hit.topic][word] = reading.evidence[hit.topic][word]
            claimed[word].add(hit.topic)
            times[hit.topic, word] += 1
    found = []
    for topic, words in own.items():
        support = sum(weight / math.sqrt(len(claimed[word])) for word, weight in words.items())
        if len(words) > 1 or times[topic, next(iter(words))] > 1:
            found.append((topic, support / (support + _HALF_SUPPORT), words))
    found = [entry for entry in found if entry[1] >= _LEAST_SUPPORT]
    return sorted(found, key=lambda entry: (-entry[1], entry[0]))[:MOST_BENEATH]


def _theme(
    topic: int,
    score: float,
    words: dict[str, float],
    reading: Reading,
    text: str,
    sentences: list[tuple[int, int]],
) -> Theme:
    """Put a theme together with its places: the words as written, the most telling first."""
    about = load_lexicon().topics[topic]
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    places = []
    for start, end in _places(topic, words, reading):
        form = text[start:end]
        forms[stem(form)][" ".join(form.split())] += 1
        places.append(start)
    ordered = sorted(forms, key=lambda word: (-words.get(word, 0.0), word))
    shown = tuple(min(forms[word], key=lambda form: (-forms[word][form], form)) for word in ordered)
    starts = [start for start, _ in sentences]
    lived_in = sorted({max(bisect_right(starts, place) - 1, 0) for place in places})
    return Theme(
        about.code,
        about.label_en,
        about.label_nb,
        about.level,
        round(score, 4),
        tuple(sentences[i] for i in lived_in),
        shown[:_WORDS_SHOWN],
    )


def _places(topic: int, words: dict[str, float], reading: Reading) -> list[tuple[int, int]]:
    topics = load_lexicon().topics
    spans = reading.spans
    found = {
        (spans[hit.first][0], spans[hit.last][1])
        for hit in reading.hits
        if stem(hit.word) in words and (hit.topic == topic or topic in topics[hit.topic].above)
    }
    return sorted(found)
