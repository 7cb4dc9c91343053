"""Cross-validate the themes at the top beside two baselines: the commonest topics, and the lexicon alone.

    python benchmarks/themes.py ../shared

Eight folds, three times over with other folds, on whole articles and on their first forty words; everything
is fitted on the other seven and on the further texts of `training/themes.py`. The shipped model is then tried
on items of a front page, labelled by us in `benchmarks/themes_headlines.jsonl`, where `hl-000#2` is the third
item of `hl-000` in `corpora/headlines-2025.jsonl`; no text of them is learned from.
"""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from depesje import themes
from depesje.themes import FloatArray

IntArray = NDArray[np.int64]

FOLDS, ROUNDS = 8, 3
HEADLINES = Path(__file__).with_name("themes_headlines.jsonl")


def load_training() -> ModuleType:
    """`training/themes.py`: the fitting is not part of the package."""
    path = Path(__file__).parents[1] / "training" / "themes.py"
    spec = importlib.util.spec_from_file_location("fit_themes", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


fit = load_training()


def majority(labels: FloatArray, train: IntArray, test: IntArray) -> FloatArray:
    """Every text gets the topic that most texts have."""
    found = np.zeros_like(labels[test])
    found[:, labels[train].mean(0).argmax()] = 1
    return found


def lexicon_alone(shares: FloatArray, labels: FloatArray, train: IntArray, test: IntArray) -> FloatArray:
    """The topics whose share of the lexicon's evidence is above a threshold."""
    return themes.decide(shares[test], fit.best_threshold(shares[train], labels[train]))


def model(data, train: IntArray, test: IntArray) -> tuple[FloatArray, FloatArray]:
    """The whole model, on the test texts and on their beginnings."""
    labels = data.labels[train]
    prior = labels.mean(0)
    logistic, thresholds = fit.weigh(data, train), fit.thresholds(labels)
    weights = fit.dual(data.products[np.ix_(train, train)], labels, prior)
    found = []
    for products, claims in ((data.products, data.claims), (data.lead_products, data.lead_claims)):
        ridge = prior + products[np.ix_(test, train)] @ weights
        seen = themes.opinions(claims[test], ridge, prior)
        found.append(themes.decide(themes.logistic(seen, logistic), thresholds))
    return found[0], found[1]


def headlines(corpus: Path) -> tuple[int, float, float]:
    """How many items of a front page there are, and the shipped model's F1 on them, micro and macro."""
    items = {
        f"{row['id']}#{number}": item
        for row in fit.rows(corpus)
        for number, item in enumerate(row["text"].split("\n\n"))
    }
    labelled = fit.rows(HEADLINES)
    labels = fit.table([row["themes"] for row in labelled])
    shipped = themes.load_model()
    found = np.array(
        [
            themes.decide(shipped.probabilities(themes.read(items[row["id"]])), shipped.thresholds)
            for row in labelled
        ]
    )
    return len(labelled), fit.micro_f1(found, labels), fit.macro_f1(found, labels)


def main(shared: str) -> None:
    data, number = fit.read_all(Path(shared))
    labels = data.labels[:number]
    further = np.arange(number, len(data.ids))
    names = ("majority", "lexicon alone", "model", "model, beginnings")
    scores: dict[str, list[tuple[float, float]]] = {name: [] for name in names}
    topics: list[FloatArray] = []
    for seed in range(ROUNDS):
        order = np.random.default_rng(seed).permutation(number)
        found = {name: np.zeros_like(labels) for name in names}
        for fold in range(FOLDS):
            test = np.sort(order[fold::FOLDS])
            train = np.setdiff1d(np.arange(number), test)
            found["majority"][test] = majority(labels, train, test)
            found["lexicon alone"][test] = lexicon_alone(data.claims[:, :, 0], labels, train, test)
            found["model"][test], found["model, beginnings"][test] = model(
                data, np.concatenate([train, further]), test
            )
        for name in names:
            scores[name].append((fit.micro_f1(found[name], labels), fit.macro_f1(found[name], labels)))
        topics.append(fit.f1_by_topic(found["model"], labels))
    print(f"F1 over 17 topics, {number} texts, {FOLDS} folds, mean of {ROUNDS} rounds")
    print(f"{'':<20}{'micro':>8}{'macro':>8}")
    for name in names:
        micro, macro = np.mean(scores[name], axis=0)
        print(f"{name:<20}{micro:8.3f}{macro:8.3f}")
    count, micro, macro = headlines(Path(shared) / "corpora" / "headlines-2025.jsonl")
    print(f"{f'{count} headlines':<20}{micro:8.3f}{macro:8.3f}   the shipped model")
    known = themes.load_lexicon()
    for top, score, count in zip(known.tops, np.mean(topics, axis=0), labels.sum(0), strict=True):
        print(f"  {known.topics[top].code}  {known.topics[top].label_en:<44}{score:6.2f}{count:6.0f}")


if __name__ == "__main__":
    main(sys.argv[1])
