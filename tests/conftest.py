"""Shared fixtures: a small model and inputs of the real shape, and made-up results that follow the contract."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr

from model.language.structure import Names
from outputs.glossary import read_glossary
from outputs.results import build_results, describe, name_results
from scenarios.places import read_places
from scenarios.schema import Settings
from tests.page_visits import chromium, page, page_folder  # noqa: F401

PROJECTS = ["plant-in-boden", "mine-in-pajala"]
INDUSTRIES = ["basic", "construction", "services", "welfare", "other"]


@dataclass(frozen=True)
class FakeVariable:
    """The attributes of a model variable that scenarios and outputs read."""

    name: str
    dims: tuple[str, ...] = ()
    unit: str = "dmnl"
    range: tuple[float | None, float | None] | None = None
    definition: str = ""
    source: str = ""
    quality: str = "C"
    kind: str = "lever"
    file: str = "housing.mdl"
    line: int = 1
    text: str = ""
    inputs: tuple[str, ...] = ()
    users: tuple[str, ...] = ()


@dataclass(frozen=True)
class FakeModel:
    """Variables by name, as the model holds them."""

    variables: Names[FakeVariable]


def _variables() -> list[FakeVariable]:
    delays = "SKR Öppna jämförelser 2020; Byggframtid 2025"
    place = ("municipality",)
    return [
        FakeVariable("plan to building start", place, "years", (0.5, 8), "Lever (housing). Delay.", delays),
        FakeVariable("reception capacity", place, "dmnl", (0, 3), "Lever (moving). Reception.", "judgement"),
        FakeVariable("hiring support", ("industry", "workplace"), "dmnl", (0, 2), "Lever (labour). Support.", "judged"),
        FakeVariable("interest rate", (), "1/year", (0, 0.2), "Lever (economy). Rate.", "Riksbanken"),
        FakeVariable("family size", (), "persons", (1.2, 2.2), "People per moving worker.", "SCB", kind="parameter"),
        FakeVariable("Population", ("sex", "age", "municipality"), "persons", kind="stock"),
        FakeVariable("project delay", ("project",), "years", (0, 20), "Lever (projects). Years late.", "register"),
        FakeVariable("project scale", ("project",), "dmnl", (0, 2), "Lever (projects). Share built.", "register"),
        FakeVariable("project stop time", ("project",), "year", (2000, 9999), "Lever (projects).", "register"),
        FakeVariable("project closure time", ("project",), "year", (2000, 9999), "Lever (projects).", "register"),
    ]


@pytest.fixture(scope="session")
def model() -> FakeModel:
    """A model with one of each kind of variable."""
    return FakeModel(Names({variable.name: variable for variable in _variables()}))


@pytest.fixture
def inputs() -> xr.Dataset:
    """Inputs of the fake model for a run from 2020 until 2030."""
    coords: dict[str, Any] = {
        "municipality": list(read_places().codes),
        "workplace": list(read_places().codes),
        "industry": INDUSTRIES,
        "project": PROJECTS,
        "time": np.arange(2021, 2031.01, 0.25),
    }
    base = {
        "plan to building start": 4.8,
        "reception capacity": 1.0,
        "hiring support": 1.0,
        "interest rate": 0.03,
        "family size": 1.6,
        "project delay": 0.0,
        "project scale": 1.0,
        "project stop time": 9999.0,
        "project closure time": 9999.0,
    }
    dims = {variable.name: variable.dims for variable in _variables()}
    arrays = {name: (dims[name], np.full([len(coords[d]) for d in dims[name]], value)) for name, value in base.items()}
    return xr.Dataset(arrays, coords, attrs={"start": 2020, "until": 2030, "step": 0.25})


HEADER = """\
title.sv = "Prov"
title.en = "Trial"
author = "Tester"
date = "2025-01-01"
source = "made up for a test"
baseline = "none"
description.sv = "Ett prov."
description.en = "A trial."
"""


@pytest.fixture
def scenario_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Writes a scenario: a valid header followed by the text given; the working folder is its folder."""
    monkeypatch.chdir(tmp_path)

    def write(body: str, name: str = "trial.toml", header: str = HEADER) -> Path:
        path = tmp_path / name
        path.write_text(header + body, encoding="utf-8")
        return path

    return write


YEARS = list(range(2010, 2051))


@pytest.fixture(scope="session")
def results() -> xr.Dataset:
    """Made-up results that follow the contract: names, dimensions and units of the real ones, 2010 to 2050."""
    return made_up_results()


def made_up_annual() -> xr.Dataset:
    """Model variables by year with every dimension of the contract, smooth and different in each cell."""
    codes = list(read_places().codes)
    labels: dict[str, list[Any]] = {
        "year": YEARS,
        "sex": ["women", "men"],
        "age": list(range(101)),
        "industry": INDUSTRIES,
        "municipality": codes,
        "workplace": codes,
        "project": PROJECTS,
    }
    by_place = ("year", "municipality")
    shapes = {
        "population": (("year", "sex", "age", "municipality"), "persons", "stock"),
        "jobs": (("year", "industry", "municipality"), "jobs", "auxiliary"),
        "commuting": (("year", "municipality", "workplace"), "persons", "auxiliary"),
        "project_jobs": (("year", "project"), "jobs", "auxiliary"),
    }
    persons = ["present_population", "labour_force", "employed_residents", "unemployed", "vacancies", "in_commuters"]
    persons += ["out_commuters", "nonregistered_workers"]
    shapes |= dict.fromkeys(persons, (by_place, "persons", "auxiliary"))
    flows = ["births", "deaths", "in_migration", "out_migration", "net_migration", "in_migration_jobs"]
    shapes |= dict.fromkeys(flows, (by_place, "persons/year", "auxiliary"))
    shapes |= dict.fromkeys(MONEY, (by_place, "SEK/year", "auxiliary"))
    shapes |= dict.fromkeys(SHARES, (by_place, "dmnl", "auxiliary"))
    shapes |= {"dwellings": (by_place, "dwellings", "stock")}
    shapes |= {"dwellings_completed": (by_place, "dwellings/year", "auxiliary")}
    arrays = {}
    for name, (dims, unit, kind) in shapes.items():
        shape = [len(labels[dim]) for dim in dims]
        values = 50.0 + 20.0 * np.cos(np.arange(np.prod(shape)).reshape(shape) / 7.0)
        if unit.endswith("/year"):
            values[0] = np.nan
        arrays[name] = xr.DataArray(values, dims=dims, attrs={"units": unit, "kind": kind})
    return xr.Dataset(arrays, labels)


MONEY = [
    "tax_base",
    "municipal_tax_revenue",
    "regional_tax_revenue",
    "tax_forgone",
    "equalisation",
    "municipal_result",
]
SHARES = ["vacancy_rate", "house_price_index", "service_level", "dependency_ratio"]


def made_up_results() -> xr.Dataset:
    """The made-up model variables under the results' contract."""
    built = build_results(made_up_annual(), Settings(), None, read_places())
    return describe(name_results(built, read_glossary()), "Norrsim: made up", "For tests.")


@pytest.fixture
def project_copy(tmp_path: Path) -> Path:
    """A copy of what a run reads, to be damaged."""
    root = Path(__file__).resolve().parent.parent
    copy = tmp_path / "copy"
    skip = shutil.ignore_patterns("__pycache__", "runs")
    rooms = ("history", "fit", "fits", "priors")
    for folder in ("model", "scenarios", "outputs", *(f"calibration/{room}" for room in rooms)):
        shutil.copytree(root / folder, copy / folder, ignore=skip)
    for file in ("sim.py", "pyproject.toml", "calibration/__init__.py", "calibration/commands.py"):
        shutil.copy(root / file, copy / file)
    return copy
