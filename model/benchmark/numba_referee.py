"""The population and migration sectors written by hand for Numba: a third implementation, and a mark for speed.

Written from the equations of model/sectors/population.mdl and migration.mdl as one would who wants it fast: plain
loops, one pass over sex and age, nothing stored that the results do not need. It shares no code with the engine.
"""

from __future__ import annotations

from math import exp, log
from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from model.benchmark.numbers import Numbers

Values = NDArray[np.float64]

SMALL = 1e-6  # below it Vensim takes a denominator for zero
OLDEST = 100
WOMEN = 0


class Results(NamedTuple):
    """Population on 31 December [year, sex, age, municipality]; flows in persons/year [step, municipality]."""

    population: Values
    births: Values
    deaths: Values
    in_migration: Values
    out_migration: Values


class _Now(NamedTuple):
    """What a step knows of each municipality before it looks at people; all relative to the reference period."""

    leaving: Values
    young: Values
    drawing: Values
    background: Values
    immigration: Values
    mortality: Values
    called: Values


class _State(NamedTuple):
    """People, arrivals of the step before, perceptions (three rows), flows (four rows)."""

    people: Values
    lately: Values
    perceived: Values
    flows: Values


class _Moves(NamedTuple):
    """By sex, age and municipality: people at hand, who leaves within the county and for Sweden; by county: draws."""

    cohort: Values
    own: Values
    rest: Values
    within: Values
    sweden: Values


def run(numbers: Numbers) -> Results:
    """Return population and flows of the run; compiles on the first call."""
    return Results(*_run(*numbers))


@njit(error_model="numpy")
def _run(p: Any, t: Any, paths: Any) -> Any:
    steps, places = paths.unemployed.shape
    per_year = round(1 / p.time_step)
    people, other = t.initial_population.copy(), _other_county_part(p, t)
    by_year = np.empty(((steps - 1) // per_year + 1, *people.shape))
    lately = t.in_level_rest_of_sweden + t.in_level_abroad
    state = _State(people, lately, np.empty((3, places)), np.zeros((4, steps, places)))
    buffers = np.empty((7, places))
    now = _Now(buffers[0], buffers[1], buffers[2], buffers[3], buffers[4], buffers[5], buffers[6])
    three, draws = np.empty((3, *people.shape)), np.empty((2, 2, OLDEST + 1, len(other)))
    moves = _Moves(three[0], three[1], three[2], draws[0], draws[1])
    _perceive_first(p, paths, state.perceived)
    for n in range(steps):
        if n % per_year == 0:
            by_year[n // per_year] = people
        _conditions(n, (p, t, paths), state, now)
        _everyone(n, (p, t, paths), (state, now, moves, other))
    return by_year, state.flows[0], state.flows[1], state.flows[2], state.flows[3]


@njit(error_model="numpy")
def _other_county_part(p: Any, t: Any) -> Any:
    """Return the part of the moves in from Sweden that comes from the other county, base year, by county."""
    counties = t.county.max() + 1
    left, arrived = np.zeros(counties), np.zeros(counties)
    for m in range(len(t.county)):
        left[t.county[m]] += (t.initial_population[:, :, m] * t.out_rate_rest_of_sweden[:, :, m]).sum()
        arrived[t.county[m]] += t.in_level_rest_of_sweden[:, :, m].sum()
    return p.share_to_the_other_county * (left.sum() - left) / ((1 - p.job_share_of_moves_in) * arrived)


@njit(error_model="numpy")
def _unemployment(n: int, m: int, p: Any, paths: Any) -> float:
    """Return unemployment as movers meet it, without the newly included."""
    reached = paths.inclusion[n, m] * p.inclusion_reach
    included = paths.labour_force[n, m] * reached / (1 + reached)
    others = paths.labour_force[n, m] - included
    seeking = max(0.0, paths.unemployed[n, m] - included * p.unemployment_among_the_included)
    return seeking / others if abs(others) >= SMALL else 0.0


@njit(error_model="numpy")
def _perceive_first(p: Any, paths: Any, perceived: Any) -> None:
    for m in range(perceived.shape[1]):
        perceived[0, m] = _unemployment(0, m, p, paths)
        perceived[1, m] = paths.choice_of_homes[0, m]
        perceived[2, m] = 0.0


@njit(error_model="numpy")
def _bounded(attraction: float) -> float:
    return 2 / (1 + exp(-2 * attraction))


@njit(error_model="numpy")
def _conditions(n: int, numbers: Any, state: Any, now: Any) -> None:
    """Fill in what pushes and pulls in each municipality now, then let perceptions follow."""
    p, t, paths = numbers
    for m in range(len(t.county)):
        unemployment, homes, services = state.perceived[:, m]
        scarce = log((unemployment + p.unemployment_noticed) / (t.reference_unemployment[m] + p.unemployment_noticed))
        tax = p.response_of_moves_to_tax * log(paths.net_of_tax[n, m])
        push = _bounded(
            p.response_of_leaving_to_unemployment * scarce
            - p.response_of_leaving_to_homes * homes
            - p.response_of_leaving_to_services * services
            - tax
        )
        pull = _bounded(
            -p.response_of_moving_in_to_unemployment * scarce
            + p.response_of_moving_in_to_homes * homes
            + p.response_of_moving_in_to_services * services
            + tax
        )
        size = exp(p.draw_of_size * log(max(paths.relative_population[n, m], p.tiny)))
        now.leaving[m] = push * paths.domestic_mobility_level[n] * exp(paths.moves_out_noise[n, m])
        now.young[m] = paths.youth_retention[n, m] - 1
        now.drawing[m] = pull * size * exp(paths.moves_in_noise[n, m])
        now.background[m] = now.drawing[m] * (1 - p.job_share_of_moves_in)
        now.immigration[m] = now.background[m] * paths.immigration_level[n] * paths.immigration_lever[n, m]
        now.immigration[m] *= exp(paths.immigration_noise[n, m])
        now.mortality[m] = paths.mortality_year_effect[n] * paths.mortality_level[n, m]
        now.mortality[m] *= paths.mortality_lever[n, m] * exp(paths.mortality_noise[n, m])
        now.called[m] = paths.in_migration_jobs[n, m] + paths.attraction_campaigns[n, m] * p.persons_per_campaign
        met = _unemployment(n, m, p, paths)
        state.perceived[0, m] += p.time_step * (met - unemployment) / p.time_to_perceive
        state.perceived[1, m] += p.time_step * (paths.choice_of_homes[n, m] - homes) / p.time_to_perceive
        state.perceived[2, m] += p.time_step * (log(paths.service_level[n, m]) - services) / p.time_to_change_reputation


@njit(error_model="numpy")
def _everyone(n: int, numbers: Any, known: Any) -> None:
    """Move all people one step on; the newborn enter last."""
    p, t, paths = numbers
    state, now, moves, other = known
    _cohorts(paths.time[n] % 1.0 < p.time_step / 2, state.people, moves.cohort)
    _leave(n, numbers, (state, now, moves))
    _draw(n, numbers, (now, moves, other))
    _arrive(n, (p, t), (state, now, moves))
    for m in range(len(t.county)):
        births = state.flows[0, n, m] * paths.fertility_level[n] * paths.fertility_lever[n, m]
        births *= t.local_fertility[m] * exp(paths.fertility_noise[n, m])
        state.flows[0, n, m] = births
        for s in range(2):
            state.people[s, 0, m] += p.time_step * births * t.share_at_birth[s]


@njit(error_model="numpy")
def _cohorts(turn: bool, people: Any, cohort: Any) -> None:
    """Fill in people by the age they attain this year: at the turn of the year each age takes over the younger one."""
    if not turn:
        cohort[:] = people
        return
    cohort[:, 0] = 0.0
    cohort[:, 1:] = people[:, :-1]
    cohort[:, OLDEST] += people[:, OLDEST]


@njit(error_model="numpy")
def _leave(n: int, numbers: Any, known: Any) -> None:
    """Take out the dead and the leavers of every sex and age."""
    p, t, paths = numbers
    state, now, moves = known
    dt = p.time_step
    deaths, moves_out, births = state.flows[1, n], state.flows[3, n], state.flows[0, n]
    footloose, peak, age = paths.footloose_intensity[n], t.newcomer_profile.max(), paths.time[n]
    for s in range(2):
        for a in range(OLDEST + 1):
            hazard = t.mortality_rate[s, a] * exp(-t.mortality_decline[s, a] * (age - p.mortality_reference_time))
            profile = t.newcomer_profile[s, a] / peak
            fertility = t.fertility_rate[a] if s == WOMEN else 0.0
            for m in range(len(footloose)):
                leaving = now.leaving[m] * (1 + t.youth[a] * now.young[m])
                dying = hazard * t.local_mortality[s, m] * now.mortality[m]
                own = t.out_rate_own_county[s, a, m] * leaving
                rest = t.out_rate_rest_of_sweden[s, a, m] * leaving + profile * footloose[m]
                away = own + rest + t.out_rate_abroad[s, a, m] * leaving
                risk = (dying + away) * dt
                cohort = moves.cohort[s, a, m]
                exposed = cohort + state.lately[s, a, m] * dt / 2
                exposed *= (1 - exp(-risk)) / risk if abs(risk) >= SMALL else 1.0
                moves.own[s, a, m] = exposed * own
                moves.rest[s, a, m] = exposed * rest
                state.people[s, a, m] = cohort - exposed * risk
                deaths[m] += exposed * dying
                moves_out[m] += exposed * away
                births[m] += cohort * fertility


@njit(error_model="numpy")
def _draw(n: int, numbers: Any, known: Any) -> None:
    """Find how many arrive per unit of drawing power, by county: from within it, and from the rest of Sweden."""
    p, t, paths = numbers
    now, moves, other = known
    leavers, weight = np.empty(len(other)), np.empty(len(other))
    rest, level = np.empty(len(other)), np.empty(len(other))
    for s in range(2):
        for a in range(OLDEST + 1):
            leavers[:], weight[:], rest[:], level[:] = 0.0, 0.0, 0.0, 0.0
            for m in range(len(t.county)):
                c = t.county[m]
                leavers[c] += moves.own[s, a, m]
                weight[c] += t.arrival_propensity_own_county[s, a, m] * now.drawing[m]
                rest[c] += moves.rest[s, a, m]
                level[c] += t.in_level_rest_of_sweden[s, a, m] * now.background[m]
            index = paths.national_age_index[n, a] * paths.domestic_mobility_level[n]
            for c in range(len(other)):
                neighbours = p.share_to_the_other_county * (rest.sum() - rest[c])
                moves.within[s, a, c] = leavers[c] / weight[c] if abs(weight[c]) >= SMALL else 0.0
                moves.sweden[s, a, c] = (1 - other[c]) * index
                moves.sweden[s, a, c] += neighbours / level[c] if abs(level[c]) >= SMALL else 0.0


@njit(error_model="numpy")
def _arrive(n: int, numbers: Any, known: Any) -> None:
    """Bring in those who arrive: from the own county, from Sweden, from abroad, for a job or a campaign."""
    p, t = numbers
    state, now, moves = known
    moves_in = state.flows[2, n]
    for s in range(2):
        for a in range(OLDEST + 1):
            for m in range(len(moves_in)):
                c = t.county[m]
                arrivals = (
                    t.arrival_propensity_own_county[s, a, m] * now.drawing[m] * moves.within[s, a, c]
                    + t.in_level_rest_of_sweden[s, a, m] * now.background[m] * moves.sweden[s, a, c]
                    + t.in_level_abroad[s, a, m] * now.immigration[m]
                    + t.newcomer_profile[s, a] * now.called[m]
                )
                state.lately[s, a, m] = arrivals
                state.people[s, a, m] += p.time_step * arrivals
                moves_in[m] += arrivals
