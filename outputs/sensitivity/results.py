"""The findings as a labelled Dataset: outcomes × years × places × inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from outputs.observed import observed_population
from outputs.results import UNITLESS
from scenarios.places import Places
from scenarios.sensitivity.outcomes import NEW, REGION
from scenarios.sensitivity.variance import OTHERS

if TYPE_CHECKING:
    from scenarios.sensitivity.analyse import Sensitivity
    from scenarios.sensitivity.convergence import Convergence

Floats = NDArray[np.float64]
WHERE = ("outcome", "year", "place")
LONG_NAMES = {
    "at_median": ("outcome with every input at its median", "utfall när allt har sitt medianvärde"),
    "at_low": ("outcome with the input at its 10 % value", "utfall när indata har sitt 10-procentsvärde"),
    "at_high": ("outcome with the input at its 90 % value", "utfall när indata har sitt 90-procentsvärde"),
    "mu": ("mean elementary effect (Morris)", "genomsnittlig elementär effekt (Morris)"),
    "mu_star": ("mean size of the elementary effect (Morris)", "genomsnittlig storlek på elementär effekt (Morris)"),
    "mu_star_interval": ("half of the 95 % interval of mu_star", "halva 95-procentsintervallet för mu_star"),
    "sigma": ("spread of the elementary effect (Morris)", "spridning i elementär effekt (Morris)"),
    "first": ("first-order share of variance (Sobol')", "förstaordningens andel av variansen (Sobol')"),
    "first_interval": ("half of the 95 % interval of first", "halva 95-procentsintervallet för first"),
    "total": ("total share of variance (Sobol')", "total andel av variansen (Sobol')"),
    "total_interval": ("half of the 95 % interval of total", "halva 95-procentsintervallet för total"),
    "others_total": ("total share of all inputs not told one by one", "total andel för all indata som inte nämns"),
    "others_interval": ("half of the 95 % interval of others_total", "halva 95-procentsintervallet för others_total"),
    "moves": ("1 where some input moves the outcome", "1 där någon indata påverkar utfallet"),
    "defined": ("1 where the outcome is a number in every run", "1 där utfallet är ett tal i varje körning"),
}
"""Long names (English, Swedish) of the variables."""
SETTLED = {
    "widest": ("widest 95 % interval", "bredaste 95-procentsintervall"),
    "widest_unimportant": (
        "widest 95 % interval of an unimportant input",
        "bredaste 95-procentsintervall för oviktig indata",
    ),
    "swaps": ("weighted change of place between bootstrap samples", "vägt platsbyte mellan bootstrapurval"),
}
"""The same for the measures of convergence."""
LEVELS = ("at_median", "at_low", "at_high")
IN_ITS_UNIT = (*LEVELS, "mu", "mu_star", "mu_star_interval", "sigma")


def sensitivity_results(sensitivity: Sensitivity, places: Places) -> xr.Dataset:
    """All findings under their names, with labels, units and long names in English and Swedish.

    New residents are counted from the observed population when the base year lies before the run.

    Indices of outcomes that nothing moves, and total shares of inputs not told one by one, are not-a-number.
    """
    arrays = _swings(sensitivity) | _screening(sensitivity) | _shares(sensitivity)
    dataset = _since_the_base_year(xr.Dataset(arrays, _coordinates(sensitivity, places)), sensitivity)
    for name in dataset.data_vars:
        english, swedish = _long_name(str(name))
        dataset[name].attrs = {"long_name": english, "long_name_sv": swedish}
        unit = "the outcome's unit (coordinate 'unit')" if name in IN_ITS_UNIT else "1"
        dataset[name].attrs["units"] = unit
    header = sensitivity.prepared.scenario.header
    return dataset.assign_attrs(
        Conventions="CF-1.11",
        title=f"Norrsim, what drives the outcomes: {header.title.en}",
        source="Norrsim, a simulation model; see run.json for model, data, scenario and seed",
        comment="Inputs vary as in an ensemble, without yearly shocks. Scenario, not forecast.",
    )


def _since_the_base_year(results: xr.Dataset, sensitivity: Sensitivity) -> xr.Dataset:
    question, settings = sensitivity.prepared.task.question, sensitivity.prepared.settings
    if question.base_year is not None or NEW not in results["outcome"].values:
        return results
    observed = observed_population(settings.base_year)
    people = [float(observed.sum() if code == REGION else observed.sel(municipality=code)) for code in question.places]
    shift = xr.DataArray(people, dims="place") * xr.DataArray(results["outcome"].values == NEW, dims="outcome")
    return results.assign({name: (results[name] - shift).transpose(*results[name].dims) for name in LEVELS})


def _swings(sensitivity: Sensitivity) -> dict[str, Any]:
    found, shape = sensitivity.findings, sensitivity.prepared.task.question.shape
    return {
        "at_median": (WHERE, found.swings.middle.reshape(shape)),
        "at_low": _by_input(found.swings.low, shape),
        "at_high": _by_input(found.swings.high, shape),
        "moves": (WHERE, found.moves.reshape(shape).astype(np.float64)),
        "defined": (WHERE, found.defined.reshape(shape).astype(np.float64)),
    }


def _screening(sensitivity: Sensitivity) -> dict[str, Any]:
    found, shape = sensitivity.findings, sensitivity.prepared.task.question.shape
    if found.screening is None:
        return {}
    parts = {
        "mu": found.screening.mu,
        "mu_star": found.screening.mu_star,
        "mu_star_interval": found.screening.interval,
        "sigma": found.screening.sigma,
    }
    arrays = {name: _by_input(_masked(values, found.moves), shape) for name, values in parts.items()}
    return arrays | _settled("screening", found.screening_settled, shape)


def _shares(sensitivity: Sensitivity) -> dict[str, Any]:
    found, shape = sensitivity.findings, sensitivity.prepared.task.question.shape
    if found.shares is None:
        return {}
    drivers = found.shares.drivers
    parts = {
        "first": found.shares.first,
        "first_interval": found.shares.first_interval,
        "total": found.shares.total,
        "total_interval": found.shares.total_interval,
    }
    arrays: dict[str, Any] = {}
    for name, values in parts.items():
        whole = np.full((len(values), len(found.inputs)), np.nan)
        for column, driver in enumerate(drivers):
            if driver != OTHERS:
                whole[:, found.inputs.index(driver)] = values[:, column]
        arrays[name] = _by_input(_masked(whole, found.moves), shape)
    if OTHERS in drivers:
        column = drivers.index(OTHERS)
        for name, values in (("others_total", parts["total"]), ("others_interval", parts["total_interval"])):
            arrays[name] = (WHERE, _masked(values, found.moves)[:, column].reshape(shape))
    return arrays | _settled("shares", found.shares_settled, shape)


def _settled(part: str, found: tuple[Convergence | None, ...], shape: tuple[int, int, int]) -> dict[str, Any]:
    measures = {
        name: np.array([np.nan if each is None else getattr(each, name) for each in found]).reshape(shape)
        for name in SETTLED
    }
    return {f"{part}_{name}": (WHERE, values) for name, values in measures.items()}


def _by_input(values: Floats, shape: tuple[int, int, int]) -> tuple[tuple[str, ...], Floats]:
    return (*WHERE, "input"), values.reshape(*shape, -1)


def _masked(values: Floats, moves: NDArray[np.bool_]) -> Floats:
    return np.where(moves[:, None], values, np.nan)


def _long_name(name: str) -> tuple[str, str]:
    if name in LONG_NAMES:
        return LONG_NAMES[name]
    part, _, measure = name.partition("_")
    english, swedish = SETTLED[measure]
    swedish_part = {"screening": "urvalet", "shares": "variansandelarna"}[part]
    return f"{english} ({part})", f"{swedish} ({swedish_part})"


def _coordinates(sensitivity: Sensitivity, places: Places) -> dict[str, Any]:
    question, inputs = sensitivity.prepared.task.question, sensitivity.prepared.inputs
    unit = ["1" if each.unit in UNITLESS else each.unit for each in question.outcomes]
    names = ["Norrbotten and Västerbotten" if code == REGION else places.name(code) for code in question.places]
    levels = {name: [each.levels[at] for each in inputs] for at, name in enumerate(("low", "median", "high"))}
    return {
        "outcome": [each.name for each in question.outcomes],
        "year": list(question.years),
        "place": list(question.places),
        "input": [each.name for each in inputs],
        "unit": ("outcome", unit),
        "outcome_name": ("outcome", [each.long_name for each in question.outcomes]),
        "outcome_name_sv": ("outcome", [each.long_name_sv for each in question.outcomes]),
        "summed": ("outcome", np.array([each.summed for each in question.outcomes], dtype=np.int8)),
        "place_name": ("place", names),
        "kind": ("input", [each.kind for each in inputs]),
        "input_unit": ("input", ["1" if each.unit in UNITLESS else each.unit for each in inputs]),
        "label": ("input", [each.label[0] for each in inputs]),
        "label_sv": ("input", [each.label[1] for each in inputs]),
        "told": ("input", np.array([name in sensitivity.findings.told for name in sensitivity.findings.inputs], "i1")),
        **{f"input_{name}": ("input", values) for name, values in levels.items()},
    }
