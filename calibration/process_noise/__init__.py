"""How far births, deaths, moves, jobs and prices stray from what rates and equations give, estimated from history.

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

Jobs and house prices (`walks.py`) are stocks that a run starts from as they were: what counts is how far they stray
from there. Their shocks act on what employers and buyers want, and are estimated through the model's own delays
(`lag.py`).
All jobs of a place tell what its industries share; mining and manufacturing, counted by place from 2020 on, stray on
their own besides; how the other industries of a place stray from each other is not known, since they are raked. The
region's industries have waves relative to all jobs, from regional accounts in thousands. The register's projects are
taken out of everything (`jobs.py`), with Skellefteå and Pajala, and 2024, when the self-employed were counted anew.
`coverage.py` runs the model at past origins and counts how often outcomes lie inside the bands.
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
