"""Places: where names are, what speaks for it, and what is better left off."""

from collections import Counter

import pytest
import spacy

import depesje.places
from depesje import extract, pipeline


def placed(text):
    """What can be placed: name → country, or region where there is no country."""
    return {place.text: place.country for place in pipeline.read(text)._.places}


def decided(text):
    return {place.text: place.decided_by for place in pipeline.read(text)._.places}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Det brant i Bodø i natt.", {"Bodø": "NOR"}),
        ("Det brann i Bodø i natt.", {"Bodø": "NOR"}),
        ("Ho kjem frå Volda og bur no på Voss.", {"Volda": "NOR", "Voss": "NOR"}),
        ("Statsministeren reiste til London i går.", {"London": "GBR"}),
        ("Det regner i Washington.", {"Washington": "USA"}),
        ("Barn sulter i Mariupol og i Tsjernihiv, sier Ukraina.", {"Mariupol": "UKR", "Tsjernihiv": "UKR"}),
        ("Det snør i Finnmark og på Helgeland.", {"Finnmark": "NOR", "Helgeland": "NOR"}),
        ("Skogene brenner i California.", {"California": "USA"}),
        ("De omkom på Hardangervidda.", {"Hardangervidda": "NOR"}),
        ("Skipet ligger i Nordsjøen.", {"Nordsjøen": None}),
        ("Kirken står i Jerusalem.", {"Jerusalem": None}),
        ("Toget kjører mot Amur-regionen i Russland.", {"Amur-regionen": "RUS"}),
        ("Mannen ble funnet i Bærum.", {"Bærum": "NOR"}),
        ("Han kjøpte hus i Skedsmo.", {"Skedsmo": "NOR"}),
        ("Bergens gater var tomme, og i Bergen var det stille.", {"Bergens": "NOR", "Bergen": "NOR"}),
    ],
)
def test_places_are_placed(text, expected):
    assert placed(text) == expected


@pytest.mark.parametrize(
    ("text", "name", "country", "latitude"),
    [
        # The text says where.
        ("London i Canada er en stille by.", "London", "CAN", 43),
        ("Det er uro i Cordoba i Argentina.", "Cordoba", "ARG", -31),
        ("Han flyttet til Perth i Skottland.", "Perth", "GBR", 56),
        ("I delstaten Georgia telles stemmene på nytt.", "Georgia", "USA", 33),
        ("I delstaten Washington er det snø.", "Washington", "USA", 47),
        ("De teller stemmer i Arizona, i Pennsylvania og i Georgia.", "Georgia", "USA", 33),
        # A place nearby tells namesakes apart.
        ("Brannen i Vik er slukket, melder politiet i Sogndal.", "Vik", "NOR", 61),
        ("Han kjørte fra Nes til Jessheim.", "Nes", "NOR", 60),
        ("De rodde frå Herøy til Ulsteinvik.", "Herøy", "NOR", 62),
        ("De rodde fra Herøy til Sandnessjøen.", "Herøy", "NOR", 66),
        # The country does.
        ("Barna i Larkana i Sindh er syke. Pakistan ber om hjelp.", "Larkana", "PAK", 28),
        # The size does.
        ("Han bor i Salt Lake City.", "Salt Lake City", "USA", 41),
    ],
)
def test_namesakes_are_told_apart(text, name, country, latitude):
    (place, *_) = [p for p in pipeline.read(text)._.places if p.text == name]
    assert place.country == country
    assert place.latitude == pytest.approx(latitude, abs=1)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Det brenner i Vik.", "Vik"),
        ("Mannen bor i Nes.", "Nes"),
        ("Han kommer fra Springfield.", "Springfield"),
        ("Møtet i Herøy ble avlyst.", "Herøy"),
        # Oslo is named in all news and tells nothing.
        ("Ulykken skjedde i Vik. Regjeringen i Oslo er orientert.", "Vik"),
        ("Springfield i USA er en by.", "Springfield"),
        ("Han bor i Vik i Norge.", "Vik"),
        # Both the country and the state may be meant.
        ("Washington fordømmer angrepet. Soldatene står i Georgia.", "Georgia"),
        ("FN i New York tok opp saken. Soldatene står i Georgia.", "Georgia"),
        ("USA støtter Georgia i saken.", "Georgia"),
        # A person.
        ("Hilde Halden bor i Moss. Halden er lege.", "Halden"),
        ("Jo Nes og Kari Bergen møttes i Oslo. Bergen var fornøyd.", "Bergen"),
        ("Paris Hilton kom til Los Angeles.", "Paris"),
        # A government.
        ("Svar fra Moskva ventes i dag. Moskva avviser alt.", "Moskva"),
        ("Forhandlingene mellom Washington og Beijing går trått.", "Beijing"),
        # A club, an organisation.
        ("Molde slo Rosenborg 2–1.", "Molde"),
        ("Bergens Tidende skriver om saken.", "Bergens"),
        ("Våler kommune har fått ny ordfører.", "Våler"),
        # A part of the world that has a namesake.
        ("Det er kaldt i Norden.", "Norden"),
        # A street and a stadium that are called like a town elsewhere.
        ("De bor i Parkveien i Oslo.", "Parkveien"),
    ],
)
def test_better_left_off_than_wrong(text, name):
    assert name not in placed(text)


@pytest.mark.parametrize(
    ("text", "name", "by"),
    [
        ("Det er uro i Cordoba i Argentina.", "Cordoba", "stated"),
        ("Det brant i Bodø.", "Bodø", "lexicon"),
        ("Barna i Larkana er syke. Pakistan ber om hjelp.", "Larkana", "context"),
        ("Det brenner i Vanse.", "Vanse", "norway"),
        ("Han bor i Salt Lake City.", "Salt Lake City", "population"),
        ("Brannen i Vik er slukket, melder politiet i Sogndal.", "Vik", "near"),
    ],
)
def test_what_spoke_for_it_is_said(text, name, by):
    assert decided(text)[name] == by


def test_a_capital_is_a_place_where_somebody_travels():
    assert placed("Putin reiste fra Moskva i går.") == {"Moskva": "RUS"}
    assert placed("Toget forlot Russlands hovedstad Moskva.") == {"Moskva": "RUS"}


def test_two_names_of_a_list_are_placed_like_the_first():
    text = "Det snør i Bodø, Narvik og Tromsø."
    assert set(placed(text)) == {"Bodø", "Narvik", "Tromsø"}


def test_the_table_holds_its_evidence():
    text = "Amur ligger langt øst i Russland.\n\nBasen i Amur-regionen ligger 13 mil fra Vladivostok."
    found = extract(text)
    for row in found.places.to_dict("records"):
        assert text[row["start"] : row["end"]] == row["text"]
        sentence = found.sentences.set_index("sentence_id").loc[row["sentence_id"]]
        assert sentence["start"] <= row["start"] < row["end"] <= sentence["end"]
    amur = found.places[found.places["name"] == "Amur"]
    assert set(amur["kind"]) == {"region"}
    assert (amur["reach"] > 0).all()
    tied = found.places.dropna(subset="quantity_id").iloc[0]
    assert tied["text"] == "Vladivostok"
    assert found.quantities.set_index("quantity_id").loc[tied["quantity_id"], "text"] == "13 mil"


@pytest.mark.parametrize("text", ["", " ", "\n\n", "<script>", "i", "fra", "13 mil fra", "Nord for i på til"])
def test_texts_without_places(text):
    assert placed(text) == {}


def test_a_long_text_keeps_its_places():
    text = "\n\n".join("Det brant i Sogndal. Det snødde i Bergen, og folk i Vik frøs." for _ in range(300))
    counts = Counter(place.text for place in pipeline.read(text)._.places)
    assert min(counts[name] for name in ("Sogndal", "Bergen", "Vik")) > 280


def test_works_in_another_pipeline():
    nlp = spacy.blank("nb")
    assert depesje.places
    for name in ("depesje_quantities", "depesje_actors", "depesje_places"):
        nlp.add_pipe(name)
    assert [place.name for place in nlp("Det brant i Bodø.")._.places] == ["Bodø"]
