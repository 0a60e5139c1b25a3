"""Estimate the series' errors: `python -m calibration.observe` (two minutes; writes errors.csv).

First a fit with small stated errors, which makes the parameters explain what they can; then, from what is left, each
series' own. Both steps see the same data as the fit that uses them.
"""

from __future__ import annotations

import numpy as np

from calibration.fit.optimum import compiled_slope, optimise, starts
from calibration.fit.prepare import observed_run
from calibration.observe.errors import STATED, estimate, write_errors
from calibration.observe.series import read_observation


def main() -> None:
    """Fit with stated errors, estimate the errors left, write the table."""
    observed = read_observation()
    target = observed_run(observed=observed, errors=dict.fromkeys(observed.variables, STATED))
    batch = target.batch()
    found = optimise(target, compiled_slope(target), batch, starts(1, target.size, 0), print)
    errors = {}
    for series, simulated in zip(observed.series, target.simulated(batch, found.z[None]), strict=True):
        errors[series.variable] = estimate(series.residual(simulated[0]), series)
        print(f"{series.variable:32s} {np.round(errors[series.variable].values, 4)}")
    write_errors(errors)


if __name__ == "__main__":
    main()
