"""Work for the runner that costs nothing, in a module that a worker process loads at once."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

YEARS = (2024, 2026)
PLACES = ("2401", "2505", "2584")
RESULTS = ("total_population", "births")


@dataclass(frozen=True)
class TinyWork:
    """Members whose numbers are their own; slow, deadly or faulty when wanted.

    `deadly`: a worker that computes its member ends at once, as long as this file exists (and takes it away, unless
    `always`).
    """

    seconds: float = 0.0
    deadly: Path | None = None
    always: bool = False
    faulty: bool = False

    def start(self) -> Any:
        """Nothing to compile."""
        return self.members

    def members(self, members: range) -> dict[str, Any]:
        """Random numbers, keyed by member."""
        time.sleep(self.seconds)
        if self.deadly is not None and self.deadly.exists() and 5 in members:
            if not self.always:
                self.deadly.unlink()
            os.kill(os.getpid(), 9)
        if self.faulty:
            raise ValueError("made up")
        found: dict[str, Any] = {each: [] for each in RESULTS}
        for member in members:
            random = np.random.default_rng(member)
            for values in found.values():
                values.append(random.normal(size=(YEARS[1] - YEARS[0] + 1, len(PLACES))))
        return {name: np.asarray(values, dtype=np.float32) for name, values in found.items()}
