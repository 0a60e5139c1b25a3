"""An ensemble on a Dask cluster: a real scheduler and workers on this machine, each in a process of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from scenarios.ensemble.cluster import cluster_crew
from scenarios.problems import ScenarioError
from tests.ensemble_support import bytes_of, compute
from tests.ensemble_work import TinyWork

pytest.importorskip("distributed", reason="the extra 'cluster' is not installed")
ROOT = Path(__file__).resolve().parent.parent
MEMBERS = 24
SLOW = 0.3
LOOPBACK = "tcp://127.0.0.1"


@pytest.fixture(scope="module")
def processes():
    """Processes to be ended with the tests."""
    begun: list[subprocess.Popen[str]] = []
    yield begun
    for process in begun:
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def scheduler(processes):
    """The address of a scheduler."""
    return begin(processes, "scheduler", "--port", "0", "--no-dashboard")


def begin(processes, what, *words, **environment):
    """Start a scheduler or a worker; gives its address once it tells it."""
    command = [sys.executable, "-m", f"distributed.cli.dask_{what}", "--host", "127.0.0.1", *words]
    surroundings = os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"} | environment
    process = subprocess.Popen(
        command, env=surroundings, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    processes.append(process)
    assert process.stderr is not None
    sign = "Scheduler at:" if what == "scheduler" else "Registered to:"
    for line in process.stderr:
        if sign in line:
            found = re.search(r"tcp://\S+", line)
            assert found is not None
            return found[0]
    raise AssertionError(f"the {what} has not started")


def begin_worker(processes, scheduler, **environment):
    """Start a worker that is not started again when it dies; gives its process."""
    begin(processes, "worker", scheduler, "--no-nanny", "--nthreads", "1", "--no-dashboard", **environment)
    return processes[-1]


def free_port():
    """A port at which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.mark.parametrize("address", ["nobody listens", "nonsense://x"])
def test_no_scheduler_at_the_address_is_one_message(address, monkeypatch):
    address = f"{LOOPBACK}:{free_port()}" if address == "nobody listens" else address
    monkeypatch.setattr("scenarios.ensemble.cluster.PATIENCE", 1)
    with pytest.raises(ScenarioError) as told, cluster_crew(address, "numpy"):
        pass
    assert str(told.value).startswith(f"--cluster {address}: no Dask scheduler answers there within 1 seconds (")
    assert "Start one (dask scheduler), or correct the address: tcp://host:8786" in str(told.value)


def test_a_worker_killed_in_the_middle_loses_nothing_and_changes_nothing(tmp_path, processes, scheduler, monkeypatch):
    compute(tmp_path / "here", MEMBERS)
    first, _ = (begin_worker(processes, scheduler) for _ in range(2))
    folder = tmp_path / "there"
    with cluster_crew(scheduler, "numpy") as crew:
        computing = crew.compute
        monkeypatch.setattr(crew, "compute", lambda work, blocks: killing(computing(work, blocks), first))
        assert compute(folder, MEMBERS, crew, TinyWork(SLOW)) == MEMBERS
    assert first.poll() == -signal.SIGKILL
    assert bytes_of(folder) == bytes_of(tmp_path / "here")


def killing(blocks, process):
    """The blocks; a worker is killed once the first one is there."""
    for number, block in enumerate(blocks):
        if number == 0:
            process.kill()
            process.wait()
        yield block


@pytest.mark.slow
def test_a_worker_with_other_code_or_packages_is_refused_by_name(tmp_path, processes, scheduler):
    (tmp_path / "sitecustomize.py").write_text(
        "import importlib.metadata as m\nold = m.version\nm.version = lambda p: '0.1' if p == 'scipy' else old(p)\n",
        encoding="utf-8",
    )
    begin_worker(processes, scheduler, PYTHONPATH=f"{tmp_path}{os.pathsep}{ROOT}")
    with pytest.raises(ScenarioError) as told, cluster_crew(scheduler, "numpy"):
        pass
    text = str(told.value)
    assert text.startswith(f"--cluster {scheduler}: workers there compute with something else than this machine:")
    assert re.search(r"- tcp://127\.0\.0\.1:\d+: scipy 0\.1, here \d", text)
    processes[-1].kill()


@pytest.mark.slow
def test_a_worker_without_the_project_is_refused_by_name(tmp_path, processes):
    scheduler = begin(processes, "scheduler", "--port", "0", "--no-dashboard")
    begin_worker(processes, scheduler, PYTHONPATH=str(tmp_path))
    with pytest.raises(ScenarioError) as told, cluster_crew(scheduler, "numpy"):
        pass
    assert re.search(r"- tcp://127\.0\.0\.1:\d+: cannot import the project \(No module named", str(told.value))


@pytest.mark.slow
def test_a_scheduler_that_is_lost_is_told_and_what_is_saved_stays(tmp_path, processes, monkeypatch):
    scheduler = begin(processes, "scheduler", "--port", "0", "--no-dashboard")
    lost = processes[-1]
    begin_worker(processes, scheduler)
    folder = tmp_path / "lost"
    with cluster_crew(scheduler, "numpy") as crew:
        computing = crew.compute
        monkeypatch.setattr(crew, "compute", lambda work, blocks: killing(computing(work, blocks), lost))
        with pytest.raises(ScenarioError) as told:
            compute(folder, MEMBERS, crew, TinyWork(SLOW))
    assert "the connection to the scheduler was lost." in str(told.value)
    assert "What is saved stays; the same command continues." in str(told.value)
    assert 0 < MEMBERS - compute(folder, MEMBERS) < MEMBERS


@pytest.mark.slow
def test_a_cluster_without_workers_is_told(processes, monkeypatch):
    monkeypatch.setattr("scenarios.ensemble.cluster.PATIENCE", 1)
    scheduler = begin(processes, "scheduler", "--port", "0", "--no-dashboard")
    with pytest.raises(ScenarioError, match="the cluster has no workers"), cluster_crew(scheduler, "numpy"):
        pass
