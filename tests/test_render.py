"""From an executed notebook to HTML and PDF: nothing from outside, the same bytes, the article's text as text."""

import base64
import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import papermill
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from pypdf import PdfReader

from depesje import render
from depesje.display import (
    Column,
    Figure,
    Files,
    Heading,
    KeyFigure,
    KeyFigures,
    Line,
    LinkedData,
    Mark,
    Masthead,
    NotebookStyle,
    Prose,
    Provenance,
    Row,
    Sentence,
    SourceText,
    Table,
)

HOSTILE = (
    "<script>alert(1)</script>",
    "</style>",
    "{{ 7*7 }}",
    "{% raw %}",
    "#let x = 1",
    r"$\input{x}$",
    "[x](javascript:alert(1))",
    "*b* _e_ `c` @s1 <s1> // /*",
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="72" height="36"><text x="0" y="20">40</text></svg>'


def displays(text: str, language: str = "en") -> list:
    """A small briefing that holds a text in every place."""
    return [
        Masthead(text, language, kicker=text, standfirst=text, facts=((text, text),), published="2023-09-01"),
        Heading("words", text),
        Prose(
            (
                (Line(text, (0,)), Line(text, (0,), quoted=True, certainty="likely")),
                (Line(text, quoted=True),),
            ),
            language,
        ),
        KeyFigures((KeyFigure(text, text, (0,), text),), language),
        Figure("chart", text, SVG, alt=text, note=text, source=text, language=language),
        Table(
            "people",
            text,
            (
                Column(text, "name"),
                Column("Type", "type"),
                Column("Sure", "certainty"),
                Column(text, "quote"),
            ),
            tuple(Row((text, "PER", "denied", text), (0,), f"actor-{i}") for i in range(9)),
            language,
            note=text,
        ),
        SourceText(
            text,
            (Sentence(0, 0, len(text)),),
            (Mark(0, len(text), "actor", "actor-0", text),),
            language=language,
        ),
        Heading("method", text),
        Provenance(((text, text),)),
        LinkedData({"@type": "NewsArticle", "headline": text}),
    ]


def notebook(*cells: object) -> nbformat.NotebookNode:
    """A notebook as if executed: a display a cell."""
    made = []
    for cell in cells:
        if isinstance(cell, nbformat.NotebookNode):
            made.append(cell)
        else:
            output = new_output("display_data", data=cell._repr_mimebundle_())
            made.append(new_code_cell("secret_code()", outputs=[output]))
    return new_notebook(cells=made)


def html(node: nbformat.NotebookNode) -> str:
    return render.BriefingHTMLExporter().from_notebook_node(node)[0]


def pdf(node: nbformat.NotebookNode, tmp_path: Path) -> PdfReader:
    return PdfReader(render.to_pdf(node, tmp_path / "x.pdf"))


def text_of(reader: PdfReader) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    """A notebook that papermill has run in a real kernel."""
    folder = tmp_path_factory.mktemp("executed")
    cells = [
        new_code_cell('name = "Kari"', metadata={"tags": ["parameters"]}),
        new_code_cell("from depesje.display import *\nfrom IPython.display import display"),
        new_code_cell("display(Masthead(name, kicker='Briefing'), Heading('words', 'In words'))"),
        new_code_cell("Prose(((Line('Hun møtte 40 mennesker.', (0,), quoted=True),),))"),
        new_code_cell("SourceText('Hun møtte 40 mennesker.', (Sentence(0, 0, 23),))"),
        new_code_cell("import sys\nprint('printed'); print('grumbled', file=sys.stderr)"),
    ]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(new_notebook(cells=cells, metadata=metadata), folder / "in.ipynb")
    papermill.execute_notebook(folder / "in.ipynb", folder / "out.ipynb", {"name": "Ola"}, progress_bar=False)
    return folder / "out.ipynb"


def test_papermill_to_both_outputs(executed, tmp_path):
    page = render.to_html(executed, tmp_path / "x.html").read_text()
    paper = text_of(PdfReader(render.to_pdf(executed, tmp_path / "x.pdf")))
    for words in ("Ola", "In words", "Hun møtte 40 mennesker.", "printed"):
        assert words in page
        assert words in paper
    for hidden in ("display(", "import sys", "grumbled", "Kari"):
        assert hidden not in page
        assert hidden not in paper


@pytest.mark.parametrize("exporter", ["depesje-html", "depesje-pdf"])
def test_nbconvert_knows_the_exporters(executed, tmp_path, exporter):
    from nbconvert.exporters import get_exporter

    try:
        get_exporter(exporter)
    except ValueError:
        pytest.skip("the package's entry points are not installed")
    copy = Path(shutil.copy(executed, tmp_path / "briefing.ipynb"))
    command = [sys.executable, "-m", "nbconvert", "--to", exporter, copy.name]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    assert (tmp_path / "briefing").with_suffix(f".{exporter[8:]}").stat().st_size > 5000


def test_same_notebook_same_bytes(executed, tmp_path):
    writers = (
        (render.to_html, "x.html"),
        (render.to_pdf, "x.pdf"),
        (render.to_json_ld, "x.jsonld"),
    )
    for write, name in writers:
        first = write(executed, tmp_path / "a" / name).read_bytes()
        assert first == write(executed, tmp_path / "b" / name).read_bytes()
        script = f"from depesje import render; render.{write.__name__}({str(executed)!r}, {name!r})"
        environment = {"SOURCE_DATE_EPOCH": "1", "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "PATH": ""}
        subprocess.run([sys.executable, "-c", script], cwd=tmp_path, check=True, env=environment)
        assert first == (tmp_path / name).read_bytes()


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_text_in_html(hostile):
    page = html(notebook(*displays(hostile)))
    head, _, body = page.partition("<body>")
    assert page.count("</style>") == 1
    assert head.count("<script") == 1  # the linked data, whose text can't end it
    assert body.count("<script") == 1
    assert "javascript:alert" not in "".join(re.findall(r'(?:href|src)="[^"]*"', page))
    assert "49" not in re.sub(r"<[^>]*>", "", body.partition("<script>")[0])


@pytest.mark.parametrize("text", [*HOSTILE, "</script><script>", "<!--", "\x00\ud800\u2028"])
def test_linked_data_is_the_same_in_the_page_and_beside_it(text, tmp_path):
    node = notebook(*displays(text))
    (embedded,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html(node), re.DOTALL)
    beside = json.loads(render.to_json_ld(node, tmp_path / "x.jsonld").read_text())
    assert json.loads(embedded) == beside
    assert "<" not in embedded
    assert beside["headline"] == text.replace("\ud800", "\ufffd")


def test_linked_data_of_none_and_of_several(tmp_path):
    both = notebook(LinkedData({"@type": "NewsArticle"}), LinkedData({"@type": "Person"}))
    for node, expected in ((new_notebook(), []), (both, [{"@type": "NewsArticle"}, {"@type": "Person"}])):
        assert json.loads(render.to_json_ld(node, tmp_path / "x.jsonld").read_text()) == expected


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_text_in_pdf(hostile, tmp_path):
    reader = pdf(notebook(*displays(hostile)), tmp_path)
    assert text_of(reader).count(hostile) > 10
    assert reader.metadata.title == hostile


def test_policy_allows_only_what_is_inside():
    page = html(notebook(*displays("Kari")))
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]
    for kind in ("style", "script"):
        (content,) = re.findall(rf"<{kind}>(.*?)</{kind}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    # Neither inline styles nor handlers, which the policy would refuse.
    assert not re.search(r'<[^>]*\s(?:style|on\w+)="', page.partition("<body>")[2].partition("<script>")[0])
    assert not re.search(r'(?:src|href)="(?!#|data:)', page)
    assert len(page) < 250_000


def test_every_reference_lands_in_html():
    page = html(notebook(*displays("Kari")))
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


@pytest.mark.parametrize("language", ["en", "nb"])
def test_language_of_page_and_article(language, tmp_path):
    node = notebook(*displays("Kari", language))
    page = html(node)
    assert f'<html lang="{language}">' in page
    assert '<div class="article" lang="nb">' in page
    assert pdf(node, tmp_path).root_object["/Lang"].startswith(language)


def test_pdf_is_accessible_and_has_bookmarks(tmp_path):
    reader = pdf(notebook(*displays("Kari")), tmp_path)
    root = reader.root_object
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert "CreationDate" not in str(reader.metadata)
    titles = [
        entry.title for group in reader.outline for entry in (group if isinstance(group, list) else [group])
    ]
    assert titles == ["Kari", "Kari", "Kari", "Source text"]
    links = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
    assert len(links) >= 9
    assert {link["/Subtype"] for link in links} == {"/Link"}


def test_source_text_closes_the_pdf(tmp_path):
    shown = text_of(pdf(notebook(*displays("Kari")), tmp_path))
    assert shown.rindex("Source text") > shown.index("Sure")
    assert shown.rstrip().removesuffix("Depesje 2 / 2").rstrip().endswith("S1 Kari")


def test_files_beside_the_page_are_linked_there_and_not_on_paper(tmp_path):
    node = notebook(Masthead("Kari"), Files("Beside it:", (("tables.xlsx", "A workbook"),)))
    assert '<a href="tables.xlsx">tables.xlsx</a> <span>A workbook' in html(node)
    assert "tables.xlsx" not in text_of(pdf(node, tmp_path))


def test_a_table_of_many_rows_repeats_its_head(tmp_path):
    rows = tuple(Row((f"Navn {i}",), (0,), f"actor-{i}") for i in range(120))
    reader = pdf(notebook(Masthead("Kari"), Table("t", "People", (Column("Heading here"),), rows)), tmp_path)
    assert len(reader.pages) >= 3
    assert all("Heading here" in page.extract_text() for page in list(reader.pages)[1:])


def test_a_reference_to_a_sentence_that_is_not_there_is_no_error(tmp_path):
    node = notebook(Masthead("Kari"), Prose(((Line("Kari", (41,)),),)))
    assert "S42" in text_of(pdf(node, tmp_path))


def test_endless_words_stay_on_the_paper(tmp_path):
    reader = pdf(notebook(*displays("Æ" * 300)), tmp_path)
    lines = [line.replace("\u200b", "") for page in reader.pages for line in page.extract_text().splitlines()]
    assert max(map(len, lines)) < 150


@pytest.mark.parametrize("text", ["日本語", "\U0001f600", "\x00\ud800", "שלום", "e\u0301", "\u200b\u200d"])
def test_any_character_can_be_set(text, tmp_path):
    node = notebook(*displays(f"Kari {text} Nordmann"))
    html(node).encode()
    assert "Nordmann" in text_of(pdf(node, tmp_path))


def test_the_look_in_jupyterlab_stays_there(tmp_path):
    node = notebook(NotebookStyle(), Masthead("Kari"))
    style = node.cells[0].outputs[0].data["text/html"]
    # Nothing but the rules for outputs: variables, and what is nested in them.
    assert {rule.strip() for rule in re.findall(r"(?:^|\})([^{}]*)\{--", style.removeprefix("<style>"))} == {
        ".jp-OutputArea-output",
        '[data-jp-theme-light="false"] .jp-OutputArea-output',
    }
    assert ".jp-OutputArea-output.jp-OutputArea-output{" in style
    assert "jp-OutputArea" not in html(node)
    assert text_of(pdf(node, tmp_path)).startswith("Kari")


def test_empty_notebook(tmp_path):
    assert "<main" in html(new_notebook())
    assert len(pdf(new_notebook(), tmp_path).pages) == 1


MARKDOWN = """# Note

Some **bold** text, `#code`, a [page](https://example.org), a [trap](javascript:alert(1)) <img src=x onerror=alert(1)>.

- one
- two

| a | b |
|---|---|
| 1 | $2 |

> #let x = 1

```
<script>alert(1)</script>
```
"""


def test_what_an_analyst_adds_is_shown(tmp_path):
    frame = (
        "<style scoped>.x {}</style><table class='dataframe' onclick='alert(1)'><tr><td>41</td></tr></table>"
    )
    hidden = new_markdown_cell("For the analyst only", metadata={"tags": ["remove_cell"]})
    outputs = [
        new_output("display_data", data={"text/html": frame, "text/plain": "frame 41"}),
        new_output("display_data", data={"image/svg+xml": SVG, "text/plain": "A drawing"}),
        new_output("stream", name="stdout", text="<printed>"),
    ]
    cells = (new_code_cell("x", outputs=outputs), new_markdown_cell(MARKDOWN))
    node = notebook(hidden, Masthead("Kari"), *cells)
    page, paper = html(node), text_of(pdf(node, tmp_path))
    body = page.partition("<body>")[2]
    for words in ("Note", "bold", "one", "two", "#let x = 1"):
        assert words in page
        assert words in paper
    assert "41" in page
    assert "frame 41" in paper
    assert "&lt;printed&gt;" in page
    assert "<printed>" in paper
    assert 'href="https://example.org"' in page
    assert body.count("<script") == 1
    assert not re.search(r"<[^>]*(onerror|onclick|javascript:|style=)", body.partition("<script>")[0])
    assert "analyst only" not in page
    assert "analyst only" not in paper


def test_a_failure_leaves_the_last_good_file(tmp_path):
    for write, name in ((render.to_html, "x.html"), (render.to_pdf, "x.pdf")):
        (tmp_path / name).write_text("good")
        broken = notebook(Masthead("Kari"))
        broken.cells[0].outputs[0].data = {"text/vnd.typst": "#nothing-of-that-name()"}
        with pytest.raises(Exception):  # noqa: B017, PT011
            write(broken, tmp_path / name)
        assert (tmp_path / name).read_text() == "good"
        assert [path.name for path in tmp_path.glob(".*")] == []
