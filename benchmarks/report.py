"""How long `make report` takes for one article, beside the least that its tools take.

The floor is papermill running an empty notebook twice and nbconvert making one HTML page, as commands, in the same run.

    make bench
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat

ROUNDS = 3
ARTICLE = "data/articles/kim-putin-2023-09.txt"
BIN = Path(sys.executable).parent


def seconds(*commands: list[str]) -> float:
    """Wall time of commands run one after the other; their output is dropped."""
    start = time.perf_counter()
    for command in commands:
        subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def floor(folder: Path) -> float:
    """Papermill on an empty notebook, twice, and nbconvert to HTML."""
    empty, done = folder / "empty.ipynb", folder / "done.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("")]), empty)
    run = [str(BIN / "papermill"), "-k", "python3", "--no-progress-bar", str(empty), str(done)]
    return seconds(run, run, [str(BIN / "jupyter"), "nbconvert", "--to", "html", str(done)])


def report(folder: Path) -> float:
    """`make report` for one article that has not been built before."""
    article = folder / "kim-putin-2023-09.txt"
    shutil.copyfile(ARTICLE, article)
    return seconds(["make", "report", f"ARTICLE={article}"])


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        floors, reports = [], []
        for _ in range(ROUNDS):
            floors.append(floor(folder))
            reports.append(report(folder))
    least, ours = statistics.median(floors), statistics.median(reports)
    print(f"floor: papermill on an empty notebook twice, nbconvert to HTML   {least:6.2f} s")
    print(f"make report, one article: HTML and PDF                           {ours:6.2f} s")
    print(f"ratio (median of {ROUNDS} rounds)                                      {ours / least:6.2f}")


if __name__ == "__main__":
    main()
