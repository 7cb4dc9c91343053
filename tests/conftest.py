"""What several test modules share: briefings built for real, once a run."""

from pathlib import Path

import pytest

from depesje import report

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
