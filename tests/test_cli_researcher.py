"""The researcher's commands as a user types them: mistakes are one message and exit code 2."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def sim(*words: str) -> subprocess.CompletedProcess[str]:
    """Run sim.py in the project's folder."""
    return subprocess.run(
        [sys.executable, "sim.py", *words], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("calibrate", "--starts", "0"), "--starts 0: a fit needs at least one start."),
        (("calibrate", "--until", "2030"), "--until 2030: there are data to fit to for 2011 to 2024"),
        (("run", "--fit", "nowhere"), "--fit nowhere: there is no such fit."),
        (("data", "diff", "nowhere"), "nowhere"),
        *(
            pytest.param(words, message, marks=pytest.mark.slow)
            for words, message in (
                (("ensemble", "--members", "4", "--fit", "nowhere"), "--fit nowhere: there is no such fit."),
                (("track", "nowhere.csv"), "nowhere.csv"),
            )
        ),
    ],
)
def test_a_mistake_is_one_message(tmp_path, words, message):
    out = ("--out", str(tmp_path / "out")) if words[0] in ("calibrate", "run", "ensemble") else ()
    told = sim(*words, *out)
    assert told.returncode == 2
    assert message in told.stderr
    assert "Traceback" not in told.stderr
    assert not (tmp_path / "out" / "fit.json").exists()


def test_the_status_of_the_data_names_what_is_bundled():
    told = sim("data", "status")
    assert told.returncode == 0
    assert "population" in told.stdout
    assert "2024" in told.stdout


def test_a_run_records_its_fit(tmp_path):
    told = sim("run", "--from", "2023", "--until", "2025", "--out", str(tmp_path / "run"))
    assert told.returncode == 0
    assert '"fit": "calibration/fits/reference"' in (tmp_path / "run" / "run.json").read_text(encoding="utf-8")
