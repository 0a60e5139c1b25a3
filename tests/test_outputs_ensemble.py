"""Bands of an ensemble: exact quantiles, totals made in each run, the chance of the target, bounded memory."""

import numpy as np
import pytest

from outputs.ensemble.areas import REGION
from outputs.ensemble.bands import build_bands
from outputs.ensemble.difference import Difference, check_pair, share_above
from outputs.ensemble.plausible import checks
from outputs.ensemble.publish import check_numbers
from outputs.ensemble.quantiles import QUANTILES, spread
from outputs.ensemble.slabs import Budget, slabs
from outputs.ensemble.source import Source
from outputs.ensemble.target import chance_of, reach_target, target_table
from outputs.ensemble.words import chance_in_words
from outputs.glossary import read_glossary
from scenarios.places import read_places
from scenarios.problems import ScenarioError
from tests.bands_support import PLAN, YEARS, counted, made_up_members, made_up_source

SPACE = "\N{NO-BREAK SPACE}"


def _quiet(part):
    assert part


@pytest.fixture(scope="module")
def source():
    return made_up_source()


@pytest.fixture(scope="module")
def bands(source):
    return build_bands(source, read_glossary(), _quiet)


@pytest.mark.parametrize("count", [1, 2, 7, 40])
def test_quantiles_are_those_of_numpy(count):
    values = np.random.default_rng(1).normal(size=(count, 3, 5))
    found = spread(values)
    assert np.allclose(found.quantiles, np.quantile(values, QUANTILES, axis=0), rtol=1e-6, atol=1e-6)
    assert np.allclose(found.mean, values.mean(axis=0))
    assert np.allclose(found.deviation, values.std(axis=0, ddof=1) if count > 1 else np.nan, equal_nan=True)


def test_a_member_without_a_number_leaves_its_cells_without_bands():
    values = np.arange(12.0).reshape(4, 3)
    values[1, 2] = np.nan
    found = spread(values)
    assert np.isnan(found.quantiles[:, 2]).all()
    assert np.isnan(found.error[2])
    assert np.isfinite(found.quantiles[:, :2]).all()


def test_the_error_of_the_median_is_that_of_repeated_samples():
    random = np.random.default_rng(3)
    medians = np.median(random.normal(size=(4000, 400)), axis=1)
    told = spread(random.normal(size=(400, 200))).error
    assert float(told.mean()) == pytest.approx(float(medians.std()), rel=0.1)


def test_bands_of_a_municipality_are_those_of_its_members(source, bands):
    members = source.members["dwellings"].astype(float).sel(municipality="2480", year=2040)
    assert np.allclose(bands["dwellings"].sel(area="2480", year=2040), np.quantile(members, QUANTILES), rtol=1e-12)


def test_totals_are_summed_in_each_run_before_quantiles(source, bands):
    people = source.members["total_population"].astype(float)
    for code, inside in ((REGION, ""), ("24", "24"), ("25", "25")):
        own = [each for each in people["municipality"].values if str(each).startswith(inside)]
        expected = np.quantile(people.sel(municipality=own).sum("municipality"), QUANTILES, axis=0)
        assert np.allclose(bands["total_population"].sel(area=code), expected, rtol=1e-6)
    municipal = bands["total_population"].isel(area=slice(29)).sel(quantile=0.975, year=2040).sum()
    assert float(municipal) > 1.01 * float(bands["total_population"].sel(area=REGION, quantile=0.975, year=2040))


def test_a_rate_of_the_region_is_made_from_its_parts_in_each_run(source, bands):
    parts = [source.members[name].astype(float).sum("municipality") for name in ("unemployed", "labour_force")]
    expected = np.quantile(parts[0] / parts[1], QUANTILES, axis=0)
    assert np.allclose(bands["unemployment_rate"].sel(area=REGION), expected, rtol=1e-6)


def test_a_rate_whose_parts_are_not_kept_has_no_value_for_the_region(source):
    alone = source.members[["total_population", "unemployment_rate"]]
    found = build_bands(Source(alone, source.settings, source.places, source.base), read_glossary(), _quiet)
    assert np.isnan(found["unemployment_rate"].sel(area=REGION)).all()
    assert np.isfinite(found["unemployment_rate"].sel(area="2480")).all()


def test_what_has_no_meaning_for_a_region_has_no_number_there(bands):
    assert np.isnan(bands["push"].sel(area=[REGION, "24", "25"])).all()
    index = bands["house_price_index"].sel(area=REGION, quantile=0.5, year=2024)
    assert float(index) == pytest.approx(1.0)


def test_results_keep_their_other_dimensions(bands):
    assert bands["population_by_sex"].dims == ("quantile", "year", "sex", "area")
    assert bands["project_jobs"].dims == ("quantile", "year", "project")
    assert bands["population_by_sex"].attrs["units"] == "persons"
    assert bands["net_migration"].attrs["cell_methods"] == "year: sum"
    assert np.isnan(bands["net_migration"].sel(year=2024)).all()
    assert all("long_name_sv" in array.attrs for array in bands.data_vars.values())


def test_new_residents_count_from_the_observed_base_year(source, bands):
    people = source.members["total_population"].astype(float).sum("municipality").sel(year=2040)
    expected = np.quantile(people - float(source.base.sum()), QUANTILES)
    assert np.allclose(bands["new_residents"].sel(area=REGION, year=2040), expected)


def test_new_residents_count_from_each_runs_own_base_year_when_it_holds_it(source):
    settings = source.settings.model_copy(update={"base_year": 2030})
    own = build_bands(Source(source.members, settings, source.places), read_glossary(), _quiet)
    assert float(abs(own["new_residents"].sel(year=2030)).max()) == 0
    people = source.members["total_population"].astype(float).sum("municipality")
    expected = np.quantile(people.sel(year=2040) - people.sel(year=2030), QUANTILES)
    assert np.allclose(own["new_residents"].sel(area=REGION, year=2040), expected)


@pytest.mark.parametrize("budget", [Budget(1, 1), Budget(5_000, 2_000), Budget(50_000, 7_000)])
def test_slabs_change_nothing_and_no_reading_is_larger_than_the_budget(source, bands, budget):
    members, noted = counted(source.members)
    found = build_bands(Source(members, source.settings, source.places, source.base, budget), read_glossary(), _quiet)
    for name in bands.data_vars:
        assert np.allclose(found[name], bands[name], rtol=1e-12, atol=1e-9, equal_nan=True)
    least = source.count * 29
    assert max(max(each.readings) for each in noted.values()) <= max(budget.read, least)


def test_what_is_read_at_once_does_not_grow_with_the_ensemble():
    largest = []
    for count in (100, 600):
        members, noted = counted(made_up_members(count)[["total_population", "population_by_sex"]])
        settings = made_up_source(1).settings
        reach_target(Source(members, settings, read_places(), made_up_source(1).base, Budget(40_000, 10_000)))
        build_bands(
            Source(members, settings, read_places(), made_up_source(1).base, Budget(40_000, 10_000)), {}, _quiet
        )
        largest.append(max(max(each.readings) for each in noted.values()))
    assert largest[1] <= 40_000
    assert largest[0] > 30_000  # the smaller one fills its slabs as well


def test_slabs_cover_an_array_once(source):
    array = source.members["population_by_sex"]
    seen = np.zeros((len(YEARS), 2), dtype=int)
    for slab in slabs(array, 3_000):
        seen[slab["year"], slab["sex"]] += 1
    assert (seen == 1).all()


def test_the_target_is_reached_in_the_runs_that_have_been_above_it(source):
    found = reach_target(source)
    new = source.members["total_population"].astype(float).sum("municipality") - float(source.base.sum())
    ever = (new >= 60_000).cumsum("year") > 0
    assert [chance.reached for chance in found.by_then] == ever.sum("member").values.tolist()
    assert [chance.reached for chance in found.then] == (new >= 60_000).sum("member").values.tolist()
    assert 0 < found.by_then[-1].reached < source.count
    shares = [chance.share for chance in found.by_then]
    assert shares == sorted(shares)


def test_the_targets_table_has_the_chance_with_its_interval_and_new_residents(source, bands):
    row = target_table(reach_target(source), bands).to_dict("records")[-1]
    assert (row["year"], row["runs"]) == (2040, 40)
    assert 0 < row["probability_low_95"] < row["probability_by_then"] < row["probability_high_95"]
    expected = float(bands["new_residents"].sel(area=REGION, year=2040, quantile=0.1))
    assert row["new_residents_q10"] == pytest.approx(expected)


def test_the_interval_of_a_chance_is_the_exact_binomial_one():
    chance = chance_of(8, 40)
    assert chance.low == pytest.approx(0.0905, abs=5e-5)
    assert chance.high == pytest.approx(0.3565, abs=5e-5)
    assert chance_of(0, 1000).high == pytest.approx(1 - 0.025 ** (1 / 1000))


@pytest.mark.parametrize(
    ("reached", "runs", "english", "swedish"),
    [
        (0, 1000, "in none of 1,000 runs: less than 1 in 270", f"i ingen av 1{SPACE}000 körningar: mindre än 1 på 270"),
        (1000, 1000, "in all 1,000 runs: more than 269 in 270", f"i alla 1{SPACE}000 körningar: mer än 269 på 270"),
        (
            340,
            1000,
            "in 34 of 100 runs (between 31 and 37 with 95 % certainty)",
            "i 34 av 100 körningar (mellan 31 och 37 med 95 % säkerhet)",
        ),
        (
            4,
            10_000,
            "in 4 of 10,000 runs (between 1 and 10 with 95 % certainty)",
            f"i 4 av 10{SPACE}000 körningar (mellan 1 och 10 med 95 % säkerhet)",
        ),
        (
            2,
            300,
            "in 2 of 300 runs (between 1 and 24 of 1,000 with 95 % certainty)",
            f"i 2 av 300 körningar (mellan 1 och 24 av 1{SPACE}000 med 95 % säkerhet)",
        ),
        (
            255,
            256,
            "in 255 of 256 runs (at least 978 of 1,000 with 95 % certainty)",
            f"i 255 av 256 körningar (minst 978 av 1{SPACE}000 med 95 % säkerhet)",
        ),
        (
            120,
            10_000,
            "in 12 of 1,000 runs (between 10 and 14 with 95 % certainty)",
            f"i 12 av 1{SPACE}000 körningar (mellan 10 och 14 med 95 % säkerhet)",
        ),
        (3, 10, "in 3 of 10 runs: too few runs to say more", "i 3 av 10 körningar: för få för mer"),
    ],
)
def test_a_chance_in_words_is_never_nought_or_certain(reached, runs, english, swedish):
    chance = chance_of(reached, runs)
    assert chance_in_words(chance, "en") == english
    assert chance_in_words(chance, "sv") == swedish


def test_two_scenarios_are_compared_member_by_member(source):
    more = source.members.assign(total_population=source.members["total_population"] + 10.0)
    pair = Difference(Source(more, source.settings, source.places, source.base), source)
    found = build_bands(pair, read_glossary(), _quiet)
    assert np.allclose(found["total_population"].isel(area=slice(29)), 10.0, atol=0.01)
    assert np.allclose(found["total_population"].sel(area=REGION), 290.0, atol=0.1)
    assert "new_residents" not in found
    assert (share_above(pair, "total_population") == 1).all()
    assert (share_above(pair, "dwellings") == 0).all()


def test_the_rate_of_a_difference_is_the_difference_of_rates(source):
    twice = source.members.assign(unemployed=source.members["unemployed"] * 2)
    pair = Difference(Source(twice, source.settings, source.places, source.base), source)
    found = build_bands(pair, read_glossary(), _quiet)
    assert np.allclose(found["unemployment_rate"].isel(area=slice(29)), 0.0)


def test_ensembles_that_are_not_pairs_are_refused_with_both_values():
    other = PLAN | {"seed": 8, "chance": PLAN["chance"] | {"dimensions": ["a"], "held by the scenario": ["b"]}}
    with pytest.raises(ScenarioError) as refused:
        check_pair(PLAN, other, ("late", "reference"))
    text = str(refused.value)
    assert "late: the members are not pairs: seed is 7 here and 8 in reference." in text
    assert "Run both with the same --seed." in text
    assert "chance.dimensions is ['a', 'b'] here and ['a'] in reference." in text
    assert "held by the scenario" not in text


def test_equal_plans_are_pairs():
    check_pair(PLAN, dict(PLAN), ("late", "reference"))


def test_members_without_numbers_are_refused():
    members = made_up_members(5)
    members["total_population"][3, 2, 1] = np.inf
    with pytest.raises(ScenarioError, match=r"1 of 5 members have people that are no number \(the first: 3\)"):
        check_numbers(members)


def test_the_bands_are_plausible_and_the_checks_can_fail():
    many = made_up_source(400)
    people = Source(many.members[["total_population"]], many.settings, many.places, many.base)
    found = build_bands(people, {}, _quiet)
    held = {check.key: check for check in checks(found)}
    assert [check.key for check in held.values() if check.holds] == ["small is wider", "widens", "together"]
    assert 1 < float(held["together"].numbers["ratio"]) < float(held["together"].numbers["most"])
    turned = found.copy()
    turned["total_population"] = (found["total_population"].dims, found["total_population"].values[:, ::-1])
    assert not {check.key: check.holds for check in checks(turned)}["widens"]


def test_independent_municipalities_have_a_ratio_near_one(source):
    random = np.random.default_rng(5)
    people = source.members["total_population"] * 0 + random.normal(1000, 10, source.members["total_population"].shape)
    alone = Source(
        people.assign_attrs(units="persons").to_dataset(name="total_population"),
        source.settings.model_copy(update={"base_year": 2024}),
        source.places,
    )
    found = {check.key: check for check in checks(build_bands(alone, {}, _quiet))}
    assert float(found["together"].numbers["ratio"]) == pytest.approx(1.0, abs=0.35)
