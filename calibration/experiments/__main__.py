"""`python -m calibration.experiments`: a project from nowhere and four natural experiments."""

from __future__ import annotations

import sys

from calibration.economy.read import DataError
from calibration.experiments.report import write
from calibration.regressions.panel import read_panel


def main(arguments: list[str]) -> int:
    """Run and write; a problem is one message and exit code 2."""
    if arguments:
        print("usage: python -m calibration.experiments", file=sys.stderr)
        return 2
    try:
        write(read_panel())
    except DataError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
