"""Headline outcomes of every scenario that comes with the model; `python -m tests.golden` makes the tables anew."""
