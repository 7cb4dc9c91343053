"""Themes: Media Topics with their evidence."""

from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from depesje import annotations, lexicon, themes  # noqa: F401
from depesje.annotations import Theme

POLITICS, CONFLICT, CRIME, ECONOMY = (
    "medtop:11000000",
    "medtop:16000000",
    "medtop:02000000",
    "medtop:04000000",
)


@pytest.fixture(scope="module")
def nlp():
    """Tokens and sentences only: themes need no trained model."""
    blank = spacy.blank("nb")
    blank.add_pipe("sentencizer")
    blank.add_pipe("depesje_themes")
    return blank


@pytest.fixture(scope="module")
def find(nlp):
    def run(text: str) -> list[Theme]:
        return nlp(text)._.themes

    return run


def tops(found: list[Theme]) -> list[str]:
    return [theme.code for theme in found if theme.level == 1]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "Tingretten dømte mannen til fire års fengsel for drapet. Aktor la ned påstand om forvaring.",
            CRIME,
        ),
        (
            "Tingretten dømde mannen til fire års fengsel for drapet. Statsadvokaten ville ha forvaring.",
            CRIME,
        ),
        ("Sentralbanken hever styringsrenten. Inflasjonen er for høy, sier sjeføkonomen i banken.", ECONOMY),
        ("Statsministeren vil ha nyvalg. Opposisjonen på Stortinget fremmer mistillitsforslag.", POLITICS),
        ("Statsministeren vil ha nyval. Opposisjonen på Stortinget fremjar mistillitsforslag.", POLITICS),
        ("Soldatene rykket inn i byen etter flere døgn med luftangrep og artilleri.", CONFLICT),
        (
            "Keeperen reddet straffesparket, og hjemmelaget vant cupfinalen etter ekstraomganger.",
            "medtop:15000000",
        ),
        (
            "Meteorologen venter sterk kuling og mye nedbør. Farevarselet gjelder til torsdag.",
            "medtop:17000000",
        ),
        ("Elevene får ny læreplan til høsten. Rektor og lærerne på skolen er begeistret.", "medtop:05000000"),
        ("Biskopen holdt gudstjeneste i domkirken. Menigheten ba for presten.", "medtop:12000000"),
        ("Legene ved sykehuset advarer om influensa. Pasientene bør ta vaksine.", "medtop:07000000"),
        (
            "Regissøren viser sin nye film på kino i dag. Skuespilleren har fått gode anmeldelser.",
            "medtop:01000000",
        ),
        (
            "Forskerne fant en ny planet med teleskopet. Studien er publisert av astronomer.",
            "medtop:13000000",
        ),
        (
            "Flere hus er evakuert etter jordskredet. Redningsmannskaper leter etter savnede.",
            "medtop:03000000",
        ),
        ("Utslippene av klimagasser øker. Naturvernere frykter for truede arter.", "medtop:06000000"),
        ("Fagforeningen varsler streik. Lønnsoppgjøret endte med brudd hos Riksmekleren.", "medtop:09000000"),
    ],
)
def test_the_first_theme_is_what_the_text_is_about(find, text, code):
    assert tops(find(text))[0] == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n",
        "Hei!",
        "Det er slik det er, og slik har det alltid vært.",
        "1234 5678",
        "🙂",
        "<script>alert(1)</script>",
    ],
)
def test_a_text_that_says_nothing_has_no_theme(find, text):
    assert find(text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "Ambassadøren ble kalt inn på teppet. Diplomatene ber om et toppmøte om sanksjoner.",
            "medtop:20000639",
        ),
        (
            "EU innfører nye sanksjoner. Sanksjonene rammer regimet, sier utenriksministeren.",
            "medtop:20000642",
        ),
        (
            "Velgerne straffet regjeringspartiet. Valgresultatet var ventet, sier valgforskeren.",
            "medtop:20000574",
        ),
        (
            "Fotballkampen endte uavgjort. Spissen fra eliteserien ble byttet ut av treneren.",
            "medtop:20001065",
        ),
        (
            "Renten settes opp. Styringsrenten er nå den høyeste på ti år, melder sentralbanken.",
            "medtop:20000371",
        ),
    ],
)
def test_topics_beneath(find, text, code):
    found = {theme.code: theme for theme in find(text)}
    assert code in found
    assert found[code].level > 1


def test_the_bundled_article(nlp):
    sample = Path(__file__).parents[1] / "data" / "articles" / "kim-putin-2023-09.txt"
    text = sample.read_text(encoding="utf-8")
    found = {theme.code: theme for theme in nlp(text)._.themes}
    assert {POLITICS, CONFLICT} == set(tops(list(found.values())))
    diplomacy, weaponry, sanctions = (found[f"medtop:{n}"] for n in ("20000639", "20000602", "20000642"))
    assert "delegasjonene" in diplomacy.words
    assert "artillerigranater" in weaponry.words
    assert "resolusjonene" in sanctions.words
    assert any("artillerigranater" in text[start:end] for start, end in weaponry.sentences)


@pytest.mark.parametrize(
    ("word", "stands", "lacks"),
    [
        ("krigen", CONFLICT, CRIME),
        ("valgkamp", POLITICS, "medtop:15000000"),  # not a -kamp
        ("valgkampen", POLITICS, "medtop:15000000"),
        ("transport", ECONOMY, "medtop:15000000"),  # not a -sport
        ("ol-gull", "medtop:15000000", ECONOMY),
        ("oljeprisen", ECONOMY, "medtop:15000000"),  # not ol-
        ("politiet", CRIME, POLITICS),
        ("politikken", POLITICS, CRIME),
        ("skulane", "medtop:05000000", CRIME),
    ],
)
def test_words_stand_for_topics(word, stands, lacks):
    known = themes.load_lexicon()
    found = {known.topics[known.topics[topic].top].code for topic, _ in known.topics_of(word)}
    assert stands in found
    assert lacks not in found


@pytest.mark.parametrize("word", ["skulle", "seier", "var", "same", "vanlig", "jeg", "gjelder"])
def test_common_words_stand_for_nothing(word):
    assert themes.load_lexicon().topics_of(word) == ()


def test_the_lexicon_holds_the_vocabulary():
    topics = themes.load_lexicon().topics
    assert sum(topic.level == 1 for topic in topics) == 17
    assert sum(topic.level in (2, 3) for topic in topics) >= 120
    assert len({topic.code for topic in topics}) == len(topics)
    for topic in topics:
        assert topic.code.startswith("medtop:2") == (topic.level > 1)
        assert topic.label_en
        assert topic.label_nb


def test_each_topic_has_words():
    tables = {code: table for code, table in lexicon.load("themes").items() if code != "ignored"}
    assert all(table["words"].split() for table in tables.values())


def check(found: list[Theme], text: str) -> None:
    """What holds for the themes of any text."""
    levels = [theme.level for theme in found]
    assert not levels or levels[0] == 1
    assert levels.count(1) <= themes.MOST
    assert len({theme.code for theme in found}) == len(found)
    for theme in found:
        assert 0.0 < theme.score <= 1.0
        assert all(0 <= start < end <= len(text) for start, end in theme.sentences)
        assert list(theme.sentences) == sorted(set(theme.sentences))
        stretches = [" ".join(text[start:end].split()) for start, end in theme.sentences]
        assert all(any(word in stretch for stretch in stretches) for word in theme.words)


_WORDS = [
    "krigen",
    "Stortinget",
    "fotball",
    "politiet",
    "rente",
    "er",
    "og",
    "i dag",
    ".",
    "sykehuset",
    "brann",
    "\n",
]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(_WORDS), max_size=40).map(" ".join))
def test_evidence_lies_in_the_sentences(text):
    blank = spacy.blank("nb")
    blank.add_pipe("sentencizer")
    blank.add_pipe("depesje_themes")
    check(blank(text)._.themes, text)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_any_text_passes(text):
    blank = spacy.blank("nb")
    blank.add_pipe("depesje_themes")  # no sentences either
    check(blank(text)._.themes, text)


def test_a_long_text_is_read_to_a_limit(nlp):
    doc = nlp.make_doc("Regjeringen foreslår nye skatter. " * 3000)
    assert len(themes.read(doc.text).spans) == themes.LONGEST
