"""The projects that had been announced at an origin, with the dates and jobs that were stated then.

A row of `announced.csv` holds from 31 December of its year until the project's next row. Where the register keeps no
statement of the time, the number is a judgement, named in the row. Weaknesses of the rule: the register was gathered
afterwards, so that plans nobody remembers are missing and the well-remembered ones are those that became large; a
statement stands for the whole year in which it was made; and every announcement is taken at its word, with no chance
that nothing comes of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from calibration.backtest.places import HERE, Array
from calibration.drivers import register

ANNOUNCED: Path = HERE / "announced.csv"
STATED = (
    "planned building start",
    "planned building time",
    "project jobs at full operation",
    "peak builders",
    "known stop time",
    "known closure time",
)
NEVER = 2060.0
NOTHING = [NEVER, 1.0, 0.0, 0.0, NEVER, NEVER]
"""What is stated of a project that is none."""
BUILT, STAFFED = 0.99, 0.9
"""Shares of building and of jobs from which a plant counts as settled."""
BASIC, OTHER = 0, 4
"""Positions of the industries that hold project jobs."""


@cache
def announcements() -> pd.DataFrame:
    """Every announcement."""
    return pd.read_csv(ANNOUNCED)


@cache
def timeless() -> pd.DataFrame:
    """What the register says of a project whatever the year: where, from which progress it hires, how fast."""
    return register.read().set_index("project")


def known(origin: int) -> pd.DataFrame:
    """Projects of the model's order as stated by 31 December `origin`; those not yet announced never begin."""
    said = announcements()
    latest = said[said["known from"] <= origin].drop_duplicates("project", keep="last").set_index("project")
    table = timeless().copy()
    table[list(STATED)] = latest[list(STATED)].reindex(table.index)
    unknown = table["planned building start"].isna()
    table.loc[unknown, list(STATED)] = NOTHING
    return table


@dataclass(frozen=True)
class Course:
    """Projects as stated: operating jobs in their industry and in others, and builders [year, municipality] on 31
    December (jobs).
    """

    basic: Array
    other: Array
    builders: Array


def course(said: int, years: Sequence[int], codes: tuple[str, ...], hump: float) -> Course:
    """What the projects as stated by 31 December `said` came to at the end of each year; `hump`: the model's 'hump
    height' of builders over progress.
    """
    table = known(said)
    paths = [register.timeline(row, max(years) + 1.0) for _, row in table.iterrows()]
    at = [int(np.argmin(np.abs(paths[0][0] - (year + 1.0)))) for year in years]
    progress, operating = (np.array([path[k][at] for path in paths]).T for k in (1, 2))
    places = share_of(table, codes)
    basic = table["basic share"].to_numpy(dtype=float)
    builders = table["peak builders"].to_numpy(dtype=float) * hump * progress * (1 - progress)
    return Course((operating * basic) @ places, (operating * (1 - basic)) @ places, builders @ places)


def share_of(table: pd.DataFrame, codes: tuple[str, ...]) -> Array:
    """How a project's jobs are shared [project, municipality]."""
    parts = [register.share(str(text)) for text in table["municipalities"]]
    return np.array([[part.get(code, 0.0) for code in codes] for part in parts])


def project_inputs(origin: int, codes: tuple[str, ...], jobs: Array, said: int | None = None) -> dict[str, Array]:
    """The projects by the model's names, and the baseline of `jobs` [industry, municipality] without them.

    Progress and jobs at the origin are those of the stated plan. A plant that by then is built and staffed is no
    project any more but one employer among others: what it has brought is in the level of net moves. `said`: the year
    until which statements count (the origin's own).
    """
    table = known(origin if said is None else said)
    now = [register.timeline(row, origin + 1.0) for _, row in table.iterrows()]
    progress, operating = (np.array([part[k][-1] for part in now]) for k in (1, 2))
    staffed = (progress > BUILT) & (operating >= STAFFED * table["project jobs at full operation"])
    settled = staffed & (table["known closure time"] > origin + 1.0)
    table.loc[settled, list(STATED)] = NOTHING
    progress, operating = np.where(settled, 0.0, progress), np.where(settled, 0.0, operating)
    found = {name: table[name].to_numpy(dtype=float) for name in STATED}
    share = share_of(table, codes)
    basic = table["basic share"].to_numpy(dtype=float)
    baseline = jobs.copy()
    baseline[BASIC] -= (operating * basic) @ share
    baseline[OTHER] -= (operating * (1 - basic)) @ share
    found |= {"initial progress": progress, "initial operating jobs": operating, "project share": share}
    return found | {"baseline jobs": np.maximum(baseline, 0.0)}


def no_projects() -> dict[str, Array]:
    """Inputs with which no project ever begins."""
    nothing = ("project jobs at full operation", "peak builders", "initial progress", "initial operating jobs")
    return {"planned building start": np.array(NEVER), **{name: np.array(0.0) for name in nothing}}
