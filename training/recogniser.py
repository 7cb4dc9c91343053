"""The recogniser of names: two bidirectional LSTMs and a CRF, run by numpy alone; travels inside the wheel.

Trained by `scripts/train_names.py` with PyTorch, which the pipeline doesn't need. Described in `README.md`.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy
import srsly
from spacy.language import Language
from spacy.scorer import get_ner_prf
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.util import minibatch
from spacy.vectors import Vectors
from spacy.vocab import Vocab

# numpy's arrays, which mypy would have typed by their dimensions.
Array = Any
Weights = dict[str, Array]

TYPES = ("PER", "ORG", "GPE_LOC", "GPE_ORG", "LOC", "PROD", "EVT", "DRV", "MISC")
TAGS = ("O", *(f"{prefix}-{label}" for label in TYPES for prefix in "BI"))

# A piece ends at one of these once it has `SHORTEST` tokens, and anyway at `LONGEST`.
PIECE_ENDS = frozenset({".", "?", "!", "|", ":", "»", '"', "”"})
SHORTEST, LONGEST = 25, 60

# How many characters of a word are read, with a mark at either end; of a longer one the two ends.
CHARACTERS = 24
PADDING, START, UNKNOWN, END, FIRST_CHARACTER = 0, 1, 2, 3, 4
UNKNOWN_FORM = 1


def pieces(words: list[str]) -> Iterator[tuple[int, int]]:
    """Cut a document at ends of sentences into pieces that a network reads at once; yields start and end."""
    start = 0
    for i, word in enumerate(words):
        length = i + 1 - start
        ends = word in PIECE_ENDS or word.isspace()
        if length >= LONGEST or (ends and length >= SHORTEST):
            yield start, i + 1
            start = i + 1
    if start < len(words):
        yield start, len(words)


@lru_cache(maxsize=100_000)
def recall_key(word: str) -> str:
    """Give a capitalised form without its genitive; nothing for other words."""
    small = word.lower()
    return "" if small == word else small.rstrip("s'’")


def without_genitive(small: str) -> str:
    """Take the genitive's `s` off a word in small letters; nothing where there is none."""
    bare = small.rstrip("'’")
    return bare[:-1] if bare.endswith("s") and len(small) > 3 else ""


def normal_form(word: str) -> str:
    return re.sub(r"\d", "0", word.lower())


def shape_features(word: str) -> list[bool]:
    """Say what a word's letters look like: one truth value a feature."""
    capital = word[:1].isupper()
    has_capital = any(c.isupper() for c in word)
    return [
        capital,
        word.isupper() and len(word) > 1,
        word.islower(),
        any(c.isdigit() for c in word),
        word.isdigit(),
        "-" in word,
        has_capital and not capital,
        word.isspace(),
        not word.isalnum(),
        capital and word[1:].lower() != word[1:],
        len(word) == 1,
        "." in word and len(word) > 1,
    ]


N_SHAPES = len(shape_features("a"))


class CharacterTable:
    """Numbers of the characters that were seen in training."""

    def __init__(self, characters: str) -> None:
        self.numbers = {c: FIRST_CHARACTER + i for i, c in enumerate(characters)}

    def __call__(self, word: str) -> list[int]:
        word = re.sub(r"\d", "0", word)
        if len(word) > CHARACTERS - 2:
            half = CHARACTERS // 2 - 1
            word = word[:half] + word[-half:]
        row = [START, *(self.numbers.get(c, UNKNOWN) for c in word), END]
        return row + [PADDING] * (CHARACTERS - len(row))


class Gazetteer:
    """Which words of a text stand in lists of names, as features: the network weighs them, they decide nothing.

    Parameters
    ----------
    lists
        `given`, `surname`, `state`: single names; `org`, `gpe`, `loc`, `prod`, `evt`: names of one or more tokens,
        joined by blanks; `derived`: last parts of compounds such as `EU-landene`. All in small letters.
    """

    NAMES = ("org", "gpe", "loc", "prod", "evt")
    FEATURES = (
        "given",
        "surname",
        *(f"{place}-{kind}" for kind in NAMES for place in ("begin", "inside", "long")),
        "state",
        *(f"first-{kind}" for kind in ("org", "gpe", "person", "loc")),
        "derived",
    )
    COLUMN = {feature: i for i, feature in enumerate(FEATURES)}  # noqa: RUF012

    def __init__(self, lists: dict[str, list[str]]) -> None:
        self.lists = lists
        self.single = {kind: frozenset(lists[kind]) for kind in ("given", "surname", "state", "derived")}
        self.names: dict[str, list[tuple[list[str], str]]] = defaultdict(list)
        self.kinds: dict[str, set[str]] = defaultdict(set)
        for kind in self.NAMES:
            for name in lists[kind]:
                words = name.split(" ")
                self.names[words[0]].append((words, kind))
                if len(words) == 1:
                    self.kinds[name].add(kind)
        for names in self.names.values():
            names.sort(key=lambda entry: (-len(entry[0]), entry))
        self._features_of_word: dict[str, list[int]] = {}

    def word_features(self, word: str, small: str) -> list[int]:
        """Columns that a word sets wherever it stands."""
        known = self._features_of_word.get(word)
        if known is not None:
            return known
        forms = (small, without_genitive(small))
        found = [kind for kind in ("given", "surname", "state") if any(f in self.single[kind] for f in forms)]
        first, hyphen, last = small.rpartition("-")
        if hyphen:
            found += [f"first-{kind}" for kind in sorted(self.kinds.get(first, ()))]
            if first in self.single["given"] or first in self.single["surname"]:
                found.append("first-person")
            if last in self.single["derived"]:
                found.append("derived")
        columns = [self.COLUMN[feature] for feature in found if feature in self.COLUMN]
        if len(self._features_of_word) < 100_000:
            self._features_of_word[word] = columns
        return columns

    def names_at(self, smalls: list[str], i: int) -> Iterator[tuple[int, str]]:
        """The longest name of each kind that begins at token `i`: its length and kind."""
        bare = without_genitive(smalls[i])
        candidates = self.names.get(smalls[i], [])
        if bare:
            candidates = candidates + [c for c in self.names.get(bare, ()) if len(c[0]) == 1]
        done = set()
        for words, kind in candidates:
            n = len(words)
            if kind in done or i + n > len(smalls):
                continue
            if n > 1:
                last = smalls[i + n - 1]
                if smalls[i + 1 : i + n - 1] != words[1:-1] or words[-1] not in (
                    last,
                    without_genitive(last),
                ):
                    continue
            done.add(kind)
            yield n, kind

    def __call__(self, words: list[str]) -> Array:
        """Features of the tokens of a document, one row a token."""
        features = numpy.zeros((len(words), len(self.FEATURES)), dtype="float32")
        smalls = [word.lower() for word in words]
        for i, (word, small) in enumerate(zip(words, smalls, strict=True)):
            if word == small and not word[:1].isdigit():
                continue
            features[i, self.word_features(word, small)] = 1
            for n, kind in self.names_at(smalls, i):
                features[i, self.COLUMN[f"begin-{kind}"]] = 1
                features[i + 1 : i + n, self.COLUMN[f"inside-{kind}"]] = 1
                if n > 1:
                    features[i : i + n, self.COLUMN[f"long-{kind}"]] = 1
        return features


def repeated_words(docs: list[list[str]]) -> tuple[Array, Array, int]:
    """Find the capitalised words that stand more than once in their document.

    Returns
    -------
    tuple
        Their places among the tokens of all documents, the group of each, and how many groups there are.
    """
    groups: dict[tuple[int, str], list[int]] = defaultdict(list)
    place = 0
    for number, words in enumerate(docs):
        for word in words:
            key = recall_key(word)
            if key:
                groups[number, key].append(place)
            place += 1
    several = [group for group in groups.values() if len(group) > 1]
    places = numpy.asarray([p for group in several for p in group], dtype="int64")
    numbers = numpy.repeat(numpy.arange(len(several)), [len(group) for group in several])
    return places, numbers, len(several)


def maxout(x: Array) -> Array:
    half = x.shape[-1] // 2
    return numpy.maximum(x[..., :half], x[..., half:])


def layer_norm(x: Array, weight: Array, bias: Array) -> Array:
    centred = x - x.mean(axis=-1, keepdims=True)
    return centred / numpy.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-5) * weight + bias


def sigmoid(x: Array) -> Array:
    return 0.5 * numpy.tanh(0.5 * x) + 0.5


def lstm(x: Array, recurrent: Array, active: list[int]) -> Array:
    """Run an LSTM over many pieces at once.

    Parameters
    ----------
    x
        Projected input, steps by pieces by four times the width (input, forget, cell, output).
    recurrent
        Weights from the last output to the gates, width by four times the width.
    active
        For each step how many of the pieces, the longest first, reach as far.
    """
    width = recurrent.shape[0]
    output = numpy.zeros((*x.shape[:2], width), dtype="float32")
    hidden = numpy.zeros((x.shape[1], width), dtype="float32")
    cell = numpy.zeros((x.shape[1], width), dtype="float32")
    for step, n in enumerate(active):
        gates = x[step, :n] + hidden[:n] @ recurrent
        opened = sigmoid(gates[:, : 2 * width])
        new = numpy.tanh(gates[:, 2 * width : 3 * width])
        cell[:n] = opened[:, width:] * cell[:n] + opened[:, :width] * new
        hidden[:n] = sigmoid(gates[:, 3 * width :]) * numpy.tanh(cell[:n])
        output[step, :n] = hidden[:n]
    return output


class Layout:
    """Where the tokens of some pieces stand in a table of steps by pieces, the longest piece first."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        lengths = numpy.asarray([end - start for start, end in spans])
        order = numpy.argsort(-lengths, kind="stable")
        lengths = lengths[order]
        starts = numpy.asarray([start for start, _ in spans])[order]
        steps = numpy.arange(lengths[0])[:, None]
        self.inside = steps < lengths
        self.active = self.inside.sum(axis=1).tolist()
        # Behind a piece's end any token does: what is read there is never used.
        self.forward = numpy.where(self.inside, starts + steps, starts)
        self.backward = numpy.where(self.inside, starts + lengths - 1 - steps, starts)


def both_ways(layout: Layout, x: Array, weights: Weights, name: str) -> Array:
    """Run a bidirectional LSTM; `x` and the result have a row a token."""
    width = weights[f"{name}f.recurrent"].shape[0]
    output = numpy.zeros((len(x), 2 * width), dtype="float32")
    for side, places in enumerate((layout.forward, layout.backward)):
        key = f"{name}{'fb'[side]}"
        projected = x @ weights[f"{key}.input"] + weights[f"{key}.bias"]
        read = lstm(projected[places], weights[f"{key}.recurrent"], layout.active)
        output[places[layout.inside], side * width : (side + 1) * width] = read[layout.inside]
    return output


def best_tags(scores: Array, layout: Layout, weights: Weights) -> Array:
    """Find each piece's best sequence of tags (Viterbi); one number a token."""
    transitions = weights["crf.transitions"]
    steps, n = layout.forward.shape
    best = weights["crf.start"] + scores[layout.forward[0]]
    back = numpy.zeros((steps, n, scores.shape[1]), dtype="int8")
    for step in range(1, steps):
        a = layout.active[step]
        paths = best[:a, :, None] + transitions
        back[step, :a] = paths.argmax(axis=1)
        best[:a] = paths.max(axis=1) + scores[layout.forward[step, :a]]
    tags = numpy.zeros(len(scores), dtype="int64")
    current = (best + weights["crf.end"]).argmax(axis=1)
    rows = numpy.arange(n)
    for step in range(steps - 1, -1, -1):
        a = layout.active[step]
        tags[layout.forward[step, :a]] = current[:a]
        current[:a] = back[step, rows[:a], current[:a]]
    return tags


def spans_of(tags: list[str]) -> Iterator[tuple[int, int, str]]:
    """Read spans off tags that begin names by `B-` and go on by `I-`."""
    start = None
    for i, tag in enumerate([*tags, "O"]):
        if start is not None and tag[0] != "I":
            yield start, i, tags[start][2:]
            start = None
        if tag[0] == "B":
            start = i


class NameRecogniser:
    """The component: sets `doc.ents`.

    Each word is read by its floret vector, its characters, its shape and, if it was frequent in training, as itself.
    The first LSTM reads each piece of the text from both sides; it began as a model of language. To each capitalised
    word is added the mean of the same word's readings elsewhere in the document, and what the gazetteer says of it.
    The second LSTM scores tags, the CRF chooses among their sequences.
    """

    # Pieces read at once: more would not be faster and would take memory.
    pieces_at_once = 256
    max_cached = 40_000

    def __init__(self, vocab: Vocab, name: str = "ner") -> None:
        self.vocab = vocab
        self.name = name
        self.set_weights({}, {"characters": "", "forms": []}, None)

    def set_weights(self, weights: Weights, tables: dict, gazetteer: dict[str, list[str]] | None) -> None:
        """Take over what training found.

        Parameters
        ----------
        weights
            Arrays by name, as `scripts/train_names.py` exports them; any kind of float.
        tables
            `characters`, a string, and `forms`, the frequent words: rows of the embeddings.
        gazetteer
            The lists of `Gazetteer`, if the network was trained with them.
        """
        self.weights = {key: numpy.asarray(value, dtype="float32") for key, value in weights.items()}
        self.tables = tables
        self.characters = CharacterTable(tables["characters"])
        self.form_rows = {form: UNKNOWN_FORM + 1 + i for i, form in enumerate(tables["forms"])}
        self.gazetteer = Gazetteer(gazetteer) if gazetteer else None
        self._forms: dict[str, int] = {}
        self._inputs: list[Array] = []

    @property
    def labels(self) -> tuple[str, ...]:
        return TYPES

    def read_forms(self, forms: list[str]) -> Array:
        """What a word is by itself, before its neighbours are read: one row a form."""
        w = self.weights
        vectors = Vectors.get_batch(self.vocab.vectors, [form[:100] for form in forms])
        characters = w["characters.table"][numpy.asarray([self.characters(form) for form in forms])]
        n, length, width = characters.shape
        padded = numpy.zeros((n, length + 2, width), dtype="float32")
        padded[:, 1:-1] = characters
        windows = numpy.concatenate([padded[:, i : i + length] for i in range(3)], axis=2)
        convolved = (
            (windows.reshape(n * length, -1) @ w["characters.window"]).reshape(n, length, -1).max(axis=1)
        )
        parts = [
            numpy.asarray(vectors, dtype="float32") @ w["vectors.weight"] + w["vectors.bias"],
            numpy.maximum(convolved + w["characters.bias"], 0),
            w["forms.table"][[self.form_rows.get(normal_form(form), UNKNOWN_FORM) for form in forms]],
            numpy.asarray([shape_features(form) for form in forms], dtype="float32"),
        ]
        mixed = maxout(numpy.hstack(parts) @ w["mix.weight"] + w["mix.bias"])
        return layer_norm(mixed, w["mix.scale"], w["mix.shift"])

    def inputs(self, words: list[str]) -> Array:
        """Look up or compute what each word is by itself; each distinct form once."""
        new = sorted({word for word in words if word not in self._forms})
        if len(self._forms) + len(new) > self.max_cached:
            self._forms, self._inputs = {}, []
            new = sorted(set(words))
        if new:
            computed = self.read_forms(new)
            for form, row in zip(new, computed, strict=True):
                self._forms[form] = len(self._inputs)
                self._inputs.append(row)
        return numpy.stack([self._inputs[self._forms[word]] for word in words])

    def scores(self, docs: list[list[str]]) -> tuple[Array, list[Layout]]:
        """Score the tags of every token; the layouts cover the documents' pieces in parts."""
        w = self.weights
        words = [word for doc in docs for word in doc]
        spans, offset = [], 0
        for doc in docs:
            spans += [(offset + start, offset + end) for start, end in pieces(doc)]
            offset += len(doc)
        layouts = [Layout(part) for part in minibatch(spans, self.pieces_at_once)]
        x = self.inputs(words)
        read = self.over(layouts, x, "first")
        recalled = numpy.zeros_like(read)
        places, groups, n = repeated_words(docs)
        if n:
            mine = read[places]
            sums = numpy.zeros((n, read.shape[1]), dtype="float32")
            numpy.add.at(sums, groups, mine)
            others = numpy.bincount(groups)[groups][:, None] - 1
            recalled[places] = (sums[groups] - mine) / others
        parts = [read, recalled, x]
        if self.gazetteer:
            parts.append(numpy.vstack([self.gazetteer(doc) for doc in docs]))
        mixed = maxout(numpy.hstack(parts) @ w["recall.weight"] + w["recall.bias"])
        again = self.over(layouts, layer_norm(mixed, w["recall.scale"], w["recall.shift"]), "second")
        return again @ w["tags.weight"] + w["tags.bias"], layouts

    def over(self, layouts: list[Layout], x: Array, name: str) -> Array:
        outputs = [both_ways(layout, x, self.weights, name) for layout in layouts]
        return outputs[0] if len(outputs) == 1 else numpy.sum(outputs, axis=0)

    def tags(self, docs: list[list[str]]) -> list[list[str]]:
        """Tag documents given as lists of words."""
        filled = [doc for doc in docs if doc]
        if not filled:
            return [[] for _ in docs]
        scores, layouts = self.scores(filled)
        numbers = numpy.sum([best_tags(scores, layout, self.weights) for layout in layouts], axis=0)
        named = iter([TAGS[number] for number in numbers.tolist()])
        return [[next(named) for _ in doc] for doc in docs]

    def annotate(self, docs: list[Doc]) -> list[Doc]:
        tagged = self.tags([[token.text for token in doc] for doc in docs])
        for doc, tags in zip(docs, tagged, strict=True):
            doc.set_ents([Span(doc, start, end, label=label) for start, end, label in spans_of(tags)])
        return docs

    def __call__(self, doc: Doc) -> Doc:
        return self.annotate([doc])[0]

    def pipe(self, stream: Iterable[Doc], batch_size: int = 32) -> Iterator[Doc]:
        """Annotate documents, several at a time."""
        for docs in minibatch(stream, batch_size):
            yield from self.annotate(docs)

    def score(self, examples: Iterable[Example], **options: Any) -> dict[str, Any]:
        return get_ner_prf(examples, **options)

    def to_bytes(self, exclude: Iterable[str] = ()) -> bytes:
        """Serialise the weights in half precision, with the tables and lists."""
        weights = {key: value.astype("float16") for key, value in self.weights.items()}
        lists = self.gazetteer.lists if self.gazetteer else None
        return srsly.msgpack_dumps({"weights": weights, "tables": self.tables, "gazetteer": lists})

    def from_bytes(self, data: bytes, exclude: Iterable[str] = ()) -> "NameRecogniser":
        """Take over what `to_bytes` gave."""
        loaded = srsly.msgpack_loads(data)
        self.set_weights(loaded["weights"], loaded["tables"], loaded["gazetteer"])
        return self

    def to_disk(self, path: str | Path, exclude: Iterable[str] = ()) -> None:
        """Save the component into a folder."""
        Path(path).mkdir(parents=True, exist_ok=True)
        (Path(path) / "recogniser.msgpack").write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, exclude: Iterable[str] = ()) -> "NameRecogniser":
        """Load the component from a folder."""
        return self.from_bytes((Path(path) / "recogniser.msgpack").read_bytes())


@Language.factory("depesje_names", assigns=["doc.ents", "token.ent_iob", "token.ent_type"])
def create_names(nlp: Language, name: str) -> NameRecogniser:
    """Make an empty recogniser, to be loaded."""
    return NameRecogniser(nlp.vocab, name)
