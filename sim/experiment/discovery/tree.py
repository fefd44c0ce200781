"""A small tree: the few questions that part runs with an outcome from runs without it best.

Grown (Breiman et al. 1984, the library's) on one set of runs, told on another.
"""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass
from typing import Any, Final

from sim.errors import needs
from sim.experiment.discovery.boxes import Limit, Limits
from sim.experiment.stats.intervals import Flags, Floats

DEPTH: Final = 3
MOST_LEAVES: Final = 6
"""Ten lines of print."""

LEAST_LEAF: Final = 0.05
"""Share of the runs a leaf holds at least, as for a box."""


@dataclass(frozen=True, slots=True)
class TreeNode:
    """A node of a tree.

    Attributes:
        path: What a run meets that comes here, the question just answered last.
        is_leaf: Whether no question follows.
    """

    path: Limits
    is_leaf: bool


def library() -> Any:
    """Returns the module of trees.

    Raises:
        UsageError: It is not installed.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            from sklearn import tree
        except ImportError as error:
            raise needs("explore") from error
    return tree


def grow(x: Floats, hits: Flags, leaves: int = MOST_LEAVES) -> tuple[TreeNode, ...]:
    """Returns the nodes of a tree below its root, from top to bottom; none if no question parts
    the runs.

    Args:
        x: Columns that might tell, whole numbers, shape (rows, columns).
        hits: Rows with the outcome, shape (rows,).
        leaves: Most leaves it may have.
    """
    if not x.shape[1]:
        return ()
    model = library().DecisionTreeClassifier(
        max_depth=DEPTH,
        max_leaf_nodes=leaves,
        min_samples_leaf=LEAST_LEAF,
        # Ties between equal questions are broken alike each time.
        random_state=0,
    )
    grown = model.fit(x, hits).tree_
    nodes: list[TreeNode] = []

    def walk(place: int, path: Limits) -> None:
        below = int(grown.children_left[place])
        is_leaf = below < 0
        if path:
            nodes.append(TreeNode(path, is_leaf))
        if is_leaf:
            return
        column, largest = int(grown.feature[place]), math.floor(grown.threshold[place])
        for child, is_least in ((below, False), (int(grown.children_right[place]), True)):
            walk(child, (*path, Limit(column, is_least, largest + is_least)))

    walk(0, ())
    return tuple(nodes)
