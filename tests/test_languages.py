"""A third language is one file: a catalogue that is dropped into the package gives a briefing in it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from bs4 import BeautifulSoup
from conftest import ROOT, SAMPLE
from pypdf import PdfReader
from test_messages import messages

#: What the made-up translation puts before each message: a text without it was never translated.
MARK = "¤"


def catalogue(path: Path) -> None:
    """Write a Swedish catalogue whose messages are the English ones with a mark."""
    made = Catalog(locale="sv_SE")
    for message in messages():
        made.add(message, tuple(MARK + m for m in message) if isinstance(message, tuple) else MARK + message)
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_po(file, made)


@pytest.fixture(scope="module")
def swedish(tmp_path_factory) -> Path:
    """The sample's briefing by the package as it is, but for one more catalogue."""
    folder = tmp_path_factory.mktemp("swedish")
    package = folder / "src" / "depesje"
    package.mkdir(parents=True)
    for part in (ROOT / "src" / "depesje").iterdir():
        if part.name != "locale":
            (package / part.name).symlink_to(part)
    shutil.copytree(ROOT / "src" / "depesje" / "locale", package / "locale")
    (folder / "notebooks").symlink_to(ROOT / "notebooks")
    catalogue(package / "locale" / "sv" / "LC_MESSAGES" / "depesje.po")
    command = [
        sys.executable,
        "-m",
        "depesje.report",
        str(SAMPLE),
        "--language",
        "sv",
        "--published",
        "2023-09-12",
    ]
    done = subprocess.run(
        [*command, "--reports", "reports", "--notebooks", "notebooks"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder / "reports" / SAMPLE.stem


@pytest.fixture(scope="module")
def page(swedish) -> BeautifulSoup:
    return BeautifulSoup((swedish / "briefing.html").read_text(), "html.parser")


def test_the_page_and_the_paper_are_in_it(swedish, page):
    assert page.html["lang"] == "sv"
    reader = PdfReader(swedish / "briefing.pdf")
    assert reader.root_object["/Lang"].startswith("sv")
    _title, sections = reader.outline
    assert all(MARK in entry.title for entry in sections)


@pytest.mark.parametrize(
    "selector",
    [
        "h2",
        ".kicker",
        ".skip",
        "nav li",
        ".prose p",
        "caption",
        "th[scope=col]",
        ".certainty",
        ".actor-type",
        "figcaption",
        "summary",
        "p.note",
        ".key li",
        ".found b",
        "svg.wide",
        "table[data-filter]",
    ],
)
def test_every_message_is_translated(page, selector):
    found = page.select(selector)
    assert found
    for element in found:
        if element.find_parent("blockquote") or element.find("blockquote") or element.select("q"):
            continue  # the article's own words
        words = element.get("aria-label") or element.get("data-filter") or element.get_text()
        assert MARK in words, element


def test_dates_numbers_and_countries_are_its_own(page):
    text = page.get_text(" ")
    assert "12 september 2023" in text
    assert "10–99 miljoner" in text
    assert "Nordkorea" in text
    assert "North Korea" not in text


def test_norwegian_words_are_marked_as_foreign(page):
    assert page.select("td i[lang=nb], p i[lang=nb], .key-figures q[lang=nb]")


def test_what_a_catalogue_lacks_stays_english(tmp_path):
    code = "from depesje.messages import LOCALES, translator as t; print(LOCALES, t('sv').gettext('Actors'))"
    package = tmp_path / "depesje"
    package.mkdir()
    for part in (ROOT / "src" / "depesje").iterdir():
        if part.name != "locale":
            (package / part.name).symlink_to(part)
    file = package / "locale" / "sv" / "LC_MESSAGES" / "depesje.po"
    file.parent.mkdir(parents=True)
    file.write_text('msgid ""\nmsgstr "Language: sv_SE\\n"\n\nmsgid "Claims"\nmsgstr "Utsagor"\n')
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "{'en': 'en_GB', 'sv': 'sv_SE'} Actors"


def test_messages_have_no_long_dash():
    for message in messages():
        for text in message if isinstance(message, tuple) else (message,):
            assert not re.search("—|--| – ", text)
