"""Model and inputs read once, and a scenario told in words as `check` does."""

from collections.abc import Sequence
from functools import cache

from outputs.scenario_words import Told, scenario_in_words
from scenarios.apply import apply_or_raise
from scenarios.cautions import cautions
from scenarios.compose import compose
from scenarios.run import Order, Prepared, prepare


@cache
def ready() -> Prepared:
    """Model and inputs of a run from 2010, without a fit."""
    return prepare(Order("reference", fit="none"))


def in_words(names: Sequence[str], language: str = "en", **years: int) -> str:
    """Scenarios told in words; `years` replace their settings."""
    scenario, problems = compose(names)
    applied = apply_or_raise(scenario, problems, ready().model, ready().inputs)
    settings = scenario.settings.model_copy(update=years)
    return scenario_in_words(Told(scenario, settings, applied.changes, cautions(applied, settings), language))
