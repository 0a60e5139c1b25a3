"""Chance: what an ensemble draws around a scenario — parameters, yearly shocks and the fate of projects.

`chance = read_chance(model, inputs)` takes a scenario's applied inputs as the medians; `chance.draw(seed, members)`
gives the inputs of some members. A member of a seed is always the same, whatever the scenario and whatever others are
asked for with it, so that the difference between two scenarios is no noise.
"""

from scenarios.chance.chance import Chance, read_chance
from scenarios.chance.factors import Factor

__all__ = ["Chance", "Factor", "read_chance"]
