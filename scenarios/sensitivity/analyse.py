"""From an order to findings: reads, checks, runs (or goes on where an earlier attempt stopped), and analyses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scenarios.ensemble.identity import identity
from scenarios.ensemble.order import chosen_backend, worker_count
from scenarios.ensemble.progress import Interrupted
from scenarios.run import Say, project_root
from scenarios.sensitivity.crew import Processes
from scenarios.sensitivity.machine import Here, Prepared, identity_of, prepare_analysis
from scenarios.sensitivity.order import SensitivityOrder, check_order
from scenarios.sensitivity.runs import Computer, Runner, Store
from scenarios.sensitivity.study import Findings, study

if TYPE_CHECKING:
    from outputs.glossary import Term

STORE = ".cache/sensitivity"
"""Where blocks of runs wait until their analysis is written."""
SHORT_HASH = 32
STOPPED = "Stopped; nothing was written. The runs that are done are kept: the same command goes on from them."


@dataclass(frozen=True)
class Sensitivity:
    """A finished analysis: what was asked and read, what was found, with what it was computed.

    store: the finished blocks, to be cleared once the results are written.
    """

    prepared: Prepared
    findings: Findings
    machine: Mapping[str, Any]
    store: Store


def analyse(order: SensitivityOrder, terms: Mapping[str, Term], say: Say, root: Path | None = None) -> Sensitivity:
    """Carry out an analysis. `terms`: the glossary; `root`: where blocks wait (the project's cache when left out).

    The same order gives the same numbers, whatever the number of workers. Raises ScenarioError, ModelErrors or
    BackendMissingError with what the user can mend, Interrupted when told to stop: what is computed by then is used
    next time.
    """
    check_order(order)
    say("Reading the model and the scenario")
    backend = chosen_backend(order.backend)
    prepared = prepare_analysis(replace(order, backend=backend, workers=worker_count(order.workers)), terms)
    machine = identity(backend)
    folder = (root or project_root() / STORE) / identity_of(prepared, machine)[:SHORT_HASH]
    store = Store(folder)
    names = [each.name for each in prepared.inputs]
    try:
        findings = study(names, order, Runner(_computer(prepared), store, say))
    except KeyboardInterrupt:
        raise Interrupted(STOPPED) from None
    return Sensitivity(prepared, findings, machine, store)


def _computer(prepared: Prepared) -> Computer:
    workers = worker_count(prepared.order.workers)
    return Here(prepared.task) if workers == 1 else Processes(prepared.task, workers)
