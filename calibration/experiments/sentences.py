"""What a sceptic is told of each natural experiment; every number is computed."""

from __future__ import annotations

from calibration.experiments.natural import WITH, Told

MUCH = 0.1
"""Share by which one error must be smaller for the data to take a side."""
MISSED = 0.02
"""Share of the inhabitants beyond which the model's growth of population counts as a miss."""
SHARE_MISSED = 0.3
"""Share of the observed change of jobs or commuters beyond which the model counts as off."""
PERCENT = 100.0
TOLD = {"jobs_in_statistics": "jobs", "in_commuters": "in-commuters", "population": "people"}
MINUS = "\N{MINUS SIGN}"


def number(value: float) -> str:
    """A signed whole number with thin thousands."""
    return f"{value:+,.0f}".replace(",", " ").replace("-", MINUS)


def plain(value: float) -> str:
    """A whole number."""
    return f"{value:,.0f}".replace(",", " ").replace("-", MINUS)


def sentence(told: Told) -> str:
    """What happened, what the model says with and without, which side the data take, where the model fails."""
    return " ".join((happened(told), *(against(told, words) for words in told.case.without), failing(told)))


def happened(told: Told) -> str:
    """Jobs, commuters and people in the data and in the model, at the turn and at the end."""
    case, data, model = told.case, told.observed, told.runs[WITH]
    spans = []
    for year in dict.fromkeys((case.turn, case.last)):
        pairs = [
            f"{words} {number(told.at(data[name], year))} (model {number(told.at(model[name], year))})"
            for name, words in TOLD.items()
        ]
        spans.append(f"{case.since}-{year}: {', '.join(pairs)}")
    return f"{case.title}. Data, {'; '.join(spans)}."


def against(told: Told, words: str) -> str:
    """The run without the mechanism and which of the two the data prefer."""
    case = told.case
    last = told.at(told.runs[words]["population"], case.last)
    own, other = told.error(WITH, "population"), told.error(words, "population")
    return (
        f"If {words}, people {number(last)} by {case.last}; the growth of population is then wrong by {plain(other)} "
        f"people against {plain(own)} with the mechanism: {side(own, other)}."
    )


def side(own: float, other: float) -> str:
    """Which run the data prefer."""
    if own < (1 - MUCH) * other:
        return "the data side with the mechanism"
    if other < (1 - MUCH) * own:
        return "the data side against it"
    return "the data do not tell the two apart"


def failing(told: Told) -> str:
    """Where the model with the mechanism is wrong."""
    case, data, model = told.case, told.observed, told.runs[WITH]
    misses = []
    people = told.at(model["population"], case.last) - told.at(data["population"], case.last)
    share = people / data["population"][told.years.index(case.since)]
    if abs(share) > MISSED:
        misses.append(f"by {case.last} it has {plain(abs(people))} people too {'many' if people > 0 else 'few'} "
                      f"({PERCENT * abs(share):.1f} % of the inhabitants)")  # fmt: skip
    for name in ("jobs_in_statistics", "in_commuters"):
        words = TOLD[name]
        seen, made = (told.at(values[name], case.turn) for values in (data, model))
        if abs(made - seen) > SHARE_MISSED * abs(seen):
            misses.append(f"{words} {case.since}-{case.turn} change by {number(made)} instead of {number(seen)}")
    return f"Where the model fails: {'; '.join(misses)}." if misses else "No large miss."
