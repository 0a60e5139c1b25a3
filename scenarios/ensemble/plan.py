"""plan.json: all that decides the bytes of an ensemble. The same plan gives the same members."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from model.whole import write_whole
from scenarios.problems import Problem, ScenarioError

if TYPE_CHECKING:
    import xarray as xr

    from scenarios.record import Changed

FILE = "plan.json"
MOST_TOLD = 8
"""Differences told one by one."""
SHORT_HASH, HASH = 16, 64
"""Letters of a hash: as kept for an input, as kept in full."""
MEMBERS = "members"
ABSENT = "nothing"
WORDS = {
    "model.sha256": "the model",
    "engine.code": "the program's code",
    "engine.model files": "the model's files",
    "engine.backend": "the back end",
    "engine.block": "members of a block",
    "engine.side by side": "members computed side by side",
    "engine.platform": "the platform",
    "engine.processor": "the processor's instructions",
    "keep": "the results kept",
}
"""Words for the parts of a plan that do not speak for themselves."""

WAYS = (
    "To compute this one, choose another folder with --out.",
    "To continue that one, give what it was begun with, which its plan.json tells; version control has the model "
    "and the code as they were.",
)

Plan = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """What an ensemble is asked to compute: scenario by name, its inputs and changes, how it is drawn and with what."""

    scenario: str
    model: str
    inputs: xr.Dataset
    changes: list[Changed]
    seed: int
    members: int
    keep: tuple[str, ...]
    fit: dict[str, Any] | None
    chance: Any
    engine: dict[str, Any]


def make_plan(asked: Asked) -> Plan:
    """The plan of an ensemble as plain data."""
    plan = {
        "scenario": asked.scenario,
        "changed_assumptions": [change.as_data() for change in asked.changes],
        "years": [int(asked.inputs.attrs["start"]), int(asked.inputs.attrs["until"])],
        "step_years": float(asked.inputs.attrs["step"]),
        "seed": asked.seed,
        MEMBERS: asked.members,
        "keep": list(asked.keep),
        "fit": asked.fit,
        "chance": asked.chance,
        "model": {"sha256": asked.model},
        "inputs": hashes_of(asked.inputs),
        "engine": asked.engine,
    }
    plain: Plan = json.loads(json.dumps(plan))  # as it will be read again: tuples are lists
    return plain


def write_plan(plan: Plan, folder: Path) -> None:
    """Write plan.json, whole or not at all. Raises OSError."""
    write_whole(folder / FILE, json.dumps(plan, ensure_ascii=False, indent=1) + "\n")


def read_plan(folder: Path) -> Plan:
    """The plan of the ensemble in a folder. Raises ScenarioError when there is none, or it is damaged."""
    path = folder / FILE
    try:
        plan = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(plan, dict) and {MEMBERS, "engine", "keep"} <= set(plan):
            return plan
        what = "this is not the plan of an ensemble."
    except FileNotFoundError:
        resolve = "Make one: python sim.py ensemble --out …"
        raise ScenarioError([Problem(f"{folder}", f"there is no ensemble here: no {FILE}.", resolve)]) from None
    except ValueError as error:
        what = f"the file is damaged: {error}."
    raise ScenarioError([Problem(f"{path}", what, "Choose another folder with --out, or remove this one.")])


def differences(saved: Plan, asked: Plan) -> list[str]:
    """Every difference that keeps `asked` from continuing or extending what was `saved`, with both values."""
    told = list(_differences("", _without_members(saved), _without_members(asked)))
    if asked[MEMBERS] < saved[MEMBERS]:
        told.append(f"members: {saved[MEMBERS]} there, {asked[MEMBERS]} here (an ensemble can grow, not shrink)")
    return told


def refused(folder: Path, told: list[str], saved: str) -> ScenarioError:
    """The error of a folder that holds another ensemble, of which `saved` tells how much is there."""
    shown = told if len(told) <= MOST_TOLD else [*told[:MOST_TOLD], f"and {len(told) - MOST_TOLD} more"]
    lines = ["It differs:", *(f"- {each}" for each in shown), *WAYS]
    what = f"another ensemble stands here ({saved}); it is left as it is."
    return ScenarioError([Problem(f"{folder}", what, "\n".join(lines))])


def hashes_of(inputs: xr.Dataset) -> dict[str, str]:
    """A hash of the numbers of every input, with their dimensions and labels."""
    return {str(name): _hash_of(inputs[name]) for name in sorted(map(str, inputs.data_vars))}


def _hash_of(array: xr.DataArray) -> str:
    digest = hashlib.sha256(repr((array.dims, array.shape)).encode())
    for dim in array.dims:
        digest.update(repr(array[dim].values.tolist()).encode())
    digest.update(np.ascontiguousarray(array.values, dtype="<f8").tobytes())
    return digest.hexdigest()[:SHORT_HASH]


def _without_members(plan: Plan) -> Plan:
    return {name: part for name, part in plan.items() if name != MEMBERS}


def _differences(place: str, saved: Any, asked: Any) -> Iterator[str]:
    """Every place where two plans differ, in words, with both values."""
    if isinstance(saved, Mapping) and isinstance(asked, Mapping):
        for name in dict.fromkeys([*saved, *asked]):
            below = f"{place}.{name}" if place else str(name)
            yield from _differences(below, saved.get(name, ABSENT), asked.get(name, ABSENT))
    elif saved != asked:
        yield f"{_words(place)}: {_shown(saved, asked)} there, {_shown(asked, saved)} here"


def _words(place: str) -> str:
    if place.startswith("inputs."):
        return f"the numbers of '{place.removeprefix('inputs.')}'"
    if place.startswith("engine.packages."):
        return f"the package {place.removeprefix('engine.packages.')}"
    return WORDS.get(place, place)


def _shown(value: Any, other: Any) -> str:
    """A value in a message; of long ones the part that tells them apart."""
    if isinstance(value, list) and isinstance(other, list):
        own = [str(part) for part in value if part not in other]
        text = ", ".join(own) if own and len(value) + len(other) > MOST_TOLD else str(value)
        return text if len(text) <= HASH * 2 else f"{text[: HASH * 2]} …"
    text = str(value)
    return f"{text[:SHORT_HASH]}…" if len(text) == HASH and " " not in text else text
