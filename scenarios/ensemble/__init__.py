"""Ensembles: many draws of a scenario's uncertain inputs, computed side by side and saved as they come.

Names are loaded when they are used: a worker process imports this package, and needs few of them.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scenarios.ensemble.order import EnsembleOrder
    from scenarios.ensemble.plan import read_plan
    from scenarios.ensemble.progress import Interrupted, Progress
    from scenarios.ensemble.run import Ensemble, run_ensemble
    from scenarios.ensemble.store import finished_plan, open_members

__all__ = [
    "Ensemble",
    "EnsembleOrder",
    "Interrupted",
    "Progress",
    "finished_plan",
    "open_members",
    "read_plan",
    "run_ensemble",
]
_MODULES = {
    "order": ("EnsembleOrder",),
    "plan": ("read_plan",),
    "progress": ("Interrupted", "Progress"),
    "run": ("Ensemble", "run_ensemble"),
    "store": ("finished_plan", "open_members"),
}


def __getattr__(name: str) -> Any:
    for module, names in _MODULES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
