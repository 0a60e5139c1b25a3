"""What a worker needs to compute members, and the members it computes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from scenarios.ensemble.keep import STORED
from scenarios.ensemble.order import Backend

if TYPE_CHECKING:
    import xarray as xr

    from model.language import Model

BLOCK = 256
"""Members handed out, computed and saved together: enough for few files, few enough for every core to have some."""

Block = dict[str, NDArray[np.float32]]
"""Results of some members, by name: (members, years, …)."""
Compute = Callable[[range], Block]

ONE_THREAD = {
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
}
"""Environment of a worker: each computes on one thread, so that cores are not fought over. Read when NumPy and JAX
are imported."""


class Work(Protocol):
    """Work that can be sent to another process, begun there once, and then asked for members."""

    def start(self) -> Compute:
        """Compile what is needed; gives what computes the members of a range."""
        ...


@dataclass(frozen=True)
class EnsembleWork:
    """A scenario's inputs, how its uncertain ones are drawn, and what to keep of each member."""

    model: Model
    inputs: xr.Dataset
    chance: Any
    seed: int
    keep: tuple[str, ...]
    backend: Backend

    def start(self) -> Compute:
        """Compile the model for these inputs."""
        from model.engine.batch import Wanted, compile_batch

        wanted = Wanted(varied=self.chance.varied, save=self.keep, backend=self.backend)
        batch = compile_batch(self.model, self.inputs, wanted)

        def compute(members: range) -> Block:
            drawn = self.chance.draw(self.seed, members)
            parts = [batch.run(_some(drawn, first, batch.size)) for first in range(0, len(members), batch.size)]
            return {name: np.concatenate([part[name].astype(STORED) for part in parts]) for name in self.keep}

        return compute


def _some(drawn: Mapping[str, Any], first: int, count: int) -> dict[str, Any]:
    """The draws of a few members."""
    return {name: values[first : first + count] for name, values in drawn.items()}


class Crew(Protocol):
    """Those who compute: processes here or workers of a cluster. `identity` tells with what."""

    identity: dict[str, Any]

    def compute(self, work: Work, blocks: list[range]) -> Iterator[tuple[range, Block]]:
        """Give every block when it is done, in any order. Raises ScenarioError when it cannot be had."""
        ...
