"""Score a pipeline on the development corpora and time it beside spaCy's stock CPU configuration.

Run from this folder after `spacy project run corpus`:

    python evaluate.py nb_depesje_news
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

import spacy  # noqa: E402
from spacy import util  # noqa: E402
from spacy.cli.init_config import init_config  # noqa: E402
from spacy.language import Language  # noqa: E402
from spacy.tokens import Doc, DocBin  # noqa: E402
from spacy.training import Example  # noqa: E402

SETS = ("nob-dev", "nno-dev", "news-dev")
LAYERS = {
    "pos_acc": "UPOS",
    "morph_acc": "features",
    "lemma_acc": "lemma",
    "dep_uas": "UAS",
    "dep_las": "LAS",
    "sents_f": "sentence F",
    "ents_p": "name P",
    "ents_r": "name R",
    "ents_f": "name F",
}
# What an unpackaged pipeline needs to be loaded.
CODE = ("functions.py", "recogniser.py")
TYPES = ("PER", "ORG", "GPE_LOC", "GPE_ORG", "LOC", "PROD", "EVT", "DRV", "MISC")
STOCK_PIPELINE = ["morphologizer", "trainable_lemmatizer", "parser", "ner"]

# Run apart, so that neither the corpora nor the stock pipeline count.
FOOTPRINT = """
import resource, sys, time
start = time.perf_counter()
import spacy
for path in sys.argv[2:]: spacy.util.import_file(path.rpartition("/")[2][:-3], path)
imported = time.perf_counter()
nlp = spacy.load(sys.argv[1])
loaded = time.perf_counter()
for doc in nlp.pipe(sys.stdin.read().split("\\f")): pass
print(imported - start, loaded - imported, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def read_docs(path: Path, nlp: Language) -> list[Doc]:
    return list(DocBin().from_disk(path).get_docs(nlp.vocab))


def score(nlp: Language, references: Iterable[Doc]) -> dict:
    """Score on running text, tokenised anew."""
    return nlp.evaluate([Example(nlp.make_doc(doc.text), doc) for doc in references])


def number(value: float | None) -> str:
    return "   –  " if value is None else f"{value:6.3f}"


def print_scores(scores: dict[str, dict]) -> None:
    print(f"{'':12}" + "".join(f"{name:>10}" for name in scores))
    for key, layer in LAYERS.items():
        cells = [
            None if name == "news-dev" and not key.startswith("ents") else s.get(key)
            for name, s in scores.items()
        ]
        print(f"{layer:12}" + "".join(f"{number(cell):>10}" for cell in cells))
    for label in TYPES:
        cells = [(s.get("ents_per_type") or {}).get(label, {}).get("f") for s in scores.values()]
        print(f"{label:12}" + "".join(f"{number(cell):>10}" for cell in cells))


def stock_pipeline(samples: list[Doc]) -> Language:
    """Build spaCy's efficiency configuration with the same components, initialised but untrained."""
    config = init_config(lang="nb", pipeline=STOCK_PIPELINE, optimize="efficiency", silent=True)
    nlp = util.load_model_from_config(config, auto_fill=True)
    examples = [Example(nlp.make_doc(doc.text), doc) for doc in samples]
    nlp.initialize(lambda: examples)
    return nlp


def words_per_second(nlp: Language, texts: list[str]) -> float:
    words, start = 0, time.perf_counter()
    for doc in nlp.pipe(texts):
        words += sum(not token.is_space for token in doc)
    return words / (time.perf_counter() - start)


def print_speed(nlp: Language, corpus: Path, rounds: int = 3) -> None:
    texts = [doc.text for name in SETS for doc in read_docs(corpus / f"{name}.spacy", nlp)]
    stock = stock_pipeline(read_docs(corpus / "treebank-train.spacy", nlp)[:2000])
    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(words_per_second(nlp, texts))
        theirs.append(words_per_second(stock, texts))
    print(f"\nwords a second on one core, best of {rounds}: {max(ours):,.0f}")
    print(
        f"stock efficiency configuration, same run: {max(theirs):,.0f} (ratio {max(ours) / max(theirs):.2f})"
    )


def print_footprint(name: str, texts: list[str]) -> None:
    code = [str(Path(__file__).with_name(file)) for file in CODE] if Path(name).is_dir() else []
    command = [sys.executable, "-c", FOOTPRINT, name, *code]
    answer = subprocess.run(command, input="\f".join(texts), capture_output=True, text=True, check=True)
    importing, loading, memory = map(float, answer.stdout.split())
    print(f"load: {loading:.2f} s (spaCy's own import {importing:.2f} s); peak memory: {memory:.0f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("model", help="installed package or path")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--output", type=Path, help="write the scores here, as JSON")
    parser.add_argument("--no-speed", action="store_true")
    args = parser.parse_args()
    if Path(args.model).is_dir():
        for file in CODE:
            util.import_file(Path(file).stem, Path(__file__).with_name(file))
    if not args.no_speed:
        # First of all: a process inherits the peak memory of the one that starts it.
        texts = [doc.text for doc in read_docs(args.corpus / "news-dev.spacy", spacy.blank("nb"))]
        print_footprint(args.model, texts)
    nlp = spacy.load(args.model)
    scores = {name: score(nlp, read_docs(args.corpus / f"{name}.spacy", nlp)) for name in SETS}
    print_scores(scores)
    if args.output:
        args.output.write_text(json.dumps(scores, indent=1), encoding="utf8")
    if not args.no_speed:
        print_speed(nlp, args.corpus)


if __name__ == "__main__":
    main()
