"""Stems, and key terms by log-likelihood."""

import math

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from depesje.keyterms import WORD, background, key_terms, log_likelihood, stem


@pytest.mark.parametrize(
    "forms",
    [
        "krig krigen krigens kriger",
        "regjering regjeringen regjeringa regjeringene regjeringens",
        "minister ministeren",
        "lærer læreren lærere lærerne lærar læraren lærarar lærarane",
        "skole skolen skoler skolene skolens",
        "kommune kommunen kommuner kommunar kommunane",
        "dom dommen",
        "valg valget valgene",
        "hotell hotellet hoteller",
        "hus huset",
        "pris prisen priser prisene",
    ],
)
def test_inflected_forms_share_a_stem(forms):
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("politi", "politikk"), ("hus", "hue"), ("skole", "skulle"), ("krig", "krage"), ("sett", "set")],
)
def test_different_words_keep_apart(one, other):
    assert stem(one) != stem(other)


@given(st.text(min_size=1, max_size=30))
def test_a_stem_begins_the_word(word):
    assert word.lower().startswith(stem(word))
    assert stem(word)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("TV-serien kommer.", ["TV-serien", "kommer"]),
        ("Bodø/Glimt vant 3-1!", ["Bodø/Glimt", "vant", "3-1"]),
        ("«Å ja?» – E6", ["Å", "ja", "E6"]),
    ],
)
def test_words(text, words):
    assert WORD.findall(text) == words


def test_log_likelihood_of_a_known_table():
    # Two corpora of 1000 and 1000 words, 20 uses and 10: 2·(20·ln(20/15) + 10·ln(10/15)).
    expected = 2 * (20 * math.log(20 / 15) + 10 * math.log(10 / 15))
    assert log_likelihood(20, 1000, 10_000, background_size=1000) == pytest.approx(expected)


@given(st.integers(1, 50), st.integers(50, 2000), st.floats(0, 50_000))
def test_log_likelihood_is_positive_where_the_word_is_commoner(count, size, per_million):
    score = log_likelihood(count, size, per_million)
    difference = count / size - per_million / 1e6
    assert score * difference >= -1e-6


def test_the_background_is_norwegian():
    shares = background()
    assert shares["og"] > shares["film"] > shares.get("artillerigranat", 0.0)
    assert "ikkj" in shares  # Nynorsk is in it as well


@pytest.fixture(scope="module")
def nlp():
    blank = spacy.blank("nb")
    blank.add_pipe("sentencizer")
    return blank


def test_key_terms_are_what_the_text_is_about(nlp):
    text = (
        "Fiskerne protesterer mot havvindparken. De frykter at havvindparken ødelegger fisket. "
        "Ministeren sier at fiskerne skal høres før havvindparken bygges."
    )
    terms = key_terms(nlp(text))
    assert terms[0].term == "havvindparken"
    assert terms[0].count == 3
    assert [text[start:end] for start, end in terms[0].spans] == ["havvindparken"] * 3
    assert not {"at", "de", "mot", "sier"} & {term.term for term in terms}


def test_names_and_numbers_are_no_key_terms(nlp):
    found = {
        term.term
        for term in key_terms(nlp("I går kom Kvitsand til Fjellvær. Der møtte Kvitsand 4711 kråkeboller."))
    }
    assert "kråkeboller" in found
    assert not {"kvitsand", "fjellvær", "4711"} & found


def test_the_limit_holds(nlp):
    text = " ".join(
        f"Den {first}{last} var her."
        for first in ("kråke", "torske", "reke")
        for last in ("bolle", "suppe", "mat")
    )
    assert len(key_terms(nlp(text), limit=4)) == 4


@pytest.mark.parametrize("text", ["", " ", "123 456", "…", "og i på"])
def test_a_text_without_content_has_no_key_terms(nlp, text):
    assert key_terms(nlp(text)) == []


def test_stems_of_one_lemma_are_one_term(nlp):
    doc = nlp("Hun leser ei tuebok. Tuebøker er dyre. Tuebøkene forsvant.")
    for token in doc:
        token.lemma_ = "tuebok" if "tueb" in token.lower_ else token.lower_
    (term,) = [term for term in key_terms(doc) if term.term.startswith("tueb")]
    assert (term.term, term.count) == ("tuebok", 3)


def test_capitals_are_kept_where_they_are_the_words_own(nlp):
    text = "Det nye NRK-budsjettet er lite. Hun liker ikke NRK-budsjettet. Snøstorm kom. Vi fikk snøstorm."
    doc = nlp(text)
    for token in doc:
        token.lemma_, token.pos_ = token.lower_, "NOUN"
    assert {"NRK-budsjettet", "snøstorm"} <= {term.term for term in key_terms(doc)}
