"""Loads what writing an ensemble's results needs while its members are computed: seconds that nobody waits for."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from threading import Thread
from typing import TypeVar

Told = TypeVar("Told")
NEEDED = (
    "outputs.ensemble",
    "outputs.ensemble.figures.fans",
    "outputs.ensemble.figures.multiples",
    "outputs.ensemble.figures.region",
    "outputs.ensemble.figures.target",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
)


def loading_ahead(report: Callable[[Told], None]) -> Callable[[Told], None]:
    """The same report of progress; when it is first called, loading begins beside it."""
    begun = False

    def told(progress: Told) -> None:
        nonlocal begun
        if not begun:
            begun = True
            Thread(target=_load, daemon=True).start()
        report(progress)

    return told


def _load() -> None:
    for name in NEEDED:
        with suppress(Exception):  # who needs it imports it again, and tells what is wrong
            import_module(name)
