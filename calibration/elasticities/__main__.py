"""`python -m calibration.elasticities [data]`: estimate from the project's tables; or build its own from the shared."""

from __future__ import annotations

import sys

from calibration.economy.read import DataError
from calibration.elasticities.build import build
from calibration.elasticities.table import write
from calibration.regressions.panel import read_panel

USAGE = "usage: python -m calibration.elasticities [data]"


def main(arguments: list[str]) -> int:
    """Do what is asked; a problem is one message and exit code 2."""
    try:
        if arguments == ["data"]:
            for line in build():
                print(line)
        elif not arguments:
            print(write(read_panel())[["parameter", "estimate", "standard_error", "years", "n"]].to_string(index=False))
        else:
            print(USAGE, file=sys.stderr)
            return 2
    except DataError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
