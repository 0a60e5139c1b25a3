"""The record of the benchmark is of these equations, complete, and says plainly what is not met."""

from __future__ import annotations

import json
from typing import Any

import pytest

from model.benchmark.__main__ import MEASUREMENTS, RECORD, TABLE
from model.benchmark.table import markdown, rows
from model.language import load_model


@pytest.fixture(scope="module")
def record() -> Any:
    return json.loads(RECORD.read_text(encoding="utf-8"))


def test_the_record_is_of_these_equations(record: Any) -> None:
    assert record["model"] == load_model().hash, "run `make benchmark`: the equations have changed since"


def test_the_record_is_complete_and_its_table_is_the_record_in_words(record: Any) -> None:
    assert set(record["measured"]) == set(MEASUREMENTS)
    table = TABLE.read_text(encoding="utf-8")
    assert table == markdown(record)
    assert "not measured" not in table


def test_what_misses_its_budget_is_said_before_the_table(record: Any) -> None:
    opening = TABLE.read_text(encoding="utf-8").split("| what |")[0]
    missed = [row.what for row in rows(record["measured"]) if row.met is False]
    assert all(what in opening for what in missed)
    assert ("Every budget is met" in opening) == (not missed)


def test_all_slopes_of_the_loss_were_numbers(record: Any) -> None:
    assert record["measured"]["gradient"]["finite"] is True
