"""The projects' risks are counted from the register's past, with nothing in them that came after the horizon."""

import pandas as pd
import pytest

from scenarios.chance.history import READINGS, REGISTER, counts, rebuilt, shrunk, untrue
from scenarios.chance.projects import HORIZON
from scenarios.chance.risk import RISKS


@pytest.fixture(scope="module")
def readings():
    return pd.read_csv(READINGS)


def test_the_committed_risks_are_rebuilt_identically(readings):
    text = rebuilt(pd.read_csv(RISKS), readings).to_csv(index=False, lineterminator="\n")
    assert text == RISKS.read_text(encoding="utf-8")


def test_every_word_read_is_in_the_register(readings):
    if not REGISTER.exists():
        pytest.skip("the shared data are not here")
    register = pd.read_csv(REGISTER, dtype=str)
    assert untrue(readings, register) == []
    invented = readings.head(1).assign(words="opened early")
    assert len(untrue(invented, register)) == 1


def test_what_came_after_the_horizon_does_not_count(readings):
    assert (readings["to"] <= HORIZON).all()
    late = pd.concat([readings, readings.head(1).assign(to=HORIZON + 0.2)])
    with pytest.raises(ValueError, match="the horizon of what the risks may know"):
        counts(late)
    quoted = readings["words"].fillna("")
    assert not quoted.str.contains("2025-|2026-|2025 summer|2025:").any()


def test_counts_move_a_judgement_as_far_as_they_weigh():
    assert shrunk(0.02, 50, 0, 0) == pytest.approx(0.02)
    assert 0.02 < shrunk(0.02, 50, 5, 50) < 0.1
    assert shrunk(0.02, 50, 5000, 50_000) == pytest.approx(0.1, abs=0.001)


def test_closer_to_opening_is_safer():
    hazard = pd.read_csv(RISKS).set_index(["quantity", "status"])["value"]["stop hazard"]
    assert list(hazard[["building", "decided", "planned", "announced"]]) == sorted(hazard)
