"""Every check of a model's text, in the order in which their messages help most."""

from __future__ import annotations

from collections.abc import Mapping

from model.language.errors import Problem
from model.language.ranges import Ranges
from model.language.structure import Variable


def check_model(
    variables: Mapping[str, Variable], declared: Mapping[str, str], ranges: Ranges
) -> list[Problem]:
    """Return the problems of all equations. `declared` maps every declared name's key to the name as written."""
    return []
