"""What is known of the suite's cases in which a computation and Vensim's numbers differ."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

# Expected results that no other computation can meet, by file, each with the reason; ours must agree with PySD there.
RANDOM = "The model draws random numbers."
REASONS: Mapping[str, str] = MappingProxyType(
    {
        "roessler_chaos": "The Roessler system is chaotic: Vensim's single precision and our double precision part "
        "after a few turns. PySD and pysimlin, in double precision, give our numbers.",
        "Query_file": RANDOM,
    }
)

# Where PySD 3.14.3 differs from Vensim or stops, as far as the cause is known.
PYSD_DIFFERS: Mapping[str, str] = MappingProxyType(
    {
        "test_allocate_available": "PySD's allocation is 1.4 % from Vensim's at most.",
        "test_arguments": "PySD lowers the order of a DELAY3 shorter than three steps of time; Vensim keeps it.",
        "model_to_generate_data": "PySD cannot bring one of the arrays into shape.",
        "test_get_constants": "The suite's folder lacks a file that the model reads.",
        "test_get_data": "The suite's folder lacks a file that the model reads.",
        "test_get_time_value": "PySD leaves out GET TIME VALUE with relativeto = 1.",
        "wrld3-03": "PySD keeps 'delayed labor utilization fraction', a SMOOTHI in a loop, at its initial value in the "
        "first step; Vensim moves it.",
    }
)

# What others state of their own programs, beside what is measured here.
STATED: Mapping[str, str] = MappingProxyType(
    {
        "pysd": "139 of the suite's 145 Vensim files",
        "pysimlin": "84 of the suite's Vensim files",
    }
)
