"""A fit on disk: what was fitted, with what, and whether it may be used.

Folder of a fit: `fit.json` (record), `parameters.csv` (one row for each fitted number), `draws.npz` (z [draw, fitted],
the posterior in the priors' standard normal numbers).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray

from calibration.priors import Prior, Uncertain, read_priors
from scenarios.problems import Problem, ScenarioError

if TYPE_CHECKING:
    from model.language import Model

Values = NDArray[np.float64]
FITS = Path(__file__).resolve().parents[1] / "fits"
USUAL = FITS / "reference"
"""The fit that runs use when none is named."""
NONE = "none"
"""Word for 'no fit': the priors' medians."""
RECORD, TABLE, DRAWS = "fit.json", "parameters.csv", "draws.npz"


@dataclass(frozen=True)
class Fit:
    """A fit as read. `table`: parameters.csv, index the fitted numbers' names."""

    folder: Path
    record: dict[str, Any]
    table: pd.DataFrame

    @property
    def converged(self) -> bool:
        """Whether its diagnostics allow its use."""
        return bool(self.record["converged"])

    def identity(self) -> dict[str, Any]:
        """Plain data that tells which fit it is and whether it may be trusted."""
        digest = hashlib.sha256((self.folder / TABLE).read_bytes()).hexdigest()
        return {"fit": _shown(self.folder), "sha256": digest, "kind": self.record["kind"], "converged": self.converged,
                "equations": self.record["model"]}  # fmt: skip

    @property
    def centre(self) -> Values:
        """z of the values that single runs use [fitted]."""
        return self.table["z"].to_numpy(dtype=np.float64)

    @cached_property
    def draws(self) -> Values:
        """The posterior [draw, fitted]. Raises ScenarioError when the file is damaged."""
        try:
            with np.load(self.folder / DRAWS) as saved:
                return np.asarray(saved["z"], dtype=np.float64)
        except (OSError, KeyError, ValueError) as error:
            raise ScenarioError([_damaged(self.folder / DRAWS, str(error))]) from None

    def apply(self, model: Model, inputs: xr.Dataset) -> xr.Dataset:
        """The inputs of a run with the fitted values set. Raises ScenarioError for numbers that the model has not."""
        around = read_priors(model).around(inputs)
        places = {each.name: place for place, each in enumerate(around.priors.uncertain)}
        strange = [str(name) for name in self.table.index if name not in places]
        if strange:
            what = f"it holds '{strange[0]}', which the model does not have (any more)."
            raise ScenarioError([Problem(_shown(self.folder), what, "Make it anew: sim.py calibrate.")])
        numbers = around.medians.copy()
        numbers[[places[str(name)] for name in self.table.index]] = self.table["value"]
        arrays = around.placed(numbers[None])
        return inputs.assign({n: (inputs[n].dims, a[0], inputs[n].attrs) for n, a in arrays.items()})


def deviations(uncertain: list[Uncertain], centre: Values, draws: Values) -> tuple[Values, Values]:
    """Factors (for tables) and z relative to the centre (for all else) [draw, fitted] of a posterior's draws."""
    ones = np.ones(len(uncertain))
    low, high, sigma = (np.array([getattr(each, name) for each in uncertain]) for name in ("low", "high", "sigma"))
    inside = np.where(np.array([each.scales for each in uncertain]), ones, (low + high) / 2)
    prior = Prior(low, high, inside, sigma)
    return prior.transform(draws) / prior.transform(centre), draws - centre


def find_fit(named: str | Path | None) -> Path | None:
    """The folder of the fit a user named: a folder, its fit.json, a name in calibration/fits; None for 'none'.

    Without a name the usual fit, if there is one. Raises ScenarioError when there is no such fit.
    """
    if named is None:
        return USUAL if (USUAL / RECORD).is_file() else None
    if str(named) == NONE:
        return None
    for folder in (Path(named), Path(named).parent if Path(named).name == RECORD else Path(named), FITS / str(named)):
        if (folder / RECORD).is_file():
            return folder
    known = sorted(path.parent.name for path in FITS.glob(f"*/{RECORD}"))
    way = f"There are: {', '.join([*known, NONE])}. 'none' takes the priors' medians; sim.py calibrate makes a fit."
    raise ScenarioError([Problem(f"--fit {named}", "there is no such fit.", way)])


def read_fit(folder: Path, model: Model, force: bool = False) -> Fit:
    """Read a fit. Raises ScenarioError when it is damaged, or (unless forced) did not converge or belongs to other
    equations."""
    try:
        record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        table = pd.read_csv(folder / TABLE).set_index("name")
        converged, equations = bool(record["converged"]), str(record["model"])
        table[["z", "value"]].astype(float)
    except (OSError, KeyError, ValueError) as error:
        raise ScenarioError([_damaged(folder, str(error))]) from None
    problems = []
    if not converged:
        why = "; ".join(record.get("problems", [])) or "no reason is on record"
        problems.append(Problem(_shown(folder), f"the fit has not converged: {why}.", _WAY))
    if equations != model.hash and folder != USUAL:
        what = f"the fit was made with other equations ({equations[:12]}) than the model has now ({model.hash[:12]})."
        problems.append(Problem(_shown(folder), what, _WAY))
    if problems and not force:
        raise ScenarioError(problems)
    return Fit(folder, record, table)


_WAY = "Make it anew with sim.py calibrate, leave --fit out, or use it all the same with --force."


def _damaged(path: Path, reason: str) -> Problem:
    return Problem(_shown(path), f"the fit cannot be read: {reason}.", "Make it anew: sim.py calibrate.")


def _shown(path: Path) -> str:
    root = FITS.parents[1]
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
