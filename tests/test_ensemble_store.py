"""An ensemble on disk: the same bytes however it was computed, whatever interrupted it, and nothing lost or mixed."""

import contextlib
import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from scenarios.ensemble import finished_plan, open_members
from scenarios.ensemble.local import LocalCrew, WorkerError
from scenarios.ensemble.run import compute_missing
from scenarios.ensemble.store import Store, only_one
from scenarios.problems import ScenarioError
from tests.ensemble_support import BLOCK, bytes_of, compute, tiny_order, tiny_store
from tests.ensemble_work import PLACES, TinyWork

ROOT = Path(__file__).resolve().parent.parent
MEMBERS = 10
SLOW = 0.3


class InOrder:
    """Computes here, in a given order of blocks."""

    def __init__(self, backwards: bool = False) -> None:
        self.identity: dict[str, str] = {}
        self.backwards = backwards

    def compute(self, work, blocks):
        """The blocks, first or last one first."""
        for members in reversed(blocks) if self.backwards else blocks:
            yield members, work.members(members)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """An uninterrupted ensemble."""
    folder = tmp_path_factory.mktemp("ensembles") / "whole"
    compute(folder, MEMBERS, InOrder())
    return folder


def test_members_come_back_as_they_were_computed(whole):
    found = open_members(whole)
    expected = TinyWork().members(range(MEMBERS))
    assert found["births"].dims == ("member", "year", "municipality")
    assert found["births"].dtype == np.float32
    assert found["births"].attrs["units"] == "persons/year"
    np.testing.assert_array_equal(found["births"].values, expected["births"])
    assert found["municipality"].values.tolist() == list(PLACES)
    assert found["year"].values.tolist() == [2024, 2025, 2026]
    assert found["member"].values.tolist() == list(range(MEMBERS))


@pytest.mark.parametrize("workers", [1, 2])
def test_the_number_of_workers_changes_no_byte(whole, tmp_path, workers):
    assert compute(tmp_path / "again", MEMBERS, LocalCrew("numpy", workers)) == MEMBERS
    assert bytes_of(tmp_path / "again") == bytes_of(whole)


def test_the_order_of_the_blocks_changes_no_byte(whole, tmp_path):
    compute(tmp_path / "again", MEMBERS, InOrder(backwards=True))
    assert bytes_of(tmp_path / "again") == bytes_of(whole)


def test_results_that_are_no_numbers_are_saved_too(tmp_path):
    class Nothing(InOrder):
        def compute(self, work, blocks):
            for members, block in super().compute(work, blocks):
                yield members, block | {"births": np.full_like(block["births"], np.nan)}

    compute(tmp_path / "nothing", MEMBERS, Nothing())
    assert compute(tmp_path / "nothing", MEMBERS, Nothing()) == 0
    assert np.isnan(open_members(tmp_path / "nothing")["births"]).all()


def test_a_finished_ensemble_is_not_computed_again(whole):
    before = {path: path.stat().st_mtime_ns for path in (whole / "members.zarr").rglob("*")}
    assert compute(whole, MEMBERS, InOrder()) == 0
    assert {path: path.stat().st_mtime_ns for path in (whole / "members.zarr").rglob("*")} == before


def test_a_larger_ensemble_keeps_the_members_of_the_smaller_one(whole, tmp_path):
    folder = tmp_path / "grown"
    compute(folder, 6, InOrder())
    assert compute(folder, MEMBERS, InOrder()) == MEMBERS - BLOCK
    assert bytes_of(folder) == bytes_of(whole)


def test_a_killed_process_leaves_whole_blocks_and_the_rest_is_computed(whole, tmp_path):
    folder = tmp_path / "killed"
    with started(folder) as running:
        workers = children_of(running.pid)
        running.kill()
    with pytest.raises(ScenarioError, match=rf"not finished: \d+ of its {MEMBERS} members are saved"):
        open_members(folder)
    saved = MEMBERS - compute(folder, MEMBERS, InOrder())
    assert 0 < saved < MEMBERS
    assert bytes_of(folder) == bytes_of(whole)
    deadline = time.monotonic() + 20
    while any(is_running(worker) for worker in workers):
        assert time.monotonic() < deadline, "its workers go on without it"
        time.sleep(0.05)


def test_being_told_to_stop_says_what_is_saved_and_how_to_continue(whole, tmp_path):
    folder = tmp_path / "stopped"
    with started(folder) as running:
        running.send_signal(signal.SIGTERM)
        text = running.communicate(timeout=20)[1]
    assert running.returncode == 130
    assert f"of {MEMBERS} members are saved in {folder}." in text
    assert f"Continue: python sim.py ensemble reference --members {MEMBERS} --seed 1 --out {folder}" in text
    assert compute(folder, MEMBERS, InOrder()) < MEMBERS
    assert bytes_of(folder) == bytes_of(whole)


@contextlib.contextmanager
def started(folder):
    """A slow ensemble in a process of its own, of which a block is saved."""
    command = [sys.executable, "-m", "tests.ensemble_support", str(folder), str(MEMBERS), "1", str(SLOW)]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as running:
        while not list(folder.glob("blocks/*.json")):
            assert running.poll() is None, running.communicate()
            time.sleep(0.01)
        yield running


def test_what_a_killed_process_leaves_half_written_is_cleaned_up(whole, tmp_path):
    folder = tmp_path / "left"
    shutil.copytree(whole, folder)
    (folder / "members.zarr/births/c/1/0/0.123abc.partial").write_bytes(b"half")
    (folder / "blocks/.00001.json.77").write_text("{", encoding="utf-8")
    (folder / ".layout-abc").mkdir()
    assert compute(folder, MEMBERS, InOrder()) == 0
    assert bytes_of(folder) == bytes_of(whole)


@pytest.mark.parametrize("path", ["members.zarr/births/c/1/0/0", "blocks/00001.json"])
def test_a_damaged_block_is_computed_again(whole, tmp_path, path):
    folder = tmp_path / "damaged"
    shutil.copytree(whole, folder)
    (folder / path).write_bytes((folder / path).read_bytes()[:-3] + b"abc")
    assert compute(folder, MEMBERS, InOrder()) == BLOCK
    assert bytes_of(folder) == bytes_of(whole)


def test_a_worker_that_dies_is_replaced_and_changes_no_byte(whole, tmp_path):
    deadly = tmp_path / "deadly"
    deadly.touch()
    compute(tmp_path / "again", MEMBERS, LocalCrew("numpy", 2), TinyWork(deadly=deadly))
    assert not deadly.exists()
    assert bytes_of(tmp_path / "again") == bytes_of(whole)


def test_a_block_that_kills_every_worker_is_told_with_its_members(tmp_path):
    deadly = tmp_path / "deadly"
    deadly.touch()
    with pytest.raises(ScenarioError) as told:
        compute(tmp_path / "again", MEMBERS, LocalCrew("numpy", 1), TinyWork(deadly=deadly, always=True))
    assert str(told.value).startswith("members 4 to 7: the process computing them ended 3 times before it was done (")
    assert "Try fewer --workers, or keep fewer results. What is saved stays." in str(told.value)


def test_a_fault_of_the_program_is_not_hidden(tmp_path):
    with pytest.raises(WorkerError, match="ValueError: made up"):
        compute(tmp_path / "again", MEMBERS, LocalCrew("numpy", 1), TinyWork(faulty=True))


def children_of(process):
    """The processes that one has started, where the system tells."""
    listed = Path(f"/proc/{process}/task/{process}/children")
    return [int(child) for child in listed.read_text(encoding="utf-8").split()] if listed.exists() else []


def is_running(process):
    """Whether a process is there and no mere entry in the table."""
    try:
        return "State:\tZ" not in Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except OSError:
        return False


OTHER = {
    "seed": ({"seed": 2}, "- seed: 1 there, 2 here"),
    "model": ({"model": {"sha256": "b" * 64}}, "- the model: aaaaaaaaaaaaaaaa… there, bbbbbbbbbbbbbbbb… here"),
    "inputs": (
        {"inputs": {"birth rate": "fedcba9876543210"}},
        "- the numbers of 'birth rate': 0123456789abcdef there, fedcba9876543210 here",
    ),
    "package": (
        {"engine": {"backend": "numpy", "block": BLOCK, "packages": {"numpy": "9.9"}}},
        "- the package numpy: 2.4 there, 9.9 here",
    ),
    "back end": (
        {"engine": {"backend": "jax", "block": BLOCK, "packages": {"numpy": "2.4"}}},
        "- the back end: numpy there, jax here",
    ),
    "years": ({"years": [2024, 2025]}, "- years: [2024, 2026] there, [2024, 2025] here"),
    "kept": ({"keep": ["births"]}, "- the results kept: ['total_population', 'births'] there, ['births'] here"),
    "fit": ({"fit": {"file": "a.nc", "sha256": "c" * 64}}, "- fit: None there, "),
    "fewer": ({"members": 3}, "- members: 10 there, 3 here (an ensemble can grow, not shrink)"),
}


@pytest.mark.parametrize(("other", "words"), OTHER.values(), ids=OTHER)
def test_another_ensemble_in_the_folder_is_refused_with_every_difference(whole, other, words):
    before = bytes_of(whole)
    store = tiny_store(whole, **other)
    with pytest.raises(ScenarioError) as told:
        compute_missing(tiny_order(whole), store, (InOrder(), TinyWork()), (print, print))
    text = str(told.value)
    assert f"{whole}: another ensemble stands here (10 of its 10 members are saved); it is left as it is." in text
    assert words in text
    assert "To compute this one, choose another folder with --out." in text
    assert bytes_of(whole) == before


def test_a_folder_with_other_files_and_a_file_are_left_as_they_are(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"this folder has other files and no plan\.json of an ensemble"):
        compute(tmp_path, MEMBERS, InOrder())
    with pytest.raises(ScenarioError, match="this is a file, not a folder"):
        compute(tmp_path / "thesis.txt", MEMBERS, InOrder())
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_folder_without_an_ensemble_and_a_damaged_plan_are_told(tmp_path):
    with pytest.raises(ScenarioError, match=r"there is no ensemble here: no plan\.json"):
        open_members(tmp_path)
    for text in ("{", "[]"):
        (tmp_path / "plan.json").write_text(text, encoding="utf-8")
        with pytest.raises(ScenarioError, match=r"plan\.json: (the file is damaged|this is not the plan)"):
            finished_plan(tmp_path)


def test_two_processes_do_not_work_on_one_folder(whole):
    pytest.importorskip("fcntl", reason="this system has no such locks")
    with only_one(whole), pytest.raises(ScenarioError, match="another process is computing an ensemble in this folder"):
        compute(whole, MEMBERS, InOrder())


def test_a_disk_that_fills_up_is_told_and_the_rest_is_computed_later(whole, tmp_path, monkeypatch):
    folder, write = tmp_path / "full", Store.write

    def fills_up(store, members, block):
        if members.start:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write(store, members, block)

    monkeypatch.setattr(Store, "write", fills_up)
    with pytest.raises(ScenarioError) as told:
        compute(folder, MEMBERS, InOrder())
    assert str(told.value) == (
        f"{folder}: cannot be written: No space left on device. 4 of 10 members are saved in {folder}.\n"
        f"  Free some space, then continue: {tiny_order(folder).command()}"
    )
    monkeypatch.undo()
    assert compute(folder, MEMBERS, InOrder()) == MEMBERS - BLOCK
    assert bytes_of(folder) == bytes_of(whole)


def test_more_than_the_disk_has_is_refused_before_anything_is_computed(whole, monkeypatch):
    before = bytes_of(whole)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(2000, 1000, 1000))
    with pytest.raises(ScenarioError) as told:
        compute(whole, 1_000, InOrder())
    assert "992 members need up to 0.071 MB, and 0.001 MB are free on this disk." in str(told.value)
    assert "Keep fewer results (--keep), compute fewer members, or choose another disk with --out." in str(told.value)
    assert bytes_of(whole) == before


def test_the_plan_stands_before_the_members_and_tells_all(whole):
    plan = json.loads((whole / "plan.json").read_text(encoding="utf-8"))
    assert plan == tiny_store(whole).plan
    assert finished_plan(whole) == plan
