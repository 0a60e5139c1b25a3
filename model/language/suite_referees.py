"""PySD and pysimlin on the same files as we, in processes of their own: a referee that dies takes nothing with it."""

from __future__ import annotations

import re
import shutil
import tempfile
import warnings
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from model.language.suite_tables import CLOCK, Series, column_of

PATIENCE = 300.0  # seconds a referee may take for one file
DATA = "data.tab"  # results of one model that feed another, as the suite's own tests give them to PySD
_COPY = re.compile(r"[^\s']*/case/")  # where a referee works on a copy
LINE = 300  # characters of a referee's message that are kept


class RefereeError(RuntimeError):
    """The referee could not load or run the file; the message is its own."""


class Referee:
    """Runs one of the referees on files, one after the other."""

    def __init__(self, read: Callable[[str], Series]) -> None:
        self._read = read
        self._pool: ProcessPoolExecutor | None = None

    def run(self, path: Path) -> Series:
        """Return the results of a file by column. Raises RefereeError."""
        self._pool = self._pool or ProcessPoolExecutor(1, get_context("spawn"))
        try:
            return self._pool.submit(self._read, str(path)).result(timeout=PATIENCE)
        except BrokenProcessPool as error:
            self._pool = None
            raise RefereeError("the process died") from error
        except TimeoutError as error:
            self.close()
            raise RefereeError(f"no result within {PATIENCE:g} s") from error
        except Exception as error:  # a referee raises whatever it meets
            message = f"{type(error).__name__}: {' '.join(str(error).split())}"
            raise RefereeError(_COPY.sub("", message)[:LINE]) from error

    def close(self) -> None:
        """End the process."""
        if self._pool is not None:
            for process in list((self._pool._processes or {}).values()):
                process.kill()
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None


def pysd_results(name: str) -> Series:
    """Return what PySD gives for a file, every variable that is no lookup."""
    import pysd

    path = Path(name)
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        copy = Path(shutil.copytree(path.parent, Path(folder) / "case")) / path.name
        data = [str(path.parent / DATA)] if needs_data(path) else None
        model = pysd.read_vensim(str(copy), data_files=data)
        frame = model.run()
    found = {column_of(str(column)): frame[column].to_numpy(dtype=float) for column in frame}
    return {CLOCK: frame.index.to_numpy(dtype=float), **found}


def needs_data(path: Path) -> bool:
    """Tell whether a model reads results of another that lie beside it."""
    return (path.parent / DATA).exists() and not path.stem.startswith("model_to")


def pysimlin_results(name: str) -> Series:
    """Return what pysimlin gives for a file, every series it knows."""
    import simlin

    with simlin.load(name).simulate() as run:
        run.run_to_end()
        names = run.get_var_names()
        found = {column_of(each): np.asarray(run.get_series(each), dtype=float) for each in names}
    return found
