"""CART: a small tree of questions that tells hits from misses (Breiman, Friedman, Olshen & Stone 1984)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.discover.prim import Box, Condition, measured

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
DEPTH, LEAST_LEAF = 3, 0.05
"""Questions from the root to a leaf, and share of the runs in a leaf: what can still be told in words."""
FOLDS = 5


@dataclass(frozen=True)
class Tree:
    """The leaves as boxes, densest first; skill: area under the curve of runs it has not seen (0.5: none)."""

    leaves: tuple[Box, ...]
    skill: float


def grow(values: Floats, hits: Flags, seed: int) -> Tree:
    """Grow a tree on values (run, input) and hits (run), and judge it by cross-validation."""
    from sklearn.metrics import roc_auc_score
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed)
    guessed = cross_val_predict(_classifier(len(hits)), values, hits, cv=folds, method="predict_proba")
    skill = float(roc_auc_score(hits, guessed[:, 1]))
    fitted = _classifier(len(hits)).fit(values, hits)
    leaves = [measured(conditions, values, hits) for conditions in _leaves(fitted.tree_, 0, {})]
    return Tree(tuple(sorted(leaves, key=lambda box: -box.density)), skill)


def _classifier(runs: int) -> Any:
    from sklearn.tree import DecisionTreeClassifier

    return DecisionTreeClassifier(max_depth=DEPTH, min_samples_leaf=max(1, round(LEAST_LEAF * runs)), random_state=0)


def _leaves(tree: Any, node: int, limits: dict[int, tuple[float, float]]) -> Iterator[tuple[Condition, ...]]:
    """The conditions of every leaf below a node."""
    left, right = int(tree.children_left[node]), int(tree.children_right[node])
    if left == right:
        yield tuple(Condition(column, low, high) for column, (low, high) in sorted(limits.items()))
        return
    column, edge = int(tree.feature[node]), float(tree.threshold[node])
    low, high = limits.get(column, (-np.inf, np.inf))
    yield from _leaves(tree, left, {**limits, column: (low, min(high, edge))})
    yield from _leaves(tree, right, {**limits, column: (max(low, float(np.nextafter(edge, np.inf))), high)})
