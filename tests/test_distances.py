"""Distances that a text measures from a place, and those that it doesn't."""

import pytest

from depesje import pipeline


def tied(text):
    """The distances of a text, each with the place in the middle of its circle."""
    doc = pipeline.read(text)
    return {
        doc._.quantities[place.quantity].text: place.text
        for place in doc._.places
        if place.quantity is not None
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Basen ligger 13 mil fra Bodø.", {"13 mil": "Bodø"}),
        ("Gruva ligg 13 mil frå Bodø.", {"13 mil": "Bodø"}),
        ("Hytta ligger i Trysil, 15 mil nord for Oslo.", {"15 mil": "Oslo"}),
        ("Garden ligg fire mil aust for Voss.", {"fire mil": "Voss"}),
        ("Skipet lå 20 kilometer nordvest for Kristiansund.", {"20 kilometer": "Kristiansund"}),
        ("Ulykken skjedde 3 km utenfor Hamar.", {"3 km": "Hamar"}),
        ("Ulukka skjedde 3 km utanfor Hamar.", {"3 km": "Hamar"}),
        ("Øya ligger 5 mil unna Bergen.", {"5 mil": "Bergen"}),
        ("Alt innenfor 30 kilometer rundt Tromsø er stengt.", {"30 kilometer": "Tromsø"}),
        ("Flyet styrtet 40 kilometer fra sentrum av Lyon.", {"40 kilometer": "Lyon"}),
        ("Skjelvet kom 60 kilometer sørvest for storbyen Lyon.", {"60 kilometer": "Lyon"}),
        # From an edge: the circle is around what lies so far from it.
        ("Han bor i Halden, bare to mil fra svenskegrensa.", {"to mil": "Halden"}),
        ("Kirkenes ligger 15 kilometer fra grensen til Russland.", {"15 kilometer": "Kirkenes"}),
        ("Kharkiv ligg berre 40 km frå Russland.", {"40 km": "Kharkiv"}),
        ("Bare fire mil fra grensen ligger Kharkiv i Ukraina.", {"fire mil": "Kharkiv"}),
        ("De møttes i Narvik ved havet, knapt tre mil fra den svenske grensen.", {"tre mil": "Narvik"}),
    ],
)
def test_the_circle_has_its_middle(text, expected):
    assert tied(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "De kjørte 13 mil fra Bergen.",  # how far they went
        "Ho sykla 12 kilometer frå Voss.",
        "Veien går 13 mil fra Oslo til Hamar.",  # a way
        "Boligen ligger 800 meter fra skolen i Moss.",  # from the school
        "Løypa i Trysil er 5 kilometer.",
        "Målet ble scoret fra 20 meter i Molde.",
        "Tårnet i Oslo er 117 meter høyt.",
        "Det tar fire timer fra Bergen.",
        "De bor 40 mil fra hverandre, i Oslo og Bergen.",
        "Landsbyen ligger 30 km fra grensen.",  # of no place that is known
        "Eiendommen i Asker ligger 100 meter fra Oslo.",  # too short for a circle
    ],
)
def test_no_circle_without_a_middle(text):
    assert tied(text) == {}


def test_the_sample_is_measured_from_vladivostok():
    text = (
        "Putin er i Vladivostok ved stillehavskysten, bare 13 mil fra den nordkoreanske grensen, sier Kreml."
    )
    assert tied(text) == {"13 mil": "Vladivostok"}


def test_a_text_without_sentences_is_read_in_time():
    text = "huset ligger 13 mil fra Bodø og " * 400
    doc = pipeline.read(text)
    assert sum(place.quantity is not None for place in doc._.places) > 300
