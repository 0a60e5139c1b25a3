"""How far births, deaths and moves stray from year to year from what rates and people give, estimated from history."""

from calibration.process_noise.table import KINDS, Sizes, read_sizes

__all__ = ["KINDS", "Sizes", "read_sizes"]
