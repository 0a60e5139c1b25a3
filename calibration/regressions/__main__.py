"""`python -m calibration.regressions [data | --fit NAME]`: estimate on data and model; or build the long tables.

The model runs with the usual fit where there is one; `--fit none` takes the parameters as written.
"""

from __future__ import annotations

import sys

from calibration.economy.read import DataError
from calibration.regressions.build import build
from calibration.regressions.fitted import read_fitted
from calibration.regressions.panel import read_panel
from calibration.regressions.report import write
from model.language import ModelErrors
from scenarios.problems import ScenarioError

USAGE = "usage: python -m calibration.regressions [data | --fit NAME]"


def main(arguments: list[str]) -> int:
    """Do what is asked; a problem is one message and exit code 2."""
    try:
        if arguments == ["data"]:
            for line in build():
                print(line)
        elif not arguments or (len(arguments) == 2 and arguments[0] == "--fit"):
            write(read_panel(), read_fitted(arguments[1] if arguments else None))
        else:
            print(USAGE, file=sys.stderr)
            return 2
    except (DataError, ScenarioError, ModelErrors) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
