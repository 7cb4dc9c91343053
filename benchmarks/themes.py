"""Cross-validate the themes at the top beside two baselines: the commonest topics, and the lexicon alone.

    python benchmarks/themes.py ../shared/gold/themes/news.jsonl ../shared/corpora/news.jsonl

Eight folds, three times over with other folds; the threshold and everything else is fitted on the other seven.
"""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import numpy as np

from depesje import themes
from depesje.themes import FloatArray

FOLDS, ROUNDS = 8, 3


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


def majority(labels: FloatArray, train: FloatArray, test: FloatArray) -> FloatArray:
    """Every text gets the topic that most texts have."""
    found = np.zeros_like(labels[test])
    found[:, labels[train].mean(0).argmax()] = 1
    return found


def lexicon_alone(shares: FloatArray, labels: FloatArray, train: FloatArray, test: FloatArray) -> FloatArray:
    """The topics whose share of the lexicon's evidence is above a threshold."""
    return themes.decide(shares[test], fit.best_thresholds(shares[train], labels[train]))


def model(data, extra, train: FloatArray, test: FloatArray) -> FloatArray:
    """The whole model, fitted on the training texts and on the further ones, if there are any."""
    ids = np.concatenate([train, extra])
    labels = data.labels[ids]
    prior = labels.mean(0)
    products = data.products[np.ix_(ids, ids)]
    opinions = fit.leave_one_out(products, labels)
    seen = themes.opinions(data.claims[ids], opinions, prior)
    logistic = fit.fit_logistic(seen, labels)
    thresholds = fit.best_thresholds(themes.logistic(seen, logistic), labels)
    guess = prior + data.products[np.ix_(test, ids)] @ fit.dual(products, labels)
    unseen = themes.opinions(data.claims[test], guess, prior)
    return themes.decide(themes.logistic(unseen, logistic), thresholds)


def main(labels: str, texts: str) -> None:
    data = fit.prepare(*fit.load(Path(labels), Path(texts)))
    number = len(data.ids)
    names = ("majority", "lexicon alone", "model")
    scores: dict[str, list[tuple[float, float]]] = {name: [] for name in names}
    topics: list[FloatArray] = []
    for seed in range(ROUNDS):
        order = np.random.default_rng(seed).permutation(number)
        found = {name: np.zeros_like(data.labels) for name in names}
        for fold in range(FOLDS):
            test = np.sort(order[fold::FOLDS])
            train = np.setdiff1d(np.arange(number), test)
            found["majority"][test] = majority(data.labels, train, test)
            found["lexicon alone"][test] = lexicon_alone(data.claims[:, :, 0], data.labels, train, test)
            found["model"][test] = model(data, np.array([], dtype=int), train, test)
        for name in names:
            scores[name].append(
                (fit.micro_f1(found[name], data.labels), fit.macro_f1(found[name], data.labels))
            )
        topics.append(fit.f1_by_topic(found["model"], data.labels))
    print(f"F1 over 17 topics, {number} texts, {FOLDS} folds, mean of {ROUNDS} rounds")
    print(f"{'':<16}{'micro':>8}{'macro':>8}")
    for name in names:
        micro, macro = np.mean(scores[name], axis=0)
        print(f"{name:<16}{micro:8.3f}{macro:8.3f}")
    known = themes.load_lexicon()
    for top, score, count in zip(known.tops, np.mean(topics, axis=0), data.labels.sum(0), strict=True):
        print(f"  {known.topics[top].code}  {known.topics[top].label_en:<44}{score:6.2f}{count:6.0f}")


if __name__ == "__main__":
    main(*sys.argv[1:3])
