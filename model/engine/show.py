"""Shows the emitted code of a model or of one variable."""

from __future__ import annotations

from model.engine.compiled import compile_model
from model.language.explain import find
from model.language.structure import Model


def emitted_code(model: Model, name: str | None = None) -> str:
    """Return the emitted module, or the line that computes one variable. Raises ModelErrors for an unknown name."""
    if name is None:
        wanted = [v.key for v in model.variables.values() if v.kind in ("stock", "auxiliary")]
        return compile_model(model, wanted).emitted.text
    variable = find(model, name)
    if variable.kind in ("parameter", "given", "lever", "series"):
        return f"{variable.key} is an input: it is read, not computed."
    if variable.kind == "lookup":
        return f"{variable.key} is a table of points, declared at the top of the module."
    emitted = compile_model(model, [variable.key]).emitted
    lines = list(emitted.lines[variable.key])
    prefix = f"{variable.key}__"
    lines += [line.strip() for line in emitted.text.splitlines() if line.strip().startswith(prefix)]
    return "\n".join(dict.fromkeys(lines))
