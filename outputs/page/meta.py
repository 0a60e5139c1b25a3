"""All that the page knows beside the model's numbers: names, ranges, sources, scenarios, the track record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import numpy as np
import xarray as xr

from model.language.structure import Model, Variable
from outputs.observed import read_observed
from outputs.page import tables, trust
from outputs.page.borders import borders
from outputs.page.order import Ground, placed_in
from outputs.page.story import read_story
from outputs.record import program_version
from outputs.summary_words import MEANT_FOR, NOT_MEANT_FOR
from scenarios.choices import project_names
from scenarios.compose import compose
from scenarios.places import Place, Places, read_places
from scenarios.placing import PROJECT_INPUTS, Placed
from scenarios.read import Scenario, scenario_files
from scenarios.schema import LAST_START, Lever, Texts

FORMAT = 1
"""Version of what the page and its links and data agree on."""
FROM, UNTIL, RAMP = "from", "until", "ramp"
LANGUAGES = ("en", "sv")
PEOPLE = "Population"
DIMENSIONS = ("municipality", "workplace", "county", "industry", "sex", "age", "project")


def variables_kept(model: Model, found: list[dict[str, Any]]) -> list[str]:
    """Keys of the model's variables that the page's runs keep."""
    return [*tables.kept(found), model.variables[PEOPLE].key]


def page_meta(ground: Ground, found: list[dict[str, Any]]) -> dict[str, Any]:
    """The page's meta data (protocol.ts, Meta)."""
    prepared, places = ground.prepared, read_places()
    settings, model = prepared.settings, prepared.model
    record = trust.record()
    return {
        "format": FORMAT,
        "version": program_version(),
        "model": model.hash,
        "fit": "" if prepared.fit is None else prepared.fit.folder.name,
        "written": date.today().isoformat(),
        "base": _scenario(prepared.scenario, []),
        "opens": None if ground.opened is None else _scenario(ground.opened, change_of_all(ground.changes)),
        "start": LAST_START,
        "until": settings.until,
        "step": float(ground.inputs.attrs["step"]),
        "baseYear": settings.base_year,
        "target": settings.target,
        "targetYears": settings.target_years,
        "dims": {dim: [str(x) for x in model.coordinates(dim)] for dim in DIMENSIONS},
        "places": [_place(place) for place in places.all],
        "map": borders(places.codes),
        "levers": levers(model, ground.inputs),
        "projects": projects(model, ground.inputs),
        "scenarios": _library(ground),
        "indicators": found,
        "observed": observed(found, places),
        "meantFor": dict(zip(LANGUAGES, MEANT_FOR, strict=True)),
        "notMeantFor": dict(zip(LANGUAGES, NOT_MEANT_FOR, strict=True)),
        "vintages": trust.vintages(),
        "track": record.rows,
        "trackText": record.text,
        "story": read_story(ground),
    }


def _place(place: Place) -> dict[str, str]:
    return {
        "code": place.code,
        "name": place.name,
        "county": place.county,
        "countyName": place.county_name,
        "faRegion": place.fa_region,
    }


def _said(texts: Texts) -> dict[str, str]:
    return {"sv": " ".join(texts.sv.split()), "en": " ".join(texts.en.split())}


def _scenario(scenario: Scenario, changes: list[dict[str, Any]]) -> dict[str, Any]:
    header = scenario.header
    told = {"title": _said(header.title), "description": _said(header.description)}
    return {"name": scenario.name, **told, "changes": changes}


def _library(ground: Ground) -> list[dict[str, Any]]:
    """The scenarios that come with the model and build on the page's base; those with choices as they stand."""
    base, found = ground.prepared.scenario, []
    for path in scenario_files():
        scenario, problems = compose(str(path))
        builds_here = scenario.baseline is not None and scenario.baseline.name == base.name
        if builds_here and not problems:
            placed = placed_in(scenario, ground.prepared, ground.inputs)
            found.append(_scenario(scenario, change_of_all(placed)))
    return found


# changes


def change_of_all(placed: Iterable[Placed]) -> list[dict[str, Any]]:
    """Changes as the page holds them."""
    return [change_of(each) for each in placed]


def change_of(placed: Placed) -> dict[str, Any]:
    """A change as the page holds it (protocol.ts, Change)."""
    change, variable = placed.change, placed.variable
    way, number = change.given
    kind = "project" if placed.key else "lever" if isinstance(change, Lever) else "assumption"
    found: dict[str, Any] = {"kind": kind, "name": variable.name, "way": way, "number": number}
    if placed.key:
        found |= {"project": placed.cells["project"][0], "fate": placed.key}
    elif placed.cells:
        found["cells"] = {dim: list(labels) for dim, labels in placed.cells.items()}
    if isinstance(change, Lever):
        years = {FROM: change.from_, UNTIL: change.until, RAMP: change.ramp or None}
        found |= {key: value for key, value in years.items() if value is not None}
    texts = {"source": change.source, "because": change.because}
    found |= {key: _said(text) for key, text in texts.items() if text is not None}
    limits = {"range": change.range, "judged": change.judged}
    return found | {key: list(pair) for key, pair in limits.items() if pair is not None}


# levers and projects


def levers(model: Model, inputs: xr.Dataset) -> list[dict[str, Any]]:
    """The levers and assumptions of levers.csv, with what the model says of them (protocol.ts, Lever)."""
    return [_lever(row, model.variables[row["name"]], inputs) for row in tables.rows(tables.LEVERS)]


def _lever(row: Mapping[str, str], variable: Variable, inputs: xr.Dataset) -> dict[str, Any]:
    told = dict(row)
    low, high = variable.range or (0.0, 1.0)
    return {
        "name": variable.name,
        "kind": "lever" if variable.kind == "lever" else "assumption",
        "group": row["group"],
        "label": tables.texts(told, "label"),
        "meaning": tables.texts(told, "meaning"),
        "source": {"sv": variable.source, "en": variable.source},
        "unit": variable.unit,
        "unitLabel": tables.texts(told, "unit"),
        "shown": float(row["shown"]),
        "dims": list(variable.dims),
        "range": [low, high],
        "step": float(row["step"]),
        "today": _today(inputs[variable.name]),
        "quality": variable.quality,
    }


def _today(values: xr.DataArray) -> float:
    """The value at the start, the mean where places differ."""
    first = values.isel(time=0) if "time" in values.dims else values
    return float(np.mean(first.to_numpy()))


def projects(model: Model, inputs: xr.Dataset) -> list[dict[str, Any]]:
    """The projects of the register (protocol.ts, Project)."""
    names, register = project_names(), {row["project"]: row for row in tables.rows(tables.REGISTER)}
    limits = {key: list(model.variables[name].range or ()) for key, name in PROJECT_INPUTS.items()}
    found = []
    for code in map(str, inputs["project"].values):
        row, stated = register[code], inputs.sel(project=code)
        found.append({
            "name": code,
            "label": dict(zip(LANGUAGES, names[code], strict=True)),
            "company": row["company"],
            "places": [part.split(":")[0] for part in row["municipalities"].split(";")],
            "jobs": float(row["project jobs at full operation"]),
            "builders": float(row["peak builders"]),
            "start": float(stated["planned building start"]),
            "buildingTime": float(stated["planned building time"]),
            "status": row["status"],
            "source": row["source"],
            "knownStop": float(stated["known stop time"]),
            "knownClosure": float(stated["known closure time"]),
            "ranges": limits,
        })  # fmt: skip
    return found


# history


def observed(found: list[dict[str, Any]], places: Places) -> dict[str, Any]:
    """Observed series under the keys of indicators, in the indicators' units."""
    data = read_observed()
    columns = {row["key"]: row["observed"] for row in tables.rows(tables.INDICATORS) if row["observed"]}
    factors = {each["key"]: each["factor"] for each in found}
    series = {}
    for key, name in columns.items():
        values = data[name].sel(municipality=list(places.codes)).transpose("year", "municipality").to_numpy()
        known = [i for i, row in enumerate(values) if not np.isnan(row).all()]
        years = data["year"].to_numpy()[known]
        series[key] = {
            "years": [int(year) for year in years],
            "values": [[_plain(x * factors[key]) for x in values[i]] for i in known],
        }
    return series


def _plain(value: float) -> float | None:
    return None if np.isnan(value) else float(f"{value:.7g}")
