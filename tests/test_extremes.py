"""Articles at the edges, by the real pipeline and notebook: none, one or sixty of everything, long words, scripts."""

import re
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

import depesje
from depesje import render

FIRST = "Kari Ola Åse Per Siv Nils Berit Knut Eli Tor Anne Lars Ida Jon Marit Odd Liv Geir Tone Rolf".split()  # noqa: SIM905
PEOPLE = [f"{first} {last}" for last in ("Nilsen", "Moe", "Vik") for first in FIRST]
LONG_NAME = "Interkommunalt Samarbeidsutvalg for Havneforvaltning og Fiskerirettleiing i Ytre Nord"
HEADING = "Utvalget svarer på spørsmål om havna " * 8
TEXTS = {
    "nothing": "Det regner.\n\nDet regner fortsatt, og det blåser.",
    "one": "Båten sank\n\nKari Nilsen sier at 40 båter sank i 2019.",
    "sixty": "Mange snakker\n\n"
    + "\n\n".join(
        f"{name} sier at {n * 7 + 3} båter sank i {1950 + n}. Det kostet {n + 2} millioner kroner."
        for n, name in enumerate(PEOPLE, 1)
    ),
    "only a title": "Bare en tittel",
    "long heading": f"{HEADING.strip()}\n\nKari Nilsen kom til Oslo tirsdag.\n\n{HEADING.strip()}\n\nHun dro onsdag.",
    "long names": f"{LONG_NAME} sier at 40 båter sank. {LONG_NAME} møtte Kari Nilsen. Kari Nilsen møtte Ola Moe.",
    "endless word": f"Prisen på {'havne' * 40} er 5000 kroner, sier {'Ø' * 200}. {'Æ' * 200} møtte Kari Nilsen.",
    "scripts": "Krigen i Україна og 日本\n\nKari Nilsen møtte 習近平 i Αθήνα. «سلام», sier Ola Moe i 평양 og ไทย.",
}
CASES = [(name, language) for name in TEXTS for language in ("en", "nb")]


@pytest.fixture(scope="module")
def notebooks(brief_on):
    """The executed notebook of each text in each language."""
    return {(name, language): brief_on(TEXTS[name], language=language) for name, language in CASES}


@pytest.fixture(scope="module")
def pages(notebooks):
    """The pages as HTML."""
    return {
        case: render.BriefingHTMLExporter().from_notebook_node(node)[0] for case, node in notebooks.items()
    }


@pytest.fixture(scope="module")
def papers(notebooks, tmp_path_factory):
    """The documents as PDF."""
    folder = tmp_path_factory.mktemp("papers")
    return {
        case: PdfReader(render.to_pdf(node, folder / f"{number}.pdf"))
        for number, (case, node) in enumerate(notebooks.items())
    }


def body_of(page: str) -> BeautifulSoup:
    body = BeautifulSoup(page.partition("<body>")[2].partition("<script>")[0], "html.parser")
    for svg in body("svg"):  # one of two is shown, and its words are the table's
        svg.decompose()
    return body


@pytest.mark.parametrize(("name", "least"), [("nothing", 0), ("one", 1), ("sixty", 60)])
def test_the_texts_hold_so_many(name, least):
    found = depesje.extract(TEXTS[name], published="2023-09")
    for table in (found.actors, found.quantities, found.statements, found.dates):
        assert len(table) == least if least < 2 else len(table) >= least


@pytest.mark.parametrize("case", CASES, ids="-".join)
def test_no_section_is_empty(pages, case):
    body = body_of(pages[case])
    blocks = [
        block for part in body.select(".findings, section.source") for block in part.find_all(recursive=False)
    ]
    for block, following in pairwise(blocks):
        if block.name in ("h2", "h3"):
            assert following.name not in ("h2", "h3"), block
    assert blocks[-1].name not in ("h2", "h3")
    for element in body.select(
        "p, h1, h2, h3, caption, figcaption, blockquote, dt, dd, li, q, tbody, dl, ul"
    ):
        assert element.get_text(strip=True), element


@pytest.mark.parametrize("case", CASES, ids="-".join)
def test_one_is_singular(pages, case):
    text = body_of(pages[case]).get_text(" ")
    plurals = {
        "en": "claims|amounts|actors|dates|people|words|sentences|sources|times|rows|days|topics|topics",
        "nb": "påstander|mengder|aktører|datoer|personer|setninger|kilder|ganger|rader|dager",
    }[case[1]]
    assert not re.search(rf"(?<![\d.,–])\b(1|[Oo]ne|[ÉéEe]n|[Ee]tt) ({plurals})\b", text)


@pytest.mark.parametrize("case", CASES, ids="-".join)
def test_no_dash_as_long_as_an_m(pages, case):
    assert "—" not in body_of(pages[case]).get_text()


@pytest.mark.parametrize("case", CASES, ids="-".join)
def test_every_chart_has_its_message_and_its_numbers(pages, case):
    figures = BeautifulSoup(pages[case], "html.parser").select("figure.chart")
    assert bool(figures) == (case[0] not in ("nothing", "one", "only a title"))
    for figure in figures:
        message = figure.figcaption.get_text()
        for svg in figure("svg"):
            assert svg["aria-label"].startswith(f"{message}. ")
            assert re.search(r"\d", svg["aria-label"].removeprefix(message))
        assert {svg["class"][0] for svg in figure("svg")} == {"wide", "narrow"}
        assert len(figure.select("details tbody tr")) >= 1


@pytest.mark.parametrize("case", CASES, ids="-".join)
def test_the_whole_text_is_on_the_paper(papers, case):
    shown = "".join("".join(page.extract_text() for page in papers[case].pages).split()).replace("\u200b", "")
    for word in TEXTS[case[0]].split():
        if word.isascii():
            assert word in shown


@pytest.mark.parametrize("case", CASES, ids="-".join)
def test_no_heading_ends_a_page(papers, case):
    # 62 points of margin, and three lines of text at least.
    for entry in papers[case].outline:
        for heading in entry if isinstance(entry, list) else [entry]:
            assert heading.top > 62 + 36, heading.title


@pytest.mark.parametrize("language", ["en", "nb"])
def test_scripts_are_set_or_said_to_be_missing(papers, language):
    shown = "".join(page.extract_text() for page in papers["scripts", language].pages)
    for word in ("Україна", "Αθήνα", "日本", "習近平", "평양"):
        assert word in shown
    assert {"en": "3 characters of this text", "nb": "3 tegn i denne teksten"}[language] in shown
    plain = "".join(page.extract_text() for page in papers["one", language].pages)
    assert "□" not in plain


def test_other_texts_ask_for_no_other_faces(papers):
    fonts = {
        font
        for page in papers["sixty", "en"].pages
        for font in (page["/Resources"]["/Font"].get_object() if "/Font" in page["/Resources"] else {})
        if "Noto" in str(page["/Resources"]["/Font"][font].get_object()["/BaseFont"])
    }
    assert not fonts


@pytest.mark.parametrize("lines", range(20, 44, 3))
def test_a_short_table_is_not_cut(lines, tmp_path):
    from test_render import notebook

    from depesje.display import Column, Line, Masthead, Prose, Row, Table

    filler = Prose(tuple((Line("Linje."),) for _ in range(lines)))
    rows = tuple(Row((f"Rad {n}", "Verdi")) for n in range(9))
    table = Table("t", "En liten tabell", (Column("Navn"), Column("Verdi")), rows, note="En merknad")
    reader = PdfReader(render.to_pdf(notebook(Masthead("Kari"), filler, table), tmp_path / "x.pdf"))
    (page,) = [page.extract_text() for page in reader.pages if "Rad 0" in page.extract_text()]
    assert "En liten tabell" in page
    assert "Rad 8" in page


def test_no_word_runs_into_the_next_column(tmp_path):
    from test_render import notebook

    from depesje.display import Column, Masthead, Row, Table

    columns = (
        Column("Source", "name", 2),
        Column("Claim", "quote", 5),
        Column("Cue", "quote", 1),
        Column("Also said by", width=2),
        Column("Of what", width=3),
    )
    long = "noe som er langt nok til å fylle sin kolonne helt ut og mere til"
    rows = (Row((f"Kari {long}", long, "oppfordringer der det", f"Ola {long}", long), (0,)),)
    node = notebook(Masthead("Kari"), Table("t", "Claims", columns, rows))
    (page,) = PdfReader(render.to_pdf(node, tmp_path / "x.pdf")).pages
    places: dict[str, float] = {}

    def keep(text: str, page_matrix: list, matrix: list, _font: object, _size: float) -> None:
        places[text.strip()] = page_matrix[0] * matrix[4] + page_matrix[2] * matrix[5] + page_matrix[4]

    page.extract_text(visitor_text=keep)
    cue = next(x for text, x in places.items() if text.startswith("oppfordringer"))
    # Thirteen letters of Source Serif at 8.6 points are 57 points wide.
    assert places["Ola"] - cue > 57
