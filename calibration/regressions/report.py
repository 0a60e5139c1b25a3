"""The findings as tables and words: everything `python -m calibration.regressions` writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from calibration.regressions.compare import AGREES, OWN, Found, find
from calibration.regressions.corrections import corrections
from calibration.regressions.equations import JOBS, KEY, MOVES, PLAIN
from calibration.regressions.figure import draw
from calibration.regressions.fitted import FIRST, LAST, named
from calibration.regressions.panel import HERE, Panel
from calibration.regressions.sensitivities import SHOCKED, sensitivities
from model.whole import write_whole

Say = Callable[[str], None]
STRONGEST = 3
MINUS = "\N{MINUS SIGN}"


def save(table: pd.DataFrame, path: Path) -> None:
    """Write a table whole, four digits."""
    write_whole(path, table.to_csv(index=False, lineterminator="\n", float_format="%.4g"))


def write(panel: Panel, fitted: Mapping[str, Any] | None = None, say: Say = print, folder: Path = HERE) -> Found:
    """Run everything and write data.csv, corrections.csv, comparison.csv, the figure and findings.md; sensitivities.csv
    (change per prior standard deviation, a column for each parameter) and steps.csv (that deviation).

    `fitted`: values of named model inputs in place of the written ones. About a minute.
    """
    found = find(panel, fitted, say)
    save(found.data, folder / "data.csv")
    save(found.comparison, folder / "comparison.csv")
    say("Stated figures beside ours")
    stated = corrections(panel)
    save(stated, folder / "corrections.csv")
    say("Sensitivities of the model's coefficients")
    own = panel.between(FIRST + 1, LAST)
    moved = pd.concat([
        sensitivities(own, fitted).assign(history="without chance"),
        sensitivities(own, fitted, SHOCKED).assign(history="shocks"),
    ])  # fmt: skip
    wide = moved.pivot(index=["history", *KEY], columns="parameter", values="per_sd").reset_index()
    save(wide, folder / "sensitivities.csv")
    save(moved[["parameter", "step"]].drop_duplicates(), folder / "steps.csv")
    draw(found, folder)
    write_whole(folder / "findings.md", "\n".join(findings(found, stated, moved, named(fitted))) + "\n")
    return found


INTRODUCTION = (
    "The model runs with {whose}.\n\n"
    "Of {all} coefficients ({years}, both weightings) {calm} of the history without chance and {agree} of the "
    "ensemble's medians lie within {limit:g} standard errors of the data's. All runs see exactly the years and places "
    "that the data know. The ensemble has drawn parameters, yearly shocks of births, deaths and moves "
    "(calibration/process_noise) and of jobs (job_shocks.py: within places the data's jobs vary far more than those "
    "of a history without chance). Without the shocks of jobs, people and jobs would go together far too closely, "
    "since shocks of moves alone then shake both (column `moves` of comparison.csv). 'Apart' counts standard errors of "
    "the data, history without chance (ensemble); 'moved by' names the parameters that change the history without "
    "chance most over one standard deviation of their prior.\n"
)


def findings(found: Found, stated: pd.DataFrame, moved: pd.DataFrame, whose: str) -> Iterator[str]:
    """The page anybody can read; every number comes from the tables."""
    table = found.comparison
    near = {name: int((table[name].abs() <= AGREES).sum()) for name in ("calm_difference", "difference")}
    yield "# Regressions on the data and on the model's own history\n"
    yield INTRODUCTION.format(
        whose=whose, all=len(table), years=OWN, calm=near["calm_difference"], agree=near["difference"], limit=AGREES
    )
    yield "![Coefficients](regressions.png)\n"
    for name, unit in ((JOBS, "per 100 more jobs"), (MOVES, "per 1 000 inhabitants; five years: per cent")):
        yield f"## {name[0].upper()}{name[1:]}, {unit}, every municipality alike\n"
        yield from lines(table[(table["table"] == name) & (table["weights"] == PLAIN)], moved)
    yield "## Figures stated before\n"
    changed = stated[stated["verdict"] == "corrected"]
    yield f"Of {len(stated)} stated figures {len(stated) - len(changed)} stand within a standard error; corrected:\n"
    yield line("over", "outcome", "regressor", "weights", "stated", "ours 1993-2023", "why")
    yield RULE * 7 + "|"
    for row in changed.to_dict("records"):
        named = [row[name] for name in KEY[1:]]
        yield line(*named, shown(row["claimed"]), pair(row["ours"], row["error"]), row["why"])


RULE = "|---"


def lines(table: pd.DataFrame, moved: pd.DataFrame) -> Iterator[str]:
    """Rows of the comparison with the parameters that move each most."""
    yield line("over", "outcome", "on", "data", "model", "ensemble", "apart", "moved by")
    yield RULE * 8 + "|"
    calm = moved[moved["history"] == "without chance"].set_index(list(KEY)).sort_index()
    for row in table.to_dict("records"):
        own = calm.loc[[tuple(row[name] for name in KEY)]].set_index("parameter")["per_sd"]
        top = own[own.abs().sort_values(ascending=False).index[:STRONGEST]]
        yield line(
            row["over"],
            row["outcome"],
            row["regressor"],
            pair(row["data"], row["error"]),
            shown(row["model"]),
            f"{shown(row['median'])} [{shown(row['low'])}, {shown(row['high'])}]",
            f"{signed(row['calm_difference'])} ({signed(row['difference'])})",
            ", ".join(f"{name} {signed(value)}" for name, value in top.items()),
        )
    yield ""


def line(*cells: object) -> str:
    """A row of a table."""
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def pair(value: float, error: float) -> str:
    """A number with its standard error."""
    return f"{shown(value)} ± {shown(error)}"


def shown(value: float) -> str:
    """Two digits after the point for small numbers, none for large ones."""
    digits = 0 if abs(value) >= 10 else 1 if abs(value) >= 2 else 2
    return f"{value:.{digits}f}".replace("-", MINUS)


def signed(value: float) -> str:
    """A number with its sign."""
    return f"{value:+.{1 if abs(value) >= 1 else 2}f}".replace("-", MINUS)
