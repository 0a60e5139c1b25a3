"""What the long series say of the model's parameters, before and beside any fit of 2011-2024.

`python -m calibration.elasticities` writes `estimates.csv` (one row per parameter of the model that a regression on the
29 municipalities can speak of) and `checks.csv` (what has no parameter of its own: outcomes to compare with). An
estimate is the regression's coefficient times a stated factor; its standard error is the clustered one times the
factor, and a stated widening for what the parameter means beyond the coefficient. Effects of place and of year stand in
every regression unless the method says otherwise: what all places shared tells nothing here. Association, not cause:
where the direction is doubtful the comment says so and the widening allows for it.
"""
