"""Whether there were enough runs, in words."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from outputs.sensitivity.words import Words
from scenarios.sensitivity.convergence import SWAPS, WIDEST
from scenarios.sensitivity.study import REMAINS

Say = Callable[..., str]
ASPECTS = {"widest_unimportant": WIDEST, "swaps": SWAPS, "widest": WIDEST}
"""Measures of convergence with their limits: which inputs matter, in which order, how much."""
SHOWN = 3


def settled_in_words(results: xr.Dataset, words: Words, say: Say) -> list[str]:
    """What has settled and what has not, for the screening and for the shares, and what to do about it."""
    lines = []
    for part in ("screening", "shares"):
        if f"{part}_widest" in results:
            lines += _part(results, words, say, part)
    if "others_total" in results:
        lines += _remaining(results, words, say)
    return [*lines, say("criteria")]


def unsettled(results: xr.Dataset) -> list[str]:
    """What has not settled: pairs 'part aspect' such as 'shares swaps'."""
    return [
        f"{part} {aspect}"
        for part in ("screening", "shares")
        for aspect, limit in ASPECTS.items()
        if f"{part}_{aspect}" in results
        and not _aspect(part, aspect)
        and bool((results[f"{part}_{aspect}"] > limit).any())
    ]


def _aspect(part: str, aspect: str) -> bool:
    """Whether an aspect is beside the point: a screening tells which inputs matter, not how much."""
    return part == "screening" and aspect == "widest"


def _part(results: xr.Dataset, words: Words, say: Say, part: str) -> list[str]:
    lines = []
    for aspect, limit in ASPECTS.items():
        if _aspect(part, aspect):
            continue
        values = results[f"{part}_{aspect}"].values
        known = values[~np.isnan(values)]
        if not known.size:
            continue
        beyond = int((known > limit).sum())
        key = f"{part} {aspect} " + ("settled" if not beyond else "unsettled")
        worst = words.number(float(known.max()), 2)
        lines.append(say(key, beyond=beyond, all=known.size, worst=worst, limit=words.number(limit)))
    return lines


def _remaining(results: xr.Dataset, words: Words, say: Say) -> list[str]:
    """Whether the inputs that were not told one by one matter together."""
    values: NDArray[np.float64] = results["others_total"].values
    if not np.isfinite(values).any():
        return []
    worst = float(np.nanmax(values))
    key = "others small" if worst <= REMAINS else "others large"
    place = np.unravel_index(int(np.nanargmax(values)), values.shape)
    names = results["outcome_name" if words.language == "en" else "outcome_name_sv"].values
    return [say(key, worst=words.share(worst), outcome=str(names[place[0]]), year=int(results["year"][place[1]]))]
