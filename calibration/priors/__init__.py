"""How uncertain every parameter of the model is, before any of it is fitted.

A parameter's prior is logit-normal between the ends of its range in the equation, with its median at the model's value
and a spread that follows from the quality of its source (`quality.csv`, a stated judgement). Where that rule does not
fit, `exceptions.csv` says what holds instead and why. Smooth and bounded, so that a fit can use the same densities.
"""

from calibration.priors.prior import Prior
from calibration.priors.table import Around, Priors, Uncertain, read_priors

__all__ = ["Around", "Prior", "Priors", "Uncertain", "read_priors"]
