"""The recogniser of names inside the trained pipeline: its parts, against plain ways to the same result."""

from itertools import pairwise, product

import numpy
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from nb_depesje_news.recogniser import (
    LONGEST,
    TAGS,
    Gazetteer,
    Layout,
    NameRecogniser,
    best_tags,
    both_ways,
    pieces,
    repeated_words,
    shape_features,
    spans_of,
)

WORDS = st.lists(
    st.sampled_from(["Kari", "Vik", "går", ".", "»", "\n\n", "til", "Oslo", "2", ":"]), max_size=300
)


@given(WORDS)
def test_pieces_cover_the_document_once(words: list[str]) -> None:
    spans = list(pieces(words))
    assert [i for start, end in spans for i in range(start, end)] == list(range(len(words)))
    assert all(end - start <= LONGEST for start, end in spans)


def test_pieces_end_with_sentences_where_they_can() -> None:
    words = (["ord"] * 29 + ["."]) * 3
    assert list(pieces(words)) == [(0, 30), (30, 60), (60, 90)]


@given(st.lists(st.sampled_from(TAGS), max_size=12))
def test_spans_begin_at_their_tag(tags: list[str]) -> None:
    for start, end, label in spans_of(tags):
        assert tags[start] == f"B-{label}"
        assert all(tag[0] == "I" for tag in tags[start + 1 : end])


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer(
        {
            "given": ["kari"],
            "surname": ["vik"],
            "state": ["norge"],
            "org": ["fjellby sparebank", "fn"],
            "gpe": ["norge", "fjellby", "vik"],
            "loc": ["store fjellvatn"],
            "prod": [],
            "evt": [],
            "derived": ["soldatene"],
        }
    )


@pytest.mark.parametrize(
    ("text", "word", "features"),
    [
        ("Kari kom .", "Kari", {"given"}),
        ("Norges veier", "Norges", {"state", "begin-gpe"}),
        ("i Fjellby Sparebanks hall", "Fjellby", {"begin-gpe", "begin-org", "long-org"}),
        ("i Fjellby Sparebanks hall", "Sparebanks", {"inside-org", "long-org"}),
        ("ved Store Fjellvatn", "Fjellvatn", {"inside-loc", "long-loc"}),
        ("FN-soldatene gikk", "FN-soldatene", {"first-org", "derived"}),
        ("ei vik i sør", "vik", set()),
        ("Vik i sør", "Vik", {"surname", "begin-gpe"}),
    ],
)
def test_gazetteer_features(gazetteer: Gazetteer, text: str, word: str, features: set[str]) -> None:
    words = text.split()
    row = gazetteer(words)[words.index(word)]
    assert {name for name, value in zip(Gazetteer.FEATURES, row, strict=True) if value} == features


def test_repeated_words_are_grouped_within_their_document() -> None:
    docs = [["Kari", "Vik", "og", "Vik"], ["Vik", "og", "Viks", "og"]]
    places, groups, n = repeated_words(docs)
    assert n == 2
    assert sorted(zip(groups.tolist(), places.tolist(), strict=True)) == [(0, 1), (0, 3), (1, 4), (1, 6)]


def random_weights(draw: numpy.random.Generator, width: int, hidden: int) -> dict[str, numpy.ndarray]:
    shapes = {"input": (width, 4 * hidden), "recurrent": (hidden, 4 * hidden), "bias": (4 * hidden,)}
    return {
        f"first{side}.{name}": draw.normal(size=shape).astype("float32")
        for side in "fb"
        for name, shape in shapes.items()
    }


def one_way(x: numpy.ndarray, weights: dict[str, numpy.ndarray], side: str) -> numpy.ndarray:
    """An LSTM as the textbook writes it."""
    w, u, b = (weights[f"first{side}.{name}"] for name in ("input", "recurrent", "bias"))
    h, c, rows = numpy.zeros(len(u)), numpy.zeros(len(u)), []
    for row in x:
        i, f, g, o = numpy.split(row @ w + h @ u + b, 4)
        c = c / (1 + numpy.exp(-f)) + numpy.tanh(g) / (1 + numpy.exp(-i))
        h = numpy.tanh(c) / (1 + numpy.exp(-o))
        rows.append(h)
    return numpy.stack(rows)


def test_lstm_reads_each_piece_by_itself_from_both_sides() -> None:
    draw = numpy.random.default_rng(1)
    weights = random_weights(draw, 5, 4)
    x = draw.normal(size=(12, 5)).astype("float32")
    spans = [(0, 2), (2, 9), (9, 12)]
    read = both_ways(Layout(spans), x, weights, "first")
    for start, end in spans:
        ahead = one_way(x[start:end], weights, "f")
        behind = one_way(x[start:end][::-1], weights, "b")[::-1]
        assert numpy.allclose(read[start:end], numpy.hstack([ahead, behind]), atol=1e-5)


def test_best_tags_are_the_best_of_all_sequences() -> None:
    draw = numpy.random.default_rng(2)
    weights = {
        "crf.transitions": draw.normal(size=(3, 3)),
        "crf.start": draw.normal(size=3),
        "crf.end": draw.normal(size=3),
    }
    scores = draw.normal(size=(9, 3))
    spans = [(0, 4), (4, 5), (5, 9)]
    tags = best_tags(scores, Layout(spans), weights)

    def score(sequence: tuple[int, ...], start: int) -> float:
        moves = sum(weights["crf.transitions"][a, b] for a, b in pairwise(sequence))
        ends = weights["crf.start"][sequence[0]] + weights["crf.end"][sequence[-1]]
        return sum(scores[start + i, tag] for i, tag in enumerate(sequence)) + moves + ends

    for start, end in spans:
        best = max(product(range(3), repeat=end - start), key=lambda sequence: score(sequence, start))
        assert tags[start:end].tolist() == list(best)


@given(st.text(min_size=1, max_size=40))
def test_every_word_has_as_many_shape_features(word: str) -> None:
    assert len(shape_features(word)) == len(shape_features("a"))


def test_recogniser_survives_its_bytes() -> None:
    nlp = spacy.load("nb_depesje_news")
    ner = nlp.get_pipe("ner")
    other = NameRecogniser(nlp.vocab).from_bytes(ner.to_bytes())
    words = [["Kari", "Vik", "reiser", "til", "Oslo", "."], [], ["Ho", "kom", "."]]
    assert other.tags(words) == ner.tags(words)
    assert ner.tags(words)[0] == ["B-PER", "I-PER", "O", "O", "B-GPE_LOC", "O"]


def test_what_is_read_beside_a_document_changes_nothing() -> None:
    ner = spacy.load("nb_depesje_news").get_pipe("ner")
    text = ["Gunnhild", "Vik", "leder", "Fjellby", "kommune", ".", "Vik", "er", "ny", "."]
    alone = ner.tags([text])[0]
    assert ner.tags([["Ein", "annan", "Vik", "."], text, ["Noreg"]])[1] == alone
