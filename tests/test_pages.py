"""Briefings in a real browser: no error, no request, every reference lands, tables and evidence respond.

The browser is Chromium, found on the path or named by the variable ``CHROMIUM``. The accessibility check
needs axe-core (``npm install axe-core``), found in ``node_modules`` or named by ``AXE_CORE``.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT
from test_extremes import TEXTS
from test_render import HOSTILE, displays, notebook

from depesje import render
from depesje.display import (
    Cell,
    Column,
    Heading,
    KeyFigure,
    KeyFigures,
    Line,
    Mark,
    Masthead,
    Prose,
    Provenance,
    Row,
    Sentence,
    SourceText,
    Table,
)

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
AXE = Path(os.environ.get("AXE_CORE") or ROOT / "node_modules" / "axe-core" / "axe.min.js")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NAMES = ["Kari", "Ola", "Åse", "Per", "Siv", "Nils", "Berit", "Knut", "Eli", "Tor"]
TEXT = "\n".join(f"{name} kom med {number * 10} kroner." for number, name in enumerate(NAMES, 1))


def briefing(language: str) -> list:
    """Ten people with an amount each, one a sentence."""
    lines = TEXT.split("\n")
    starts = [sum(len(line) + 1 for line in lines[:i]) for i in range(len(lines))]
    sentences = tuple(Sentence(i, start, start + len(lines[i]), i) for i, start in enumerate(starts))
    actors = tuple(
        Mark(s, s + len(n), "actor", f"actor-{i}", n)
        for i, (s, n) in enumerate(zip(starts, NAMES, strict=True))
    )
    claims = tuple(Mark(s, s + 8, "statement", f"actor-{i}", "claim") for i, s in enumerate(starts))
    amounts = tuple(
        Row(
            (Cell(name, detail="a second line"), "PER", Cell(f"{i * 10:,} kr", sort=i * 10), "likely"),
            (i - 1,),
            f"actor-{i - 1}",
        )
        for i, name in enumerate(NAMES, 1)
    )
    columns = (
        Column("Name", "name"),
        Column("Type", "type"),
        Column("Sum", "number"),
        Column("Sure", "certainty"),
    )
    return [
        Masthead(
            "Ti mennesker kom med kroner",
            language,
            kicker="Briefing",
            standfirst="Hvem",
            facts=(("Published", "2023"),),
        ),
        Prose(
            ((Line("Ten people came.", (0, 9)), Line("Kari kom.", (0,), quoted=True)),),
            language,
            style="lead",
        ),
        KeyFigures(
            (KeyFigure("10", "people", (0,)), KeyFigure("100 kr", "the most", (9,), "«100 kroner»")), language
        ),
        Heading("actors", "Actors"),
        Table("people", "Everyone", columns, amounts, language, note="A note"),
        SourceText(TEXT, sentences, actors + claims, language=language),
        Heading("method", "Method"),
        Provenance((("SHA-256", "0" * 64),)),
    ]


@pytest.fixture(scope="module")
def browser(tmp_path_factory) -> Iterator:
    """Headless Chromium with a profile of its own."""
    if not CHROMIUM:
        pytest.skip("no Chromium on the path: install one, or name it by CHROMIUM")
    with playwright.sync_playwright() as driver:
        context = driver.chromium.launch_persistent_context(
            tmp_path_factory.mktemp("profile"), executable_path=CHROMIUM, args=ARGUMENTS, headless=True
        )
        yield context
        context.close()


@pytest.fixture
def visit(browser, tmp_path):
    """Open a page and fail at any console message, error or request."""
    complaints: list[str] = []
    page = browser.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: complaints.append(dialog.message))

    def run(source: Path | list, *, width: int = 1440, scheme: str = "light", fragment: str = ""):
        path = source if isinstance(source, Path) else render.to_html(notebook(*source), tmp_path / "x.html")
        own = path.as_uri()
        page.on(
            "request", lambda r: complaints.append(r.url) if not r.url.startswith((own, "data:")) else None
        )
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.goto(own + fragment)
        return page

    yield run
    page.close()
    assert complaints == []


@pytest.fixture(params=["small", "sample"])
def source(request):
    """A small briefing, and the bundled article's."""
    return briefing("en") if request.param == "small" else request.getfixturevalue("sample") / "briefing.html"


def test_every_link_lands(visit, source):
    page = visit(source)
    missing = page.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.hash.slice(1))"
        ".filter(id => !document.getElementById(id))"
    )
    assert missing == []
    assert page.locator("a.ref").count() > 5


#: What is clipped: it sticks out of the page to the right, or of something around it that scrolls.
CLIPPED = """() => [...document.querySelectorAll('.page *')]
    .filter((e) => !e.closest('svg') && e.checkVisibility())
    .filter((e) => {
        let edge = innerWidth;
        if (getComputedStyle(e.closest('thead') ?? e).clipPath !== 'none') return false;  // for screen readers
        for (let around = e.parentElement; around; around = around.parentElement) {
            if (around !== document.body && getComputedStyle(around).overflowX !== 'visible') {
                edge = Math.min(edge, around.getBoundingClientRect().right);
            }
        }
        return e.getBoundingClientRect().right > edge + 1;
    }).map((e) => e.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1440])
def test_no_sideways_scroll(visit, source, width, scheme):
    page = visit(source, width=width, scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(CLIPPED) == []


@pytest.mark.parametrize("language", ["en", "nb"])
@pytest.mark.parametrize("name", TEXTS)
def test_articles_at_the_edges_stay_on_the_page(visit, brief_on, tmp_path, name, language):
    path = render.to_html(brief_on(TEXTS[name], language=language), tmp_path / "edge.html")
    for width in (360, 768, 1440):
        page = visit(path, width=width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width
        assert page.evaluate(CLIPPED) == [], width


@pytest.mark.parametrize("width", [360, 1440])
def test_endless_words_stay_on_the_page(visit, width):
    page = visit(displays("Æ" * 300), width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_shown_as_text(visit, hostile):
    page = visit(displays(hostile))
    assert page.locator("h1").inner_text() == hostile
    assert page.title() == hostile
    assert page.locator("#s1 p").inner_text() == hostile


def test_dark_page_has_dark_charts(visit):
    page = visit(displays("Kari"), scheme="dark")
    fill = page.evaluate("getComputedStyle(document.querySelector('.chart text')).fill")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert sum(map(int, fill[4:-1].split(","))) > 600
    assert sum(map(int, paper[4:-1].split(","))) < 150


@pytest.mark.parametrize("width", [390, 1440])
def test_the_map_fits_its_column_and_leads_to_its_evidence(visit, sample, width):
    page = visit(sample / "briefing.html", width=width)
    figure = page.locator("#figure-map")
    assert figure.locator("svg:visible").count() == 1
    drawing, around = figure.locator("svg:visible").bounding_box(), figure.bounding_box()
    assert drawing["width"] <= around["width"]
    assert "Vladivostok" in figure.locator("svg:visible").get_attribute("aria-label")
    figure.locator("summary").click()
    figure.locator("tr", has_text="Vladivostok").first.locator("a.ref").first.click()
    assert "Vladivostok" in page.locator(page.evaluate("location.hash")).inner_text()


def test_faces_are_the_pages_own(visit):
    page = visit(briefing("en"))
    assert (
        page.evaluate(
            "document.fonts.ready.then(fonts => [...fonts].filter(f => f.status === 'loaded').length)"
        )
        >= 3
    )


def test_tables_sort(visit):
    page = visit(briefing("en"))

    def names() -> list[str]:
        return page.locator("#people tbody th").all_inner_texts()

    name, total = page.locator("#people thead button").nth(0), page.locator("#people thead button").nth(2)
    total.click()
    total.click()
    assert names()[0].startswith("Tor")
    assert page.locator("#people thead th").nth(2).get_attribute("aria-sort") == "descending"
    name.click()
    assert names()[0].startswith("Åse")
    assert page.locator("[aria-sort]").count() == 1


def test_norwegian_alphabet_sorts_as_norwegian(visit):
    page = visit(briefing("nb"))
    page.locator("#people thead button").first.click()
    assert page.locator("#people tbody th").last.inner_text().startswith("Åse")


def test_tables_filter(visit):
    page = visit(briefing("en"))
    field = page.locator("#people input[type=search]")
    field.fill("person ber")
    assert page.locator("#people tbody tr:visible").count() == 1
    field.fill("no such word")
    assert page.locator("#people [role=status]").inner_text() != ""
    field.fill("")
    assert page.locator("#people tbody tr:visible").count() == 10


@pytest.mark.parametrize("width", [360, 1440])
def test_a_reference_lights_up_its_evidence(visit, width):
    page = visit(briefing("en"), width=width)
    page.locator("#actor-9 a.ref").click()
    page.wait_for_selector("#s10.chosen")
    assert page.url.endswith("#s10")
    assert (
        page.locator("mark.lit").evaluate_all("marks => marks.map(m => m.textContent).join('')") == "Tor kom "
    )
    assert page.locator("#actor-9").get_attribute("class") == "chosen"
    assert page.locator("#s10 .found").is_visible()
    box = page.locator("#s10").bounding_box()
    assert 0 <= box["y"] <= 900
    page.locator("#s10 .found a").first.click()
    page.wait_for_function("location.hash === '#actor-9'")
    assert page.locator("#s10.chosen").count() == 0


def test_source_stays_beside_the_findings(visit):
    page = visit(briefing("en"), width=1440)
    findings, source = page.locator(".findings").first.bounding_box(), page.locator("#source").bounding_box()
    assert source["x"] > findings["x"] + findings["width"]
    page = visit(briefing("en"), width=768)
    findings, source = page.locator(".findings").first.bounding_box(), page.locator("#source").bounding_box()
    assert source["y"] >= findings["y"] + findings["height"]


def test_paper_shows_all_and_no_controls(visit, source):
    page = visit(source)
    page.emulate_media(media="print")
    assert page.locator(".filter:visible, .contents:visible, .skip:visible, summary:visible").count() == 0
    shown = page.evaluate(
        "(() => { const s = document.getElementById('source'); return s.scrollHeight - s.clientHeight })()"
    )
    assert shown <= 1
    assert page.locator(".sentence:visible").count() == page.locator(".sentence").count()
    assert page.evaluate(CLIPPED) == []
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_deep_link_to_a_sentence(visit):
    page = visit(briefing("en"), width=360, fragment="#s9")
    assert page.locator("#s9.chosen").count() == 1
    assert 0 <= page.locator("#s9").bounding_box()["y"] <= 900


def test_deep_link_to_a_finding(visit):
    page = visit(briefing("en"), fragment="#actor-3")
    assert page.locator("#actor-3.chosen").count() == 1
    assert page.locator("mark.lit").count() == 2


def test_keyboard_reaches_every_reference(visit, source):
    """With nothing but Tab and Enter, which opens the numbers behind a chart on the way."""
    page = visit(source)
    page.evaluate(
        """() => {
            const links = [...document.querySelectorAll('a.ref')];
            window.reached = new Set();
            window.ended = false;
            document.addEventListener('focusin', (event) => {
                if (links.includes(event.target)) window.reached.add(links.indexOf(event.target));
            });
        }"""
    )
    for _ in range(3000):
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.localName")
        if focused == "body":
            break
        if focused == "summary":
            page.keyboard.press("Enter")
    assert page.evaluate("window.reached.size") == page.locator("a.ref").count() > 5


def test_keyboard_opens_evidence_and_comes_back(visit):
    page = visit(briefing("en"), width=360)
    page.locator("#actor-4 a.ref").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#s5.chosen")
    assert page.evaluate("document.activeElement.closest('.sentence').id") == "s5"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function("location.hash === '#actor-4'")


def test_kinds_of_evidence_differ_by_more_than_colour(visit):
    page = visit(briefing("en"))
    looks = page.evaluate(
        """() => ['actor', 'quantity', 'date', 'statement'].map((kind) => {
            const mark = document.createElement('mark');
            mark.className = `mark-${kind}`;
            document.querySelector('.article').append(mark);
            const style = getComputedStyle(mark);
            return [style.textDecorationLine, style.textDecorationStyle, style.textDecorationThickness].join(' ');
        })"""
    )
    assert len(set(looks)) == 4


def test_skip_link_comes_first(visit):
    page = visit(briefing("en"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.hash") == "#content"


def test_works_without_javascript(browser, tmp_path):
    path = render.to_html(notebook(*briefing("en")), tmp_path / "x.html")
    without = browser.browser.new_context(java_script_enabled=False) if browser.browser else None
    if without is None:
        source = path.read_text()
        path.write_text(source.partition("<script>")[0] + "</body></html>")
        without = browser
    page = without.new_page()
    page.goto(path.as_uri() + "#s4")
    assert page.locator("#people button, #people input").count() == 0
    assert page.locator("#s4 .found").is_visible()
    assert not page.locator("#s5 .found").is_visible()
    page.close()


@pytest.fixture
def violations(visit):
    """What axe-core finds wrong on a page."""
    if not AXE.is_file():
        pytest.skip("no axe-core: npm install axe-core, or name its axe.min.js by AXE_CORE")

    def run(source: Path | list, **options) -> list:
        page = visit(source, **options)
        for summary in page.locator("summary").all():
            summary.click()
        page.evaluate(AXE.read_text())
        found = page.evaluate("axe.run()")["violations"]
        return [(rule["id"], [node["html"] for node in rule["nodes"]][:3]) for rule in found]

    return run


@pytest.mark.parametrize("language", ["en", "nb"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_axe_finds_nothing(violations, language, scheme, width):
    assert violations(briefing(language), width=width, scheme=scheme, fragment="#s4") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("folder", ["sample", "norwegian_sample"])
def test_axe_finds_nothing_in_the_sample(violations, request, folder, scheme, width):
    path = request.getfixturevalue(folder) / "briefing.html"
    assert violations(path, width=width, scheme=scheme, fragment="#actor-0") == []
