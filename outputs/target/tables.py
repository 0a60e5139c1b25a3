"""The tables of a search: levers alone, the mix, limits and frontier, for machines and for Swedish Excel."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from outputs.target.measures import measures_of, where_of
from outputs.target.story import MILLION, PER_CENT, Story
from scenarios.target.search import pareto

SWEDISH = {
    "lever": "åtgärd",
    "name": "benämning",
    "where": "var",
    "municipalities": "kommuner",
    "decides": "beslutas av",
    "pays": "betalas av",
    "strength": "styrka",
    "from": "från",
    "to": "till",
    "unit": "enhet",
    "gain": "vinst i önskad andel körningar",
    "gain_median": "vinst i mittersta körningen",
    "cost_msek_per_year": "kostnad mnkr per år",
    "cost_low": "låg kostnad",
    "cost_high": "hög kostnad",
    "sek_per_unit_and_year": "kronor per år och vunnen enhet",
    "source": "källa",
    "quality": "kvalitet",
    "limit": "gräns",
    "kind": "slag",
    "bound": "värde",
    "runs": "andel körningar",
    "without": "utan åtgärder",
    "mix": "med blandningen",
    "furthest": "ytterst",
    "eased_to": "flyttad till",
    "gain_if_eased": "vinst om flyttad",
    "level": "nivå",
    "median": "mittersta körningen",
    "share_reached": "andel som når målet",
    "what": "vad",
    "levers": "åtgärder",
}
"""Columns of the tables and their Swedish names."""
DIGITS = 6
"""Significant digits in the tables."""
PLACE_SIGN = ", "
LEAST_TOLD = 0.5
"""Per cent of strength below which a lever of the frontier is not told."""


def write_tables(story: Story, folder: Path) -> None:
    """Write levers.csv, mix.csv, limits.csv, frontier.csv and their Swedish counterparts."""
    tables = {
        "levers": levers_table(story),
        "mix": mix_table(story),
        "limits": limits_table(story),
        "frontier": frontier_table(story),
    }
    for name, table in tables.items():
        table.to_csv(folder / f"{name}.csv", index=False, float_format=f"%.{DIGITS}g", lineterminator="\n")
        table.rename(columns=SWEDISH).to_csv(
            folder / f"{name}-sv.csv",
            index=False,
            float_format=f"%.{DIGITS}g",
            sep=";",
            decimal=",",
            encoding="utf-8-sig",
            lineterminator="\r\n",
        )


def levers_table(story: Story) -> pd.DataFrame:
    """What each lever does alone at full strength: everywhere, and in each group."""
    handles = story.taken.ready.machine.handles
    rows = []
    for each in story.taken.answer.alone:
        at = handles.of(each.lever)[0] if each.handle is None else each.handle
        handle, (low, high) = handles.each[at], story.spread(each.trial)
        rows.append(
            {
                "lever": each.lever,
                "name": story.lever(each.lever),
                "where": story.say("by law") if each.handle is None else story.where(handle),
                "decides": handle.cost.decides,
                "pays": handle.cost.pays,
                "to": handle.cost.full,
                "unit": handle.cost.unit,
                "gain": story.level_gain(each.trial),
                "gain_median": story.gain(each.trial),
                "cost_msek_per_year": each.trial.cost,
                "cost_low": low,
                "cost_high": high,
                "sek_per_unit_and_year": story.price(each.trial),
                "source": handle.cost.source,
                "quality": handle.cost.quality,
            }
        )
    return pd.DataFrame(rows)


def mix_table(story: Story) -> pd.DataFrame:
    """The measures of the mix: where, from what to what, and what they cost."""
    rows = []
    for each in measures_of(story):
        handle = each.handle
        rows.append(
            {
                "lever": handle.cost.lever,
                "name": story.lever(handle.cost.lever),
                "where": where_of(story, each),
                "municipalities": PLACE_SIGN.join(each.codes),
                "decides": handle.cost.decides,
                "pays": handle.cost.pays,
                "strength": each.strength,
                "from": handle.value(0.0),
                "to": handle.value(each.strength),
                "unit": handle.cost.unit,
                "cost_msek_per_year": each.cost,
                "cost_low": each.low,
                "cost_high": each.high,
            }
        )
    columns = ["lever", "name", "where", "municipalities", "decides", "pays", "strength", "from", "to", "unit"]
    return pd.DataFrame(rows, columns=[*columns, "cost_msek_per_year", "cost_low", "cost_high"])


def limits_table(story: Story) -> pd.DataFrame:
    """The limits: bound, where they stand, and what easing those that bind would give."""
    taken = story.taken
    answer, prices = taken.answer, {price.limit: price for price in taken.answer.prices}
    rows = []
    for at, limit in enumerate(taken.ready.limits):
        price = prices.get(at)
        rows.append(
            {
                "limit": limit.name,
                "name": story.pick(limit.title),
                "kind": "most" if limit.is_most else "least",
                "bound": float(answer.bounds[at]),
                "runs": limit.runs,
                "without": float(answer.reference.limits[at]),
                "mix": float(answer.mix.limits[at]),
                "furthest": float(answer.furthest.limits[at]),
                "eased_to": price.eased if price else None,
                "gain_if_eased": price.gain if price else None,
                "source": story.pick(limit.source),
                "quality": limit.quality,
            }
        )
    columns = ["limit", "name", "kind", "bound", "runs", "without", "mix", "furthest", "eased_to", "gain_if_eased"]
    return pd.DataFrame(rows, columns=[*columns, "source", "quality"])


def frontier_table(story: Story) -> pd.DataFrame:
    """The cheapest mixes found, from none to the furthest, with the strengths of their levers."""
    answer, handles = story.taken.answer, story.taken.ready.machine.handles.each
    rows = []
    for trial in pareto(answer.frontier, story.taken.wish.sign):
        low, high = story.spread(trial)
        strengths = zip(handles, PER_CENT * trial.point, strict=True)
        used = [f"{each.key} {strength:.0f} %" for each, strength in strengths if strength >= LEAST_TOLD]
        rows.append(
            {
                "cost_msek_per_year": trial.cost,
                "cost_low": low,
                "cost_high": high,
                "level": trial.level,
                "median": trial.median,
                "share_reached": trial.share,
                "sek_per_unit_and_year": trial.cost * MILLION / gain if (gain := story.gain(trial)) > 0 else None,
                "levers": PLACE_SIGN.join(used),
            }
        )
    return pd.DataFrame(rows)
