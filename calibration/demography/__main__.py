"""`python -m calibration.demography`: read, check, bridge, estimate, write."""

from __future__ import annotations

import sys

from calibration.demography.build import build
from calibration.demography.read import DataError


def main() -> int:
    """Build every table; a problem in the data is one message and exit code 2."""
    try:
        for line in build():
            print(line)
    except DataError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
