"""An engine: the emitted module of a model for some wanted variables, ready to run on inputs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from types import ModuleType
from typing import Any

from model.engine.module import Emitted, ModuleWriter
from model.engine.order import PRECOMPUTE_LIMIT
from model.language.structure import Model

Arrays = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Engine:
    """The compiled equations of a model (see the emitted module for what the four functions take)."""

    emitted: Emitted
    static: Callable[..., Arrays]
    drivers: Callable[..., Arrays]
    start: Callable[..., tuple[Arrays, Arrays]]
    step: Callable[..., tuple[Arrays, Arrays]]

    def prepared(
        self, constants: Arrays, exogenous: Arrays, dt: float, xp: ModuleType
    ) -> tuple[Arrays, Arrays, Arrays, Arrays]:
        """Return all that is known before the first step: constants, drivers, first stocks, what is kept from then.

        All arrays have a last axis of members; those of `exogenous` and the drivers a first axis of steps.
        """
        c = {**constants, **self.static(constants, dt, xp)}
        drivers = {**exogenous, **self.drivers(c, exogenous, dt, xp)}
        first = {name: values[0] for name, values in drivers.items()}
        stocks, frozen = self.start(c, first, dt, xp)
        return c, drivers, stocks, frozen


def compile_model(model: Model, wanted: Iterable[str], backend: str = "") -> Engine:
    """Return the engine that computes the wanted variables (keys); kept for the next call.

    For the back end "loops" what depends on time alone is computed within the step, as it needs no memory there.
    """
    limit = 0 if backend == "loops" else PRECOMPUTE_LIMIT
    return _compile(ByHash(model), tuple(dict.fromkeys(wanted)), limit)


class ByHash:
    """A model compared by its hash, so that compiled engines can be kept."""

    def __init__(self, model: Model) -> None:
        self.model = model

    def __hash__(self) -> int:
        return hash(self.model.hash)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ByHash) and self.model.hash == other.model.hash


@lru_cache(maxsize=8)
def _compile(wrapped: ByHash, wanted: tuple[str, ...], limit: int) -> Engine:
    emitted = ModuleWriter(wrapped.model, wanted, limit).write()
    space: dict[str, Any] = {"__name__": "emitted_step"}
    exec(compile(emitted.text, "<emitted step>", "exec"), space)
    return Engine(emitted, space["static"], space["drivers"], space["start"], space["step"])
