"""The closed subset: every function and form of the language, and what to use instead of the rest."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from types import MappingProxyType

ARITHMETIC = frozenset({"+", "-", "*", "/", "^", "negative"})
COMPARISONS = frozenset({"=", "<>", "<", "<=", ">", ">="})
LOGIC = frozenset({"and", "or", "not"})
REDUCTIONS = frozenset({"sum", "vmin", "vmax", "prod"})
CLOCKED = frozenset({"step", "ramp", "pulse", "pulse_train"})
DELAYS = frozenset({"smooth1", "smooth3", "delay1", "delay3"})

# function -> number of arguments (SMOOTH and DELAY carry their initial value as the third)
FUNCTIONS: Mapping[str, int] = MappingProxyType(
    {
        "if_then_else": 3,
        "min": 2,
        "max": 2,
        "abs": 1,
        "exp": 1,
        "ln": 1,
        "sqrt": 1,
        "sin": 1,
        "cos": 1,
        "tan": 1,
        "arcsin": 1,
        "arccos": 1,
        "arctan": 1,
        "sinh": 1,
        "cosh": 1,
        "tanh": 1,
        "modulo": 2,
        "integer": 1,
        "sum": 1,
        "vmin": 1,
        "vmax": 1,
        "prod": 1,
        "integ": 2,
        "smooth1": 3,
        "smooth3": 3,
        "delay1": 3,
        "delay3": 3,
        "zidz": 2,
        "xidz": 3,
        "with_lookup": 2,
        "step": 2,
        "ramp": 3,
        "pulse": 2,
        "pulse_train": 4,
        "initial": 1,
    }
)

# what files written elsewhere may use beside: rewritten as functions above, or as hidden stocks of the program
FOREIGN: Mapping[str, int] = MappingProxyType(
    {
        "na": 0,
        "power_chain": 3,
        "log": 2,
        "power": 2,
        "quantum": 2,
        "game": 1,
        "elmcount": 1,
        "delay_n": 4,
        "smooth_n": 4,
        "trend": 3,
        "forecast": 3,
        "lookup_with_subscripts": 2,
        "sample_if_true": 3,
        "delay_fixed": 3,
        "active_initial": 2,
    }
)

# those of them that the program keeps: they have states of their own
HIDDEN: Mapping[str, int] = MappingProxyType(
    {name: FOREIGN[name] for name in ("sample_if_true", "delay_fixed", "active_initial")}
)

# functions written in a sector file under another name than ours
SPELLING: Mapping[str, str] = MappingProxyType(
    {
        "na": ":NA:",
        "power_chain": "a ^ b ^ c",
        "smooth1": "SMOOTH",
        "smooth3": "SMOOTH3",
        "delay1": "DELAY1",
        "delay3": "DELAY3",
        "negative": "-",
        "and": ":AND:",
        "or": ":OR:",
        "not": ":NOT:",
    }
)

_RANDOM = "Draw the numbers outside the model and pass them in as inputs: a run is repeatable."
_OUTSIDE = "Put the numbers into model/values; the variable's right-hand side stays empty."
_VECTOR = "Write it with SUM, VMIN, VMAX or PROD over a range."

INSTEAD: Mapping[str, str] = MappingProxyType(
    {
        "active_initial": "Use INITIAL(x), or a stock with an initial value of its own.",
        "allocate_available": "Share in proportion: request / SUM(request) * supply.",
        "allocate_by_priority": "Share in proportion: request / SUM(request) * supply.",
        "delay_fixed": "Use DELAY3, or a chain of stocks.",
        "delay_n": "Use DELAY1 or DELAY3.",
        "smooth_n": "Use SMOOTH or SMOOTH3.",
        "forecast": "Write the trend as a stock and the forecast as an equation.",
        "trend": "Write the trend as a stock and an equation.",
        "sample_if_true": "Use a stock that is filled within one TIME STEP.",
        "game": "Make it a lever.",
        "get_data": _OUTSIDE,
        "get_constants": _OUTSIDE,
        "get_lookups": _OUTSIDE,
        "get_xls_data": _OUTSIDE,
        "tabbed_array": "Write the numbers with commas and semicolons, or put them into model/values.",
        "na": "Give the quantity a number at every moment.",
        "power_chain": "Set parentheses: tools read it differently.",
        "log": "Use LN(x) / LN(base).",
        "power": "Use x ^ y.",
        "quantum": "Use x - MODULO(x, y).",
        "random_0_1": _RANDOM,
        "random_uniform": _RANDOM,
        "random_normal": _RANDOM,
        "random_exponential": _RANDOM,
        "elmcount": "Write SUM of a variable that is 1 for every element.",
        "vector_select": _VECTOR,
        "vector_sort_order": _VECTOR,
        "vector_reorder": _VECTOR,
        "vector_rank": _VECTOR,
        "invert_matrix": "Solve it outside the model and put the result into model/values.",
        "get_time_value": "Use Time.",
        "a_function_of": "Write the equation.",
        "lookup_with_subscripts": "Give each element a lookup of its own name.",
        "pi": "Write the number as a parameter.",
    }
)

_IN_THE_FILE = "Write the numbers into the file, as constants or as a lookup of Time."
# where the advice differs for a file that stands alone
INSTEAD_ALONE: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("get_data", "get_constants", "get_lookups", "get_xls_data"), _IN_THE_FILE),
        "random_0_1": "Replace it by a constant or a lookup of Time: a run is repeatable.",
        "random_uniform": "Replace it by a constant or a lookup of Time: a run is repeatable.",
        "random_normal": "Replace it by a constant or a lookup of Time: a run is repeatable.",
        "random_exponential": "Replace it by a constant or a lookup of Time: a run is repeatable.",
        "invert_matrix": "Solve it outside the model and write the result into the file.",
    }
)


def spelling(function: str) -> str:
    """Return the function's name as it is written in a sector file."""
    return SPELLING.get(function, function.upper().replace("_", " "))


def supported_names() -> list[str]:
    """Return the functions of the subset as they are written."""
    return sorted(spelling(name) for name in FUNCTIONS)


def functions_hash() -> str:
    """Return the SHA-256 of everything that tells which functions are read, rewritten or refused."""
    tables = (FUNCTIONS, FOREIGN, SPELLING, INSTEAD)
    return hashlib.sha256(repr([sorted(table.items()) for table in tables]).encode()).hexdigest()
