"""Speakers: names, pronouns and definite descriptions."""

import pytest

from depesje import pipeline


def speakers(text: str) -> list[str | None]:
    return [s.speaker for s in pipeline.load()(text)._.statements]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the fullest name in the article
        ("Ordfører Kari Nordlund møtte pressen.\n– Vi bygger, sa Nordlund.", ["Kari Nordlund"]),
        ("– Vi bygger, sier Senterpartiets leder Kari Nordlund til avisen.", ["Kari Nordlund"]),
        ("– Vi bygger, sier Kari Nordlund, som leder utvalget.", ["Kari Nordlund"]),
        ("– Vi bygger, sier lederen for utvalget, Kari Nordlund.", ["Kari Nordlund"]),
        # pronouns
        ("Kari Nordlund møtte pressen.\n– Vi bygger, sa hun.", ["Kari Nordlund"]),
        ("Kari Nordlund møtte pressa.\n– Vi bygger, sa ho.", ["Kari Nordlund"]),
        ("Ola Berg møtte Kari Nordlund. Han sier at broen er trygg.", ["Ola Berg"]),
        ("Ola Berg møtte Kari Nordlund. Hun sier at broen er trygg.", ["Kari Nordlund"]),
        (
            "– Vi bygger, sier Ola Berg.\nBroen er gammel.\n– Vi starter til våren, sier han.",
            ["Ola Berg", "Ola Berg"],
        ),
        # roles
        (
            "Statsminister Kari Nordlund møtte pressen. Statsministeren mener at broen er trygg.",
            ["Kari Nordlund"],
        ),
        (
            "Statsminister Kari Nordlund møtte pressa. Statsministeren meiner at brua er trygg.",
            ["Kari Nordlund"],
        ),
        ("Trener Ola Berg er fornøyd.\n– Vi spilte godt, sier treneren.", ["Ola Berg"]),
        # unnamed
        ("– Mannen er pågrepet, opplyser politiet.", ["politiet"]),
        ("Amerikanske tjenestemenn sier at broen er trygg.", ["Amerikanske tjenestemenn"]),
        (
            "En kilde nær regjeringen sier at broen er trygg. Kilden understreker at den er ny.",
            ["En kilde nær regjeringen", "En kilde nær regjeringen"],
        ),
        # joint
        ("Kari Nordlund og Ola Berg mener at broen er trygg.", ["Kari Nordlund og Ola Berg"]),
        ("Flere naboer og ansatte mener at broen er trygg.", ["Flere naboer og ansatte"]),
    ],
)
def test_resolved(text, expected):
    assert speakers(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the person that the narration right before is about
        (
            "Torget er fullt. Ingrid Moe tenner et lys. – Jeg elsker byen. Ola Berg ler. – Nei, den er grå.",
            ["Ingrid Moe", "Ola Berg"],
        ),
        (
            "– Broen er ny, sier Ola Berg. Kari Nordlund er uenig. – Den er gammel.",
            ["Ola Berg", "Kari Nordlund"],
        ),
        # whoever is talked about in the quotation does not speak there
        (
            "Minister Ola Berg stenger torget. Per Moe ser opp fra kaffen. "
            "– Jeg forstår det ikke. Ola Berg har aldri vært her, sier han.",
            ["Per Moe", "Per Moe"],
        ),
        # the article's own voice is back where it names the speaker
        (
            "– Vi vant til slutt, sier Ola Berg. – Det var tungt. Berg har ventet i ti år. – Nå feirer vi.",
            ["Ola Berg", "Ola Berg", "Ola Berg"],
        ),
        # of two with one surname, the one who has had this title
        (
            "Løpet ble vunnet foran pappa Ola Nordlund. Kari Nordlund jublet. Nordlund var god. "
            "– Det er fint, sier pappa Nordlund.",
            ["Ola Nordlund"],
        ),
        # marks that open behind a dash quotation and run on are another's
        (
            "Ola Berg ser på broen. – Den er stygg. «Vi bygger for framtida. Broen blir fin», skrev Kari Nordlund.",
            ["Ola Berg", "Kari Nordlund", "Kari Nordlund"],
        ),
        # a role that the text hasn't told, and an age
        ("– Vi vant, sier Ola Berg.\n– Det var tungt, sier treneren.", ["Ola Berg", "Ola Berg"]),
        ("– Vi vant, sier Ola Berg.\n– Det var tungt, sier 34-åringen.", ["Ola Berg", "Ola Berg"]),
        (
            "– Vi vant, sier spiller Ola Berg.\n– Det var tungt, sier treneren.",
            ["Ola Berg", "treneren"],
        ),
    ],
)
def test_reportage(text, expected):
    assert speakers(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # what anybody may be called, whatever the office
        (
            "Landslagssjef Ola Berg sier at laget er godt.\n– Hun var nær, sier svensken.",
            ["Ola Berg", "Ola Berg"],
        ),
        # an office by another word, and by the party
        (
            "Næringsminister Kari Nordlund (Sp) sier at hun er glad.\n– Det blir fint, sier Sp-statsråden.",
            ["Kari Nordlund", "Kari Nordlund"],
        ),
        (
            "Advokat Kari Nordlund seier at ho ankar.\n– Dommen er feil, seier forsvararen.",
            ["Kari Nordlund", "Kari Nordlund"],
        ),
        # the age beside the name
        (
            "Ola Berg (34) vant foran Per Moe (29). – Det var tungt, sier Moe.\n– Jeg er glad, sier 34-åringen.",
            ["Per Moe", "Ola Berg"],
        ),
        # a role whose name comes further down
        (
            "– Vi har kontroll, sier ordføreren.\nSkredet gikk i natt. Ingen ble skadd. Veien er stengt.\n"
            "Det er fare for flere skred. Folk er hos naboer.\nOrdfører Ola Berg takker alle.",
            ["Ola Berg"],
        ),
        # media, named before or after
        (
            "Avisa Bergens Tidende skriver at broen rives. Arbeidet er i gang, melder bladet.",
            ["Bergens Tidende"] * 2,
        ),
        (
            "Broen rives, skriver lokalavisen.\nNaboene protesterer. Bergens Tidende skrev om saken i går.",
            ["Bergens Tidende"],
        ),
        # the police of a district
        (
            "Nord politidistrikt opplyser at veien er stengt. Politiet mener at den åpner i kveld.",
            ["Nord politidistrikt"] * 2,
        ),
        # `de` of whoever spoke last and is many, not of those whom the quotation names
        (
            "Naboforeningen sier at broen må vekk.\nI et brev skriver de til kommunen.\n"
            "– Vi ber om ro, skriver de.",
            ["Naboforeningen", "Naboforeningen"],
        ),
        (
            "Velforeningen opplyste at alle er trygge.\n«Kommunen har kontroll. Vi takker alle», skriver de.",
            ["Velforeningen"] * 3,
        ),
        # whom the narration right before is about, though nobody has spoken
        (
            "I finalen venter Per Moe. Kampen varer lenge. Den gang vant Ola Berg.\n"
            "– Det var tungt, sa serberen.",
            ["Ola Berg"],
        ),
        ("Ola Berg er ikke med.\n– Jeg er syk, sier 24-åringen og smiler.", ["Ola Berg"]),
        ("Finansbyråd Ola Berg er lei. Finansbyråden i Storvik sier at pengene er borte.", ["Ola Berg"]),
        (
            "Kari Nordlund er stortingsrepresentant for Høyre. Hun er glad.\n– Det er bra, sier Høyre-representanten.",
            ["Kari Nordlund"],
        ),
        # a name at the end of its titles
        ("– Det får holde, sier eier, investor og tidligere jeger Ola Berg.", ["Ola Berg"]),
        ("– Sju har testet positivt, sier rådgiver for helsemyndighetene Ola Berg.", ["Ola Berg"]),
        (
            "Det ble kjent at utsendingen til Syria og koalisjonen, Ola Berg, også har bedt dem om å gå.",
            ["Ola Berg"],
        ),
        # a writing speaks no dash, but may be quoted behind a colon
        (
            "Ola Berg forklarer at pulsen øker. Forskning viser at det hjelper.\n"
            "– Men da må man være i aktivitet.\nSlik er det.",
            ["Ola Berg", "Forskning", "Ola Berg"],
        ),
        (
            "Kari Nordlund er sint. E-posten ble avsluttet med:\n«Dette må det tas en avgjørelse om snart.»",
            ["E-posten"],
        ),
        # `de` of others than who reports it
        (
            "I et brev ber naboene om ro, skriver Bergens Tidende. De understreker at det ikke er lett.",
            ["Bergens Tidende", "naboene"],
        ),
        # some of them
        (
            "Etterforskerne er i gang. Flere av klassekameratene har fortalt at de opplevde at han var sint.",
            ["Flere av klassekameratene", "Flere av klassekameratene"],
        ),
        # a pronoun of whom the narration calls by role, or names only below the heading
        (
            "Trener Ola Berg var forsiktig.\nSpiller Per Moe jublet. Treneren har lest i boka.\n"
            "– Jeg har fått den, sier han.",
            ["Ola Berg"],
        ),
        (
            "Han sa det ville gå galt om de kjempet mot planene\n"
            "Senator Kari Nordlund slår tilbake mot Ola Berg.\nDe to er uenige.",
            ["Ola Berg"],
        ),
        # who took the picture says nothing
        (
            "Broen er ny.\nFoto: Per Moe\n– Vi er lei av å vente, og det har vi sagt.\n"
            "Kari Nordlund bor ved broen. – Jeg er glad, sier hun.",
            ["Kari Nordlund", "Kari Nordlund"],
        ),
    ],
)
def test_taken_up(text, expected):
    assert speakers(text) == expected


def test_pronoun_without_a_person():
    """`De` whom the text does not name keeps the pronoun; reported speech of nobody is left out."""
    assert speakers("– Vi ser en bro, forteller de.") == ["de"]
    assert speakers("De sier at broen er trygg.") == []


def test_span_is_where_the_source_is_named():
    text = "Ordfører Kari Nordlund møtte pressen.\n– Vi bygger, sa hun."
    (statement,) = pipeline.load()(text)._.statements
    assert text[statement.speaker_start : statement.speaker_end] == "hun"
