"""What several test modules share: briefings built for real, once a run."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

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
