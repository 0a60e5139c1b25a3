"""What a search for a target does with the real model: costs, limits, values in force, the scenario it writes."""

import csv
import json
import tomllib
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from model.language import load_model
from outputs.glossary import read_glossary
from outputs.observed import observed_population
from outputs.publish import Publication
from outputs.target.publish import Place, publish_target
from outputs.target.summary import SCENARIO
from scenarios.apply import apply_or_raise
from scenarios.problems import ScenarioError
from scenarios.run import Order, prepare, simulate_scenario
from scenarios.target.bases import BY_NAME, Span
from scenarios.target.costs import BASES, TABLE, chosen, read_costs
from scenarios.target.handles import Handles
from scenarios.target.limits import read_limits
from scenarios.target.measures import MEASURES, Seen
from scenarios.target.order import Effort, TargetOrder
from scenarios.target.prepare import Known, make_ready
from scenarios.target.take import search_target

EFFORT = Effort(members=8, fresh=8, steps=2, starts=1, frontier=1)
ORDER = TargetOrder(
    30_000, by=2030, levers=("reception capacity", "relocation incentive", "equalisation guarantee"), fit="none",
    effort=EFFORT, workers=1, probability=0.5,
)  # fmt: skip
BEGUN = datetime(2025, 1, 31, tzinfo=UTC)


@pytest.fixture(scope="module")
def known():
    return Known(read_glossary(), observed_population)


@pytest.fixture(scope="module")
def taken(known, tmp_path_factory):
    return search_target(ORDER, known, lambda _: None, str, tmp_path_factory.mktemp("store"))


@pytest.fixture(scope="module")
def published(taken, tmp_path_factory):
    folder = tmp_path_factory.mktemp("out") / "target"
    told = publish_target(taken, Place(Publication(folder, "sv", ["sim.py", "target"], BEGUN)), lambda _: None)
    return folder, told


def test_every_lever_is_a_measure_with_a_cost_or_none_with_a_reason():
    costs, model = read_costs(), load_model()
    levers = {name for name, variable in model.variables.items() if variable.kind == "lever"}
    assert set(costs.measures) | set(costs.others) == levers
    assert all(reason for reason in costs.others.values())
    assert {cost.lever for cost in chosen(costs, (), model)} == set(costs.measures)
    for chance in ("fertility lever", "immigration lever", "moves in noise", "project delay"):
        assert chance in costs.others


def test_everything_that_can_be_paid_for_is_counted():
    assert set(BY_NAME) == set(BASES)
    model = load_model()
    for base in BY_NAME.values():
        assert all(name in model.variables for name in base.variables)
    for measure in MEASURES.values():
        assert all(name in model.variables for name in measure.variables)


def test_support_is_paid_to_those_who_moved_in_since_it_began_for_five_years():
    moved = np.ones((1, 10, 1))
    moved[0, 0] = np.nan  # the first year's flows are unknown
    years = tuple(range(2024, 2034))
    paid = BY_NAME["newcomer"].count({"in_migration_jobs": moved}, Span(years, 2027))
    assert paid[0, :, 0].tolist() == [0, 0, 0, 1, 2, 3, 4, 5, 5, 5]


def test_municipalities_pay_from_their_own_result_and_the_state_has_a_bill():
    span = Span((2029, 2030), 2030)
    found = {"municipal_result": np.array([[[9e6], [5e6]]]), "municipal_revenue": np.array([[[9e8], [1e8]]])}
    paid = {payer: np.array([[100.0, 2.0]]) for payer in ("municipality", "region", "state", "residents")}
    seen = Seen(found, paid, span)
    assert MEASURES["municipal_result"].value(seen) == pytest.approx([0.03])
    assert MEASURES["public_cost"].value(seen) == pytest.approx([4.0])


def test_the_table_of_limits_is_read_and_options_change_it():
    limits = {limit.name: limit for limit in read_limits(None, ("homes_completed=5000", "unfilled=none"))}
    assert limits["homes_completed"].bound == 5000
    assert limits["homes_completed"].is_most
    assert not limits["municipal_result"].is_most
    assert "unfilled" not in limits
    assert set(limits) | {"unfilled"} == set(MEASURES)
    assert all(each.source[0] and each.source[1] and each.quality for each in limits.values())


def test_the_bill_counts_what_is_done(taken):
    machine = taken.ready.machine
    at = machine.handles.of("equalisation guarantee")[0]
    strengths = np.zeros(len(machine.handles.each))
    strengths[at] = 1.0
    numbers = machine.numbers(np.stack([strengths, strengths / 2]))
    costs = numbers[:, :, machine.aim.columns :]
    assert (costs[..., [k for k in range(len(strengths)) if k != at]] == 0).all()
    # 0.15 of the country's tax base a head, times half a million people, times the county rate, four years, phased in
    yearly = costs[0, :, at].mean() / taken.wish.years
    assert 1_500 < yearly < 4_500
    assert costs[1, :, at] == pytest.approx(costs[0, :, at] / 2, rel=0.05)


def test_strengths_move_levers_exactly_as_the_scenario_written_does(taken, published):
    folder, _ = published
    order, machine = taken.ready.order, taken.ready.machine
    read = prepare(Order(str(folder / SCENARIO), 2024, order.by, machine.backend, "none"))
    inputs = apply_or_raise(read.scenario, read.problems, read.model, read.inputs).inputs
    written = tuple(replace(each, present=timed(inputs, each.cost.lever)) for each in machine.handles.each)
    again = replace(machine, inputs=inputs, handles=Handles(written, machine.handles.times, machine.handles.ramp))
    outcomes = again.numbers(np.zeros((1, len(written))))[0, :, 0]
    assert taken.answer.mix.point.any()
    assert outcomes.tolist() == taken.answer.mix.outcomes.tolist()


def timed(inputs, lever):
    """A lever's values of a scenario, time first."""
    values = inputs[lever]
    return values.transpose(*(["time"] if "time" in values.dims else []), ...).values


def test_one_run_of_the_scenario_gives_the_number_told(taken, published):
    folder, _ = published
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    run = simulate_scenario(Order(str(folder / SCENARIO), fit="none"), ["population"], lambda _: None)
    people = float(run.annual["population"].sel(year=2030).sum() - run.annual["population"].sel(year=2022).sum())
    assert record["target"]["mix"]["single_run"] == pytest.approx(people, abs=1e-6)


def test_the_folder_holds_the_answer_first(published):
    folder, told = published
    summary = (folder / "summary.md").read_text(encoding="utf-8")
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    figures = {f"figures/{name}.{kind}" for name in ("frontier", "levers", "limits") for kind in ("png", "svg")}
    tables = {f"{name}{end}.csv" for name in ("levers", "mix", "limits", "frontier") for end in ("", "-sv")}
    assert names == {"summary.md", "run.json", SCENARIO, *figures, *tables}
    assert summary.startswith("# Vad krävs för 30\N{NO-BREAK SPACE}000 nya invånare till 2030?")
    assert "5 av 10 körningar" in told
    assert summary.index("## Svaret") < summary.index("## Vad som tar emot") < summary.index("## Blandningen")
    assert "{" not in summary


def test_the_scenario_says_honestly_how_far_it_gets(taken, published):
    written = tomllib.loads((published[0] / SCENARIO).read_text(encoding="utf-8"))
    fresh = taken.mix
    assert written["baseline"] == "reference"
    assert f"{fresh.reached} av 8" in written["description"]["sv"].replace("\N{NO-BREAK SPACE}", " ")
    assert written["title"]["en"] == "Towards 30,000 new residents by 2030"
    assert all(lever["from"] == 2027 and lever["ramp"] == 3 for lever in written["levers"])


def test_the_table_tells_which_krona_gives_most(published):
    with (published[0] / "levers.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["where"] in ("everywhere", "i lag, båda länen")]
    assert {row["lever"] for row in rows} <= set(ORDER.levers)
    assert all(float(row["cost_low"]) <= float(row["cost_msek_per_year"]) <= float(row["cost_high"]) for row in rows)


def test_the_check_uses_members_that_the_search_has_not_seen(taken):
    assert len(taken.mix.outcomes) == EFFORT.fresh
    assert taken.checked != ORDER.seed
    assert not set(taken.mix.outcomes.tolist()) & set(taken.answer.mix.outcomes.tolist())


def test_the_same_search_on_two_threads_gives_the_same_numbers(taken):
    machine = taken.ready.machine
    points = np.stack([taken.answer.mix.point, np.zeros_like(taken.answer.mix.point)])
    assert (replace(machine, workers=2).numbers(points) == machine.numbers(points)).all()


def test_a_municipality_has_its_own_target_and_its_own_measures(known):
    order = replace(ORDER, places=("Skellefteå",), target=5_000)
    ready = make_ready(order, known)
    machine = ready.machine
    assert ready.places == ("2482",)
    assert {len(handle.where) for handle in machine.handles.each} == {1, 0}
    numbers = machine.numbers(np.zeros((1, len(machine.handles.each))))
    assert 0 < abs(numbers[0, :, 0]).mean() < 20_000


def test_other_results_can_be_wanted_and_held_down(known):
    order = replace(ORDER, outcome="unemployment_rate", target=0.05, at_most=True)
    machine = make_ready(order, known).machine
    values = machine.numbers(np.zeros((1, len(machine.handles.each))))[0, :, 0]
    assert ((values > 0.001) & (values < 0.3)).all()


def test_the_table_of_costs_is_named_where_it_is_wrong(tmp_path):
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    broken = tmp_path / "costs.csv"
    broken.write_text("\n".join([lines[0], lines[1].replace(",0.8,0.3,2,", ",0.8,3,2,"), lines[1]]), encoding="utf-8")
    with pytest.raises(
        ScenarioError, match=r"line 2: low 3, cost 0\.8, high 2: expected numbers from 0 in rising order"
    ):
        read_costs(broken)
