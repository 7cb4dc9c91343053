"""Write every text at hand as one token line per paragraph, for floret."""

import argparse
import json
import lzma
import multiprocessing
from collections.abc import Iterator
from pathlib import Path

import spacy
from held_out import is_held_out

NLP = spacy.blank("nb")


def norec(path: Path) -> Iterator[str]:
    with lzma.open(path, "rt", encoding="utf8") as lines:
        yield from lines


def annotated_texts(path: Path) -> Iterator[str]:
    """Texts of a JSON-lines corpus, less those kept for measuring."""
    for line in path.read_text(encoding="utf8").splitlines():
        record = json.loads(line)
        if not is_held_out(record["id"]):
            yield from record["text"].split("\n")


def treebank(path: Path) -> Iterator[str]:
    """Sentences of a treebank's training part, tokens joined by blanks."""
    for block in path.read_text(encoding="utf8").split("\n\n"):
        tokens = [line.split("\t")[1] for line in block.split("\n") if line and line[0] != "#"]
        yield " ".join(token for token in tokens if token != "|")


def tokens(lines: list[str]) -> str:
    docs = (NLP.make_doc(line.strip()) for line in lines if line.strip())
    return "".join(" ".join(t.text for t in doc if not t.is_space) + "\n" for doc in docs)


def chunks(lines: Iterator[str], size: int = 5000) -> Iterator[list[str]]:
    chunk: list[str] = []
    for line in lines:
        chunk.append(line)
        if len(chunk) == size:
            yield chunk
            chunk = []
    yield chunk


def texts(shared: Path) -> Iterator[str]:
    yield from norec(shared / "corpora/norec.txt.xz")
    for _ in range(2):
        for name in ("news.jsonl", "headlines-2025.jsonl"):
            yield from annotated_texts(shared / "corpora" / name)
        for name in ("nob-train.conll", "nno-train.conll"):
            yield from treebank(shared / "norne" / name)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("output", type=Path)
    args = parser.parse_args()
    with args.output.open("w", encoding="utf8") as out, multiprocessing.Pool(2) as pool:
        for text in pool.imap(tokens, chunks(texts(args.shared))):
            out.write(text)


if __name__ == "__main__":
    main()
