"""People are causes: whoever is taken away from the governments of 2025 changes what happens.

The leaders are left out: no government is modelled without one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np
import pytest

from sim.model.tables.vocabulary import Post, Side
from sim.scenario.people import people
from tests.mission.helpers import JUNE, MARCH, paired
from tests.mission.plays import Values, batch, day

RUNS: Final = 2500
LAST: Final = {MARCH: "2025-09-06", JUNE: "2025-09-20"}


def clauses(values: Values) -> np.ndarray[Any, Any]:
    """Returns how many kinds of clauses each run signed."""
    kinds = [v > 0 for name, v in values.items() if name.startswith("signed[") and "@" not in name]
    return np.sum(kinds, axis=0)


READERS: Final[dict[str, Callable[[Values], np.ndarray[Any, Any]]]] = {
    "clauses signed": clauses,
    "us_measures": lambda values: values["us_measures"],
    "cn_measures": lambda values: values["cn_measures"],
    "calls": lambda values: values["calls"],
}

LIST: Final = {
    # post left vacant: who held it, from where, what moves, and which way
    "us.treasury": ("bessent", JUNE, "clauses signed", -1),
    "us.commerce": ("lutnick", JUNE, "clauses signed", -1),
    "us.trade_representative": ("greer", JUNE, "clauses signed", -1),
    "us.foreign_minister": ("rubio", JUNE, "us_measures", -1),
    "us.security_adviser": ("waltz", MARCH, "us_measures", -1),
    "us.trade_adviser": ("navarro", JUNE, "us_measures", -1),
    "us.go_between": ("musk", MARCH, "us_measures", +1),
    "cn.lead_negotiator": ("he-lifeng", JUNE, "clauses signed", -1),
    "cn.commerce": ("wang-wentao", JUNE, "clauses signed", -1),
    "cn.trade_representative": ("li-chenggang", MARCH, "calls", -1),
    "cn.foreign_minister": ("wang-yi", JUNE, "calls", +1),
    "cn.envoy": ("han-zheng", MARCH, "cn_measures", +1),
    "cn.analysts": ("analysts", JUNE, "calls", +1),
}
"""One outcome for each, with the direction that his part in the model calls for: without those who
want a deal less is signed and more is done against the other side; without hawks and sceptics less
is done, and the leaders speak more."""


@pytest.mark.parametrize("post", LIST)
def test_who_is_taken_away_changes_what_happens(post: str) -> None:
    """On the same luck, beyond the Monte Carlo error of the pairs."""
    # Fails if the voice or the mandate of the post weighs nothing.
    _, name, outcome, direction = LIST[post]
    read = READERS[outcome]
    vacant = ((post.replace(".", ".post."), "false"),)
    gap = paired(
        read(batch(name, RUNS, vacant, LAST[name])), read(batch(name, RUNS, (), LAST[name]))
    )
    assert gap.positive if direction > 0 else gap.negative


def test_the_list_names_everybody_in_post() -> None:
    """All who hold a post or speak for one between January and October 2025, apart from leaders and
    from those who left with the last government, and whose voice counts at all."""
    # Fails if a person is added to the table and has no line here.
    first, last = day("2025-01-20"), day("2025-10-23")
    due = {
        f"{Side(term.side).name.lower()}.{Post(term.post).name.lower()}"
        for term in people()
        if term.start <= last and first <= term.until and term.post != Post.LEADER
    }
    assert due == set(LIST)
    assert {row[0] for row in LIST.values()} <= {term.key for term in people()}
