"""Distances and circles on the globe."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depesje.geodesy import RADIUS, circle, destination, distance, middle, wrapped

latitudes = st.floats(-89.9, 89.9)
longitudes = st.floats(-180, 180)
places = st.tuples(latitudes, longitudes)
HALFWAY = math.pi * RADIUS


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        ((59.913, 10.746), (60.393, 5.324), 305),  # Oslo and Bergen
        ((43.106, 131.874), (39.034, 125.754), 685),  # Vladivostok and Pyongyang
        ((66.0, 179.5), (66.0, -179.5), 45),  # on both sides of the 180th meridian
        ((90.0, 0.0), (-90.0, 0.0), HALFWAY),
        ((60.0, 10.0), (60.0, 10.0), 0),
    ],
)
def test_known_distances(one, other, km):
    assert distance(one, other) == pytest.approx(km, abs=2)


@given(places, places)
def test_distance_is_the_same_both_ways(one, other):
    assert distance(one, other) == pytest.approx(distance(other, one), abs=1e-6)
    assert 0 <= distance(one, other) <= HALFWAY + 1e-6


@given(places, st.floats(0, 360), st.floats(0, HALFWAY))
def test_one_comes_as_far_as_one_goes(start, bearing, length):
    there = destination(start, bearing, length)
    assert distance(start, there) == pytest.approx(length, abs=1e-3)
    assert -180 <= there[1] < 180


@given(places, st.floats(1, 5000))
def test_every_point_of_a_circle_is_as_far_from_its_middle(centre, radius):
    around = circle(centre, radius)
    assert around[0] == around[-1]
    assert all(distance(centre, point) == pytest.approx(radius, abs=1e-3) for point in around)


@pytest.mark.parametrize(("bearing", "there"), [(0, (61, 10)), (180, (59, 10)), (90, (60, 12))])
def test_north_is_up_and_east_is_right(bearing, there):
    latitude, longitude = destination((60.0, 10.0), bearing, 111.2)
    assert (latitude, longitude) == pytest.approx(there, abs=0.03)


def test_longitudes_wrap():
    assert [wrapped(x) for x in (0, 180, 190, -190, 540)] == [0, -180, -170, 170, -180]


def test_middle_crosses_the_antimeridian():
    latitude, longitude = middle([(60.0, 170.0), (60.0, -170.0)])
    assert abs(longitude) == pytest.approx(180)
    assert latitude > 60


def test_places_that_balance_out_have_the_first_as_middle():
    assert middle([(0.0, 0.0), (0.0, 180.0)]) == (0.0, 0.0)
