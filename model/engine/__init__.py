"""The engine: checked equations become one readable step function, run on NumPy or JAX."""

from model.engine.annual import annual
from model.engine.simulate import simulate

__all__ = ["annual", "simulate"]
