"""Writes the folder of a sensitivity analysis: tables, figures, summary and record, all or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import xarray as xr

from outputs.folder import FILES, RECORD, files_in, whole_folder
from outputs.publish import Publication
from outputs.record import run_record, write_record
from outputs.results import write_netcdf
from outputs.sensitivity.convergence_words import unsettled
from outputs.sensitivity.figures import Chart, draw_overview, draw_screening, draw_tornado, moved
from outputs.sensitivity.results import sensitivity_results
from outputs.sensitivity.summary import Report, write_summary
from outputs.sensitivity.tables import write_tables
from outputs.sensitivity.words import Words
from scenarios.places import read_places
from scenarios.run import Order, Run, Say

if TYPE_CHECKING:
    from scenarios.sensitivity.analyse import Sensitivity

NOT_CONVERGED = "Not converged: {what}. summary.md tells what still holds and what to do."


def publish_sensitivity(sensitivity: Sensitivity, publication: Publication, say: Say) -> str:
    """Write the folder; gives a warning in words when something has not converged, else ''.

    The finished blocks of runs are forgotten once the folder stands under its name.
    """
    words = Words(publication.language)
    results = sensitivity_results(sensitivity, read_places())
    with whole_folder(publication.folder) as folder:
        say("Writing tables")
        write_tables(results, folder)
        write_netcdf(results, str(folder / "sensitivity.nc"))
        say("Drawing figures")
        _draw(sensitivity, results, words, folder / "figures")
        write_summary(Report(sensitivity, results, words), folder / "summary.md")
        _write_record(sensitivity, publication, folder)
    sensitivity.store.clear()
    loose = unsettled(results)
    return NOT_CONVERGED.format(what=", ".join(TOLD[each] for each in loose)) if loose else ""


TOLD = {
    "screening widest_unimportant": "which inputs hardly matter (screening)",
    "screening swaps": "the order of the inputs (screening)",
    "shares widest_unimportant": "which inputs hardly matter (shares)",
    "shares swaps": "the order of the inputs (shares)",
    "shares widest": "the numbers of the shares",
}


def _draw(sensitivity: Sensitivity, results: xr.Dataset, words: Words, folder: Path) -> None:
    folder.mkdir()
    title = sensitivity.prepared.scenario.header.title
    below = f"{words.pick(title.en, title.sv)} · {words.say('scenario')}"
    last = int(results["year"][-1])
    for chart in Report(sensitivity, results, words).charts():
        if not moved(chart.one):
            continue
        shown = Chart(chart.one, words, below)
        draw_tornado(shown, folder)
        if "mu_star" in results and int(chart.one["year"]) == last:
            draw_screening(shown, folder)
    draw_overview(results, words, below, folder)


def _write_record(sensitivity: Sensitivity, publication: Publication, folder: Path) -> None:
    """Write run.json last, with the list of the files it stands for."""
    prepared, found = sensitivity.prepared, sensitivity.findings
    order = prepared.order
    ran = Order(order.scenario, prepared.settings.start, prepared.settings.until, prepared.task.backend)
    step = float(prepared.task.inputs.attrs["step"])
    run = Run(ran, prepared.scenario, prepared.settings, prepared.task.model, prepared.changes, xr.Dataset(), step)
    record = run_record(run, publication.command, publication.begun) | {"seed": order.seed}
    times = record.pop("times")
    record["sensitivity"] = {
        "method": order.method,
        "trajectories": order.trajectories if order.screens else None,
        "samples": order.samples if order.divides else None,
        "levers": [lever.name for lever in prepared.task.levers],
        "inputs": len(found.inputs),
        "told": list(found.told),
        "runs": found.runs,
        "chance": prepared.task.chance.record(),
        "machine": dict(sensitivity.machine),
    }
    write_record(record | {FILES: [*files_in(folder), RECORD], "times": times}, folder / RECORD)
