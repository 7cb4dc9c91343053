"""What several test modules share: briefings built for real, once a run."""

import os
from pathlib import Path
from unittest import mock

import nbformat
import pytest
from hypothesis import settings
from nbformat.v4 import new_code_cell, new_notebook, new_output

import depesje
from depesje import report

# The same examples in every run, on machines of any speed; HYPOTHESIS_PROFILE=explore looks for new ones.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None, max_examples=500)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "data" / "articles" / "kim-putin-2023-09.txt"


@pytest.fixture(scope="session")
def build(tmp_path_factory):
    """Build a briefing by papermill into a folder of its own: ``build(path, published=…, language=…)``."""

    def run(article: Path, **options) -> Path:
        reports = tmp_path_factory.mktemp("reports")
        return report.build(article, reports=reports, notebooks=ROOT / "notebooks", **options)

    return run


@pytest.fixture(scope="session")
def sample(build):
    """The folder of the bundled article's briefing."""
    return build(SAMPLE)


@pytest.fixture(scope="session")
def norwegian_sample(build):
    """The folder of the bundled article's briefing in Norwegian."""
    return build(SAMPLE, language="nb")


@pytest.fixture(scope="session")
def brief_on(tmp_path_factory):
    """The briefing notebook of a text, as if executed, its cells run here: ``brief_on(text, language=…)``."""

    folders: dict[tuple[str, str], Path] = {}

    def extracted(text: str, published: str) -> Path:
        if (text, published) not in folders:
            folder = folders[text, published] = tmp_path_factory.mktemp("briefing")
            (folder / "sak.txt").write_text(text, encoding="utf-8")
            depesje.extract(text, published=published).save(folder / "tables")
        return folders[text, published]

    def run(text: str, *, published: str = "2023-09", language: str = "en") -> nbformat.NotebookNode:
        folder = extracted(text, published)
        given = {
            "article": str(folder / "sak.txt"),
            "published": published,
            "tables": str(folder / "tables"),
            "language": language,
        }
        names: dict[str, object] = {}
        shown: list[object] = []
        with mock.patch("IPython.display.display", lambda *displays: shown.extend(displays)):
            for cell in nbformat.read(ROOT / "notebooks" / "02_briefing.ipynb", as_version=4).cells:
                if cell.cell_type == "code":
                    exec(cell.source, names)
                    names |= given if "parameters" in cell.metadata.get("tags", []) else {}
        outputs = [new_output("display_data", data=display._repr_mimebundle_()) for display in shown]
        return new_notebook(cells=[new_code_cell("", outputs=[output]) for output in outputs])

    return run
