"""Makes the golden tables of all scenarios, or of those named, anew: python -m tests.golden [NAME]…"""

import sys

from scenarios.read import scenario_files
from tests.golden.tables import Runs, differences, path_of, read_table, write_table

names = sys.argv[1:] or [path.stem for path in scenario_files()]
runs = Runs()
for name in names:
    table = runs.table(name)
    told = differences(read_table(name), table) if path_of(name).exists() else ["new"]
    write_table(table, name)
    print(f"{name}: {f'{len(told)} changed, most of all {told[0]}' if told else 'as it was'}")
