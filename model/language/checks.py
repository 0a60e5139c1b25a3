"""Every check of a model's text."""

from __future__ import annotations

from collections.abc import Mapping

from model.language.check_documentation import check_documentation
from model.language.check_loops import check_loops
from model.language.check_names import Known, check_names
from model.language.check_units import check_units
from model.language.errors import Problem
from model.language.ranges import Ranges
from model.language.structure import Variable


def check_model(variables: Mapping[str, Variable], declared: Mapping[str, str], ranges: Ranges) -> list[Problem]:
    """Return the problems of all equations. `declared` maps every declared name's key to the name as written."""
    problems = check_names(Known(variables, declared, ranges))
    faulty = {(problem.file, problem.line) for problem in problems}
    return [
        *problems,
        *check_loops(variables),
        *check_units(variables, faulty),
        *check_documentation(variables),
    ]
