"""What the pipeline needs beyond spaCy; travels inside the wheel."""

from collections.abc import Callable, Iterable
from typing import Any

import numpy
from spacy.language import Language
from spacy.pipeline.edit_tree_lemmatizer import DEFAULT_EDIT_TREE_LEMMATIZER_MODEL, EditTreeLemmatizer
from spacy.tokens import Doc, Token
from spacy.util import registry
from spacy.vectors import Vectors
from spacy.vocab import Vocab
from thinc.api import Model


class CachedVectors(Vectors):
    """Floret vectors that are put together once a word, not at every look-up.

    A floret vector is a sum over the hashed character n-grams of a word. News repeats its words, and the pipeline
    looks each token up twice (syntax and names), so the sums are kept.
    """

    max_cached = 60_000

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
            computed = numpy.asarray(super().get_batch(new), dtype="float32")
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


def is_capitalised(token: Token) -> bool:
    """Say whether the word has its capital from its place alone, as at the start of a sentence."""
    return token.pos_ not in {"PROPN", "X"} and token.text[:1].isupper() and not token.text[1:2].isupper()


class CasedLemmatizer(EditTreeLemmatizer):
    """Edit-tree lemmatizer that leaves capitals out of its trees.

    It is trained on lemmas in the case of the word (`Gikk` to `Gå`) and lowers them afterwards, unless the word is
    a name. Fewer trees have to be told apart, and those of capitalised words aren't learned one by one.
    """

    def set_annotations(self, docs: Iterable[Doc], batch_tree_ids: Any) -> None:
        """Set the lemmas; parts of speech have to be there."""
        super().set_annotations(docs, batch_tree_ids)
        for doc in docs:
            for token in doc:
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
