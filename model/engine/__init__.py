"""The engine: checked equations become one readable step function, run as compiled loops, on JAX or on NumPy."""

from model.engine.annual import annual
from model.engine.simulate import simulate

__all__ = ["annual", "simulate"]
