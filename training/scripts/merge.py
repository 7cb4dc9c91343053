"""Join binary corpora: `merge.py A B … OUTPUT`."""

import sys
from pathlib import Path

from spacy.tokens import DocBin


def main() -> None:
    *sources, output = map(Path, sys.argv[1:])
    merged = DocBin().from_disk(sources[0])
    for source in sources[1:]:
        merged.merge(DocBin().from_disk(source))
    merged.to_disk(output)


if __name__ == "__main__":
    main()
