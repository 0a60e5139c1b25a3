"""`python -m calibration.experiments [--fit NAME]`: a project from nowhere and four natural experiments.

The model runs with the usual fit where there is one; `--fit none` takes the parameters as written.
"""

from __future__ import annotations

import sys

from calibration.economy.read import DataError
from calibration.experiments.report import write
from calibration.regressions.fitted import read_fitted
from calibration.regressions.panel import read_panel
from model.language import ModelErrors
from scenarios.problems import ScenarioError


def main(arguments: list[str]) -> int:
    """Run and write; a problem is one message and exit code 2."""
    if arguments and not (len(arguments) == 2 and arguments[0] == "--fit"):
        print("usage: python -m calibration.experiments [--fit NAME]", file=sys.stderr)
        return 2
    try:
        write(read_panel(), read_fitted(arguments[1] if arguments else None))
    except (DataError, ScenarioError, ModelErrors) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
