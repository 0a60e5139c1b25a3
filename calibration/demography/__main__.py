"""`python -m calibration.demography [figures]`: read, check, bridge, estimate, write; or draw the figures."""

from __future__ import annotations

import sys

from calibration.demography.build import build, draw
from calibration.demography.read import DataError


def main(arguments: list[str]) -> int:
    """Build every table, or draw the figures; a problem in the data is one message and exit code 2."""
    work = draw() if arguments == ["figures"] else build()
    try:
        for line in work:
            print(line)
    except DataError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
