"""A small decision tree: the few questions that best separate runs with an outcome from the rest.

It is grown (Breiman et al. 1984, with scikit-learn) on one set of runs and evaluated on another.
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
"""A tree of this size prints as ten lines."""

LEAST_LEAF: Final = 0.05
"""Smallest share of the runs in a leaf, the same as for a box."""


@dataclass(frozen=True, slots=True)
class TreeNode:
    """A node of a tree.

    Attributes:
        path: Conditions that the runs in this node meet, the latest question last.
        is_leaf: Whether no further question follows.
    """

    path: Limits
    is_leaf: bool


def library() -> Any:
    """Returns scikit-learn's module of trees.

    Raises:
        UsageError: scikit-learn is not installed.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            from sklearn import tree
        except ImportError as error:
            raise needs("explore") from error
    return tree


def grow(x: Floats, hits: Flags, leaves: int = MOST_LEAVES) -> tuple[TreeNode, ...]:
    """Returns the nodes of a tree below its root, from top to bottom; empty if no question
    separates the runs.

    Args:
        x: Candidate columns, whole numbers, shape (rows, columns).
        hits: Mask of the rows with the outcome, shape (rows,).
        leaves: Maximum number of leaves.
    """
    if not x.shape[1]:
        return ()
    model = library().DecisionTreeClassifier(
        max_depth=DEPTH,
        max_leaf_nodes=leaves,
        min_samples_leaf=LEAST_LEAF,
        # Ties between equally good questions are broken the same way each time.
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
