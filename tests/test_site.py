"""The index of all briefings and its feed."""

from xml.etree import ElementTree

import pytest

import depesje
from depesje import site
from depesje.article import ArticleError


@pytest.fixture
def reports(tmp_path):
    for slug, text, published in (
        ("rente", "Renten opp & <b>ned</b>\n\nNorges Bank hever renten, sier Kari Lie.", "2024-03-21"),
        ("regn", "Regn\n\nDet regner i Bergen.", None),
    ):
        folder = tmp_path / slug
        depesje.extract(text, published=published).save(folder / "tables")
        (folder / "briefing.html").write_text("<!doctype html>")
        (folder / "briefing.pdf").write_text("%PDF")
    (tmp_path / "rente" / "tables.xlsx").write_text("PK")
    (tmp_path / "half").mkdir()
    return tmp_path


def test_newest_first_and_only_what_is_whole(reports):
    assert [(entry.slug, entry.published) for entry in site.entries(reports)] == [
        ("rente", "2024-03-21"),
        ("regn", ""),
    ]


def test_page_links_each_briefing_and_escapes(reports):
    page = site.build(reports).read_text()
    assert 'href="rente/briefing.html"' in page
    assert 'href="regn/briefing.pdf"' in page
    assert "Renten opp &amp; &lt;b&gt;ned&lt;/b&gt;" in page
    assert "Norges Bank" in page
    assert "21 March 2024" in page
    assert "2 briefings" in page


def test_page_links_the_files_that_are_there(reports):
    page = site.build(reports).read_text()
    assert 'href="rente/tables.xlsx" aria-label="Excel: Renten opp &amp; &lt;b&gt;ned&lt;/b&gt;"' in page
    assert "regn/tables.xlsx" not in page
    assert "briefing.jsonld" not in page


def test_page_in_norwegian(reports):
    page = site.build(reports, "nb").read_text()
    assert "Briefer om norske nyheter" in page
    assert "Publiseringsdato ikke kjent" in page


def test_feed_is_atom(reports):
    site.build(reports)
    feed = ElementTree.parse(reports / "feed.xml").getroot()
    space = f"{{{site.ATOM}}}"
    entries = feed.findall(f"{space}entry")
    assert [entry.findtext(f"{space}title") for entry in entries] == ["Renten opp & <b>ned</b>", "Regn"]
    assert entries[0].findtext(f"{space}updated") == "2024-03-21T00:00:00Z"
    assert len({entry.findtext(f"{space}id") for entry in entries}) == 2


def test_same_bytes_again(reports):
    first = site.build(reports).read_bytes()
    assert site.build(reports).read_bytes() == first


def test_no_briefing_yet(tmp_path):
    assert "run make report" in site.build(tmp_path).read_text()


def test_no_such_folder(tmp_path):
    with pytest.raises(ArticleError, match="make report"):
        site.build(tmp_path / "reports")
