"""The command line as typed: what it prints, what it writes, and one clear message for each mistake."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

import sim
from scenarios.read import scenario_files
from scenarios.run import Order, simulate_scenario
from tests.conftest import HEADER

ROOT = Path(sim.__file__).resolve().parent
SHORT = ["--from", "2020", "--until", "2024"]


def typed(*words):
    """The result of a command typed in the project's folder."""
    return CliRunner().invoke(sim.app, list(words))


def mistake(*words):
    """The message of a command that is a mistake: exit code 2, nothing on the output, no traceback."""
    result = typed(*words)
    assert result.exit_code == 2, result.output
    assert "Traceback" not in result.output
    return result.output


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A run as a user makes it, in its own process."""
    out = tmp_path_factory.mktemp("runs") / "short"
    command = [sys.executable, "sim.py", "run", *SHORT, "--out", str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert "Simulating 2020-2024 …" in done.stderr
    return out


def test_a_run_writes_its_whole_folder_and_nothing_else(folder):
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    figures = {f"figures/{name}.{kind}" for name in FIGURES for kind in ("png", "svg")}
    assert names == {"results.nc", "results.csv", "results-sv.csv", "run.json", "summary.md"} | figures
    assert [path.name for path in folder.parent.iterdir()] == ["short"]


FIGURES = ("overview", "ages", "municipalities", "map")


def test_the_record_tells_all_that_made_the_run(folder):
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    assert record["command"][:2] == ["sim.py", "run"]
    assert record["scenario"]["settings"]["start"] == 2020
    assert record["scenario"]["title"]["sv"].startswith("Referens")
    assert len(record["model"]["sha256"]) == 64
    assert record["model"]["files"]["model/sectors/population.mdl"]
    assert record["data"]["files"]["model/values/projects.csv"]
    assert record["data"]["vintages"]["population"] == 2024
    assert record["engine"]["backend"] == "numpy"
    assert record["changed_assumptions"] == []
    assert list(record)[-1] == "times"


def test_the_summary_says_what_the_run_is_for_and_what_it_is_not_for(folder):
    text = (folder / "summary.md").read_text(encoding="utf-8")
    for heading in ("## Meant for", "## Not meant for", "## In short", "## The municipalities", "Of the ", "Quality"):
        assert heading in text
    assert "It is not a forecast and not a target." in text
    assert "| Skellefteå |" in text


@pytest.mark.parametrize("name", [path.stem for path in scenario_files() if path.stem != "reference"])
def test_a_scenario_of_the_future_leaves_history_as_it_was(name):
    kept = ("population", "jobs", "nonregistered_workers", "dwellings", "project_jobs")
    runs = [simulate_scenario(Order(each, 2020, 2025), kept, lambda _: None) for each in ("reference", name)]
    reference, other = (run.annual.sel(year=slice(2020, 2024)) for run in runs)
    for variable in kept:
        # A railway opens along a logistic curve, whose foot lies in the past: 2e-9 of one place's workers.
        np.testing.assert_allclose(other[variable], reference[variable], rtol=1e-8, atol=1e-9, err_msg=variable)


def test_the_same_run_gives_the_same_bytes_apart_from_the_times(folder, tmp_path):
    again = tmp_path / "short"
    assert typed("run", *SHORT, "--out", str(again)).exit_code == 0
    for path in (path for path in folder.rglob("*") if path.is_file() and path.name != "run.json"):
        assert path.read_bytes() == (again / path.relative_to(folder)).read_bytes(), path.name
    records = [json.loads((each / "run.json").read_text(encoding="utf-8")) for each in (folder, again)]
    for record in records:
        del record["times"], record["command"]
    assert records[0] == records[1]


def test_a_run_may_be_written_in_swedish(tmp_path):
    out = tmp_path / "svensk"
    assert typed("run", *SHORT, "--out", str(out), "--lang", "sv").exit_code == 0
    assert "## Inte avsett för" in (out / "summary.md").read_text(encoding="utf-8")
    assert "vilket är" in (out / "summary.md").read_text(encoding="utf-8")
    assert "folkbokförda" in (out / "figures" / "overview.svg").read_text(encoding="utf-8")


def test_history_is_compared_series_by_series(tmp_path):
    out = tmp_path / "history"
    result = typed("compare-history", "--from", "2018", "--until", "2024", "--out", str(out))
    assert result.exit_code == 0
    assert "| population |" in result.output
    assert {path.name for path in out.iterdir()} >= {"comparison.csv", "errors.csv", "history.png", "run.json"}


def test_help_comes_at_once():
    begun = time.perf_counter()
    done = subprocess.run([sys.executable, "sim.py", "--help"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert time.perf_counter() - begun < 5
    loaded = "import sim, sys; print([m for m in ('numpy', 'xarray', 'pysd', 'matplotlib') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", loaded], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "command",
    ["run", "ensemble", "ensemble-difference", "sensitivity", "compare-history", "check", "explain", "export", "list"],
)
def test_every_command_has_help(command):
    result = typed(command, "--help")
    assert result.exit_code == 0
    assert "Usage:" in result.output


@pytest.mark.parametrize("sign", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.slow)])
def test_an_interrupted_run_leaves_nothing(tmp_path, sign):
    out = tmp_path / "stopped"
    # A shell that runs the tests in its background lets them, and what they start, ignore SIGINT.
    heed = "import runpy, signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    heed += "runpy.run_path('sim.py', run_name='__main__')"
    command = [sys.executable, "-c", heed, "run", "--out", str(out)]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, encoding="utf-8") as running:
        assert running.stderr is not None
        for line in running.stderr:
            if line.startswith("Writing"):
                running.send_signal(sign)
                break
        rest = running.stderr.read()
    assert running.returncode == 130
    assert "Stopped; nothing was written." in rest
    assert list(tmp_path.iterdir()) == []


def test_check_tells_in_words_what_a_scenario_changes():
    result = typed("check", "move-instead-of-fly-in")
    assert result.exit_code == 0
    assert "scenarios/move-instead-of-fly-in.toml is in order: Move in instead of flying in" in result.output
    assert "reception capacity: 1 → 2 in Skellefteå, Gällivare, Luleå, Boden and Kiruna, from 2027" in result.output
    assert "4.8 → 3.5 years in Norrbottens län, Umeå and Skellefteå, from 2027" in result.output
    assert "It changes no assumption." in typed("check").output


def test_explain_shows_an_equation_with_all_that_is_said_about_it():
    text = typed("explain", "plan_to_building_start").output
    facts = ["kind:       lever (housing)", "unit:       year", "range:      0.5 to 8", "source:", "quality:    B"]
    for part in ("plan to building start[municipality] = ", "model/sectors/housing.mdl:", *facts, "read by:"):
        assert part in text


def test_explain_code_shows_the_emitted_line():
    assert typed("explain", "in migration", "--code").output.startswith("in_migration = ")
    assert "is read, not computed" in typed("explain", "plan to building start", "--code").output


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("scenarios", "reference"),
        ("levers", "plan to building start"),
        ("parameters", "persons per moving worker"),
        ("outputs", "tax_forgone"),
    ],
)
def test_list_names_what_there_is(kind, line):
    result = typed("list", kind)
    assert result.exit_code == 0
    assert any(row.startswith(line) for row in result.output.splitlines())


def test_a_missing_scenario_is_told_with_a_suggestion():
    told = mistake("run", "refrence")
    assert told.startswith(
        "refrence: 'refrence' is not a known scenario.\n  Did you mean 'reference'? Known: commodity-slump,"
    )


def test_bad_toml_is_told_with_its_line(scenario_file):
    path = scenario_file("[[levers]]\nname = 3 3\n")
    assert mistake("check", str(path)).startswith("trial.toml: this is not valid TOML: ")


def test_an_unknown_lever_a_wrong_place_and_a_value_out_of_range_are_told_together(scenario_file):
    body = (
        '[[levers]]\nname = "reception capasity"\nvalue = 2\n'
        '[[levers]]\nname = "reception capacity"\nvalue = 2\nmunicipality = "Kirruna"\n'
        '[[levers]]\nname = "plan to building start"\nvalue = 0.1\n'
        '[[projects]]\nname = "stegre"\ndelay = 1\n'
    )
    text = mistake("check", str(scenario_file(body)))
    for part in (
        "trial.toml, levers.1: 'reception capasity' is not a known lever.\n  Did you mean 'reception capacity'?",
        "trial.toml, levers.2: 'Kirruna' is not a known municipality, county or labour-market region.\n",
        "trial.toml, levers.3: 'plan to building start' = 0.1 year is outside its range [0.5, 8].\n"
        "  The range comes from: ",
        '  To run it anyway, give the range and the reason: range = [0.1, 8], because = "…"',
        "trial.toml, projects.1: 'stegre' is not a known project.\n  Did you mean 'stegra'?",
    ):
        assert part in text


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--from", "2009"), "--from 2009: no run can start in 2009.\n"
         "  Runs start at the end of 2010 to 2024 and end by 2100.\n"),
        (("--until", "2101"), "--until 2101: no run can end in 2101.\n"
         "  Runs start at the end of 2010 to 2024 and end by 2100.\n"),
        (("--from", "2024", "--until", "2015"), "--from 2024 --until 2015: the years are reversed: the run would start "
         "in 2024 and end in 2015.\n  Runs start at the end of 2010 to 2024 and end by 2100.\n"),
    ],
)  # fmt: skip
def test_years_that_make_no_run_are_told(words, message):
    assert mistake("check", *words).endswith(message)


def test_a_run_may_end_before_the_base_year(tmp_path):
    out = tmp_path / "early"
    assert typed("run", "--from", "2018", "--until", "2020", "--out", str(out)).exit_code == 0
    text = (out / "summary.md").read_text(encoding="utf-8")
    assert "the named need" not in text
    built = re.search(r"([\d,.]+) completed per year since 2018\.", text)
    assert built is not None
    assert float(built[1].replace(",", "")) > 0


def test_a_scenario_of_ones_own_is_not_mistaken_for_an_output(tmp_path):
    out = tmp_path / "a" / "b"
    assert "'refrence' is not a known scenario" in mistake("run", "refrence", "--out", str(out))
    assert list(tmp_path.iterdir()) == []


def test_an_output_that_cannot_be_written_is_one_message():
    if not Path("/dev/full").exists():
        pytest.skip("this system has no disk that is always full")
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        command = [sys.executable, "sim.py", "list", "outputs"]
        done = subprocess.run(command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "cannot be read or written: No space left on device.\n"


def test_a_reader_that_goes_away_is_no_error():
    command = [sys.executable, "sim.py", "list", "parameters"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as listing:
        assert listing.stdout is not None
        assert listing.stderr is not None
        listing.stdout.close()
        assert listing.stderr.read() == ""


def test_an_output_folder_that_cannot_be_written_is_told_before_any_work(tmp_path):
    file = tmp_path / "file"
    file.write_text("mine", encoding="utf-8")
    assert mistake("run", "--out", str(file)) == (
        f"{file}: this is a file, not a folder.\n  Choose another place, or make this one writable.\n"
    )
    below = file / "run"
    assert mistake("run", "--out", str(below)).startswith(f"{below}: cannot be written: ")
    assert file.read_text(encoding="utf-8") == "mine"


def test_a_folder_with_other_files_is_left_as_it_is(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    text = mistake("run", "--out", str(tmp_path))
    assert "this folder has other files and no run.json of a run: it is no earlier run and is left as it is." in text
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_export_writes_the_model_with_the_scenario_in_force(tmp_path):
    path = tmp_path / "model.mdl"
    result = typed("export", "--to", str(path), "--scenario", "move-instead-of-fly-in", *SHORT)
    assert result.exit_code == 0, result.output
    assert "Population[sex, age, municipality]" in path.read_text(encoding="utf-8")
    assert [each.name for each in tmp_path.iterdir()] == ["model.mdl"]


def test_an_export_that_cannot_be_written_is_told(tmp_path):
    assert mistake("export", "--to", str(tmp_path / "model.doc")).endswith(
        "the ending tells no format.\n  Use .mdl (Vensim) or .xmile (XMILE).\n"
    )
    (tmp_path / "folder.mdl").mkdir()
    assert "this is a folder, not a file." in mistake("export", "--to", str(tmp_path / "folder.mdl"))
    own = ROOT / "model" / "sectors" / "mine.mdl"
    assert "here stands the model itself." in mistake("export", "--to", str(own))
    assert not own.exists()
    nowhere = tmp_path / "nowhere" / "model.mdl"
    assert f"{nowhere}: cannot be written: " in mistake("export", "--to", str(nowhere), *SHORT)


def test_an_unknown_variable_is_told_with_a_suggestion():
    assert mistake("explain", "in migratoin") == (
        "'in migratoin' is not a known variable.\n"
        "  Did you mean 'in migration'? All of them: sim.py list levers, parameters, outputs.\n"
    )
    assert "'migration' is not a known variable.\n" in mistake("explain", "migration")
    assert "in migration, out migration" in mistake("explain", "migration")


def test_a_result_made_after_the_run_is_explained_too():
    assert typed("explain", "New Residents").output.startswith("new_residents = Population(year) - ")


@pytest.mark.parametrize("words", [("simulate",), ("run", "--from", "soon"), ("list", "wishes"), ("run", "--colour")])
def test_words_that_are_no_command_are_told(words):
    result = typed(*words)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_a_damaged_data_table_is_told_with_its_place(project_copy):
    table = project_copy / "model" / "values" / "projects.csv"
    text = table.read_text(encoding="utf-8").replace("2010.5", "spring", 1)
    table.write_text(text, encoding="utf-8")
    done = in_copy(project_copy, "check")
    assert done.returncode == 2
    assert "model/values/projects.csv" in done.stderr
    assert "spring" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_mistake_in_an_equation_is_told_with_its_line(project_copy):
    sector = project_copy / "model" / "sectors" / "migration.mdl"
    text = sector.read_text(encoding="utf-8").replace("= in migration[municipality]", "= in migratoin[municipality]", 1)
    sector.write_text(text, encoding="utf-8")
    done = in_copy(project_copy, "check")
    assert done.returncode == 2
    assert "model/sectors/migration.mdl:" in done.stderr
    assert "Did you mean 'in migration'?" in done.stderr


@pytest.mark.parametrize(
    ("file", "what"),
    [
        ("model/places.csv", "the table is damaged"),
        pytest.param("model/glossary.csv", "the table is damaged", marks=pytest.mark.slow),
        pytest.param("model/values/sources_projects.csv", "the file is damaged", marks=pytest.mark.slow),
        ("calibration/history/municipality_year.csv", "the file is damaged"),
    ],
)
def test_a_damaged_file_is_told_by_its_name_with_a_way_back(project_copy, file, what):
    (project_copy / file).write_bytes(b"a,b\n1,\xff\n")
    done = in_copy(project_copy, "run", "--from", "2023", "--until", "2024")
    assert done.returncode == 2
    assert f"{file}: {what}: " in done.stderr
    assert f"Bring it back from version control: git checkout -- {file}" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list((project_copy / "outputs" / "runs").glob("*"))


def in_copy(copy, *words):
    """A command typed in a copy of the project."""
    command = [sys.executable, "sim.py", *words]
    environment = os.environ | {"PYTHONIOENCODING": "utf-8"}
    return subprocess.run(command, cwd=copy, capture_output=True, encoding="utf-8", env=environment, check=False)


def test_a_scenario_elsewhere_may_build_on_the_reference(tmp_path):
    path = tmp_path / "mine.toml"
    body = '[settings]\nuntil = 2024\nstart = 2020\n[[levers]]\nname = "grid programme"\nvalue = 2\nfrom = 2022\n'
    path.write_text(HEADER.replace('"none"', '"reference"') + body, encoding="utf-8")
    result = typed("check", str(path))
    assert result.exit_code == 0, result.output
    assert "grid programme: 1 → 2, from 2022" in result.output
    assert "In mine.toml, levers.1" in result.output
