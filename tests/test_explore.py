"""The interactive reader: what can be chosen, what follows, in plain calls and in a kernel that papermill runs."""

import re
import shutil

import nbformat
import papermill
import pytest
from conftest import ROOT
from nbformat.v4 import new_code_cell

import depesje
from depesje import explore
from depesje.article import ArticleError
from depesje.explore import Entry, Reader
from depesje.selection import Choice

NOTEBOOK = ROOT / "notebooks" / "explore.ipynb"
TRAIN = (
    "Toget krysset grensen\n\n"
    "Ifølge analytikere kan Nord-Korea ha titalls millioner granater. Kari Lie reiste til Oslo tirsdag.\n\n"
    "– Vi har kjøpt minst 13 mil kabel, sier statsminister Kari Lie. Trolig veide den 40 tonn."
)
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
RATE = f"{HOSTILE}\n\nNorges Bank hever renten til 4,5 prosent, sier Ola Nordmann."


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """A folder of reports with one briefing, and one of articles with the same and another one."""
    root = tmp_path_factory.mktemp("explore")
    depesje.extract(TRAIN, published="2023-09-12").save(root / "reports" / "tog" / "tables")
    (root / "articles").mkdir()
    (root / "articles" / "tog.txt").write_text(TRAIN)
    (root / "articles" / "rente.txt").write_text(RATE)
    return root


@pytest.fixture(scope="module")
def found(folders):
    return explore.load(explore.entries(folders / "reports", folders / "articles")[0])


@pytest.fixture
def reader(folders):
    return Reader(folders / "reports", folders / "articles")


def option(widget, words):
    (value,) = [value for label, value in widget.options if label.startswith(words)]
    return value


def shown(reader):
    return reader.view.markdown().replace("\\", "")


def test_briefings_come_first_and_articles_without_one_after(folders):
    assert [
        (entry.slug, entry.label) for entry in explore.entries(folders / "reports", folders / "articles")
    ] == [
        ("tog", "Toget krysset grensen (tog)"),
        ("rente", "rente.txt"),
    ]


def test_folders_that_are_not_there(tmp_path):
    assert explore.entries(tmp_path / "reports", tmp_path / "articles") == []


def test_tables_and_texts_are_both_read(folders, found):
    _built, text = explore.entries(folders / "reports", folders / "articles")
    assert "North Korea" in set(found.actors["name"])
    assert "Nord-Korea" in set(
        explore.load(Entry("tog", "", folders / "articles" / "tog.txt"), "nb").actors["name"]
    )
    assert explore.load(text).text == RATE


def test_what_can_be_chosen(found):
    assert explore.actors(found)[0][0] == "Kari Lie (2)"
    assert [label for label, _code in explore.themes(found)] == [
        *found.themes["label"],
        *found.subthemes["label"],
    ]
    assert explore.themes(found, "nb")[0][0] == found.themes["label_nb"][0]
    assert explore.certainties(found) == [
        ("Asserted", "asserted"),
        ("Likely", "likely"),
        ("Possible", "possible"),
    ]
    assert explore.certainties(found, "nb")[2][0] == "Mulig"


def test_every_choice_that_is_offered_shows_something(found):
    for actor in explore.actors(found):
        assert explore.view(found, Choice(actor_id=actor[1])).text
    for theme in explore.themes(found):
        assert explore.view(found, Choice(theme=theme[1])).text
    for certainty in explore.certainties(found):
        assert explore.view(found, Choice(certainty=certainty[1])).text


@pytest.mark.parametrize("language", ["en", "nb"])
def test_a_view_holds_what_fits_and_nothing_else(found, language):
    words = explore.view(found, Choice(certainty="possible"), language).markdown().replace("\\", "")
    assert "titalls millioner granater" in words
    assert "Kari Lie" not in words
    assert {"en": "1 of 5 sentences: 1 claim, 1 amount and 2 actors.", "nb": "1 av 5 setninger: 1 påstand"}[
        language
    ] in words


def test_everything_is_shown_where_nothing_is_chosen(found):
    view = explore.view(found, Choice())
    names = [part.id for part in (*view.opening[1:], *view.charts, *view.tables)]
    assert {"claims-table", "figure-statements", "figure-actors", "figure-quantities", "actors-table"} <= set(
        names
    )
    assert len(view.text[0].sentences) == len(found.sentences)
    assert 'class="beside"' in view.html()


def test_nothing_that_fits_is_said(found):
    (actor,) = [value for label, value in explore.actors(found) if label.startswith("Oslo")]
    view = explore.view(found, Choice(actor_id=actor, certainty="possible"))
    assert view.markdown() == (
        "Nothing in this article fits all that is chosen\\: set one of the choices back to all\\."
    )


def test_hostile_text_stays_text(folders):
    found = explore.load(explore.entries(folders / "reports", folders / "articles")[1])
    page = explore.view(found, Choice()).html()
    assert "<script" not in page
    assert "<img" not in page


def test_links_of_a_view_land_in_it(found):
    for actor in [None, *(value for _label, value in explore.actors(found))]:
        page = explore.view(found, Choice(actor_id=actor)).html()
        ids = re.findall(r'\sid="([^"]+)"', page)
        assert len(ids) == len(set(ids))
        assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


def test_the_view_follows_the_choices(reader):
    everything = shown(reader)
    reader.actor.value = option(reader.actor, "Kari Lie")
    assert "2 of 5 sentences" in shown(reader)
    reader.certainty.value = option(reader.certainty, "Possible")
    assert "Nothing in this article fits" in shown(reader)
    reader.actor.value = option(reader.actor, "all")
    assert "titalls millioner" in shown(reader)
    reader.certainty.value = option(reader.certainty, "all")
    assert shown(reader) == everything
    reader.theme.value = reader.theme.options[1][1]
    assert shown(reader) != everything


def test_the_first_actor_is_an_actor_and_not_everything(reader):
    reader.actor.value = 0
    assert "5 of 5 sentences" not in shown(reader)


def test_another_article_brings_its_own_choices(reader):
    reader.certainty.value = option(reader.certainty, "Possible")
    reader.article.value = option(reader.article, "rente.txt")
    assert {label for label, _value in reader.actor.options} >= {"all", "Norges Bank (1)"}
    assert (reader.actor.value, reader.certainty.value) == (explore.ALL, explore.ALL)
    assert "Norges Bank hever renten" in shown(reader)
    reader.article.value = option(reader.article, "Toget")
    assert "Toget krysset grensen" in shown(reader)


def test_the_article_to_begin_with(folders):
    reader = Reader(folders / "reports", folders / "articles", article="rente")
    assert reader.article.label == "rente.txt"
    with pytest.raises(ArticleError, match="give one of tog, rente"):
        Reader(folders / "reports", folders / "articles", article="regn")


def test_broken_tables_are_named_and_others_can_be_chosen(folders, tmp_path):
    shutil.copytree(folders / "reports", tmp_path / "reports")
    for slug in ("a", "b"):
        shutil.copytree(tmp_path / "reports" / "tog", tmp_path / "reports" / slug)
    (tmp_path / "reports" / "a" / "tables" / "themes.parquet").write_text("no Parquet")
    (tmp_path / "reports" / "b" / "tables" / "article.parquet").write_text("no Parquet")
    reader = Reader(tmp_path / "reports", tmp_path / "articles")
    assert "run `make report` to write them anew" in shown(reader)
    assert [label for label, _value in reader.actor.options] == ["all"]
    reader.article.value = option(reader.article, "b")
    assert "run `make report` to write them anew" in shown(reader)
    reader.article.value = option(reader.article, "Toget krysset grensen (tog)")
    assert "5 of 5 sentences" in shown(reader)


def run(folders, tmp_path, *cells, **parameters):
    """The notebook as papermill runs it, with further cells at its end."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    notebook.cells += [new_code_cell(cell) for cell in cells]
    nbformat.write(notebook, tmp_path / "in.ipynb")
    parameters = {"reports": str(folders / "reports"), "articles": str(folders / "articles"), **parameters}
    papermill.execute_notebook(
        tmp_path / "in.ipynb", tmp_path / "out.ipynb", parameters, progress_bar=False, kernel_name="python3"
    )
    return nbformat.read(tmp_path / "out.ipynb", as_version=4)


def outputs(notebook):
    """What the reader's cell shows: the displays of the cell that makes it."""
    (cell,) = [cell for cell in notebook.cells if "reader.show()" in cell.source]
    return [output.data for output in cell.outputs]


def test_notebook_runs_and_shows_everything_where_no_widgets_are(folders, tmp_path):
    notebook = run(folders, tmp_path)
    _style, controls, view = outputs(notebook)
    assert "application/vnd.jupyter.widget-view+json" in controls
    assert "make lab" in controls["text/html"]
    assert "5 of 5 sentences" in view["text/html"]
    assert "Toget krysset grensen" in view["text/plain"]
    state = notebook.metadata.widgets["application/vnd.jupyter.widget-state+json"]["state"]
    lists = [model["state"] for model in state.values() if model["model_name"] == "DropdownModel"]
    assert [len(model["_options_labels"]) > 1 for model in lists] == [True] * 4
    assert {model["description"] for model in lists} == {"Article", "Actor", "Theme", "Certainty"}


def test_widgets_in_the_kernel_change_what_is_shown(folders, tmp_path):
    notebook = run(
        folders,
        tmp_path,
        "reader.article.index = 1",
        "reader.actor.index = next(i for i, (name, _) in enumerate(reader.actor.options) if 'Norges Bank' in name)",
    )
    view = outputs(notebook)[-1]["text/html"]
    assert "<p>1 of " in view
    assert "Norges Bank" in view
    assert "Toget" not in view
    assert "<script" not in view


def test_notebook_in_norwegian(folders, tmp_path):
    view = outputs(run(folders, tmp_path, language="nb"))[-1]["text/html"]
    assert "5 av 5 setninger" in view
    assert "Påstander" in view


def test_no_report_yet_is_said_and_articles_are_read(folders, tmp_path):
    _style, _controls, said, view = outputs(run(folders, tmp_path, reports=str(tmp_path / "reports")))
    assert "No briefing has been built yet: make report builds them." in said["text/html"]
    assert "Norges Bank" in view["text/html"]


def test_nothing_to_read_is_said_in_one_sentence(folders, tmp_path):
    none = str(tmp_path / "none")
    _style, said = outputs(run(folders, tmp_path, reports=none, articles=none))
    assert said["text/plain"].replace("\\", "") == (
        "There is no briefing yet: put an article into data/articles/ and run make report."
    )
