"""Fit the model of themes and write `src/depesje/lexicon/themes.json`.

    python training/themes.py ../shared

The labels are those of `gold/themes` for `corpora/news.jsonl`, and ours, in `benchmarks/themes_norne.jsonl`, for
the beginnings of some documents in the training parts of NorNE: `nob-train:ap001_0000`.

A ridge regression in its dual form (so few texts, so many words), with leave-one-out opinions for the
logistic function on top; both are small enough for numpy alone. `benchmarks/themes.py` measures it.
"""

import base64
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from depesje import themes
from depesje.keyterms import WORD
from depesje.themes import FloatArray, Reading

IntArray = NDArray[np.int64]

ROOT = Path(__file__).parents[1]
NORNE = ROOT / "benchmarks" / "themes_norne.jsonl"
MODEL = ROOT / "src" / "depesje" / "lexicon" / "themes.json"
RIDGE, LOGISTIC = 1.0, 10.0
#: Set in cross-validation, where F1 hardly changes from 0.33 to 0.40; for topics assigned to less than a
#: tenth of the texts the threshold falls by this power of their frequency.
THRESHOLD, _LENIENCY = 0.37, 0.3
_LEAD_WORDS = 40
#: In characters, of what is taken from NorNE.
_SHORTEST_ARTICLE, _LONGEST_ARTICLE = 900, 2400
#: Words in fewer texts than this are not kept in the model.
_FEWEST_TEXTS = 2


@dataclass(slots=True)
class Labelled:
    """Texts with their topics at the top, ready to be learned from."""

    ids: list[str]
    readings: list[Reading]
    #: Texts by topics, 1 where assigned.
    labels: FloatArray
    #: Texts by texts: the inner products of their features.
    products: FloatArray
    #: Texts by topics by measures: what the lexicon says.
    claims: FloatArray
    #: The same two for the texts' beginnings, the products with the whole texts.
    lead_products: FloatArray
    lead_claims: FloatArray


def codes() -> list[str]:
    known = themes.load_lexicon()
    return [known.topics[top].code for top in known.tops]


def load(labels: Path, texts: Path) -> tuple[list[str], list[str], FloatArray]:
    """Read ids, texts and labels; both files are JSON lines with an `id`."""
    assigned = {row["id"]: row["themes"] for row in rows(labels)}
    found = {row["id"]: row["text"] for row in rows(texts)}
    ids = [key for key in assigned if key in found]
    return ids, [found[key] for key in ids], table([assigned[key] for key in ids])


def further(norne: Path) -> tuple[list[str], list[str], FloatArray]:
    """Ids, texts and labels of the documents of NorNE that we have labelled."""
    assigned = {row["id"]: row["themes"] for row in rows(NORNE)}
    found = {}
    for part in sorted({key.partition(":")[0] for key in assigned}):
        for name, tokens in documents(norne / f"{part}.conll"):
            found[f"{part}:{name}"] = opening(" ".join(tokens))
    ids = [key for key in assigned if key in found]
    return ids, [found[key] for key in ids], table([assigned[key] for key in ids])


def documents(path: Path) -> Iterator[tuple[str, list[str]]]:
    """The documents of a CoNLL-U file by name, as tokens."""
    name, tokens = "", list[str]()
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.startswith("# newdoc"):
                if tokens:
                    yield name, tokens
                name, tokens = line.partition("=")[2].strip(), []
            elif line[:1].isdigit():
                tokens.append(line.split("\t")[1])
    yield name, tokens


def opening(text: str) -> str:
    """A document's first article: to the sentence before a later headline (`|` closes one), or so far."""
    headline = text.find("|", _SHORTEST_ARTICLE)
    if headline < 0:
        return text[:_LONGEST_ARTICLE]
    ends = (text.rfind(f"{mark} ", 0, headline) for mark in ".!?")
    return text[: min(max(ends) + 1, _LONGEST_ARTICLE)]


def read_all(shared: Path) -> tuple[Labelled, int]:
    """All labelled texts, and how many of them, coming first, are the articles of `gold/themes`."""
    ids, texts, labels = load(shared / "gold" / "themes" / "news.jsonl", shared / "corpora" / "news.jsonl")
    more_ids, more_texts, more_labels = further(shared / "norne")
    data = prepare(ids + more_ids, texts + more_texts, np.concatenate([labels, more_labels]))
    return data, len(ids)


def table(assigned: Sequence[Sequence[str]]) -> FloatArray:
    """Texts by topics, 1 where assigned."""
    return np.array([[code in given for code in codes()] for given in assigned], dtype=float)


def rows(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def prepare(ids: list[str], texts: Sequence[str], labels: FloatArray) -> Labelled:
    readings = [themes.read(text) for text in texts]
    leads = [themes.read(beginning(text)) for text in texts]
    vocabulary = sorted({key for reading in readings for key in reading.bag})
    matrix, lead_matrix = features(readings, vocabulary), features(leads, vocabulary)
    return Labelled(
        ids,
        readings,
        labels,
        matrix @ matrix.T,
        np.array([themes.claims(reading) for reading in readings]),
        lead_matrix @ matrix.T,
        np.array([themes.claims(reading) for reading in leads]),
    )


def beginning(text: str) -> str:
    """The title and the lead, as short as the texts of a front page."""
    last = next(islice(WORD.finditer(text), _LEAD_WORDS - 1, None), None)
    return text[: last.end()] if last else text


def features(readings: Sequence[Reading], vocabulary: Sequence[str]) -> FloatArray:
    """Texts by features: the words of the vocabulary, then the columns of the lexicon."""
    rows = {key: column for column, key in enumerate(vocabulary)}
    matrix = np.zeros((len(readings), len(vocabulary)), dtype=np.float32)
    for number, reading in enumerate(readings):
        for key, weight in reading.bag.items():
            if key in rows:
                matrix[number, rows[key]] = weight
    lexicon = np.array([themes.columns(reading) for reading in readings], dtype=np.float32)
    return np.hstack([matrix, lexicon])


def leave_one_out(products: FloatArray, labels: FloatArray, centre: FloatArray) -> FloatArray:
    """What ridge regression says of each text when fitted on all the others, in closed form."""
    hat = products @ np.linalg.inv(products + RIDGE * np.eye(len(products)))
    leverage = np.diag(hat)[:, None]
    fitted = hat @ (labels - centre)
    return centre + (fitted - leverage * (labels - centre)) / (1 - leverage)


def leave_one_out_leads(
    products: FloatArray, lead_products: FloatArray, labels: FloatArray, centre: FloatArray
) -> FloatArray:
    """What ridge regression says of each text's beginning when fitted on all the other texts."""
    inverse = np.linalg.inv(products + RIDGE * np.eye(len(products)))
    weights = inverse @ (labels - centre)
    # Without text i the weights are w - inverse[:, i] / inverse[i, i] * w[i], and nought for i itself.
    own = weights / np.diag(inverse)[:, None]
    return centre + lead_products @ weights - (lead_products @ inverse).diagonal()[:, None] * own


def weigh(data: Labelled, ids: IntArray) -> FloatArray:
    """Fit the logistic function on these texts and their beginnings; returns its weights."""
    labels = data.labels[ids]
    prior = labels.mean(0)
    products, leads = data.products[np.ix_(ids, ids)], data.lead_products[np.ix_(ids, ids)]
    whole = themes.opinions(data.claims[ids], leave_one_out(products, labels, prior), prior)
    ridge = leave_one_out_leads(products, leads, labels, prior)
    short = themes.opinions(data.lead_claims[ids], ridge, prior)
    return fit_logistic(np.concatenate([whole, short]), np.concatenate([labels, labels]))


def dual(products: FloatArray, labels: FloatArray, centre: FloatArray) -> FloatArray:
    """The weight of each text in the ridge regression."""
    return np.linalg.solve(products + RIDGE * np.eye(len(products)), labels - centre)


def fit_logistic(seen: FloatArray, targets: FloatArray, penalty: float = LOGISTIC) -> FloatArray:
    """Logistic regression by Newton's method; the constant, last, is not penalised."""
    flat = np.hstack([seen.reshape(-1, seen.shape[-1]), np.ones((targets.size, 1))])
    wanted = targets.ravel()
    penalties = np.diag([penalty] * (flat.shape[1] - 1) + [1e-6])
    weights = np.zeros(flat.shape[1])
    for _ in range(50):
        found = 1 / (1 + np.exp(-flat @ weights))
        gradient = flat.T @ (found - wanted) + penalties @ weights
        curvature = (flat * (found * (1 - found))[:, None]).T @ flat + penalties
        step = np.linalg.solve(curvature, gradient)
        weights -= step
        if np.abs(step).max() < 1e-7:
            break
    return weights


def thresholds(labels: FloatArray) -> FloatArray:
    """How sure each topic must be: rare ones, which the logistic function doubts, a little less."""
    return THRESHOLD * np.minimum(1.0, 10 * labels.mean(0) + 0.1) ** _LENIENCY


def best_threshold(shares: FloatArray, labels: FloatArray) -> float:
    """The threshold with the highest micro F1, for the baseline."""
    candidates = np.arange(0.1, 0.5, 0.025)
    return float(max(candidates, key=lambda t: micro_f1(themes.decide(shares, t), labels)))


def micro_f1(found: FloatArray, labels: FloatArray) -> float:
    return float(2 * (found * labels).sum() / max(1, found.sum() + labels.sum()))


def macro_f1(found: FloatArray, labels: FloatArray) -> float:
    return float(np.mean(f1_by_topic(found, labels)))


def f1_by_topic(found: FloatArray, labels: FloatArray) -> FloatArray:
    return 2 * (found * labels).sum(0) / np.maximum(1, found.sum(0) + labels.sum(0))


def pack(data: Labelled) -> dict[str, object]:
    """Fit on all texts; the model as JSON can hold it, its weights in bytes."""
    prior = data.labels.mean(0)
    logistic = weigh(data, np.arange(len(data.ids)))
    spread = Counter(key for reading in data.readings for key in reading.bag)
    vocabulary = sorted(key for key, texts in spread.items() if texts >= _FEWEST_TEXTS)
    weights = features(data.readings, vocabulary).T @ dual(data.products, data.labels, prior)
    scale = float(np.abs(weights).max()) / 127
    return {
        "codes": codes(),
        "columns": weights.shape[0] - len(vocabulary),
        "thresholds": thresholds(data.labels).round(4).tolist(),
        "prior": prior.round(5).tolist(),
        "logistic": logistic.round(5).tolist(),
        "scale": scale,
        "vocabulary": vocabulary,
        "weights": base64.b64encode(np.rint(weights / scale).astype(np.int8).tobytes()).decode(),
    }


def main(shared: str) -> None:
    data, _ = read_all(Path(shared))
    MODEL.write_text(json.dumps(pack(data), ensure_ascii=False), encoding="utf-8")
    print(f"{len(data.ids)} texts, {MODEL.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main(sys.argv[1])
