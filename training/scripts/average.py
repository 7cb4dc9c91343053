"""Average the weights of runs that started from the same ones: `average.py A B … OUTPUT`."""

import sys
from pathlib import Path
from typing import Any

import spacy
from thinc.api import Model

sys.path.insert(0, str(Path(__file__).parent.parent))
import functions  # noqa: F401


def average(models: list[Model]) -> None:
    """Put the mean of all models' weights into the first one, which has the same layers as the others."""
    for nodes in zip(*(model.walk() for model in models), strict=True):
        for name in nodes[0].param_names:
            if nodes[0].has_param(name):
                nodes[0].set_param(name, sum(node.get_param(name) for node in nodes) / len(nodes))


def main() -> None:
    *sources, output = map(Path, sys.argv[1:])
    pipelines = [spacy.load(source) for source in sources]
    for name in pipelines[0].pipe_names:
        parts: list[Any] = [pipeline.get_pipe(name) for pipeline in pipelines]
        average([part.model for part in parts])
    pipelines[0].to_disk(output)


if __name__ == "__main__":
    main()
