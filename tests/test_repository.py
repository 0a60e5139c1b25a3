"""What the repository promises: its rooms, its sizes, its two commands."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

import sim

ROOT = Path(__file__).resolve().parent.parent
ROOMS = {"model", "scenarios", "calibration", "outputs", "tests", "sim.py", "pyproject.toml", "README.md"}
PAPERS = {"LICENSE", "CHANGELOG.md", "Makefile", "requirements.lock"}
LONGEST_FILE, LONGEST_FUNCTION, LARGEST_FILE = 450, 50, 5_000_000


def _files():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def _python():
    return [path for path in _files() if path.suffix == ".py"]


def _name(path):
    return path.relative_to(ROOT).as_posix()


def test_the_top_level_has_the_rooms_of_the_design_and_nothing_else():
    top = {_name(path).split("/")[0] for path in _files()}
    assert {name for name in top if not name.startswith(".")} <= ROOMS | PAPERS
    assert top >= ROOMS | PAPERS


def test_no_file_is_larger_than_five_megabytes():
    assert [_name(path) for path in _files() if path.stat().st_size > LARGEST_FILE] == []


def test_no_file_is_longer_than_450_lines():
    lengths = {_name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in _python()}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_is_longer_than_50_lines():
    long = []
    for path in _python():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION:
                long.append(f"{_name(path)}: {node.name}")
    assert long == []


def test_nothing_names_a_folder_of_one_machine_or_a_host_of_a_package_index():
    pattern = re.compile(r"(?<![\w.])/(?:home|root|Users|work|tmp)/|index.url\s*=?\s*http|pythonhosted|pypi\.org")
    texts = [path for path in _files() if path.suffix in {".py", ".md", ".toml", ".mdl", ".lock", ".yaml", ".json", ""}]
    found = [_name(path) for path in texts if pattern.search(path.read_text(encoding="utf-8", errors="ignore"))]
    assert [name for name in found if name != "tests/test_repository.py"] == []


def test_the_lock_file_pins_every_package_with_hashes():
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pins = re.findall(r"^([a-z0-9-]+)==(\S+)(.*?)(?=^[a-z#]|\Z)", text, re.MULTILINE | re.DOTALL)
    assert len(pins) > 20
    assert all("--hash=sha256:" in rest for _, _, rest in pins)
    versions = {name: version for name, version, _ in pins}
    assert (versions["pysd"], versions["pysimlin"]) == ("3.14.3", "0.8.5")


def test_every_package_asked_for_is_in_the_lock_file():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *(name for extra in project["optional-dependencies"].values() for name in extra)]
    names = {re.split(r"[<>=; \[]", each)[0].lower() for each in asked}
    locked = set(re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE))
    assert names <= locked


def test_the_readme_gives_the_two_commands_and_what_the_model_is_not_for():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for words in ("make run", "make test", "Meant for", "Not meant for", "Windows", "MIT"):
        assert words in text
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (ROOT / target).exists(), target


def test_the_readme_tells_of_every_command():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in sim.app.registered_commands:
        assert command.callback is not None
        name = command.name or command.callback.__name__
        assert re.search(rf"^\| `{name}\b", text, re.MULTILINE), name


def test_the_makefile_has_a_target_for_each_thing_the_papers_name():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert {"run", "test", "check", "history", "figure", "benchmark", "setup", "clean"} <= targets


def test_continuous_integration_runs_what_a_developer_runs():
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111


def test_pre_commit_hooks_are_local():
    text = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert re.findall(r"^\s*- repo: (\S+)", text, re.MULTILINE) == ["local"]
