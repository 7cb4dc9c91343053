"""Relations: co-mention, verbs and statements."""

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from depesje.annotations import Actor, Mention, Relation, Statement
from depesje.relations import RelationFinder

VOCAB = spacy.blank("nb").vocab


def parsed(*tokens: tuple[str, str, int, str, str]) -> Doc:
    """A parsed sentence: (word, part of speech, head, label, lemma) a token, heads numbered from 1, the root's 0."""
    heads = [h - 1 if h else i for i, (_, _, h, _, _) in enumerate(tokens)]
    return Doc(
        VOCAB,
        words=[t[0] for t in tokens],
        pos=[t[1] for t in tokens],
        heads=heads,
        deps=[t[3] for t in tokens],
        lemmas=[t[4] for t in tokens],
        sent_starts=[i == 0 for i in range(len(tokens))],
    )


def with_actors(doc: Doc, *names: str) -> Doc:
    """Name the actors of a document: PER for each name, wherever its words stand."""
    actors = []
    for name in names:
        mentions = tuple(Mention(t.idx, t.idx + len(t), t.text, "PER") for t in doc if t.text == name)
        actors.append(Actor(name, "PER", None, None, None, mentions))
    doc._.actors = actors
    return doc


def links(doc: Doc, kind: str) -> list[tuple[str, str, str | None]]:
    """The relations of one kind: (source, target, verb)."""
    found: list[Relation] = RelationFinder()(doc)._.relations
    name = [a.name for a in doc._.actors]
    return [(name[r.source], name[r.target], r.verb) for r in found if r.kind == kind]


MOTTE = [
    ("Kari", "PROPN", 2, "SUBJ", "Kari"),
    ("møtte", "VERB", 0, "FINV", "møte"),
    ("Ola", "PROPN", 2, "DOBJ", "Ola"),
]
HAR_MOTT = [
    ("Kari", "PROPN", 2, "SUBJ", "Kari"),
    ("har", "AUX", 0, "FINV", "ha"),
    ("møtt", "VERB", 2, "INFV", "møte"),
    ("Ola", "PROPN", 3, "DOBJ", "Ola"),
]
BLE_MOTT = [
    ("Kari", "PROPN", 2, "SUBJ", "Kari"),
    ("ble", "AUX", 0, "FINV", "bli"),
    ("møtt", "VERB", 2, "INFV", "møte"),
    ("av", "ADP", 3, "ADV", "av"),
    ("Ola", "PROPN", 4, "PUTFYLL", "Ola"),
]
SNAKKA_MED = [
    ("Kari", "PROPN", 2, "SUBJ", "Kari"),
    ("snakka", "VERB", 0, "FINV", "snakke"),
    ("med", "ADP", 2, "ADV", "med"),
    ("Ola", "PROPN", 3, "PUTFYLL", "Ola"),
]
ER_I = [
    ("Kari", "PROPN", 2, "SUBJ", "Kari"),
    ("er", "AUX", 0, "FINV", "være"),
    ("i", "ADP", 2, "ADV", "i"),
    ("Ola", "PROPN", 3, "PUTFYLL", "Ola"),
]
SEIER_TIL = [
    ("Kari", "PROPN", 2, "SUBJ", "Kari"),
    ("seier", "VERB", 0, "FINV", "seie"),
    ("til", "ADP", 2, "ADV", "til"),
    ("Ola", "PROPN", 3, "PUTFYLL", "Ola"),
]
IFOLGE = [
    ("Kari", "PROPN", 2, "SUBJ", "Kari"),
    ("kommer", "VERB", 0, "FINV", "komme"),
    ("ifølge", "ADP", 2, "ADV", "ifølge"),
    ("Ola", "PROPN", 3, "PUTFYLL", "Ola"),
]
MOTES = [
    ("Kari", "PROPN", 4, "SUBJ", "Kari"),
    ("og", "CCONJ", 3, "KONJ", "og"),
    ("Ola", "PROPN", 1, "KOORD", "Ola"),
    ("møtes", "VERB", 0, "FINV", "møtes"),
]
BEGGE = [
    ("Kari", "PROPN", 4, "SUBJ", "Kari"),
    ("og", "CCONJ", 3, "KONJ", "og"),
    ("Ola", "PROPN", 1, "KOORD", "Ola"),
    ("roste", "VERB", 0, "FINV", "rose"),
    ("Siri", "PROPN", 4, "DOBJ", "Siri"),
]


@pytest.mark.parametrize(
    ("tokens", "expected"),
    [
        (MOTTE, [("Kari", "Ola", "møte")]),
        (HAR_MOTT, [("Kari", "Ola", "møte")]),
        (BLE_MOTT, [("Ola", "Kari", "møte")]),
        (ER_I, []),
        (SEIER_TIL, [("Kari", "Ola", "seie til")]),
        (IFOLGE, []),
        (SNAKKA_MED, [("Kari", "Ola", "snakke med")]),
        (MOTES, [("Kari", "Ola", "møtes")]),
        (BEGGE, [("Kari", "Siri", "rose"), ("Ola", "Siri", "rose")]),
    ],
)
def test_verbs(tokens: list[tuple[str, str, int, str, str]], expected: list[tuple[str, str, str]]) -> None:
    assert links(with_actors(parsed(*tokens), "Kari", "Ola", "Siri"), "verb") == expected


def sentences(*texts: str) -> Doc:
    """A document of sentences of plain words, unparsed."""
    words = [word for text in texts for word in text.split()]
    starts = [i == 0 for text in texts for i, _ in enumerate(text.split())]
    return Doc(VOCAB, words=words, sent_starts=starts)


def test_co_mention_weighs_a_list_less() -> None:
    doc = with_actors(
        sentences("Kari så Ola .", "Kari , Ola og Siri lo .", "Siri gikk ."), "Kari", "Ola", "Siri"
    )
    found = {(r.source, r.target): r for r in RelationFinder()(doc)._.relations if r.kind == "co-mention"}
    assert {pair: r.weight for pair, r in found.items()} == {(0, 1): 1.5, (0, 2): 0.5, (1, 2): 0.5}
    assert [doc.text[a:b] for a, b in found[0, 1].sentences] == ["Kari så Ola .", "Kari , Ola og Siri lo ."]


def test_one_actor_named_twice_has_no_relation_to_itself() -> None:
    assert links(with_actors(sentences("Kari så Kari ."), "Kari"), "co-mention") == []


def test_products_take_no_part() -> None:
    doc = with_actors(sentences("Kari så Ola ."), "Kari", "Ola")
    doc._.actors[1] = Actor("Ola", "PROD", None, None, None, doc._.actors[1].mentions)
    assert RelationFinder()(doc)._.relations == []


def statement(start: int, end: int, speaker: int | None) -> Statement:
    """A statement of an actor about what stands from start to end."""
    return Statement(
        start, end, "", None, speaker, None, None, "sier", None, None, "indirect", True, "asserted"
    )


def test_statements_link_the_speaker_to_whom_the_content_names() -> None:
    doc = with_actors(sentences("Kari sier at Ola og Kari og Siri kommer ."), "Kari", "Ola", "Siri")
    content = doc.text.index("Ola")
    doc._.statements = [statement(content, len(doc.text), 0), statement(content, len(doc.text), None)]
    assert links(doc, "statement") == [("Kari", "Ola", "sier"), ("Kari", "Siri", "sier")]


@given(
    st.lists(
        st.lists(st.sampled_from(["Kari", "Ola", "Siri", "Per", "ser", "."]), min_size=1, max_size=12),
        max_size=8,
    )
)
@settings(max_examples=100, deadline=None)
def test_relations_name_actors_and_whole_sentences(texts: list[list[str]]) -> None:
    doc = with_actors(sentences(*(" ".join(words) for words in texts)), "Kari", "Ola", "Siri", "Per")
    spans = {(s.start_char, s.end_char) for s in doc.sents} if len(doc) else set()
    for relation in RelationFinder()(doc)._.relations:
        assert 0 <= relation.source < relation.target < 4
        assert relation.weight > 0
        assert relation.sentences
        assert set(relation.sentences) <= spans


def test_no_text_no_relations() -> None:
    assert RelationFinder()(Doc(VOCAB))._.relations == []
