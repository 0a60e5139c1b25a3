"""How fast the engine is, beside PySD, pysimlin and hand-written code: `python -m model.benchmark`."""
