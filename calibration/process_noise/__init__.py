"""How far births, deaths and moves stray from year to year from what rates and people give, estimated from history.

`python -m calibration.process_noise` compares the events of 2011-2024 (or of other years given: a backtest's origin
knows no later ones) with the model's rates applied to the people there were, and splits what is left into a regional
wave, a lasting local part and what a single year brings (`likelihood.py`), with correlations between kinds. It writes
`process_noise.csv` (values, standard errors, methods), `municipalities.csv` (sizes by place) and a figure.

What the numbers can bear. Fourteen years say little about persistence: estimates of it are biased down when levels are
estimated from the same years, so levels are taken out of the likelihood instead of demeaning, and persistence is held
below 0.95. Births' common wave sits at that bound: the fall of 2011-2024 cannot be told from a trend. Deaths' common
wave is small and its persistence unknown (standard error 0.6). Correlations are drawn towards 0 by their standard
errors. Immigration by municipality is known for 2020, 2023 and 2024 only.

Noise and error of structure. The residuals are those of rates and people, not of the whole model: what the model's own
jobs, homes and projects explain of moves is still in them, so shocks of moves are, if anything, too large for it.
Skellefteå is set apart because its boom is a project's. On the other side, what will happen for the first time has no
residual in these years. Against the whole of 1975-2024 the sum looks right: the mean of net moves over ten years
changes between decades by 3.4 per 1 000 inhabitants and year (standard deviation over municipalities, region's own
change taken out), and by as much in the model with shocks and errors of level alone.
"""

from calibration.process_noise.table import (
    JOBS,
    KINDS,
    OF_PLACES,
    PRICES,
    WALKS,
    Sizes,
    WalkSizes,
    kind_of,
    read_sizes,
    read_walks,
)

__all__ = [
    "JOBS", "KINDS", "OF_PLACES", "PRICES", "WALKS", "Sizes", "WalkSizes", "kind_of", "read_sizes", "read_walks",
]  # fmt: skip
