"""Explains a variable: its equation with unit, range, definition, source, inputs and users."""

from __future__ import annotations

import textwrap

from model.language.errors import ModelErrors, Problem, did_you_mean
from model.language.structure import Model, Variable

WIDTH = 100


def explain(model: Model, name: str) -> str:
    """Return everything the model says about a variable as text. Raises ModelErrors for an unknown name."""
    variable = find(model, name)
    facts = [
        ("kind", _kind(variable)),
        ("unit", variable.unit),
        ("range", _range(variable)),
        ("runs over", ", ".join(variable.dims)),
        ("definition", variable.definition),
        ("source", variable.source),
        ("quality", variable.quality),
        ("reads", _with_units(model, variable.inputs)),
        ("read by", _with_units(model, variable.users)),
    ]
    lines = [f"{variable.name}   ({variable.file}:{variable.line})", ""]
    lines += textwrap.indent("\n".join(_equations(variable)), "    ").splitlines()
    lines.append("")
    for label, text in facts:
        if text:
            lines += textwrap.wrap(text, WIDTH, initial_indent=f"{label + ':':<12}", subsequent_indent=" " * 12)
    return "\n".join(lines)


def find(model: Model, name: str) -> Variable:
    """Return the variable of this name in any spelling. Raises ModelErrors for an unknown name."""
    if name not in model.variables:
        what = f"the model has no variable '{name}'."
        raise ModelErrors([Problem(name, 0, what, did_you_mean(name.replace("_", " "), model.variables))])
    return model.variables[name]


def _equations(variable: Variable) -> list[str]:
    """Return the equations as written, without unit and comment."""
    return [equation.text.split("~")[0].strip() for equation in variable.equations]


def _kind(variable: Variable) -> str:
    if variable.kind == "lever":
        return f"lever ({variable.group})"
    if variable.kind == "series":
        how = "held until the next value" if variable.keyword == "hold_backward" else "straight between its values"
        return f"series from model/values, {how}"
    return "numbers from model/values" if variable.kind == "given" else variable.kind


def _range(variable: Variable) -> str:
    if variable.range is None:
        return ""
    low, high = variable.range
    return f"{'no limit' if low is None else f'{low:g}'} to {'no limit' if high is None else f'{high:g}'}"


def _with_units(model: Model, names: tuple[str, ...]) -> str:
    return ", ".join(f"{name} [{model.variables[name].unit}]" for name in names)
