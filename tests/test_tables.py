"""Columns, identifiers, what is null; saving and loading."""

from datetime import date

import pandas as pd
import pytest
import spacy

from depesje import annotations, pipeline, tables  # noqa: F401
from depesje.annotations import Actor, DateExpression, Mention, Quantity, Relation, Statement, Theme
from depesje.article import ArticleError, Published
from depesje.tables import SCHEMAS, Extraction

annotations.register()

TEXT = "Toget kom\n\nIfølge vitner er toget 13 mil unna. Kim sier nei.\n\nKim reiste tirsdag."


def span(words, after=0):
    start = TEXT.index(words, after)
    return start, start + len(words), words


@pytest.fixture
def doc():
    nlp = spacy.blank("nb")
    nlp.add_pipe("depesje_layout")
    nlp.add_pipe("sentencizer")
    doc = nlp.make_doc(TEXT)
    doc._.published = Published.parse("2023-09")
    doc = nlp(doc)
    kims = (Mention(*span("Kim"), "PER"), Mention(*span("Kim", 60), "PER"))
    doc._.actors = [
        Actor("Kim Jong-un", "PER", "PRK", None, None, kims),
        Actor("vitner", "GROUP", None, None, None, (Mention(*span("vitner"), "GROUP"),)),
    ]
    doc._.quantities = [
        Quantity(*span("13 mil"), 13, 13, "mil", "exact", "length", 130_000, 130_000, "meter")
    ]
    days = tuple(date(2023, 9, day) for day in (5, 12, 19, 26))
    doc._.dates = [DateExpression(*span("tirsdag"), days[0], days[-1], "day", days)]
    content = span("er toget 13 mil unna")
    cue = span("Ifølge")
    speaker = span("vitner")
    doc._.statements = [
        Statement(*content, "vitner", 1, *speaker[:2], "Ifølge", *cue[:2], "indirect", False, "asserted"),
        Statement(*span("nei"), "Kim Jong-un", 0, 57, 60, "sier", None, None, "indirect", True, "denied"),
    ]
    sentences = ((span("Ifølge")[0], span("unna.")[1]),)
    doc._.themes = [
        Theme("medtop:11000000", "politics", "politikk", 1, 0.9, sentences, ("tog",)),
        Theme("medtop:20000593", "diplomacy", "diplomati", 2, 0.5, sentences, ("tog",)),
    ]
    doc._.relations = [Relation(0, 1, 1.0, "co-mention", None, sentences)]
    return doc


@pytest.fixture
def found(doc):
    return tables.from_doc(doc)


def test_sentences_keep_to_their_blocks(found):
    assert found.sentences["text"].tolist() == [
        "Toget kom",
        "Ifølge vitner er toget 13 mil unna.",
        "Kim sier nei.",
        "Kim reiste tirsdag.",
    ]
    assert found.sentences["kind"].tolist() == ["heading", "paragraph", "paragraph", "paragraph"]
    assert found.sentences["paragraph_id"].tolist() == [0, 1, 1, 2]


def test_offsets_give_back_the_text(found):
    for name in ("sentences", "mentions", "quantities", "dates", "statements"):
        for row in getattr(found, name).to_dict("records"):
            assert TEXT[row["start"] : row["end"]] == row["text"]


def test_every_row_names_its_sentence(found):
    assert found.mentions["sentence_id"].tolist() == [1, 2, 3]
    assert found.quantities["sentence_id"].tolist() == [1]
    assert found.themes["sentence_ids"].tolist() == [[1]]
    assert found.relations["sentence_ids"].tolist() == [[1]]


def test_quantity_belongs_to_the_statement_around_it(found):
    assert found.quantities["statement_id"].tolist() == [0]


def test_candidates_and_publication(found):
    assert found.dates["candidates"].tolist() == [["2023-09-05", "2023-09-12", "2023-09-19", "2023-09-26"]]
    article = found.article.iloc[0]
    assert (article["title"], article["published"], article["published_precision"]) == (
        "Toget kom",
        "2023-09",
        "month",
    )


def test_themes_below_the_top_have_their_own_table(found):
    assert found.themes["level"].tolist() == [1]
    assert found.subthemes["code"].tolist() == ["medtop:20000593"]


def test_actors_count_mentions_and_claims(found):
    assert found.actors[["n_mentions", "n_statements"]].to_numpy().tolist() == [[2, 1], [1, 1]]
    assert pd.isna(found.actors["country"][1])


def test_saved_tables_come_back_equal(found, tmp_path):
    found.save(tmp_path)
    again = Extraction.load(tmp_path)
    assert again.text == found.text
    for name in SCHEMAS:
        pd.testing.assert_frame_equal(getattr(again, name), getattr(found, name))
    assert (
        (tmp_path / "dates.csv")
        .read_text()
        .splitlines()[1]
        .endswith("2023-09-05;2023-09-12;2023-09-19;2023-09-26")
    )


def test_empty_tables_come_back_equal(tmp_path):
    nlp = spacy.blank("nb")
    nlp.add_pipe("depesje_layout")
    nlp.add_pipe("sentencizer")
    found = tables.from_doc(nlp(""))
    found.save(tmp_path)
    again = Extraction.load(tmp_path)
    for name in SCHEMAS:
        pd.testing.assert_frame_equal(getattr(again, name), getattr(found, name))


def test_missing_table_says_what_to_run(tmp_path):
    with pytest.raises(ArticleError, match=r"run notebooks/01_extract\.ipynb"):
        Extraction.load(tmp_path)


def test_tables_of_another_version_say_what_to_run(found, tmp_path):
    found.save(tmp_path)
    found.themes.drop(columns="label_nb").to_parquet(tmp_path / "themes.parquet")
    with pytest.raises(
        ArticleError, match=r"not the tables that this version of Depesje writes; run `make report`"
    ):
        Extraction.load(tmp_path)
    (tmp_path / "themes.parquet").write_text("no Parquet")
    with pytest.raises(ArticleError, match=r"not the tables that this version"):
        Extraction.load(tmp_path)


def test_csv_holds_no_formula_and_parquet_the_text(found, tmp_path):
    found.sentences.loc[0, "text"] = '=HYPERLINK("http://example.org")'
    found.statements.loc[0, "cue"] = "- Ja; @sier"
    found.quantities["low"] = -13.0
    found.themes.at[0, "words"] = ["-tog", "tog"]
    found.save(tmp_path)
    read = {name: pd.read_csv(tmp_path / f"{name}.csv") for name in SCHEMAS}
    assert read["sentences"]["text"][0] == """'=HYPERLINK("http://example.org")"""
    assert read["statements"]["cue"][0] == "'- Ja; '@sier"
    assert read["quantities"]["low"].tolist() == [-13.0]
    assert read["themes"]["words"][0] == "'-tog;tog"
    for name in SCHEMAS:
        pd.testing.assert_frame_equal(getattr(Extraction.load(tmp_path), name), getattr(found, name))
