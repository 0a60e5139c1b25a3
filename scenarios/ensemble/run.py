"""From what was asked to a finished ensemble on disk."""

from __future__ import annotations

import errno
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scenarios.apply import Applied, apply_or_raise
from scenarios.ensemble.keep import Kept, bytes_of_a_member, choose_kept
from scenarios.ensemble.order import Backend, EnsembleOrder, check_order, chosen_backend, worker_count
from scenarios.ensemble.plan import FILE, MEMBERS, Asked, Plan, differences, make_plan, read_plan, refused, write_plan
from scenarios.ensemble.progress import Interrupted, Progress, Report, no_report
from scenarios.ensemble.store import Store, only_one, saved_members
from scenarios.ensemble.work import BLOCK, Crew, EnsembleWork, Work
from scenarios.problems import Problem, ScenarioError
from scenarios.record import Changed
from scenarios.run import Order, Prepared, Say, prepare
from scenarios.schema import LAST_START

if TYPE_CHECKING:
    from model.language import Model
    from scenarios.read import Scenario
    from scenarios.schema import Settings

GIGABYTE, MEGABYTE, TEN = 1e9, 1e6, 10
FULL = (errno.ENOSPC, errno.EDQUOT)


@dataclass(frozen=True)
class Ensemble:
    """A finished ensemble: where it is, what decided it, the scenario, and the members computed by this command."""

    folder: Path
    plan: Plan
    order: EnsembleOrder
    scenario: Scenario
    settings: Settings
    model: Model
    changes: list[Changed]
    step: float
    backend: str
    computed: int


@dataclass(frozen=True)
class _Ready:
    """All that is known before anything is computed."""

    order: EnsembleOrder
    prepared: Prepared
    applied: Applied
    kept: tuple[Kept, ...]
    chance: Any
    backend: Backend


def run_ensemble(order: EnsembleOrder, say: Say, progress: Report = no_report) -> Ensemble:
    """Compute the members that the order's folder does not hold yet, and save each block as it comes.

    Raises ScenarioError or ModelErrors for what the user can mend, Interrupted when told to stop; what is saved
    stays, and the same order continues.
    """
    ready = _ready(order, say)
    with _crew(ready) as crew:
        store = Store(order.out, _plan(ready, crew), ready.kept)
        computed = compute_missing(order, store, (crew, _work(ready)), (say, progress))
    prepared, step = ready.prepared, float(ready.applied.inputs.attrs["step"])
    return Ensemble(
        folder=order.out,
        plan=store.plan,
        order=order,
        scenario=prepared.scenario,
        settings=prepared.settings,
        model=prepared.model,
        changes=ready.applied.changes,
        step=step,
        backend=ready.backend,
        computed=computed,
    )


def compute_missing(order: EnsembleOrder, store: Store, work: tuple[Crew, Work], tell: tuple[Say, Report]) -> int:
    """Compute and save what a store lacks of its plan; gives the number of members computed."""
    _check_folder(store.folder)
    with _faults_told(order, store), _own_folder(store.folder):
        _check_plan(store)
        missing = store.missing()
        count = sum(map(len, missing))
        _check_space(store, count)
        write_plan(store.plan, store.folder)
        store.prepare(missing)
        _announce(store, count, tell[0])
        if missing:
            _compute(store, missing, work, tell[1])
    return count


@contextmanager
def _own_folder(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with only_one(folder):
        yield


def _check_plan(store: Store) -> None:
    """Refuse to mix with another ensemble."""
    if not (store.folder / FILE).exists():
        return
    saved = read_plan(store.folder)
    told = differences(saved, store.plan)
    if told:
        count = saved_members(store.folder, saved)
        raise refused(store.folder, told, f"{count} of its {saved[MEMBERS]} members are saved")


def _compute(store: Store, missing: list[range], work: tuple[Crew, Work], report: Report) -> None:
    members, begun, computed = int(store.plan[MEMBERS]), time.monotonic(), 0
    before = members - sum(map(len, missing))
    report(Progress(before, members, 0, 0.0))
    results = work[0].compute(work[1], missing)
    try:
        for block, found in results:
            store.write(block, found)
            computed += len(block)
            report(Progress(before + computed, members, computed, time.monotonic() - begun))
    finally:
        results.close()  # type: ignore[attr-defined]


def _ready(order: EnsembleOrder, say: Say) -> _Ready:
    """Read everything and refuse what cannot be computed, before a folder or a process is made."""
    from scenarios.chance import read_chance

    check_order(order)
    backend = chosen_backend(order.backend)
    say("Reading the model and the scenario")
    start = LAST_START if order.start is None else order.start
    prepared = prepare(Order(order.scenario, start, order.until, backend, order.fit, order.force))
    applied = apply_or_raise(prepared.scenario, prepared.problems, prepared.model, prepared.inputs)
    kept = choose_kept(prepared.model, order.keep)
    chance = read_chance(prepared.model, applied.inputs, prepared.fit)
    return _Ready(order, prepared, applied, kept, chance, backend)


@contextmanager
def _crew(ready: _Ready) -> Iterator[Crew]:
    if ready.order.cluster is None:
        from scenarios.ensemble.local import LocalCrew

        yield LocalCrew(ready.backend, worker_count(ready.order.workers))
        return
    from scenarios.ensemble.cluster import cluster_crew

    with cluster_crew(ready.order.cluster, ready.backend) as crew:
        yield crew


def _plan(ready: _Ready, crew: Crew) -> Plan:
    from model.engine.batch import BLOCK as SIDE_BY_SIDE

    return make_plan(
        Asked(
            scenario=ready.prepared.scenario.name,
            model=ready.prepared.model.hash,
            inputs=ready.applied.inputs,
            changes=ready.applied.changes,
            seed=ready.order.seed,
            members=ready.order.members,
            keep=tuple(each.name for each in ready.kept),
            fit=None if ready.prepared.fit is None else ready.prepared.fit.identity(),
            chance=ready.chance.record(),
            engine={"backend": ready.backend, "block": BLOCK, "side by side": SIDE_BY_SIDE, **crew.identity},
        )
    )


def _work(ready: _Ready) -> Work:
    names = tuple(each.name for each in ready.kept)
    order, inputs = ready.order, ready.applied.inputs
    return EnsembleWork(ready.prepared.model, inputs, ready.chance, order.seed, names, ready.backend)


def _check_folder(folder: Path) -> None:
    """Refuse a place that holds something else than an ensemble."""
    if folder.exists() and not folder.is_dir():
        raise ScenarioError([Problem(f"{folder}", "this is a file, not a folder.", "Choose another place with --out.")])
    if folder.is_dir() and not (folder / FILE).exists() and any(not _is_ours(path) for path in folder.iterdir()):
        what = f"this folder has other files and no {FILE} of an ensemble; it is left as it is."
        raise ScenarioError([Problem(f"{folder}", what, "Choose an empty or new folder with --out.")])


def _is_ours(path: Path) -> bool:
    """Whether a process killed while it wrote the plan left this."""
    return path.name.startswith(f".{FILE}.")


def _announce(store: Store, missing: int, say: Say) -> None:
    """Tell what is there, what will be computed, and how large it gets."""
    members = int(store.plan[MEMBERS])
    if not missing:
        say(f"All {members} members are saved; nothing is left to compute")
        return
    first, last = store.plan["years"]
    size = _size(members * _bytes(store))
    engine = store.plan["engine"]
    what = f"{missing} members {first}-{last} on {engine['backend']}, {len(store.kept)} results each, at most {size}"
    say(f"Computing {what}" if missing == members else f"Continuing with {members - missing} saved: {what}")


def _check_space(store: Store, missing: int) -> None:
    free, needed = shutil.disk_usage(store.folder).free, missing * _bytes(store)
    if needed > free:
        what = f"{missing} members need up to {_size(needed)}, and {_size(free)} are free on this disk."
        way = "Keep fewer results (--keep), compute fewer members, or choose another disk with --out."
        raise ScenarioError([Problem(f"{store.folder}", what, way)])


def _bytes(store: Store) -> int:
    first, last = store.plan["years"]
    return bytes_of_a_member(store.kept, last - first + 1)


def _size(count: float) -> str:
    unit, name = (GIGABYTE, "GB") if count >= GIGABYTE else (MEGABYTE, "MB")
    return f"{count / unit:.2g} {name}" if count < TEN * unit else f"{count / unit:.0f} {name}"


@contextmanager
def _faults_told(order: EnsembleOrder, store: Store) -> Iterator[None]:
    """Tell what is saved, and how to continue, when the work ends before its time."""
    try:
        yield
    except KeyboardInterrupt:
        raise Interrupted(f"Stopped. {_saved(store)}\n  Continue: {order.command()}") from None
    except OSError as error:
        way = "Free some space" if error.errno in FULL else "Make the folder writable"
        what = f"cannot be written: {error.strerror or error}. {_saved(store)}"
        raise ScenarioError([Problem(f"{store.folder}", what, f"{way}, then continue: {order.command()}")]) from error


def _saved(store: Store) -> str:
    count = saved_members(store.folder, store.plan)
    return f"{count} of {store.plan[MEMBERS]} members are saved in {store.folder}."
