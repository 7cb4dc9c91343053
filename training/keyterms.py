"""Count how often words are used in general Norwegian: the background of the key terms.

    python training/keyterms.py ../shared/corpora/norec.txt.xz ../shared/norne/nno-train.conll

The reviews of NoReC are nearly all Bokmål, so the Nynorsk words of NorNE are counted as well, at a third
of the whole. Writes `src/depesje/lexicon/background.txt`: stems and their uses per million words.
"""

import lzma
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from depesje.keyterms import WORD, stem

BACKGROUND = Path(__file__).parents[1] / "src" / "depesje" / "lexicon" / "background.txt"
#: Of the reviews, one paragraph in this many is read.
_EVERY = 12
_LOWEST_PER_MILLION = 1.0


def count(lines: Iterable[str]) -> Counter[str]:
    """Count stems."""
    counts: Counter[str] = Counter()
    for line in lines:
        counts.update(stem(word) for word in WORD.findall(line))
    return counts


def reviews(path: Path) -> Iterable[str]:
    with lzma.open(path, "rt", encoding="utf-8") as file:
        yield from (line for number, line in enumerate(file) if number % _EVERY == 0)


def tokens(path: Path) -> Iterable[str]:
    """The words of a CoNLL-U file."""
    with path.open(encoding="utf-8") as file:
        yield from (line.split("\t")[1] for line in file if line[:1].isdigit())


def main(norec: str, norne: str) -> None:
    bokmål, nynorsk = count(reviews(Path(norec))), count(tokens(Path(norne)))
    sizes = bokmål.total(), nynorsk.total()
    shares = {
        word: (2 * bokmål[word] / sizes[0] + nynorsk[word] / sizes[1]) / 3 * 1e6
        for word in bokmål.keys() | nynorsk.keys()
        if bokmål[word] + nynorsk[word] > 1 and not word[0].isdigit()
    }
    kept = {word: share for word, share in shares.items() if share >= _LOWEST_PER_MILLION}
    lines = [
        f"{word} {share:.3g}" for word, share in sorted(kept.items(), key=lambda item: (-item[1], item[0]))
    ]
    BACKGROUND.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{sizes[0]} + {sizes[1]} words, {len(kept)} stems, {BACKGROUND.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main(*sys.argv[1:3])
