"""Which sentences are chosen."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from depesje.summary import key_sentences


def table(*rows):
    """Sentences of paragraphs; a heading begins with `#`."""
    return pd.DataFrame(
        {
            "sentence_id": range(len(rows)),
            "kind": ["heading" if row.startswith("#") else "paragraph" for row in rows],
            "text": pd.Series([row.removeprefix("#") for row in rows], dtype="str"),
        }
    )


def test_the_beginning_goes_before_the_end():
    rows = table("Renten settes opp i dag.", "Det regner på Vestlandet.", "Fuglene trekker sørover nå.")
    assert key_sentences(rows, 5) == [0]


def test_what_shares_words_with_the_title_goes_before_what_does_not():
    rows = table("#Renten settes opp", "Banken har møte.", "Det regner mye.", "Renten settes opp.")
    assert key_sentences(rows, 6) == [1, 3]


def test_headings_photo_credits_and_questions_are_left_out():
    rows = table("#Renten opp", "Foto: Kari Lie / NTB", "Hva nå?", "Renten settes opp i dag av banken.")
    assert key_sentences(rows, 8) == [3]


def test_nothing_to_choose_from():
    assert key_sentences(table()) == []
    assert key_sentences(table("…")) == []


@given(st.lists(st.text(alphabet="abcæøå .#?–", max_size=60), max_size=30), st.integers(0, 60))
def test_in_order_and_within_the_length(texts, words):
    rows = table(*texts)
    chosen = key_sentences(rows, words)
    assert chosen == sorted(set(chosen))
    assert sum(len(rows["text"][number].split()) for number in chosen) <= words


def test_captions_and_labels_are_left_out():
    rows = table(
        "#Brann på Moen",
        "Illustrasjonsbilde.",
        "HELSE PÅ STEDET:",
        "Brann hos Moen Papir AS",
        "Brann hos Moen Papir AS ved Drammenselva i går kveld Foto: Ola Vik.",
        "Telefon:",
        "Kari Lie.",
        "12. «Sult» av Knut Hamsun.",
        "Brannen på Moen er slukket.",
    )
    assert key_sentences(rows, 20) == [8]
