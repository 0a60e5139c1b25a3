"""Laws of ramps and places, tested as sentences."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.places import UnknownPlaceError, read_places
from scenarios.ramps import Ramp

TIMES = np.arange(2011, 2051.01, 0.25)
begins = st.one_of(st.none(), st.integers(2011, 2040).map(float))


@st.composite
def ramps(draw):
    begin = draw(begins)
    until = draw(st.one_of(st.none(), st.integers(int(begin or 2011), 2049)))
    return Ramp(begin, until, draw(st.sampled_from([0.0, 0.25, 1.0, 2.5, 10.0])))


@given(ramps())
def test_a_change_is_never_less_than_not_there_nor_more_than_fully_there(ramp):
    weight = ramp.weight(TIMES)
    assert weight.min() >= 0
    assert weight.max() <= 1


@given(ramps())
def test_nothing_of_a_change_is_there_before_its_start_or_after_its_end(ramp):
    weight = ramp.weight(TIMES)
    assert np.all(weight[ramp.start > TIMES] == 0)
    assert np.all(weight[ramp.end <= TIMES] == 0)


@given(ramps())
def test_a_change_rises_once_and_falls_once(ramp):
    steps = np.sign(np.round(np.diff(ramp.weight(TIMES)), 12))
    moves = steps[steps != 0]
    assert np.count_nonzero(np.diff(moves)) <= 1
    assert not (moves.size and moves[0] < 0 and moves[-1] > 0)


@given(ramps())
def test_a_ramp_never_rises_faster_than_its_length_allows(ramp):
    if ramp.years:
        assert np.abs(np.diff(ramp.weight(TIMES))).max() <= 0.25 / ramp.years + 1e-12


@given(ramps(), ramps())
def test_overlapping_is_mutual_and_covers_every_moment_both_are_in_force(first, second):
    assert first.overlaps(second) == second.overlaps(first)
    if np.any((first.weight(TIMES) > 0) & (second.weight(TIMES) > 0)):
        assert first.overlaps(second)


@given(st.lists(st.sampled_from(read_places().codes), min_size=1))
def test_selecting_by_codes_or_by_names_gives_the_same_places_in_order(codes):
    places = read_places()
    chosen = places.select(list(codes))
    assert chosen == places.select([places.name(code) for code in codes])
    assert list(chosen) == sorted(set(codes))


def test_a_place_may_be_a_code_a_name_a_county_a_region_or_all():
    places = read_places()
    assert places.select("Åsele") == places.select(2463) == places.select("2463") == ("2463",)
    assert len(places.select("Norrbotten")) == len(places.select("Norrbottens län")) == 14
    assert places.select("Luleå") == ("2580",)
    assert places.select("FA Luleå") == ("2514", "2518", "2560", "2580", "2581", "2582")
    assert len(places.select("all")) == 29
    assert len(places.select(["Västerbotten", "Luleå"])) == 16


def test_an_unknown_place_gets_a_suggestion():
    with pytest.raises(UnknownPlaceError) as caught:
        read_places().select("Skelleftea")
    assert caught.value.what == "'Skelleftea' is not a known municipality, county or labour-market region."
    assert caught.value.resolve.startswith("Did you mean 'Skellefteå'")
