"""The data's coefficients beside the model's, run by run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from calibration.regressions.equations import KEY, run
from calibration.regressions.fitted import FIRST, LAST
from calibration.regressions.job_shocks import job_shocks
from calibration.regressions.panel import Panel
from calibration.regressions.simulated import History, like

MEMBERS, SEED = 64, 4
AGREES = 2.0
"""Standard errors of the data's coefficient within which the model agrees."""
LOW, HIGH = 0.1, 0.9
"""Quantiles of the ensemble shown."""
SKELLEFTEA = "2482"
ALL, OWN, WITHOUT = "1993-2023", "2011-2023", "2011-2023 without Skellefteå"
CALM, MOVES, CHANCE, BOTH = "without chance", "shocks of moves", "shocks", "shocks and parameters"
Say = Callable[[str], None]


@dataclass(frozen=True)
class Found:
    """Coefficients of the data (by sample), of the model's members, and both beside each other."""

    data: pd.DataFrame
    members: pd.DataFrame
    comparison: pd.DataFrame


def without(panel: Panel, code: str) -> Panel:
    """The panel less one municipality."""
    kept = [i for i, own in enumerate(panel.codes) if own != code]
    series = {name: values[:, :, kept] for name, values in panel.series.items()}
    return Panel(panel.years, tuple(panel.codes[i] for i in kept), series)


def samples(panel: Panel) -> dict[str, Panel]:
    """All years; those of the model's history; the same without Skellefteå, whose boom weighs most."""
    own = panel.between(FIRST + 1, LAST)
    return {ALL: panel, OWN: own, WITHOUT: without(own, SKELLEFTEA)}


def data_table(panel: Panel) -> pd.DataFrame:
    """Coefficients of every sample: sample, key, coefficient, error, n."""
    tables = [run(own).assign(sample=name) for name, own in samples(panel).items()]
    table = pd.concat(tables, ignore_index=True)
    return table[["sample", *KEY, "coefficient", "error", "n"]]


def members_table(panel: Panel, fitted: Mapping[str, Any] | None, members: int = MEMBERS) -> pd.DataFrame:
    """Coefficients of the model's histories, observed as the data are: kind, member, key, coefficient."""
    seen = panel.between(FIRST + 1, LAST)
    history = History.of(fitted)
    shocks = history.shocks(members, SEED)
    calm = like(history.once(), seen)
    jobs = job_shocks(seen, calm).given(history.inputs, members, SEED)
    kinds = {MOVES: shocks, CHANCE: shocks | jobs, BOTH: shocks | jobs | history.drawn(members, SEED)}
    tables = [run(calm).assign(kind=CALM, member=0)]
    for kind, varied in kinds.items():
        for i, own in enumerate(history.panels(varied)):
            tables.append(run(like(own, seen)).assign(kind=kind, member=i))
    return pd.concat(tables, ignore_index=True)[["kind", "member", *KEY, "coefficient"]]


def comparison(data: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    """Data and model side by side, one row per coefficient of the years both know.

    `model` is the history without chance, `moves` the median of those with shocks of moves alone, `chance` with shocks
    of moves and jobs, `median`, `low` and `high` of those with both and drawn parameters. `difference` is that median
    less the data's coefficient in standard errors of the data, `calm_difference` that of the history without chance;
    `within` the share of members within two; `verdict` says whether the median agrees.
    """
    key = list(KEY)
    own = data[data["sample"] == OWN].set_index(key)
    long = data[data["sample"] == ALL].set_index(key)
    by_kind = {kind: part.set_index(key)["coefficient"] for kind, part in members.groupby("kind")}
    by_key = by_kind[BOTH].groupby(key, sort=False)
    table = own[["coefficient", "error", "n"]].rename(columns={"coefficient": "data"})
    table["data_long"], table["error_long"] = long["coefficient"], long["error"]
    table["model"] = by_kind[CALM]
    for name, kind in (("moves", MOVES), ("chance", CHANCE)):
        table[name] = by_kind[kind].groupby(key, sort=False).median()
    table["median"], table["low"], table["high"] = by_key.median(), by_key.quantile(LOW), by_key.quantile(HIGH)
    table["calm_difference"] = (table["model"] - table["data"]) / table["error"]
    table["difference"] = (table["median"] - table["data"]) / table["error"]
    aligned = table.loc[by_kind[BOTH].index]
    near = np.abs(by_kind[BOTH] - aligned["data"].to_numpy()) <= AGREES * aligned["error"].to_numpy()
    table["within"] = near.astype(float).groupby(key, sort=False).mean()
    table["verdict"] = [verdict(float(value)) for value in table["difference"]]
    return table.reset_index()


def verdict(difference: float) -> str:
    """Words for a difference in standard errors."""
    if abs(difference) <= AGREES:
        return "agrees"
    return "model too high" if difference > 0 else "model too low"


def find(panel: Panel, fitted: Mapping[str, Any] | None = None, say: Say = print, members: int = MEMBERS) -> Found:
    """Run every regression on the data and on the model's histories. `fitted`: inputs in place of the written ones."""
    say("Regressions on the data")
    data = data_table(panel)
    say(f"Regressions on {members} histories of the model")
    drawn = members_table(panel, fitted, members)
    return Found(data, drawn, comparison(data, drawn))
