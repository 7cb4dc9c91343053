"""Whole briefings: real papermill runs of both notebooks, HTML and PDF read back, bad input."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from conftest import ROOT, SAMPLE
from pypdf import PdfReader

from depesje import report
from depesje.tables import SCHEMAS

HOSTILE = (
    "<script>alert(1)</script>",
    "</style>",
    "{{ 7*7 }}",
    "#let x = 1",
    r"$\input{x}$",
    "[x](javascript:alert(1))",
)
#: The title of a hostile article: a formula, and the end of the script that the linked data stands in.
HOSTILE_TITLE = '=HYPERLINK("http://example.org";"Kari Lie") </script><script>alert(1)</script>'


def pdf_text(path: Path) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in PdfReader(path).pages))


def run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "depesje.report", *arguments, "--reports", str(folder)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_everything_is_there(sample):
    names = {path.name for path in sample.iterdir()}
    assert names == {*report.NOTEBOOKS, *report.OUTPUTS, "tables"}
    assert {"tables.xlsx", "briefing.jsonld", "briefing.html", "briefing.pdf"} == set(report.OUTPUTS)
    for table in SCHEMAS:
        assert (sample / "tables" / f"{table}.parquet").is_file()
        assert (sample / "tables" / f"{table}.csv").is_file()


def test_committed_sample_is_what_the_code_builds(sample):
    for name in ("briefing.html", "briefing.pdf"):
        assert (sample / name).read_bytes() == (ROOT / "reports" / sample.name / name).read_bytes(), (
            f"{name} differs: run `make report` and commit the sample's briefing"
        )


def test_key_figures_are_in_both_outputs(sample):
    html, pdf = (sample / "briefing.html").read_text(), pdf_text(sample / "briefing.pdf")
    for words in ("130 km", "10–99 million", "Kim Jong-un", "North Korea", "analytikere"):
        assert words in html
        assert words in pdf


def test_the_map_is_in_both_outputs(sample):
    html, pdf = (sample / "briefing.html").read_text(), pdf_text(sample / "briefing.pdf")
    for words in ("Vladivostok", "Dashed circle: 130 km from Vladivostok", "Natural Earth", "43.1° N"):
        assert words in html.replace("\N{NO-BREAK SPACE}", " ")
        assert words in pdf
    assert html.index('id="actors"') < html.index('id="places"') < html.index('id="quantities"')
    places = pd.read_parquet(sample / "tables" / "places.parquet")
    assert set(places["name"]) == {"Pyongyang", "Vladivostok", "Amur"}  # Moskva is its government there


def test_tables_of_the_sample(sample):
    tables = {name: pd.read_parquet(sample / "tables" / f"{name}.parquet") for name in SCHEMAS}
    quantities = tables["quantities"].set_index("text")
    mil = quantities.loc["13 mil"]
    assert (mil["base_low"], mil["base_high"], mil["base_unit"]) == (130_000, 130_000, "meter")
    shells = quantities.loc["titalls millioner"]
    assert (shells["low"], shells["high"]) == (1e7, 9.9e7)
    assert shells["item"] == "artillerigranater og raketter"
    claim = tables["statements"].set_index("statement_id").loc[shells["statement_id"]]
    assert claim["speaker"] == "analytikere"
    actors = tables["actors"].set_index("actor_id")
    assert actors["name"].tolist().count("Kim Jong-un") == 1
    mentions = tables["mentions"]
    korea = mentions[
        mentions["text"].isin(
            ["Nord-Korea", "Nord-Koreas", "DPRK", "Den demokratiske folkerepublikken Korea"]
        )
    ]
    assert korea["actor_id"].nunique() == 1
    assert actors.loc[korea["actor_id"].iloc[0], "country"] == "PRK"


def test_tuesday_is_one_of_four_days_or_one(sample, build):
    dates = pd.read_parquet(sample / "tables" / "dates.parquet").set_index("text")
    days = ["2023-09-05", "2023-09-12", "2023-09-19", "2023-09-26"]
    assert list(dates.loc[["tirsdag"]]["candidates"].iloc[0]) == days
    precise = pd.read_parquet(build(SAMPLE, published="2023-09-12") / "tables" / "dates.parquet").set_index(
        "text"
    )
    assert set(precise.loc[["tirsdag"]]["date_from"]) == {"2023-09-12"}
    assert precise.loc[["tirsdag"]]["candidates"].isna().all()


def test_norwegian_briefing(norwegian_sample):
    folder = norwegian_sample
    html, pdf = (folder / "briefing.html").read_text(), pdf_text(folder / "briefing.pdf")
    assert '<html lang="nb"' in html
    for words in ("Aktører", "Tidslinje", "Metode og opphav", "130 km", "Nord-Korea"):
        assert words in html
        assert words in pdf


def test_same_bytes_from_another_folder(sample, build, tmp_path):
    elsewhere = tmp_path / "et annet sted"
    elsewhere.mkdir()
    folder = build(Path(shutil.copy(SAMPLE, elsewhere)))
    for name in (*report.OUTPUTS, *(f"tables/{table}.csv" for table in SCHEMAS)):
        assert (folder / name).read_bytes() == (sample / name).read_bytes(), name


def test_hostile_text_stays_text(build, tmp_path):
    article = tmp_path / "fiendtlig.txt"
    article.write_text("\n\n".join(f"Statsråden sier at {text} er 13 mil unna Oslo." for text in HOSTILE))
    folder = build(article)
    html, pdf = (folder / "briefing.html").read_text(), pdf_text(folder / "briefing.pdf")
    assert "<script>alert" not in html
    assert 'href="javascript' not in html
    assert html.count("</style>") == html.count("<style")
    for text in HOSTILE:
        assert text in pdf


def test_hostile_title_is_no_formula_and_ends_no_script(build, tmp_path):
    article = tmp_path / "tittel.txt"
    article.write_text(f"{HOSTILE_TITLE}\n\nStatsråd Kari Lie sier at basen er 13 mil unna Oslo.")
    folder = build(article)
    html = (folder / "briefing.html").read_text()
    embedded = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    linked = json.loads((folder / "briefing.jsonld").read_text())
    assert [json.loads(data) for data in embedded] == [linked]
    assert {node["headline"] for node in linked["@graph"] if node["@type"] == "NewsArticle"} == {
        HOSTILE_TITLE
    }
    assert html.count("<script") == 2
    assert pd.read_parquet(folder / "tables" / "article.parquet")["title"].tolist() == [HOSTILE_TITLE]
    assert pd.read_csv(folder / "tables" / "article.csv")["title"].tolist() == [f"'{HOSTILE_TITLE}"]
    book = openpyxl.load_workbook(folder / "tables.xlsx")
    assert book["article"]["A2"].value == f"'{HOSTILE_TITLE}"
    cells = [cell for sheet in book for row in sheet for cell in row if cell.value is not None]
    assert not [
        cell for cell in cells if cell.data_type == "f" or str(cell.value).startswith(("=", "+", "-", "@"))
    ]


def test_short_text_without_names_or_numbers(build, tmp_path):
    article = tmp_path / "kort.txt"
    article.write_text("Det regner.")
    folder = build(article)
    html, pdf = (folder / "briefing.html").read_text(), pdf_text(folder / "briefing.pdf")
    assert "Det regner." in html
    assert "names no person" in pdf
    assert 'id="actors"' not in html
    assert 'id="quantities"' not in html
    assert 'id="places"' not in html


@pytest.mark.parametrize(
    ("content", "options", "message"),
    [
        (None, [], "no such file"),
        (b"", [], "holds no text"),
        (b"\x00\x01\x02", [], "not a text file"),
        (b"Toget kom.", ["--published", "i fjor"], "not a date"),
        (b"Toget kom.", ["--language", "fr"], "not a language of the briefing"),
    ],
)
def test_bad_input_gets_one_sentence_and_leaves_the_last_output(tmp_path, content, options, message):
    article = tmp_path / "sak.txt"
    if content is not None:
        article.write_bytes(content)
    last = tmp_path / "reports" / "sak" / "briefing.html"
    last.parent.mkdir(parents=True)
    last.write_text("the last good one")
    done = run(str(article), *options, folder=tmp_path / "reports")
    assert done.returncode == 1
    assert done.stdout == ""
    assert message in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert last.read_text() == "the last good one"
    assert [path.name for path in last.parent.iterdir()] == ["briefing.html"]


def test_failing_notebook_is_kept_and_named(tmp_path):
    notebooks = tmp_path / "notebooks"
    shutil.copytree(ROOT / "notebooks", notebooks)
    broken = (notebooks / "02_briefing.ipynb").read_text().replace("Extraction.load(tables)", "1 / 0")
    (notebooks / "02_briefing.ipynb").write_text(broken)
    with pytest.raises(report.ArticleError, match=r"02_briefing\.ipynb failed with ZeroDivisionError"):
        report.build(SAMPLE, reports=tmp_path / "reports", notebooks=notebooks)
    folder = tmp_path / "reports" / "kim-putin-2023-09"
    assert [path.name for path in folder.iterdir()] == ["failed-02_briefing.ipynb"]


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda path: path.name)
def test_notebooks_are_stripped_and_parameterised(path):
    import nbformat

    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert notebook.cells[0].cell_type == "markdown"
    assert notebook.cells[1].metadata.tags == ["parameters"]
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in notebook.cells)
    assert set(notebook.metadata) <= {"kernelspec", "language_info"}  # no state of widgets, no times of a run
    assert all(set(cell.metadata) <= {"tags"} for cell in notebook.cells)
