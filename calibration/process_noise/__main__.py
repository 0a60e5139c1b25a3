"""Estimate the yearly shocks: `python -m calibration.process_noise [FIRST LAST]`, after the demography tables.

`python -m calibration.process_noise coverage` measures how often outcomes lay inside the bands at past origins.
"""

import sys

from calibration.demography.window import Window
from calibration.process_noise import figure
from calibration.process_noise.build import build
from calibration.process_noise.estimate import estimate
from calibration.process_noise.residuals import counts
from calibration.process_noise.walks import estimate_walks

FIRST, LAST = 2011, 2024


def again(first: int, last: int) -> None:
    """Estimate from the years `first` to `last`, and write tables and figure."""
    known = counts(Window(first, last))
    found = estimate(Window(first, last), known)
    build(found, estimate_walks(last))
    figure.save(found, known)


if __name__ == "__main__":
    if sys.argv[1:] == ["coverage"]:
        from calibration.process_noise import coverage, figure_coverage

        figure_coverage.save(coverage.coverage(print))
    else:
        again(*(int(year) for year in sys.argv[1:3]) if len(sys.argv) > 2 else (FIRST, LAST))
