"""What the pipeline needs beyond spaCy; travels inside the wheel."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy
import srsly
from spacy.language import Language
from spacy.pipeline.edit_tree_lemmatizer import DEFAULT_EDIT_TREE_LEMMATIZER_MODEL, EditTreeLemmatizer
from spacy.tokens import Doc, Token
from spacy.util import registry
from spacy.vectors import Vectors
from spacy.vocab import Vocab
from thinc.api import Model


class CachedVectors(Vectors):
    """Floret vectors that are put together once a word, not at every look-up.

    A floret vector is a sum over the hashed character n-grams of a word. News repeats its words, so the sums
    are kept.
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
