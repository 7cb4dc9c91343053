"""Actors: names, identity, roles, countries and groups.

The sentences mark what an entity recogniser would find: ``[PER Kari Moe]``. They run through a blank pipeline, so that
every line tests Depesje's own rules and not the model.
"""

import re
from itertools import pairwise
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.util import filter_spans

from depesje import pipeline
from depesje.actors import ActorFinder, add_group, find_actor, role_base, role_bases, role_nouns
from depesje.annotations import Actor
from depesje.names import abbreviates, fold, look_up, spelling, without_genitive

SAMPLE = Path(__file__).parents[1] / "data" / "articles" / "kim-putin-2023-09.txt"
NLP = spacy.blank("nb")
NLP.add_pipe("sentencizer")
MARK = re.compile(r"\[([A-Z_]+) ([^\]]+)\]")


def read(marked: str) -> Doc:
    """A document from a text with marked entities, without actors yet."""
    text, spans, end = "", [], 0
    for match in MARK.finditer(marked):
        text += marked[end : match.start()]
        spans.append((len(text), len(text) + len(match[2]), match[1]))
        text += match[2]
        end = match.end()
    doc = NLP(text + marked[end:])
    found = [doc.char_span(a, b, label=label, alignment_mode="expand") for a, b, label in spans]
    doc.ents = filter_spans([span for span in found if span is not None])
    return doc


def actors(marked: str) -> list[Actor]:
    """The actors of a marked text."""
    found: list[Actor] = ActorFinder()(read(marked))._.actors
    return found


def named(marked: str) -> list[str]:
    """The named actors, each as ``TYPE name: mention | mention``."""
    return [
        f"{a.type} {a.name}: {' | '.join(m.text for m in a.mentions)}"
        for a in actors(marked)
        if a.type != "GROUP"
    ]


def the(marked: str, name: str) -> Actor:
    """The one actor of this name."""
    (actor,) = [a for a in actors(marked) if a.name == name]
    return actor


# Mentions


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        # the genitive belongs to the mention, not to the name
        ("[GPE_LOC Norges] grense er lang.", ["GPE Norge: Norges"]),
        ("Det er [ORG NRKs] sak.", ["ORG NRK: NRKs"]),
        ("[PER Kari Moes] bok kom. [PER Kari Moe] leste.", ["PER Kari Moe: Kari Moes | Kari Moe"]),
        ("[PER Lars' ] bil er rød.", ["PER Lars: Lars'"]),
        # an s of the name's own
        ("Her bor [PER Jens]. [PER Jens] bor godt.", ["PER Jens: Jens | Jens"]),
        ("[GPE_LOC Paris] er stor.", ["GPE Paris: Paris"]),
        # a title is no part of the name
        ("[PER Statsminister Kari Moe] talte.", ["PER Kari Moe: Kari Moe"]),
        ("[PER president Ola Li] talte.", ["PER Ola Li: Ola Li"]),
        # derived words are no mentions, a compound that names a region or a body is
        ("[DRV Oslo-mannen] ble funnet.", []),
        ("[ORG Moe-regjeringen] gikk av.", []),
        ("De dro til [DRV Lena-regionen].", ["GPE Lena-regionen: Lena-regionen"]),
        ("Det sa [ORG EU-kommisjonen].", ["ORG EU-kommisjonen: EU-kommisjonen"]),
        # natural and built places are none, inhabited districts are
        ("De rodde på [LOC Storfjorden] ved [LOC Fagerli stadion].", []),
        ("Hun kommer fra [LOC Ottadalen].", ["GPE Ottadalen: Ottadalen"]),
        ("[PER Ola Moes] gate er stengt.", []),
        # institutions take their noun in
        (
            "[GPE_ORG USAs] utenriksdepartement svarte.",
            ["ORG USAs utenriksdepartement: USAs utenriksdepartement"],
        ),
        ("[GPE_LOC Bergen] kommune svarte.", ["ORG Bergen kommune: Bergen kommune"]),
        ("[GPE_ORG USAs] president svarte.", ["GPE USA: USAs"]),
        ("[ORG NATOs medlemsland] svarte.", ["ORG NATO: NATOs"]),
        # quotation marks, credits and full stops
        ("Foto: [ORG «Posten»]", ["ORG Posten: Posten"]),
        ("Hun meldte seg inn i Frp.", ["ORG Frp: Frp"]),
        # the lexicon's names, where the recogniser missed them
        ("Krigen i Ukraina fortsetter.", ["GPE Ukraina: Ukraina"]),
        ("Krigen i Aust-Timor og Noreg.", ["GPE Aust-Timor: Aust-Timor", "GPE Noreg: Noreg"]),
        ("Han reiser til De forente nasjoner.", ["ORG De forente nasjoner: De forente nasjoner"]),
        # a name inside another name is no mention
        ("[ORG Norges Bank] hever renten.", ["ORG Norges Bank: Norges Bank"]),
        ("[ORG Universitetet i Oslo] vokser.", ["ORG Universitetet i Oslo: Universitetet i Oslo"]),
        # continents are places
        ("Sommeren i [GPE_LOC Europa] var varm.", []),
        ("Dette krever [GPE_ORG Europa].", ["GPE Europa: Europa"]),
        # a seat of power is an actor where it acts
        ("De gikk rundt [LOC Kreml] i går.", []),
        ("Ifølge Kreml er møtet avlyst.", ["ORG Kreml: Kreml"]),
        # an inhabited place that the recogniser holds for any place, by its preposition, and by that elsewhere
        (
            "De bor på [LOC Storvika]. [LOC Lerlia] er fin. Mange bor i [LOC Lerlia].",
            ["GPE Lerlia: Lerlia | Lerlia"],
        ),
        ("De går i [LOC Stormarka], til [LOC Eventyrland] og over [LOC Storelva].", []),
        # an organisation and the person right behind it
        (
            "[ORG Storvik] vant. Målvakten til [ORG Storvik Ola Nordmann] jublet.",
            ["ORG Storvik: Storvik | Storvik", "PER Ola Nordmann: Ola Nordmann"],
        ),
    ],
)
def test_mentions(marked: str, expected: list[str]) -> None:
    assert named(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        # a surname that the recogniser missed
        ("[PER Kari Moe] kom. Så gikk Moe.", ["PER Kari Moe: Kari Moe | Moe"]),
        # the document's own majority decides the type, and a surname is a person
        (
            "[ORG Tindra] vokser, sier [ORG Tindra]. I [PER Tindra] bor ingen.",
            ["ORG Tindra: Tindra | Tindra | Tindra"],
        ),
        ("[PER Kari Moe] kom. Så gikk [GPE_LOC Moe].", ["PER Kari Moe: Kari Moe | Moe"]),
        # a party's letter in brackets
        ("[PER Kari Moe] (H) svarte.", ["PER Kari Moe: Kari Moe", "ORG H: H"]),
        (
            "De dro til [DRV Lena-regionen]. Anlegget i [LOC Lena] er nytt.",
            ["GPE Lena-regionen: Lena-regionen | Lena"],
        ),
    ],
)
def test_repair_by_the_document(marked: str, expected: list[str]) -> None:
    assert named(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        # a short form in brackets shows where the name ends
        (
            "[ORG Aksjonen] mot flere hus (AMFH) vant.",
            ["ORG Aksjonen mot flere hus: Aksjonen mot flere hus | AMFH"],
        ),
        ("[ORG Fronten] i [GPE_LOC Mali] (FIM) vant.", ["ORG Fronten i Mali: Fronten i Mali | FIM"]),
        # streets and schools called after people
        ("Barna på [PER Kari Moe] skole sang.", ["ORG Kari Moe skole: Kari Moe skole"]),
        # credits and hash signs
        ("(©[ORG NTB])", ["ORG NTB: NTB"]),
        ("Bor i [GPE_LOC #Oslo] nå.", ["GPE Oslo: Oslo"]),
        # headings in capitals
        ("MOE VANT\n\n[PER Kari Moe] vant i går.", ["PER Kari Moe: MOE | Kari Moe"]),
        # ordinary words and addresses that the recogniser took for names
        ("[ORG DNA] ble funnet.", []),
        ("[PROD https://fagerli.example] er nede.", []),
    ],
)
def test_edges(marked: str, expected: list[str]) -> None:
    assert named(marked) == expected


# Identity


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        # surname and first name after the full name, before it, and inflected
        ("[PER Moe] kom. [PER Kari Moe] talte. [PER Moes] tale.", ["PER Kari Moe: Moe | Kari Moe | Moes"]),
        ("[PER Kari] er syk. [PER Kari Moe] er ni.", ["PER Kari Moe: Kari | Kari Moe"]),
        ("[PER Kim] kom. [PER Kim Jong-uns] tog.", ["PER Kim Jong-un: Kim | Kim Jong-uns"]),
        (
            "[PER Kari Li Moe] kom. [PER Li Moe] og [PER Kari Moe] gikk.",
            ["PER Kari Li Moe: Kari Li Moe | Li Moe | Kari Moe"],
        ),
        ("[PER K. Moe] skrev. [PER Kari Moe] svarte.", ["PER Kari Moe: K. Moe | Kari Moe"]),
        # two people of one surname
        (
            "[PER Kari Moe] kom. [PER Moe] talte. [PER Ola Moe] gikk. [PER Moe] lo.",
            ["PER Kari Moe: Kari Moe | Moe", "PER Ola Moe: Ola Moe | Moe"],
        ),
        (
            "[PER Kari Moe] møtte [PER Ola Moe]. [PER Moe] smilte da hun kom.",
            ["PER Kari Moe: Kari Moe | Moe", "PER Ola Moe: Ola Moe"],
        ),
        # spelling variants
        (
            "[PER Sergej Sjojgu] og [PER Sergei Shoigu] er én.",
            ["PER Sergej Sjojgu: Sergej Sjojgu | Sergei Shoigu"],
        ),
        ("[PER José Díaz] kom. [PER Diaz] gikk.", ["PER José Díaz: José Díaz | Diaz"]),
        (
            "[PER Anne Hauglid] kom. [PER Anne Hauglit] gikk.",
            ["PER Anne Hauglid: Anne Hauglid | Anne Hauglit"],
        ),
        (
            "[PER Anne Hauglid] kom. [PER Arne Hauglid] gikk.",
            ["PER Anne Hauglid: Anne Hauglid", "PER Arne Hauglid: Arne Hauglid"],
        ),
        # a club or a company by one word of its name
        ("[ORG Fagerli United] vant. [ORG United] jublet.", ["ORG Fagerli United: Fagerli United | United"]),
        # abbreviations, in brackets and known
        (
            "[ORG Fagerli Idrettslag] ([ORG FIL]) vant. [ORG FIL] jublet.",
            ["ORG Fagerli Idrettslag: Fagerli Idrettslag | FIL | FIL"],
        ),
        ("[ORG Fremskrittspartiet] ([ORG Frp]) vant.", ["ORG Fremskrittspartiet: Fremskrittspartiet | Frp"]),
        (
            "[ORG FN] møtes. [ORG De forente nasjoner] er stor.",
            ["ORG De forente nasjoner: FN | De forente nasjoner"],
        ),
        ("[ORG SN] er same som [ORG FN].", ["ORG SN: SN | FN"]),
        ("[GPE_LOC Nord-Korea] og [GPE_ORG DPRK] er ett.", ["GPE Nord-Korea: Nord-Korea | DPRK"]),
        ("[GPE_LOC Noreg] og [GPE_LOC Norge].", ["GPE Noreg: Noreg | Norge"]),
        (
            "[ORG FNs sikkerhetsråd] møttes. [ORG Sikkerhetsrådet] stemte.",
            ["ORG FNs sikkerhetsråd: FNs sikkerhetsråd | Sikkerhetsrådet"],
        ),
        ("[ORG Tindra AS] vokser. [ORG Tindra] selger.", ["ORG Tindra AS: Tindra AS | Tindra"]),
        # what only looks alike
        ("[ORG Oslo kommune] ligger i [GPE_LOC Oslo].", ["ORG Oslo kommune: Oslo kommune", "GPE Oslo: Oslo"]),
        ("[GPE_LOC Moskva] er i [GPE_LOC Russland].", ["GPE Moskva: Moskva", "GPE Russland: Russland"]),
        (
            "[GPE_LOC England] og [GPE_LOC Storbritannia].",
            ["GPE England: England", "GPE Storbritannia: Storbritannia"],
        ),
        ("[PER Kari Moe] ([ORG Ap]) svarte.", ["PER Kari Moe: Kari Moe", "ORG Ap: Ap"]),
        # the letters of a short form from the words and the parts of compounds
        (
            "[ORG Statens Rasttilsyn] sier nei. [ORG SRT] venter.",
            ["ORG Statens Rasttilsyn: Statens Rasttilsyn | SRT"],
        ),
        (
            "[ORG Nordre vann- og avløpstilsyn] sier nei. [ORG NRK] skriver om det.",
            ["ORG Nordre vann- og avløpstilsyn: Nordre vann- og avløpstilsyn", "ORG NRK: NRK"],
        ),
        # one letter too few
        (
            "[ORG Storvik Universitessykehus] er lite. [ORG Storvik Universitetssykehus] er nytt.",
            ["ORG Storvik Universitetssykehus: Storvik Universitessykehus | Storvik Universitetssykehus"],
        ),
    ],
)
def test_identity(marked: str, expected: list[str]) -> None:
    assert named(marked) == expected


# Roles, countries, gender


@pytest.mark.parametrize(
    ("marked", "name", "role", "country"),
    [
        (
            "[GPE_ORG Russlands] forsvarsminister [PER Ivan Li] kom.",
            "Ivan Li",
            "Russlands forsvarsminister",
            "RUS",
        ),
        ("Den russiske forsvarsministeren [PER Ivan Li] kom.", "Ivan Li", "russisk forsvarsminister", "RUS"),
        (
            "Den russiske forsvarsministeren, [PER Ivan Li], kom.",
            "Ivan Li",
            "russisk forsvarsminister",
            "RUS",
        ),
        ("[ORG Kremls] talsmann [PER Ivan Li] sa nei.", "Ivan Li", "Kremls talsmann", "RUS"),
        ("Det sa utenriksminister [PER Kari Moe] ([ORG Ap]).", "Kari Moe", "utenriksminister (Ap)", "NOR"),
        ("Landbruks- og matminister [PER Kari Moe] kom.", "Kari Moe", "landbruks- og matminister", None),
        ("NTNU-professor [PER Kari Moe] forsker.", "Kari Moe", "NTNU-professor", None),
        (
            "[PER Kari Moe], talsperson for [ORG USAs nasjonale sikkerhetsråd], sa nei.",
            "Kari Moe",
            "talsperson for USAs nasjonale sikkerhetsråd",
            "USA",
        ),
        ("[PER Kari Moe], som er leder i [ORG Tindra], sa nei.", "Kari Moe", "leder i Tindra", None),
        ("[PER Kari Moe] (57), leiar i [ORG Tindra], sa nei.", "Kari Moe", "leiar i Tindra", None),
        ("[PER Kari Moe] er leder for [ORG Tindra].", "Kari Moe", "leder for Tindra", None),
        ("Lederen for laget, [PER Kari Moe], sa nei.", "Kari Moe", "leder for laget", None),
        ("Eg møtte utanriksminister [PER Kari Moe].", "Kari Moe", "utanriksminister", None),
        # no role is guessed
        ("[PER Kari Moe] sa nei til lederen.", "Kari Moe", None, None),
        ("Ifølge amerikanske kilder vil [PER Kari Moe] reise.", "Kari Moe", None, None),
    ],
)
def test_role_and_country_of_persons(marked: str, name: str, role: str | None, country: str | None) -> None:
    actor = the(marked, name)
    assert (actor.role, actor.country) == (role, country)


@pytest.mark.parametrize(
    ("marked", "name", "country"),
    [
        ("[GPE_LOC Pyongyang] svarte.", "Pyongyang", "PRK"),
        ("[GPE_LOC Noreg] svarte.", "Noreg", "NOR"),
        ("Det meldte [ORG Det hvite hus].", "Det hvite hus", "USA"),
        ("Det japanske nyhetsbyrået [ORG Asahi] melder.", "Asahi", "JPN"),
        ("[ORG Universitetet i Wien] vokser.", "Universitetet i Wien", "AUT"),
        ("Den tyske byen [GPE_LOC Unterau] vokser.", "Unterau", "DEU"),
        ("Hun bor i [GPE_LOC Unterau] i [GPE_LOC Tyskland].", "Unterau", "DEU"),
        ("[GPE_LOC Unterau] vokser.", "Unterau", None),
        ("[ORG Tindra] vokser.", "Tindra", None),
    ],
)
def test_country_of_places_and_organisations(marked: str, name: str, country: str | None) -> None:
    assert the(marked, name).country == country


@pytest.mark.parametrize(
    ("marked", "name", "gender"),
    [
        ("[PER Kari Moe] kom.", "Kari Moe", "f"),
        ("[PER Xi Ling] kom. Hun talte.", "Xi Ling", "f"),
        ("[PER Xi Ling] kom. Han talte.", "Xi Ling", "m"),
        ("Talskvinne [PER Xi Ling] kom.", "Xi Ling", "f"),
        ("[PER Xi Ling] kom.", "Xi Ling", None),
    ],
)
def test_gender(marked: str, name: str, gender: str | None) -> None:
    assert the(marked, name).gender == gender


# Groups


@pytest.mark.parametrize(
    ("marked", "name", "country", "texts"),
    [
        (
            "Ifølge amerikanske tjenestemenn er det sant.",
            "amerikanske tjenestemenn",
            "USA",
            ["amerikanske tjenestemenn"],
        ),
        (
            "Ifølgje russiske tenestemenn er det sant.",
            "russiske tenestemenn",
            "RUS",
            ["russiske tenestemenn"],
        ),
        (
            "Amerikanske kilder sier nei. Det mener amerikanske kilder.",
            "amerikanske kilder",
            "USA",
            ["Amerikanske kilder", "amerikanske kilder"],
        ),
        (
            "En ikke navngitt russisk tjenestemann bekrefter det.",
            "en ikke navngitt russisk tjenestemann",
            "RUS",
            ["En ikke navngitt russisk tjenestemann"],
        ),
        ("Det opplyser politiet.", "politiet", None, ["politiet"]),
        ("Dette seier politiet i dag.", "politiet", None, ["politiet"]),
        (
            "Ein talsmann for departementet seier nei.",
            "ein talsmann for departementet",
            None,
            ["Ein talsmann for departementet"],
        ),
        (
            "Analytikere frykter krig. Så gikk analytikere hjem.",
            "analytikere",
            None,
            ["Analytikere", "analytikere"],
        ),
    ],
)
def test_groups(marked: str, name: str, country: str | None, texts: list[str]) -> None:
    actor = the(marked, name)
    assert (actor.type, actor.country, [m.text for m in actor.mentions]) == ("GROUP", country, texts)


@pytest.mark.parametrize(
    "marked",
    [
        "Analytikere spiser lunsj.",  # no source here
        "Advokat [PER Kari Moe] sier nei.",  # a person's role
        "Kilden sier nei.",  # points back
        "Det japanske nyhetsbyrået [ORG Asahi] melder.",
    ],
)
def test_no_group(marked: str) -> None:
    assert not [a for a in actors(marked) if a.type == "GROUP"]


# The interface


def test_find_actor_prefers_the_exact_span_then_a_person() -> None:
    doc = ActorFinder()(read("[ORG Kremls] talsmann [PER Ivan Lie] sa nei. Så gikk Lie."))
    text = doc.text
    names = [a.name for a in doc._.actors]
    at = text.index
    assert names == ["Kreml", "Ivan Lie"]
    assert find_actor(doc, at("Kremls"), at("Kremls") + 6) == 0
    assert find_actor(doc, at("Kremls"), at(" sa")) == 1
    assert find_actor(doc, at("Lie."), at("Lie.") + 3) == 1
    assert find_actor(doc, at("sa"), at("sa") + 2) is None
    assert find_actor(doc, 0, 0) is None


def test_add_group_is_idempotent_and_merges_equal_phrases() -> None:
    doc = ActorFinder()(read("Naboer i gata klager. Da klager naboer i gata."))
    first = add_group(doc, 0, 13)
    again = add_group(doc, 0, 13)
    other = doc.text.index("naboer")
    assert first == again == add_group(doc, other, other + 13)
    assert [m.start for m in doc._.actors[first].mentions] == [0, other]
    assert find_actor(doc, other, other + 6) == first


def test_add_group_outside_the_text() -> None:
    with pytest.raises(ValueError, match="no text"):
        add_group(ActorFinder()(read("Kort.")), 100, 110)


@pytest.mark.parametrize(
    ("word", "base"),
    [
        ("statsministeren", "statsminister"),
        ("tjenestemennene", "tjenestemann"),
        ("leiarane", "leiar"),
        ("byrådslederne", "byrådsleder"),
        ("NTNU-professoren", "NTNU-professor"),
        ("kreftforskere", "kreftforsker"),
        ("Oslo", None),
        ("huset", None),
    ],
)
def test_role_base(word: str, base: str | None) -> None:
    assert role_base(word) == base


def test_role_nouns_and_bases() -> None:
    assert {"talsmannen", "kjelder", "politiet"} <= role_nouns()
    assert role_bases("Kremls talsmann") == {"talsmann"}


# Strings


@pytest.mark.parametrize(
    ("word", "stem"),
    [("Norges", "Norge"), ("USA's", "USA"), ("Hans’", "Hans"), ("Moss", None), ("Max", None), ("EU", None)],
)
def test_without_genitive(word: str, stem: str | None) -> None:
    assert without_genitive(word) == stem


@pytest.mark.parametrize(
    ("short", "name", "fits"),
    [
        ("Frp", "Fremskrittspartiet", True),
        ("CUT", "Central Única de Trabajadores", True),
        ("FFI", "Forsvarets forskningsinstitutt", True),
        ("Oslo", "Landsorganisasjonen", False),
        ("X", "Xerxes", False),
    ],
)
def test_abbreviates(short: str, name: str, fits: bool) -> None:
    assert abbreviates(short, tuple(name.split())) is fits


def test_spelling_and_fold() -> None:
    assert spelling("Sjojgu") == spelling("Shoigu") != spelling("Sjojna")
    assert fold("ÅSE Piñera") == "åse pinera"


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Noreg", "NOR"),
        ("NORGE", "NOR"),
        ("Elfenbeinskysten", "CIV"),
        ("Hviterussland", "BLR"),
        ("Kyiv", "UKR"),
        ("Mjøsa", None),
    ],
)
def test_look_up(name: str, country: str | None) -> None:
    assert next((e.country for e in look_up(tuple(name.split()))), None) == country


# With the trained pipeline


def test_sample_article() -> None:
    doc = pipeline.load()(SAMPLE.read_text(encoding="utf-8"))
    found = {actor.name: actor for actor in doc._.actors}
    expected = {
        "Kim Jong-un": ("PER", "PRK"),
        "Putin": ("PER", "RUS"),
        "Dmitrij Peskov": ("PER", "RUS"),
        "Sergej Sjojgu": ("PER", "RUS"),
        "Adrienne Watson": ("PER", "USA"),
        "Kyodo": ("ORG", "JPN"),
        "Kreml": ("ORG", "RUS"),
        "Pyongyang": ("GPE", "PRK"),
        "Russland": ("GPE", "RUS"),
        "amerikanske tjenestemenn": ("GROUP", "USA"),
    }
    assert {name: (found[name].type, found[name].country) for name in expected if name in found} == expected
    assert found["Dmitrij Peskov"].role == "Kremls talsmann"
    assert {m.text for m in found["Kim Jong-un"].mentions} == {"Kim", "Kims", "Kim Jong-uns"}


# Properties

WORDS = st.sampled_from(
    ["Kari", "Moe", "Moes", "Ola Moe",
     "Norge", "USAs", "FN", "NTB", "politiet", "sier", "ifølge",
     "amerikanske", "kilder", "statsminister", "og", "(", ")", ",", ".", "–", "«", "»", "\n\n",
     "Oslo-mannen", "(Ap)", "Frp.",
     "©NTB", "57", "<b>", "🙂"]
)  # fmt: skip
LABELS = st.sampled_from(["PER", "ORG", "GPE_LOC", "GPE_ORG", "LOC", "PROD", "EVT", "DRV", "MISC", "O", "O"])


@st.composite
def documents(draw: st.DrawFn) -> Doc:
    """Word salad, with entities anywhere."""
    parts = draw(st.lists(st.tuples(st.one_of(WORDS, st.text(max_size=6)), LABELS), max_size=25))
    doc = NLP(" ".join(word for word, _ in parts))
    spans, start = [], 0
    for word, label in parts:
        span = (
            doc.char_span(start, start + len(word), label=label, alignment_mode="expand")
            if word.strip()
            else None
        )
        if span is not None and label != "O":
            spans.append(span)
        start += len(word) + 1
    doc.ents = filter_spans(spans)
    return doc


@given(documents())
@settings(max_examples=150, deadline=None)
def test_mentions_are_in_the_text_in_order_and_apart(doc: Doc) -> None:
    ActorFinder()(doc)
    text = doc.text
    spans = []
    for actor in doc._.actors:
        assert actor.name.strip()
        assert actor.mentions
        assert list(actor.mentions) == sorted(actor.mentions, key=lambda m: m.start)
        for mention in actor.mentions:
            assert text[mention.start : mention.end] == mention.text != ""
            if actor.type != "GROUP":
                spans.append((mention.start, mention.end))
    spans.sort()
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


@given(documents())
@settings(max_examples=75, deadline=None)
def test_running_twice_changes_nothing(doc: Doc) -> None:
    once = list(ActorFinder()(doc)._.actors)
    assert ActorFinder()(doc)._.actors == once


@given(documents())
@settings(max_examples=75, deadline=None)
def test_every_mention_is_found_again(doc: Doc) -> None:
    ActorFinder()(doc)
    for i, actor in enumerate(doc._.actors):
        for mention in actor.mentions:
            found = find_actor(doc, mention.start, mention.end)
            assert found == i or actor.type == "GROUP"
