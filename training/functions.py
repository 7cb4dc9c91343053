"""What the pipeline needs beyond spaCy; travels inside the wheel."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy
import srsly
from spacy.attrs import ORTH
from spacy.lang.lex_attrs import word_shape
from spacy.language import Language
from spacy.pipeline.edit_tree_lemmatizer import DEFAULT_EDIT_TREE_LEMMATIZER_MODEL, EditTreeLemmatizer
from spacy.strings import StringStore, hash_string  # type: ignore[attr-defined]
from spacy.tokens import Doc, Span, Token
from spacy.util import registry
from spacy.vectors import Vectors
from spacy.vocab import Vocab
from thinc.api import HashEmbed, Linear, Maxout, Model, concatenate


class CachedVectors(Vectors):
    """Floret vectors that are put together once a word, not at every look-up.

    A floret vector is a sum over the hashed character n-grams of a word. News repeats its words, and the pipeline
    looks each token up twice (syntax and names), so the sums are kept.
    """

    max_cached = 60_000
    # Of longer words (addresses, digits without end) only the beginning counts, so that none takes long.
    longest = 100

    def _forget(self) -> None:
        self._rows: dict[int, int] = {}
        self._table = numpy.zeros((0, self.data.shape[1]), dtype="float32")

    def get_batch(self, keys: Iterable[int]) -> numpy.ndarray:
        """Look up the vectors of `keys` (hashes of word forms)."""
        wanted = numpy.asarray(keys, dtype="uint64")
        if not hasattr(self, "_rows") or len(self._rows) > self.max_cached:
            self._forget()
        unique, inverse = numpy.unique(wanted, return_inverse=True)
        listed = unique.tolist()
        new = [key for key in listed if key not in self._rows]
        if new:
            start = len(self._rows)
            forms = [self.strings[key][: self.longest] for key in new]
            computed = numpy.asarray(super().get_batch(forms), dtype="float32")
            self._rows.update((key, start + i) for i, key in enumerate(new))
            if start + len(new) > len(self._table):
                size = max(2 * len(self._table), start + len(new), 1024)
                grown = numpy.zeros((size, computed.shape[1]), dtype="float32")
                grown[:start] = self._table[:start]
                self._table = grown
            self._table[start : start + len(new)] = computed
        rows = numpy.asarray([self._rows[key] for key in listed], dtype="int64")
        found: numpy.ndarray = self._table[rows[inverse]]
        return found


@registry.vectors("depesje.CachedVectors.v1")
def create_cached_vectors() -> Callable[[Vocab], CachedVectors]:
    """Make the `[nlp.vectors]` block's factory."""

    def create(vocab: Vocab) -> CachedVectors:
        return CachedVectors(strings=vocab.strings)

    return create


# numpy's arrays, which thinc types by their dimensions.
Array = Any

# The features of a word form, with the seed of its table in `FormEmbed`.
FORM_FEATURES = ("norm", "prefix", "suffix", "ending", "shape")


@lru_cache(maxsize=100_000)
def form_features(text: str) -> tuple[int, ...]:
    """Hash what a word shows of itself: small letters, beginning, two lengths of ending, shape.

    The long ending is the last part of a compound (`-bevegelsen`, `-vatnet`), which tells its kind.
    """
    norm = "".join("0" if c.isdigit() else c for c in text.lower())
    return tuple(map(hash_string, (norm, norm[:3], norm[-3:], norm[-5:], word_shape(text))))


def word_forms(docs: list[Doc]) -> tuple[Array, Array]:
    """Give the distinct word forms of `docs`, and the row of each token among them."""
    keys = numpy.concatenate([doc.to_array(ORTH) for doc in docs]) if docs else numpy.zeros(0, dtype="uint64")
    unique, inverse = numpy.unique(keys, return_inverse=True)
    return unique, inverse


def split(rows: Array, docs: list[Doc]) -> list[Array]:
    return numpy.split(rows, numpy.cumsum([len(doc) for doc in docs])[:-1]) if docs else []


def embed_forms(model: Model, docs: list[Doc], is_train: bool) -> tuple[list[Array], Callable]:
    hashes, vectors, mix = model.layers
    unique, inverse = word_forms(docs)
    if not len(unique):
        return [model.ops.alloc2f(0, mix.get_dim("nO")) for _ in docs], lambda d: []
    strings: StringStore = docs[0].vocab.strings
    features = numpy.asarray([form_features(strings[key]) for key in unique.tolist()], dtype="uint64")
    hashed, backprop_hashed = hashes(features, is_train)
    table = numpy.ascontiguousarray(docs[0].vocab.vectors.get_batch(unique), dtype="float32")
    projected, backprop_projected = vectors(table, is_train)
    mixed, backprop_mixed = mix(model.ops.xp.hstack((hashed, projected)), is_train)

    def backprop(d_output: list[Array]) -> list[Doc]:
        d_mixed = model.ops.alloc2f(*mixed.shape)
        gathered: Array = numpy.concatenate(d_output)
        model.ops.scatter_add(d_mixed, inverse.astype("int32"), gathered)
        d_input = backprop_mixed(d_mixed)
        backprop_hashed(numpy.ascontiguousarray(d_input[:, : hashed.shape[1]]))
        backprop_projected(numpy.ascontiguousarray(d_input[:, hashed.shape[1] :]))
        return []

    return split(mixed[inverse], docs), backprop


def initialize_forms(model: Model, X: list[Doc] | None = None, Y: Any = None) -> None:
    hashes, vectors, mix = model.layers
    if X:
        vectors.set_dim("nI", X[0].vocab.vectors.shape[1])
    for layer in (hashes, vectors, mix):
        layer.initialize()


@registry.architectures("depesje.FormEmbed.v1")
def create_form_embed(width: int, rows: list[int]) -> Model[list[Doc], list[Array]]:
    """Embed words by features of their form and by their vectors.

    What is computed here depends on the word alone, so each distinct word of a batch is computed once.

    Parameters
    ----------
    width
        Width of the tables and of the output.
    rows
        Rows of the tables, in the order of `FORM_FEATURES`.
    """
    tables: list[Model] = [
        HashEmbed(width, nV, column=i, seed=8 + i, dropout=0.0) for i, nV in enumerate(rows)
    ]
    mix = Maxout(nO=width, nI=width * (len(rows) + 1), nP=3, dropout=0.0, normalize=True)
    layers = [concatenate(*tables), Linear(nO=width), mix]
    return Model("form_embed", embed_forms, init=initialize_forms, layers=layers, dims={"nO": width})


@lru_cache(maxsize=100_000)
def name_key(text: str) -> int:
    """Hash a capitalised form without its genitive; 0 for other words."""
    return hash_string(text.lower().rstrip("s'’")) if text.lower() != text else 0


def repeated_names(docs: list[Doc]) -> tuple[Array, Array, Array]:
    """Find the capitalised words that stand more than once in their document.

    Returns
    -------
    tuple
        Their places among the tokens of `docs`, the group of each, and how many places each group has.
    """
    unique, inverse = word_forms(docs)
    strings: StringStore = docs[0].vocab.strings
    keys = numpy.asarray([name_key(strings[key]) for key in unique.tolist()], dtype="uint64")[inverse]
    places = numpy.flatnonzero(keys)
    number = numpy.repeat(numpy.arange(1, len(docs) + 1, dtype="uint64"), [len(doc) for doc in docs])
    # One number for word and document: 64-bit products wrap around, and spread the documents.
    combined = keys[places] ^ (number[places] * numpy.uint64(0x9E3779B97F4A7C15))
    _, groups, counts = numpy.unique(combined, return_inverse=True, return_counts=True)
    several = counts[groups] > 1
    return places[several], groups[several].astype("int32"), counts


def recall(model: Model, docs: list[Doc], is_train: bool) -> tuple[list[Array], Callable]:
    tok2vec, mix = model.layers
    vectors, backprop_vectors = tok2vec(docs, is_train)
    if not any(map(len, docs)):
        return vectors, backprop_vectors
    flat = numpy.concatenate(vectors)
    again, groups, counts = repeated_names(docs)
    others = (counts[groups] - 1.0).astype("float32")[:, None]

    def mean_of_others(values: Array) -> Array:
        sums = model.ops.alloc2f(len(counts), values.shape[1])
        model.ops.scatter_add(sums, groups, values)
        return sums[groups]

    width = flat.shape[1]
    seen = numpy.zeros_like(flat)
    if len(again):
        mine = numpy.ascontiguousarray(flat[again])
        seen[again] = (mean_of_others(mine) - mine) / others
    parts = [flat, seen]
    if model.attrs["document"]:
        parts += [numpy.vstack([numpy.tile(v.mean(axis=0), (len(v), 1)) for v in vectors if len(v)])]
    mixed, backprop_mixed = mix(numpy.hstack(parts), is_train)

    def backprop(d_output: list[Array]) -> Any:
        d_flat = numpy.concatenate(d_output)
        d_both = backprop_mixed(d_flat)
        d_flat = d_flat + d_both[:, :width]
        if len(again):
            d_seen = numpy.ascontiguousarray(d_both[again, width : 2 * width] / others)
            d_flat[again] += mean_of_others(d_seen) - d_seen
        d_vectors = split(d_flat, docs)
        if model.attrs["document"]:
            d_means = split(d_both[:, 2 * width :], docs)
            d_vectors = [d + m.mean(axis=0) if len(d) else d for d, m in zip(d_vectors, d_means, strict=True)]
        return backprop_vectors(d_vectors)

    return split(flat + mixed, docs), backprop


def initialize_recall(model: Model, X: list[Doc] | None = None, Y: Any = None) -> None:
    tok2vec, mix = model.layers
    tok2vec.initialize(X=X)
    mix.initialize()


@registry.architectures("depesje.Recall.v1")
def create_recall(
    tok2vec: Model[list[Doc], list[Array]], document: bool = False
) -> Model[list[Doc], list[Array]]:
    """Let each capitalised word know the other places of the document where it stands.

    `Wik flytter` says little of *Wik*; `Gunnhild Wik` a paragraph before says more. To the encoded word is added what a
    layer makes of it and of the mean of the same word's encodings elsewhere in the document (zero if it stands alone).

    Parameters
    ----------
    tok2vec
        The encoder.
    document
        Whether the layer also sees the mean of the whole document, which tells Bokmål from Nynorsk and sport from war.
    """
    width = tok2vec.get_dim("nO")
    mix = Maxout(nO=width, nI=(3 if document else 2) * width, nP=2, dropout=0.0, normalize=True)
    return Model(
        "recall",
        recall,
        init=initialize_recall,
        layers=[tok2vec, mix],
        dims={"nO": width},
        attrs={"document": document},
    )


def is_capitalised(token: Token) -> bool:
    """Say whether the word has its capital from its place alone, as at the start of a sentence."""
    text = token.text
    placed = token.pos_ not in {"PROPN", "X"} and text[:1].isupper() and not text[1:2].isupper()
    return placed and "-" not in text


class CasedLemmatizer(EditTreeLemmatizer):
    """Edit-tree lemmatizer with a lexicon, and with no capitals in its trees.

    It is trained on lemmas in the case of the word (`Gikk` to `Gå`) and lowers them afterwards, unless the word is
    a name. Fewer trees have to be told apart, and those of capitalised words aren't learned one by one.

    The lexicon holds the lemmas of the training forms by part of speech, apart for Bokmål and Nynorsk (`er`:
    `være`, `vere`), and the words that tell the standard of a document. A compound takes the lemma of its last part.
    """

    shortest_ending = 5
    compounding = frozenset({"NOUN", "ADJ"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lexicon: dict[str, dict] = {"lemmas": {}, "standard": {}}

    def from_disk(self, path: str | Path, exclude: Iterable[str] = ()) -> "CasedLemmatizer":
        """Load the component, so that it can also be trained further (the base class forgets its labels)."""
        super().from_disk(path, exclude=tuple(exclude))
        self.tree2label = {tree: i for i, tree in enumerate(self.cfg["labels"])}
        lexicon = Path(path) / "lexicon.json"
        if lexicon.exists():
            self.lexicon = srsly.read_json(lexicon)
        return self

    def to_disk(self, path: str | Path, exclude: Iterable[str] = ()) -> None:
        """Save the component with its lexicon."""
        super().to_disk(path, exclude=tuple(exclude))
        srsly.write_json(Path(path) / "lexicon.json", self.lexicon)

    def standard(self, doc: Doc) -> int:
        """Say by its words whether a document is Bokmål (0) or Nynorsk (1)."""
        weights = self.lexicon["standard"]
        return int(sum(weights.get(token.lower_, 0.0) for token in doc) > 0)

    def known_lemma(self, pos: str, form: str, standard: int) -> str | None:
        """Look up a form; what one standard doesn't have, the other may."""
        lemmas = self.lexicon["lemmas"].get(f"{pos} {form}")
        if lemmas is None:
            return None
        return lemmas[standard] if lemmas[standard] != "" else lemmas[1 - standard]

    def compound_lemma(self, pos: str, form: str, standard: int) -> str | None:
        """Look up the longest ending of a compound that is a form of its own."""
        after_hyphen = form.rfind("-") + 1
        last = len(form) - self.shortest_ending
        starts = [after_hyphen] if after_hyphen else range(2, last + 1)
        for start in starts:
            lemma = self.known_lemma(pos, form[start:].lower(), standard)
            if lemma:
                return form[:start] + lemma
        return None

    def set_annotations(self, docs: Iterable[Doc], batch_tree_ids: Any) -> None:
        """Set the lemmas; parts of speech have to be there."""
        super().set_annotations(docs, batch_tree_ids)
        for doc in docs:
            standard = self.standard(doc)
            for token in doc:
                known = self.known_lemma(token.pos_, token.lower_, standard)
                if not known and token.pos_ in self.compounding:
                    known = self.compound_lemma(token.pos_, token.text, standard)
                if known:
                    token.lemma_ = known
                if is_capitalised(token) and token.lemma_[:1].isupper():
                    token.lemma_ = token.lemma_[0].lower() + token.lemma_[1:]


@Language.factory(
    "depesje_lemmatizer",
    assigns=["token.lemma"],
    requires=["token.pos"],
    default_config={
        "model": DEFAULT_EDIT_TREE_LEMMATIZER_MODEL,
        "backoff": "orth",
        "min_tree_freq": 2,
        "overwrite": False,
        "top_k": 3,
        "scorer": {"@scorers": "spacy.lemmatizer_scorer.v1"},
    },
    default_score_weights={"lemma_acc": 1.0},
)
def create_cased_lemmatizer(
    nlp: Language,
    name: str,
    model: Model,
    backoff: str | None,
    min_tree_freq: int,
    overwrite: bool,
    top_k: int,
    scorer: Callable | None,
) -> CasedLemmatizer:
    """Make a lemmatizer; the settings are those of `trainable_lemmatizer`."""
    return CasedLemmatizer(
        nlp.vocab,
        model,
        name,
        backoff=backoff,
        min_tree_freq=min_tree_freq,
        overwrite=overwrite,
        top_k=top_k,
        scorer=scorer,
    )


def most_voted(name: Span, votes: Counter[str]) -> str:
    """Choose a name's type by the votes for it, its own if they are even.

    A state or town is a place or an actor by its sentence (`GPE_LOC`, `GPE_ORG`): there votes don't count.
    """
    label, n = votes.most_common(1)[0]
    between_states = label.startswith("GPE") and name.label_.startswith("GPE")
    return name.label_ if between_states or n <= votes[name.label_] else label


@Language.component("depesje_name_agreement", assigns=["doc.ents"], requires=["doc.ents"])
def agree_on_names(doc: Doc) -> Doc:
    """Give a name that stands several times in a document one type, that of most places.

    A last name also gets the votes of the full names that end in it, each of them twice: they are seldom misread.
    """
    votes: dict[int, Counter[str]] = defaultdict(Counter)
    for name in doc.ents:
        votes[name_key(name.text)][name.label_] += 1
        if name.label_ == "PER" and len(name) > 1:
            votes[name_key(name[-1].text)]["PER"] += 2
    names = [Span(doc, e.start, e.end, label=most_voted(e, votes[name_key(e.text)])) for e in doc.ents]
    doc.set_ents(names, default="unmodified")
    return doc
