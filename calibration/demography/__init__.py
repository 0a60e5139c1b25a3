"""Population history and demographic rates of the 29 municipalities, built from official statistics.

`python -m calibration.demography` reads `../shared/data/demography`, rejects what does not add up, bridges the years
without single ages, estimates every rate and writes `calibration/history/` and `model/values/`. Same data, same bytes.
Every estimator takes a `Window`, so that a backtest can call it with what was known at its origin only.
"""
