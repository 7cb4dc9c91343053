"""Annotate plain text with the names on which several recognisers agree.

A piece of text is kept if the recognisers disagree on few of its names; in it the majority holds. The student that is
trained on these and on the gold texts learns what the teachers know together, at the cost of one.
"""

import argparse
import json
import sys
from collections import Counter
from itertools import islice
from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin, Span
from spacy.util import filter_spans

sys.path.insert(0, str(Path(__file__).parent.parent))
import functions  # noqa: F401


def agreed(doc: Doc, readings: list[Doc], most_disputed: float) -> Doc | None:
    """Give `doc` the names of the majority; what is disputed is left open, and a text with much of it out."""
    votes = Counter((e.start, e.end, e.label_) for reading in readings for e in reading.ents)
    names = {span: n for span, n in votes.items() if n * 2 > len(readings)}
    disputed = {span: n for span, n in votes.items() if span not in names}
    if not names or len(disputed) > most_disputed * len(votes):
        return None
    taken = filter_spans([Span(doc, *span) for span in names])
    covered = {token.i for span in taken for token in span}
    open_tokens = sorted({i for start, end, _ in disputed for i in range(start, end)} - covered)
    doc.set_ents(taken, missing=[Span(doc, i, i + 1) for i in open_tokens])
    return doc


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("teachers", nargs="+")
    parser.add_argument("--skip", type=int, default=0)
    parser.add_argument("--limit", type=int, default=4000)
    parser.add_argument("--disputed", type=float, default=0.35)
    args = parser.parse_args()
    teachers = [spacy.load(path) for path in args.teachers]
    with args.texts.open(encoding="utf8") as lines:
        texts = [json.loads(line)["text"] for line in islice(lines, args.skip, args.skip + args.limit)]
    blank = spacy.blank("nb")
    streams = [teacher.pipe(texts, batch_size=64) for teacher in teachers]
    kept = DocBin(store_user_data=False)
    for text, *readings in zip(texts, *streams, strict=True):
        doc = agreed(blank.make_doc(text), readings, args.disputed)
        if doc is not None:
            kept.add(doc)
    kept.to_disk(args.output)
    print(f"{len(kept)} of {len(texts)} pieces kept, {sum(map(len, kept.tokens))} tokens")


if __name__ == "__main__":
    main()
