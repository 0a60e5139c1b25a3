"""Definitions as tables: which county, which ages, who is at home where."""

from __future__ import annotations

import pandas as pd

from calibration.drivers.tables import AGES, counties, municipalities, sources, write

YOUTH = range(18, 25)
ADULT = range(20, 101)
WORKING = range(20, 65)


def build() -> None:
    """Write the tables that hold definitions only."""
    codes, county = municipalities(), counties()
    pairs = [(c, m, int(county[m] == c)) for c in ("24", "25") for m in codes]
    write(pd.DataFrame(pairs, columns=["county", "municipality", "in county"]), "county_municipality.csv")
    own = [(m, w, int(m == w)) for m in codes for w in codes]
    write(pd.DataFrame(own, columns=["municipality", "workplace", "own"]), "own_municipality.csv")
    ages = [(a, int(a in YOUTH), int(a in ADULT), int(a not in WORKING)) for a in AGES]
    write(pd.DataFrame(ages, columns=["age", "youth", "adult", "dependent"]), "age_groups.csv")
    names = ("in county", "own", "youth", "adult", "dependent")
    sources([(n, "dmnl", "definition", "marks membership", "A", "") for n in names], "sources_structure.csv")
