"""Unit algebra: exact, commutative, plural or singular alike."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.language.units import DMNL, Unit, UnitError, parse_unit, singular

NAMES = st.sampled_from(["person", "job", "dwelling", "SEK", "year", "minute", "MW", "km"])
POWERS = st.integers(-3, 3).filter(bool).map(Fraction)
UNITS = st.dictionaries(NAMES, POWERS, max_size=4).map(Unit)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("persons/year", "person/years"),
        ("SEK/(person*year)", "SEK/person/year"),
        ("dmnl", "1"),
        ("1/year", "year^-1"),
        ("people", "person"),
        ("MW*year/year", "MW"),
        ("km^2", "km*km"),
        ("municipalities", "municipality"),
        ("SEK^(1/2)*SEK^(1/2)", "SEK"),
    ],
)
def test_units_written_differently_are_the_same(text: str, same: str) -> None:
    assert parse_unit(text) == parse_unit(same)


@pytest.mark.parametrize(("text", "other"), [("persons", "jobs"), ("SEK", "kSEK"), ("persons/year", "persons")])
def test_other_units_differ(text: str, other: str) -> None:
    assert parse_unit(text) != parse_unit(other)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("jobs/", "'jobs/' is not a unit: something is missing"),
        ("(jobs", "'(jobs' is not a unit: a parenthesis is not closed"),
        ("jobs & homes", "'jobs & homes' is not a unit: '& homes' cannot be read"),
        ("jobs)", "'jobs)' is not a unit: ')' is not expected there"),
        ("1000 SEK", "'1000 SEK' is not a unit: '1000' is not expected there"),
        ("SEK^x", "'SEK^x' is not a unit: an exponent is a whole number or a fraction"),
    ],
)
def test_texts_that_are_no_unit_are_told(text: str, message: str) -> None:
    with pytest.raises(UnitError) as caught:
        parse_unit(text)
    assert str(caught.value) == message


@given(UNITS)
def test_a_unit_survives_being_written_and_read(unit: Unit) -> None:
    assert parse_unit(str(unit)) == unit


@given(UNITS, UNITS, UNITS)
def test_products_and_quotients_obey_the_laws(a: Unit, b: Unit, c: Unit) -> None:
    assert a * b == b * a
    assert (a * b) * c == a * (b * c)
    assert (a * b) / b == a
    assert a / a == DMNL
    assert hash(a * b) == hash(b * a)


@given(UNITS, st.integers(-3, 3))
def test_powers_are_repeated_products(unit: Unit, exponent: int) -> None:
    assert unit**exponent * unit == unit ** (exponent + 1)
    assert (unit ** Fraction(1, 2)) ** 2 == unit


def test_short_names_and_names_in_double_s_keep_their_s() -> None:
    assert [singular(name) for name in ("gas", "class", "jobs", "years")] == ["gas", "class", "job", "year"]
