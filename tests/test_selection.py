"""What fits an actor, a theme, a certainty; nothing of what is left points to what is not."""

from itertools import product

import pandas as pd
import pytest

import depesje
from depesje.selection import Choice, selected
from depesje.tables import SCHEMAS

TEXT = (
    "Toget krysset grensen\n\n"
    "Ifølge analytikere kan Nord-Korea ha titalls millioner granater. Kari Lie reiste til Oslo tirsdag.\n\n"
    "– Vi har kjøpt minst 13 mil kabel, sier statsminister Kari Lie. Trolig veide den 40 tonn.\n\n"
    "Russland avviser at kabelen er for kort, skriver Nordlys. Det regnet på grensen."
)


@pytest.fixture(scope="module")
def found():
    return depesje.extract(TEXT, published="2023-09-12")


@pytest.fixture(scope="module")
def sentence(found):
    """Words → the number of the sentence that they stand in."""

    def number(words):
        start = TEXT.index(words)
        rows = found.sentences
        return int(rows[(rows["start"] <= start) & (rows["end"] > start)]["sentence_id"].iloc[0])

    return number


@pytest.fixture(scope="module")
def actor(found):
    return dict(zip(found.actors["name"], found.actors["actor_id"], strict=True))


def choices(found):
    actors = [None, *found.actors["actor_id"]]
    themes = [None, *found.themes["code"], *found.subthemes["code"]]
    levels = [None, *SCHEMAS["statements"].columns["certainty"].checks[0].statistics["allowed_values"]]
    return [Choice(*parts) for parts in product(actors, themes, levels)]


def test_no_choice_leaves_everything(found):
    kept, ids = selected(found, Choice())
    assert kept is found
    assert ids == found.sentences["sentence_id"].tolist()


def test_an_actor_where_it_is_named_and_where_it_speaks(found, sentence, actor):
    kept, ids = selected(found, Choice(actor_id=actor["Kari Lie"]))
    assert ids == [sentence("Kari Lie reiste"), sentence("Vi har kjøpt")]
    assert kept.quantities["text"].tolist() == ["13 mil"]
    assert kept.dates["text"].tolist() == ["tirsdag"]
    assert set(kept.actors["name"]) == {"Kari Lie", "Oslo"}


def test_an_actor_in_a_claim_of_another(found, sentence, actor):
    _kept, ids = selected(found, Choice(actor_id=actor["analytikere"]))
    assert ids == [sentence("Ifølge analytikere")]


def test_a_certainty_of_claims_and_of_amounts_in_the_articles_own_voice(found, sentence):
    possible, ids = selected(found, Choice(certainty="possible"))
    assert ids == [sentence("Ifølge analytikere")]
    assert set(possible.statements["certainty"]) == {"possible"}
    assert possible.quantities["text"].tolist() == ["titalls millioner"]
    likely, ids = selected(found, Choice(certainty="likely"))
    assert ids == [sentence("Trolig veide")]
    assert likely.statements.empty
    assert likely.quantities["text"].tolist() == ["40 tonn"]


def test_a_theme_with_its_sentences(found):
    code = found.themes["code"].iloc[0]
    kept, ids = selected(found, Choice(theme=code))
    assert set(found.themes["sentence_ids"].iloc[0]) <= set(ids)
    assert code in set(kept.themes["code"])


def test_parts_of_a_choice_go_together(found, actor):
    kept, ids = selected(found, Choice(actor_id=actor["Kari Lie"], certainty="possible"))
    assert ids == []
    assert kept.statements.empty
    assert kept.actors.empty


def test_counts_are_those_of_what_is_left(found, actor):
    kept, _ids = selected(found, Choice(certainty="possible"))
    rows = kept.actors.set_index("name")
    assert rows.loc["analytikere", ["n_mentions", "n_statements"]].tolist() == [1, 1]
    assert "Kari Lie" not in rows.index


def test_what_is_left_is_whole(found):
    """For every choice: tables of the schemas, and no row that names one that is gone."""
    for choice in choices(found):
        kept, ids = selected(found, choice)
        for name, schema in SCHEMAS.items():
            table = getattr(kept, name)
            pd.testing.assert_frame_equal(schema.validate(table), table)
        assert kept.sentences is found.sentences
        for name in ("mentions", "quantities", "dates", "statements"):
            assert set(getattr(kept, name)["sentence_id"]) <= set(ids)
        for name in ("themes", "subthemes", "key_terms", "relations"):
            assert set().union(*getattr(kept, name)["sentence_ids"]) <= set(ids)
        there = set(kept.actors["actor_id"])
        assert set(kept.mentions["actor_id"]) <= there
        assert set(kept.statements["speaker_actor_id"].dropna()) <= there
        assert {*kept.relations["source_actor_id"], *kept.relations["target_actor_id"]} <= there
        assert set(kept.quantities["statement_id"].dropna()) <= set(kept.statements["statement_id"])
        if choice.certainty:
            assert set(kept.statements["certainty"]) <= {choice.certainty}


def test_a_narrower_choice_leaves_no_more(found):
    for choice in choices(found):
        _, ids = selected(found, choice)
        for wider in (
            Choice(None, choice.theme, choice.certainty),
            Choice(choice.actor_id, None, choice.certainty),
            Choice(choice.actor_id, choice.theme, None),
        ):
            assert set(ids) <= set(selected(found, wider)[1])


def test_nothing_to_choose_from():
    empty = depesje.extract("Det regner.")
    kept, ids = selected(empty, Choice(certainty="denied"))
    assert ids == []
    assert kept.sentences is empty.sentences
