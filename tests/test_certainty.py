"""Certainty: cues, markers, negation and what a later sentence takes back."""

import pytest

from depesje import pipeline
from depesje.certainty import certainty_of, weakest


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        # the cue
        ("Kari Nordlund sier at broen er trygg.", "asserted"),
        ("Kari Nordlund seier at brua er trygg.", "asserted"),
        ("Kari Nordlund bekrefter at broen er trygg.", "confirmed"),
        ("Kari Nordlund stadfestar at brua er trygg.", "confirmed"),
        ("Kari Nordlund tror at broen er trygg.", "likely"),
        ("Kari Nordlund trur at brua er trygg.", "likely"),
        ("Kari Nordlund håper at broen er trygg.", "possible"),
        ("Kari Nordlund tviler på at broen er trygg.", "uncertain"),
        ("Kari Nordlund hevder at broen er trygg.", "unconfirmed"),
        ("Kari Nordlund hevdar at brua er trygg.", "unconfirmed"),
        ("Kari Nordlund benekter at broen er trygg.", "denied"),
        # negation of the cue
        ("Kari Nordlund vil ikke bekrefte at broen er trygg.", "unconfirmed"),
        ("Kari Nordlund utelukker ikke at broen er trygg.", "possible"),
        ("Kari Nordlund trur ikkje at brua er trygg.", "uncertain"),
        # the content
        ("Ifølge politiet er broen trolig trygg.", "likely"),
        ("Ifølgje politiet er brua truleg trygg.", "likely"),
        ("Ifølge politiet er det mulig at broen er trygg.", "possible"),
        ("Ifølge politiet kan broen ha blitt skadd.", "possible"),
        ("Ifølge politiet skal mannen ha flyktet.", "unconfirmed"),
        ("Ifølgje politiet skal mannen ha rømt.", "unconfirmed"),
        ("Ifølge politiet er broen neppe trygg.", "uncertain"),
        ("Kari Nordlund sier at det er uklart om broen er trygg.", "uncertain"),
        # scope: what stands in a relative clause is not the claim
        ("Ifølge politiet ble mannen som kan ha sett ranet, avhørt.", "asserted"),
        ("Kari Nordlund bekrefter at broen, som trolig er den eldste i landet, stenges.", "confirmed"),
        ("– Vi kan ikke vente lenger, sier Kari Nordlund.", "asserted"),
    ],
)
def test_statement(text, certainty):
    assert [s.certainty for s in pipeline.load()(text)._.statements][:1] == [certainty]


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("Ifølge kilder er broen skadd. Opplysningene er ikke bekreftet.", "unconfirmed"),
        (
            "Ifølge kilder er broen skadd. Opplysningene er verken bekreftet av politiet eller kommunen.",
            "unconfirmed",
        ),
        ("Ifølgje kjelder er brua skadd. Opplysningane er ikkje stadfesta.", "unconfirmed"),
        ("Ifølge kilder er broen skadd. Påstandene er ubekreftet.", "unconfirmed"),
        ("Kari Nordlund sier at broen er skadd, men kommunen benekter dette.", "denied"),
        ("Kari Nordlund sier at broen er skadd. Kommunen har bekreftet dette.", "confirmed"),
        ("Kari Nordlund sier at broen er skadd. Arbeidet tar to uker.", "asserted"),
    ],
)
def test_taken_up(text, certainty):
    """A later sentence confirms, denies or leaves unconfirmed what was said."""
    assert pipeline.load()(text)._.statements[0].certainty == certainty


@pytest.mark.parametrize(
    ("text", "part", "certainty"),
    [
        ("Broen kostet to millioner kroner.", "to millioner kroner", "asserted"),
        ("Broen kostet trolig to millioner kroner.", "to millioner kroner", "likely"),
        ("Brua kosta truleg to millionar kroner.", "to millionar kroner", "likely"),
        ("Broen kan ha kostet to millioner kroner.", "to millioner kroner", "possible"),
        ("Ti personer skal ha blitt skadd.", "Ti", "unconfirmed"),
        ("Kari Nordlund bekrefter at ti personer er skadd.", "ti", "confirmed"),
        ("Kari Nordlund hevder at ti personer er skadd.", "ti", "unconfirmed"),
    ],
)
def test_of_a_stretch(text, part, certainty):
    """Amounts and relations are graded by the words over them and by the statement around them."""
    doc = pipeline.load()(text)
    start = text.index(part)
    assert certainty_of(doc, start, start + len(part)) == certainty


def test_weakest():
    assert weakest([]) == "asserted"
    assert weakest(["confirmed", "possible", "likely"]) == "possible"
    assert weakest(["denied", "confirmed"]) == "denied"


def test_outside_the_text():
    doc = pipeline.load()("")
    assert certainty_of(doc, 0, 0) == "asserted"
