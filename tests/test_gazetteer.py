"""The gazetteer: names lead to places, and its file is what the code looks up."""

from importlib.resources import files

import numpy as np
import pytest

from depesje import gazetteer, lexicon
from depesje.charts import outline
from depesje.gazetteer import look_up, sound, towns

LINES = (files("depesje") / "geography" / "gazetteer.tsv").read_text(encoding="utf-8").splitlines()


def test_the_file_is_sorted_by_the_sound_of_its_names():
    keys = [line.split("\t")[:2] for line in LINES]
    assert [sound(form) for _key, form in keys] == [key for key, _form in keys]
    assert sorted(LINES, key=lambda line: line.split("\t")[0]) == LINES


def test_every_line_is_a_place_on_the_globe():
    for line in LINES:
        _sound, form, _name, _english, kind, country, latitude, longitude, size = line.split("\t")
        assert form
        assert kind in "smrn"
        assert country == "" or (len(country) == 3 and country.isupper())
        assert -90 <= float(latitude) <= 90
        assert -180 <= float(longitude) <= 180
        assert int(size) >= 0


@pytest.mark.parametrize(
    ("name", "country", "latitude", "longitude"),
    [
        ("Bodø", "NOR", 67.3, 14.4),
        ("Moskva", "RUS", 55.8, 37.6),
        ("København", "DNK", 55.7, 12.6),
        ("Kijev", "UKR", 50.5, 30.5),
        ("Kyiv", "UKR", 50.5, 30.5),
        ("Genève", "CHE", 46.2, 6.1),
        ("Warszawa", "POL", 52.2, 21.0),
        ("Tsjernihiv", "UKR", 51.5, 31.3),  # by its sound: GeoNames has Chernihiv
        ("Tsjeljabinsk", "RUS", 55.2, 61.4),
        ("Longyearbyen", "NOR", 78.2, 15.6),
        ("Bærum", "NOR", 59.9, 10.5),
        ("Guovdageaidnu", "NOR", 69.1, 23.6),
        ("Finnmark", "NOR", 70.0, 25.5),
        ("Nord-Noreg", "NOR", 68.6, 18.5),
        ("Skedsmo", "NOR", 60.0, 11.0),  # of before the reform
        ("Texas", "USA", 31.5, -99.3),
        ("Barentshavet", "", 74.0, 36.0),
    ],
)
def test_norwegian_names_lead_to_places(name, country, latitude, longitude):
    entry = max(look_up(name), key=lambda e: e.size)
    assert entry.country == country
    assert entry.latitude == pytest.approx(latitude, abs=0.3)
    assert entry.longitude == pytest.approx(longitude, abs=0.5)


def test_case_and_blanks_make_no_difference():
    assert look_up("BODØ") == look_up("Bodø") == look_up(" bodø ")


@pytest.mark.parametrize("name", ["", "Utopia på Månen", "\t", "n", "Bodø\tx"])
def test_what_is_no_place_has_none(name):
    assert look_up(name) == ()


def test_a_sound_alone_is_no_name_in_latin_script():
    """`Mos` sounds like Moss, but Norwegian is spelled."""
    assert all(entry.country != "NOR" for entry in look_up("Mos"))


def test_namesakes_are_all_there():
    assert {e.country for e in look_up("London")} >= {"GBR", "CAN"}
    assert len([e for e in look_up("Vik") if e.country == "NOR"]) > 1


@pytest.mark.parametrize(
    ("code", "capital"),
    [
        (code, c["places"][0])
        for code, c in lexicon.load("countries").items()
        if "code" in c and c.get("places")
    ],
)
def test_every_capital_of_the_lexicon_has_a_place(code, capital):
    assert any(entry.country == code for entry in look_up(capital))


REGIONS = [
    (name, *values)
    for table in ("regions", "nature")
    for name, values in lexicon.load("places")[table].items()
    if values[0]
]


@pytest.mark.parametrize(("name", "country", "latitude", "longitude", "reach"), REGIONS)
def test_regions_of_the_lexicon_lie_in_their_country(name, country, latitude, longitude, reach):
    """Inside the outline, or no farther from it than they reach: islands and fjords are left out of it."""
    coast = np.vstack(outline.load().outer[country])
    scale = np.array([np.cos(np.radians(latitude)), 1.0])
    away = np.hypot(*((coast - (longitude, latitude)) * scale).T).min() * 111
    assert inside(country, latitude, longitude) or away <= max(reach, 30)


def inside(country: str, latitude: float, longitude: float) -> bool:
    """Whether a place lies in a country's outline (even-odd rule)."""
    crossings = 0
    for ring in outline.load().outer[country]:
        x, y = np.unwrap(ring[:, 0], period=360), ring[:, 1]
        across = (y[:-1] > latitude) != (y[1:] > latitude)
        with np.errstate(divide="ignore", invalid="ignore"):
            at = x[:-1] + (latitude - y[:-1]) * (x[1:] - x[:-1]) / (y[1:] - y[:-1])
        crossings += sum(
            int(np.count_nonzero(across & (longitude + turn < at)) % 2) for turn in (-360, 0, 360)
        )
    return crossings % 2 == 1


def test_towns_around_a_place_come_largest_first():
    found = towns((60.4, 5.3), 150.0, 5000)
    assert found[0].name == "Bergen"
    assert [e.size for e in found] == sorted((e.size for e in found), reverse=True)
    assert all(e.size >= 5000 for e in found)
    assert gazetteer.towns((0.0, -30.0), 100.0, 1000) == []
