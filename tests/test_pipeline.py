"""Headings begin sentences; a long text is read in pieces and comes out as one."""

import pytest

from depesje import pipeline

TEXT = "Toget kom\nKim Jong-un sier at han er 13 mil unna. Han reiste fra Pyongyang tirsdag.\n"


def test_sentences_begin_with_lines():
    doc = pipeline.read(TEXT)
    assert [sentence.text.strip() for sentence in doc.sents] == [
        "Toget kom",
        "Kim Jong-un sier at han er 13 mil unna.",
        "Han reiste fra Pyongyang tirsdag.",
    ]


def test_components_run_in_order():
    assert pipeline.load().pipe_names[0] == "depesje_layout"
    assert pipeline.load().pipe_names[-len(pipeline.COMPONENTS) :] == list(pipeline.COMPONENTS)


@pytest.mark.parametrize("joined", ["", " "])
def test_long_texts_come_out_whole(monkeypatch, joined):
    monkeypatch.setattr(pipeline, "PIECE", 30)
    text = joined.join([TEXT.replace("\n", joined or "\n")] * 12)
    doc = pipeline.read(text)
    assert doc.text == text
    assert sum(actor.name == "Kim Jong-un" for actor in doc._.actors) == 1
    mentions = next(actor.mentions for actor in doc._.actors if actor.name == "Kim Jong-un")
    assert len(mentions) == 12
    assert len(doc._.quantities) == 12
    for value in [*doc._.quantities, *doc._.statements, *mentions]:
        assert text[value.start : value.end] == value.text


def test_pieces_are_cut_where_sentences_begin(monkeypatch):
    monkeypatch.setattr(pipeline, "PIECE", 5)
    doc = pipeline.load().make_doc("Her er vi alle nå. Der er de også nå. Slutt.")
    pieces = [doc[start:end].text for start, end in pipeline._cuts(doc)]
    assert pieces == ["Her er vi alle nå.", "Der er de også nå.", "Slutt."]


def test_a_text_without_end_is_cut_all_the_same(monkeypatch):
    monkeypatch.setattr(pipeline, "PIECE", 5)
    doc = pipeline.load().make_doc("ord " * 23)
    assert [end - start for start, end in pipeline._cuts(doc)] == [10, 10, 3]
