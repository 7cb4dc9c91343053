"""The interactive reader as its user has it: JupyterLab in Chromium, with a kernel behind it."""

import os
import shutil
from pathlib import Path

import pytest
from conftest import ROOT

import depesje

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from notebook_picture import ARGUMENTS, CHROMIUM, choose, jupyterlab, run_all  # noqa: E402

AXE = Path(os.environ.get("AXE_CORE") or ROOT / "node_modules" / "axe-core" / "axe.min.js")
TRAIN = (
    "Toget krysset grensen\n\n"
    "Ifølge analytikere kan Nord-Korea ha titalls millioner granater. Kari Lie reiste til Oslo tirsdag.\n\n"
    "– Vi har kjøpt minst 13 mil kabel, sier statsminister Kari Lie."
)
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def notebook(tmp_path_factory):
    """A copy of the notebook beside reports of an article and of one whose title is hostile."""
    root = tmp_path_factory.mktemp("lab")
    depesje.extract(TRAIN, published="2023-09-12").save(root / "reports" / "a" / "tables")
    depesje.extract(f"{HOSTILE}\n\nNorges Bank hever renten, sier Ola Nordmann.").save(
        root / "reports" / "b" / "tables"
    )
    (root / "notebooks").mkdir()
    return Path(shutil.copy(ROOT / "notebooks" / "explore.ipynb", root / "notebooks"))


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_choices_in_a_browser(notebook, theme):
    if not CHROMIUM:
        pytest.skip("no Chromium on the path: install one, or name it by CHROMIUM")
    outside, dialogs = [], []
    with jupyterlab(notebook, theme) as address, playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1300, "height": 1000})
        page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        own = address[: address.index("/lab")]
        page.on(
            "request",
            lambda r: outside.append(r.url) if not r.url.startswith((own, "data:", "blob:")) else None,
        )
        run_all(page, address)

        def words() -> str:
            return page.locator(".reader").last.inner_text()

        assert "4 of 4 sentences" in words()
        assert page.locator(".reader .chart svg.narrow").first.is_visible()
        choose(page, "Certainty", "Possible")
        assert "1 of 4 sentences" in words()
        assert "titalls millioner granater" in words()
        assert "Kari Lie" not in words()
        page.locator(".reader a.ref").first.click()
        assert page.locator(".reader #s2").is_visible()
        if AXE.is_file():
            page.evaluate(AXE.read_text())
            found = page.evaluate("axe.run('.reader')")["violations"]
            assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == []
        choose(page, "Actor", "Kari Lie (2)")
        assert "Nothing in this article fits" in words()
        choose(page, "Article", page.get_by_label("Article", exact=True).locator("option").last.inner_text())
        page.locator(".reader", has_text="Norges Bank").last.wait_for()
        assert HOSTILE in words()
        assert page.get_by_label("Actor", exact=True).locator("option:checked").inner_text() == "all"
        browser.close()
    assert outside == []
    assert dialogs == []
