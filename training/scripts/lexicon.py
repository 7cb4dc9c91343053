"""Collect from the treebank which lemma a word form has, by part of speech and written standard.

The table goes into the lemmatizer: the trees that it has learned decide for words that are not in it.
"""

import argparse
import json
import math
from collections import Counter, defaultdict
from pathlib import Path

from ndt import read_treebank

STANDARDS = ("nob", "nno")
CLOSED = {"SPACE", "PUNCT", "SYM", "X", "PROPN", "NUM"}


def counts(path: Path) -> tuple[dict[str, Counter], Counter]:
    """Count lemmas by part of speech and form, and forms."""
    lemmas: dict[str, Counter] = defaultdict(Counter)
    forms: Counter = Counter()
    for sentences in read_treebank(path.read_text(encoding="utf8")).values():
        for token in (token for sentence in sentences for token in sentence):
            form = token.text.lower()
            forms[form] += 1
            if (
                token.pos not in CLOSED
                and form.replace("-", "").isalpha()
                and token.lemma == token.lemma.lower()
            ):
                lemmas[f"{token.pos} {form}"][token.lemma] += 1
    lemmas.update(last_parts(lemmas))
    return lemmas, forms


def last_parts(lemmas: dict[str, Counter], shortest: int = 5) -> dict[str, Counter]:
    """Learn from compounds the forms of their last part that don't stand alone: `ministrene`."""
    known = {(key.partition(" ")[0], lemma) for key, found in lemmas.items() for lemma in found}
    parts: dict[str, Counter] = defaultdict(Counter)
    for key, found in lemmas.items():
        pos, _, form = key.partition(" ")
        for lemma, n in found.items():
            for start in range(2, len(lemma) - shortest + 1):
                part = f"{pos} {form[start:]}"
                if form[:start] == lemma[:start] and (pos, lemma[start:]) in known and part not in lemmas:
                    parts[part][lemma[start:]] += n
    return parts


def settled(lemmas: Counter, share: float) -> str | None:
    lemma, n = lemmas.most_common(1)[0] if lemmas else ("", 0)
    return lemma if n and n >= share * sum(lemmas.values()) else None


def weights(forms: list[Counter], least: int) -> dict[str, float]:
    """Weigh frequent words by how much more often they stand in the second standard than in the first."""
    totals = [sum(f.values()) for f in forms]
    frequent = {form for f in forms for form, n in f.items() if n >= least and form.isalpha()}
    ratios = {
        w: math.log((forms[1][w] + 1) / totals[1]) - math.log((forms[0][w] + 1) / totals[0]) for w in frequent
    }
    return {word: round(ratio, 2) for word, ratio in sorted(ratios.items()) if abs(ratio) > 1.5}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("norne", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--share", type=float, default=0.9)
    args = parser.parse_args()
    counted = [counts(args.norne / f"{standard}-train.conll") for standard in STANDARDS]
    table = {}
    for key in sorted({key for lemmas, _ in counted for key in lemmas}):
        of_standards = [settled(lemmas[key], args.share) if key in lemmas else "" for lemmas, _ in counted]
        # An empty string: the standard has no such form. Nothing: it has, but its lemma isn't settled.
        table[key] = of_standards
    standard = weights([forms for _, forms in counted], 25)
    lexicon = {"lemmas": table, "standard": standard}
    args.output.write_text(json.dumps(lexicon, ensure_ascii=False, separators=(",", ":")), encoding="utf8")
    print(f"{len(table)} forms, {len(standard)} words that tell the standard")


if __name__ == "__main__":
    main()
