"""The table of ratios: what was measured beside what was promised, and plainly what is not met."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Measured = Mapping[str, Any]

MS = 1_000.0
MIB = 2.0**20
STEPS_A_YEAR, MANY = 4, 10_000
# The promises, for the full model on a machine of two cores.
SINGLE_RUN = 15.0  # milliseconds
TIMES_PYSD, TIMES_PYSIMLIN, TIMES_PYSD_IN_ENSEMBLE = 5_000.0, 100.0, 15_000.0
TEN_THOUSAND = 60.0  # seconds
FLAT = 1.1  # peak memory at ten thousand members, relative to that at a thousand
GRADIENT = 8.0  # runs forward
HAND_WRITTEN = 2.0  # times the hand-written sectors' time


@dataclass(frozen=True)
class Row:
    """One line: what, our number and theirs as shown, the ratio (or time) with its unit, and its limit, if any."""

    what: str
    ours: str
    theirs: str = ""
    ratio: float | None = None
    unit: str = "×"
    at_least: float | None = None
    at_most: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether the limit is kept; None without a limit."""
        if self.at_least is None and self.at_most is None:
            return None
        if self.ratio is None:
            return False
        return self.ratio >= self.at_least if self.at_least is not None else self.ratio <= (self.at_most or 0.0)

    def text(self) -> str:
        """Return the line in Markdown."""
        verdict = {True: "yes", False: "**no**", None: "–"}[self.met]
        ratio = "" if self.ratio is None else f"{shown(self.ratio)} {self.unit}"
        budget = "" if self.at_least is None else f"≥ {shown(self.at_least)} {self.unit}"
        budget = budget if self.at_most is None else f"≤ {shown(self.at_most)} {self.unit}"
        return f"| {self.what} | {self.ours} | {self.theirs} | {ratio} | {budget} | {verdict} |"


def rows(measured: Measured) -> list[Row]:
    """Return the lines; a part that was not measured says so and counts as not met."""
    found: list[Row] = []
    for what, part in PARTS.items():
        try:
            found += part(measured)
        except (KeyError, TypeError):
            found.append(Row(f"{what}: not measured", "", at_most=0.0, unit=""))
    return found


def markdown(record: Measured) -> str:
    """Return the table with the machine and its versions; what is not met is said in words before it."""
    found = rows(record["measured"])
    machine = record["machine"]
    missed = [row.what for row in found if row.met is False]
    verdict = f"Not met: {'; '.join(missed)}." if missed else "Every budget is met."
    versions = ", ".join(f"{name} {version}" for name, version in machine["versions"].items())
    lines = [
        "# Speed of the engine",
        f"Full model, single-year ages, 29 municipalities, 31 December 2010 to 2050 in quarters. {verdict}",
        "\n".join(
            ["| what | ours | theirs | ratio | budget | met |", "|---|---|---|---|---|---|", *(r.text() for r in found)]
        ),
        NOTES,
        f"Machine: {machine['processor']}, {machine['cores']} cores, {machine['system']}. Versions: {versions}.",
        f"Equations: {record['model']}.",
    ]
    return "\n\n".join(lines) + "\n"


NOTES = """\
Contestants take turns in a process of their own, after a first call that compiles; the shortest time counts (median in
parentheses), since other work on the machine only ever adds. Our single run is the whole call of `simulate`, from
inputs to labelled results, on the back end "loops" (machine code of explicit loops); PySD's and pysimlin's time is
that of the processor, ours that of the clock. PySD takes about a minute for each simulated year of the whole model: it
runs half a year and a year and a half, and the pace between them is carried to 2050. pysimlin has no room for the
whole model: it runs in five parts of the municipalities, which together compute less than the whole. An ensemble's
time is that of the whole command, figures and tables included. The hand-written sectors are population and migration
in Numba, on the numbers that the other sectors gave them in our own run; ours and theirs on one core, by processor
time."""


def shown(number: float) -> str:
    """Return a number with three significant digits, thousands set apart."""
    digits = 0 if abs(number) >= 100 else 1 if abs(number) >= 10 else 2
    return f"{number:,.{digits}f}".replace(",", " ")


def _ms(lap: Mapping[str, float]) -> str:
    return f"{shown(MS * lap['shortest'])} ms ({shown(MS * lap['median'])})"


def _single(measured: Measured) -> Iterator[Row]:
    laps = measured["single"]
    fastest = MS * laps["loops"]["shortest"]
    yield Row("warm single run, loops", _ms(laps["loops"]), "", fastest, "ms", at_most=SINGLE_RUN)
    for back_end, name in (("JAX", "jax"), ("NumPy", "numpy")):
        yield Row(f"warm single run, {back_end}", _ms(laps[name]))
    for back_end, name in (("loops", "loops"), ("JAX", "jax")):
        first = measured["second process"][name]["first"]
        yield Row(f"first run of a second process, {back_end} (compiled steps are kept)", f"{shown(MS * first)} ms")


def _others(measured: Measured) -> Iterator[Row]:
    ours = measured["single"]["loops"]
    for name, least in (("PySD", TIMES_PYSD), ("pysimlin", TIMES_PYSIMLIN)):
        theirs = measured[name.lower()]["seconds"]
        ratio = theirs / ours["shortest"]
        yield Row(f"single run beside {name}", _ms(ours), f"{shown(theirs)} s", ratio, at_least=least)


def _ensemble(measured: Measured) -> Iterator[Row]:
    found, pysd = measured["ensembles"], measured["pysd"]
    few, many, whole = found["1000"], found["10000"], found["whole horizon"]
    start, until = many["years"]
    theirs = pysd["step"] * (until - start) * STEPS_A_YEAR
    each = many["seconds"] / MANY
    beside = f"a member of 10 000 beside PySD, both {start}–{until}"
    yield Row(beside, f"{shown(MS * each)} ms", f"{shown(theirs)} s", theirs / each, at_least=TIMES_PYSD_IN_ENSEMBLE)
    told = f"`sim.py ensemble`, 10 000 members, {start}–{until}"
    yield Row(told, f"{shown(many['seconds'])} s", "", many["seconds"], "s", at_most=TEN_THOUSAND)
    yield Row(f"`sim.py ensemble`, 1 000 members, {start}–{until}", f"{shown(few['seconds'])} s")
    first, last = whole["years"]
    yield Row(f"`sim.py ensemble`, 1 000 members, {first}–{last}", f"{shown(whole['seconds'])} s")
    sizes = [f"{shown(which['peak'] / MIB)} MiB" for which in (few, many)]
    what = "peak memory of all processes, 10 000 members beside 1 000"
    yield Row(what, sizes[1], sizes[0], many["peak"] / few["peak"], at_most=FLAT)


def _gradient(measured: Measured) -> Iterator[Row]:
    laps = measured["gradient"]
    ratio = laps["gradient"]["shortest"] / laps["forward"]["shortest"]
    what = f"loss and its slope in {laps['parameters']} fitted numbers, beside the loss alone, JAX"
    yield Row(what, _ms(laps["gradient"]), _ms(laps["forward"]), ratio, at_most=GRADIENT)


def _hand_written(measured: Measured) -> Iterator[Row]:
    laps = measured["hand written"]
    theirs, each = laps["numba"]["processor"], 1 / laps["block"]
    lines = (
        ("the two sectors by our engine, a single run", "two sectors", 1.0, HAND_WRITTEN),
        ("the two sectors by our engine, a member of a block", "two sectors block", each, HAND_WRITTEN),
        ("our whole model, a single run", "whole", 1.0, None),
        ("our whole model, a member of a block", "whole block", each, None),
    )
    for what, name, share, most in lines:
        mine = laps[name]["processor"] * share
        ours, hand = (f"{shown(MS * seconds)} ms" for seconds in (mine, theirs))
        yield Row(f"{what}, beside two sectors by hand", ours, hand, mine / theirs, at_most=most)


PARTS: Mapping[str, Callable[[Measured], Iterator[Row]]] = {
    "single run": _single,
    "PySD and pysimlin": _others,
    "ensembles": _ensemble,
    "gradient": _gradient,
    "hand-written sectors": _hand_written,
}
