"""Take the pictures of a briefing that the README shows: the page in light and dark, the first page of the PDF.

    make report
    .venv/bin/python docs/pictures.py

The browser is Chromium, found on the path or named by the variable ``CHROMIUM``; the PDF is drawn by pdftoppm, of
poppler-utils. ``docs/notebook_picture.py`` takes that of the notebook.
"""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "reports" / "kim-putin-2023-09"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
#: Dots an inch of the PDF's page.
RESOLUTION = 75


def main() -> None:
    parser = argparse.ArgumentParser(description="Take the pictures of a briefing that the README shows.")
    parser.add_argument("--report", type=Path, default=SAMPLE, help="the folder of the briefing")
    parser.add_argument("--to", type=Path, default=ROOT / "docs", help="where the pictures go")
    options = parser.parse_args()
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for name, scheme in (("briefing", "light"), ("briefing-dark", "dark")):
            page(browser, options.report / "briefing.html", scheme, options.to / f"{name}.png")
        browser.close()
    paper(options.report / "briefing.pdf", options.to / "pdf.png")


def page(browser: Browser, html: Path, scheme: str, picture: Path) -> None:
    """The beginning of a page in the light or the dark colours."""
    shown = browser.new_page(
        viewport={"width": 1300, "height": 1000}, color_scheme=scheme, reduced_motion="reduce"
    )
    shown.goto(html.resolve().as_uri())
    shown.evaluate("document.fonts.ready")
    shown.screenshot(path=picture)
    shrink(picture)


def paper(pdf: Path, picture: Path) -> None:
    """The first page of a PDF."""
    command = ["pdftoppm", "-r", str(RESOLUTION), "-f", "1", "-l", "1", "-png", "-singlefile"]
    subprocess.run([*command, str(pdf), str(picture.with_suffix(""))], check=True)
    shrink(picture)


def shrink(picture: Path) -> None:
    """Store a picture in fewer bytes."""
    with Image.open(picture) as opened:
        plain = opened.convert("RGB")
    plain.save(picture, optimize=True)
    print(picture)


if __name__ == "__main__":
    sys.exit(main())
