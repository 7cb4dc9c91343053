"""The trained pipeline: that it loads, what it promises, and a handful of sentences in either standard."""

from functools import cache

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

COMPONENTS = ["tok2vec", "morphologizer", "trainable_lemmatizer", "parser", "ner"]
NAME_TYPES = {"PER", "ORG", "GPE_LOC", "GPE_ORG", "LOC", "PROD", "EVT", "DRV", "MISC"}
# The relations that the rest of the package builds on.
RELATIONS = {
    "ROOT",
    "SUBJ",
    "DOBJ",
    "ADV",
    "ATR",
    "DET",
    "PUTFYLL",
    "INFV",
    "SBU",
    "KOORD",
    "KONJ",
    "APP",
    "FLAT",
    "PAR",
}

NEWS = """Broen stengt etter ras
– Vi har ikke oversikt ennå, sier ordfører Kari Haugland til NTB. Hun ber folk holde seg hjemme.

Raset gikk like før klokken seks. Statens vegvesen venter at veien er stengt til fredag."""


@cache
def load() -> Language:
    return spacy.load("nb_depesje_news")


@pytest.fixture
def nlp() -> Language:
    return load()


def annotations(doc: Doc) -> list[tuple]:
    return [
        (t.text, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.i, t.is_sent_start, t.ent_type_) for t in doc
    ]


def test_pipeline_has_its_components_in_order(nlp: Language) -> None:
    assert nlp.pipe_names == COMPONENTS
    assert nlp.lang == "nb"


def test_labels_are_those_of_the_corpora(nlp: Language) -> None:
    assert set(nlp.get_pipe("ner").labels) >= NAME_TYPES - {"MISC"}  # MISC is too rare to be sure of
    assert set(nlp.get_pipe("ner").labels) <= NAME_TYPES
    assert set(nlp.get_pipe("parser").labels) >= RELATIONS


def test_same_text_has_the_same_annotation(nlp: Language) -> None:
    first = annotations(nlp(NEWS))
    assert annotations(nlp(NEWS)) == first
    # What was read before, and what is read beside it, changes nothing.
    nlp("Noko heilt anna vart sagt av Ola Lie i Førde.")
    assert [annotations(doc) for doc in nlp.pipe([NEWS, "Kort.", NEWS])][2] == first
    assert annotations(spacy.load("nb_depesje_news")(NEWS)) == first


def test_headings_and_dash_quotes_are_sentences(nlp: Language) -> None:
    sentences = [sentence.text.strip() for sentence in nlp(NEWS).sents]
    assert sentences == [
        "Broen stengt etter ras",
        "– Vi har ikke oversikt ennå, sier ordfører Kari Haugland til NTB.",
        "Hun ber folk holde seg hjemme.",
        "Raset gikk like før klokken seks.",
        "Statens vegvesen venter at veien er stengt til fredag.",
    ]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Han kom kl. 14.30 til Oslo. Hun kom ca. en time senere.", 2),
        ("Det kostet 2,5 mill. kroner i fjor. I år blir det dyrere.", 2),
        ("Prisen steig med 3,4 prosent. – Det er for mykje, seier Berit Moe.", 2),
        ("Vil du vere med? Ja! Vi reiser i morgon.", 3),
        ("Hun gikk ut av Frp. Nå stiller hun for Sp.", 2),
    ],
)
def test_sentences_end_where_a_reader_ends_them(nlp: Language, text: str, sentences: int) -> None:
    assert len(list(nlp(text).sents)) == sentences


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Kari Nordmann møtte utenriksministeren i Stockholm tirsdag.",
            {("Kari Nordmann", "PER"), ("Stockholm", "GPE_LOC")},
        ),
        (
            "Arbeiderpartiet og Høyre er enige, melder NRK.",
            {("Arbeiderpartiet", "ORG"), ("Høyre", "ORG"), ("NRK", "ORG")},
        ),
        (
            "Statsminister Jonas Gahr Støre kommer til Tromsø på mandag.",
            {("Jonas Gahr Støre", "PER"), ("Tromsø", "GPE_LOC")},
        ),
        (
            "Ola Lie flytta frå Bergen til Danmark i fjor.",
            {("Ola Lie", "PER"), ("Bergen", "GPE_LOC"), ("Danmark", "GPE_LOC")},
        ),
        (
            "Leiaren i Senterpartiet, Marit Vik, seier nei til Equinor.",
            {("Senterpartiet", "ORG"), ("Marit Vik", "PER"), ("Equinor", "ORG")},
        ),
    ],
)
def test_names_are_found(nlp: Language, text: str, names: set[tuple[str, str]]) -> None:
    assert {(name.text, name.label_) for name in nlp(text).ents} == names


def test_last_name_is_read_in_the_light_of_the_full_name(nlp: Language) -> None:
    text = "Gunnhild Vik er ny leder i partiet. Vik har sittet i styret siden 2015. Nå vil Vik ha nye folk."
    assert [(name.text, name.label_) for name in nlp(text).ents if "Vik" in name.text] == [
        ("Gunnhild Vik", "PER"),
        ("Vik", "PER"),
        ("Vik", "PER"),
    ]


@pytest.mark.parametrize(
    ("text", "lemmas"),
    [
        ("Ministrene sa at de gikk.", "minister si at de gå ."),
        ("Hun har vært i byene.", "hun ha være i by ."),
        ("Hva gjorde barna?", "hva gjøre barn ?"),
        ("Dei var ikkje heime.", "dei vere ikkje heime ."),
        ("Kva sa ho til bøndene?", "kva seie ho til bonde ?"),
    ],
)
def test_lemmas_are_those_of_the_standard(nlp: Language, text: str, lemmas: str) -> None:
    assert " ".join(token.lemma_ for token in nlp(text)) == lemmas


@pytest.mark.parametrize(
    ("text", "word", "relation", "head"),
    [
        ("Regjeringen øker støtten til bøndene.", "Regjeringen", "SUBJ", "øker"),
        ("Regjeringen øker støtten til bøndene.", "støtten", "DOBJ", "øker"),
        ("Regjeringen øker støtten til bøndene.", "bøndene", "PUTFYLL", "til"),
        ("– Det er trygt, sier ordføreren.", "ordføreren", "SUBJ", "sier"),
        ("Ho seier at vegen er stengd.", "vegen", "SUBJ", "er"),
        ("Ho seier at vegen er stengd.", "at", "SBU", "er"),
    ],
)
def test_relations_are_the_treebanks(nlp: Language, text: str, word: str, relation: str, head: str) -> None:
    token = next(token for token in nlp(text) if token.text == word)
    assert (token.dep_, token.head.text) == (relation, head)


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "–", "<p>&amp;</p>", "Ååå" * 500, "1" * 5000, "\u202e\u0000\U0001f600"]
)
def test_odd_texts_are_read(nlp: Language, text: str) -> None:
    assert nlp(text).text == text


@given(st.text(alphabet="abcÆØå .,–-«»\n0123456789|", max_size=80))
@settings(max_examples=40, deadline=None)
def test_every_token_has_its_layers(text: str) -> None:
    doc = load()(text)
    assert all(token.pos_ and token.lemma_ and token.dep_ for token in doc)


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("Hun spiste to røde epler i går.", "PRON VERB NUM ADJ NOUN ADP NOUN PUNCT"),
        ("Oslo har ikke fått nye boliger.", "PROPN AUX PART VERB ADJ NOUN PUNCT"),
        ("Dei vil at ho skal kome i dag.", "PRON VERB SCONJ PRON AUX VERB ADP NOUN PUNCT"),
    ],
)
def test_parts_of_speech(nlp: Language, text: str, tags: str) -> None:
    assert " ".join(token.pos_ for token in nlp(text)) == tags


@pytest.mark.parametrize(
    ("text", "word", "features"),
    [
        ("Byene vokser.", "Byene", {"Number=Plur", "Definite=Def"}),
        ("Han sov lenge.", "sov", {"Tense=Past", "VerbForm=Fin"}),
        ("Ho såg han.", "Ho", {"Case=Nom", "Gender=Fem", "Person=3"}),
    ],
)
def test_features(nlp: Language, text: str, word: str, features: set[str]) -> None:
    token = next(token for token in nlp(text) if token.text == word)
    assert set(str(token.morph).split("|")) >= features
