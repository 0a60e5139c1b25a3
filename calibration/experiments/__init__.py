"""Experiments with the model: a project dropped into a place, and history with and without a mechanism.

`python -m calibration.experiments` writes, beside the code: `project.csv` and `project.md` (who takes the jobs of a
project that comes from nowhere, at 1, 3, 5 and 10 years, beside what history shows), `cases.csv` (history's own), four
figures of natural experiments and `findings.md` with a sentence for each, its numbers computed.
"""
