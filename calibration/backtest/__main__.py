"""`python -m calibration.backtest [data | trials | fits | ensemble]`: score every method; or build the tables; or
search settings; or see what fits at the origin are worth; or how far an ensemble's intervals hold.
"""

from __future__ import annotations

import sys

from calibration.backtest.build import build
from calibration.backtest.command import backtest
from calibration.backtest.ensemble import ensemble
from calibration.backtest.fit_trials import compare
from calibration.backtest.trials import search
from calibration.demography.read import DataError

USAGE = "usage: python -m calibration.backtest [data | trials | fits | ensemble]"


def main(arguments: list[str]) -> int:
    """Do what is asked; a problem is one message and exit code 2."""
    try:
        if not arguments:
            backtest(print)
        elif arguments == ["data"]:
            for line in build():
                print(line)
        elif arguments == ["trials"]:
            print(f"chosen: {search(print)}")
        elif arguments == ["fits"]:
            compare(print)
        elif arguments == ["ensemble"]:
            ensemble(print)
        else:
            print(USAGE, file=sys.stderr)
            return 2
    except DataError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
