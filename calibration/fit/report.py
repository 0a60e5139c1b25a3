"""The diagnostics of a fit: tables, figures, and one page that anybody can read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from calibration.fit import figures, predictive
from calibration.fit.table import UNINFORMED, alike
from model.whole import write_whole
from scenarios.places import read_places

if TYPE_CHECKING:
    from calibration.fit.calibrate import Result

MOST_TOLD, EXPLAINED = 12, 5
BY_PLACE = ("total population", "in migration", "out migration", "jobs in statistics", "unemployed")


def write_report(out: Path, result: Result, fitted: pd.DataFrame) -> None:
    """Write predictive.csv, predictive_places.csv, alike.csv, figures and summary.md into the fit's folder."""
    target = result.target
    simulated = predictive.histories(target, result.draws)
    places = predictive.check(target, simulated, result.record["seed"])
    series = predictive.by_series(places)
    pairs = alike(list(fitted.index), result.draws)
    for name, frame in (
        ("predictive_places.csv", places),
        ("predictive.csv", series.reset_index()),
        ("alike.csv", pairs),
    ):
        write_whole(out / name, frame.to_csv(index=False, float_format="%.4g", lineterminator="\n"))
    folder = out / "figures"
    folder.mkdir(parents=True, exist_ok=True)
    figures.prior_and_posterior(fitted, folder / "prior-posterior.png")
    figures.region(target, simulated, folder / "region.png")
    names = {place.code: place.name for place in read_places().all}
    for each, paths in zip(target.observed.series, simulated, strict=True):
        if each.variable in BY_PLACE:
            figures.municipalities(each, paths, names, folder / f"{each.variable.replace(' ', '-')}.png")
    write_whole(out / "summary.md", summary(result, fitted, series, pairs))


def summary(result: Result, fitted: pd.DataFrame, series: pd.DataFrame, pairs: pd.DataFrame) -> str:
    """One page in plain words."""
    record, own = result.record, fitted[fitted["pooled"] == "no"]
    informed = own[own["informed"] == "yes"].sort_values("contraction", ascending=False)
    silent = own[own["informed"] == "no"]
    unseen = len(result.target.around.priors.uncertain) - len(fitted)
    first, last = record["years"]
    lines = [
        f"# The model fitted to {first}–{last}",
        "",
        "**Converged.**" if record["converged"] else "**NOT CONVERGED: " + "; ".join(record["problems"]) + ".**",
        f"{len(fitted)} numbers were fitted to {sum(int(s.known.sum()) for s in result.target.observed.series):,} "
        f"observed values of {len(series)} series; {unseen} more do not touch these years and keep their priors.",
        f"Of the {len(own)} that hold for the whole region the data inform {len(informed)} (contraction at least "
        f"{UNINFORMED}); the other {len(silent)} are as uncertain as before.",
        "",
        *_how_well(series),
        "",
        "## What the data taught most",
        "",
        "| parameter | before | now | 8 of 10 | unit | contraction |",
        "|---|---|---|---|---|---|",
        *(
            f"| {name} | {r['prior']:.3g} | {r['value']:.3g} | {r['q10']:.3g} to {r['q90']:.3g} | {r['unit']} "
            f"| {r['contraction']:.2f} |"
            for name, r in informed.head(MOST_TOLD).iterrows()
        ),
        "",
        *_meaning(result, informed),
        "",
        "## What the data cannot tell",
        "",
        "Not informed: " + (", ".join(map(str, silent.index)) or "none") + ".",
        "",
        "Pairs that go together (correlation in the posterior): "
        + (
            "; ".join(f"{r.one} and {r.other} ({r.correlation:+.2f})" for r in pairs.head(MOST_TOLD).itertuples())
            or "none"
        )
        + ".",
        "",
        "Figures: prior-posterior.png, region.png and one for each of five series by municipality. Tables: "
        "parameters.csv, predictive.csv, predictive_places.csv, alike.csv.",
    ]
    return "\n".join(lines) + "\n"


def _meaning(result: Result, informed: pd.DataFrame) -> list[str]:
    """The first parameters in words."""
    variables = result.target.model.variables
    return [
        f"- **{name}**: {variables[str(row['variable'])].definition} "
        f"From {row['prior']:.3g} to {row['value']:.3g} {row['unit']}."
        for name, row in informed.head(EXPLAINED).iterrows()
    ]


def _how_well(series: pd.DataFrame) -> list[str]:
    return [
        "## How well it fits",
        "",
        "Shares of the observed years inside the middle 50 and 80 % of what the fitted model with its errors would "
        "give, and the typical error of a place over all years (median over places, without sign).",
        "",
        "| series | in 50 % | in 80 % | typical error | mean error |",
        "|---|---|---|---|---|",
        *(
            f"| {name} | {row['in_50']:.0%} | {row['in_80']:.0%} | {row['typical_error']:.1%} "
            f"| {row['mean_error']:+.1%} |"
            for name, row in series.iterrows()
        ),
    ]
