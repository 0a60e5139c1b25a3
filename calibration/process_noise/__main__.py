"""Estimate the yearly shocks: `python -m calibration.process_noise [FIRST LAST]`, after the demography tables."""

import sys

from calibration.demography.window import Window
from calibration.process_noise import figure
from calibration.process_noise.build import build
from calibration.process_noise.estimate import estimate
from calibration.process_noise.residuals import counts
from calibration.process_noise.walks import estimate_walks

FIRST, LAST = 2011, 2024

if __name__ == "__main__":
    first, last = (int(year) for year in sys.argv[1:3]) if len(sys.argv) > 2 else (FIRST, LAST)
    known = counts(Window(first, last))
    found = estimate(Window(first, last), known)
    build(found, estimate_walks(last))
    figure.save(found, known)
