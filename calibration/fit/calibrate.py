"""`sim.py calibrate`: optimum, posterior if asked for, diagnostics, and the folder they are kept in."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import queue
import shutil
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri
from scipy.stats import qmc

from calibration.fit import posterior, table
from calibration.fit.optimum import Found, Optimum, compiled_slope, optimise, starts
from calibration.fit.prepare import LAST, observed_run, seen
from calibration.fit.shape import Shape, learnt
from calibration.fit.stored import DRAWS, RECORD, TABLE
from calibration.fit.target import Target
from model.whole import write_whole
from scenarios.problems import Problem, ScenarioError

Values = NDArray[np.float64]
Say = Callable[[str], None]
ROOT = Path(__file__).resolve().parents[2]
STARTS, LAPLACE_DRAWS = 4, 1024
WORK = ".work"
"""Folder of what is half done, inside the fit's own."""
OPTIMUM, SHAPE = "optimum.npz", "shape.npz"
DATA = ("calibration/history", "calibration/observe", "calibration/priors", "model/values")


@dataclass(frozen=True)
class CalibrationOrder:
    """What to fit: until which year's data, how many starts, the seed, whether to sample, where to write."""

    out: Path
    seed: int = 1
    starts: int = STARTS
    until: int = LAST
    posterior: posterior.Order | None = None

    def check(self) -> None:
        """Raises ScenarioError for numbers that make no fit."""
        problems = []
        if self.starts < 1:
            problems.append(Problem(f"--starts {self.starts}", "a fit needs at least one start.", "Give 2 or more."))
        if self.seed < 0:
            problems.append(Problem(f"--seed {self.seed}", "a seed is 0 or more.", "Leave it out for 1."))
        if not 2013 <= self.until <= LAST:
            what = f"there are data to fit to for 2011 to {LAST}, and three years at least are needed."
            problems.append(Problem(f"--until {self.until}", what, f"Give 2013 to {LAST}."))
        if self.posterior and (self.posterior.draws < 4 or self.posterior.chains < 1 or self.posterior.warm_up < 1):
            problems.append(Problem("--draws, --chains", "a posterior needs chains with draws.", "Leave them out."))
        if problems:
            raise ScenarioError(problems)


def calibrate(order: CalibrationOrder, command: list[str], say: Say) -> Path:
    """Fit, diagnose and write the fit's folder; goes on where it was interrupted. Returns the folder.

    Raises ScenarioError, or BackendMissingError without JAX.
    """
    order.check()
    begun = datetime.now(UTC)
    say("Reading the model and the data")
    everything = observed_run(order.until)
    identity = _identity(everything, order)
    work = _work_folder(order.out, identity)
    target, optimum = _optimum(everything, order, work, say)
    draws, chains = _draws(target, optimum, order, work, say)
    problems = optimum.problems() + (chains.problems() if chains else [])
    record = {
        "kind": "posterior" if chains else "optimum",
        "converged": not problems,
        "problems": problems,
        "model": everything.model.hash,
        "data": identity["data"],
        "years": [everything.observed.series[0].years[0], order.until],
        "seed": order.seed,
        "loss": round(optimum.loss, 3),
        "starts": [{"loss": round(f.loss, 3), "evaluations": f.evaluations} for f in optimum.searches],
        "slope": round(optimum.slope, 4),
        "gain": round(optimum.gain, 5),
        "chains": chains.record() if chains else None,
        "packages": {name: version(name) for name in ("numpy", "scipy", "jax", "jaxlib")},
        "command": command,
        "times": {"begun": begun.isoformat(timespec="seconds")},
    }
    _publish(order.out, Result(target, optimum, draws, chains, record), say)
    if problems:
        say("NOT CONVERGED: " + "; ".join(problems))
    else:
        shutil.rmtree(work, ignore_errors=True)  # what has not converged can go on with more draws
    return order.out


@dataclass(frozen=True, eq=False)
class Result:
    """All that a fit gives: the target, its optimum, draws of z [draw, fitted], the chains, the record."""

    target: Target
    optimum: Optimum
    draws: Values
    chains: table.Chains | None
    record: dict[str, Any]


def _identity(target: Target, order: CalibrationOrder) -> dict[str, Any]:
    digest = hashlib.sha256()
    for path in sorted(p for folder in DATA for p in (ROOT / folder).rglob("*.csv")):
        digest.update(f"{path.name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return {"model": target.model.hash, "data": digest.hexdigest(), "until": order.until, "seed": order.seed,
            "starts": order.starts}  # fmt: skip


def _work_folder(out: Path, identity: dict[str, Any]) -> Path:
    """The folder of what is half done; refuses one that belongs to another fit."""
    work = out / WORK
    mark = work / "identity.json"
    if mark.exists():
        found = json.loads(mark.read_text(encoding="utf-8"))
        changed = [f"{n}: {found.get(n)} there, {identity[n]} here" for n in identity if found.get(n) != identity[n]]
        if changed:
            what = "a half-finished fit of something else stands here (" + "; ".join(changed) + ")."
            way = f"Finish it with what it was begun with, choose another --out, or delete {work.name} in that folder."
            raise ScenarioError([Problem(f"--out {out}", what, way)])
        return work
    work.mkdir(parents=True, exist_ok=True)
    write_whole(mark, json.dumps(identity, indent=2) + "\n")
    return work


def _optimum(everything: Target, order: CalibrationOrder, work: Path, say: Say) -> tuple[Target, Optimum]:
    """What the data see, and its optimum: from the folder where it was found before."""
    saved = work / OPTIMUM
    if saved.exists():
        say("Going on from the optimum found before")
        with np.load(saved) as found:
            target = replace(everything, chosen=found["chosen"])
            return target, _unpacked(found)
    say("Compiling the model")
    batch = everything.batch()
    _, slopes = everything.slopes(batch, np.zeros(everything.size))
    target = seen(everything, slopes)
    slope = compiled_slope(target)
    optimum = optimise(target, slope, target.batch(), starts(order.starts, target.size, order.seed), say)
    _save(saved, {"chosen": target.chosen, **_packed(optimum)})
    return target, optimum


def _save(path: Path, arrays: dict[str, Any]) -> None:
    """Write whole or not at all."""
    partial = path.with_name(f"partial-{path.name}")
    np.savez(partial, **arrays)
    os.replace(partial, path)


def _packed(optimum: Optimum) -> dict[str, Values]:
    searches = np.array([[f.loss, f.slope, f.evaluations] for f in optimum.searches])
    ends = np.array([f.z for f in optimum.searches])
    numbers = np.array([optimum.loss, optimum.slope, optimum.gain])
    return {"z": optimum.z, "root": optimum.root, "slopes": optimum.slopes, "searches": searches, "ends": ends,
            "numbers": numbers}  # fmt: skip


def _unpacked(found: Any) -> Optimum:
    searches = tuple(
        Found(z, float(loss), float(slope), int(count))
        for z, (loss, slope, count) in zip(found["ends"], found["searches"], strict=True)
    )
    loss, slope, gain = map(float, found["numbers"])
    return Optimum(found["z"], loss, slope, found["root"], found["slopes"], searches, gain)


def _draws(
    target: Target, optimum: Optimum, order: CalibrationOrder, work: Path, say: Say
) -> tuple[Values, table.Chains | None]:
    """Draws of z: of the posterior's chains, or of Laplace's approximation at the optimum."""
    if order.posterior is None:
        points = qmc.Sobol(target.size, seed=order.seed).random(LAPLACE_DRAWS)
        return optimum.z + ndtri(np.clip(points, 1e-12, 1 - 1e-12)) @ optimum.root.T, None
    first = _sample(order, work, order.posterior.first(), say)
    path = work / SHAPE
    if not path.exists():
        shape = learnt(Shape.of(optimum), optimum, first.draws.reshape(-1, target.size))
        _save(path, shape.arrays())
    chains = _sample(order, work, order.posterior, say)
    z = Shape.load(path).z(chains.draws)
    return z.reshape(-1, target.size), table.Chains(z, chains.divergent, first.leaps + chains.leaps)


def _sample(order: CalibrationOrder, work: Path, plan: posterior.Order, say: Say) -> table.Chains:
    """Every chain of a stage to its end, as many at a time as there are processors."""
    numbers = range(plan.chains)
    files = [work / f"chain-{plan.stage}-{number}.npz" for number in numbers]
    saved = [posterior.begun(path, np.zeros(0)) for path in files]
    if all(each.done >= plan.warm_up + plan.draws for each in saved):
        return _together(saved)
    say(f"Stage {plan.stage} of 2: {plan.chains} chains of {plan.warm_up} + {plan.draws} draws")
    context = multiprocessing.get_context("spawn")
    with context.Manager() as manager, ProcessPoolExecutor(min(plan.chains, os.cpu_count() or 1), context) as pool:
        told = manager.Queue()
        futures = [pool.submit(_chain, plan, order.until, number, work, told) for number in numbers]
        while not all(each.done() for each in futures):
            try:
                number, done, divergent, leaps = told.get(timeout=1)
            except queue.Empty:  # look whether a chain has ended
                continue
            of = plan.warm_up + plan.draws
            say(f"Chain {number + 1}: {done} of {of}, {divergent} divergent, {leaps:.0f} steps a draw")
        return _together([each.result() for each in futures])


def _together(found: list[posterior.Chain]) -> table.Chains:
    return table.Chains(
        np.array([np.array(each.draws) for each in found]),
        sum(each.divergent for each in found),
        sum(each.leaps for each in found),
    )


def _chain(plan: posterior.Order, until: int, number: int, work: Path, told: Any) -> posterior.Chain:
    """One chain in a process of its own."""
    with np.load(work / OPTIMUM) as found:
        target = replace(observed_run(until), chosen=found["chosen"])
        optimum = _unpacked(found)
    shape, start = Shape.of(optimum), posterior.far_out(plan.seed, number, target.size)
    if plan.stage > 1:
        ended = shape.z(_last(work / f"chain-1-{number}.npz"))
        shape = Shape.load(work / SHAPE)
        start = shape.y(ended)
    one = posterior.sampler(target, shape)

    def tell(chain: posterior.Chain) -> None:
        told.put((number, chain.done, chain.divergent, chain.leaps / chain.done))

    return posterior.run_chain(one, plan, number, (work / f"chain-{plan.stage}-{number}.npz", start), tell)


def _last(path: Path) -> Values:
    with np.load(path) as saved:
        return np.asarray(saved["at"], dtype=np.float64)


def _publish(out: Path, result: Result, say: Say) -> None:
    """Write the fit's folder; the record, which makes it a fit, comes last."""
    from calibration.fit.report import write_report

    say("Diagnostics, tables and figures")
    fitted = table.parameters(result.target, result.optimum, result.draws)
    (out / RECORD).unlink(missing_ok=True)
    write_whole(out / TABLE, fitted.to_csv(float_format="%.6g", lineterminator="\n"))
    np.savez_compressed(out / DRAWS, z=result.draws.astype(np.float32))
    write_report(out, result, fitted)
    ended = datetime.now(UTC)
    begun = datetime.fromisoformat(result.record["times"]["begun"])
    times = result.record["times"] | {"seconds": round((ended - begun).total_seconds(), 1)}
    write_whole(out / RECORD, json.dumps(result.record | {"times": times}, indent=2, ensure_ascii=False) + "\n")
