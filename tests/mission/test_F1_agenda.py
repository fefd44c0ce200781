"""F1: each scenario has its dated list of issues, and the sides weigh them differently."""

from __future__ import annotations

import pytest

from sim.model.bargain.logroll import apply_table
from sim.model.bargain.worth import bundle_gain
from sim.model.tables.codes import CN, LEADERS, US
from sim.model.tables.vocabulary import Clause, Issue
from tests.mission.helpers import lay_out
from tests.mission.plays import day, resolved, start

BASE = {
    "tariffs": "E093",
    "fentanyl": "E094",
    "taiwan": "E122",
    "overcapacity": "E267",
    "relief": "E288",
}
INVESTMENT = {**BASE, "purchases": "E216", "investment": "E215", "capital_limits": "E307"}
FEBRUARY = {
    **INVESTMENT,
    "nuclear": "E219",
    "tiktok": "E310",
    "tech": "E289",
    "markets": "E252",
}
GRAND = {**FEBRUARY, "north_korea": "E283", "ukraine": "E284", "dollar": "E285"}
MARCH = {**BASE, "purchases": "E071", "tech": "E017"}
OCTOBER = {
    **BASE,
    "rare_earths": "E181",
    "purchases": "E180",
    "tech": "E163",
    "port_fees": "E162",
    "us_listings": "E161",
    "cn_listings": "E161",
}
JUNE = {**BASE, "rare_earths": "E368", "tech": "E370", "visas": "E371", "purchases": ""}

AGENDAS = {
    "january-2025-first-100-days": {**BASE, "tiktok": "E095"},
    "phase-one-redux": FEBRUARY,
    "investment-deal": INVESTMENT,
    "grand-bargain": GRAND,
    "hawks-prevail": FEBRUARY,
    "march-2025-escalation": MARCH,
    "summit-in-beijing": MARCH,
    "summit-in-washington": MARCH,
    "june-2025-resumed-talks": JUNE,
    "rare-earth-squeeze": OCTOBER,
    "october-2025-apec": OCTOBER,
    "truce-lapses": OCTOBER,
}


@pytest.mark.parametrize("name", AGENDAS)
def test_F1_the_agenda_equals_the_dated_list(name: str) -> None:
    """Exactly the issues of the dated list are on the table, each with the fact behind it."""
    scenario = resolved(name)
    on = {
        issue.name.lower(): scenario.sources[f"issue.{issue.name.lower()}"].source or ""
        for issue in Issue
        if scenario.state[f"issue.{issue.name.lower()}"]
    }
    assert on == AGENDAS[name]


def test_F1_october_lists_what_the_president_named() -> None:
    """In October 2025 the four issues of the president's list are on the table: minerals,
    fentanyl, soybeans (purchases) and Taiwan (E179)."""
    scenario = resolved("october-2025-apec")
    assert scenario.start >= day("2025-10-19")
    for issue in ("rare_earths", "fentanyl", "purchases", "taiwan"):
        assert scenario.state[f"issue.{issue}"]


def test_F1_the_sides_weigh_the_issues_differently() -> None:
    """No issue has the same weight for both sides, and their orders of priority differ."""
    _, params = start("october-2025-apec")
    us, cn = params.issue_weight
    assert all(a != b for a, b in zip(us, cn, strict=True))
    assert sorted(Issue, key=lambda i: us[i]) != sorted(Issue, key=lambda i: cn[i])
    assert us[Issue.FENTANYL] > cn[Issue.FENTANYL]
    assert cn[Issue.TECH] > us[Issue.TECH]


def test_F1_an_issue_counts_only_while_it_is_on_the_table() -> None:
    """Clauses of an issue that is not on the table cannot be had, those of others still can; on the
    table each counts for either side by its own weight of the issue."""
    state, params = start("october-2025-apec")
    for issue in Issue:
        state.issue_on[issue] = False
        apply_table(state, params, US, LEADERS, False, forced=False)
        for clause in Clause:
            if clause.issue == issue:
                assert state.units[clause] == 0.0
        state.issue_on[issue] = True
    worth = []
    for extra in (0.0, 1.0):
        for side in (US, CN):
            params.issue_weight[side][Issue.PURCHASES] += extra * (1.0 + side)
        # A promise is taken at its word where trust is neutral.
        state.trust_kept = list(state.trust_broken)
        lay_out(state, params, Clause.SOYBEANS)
        worth.append([bundle_gain(state, params, side) for side in (US, CN)])
    settled = params.clause_settles[Clause.SOYBEANS]
    assert worth[1][US] - worth[0][US] == pytest.approx(settled)
    assert worth[1][CN] - worth[0][CN] == pytest.approx(2.0 * settled)
