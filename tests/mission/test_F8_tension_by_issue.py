"""F8: tension is reported issue by issue; technology and rare earths are the core pair."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.outcomes.bargain import issue_tension
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import Clause, Issue
from tests.mission.helpers import GRAND, JUNE, OCTOBER, sign
from tests.mission.plays import batch, start

STRUCTURAL = (Issue.OVERCAPACITY, Issue.TAIWAN)


def by_issue(state: State, params: Params) -> dict[Issue, float]:
    """Returns the tension of each issue."""
    return {issue: issue_tension(state, params, issue) for issue in Issue}


@pytest.mark.parametrize("name", [JUNE, OCTOBER, GRAND])
def test_F8_the_issues_add_up_to_tension(name: str) -> None:
    """In every run, on each day that is read and at the end, the tension of the issues sums to
    tension, each is at least 0, and an issue that is not on the table has none."""
    values = batch(name, 200)
    for suffix in ("", *{key.partition("@")[2] for key in values if key.startswith("tension@")}):
        mark = f"@{suffix}" if suffix else ""
        parts = [values[f"tension[{issue.name.lower()}]{mark}"] for issue in Issue]
        assert np.min(parts) >= 0.0
        np.testing.assert_allclose(np.sum(parts, axis=0), values[f"tension{mark}"], atol=1e-9)
    state, params = start(name)
    for issue, part in by_issue(state, params).items():
        assert (part > 0.0) is bool(state.issue_on[issue])


def test_F8_technology_and_rare_earths_lead_in_october() -> None:
    """Of the issues that can be settled, technology and rare earths carry most tension in October
    2025, at the start and on average a week before the summit."""
    state, params = start(OCTOBER)
    parts = by_issue(state, params)
    ranked = sorted(parts, key=lambda issue: -parts[issue])
    lead = [issue for issue in ranked if issue not in STRUCTURAL]
    assert set(lead[:2]) == {Issue.TECH, Issue.RARE_EARTHS}
    assert set(ranked[:3]) >= {Issue.TECH, Issue.RARE_EARTHS}
    values = batch(OCTOBER, 300, at=("2025-10-24",))
    means = {
        issue: values[f"tension[{issue.name.lower()}]@2025-10-24"].mean()
        for issue in Issue
        if issue not in STRUCTURAL
    }
    assert set(sorted(means, key=lambda issue: -means[issue])[:2]) == {
        Issue.TECH, Issue.RARE_EARTHS,
    }  # fmt: skip


def test_F8_settling_an_issue_takes_tension_off_it() -> None:
    """A clause takes tension off its own issue, more than off any other; settled in full it carries
    none."""
    state, params = start(OCTOBER)
    before = by_issue(state, params)
    sign(state, params, Clause.MINERALS)
    after = by_issue(state, params)
    share = {issue: after[issue] / before[issue] for issue in Issue if before[issue] > 0.0}
    assert min(share, key=lambda issue: share[issue]) == Issue.RARE_EARTHS
    sign(state, params, Clause.PORT_FEES)
    assert by_issue(state, params)[Issue.PORT_FEES] == pytest.approx(0.0)


def test_F8_a_measure_puts_tension_on_its_issue() -> None:
    """In runs from June 2025, where nobody spoke of port fees, these carry tension by the end only
    where port fees were set."""
    values = batch(JUNE, 400)
    carried = values["tension[port_fees]"] > 0.0
    assert carried.any()
    assert not carried.all()
    levied = (values["us_port_fees_level"] > 0) | (values["cn_port_fees_level"] > 0)
    assert carried[levied & (values["signed[port_fees]"] == 0)].all()
    assert carried[levied].mean() > 0.5
