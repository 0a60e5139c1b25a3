"""The other simulators' times on the same exported file: PySD over two short spans, pysimlin in parts.

Theirs is processor time, which other work on the machine cannot lengthen: in their favour, ours is by the clock.
"""

from __future__ import annotations

import tempfile
import time
import warnings
from pathlib import Path
from typing import Any

from model.benchmark.ours import START, UNTIL, whole
from model.engine.record import PARTS
from model.export import export_model
from model.inputs import build_inputs
from model.language import load_model

SPANS = (0.5, 1.5)  # years; PySD takes a minute for each year of the whole model
PYSIMLIN_REPEATS = 3


def pysd() -> dict[str, Any]:
    """Time PySD on the whole model over two short spans; the difference is the time of its steps alone.

    `seconds`: what the whole horizon would take: the steps of the short span as measured, all others at that pace.
    """
    import pysd as referee

    model, inputs = whole()
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        path, beside = export_model(model, inputs, Path(folder) / "model.mdl", self_contained=False)
        begun = time.process_time()
        loaded = referee.read_vensim(path, data_files=[str(beside)])
        ready = time.process_time()
        spans = []
        for span in SPANS:
            before = time.process_time()
            loaded.run(final_time=float(inputs["time"][0]) + span)
            spans.append(time.process_time() - before)
    step = float(inputs.attrs["step"])
    pace = (spans[1] - spans[0]) / ((SPANS[1] - SPANS[0]) / step)
    rest = (UNTIL - START - SPANS[0]) / step
    return {
        "load": ready - begun,
        "spans": list(SPANS),
        "measured": spans,
        "step": pace,
        "seconds": spans[0] + rest * pace,
    }


def pysimlin() -> dict[str, Any]:
    """Time pysimlin's simulate() over the whole horizon, the model in parts that fit into its slots.

    A part has a share of the municipalities, so that between them (29 by 29 commuting) it computes less than the whole.
    """
    import simlin

    model, _ = whole()
    codes = [str(code) for code in model.coordinates("municipality")]
    seconds = []
    for part in range(PARTS):
        chosen = load_model(model.sectors, codes[part::PARTS])
        with tempfile.TemporaryDirectory() as folder:
            path, *_ = export_model(chosen, build_inputs(chosen, START, UNTIL), Path(folder) / "model.mdl")
            loaded = simlin.load(path)
        seconds.append(min(_simulated(loaded) for _ in range(PYSIMLIN_REPEATS)))
    return {"parts": seconds, "seconds": sum(seconds)}


def _simulated(loaded: Any) -> float:
    begun = time.process_time()
    with loaded.simulate() as run:
        run.run_to_end()
    return time.process_time() - begun
