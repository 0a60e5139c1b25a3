"""Regressions of who takes a job and what moves people, on the data and on the model alike."""
