"""Cut the reviews of NoReC into shuffled pieces of some hundred words, for the recognisers to annotate."""

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path

from tokenize_texts import norec


def pieces(paragraphs: Iterator[str], longest: int = 1500) -> Iterator[str]:
    """Join paragraphs to pieces of about `longest` characters."""
    piece: list[str] = []
    for paragraph in paragraphs:
        if paragraph.strip():
            piece.append(paragraph.strip())
        if sum(map(len, piece)) > longest:
            yield "\n".join(piece)
            piece = []
    if piece:
        yield "\n".join(piece)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("output", type=Path)
    args = parser.parse_args()
    texts = list(pieces(norec(args.shared / "corpora/norec.txt.xz")))
    random.Random(3).shuffle(texts)
    with args.output.open("w", encoding="utf8") as out:
        out.writelines(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in texts)


if __name__ == "__main__":
    main()
