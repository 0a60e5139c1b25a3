"""`python -m calibration.regressions [data]`: estimate on data and model; or build the long tables from the shared."""

from __future__ import annotations

import sys

from calibration.economy.read import DataError
from calibration.regressions.build import build
from calibration.regressions.panel import read_panel
from calibration.regressions.report import write

USAGE = "usage: python -m calibration.regressions [data]"


def main(arguments: list[str]) -> int:
    """Do what is asked; a problem is one message and exit code 2."""
    try:
        if arguments == ["data"]:
            for line in build():
                print(line)
        elif not arguments:
            write(read_panel())
        else:
            print(USAGE, file=sys.stderr)
            return 2
    except DataError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
