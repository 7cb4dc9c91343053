"""Write running text for pre-training the encoders, in shuffled pieces of some hundred words."""

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path

import spacy
from spacy.tokens import DocBin
from tokenize_texts import annotated_texts, norec


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
    parser.add_argument("corpus", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--copies", type=int, default=4, help="of the texts that are news")
    args = parser.parse_args()
    vocab = spacy.blank("nb").vocab
    news = [doc.text for doc in DocBin().from_disk(args.corpus / "treebank-train.spacy").get_docs(vocab)]
    for name in ("news.jsonl", "headlines-2025.jsonl"):
        news += 2 * list(pieces(annotated_texts(args.shared / "corpora" / name)))
    texts = (args.copies // 2) * news + list(pieces(norec(args.shared / "corpora/norec.txt.xz")))
    random.Random(0).shuffle(texts)
    with args.output.open("w", encoding="utf8") as out:
        out.writelines(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in texts)


if __name__ == "__main__":
    main()
