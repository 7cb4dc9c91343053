"""Score the extraction on the development set beside articles that it was not made on.

    python benchmarks/extraction.py ../shared

`extraction_studied.jsonl` holds eight articles whose misses were read while statements were mended,
`extraction_unread.jsonl` ten that nobody who works on the program has read. Both were annotated by readers who had not
seen it. The texts lie in `../shared`: each line names a text of `corpora/news.jsonl`, or sentences of the treebank's
development part. Strings that stand in the text (names, speakers, cues, items) are given as `[start, end]` in it.
"""

import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.append(str(HERE.parent / "training" / "scripts"))

from convert import spacing  # noqa: E402
from ndt import Token, read_treebank  # noqa: E402

SETS = ("studied", "unread")
STRINGS = ("text", "name", "speaker", "cue", "item")


def running_text(sentences: list[list[Token]]) -> str:
    """Treebank sentences as running text: headings and dash quotes begin a paragraph."""
    text = ""
    for sentence in sentences:
        is_heading = sentence[-1].text == "|"
        tokens = sentence[:-1] if is_heading else sentence
        words = zip(tokens, spacing(tokens), strict=True)
        line = "".join(token.text + " " * blank for token, blank in words).strip()
        if text and (is_heading or line[0] in "-–"):
            text = text.rstrip() + "\n\n"
        text += line + ("\n\n" if is_heading else " ")
    return text.strip() + "\n"


@cache
def news(path: Path) -> dict[str, str]:
    return {r["id"]: r["text"] for r in map(json.loads, path.read_text(encoding="utf8").splitlines())}


@cache
def treebank(path: Path) -> dict[str, list[list[Token]]]:
    return read_treebank(path.read_text(encoding="utf8"))


def text_of(source: dict[str, Any], shared: Path) -> str:
    if "news" in source:
        return news(shared / "corpora/news.jsonl")[source["news"]]
    start, end = source["sentences"]
    document = treebank(shared / "norne" / source["treebank"])[source["document"]]
    return running_text(document[start:end])


def filled(value: Any, text: str) -> Any:
    """Put the strings in that stand in the text."""
    if isinstance(value, list):
        return [filled(entry, text) for entry in value]
    if not isinstance(value, dict):
        return value
    return {
        key: text[slice(*entry)] if key in STRINGS and isinstance(entry, list) else filled(entry, text)
        for key, entry in value.items()
    }


def articles(path: Path, shared: Path) -> Iterator[dict[str, Any]]:
    """The annotated articles of a file, as `gold/GUIDELINES.md` writes them."""
    for record in map(json.loads, path.read_text(encoding="utf8").splitlines()):
        text = text_of(record.pop("source"), shared)
        if hashlib.sha256(text.encode()).hexdigest() != record.pop("sha256"):
            raise SystemExit(
                f"{path.name}: the text of {record['id']} in {shared} is another one than was annotated."
            )
        yield {**filled(record, text), "text": text}


def main() -> None:
    if len(sys.argv) != 2:
        raise SystemExit("Name the folder of the corpora: python benchmarks/extraction.py ../shared")
    shared = Path(sys.argv[1])
    score = [sys.executable, str(shared / "gold/score.py")]
    print("development", flush=True)
    subprocess.run([*score, *sorted(map(str, (shared / "gold/dev").glob("*.json")))], check=True)
    for name in SETS:
        with tempfile.TemporaryDirectory() as folder:
            paths = []
            for article in articles(HERE / f"extraction_{name}.jsonl", shared):
                paths.append(Path(folder) / f"{article['id']}.json")
                paths[-1].write_text(json.dumps(article, ensure_ascii=False), encoding="utf8")
            print(f"\n{name}", flush=True)
            subprocess.run([*score, *map(str, paths)], check=True)


if __name__ == "__main__":
    main()
