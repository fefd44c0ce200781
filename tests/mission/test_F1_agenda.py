"""F1: each scenario has its dated list of issues, and the sides weigh them differently."""

from __future__ import annotations

import pytest

from sim.model.bargain.packages import package_gain
from sim.model.tables.codes import CN, US
from sim.model.tables.vocabulary import Issue, Package
from tests.mission.plays import day, resolved, start

BASE = {"tariffs": "E093", "fentanyl": "E094", "taiwan": "E122", "overcapacity": "E267"}
FEBRUARY = {
    **BASE,
    "purchases": "E216",
    "investment": "E215",
    "nuclear": "E219",
    "tiktok": "E310",
    "tech": "E289",
}
MARCH = {**BASE, "purchases": "E071", "tech": "E017"}
OCTOBER = {**BASE, "rare_earths": "E181", "purchases": "E180", "tech": "E163", "port_fees": "E162"}
JUNE = {**BASE, "rare_earths": "E368", "tech": "E370", "visas": "E371", "purchases": ""}

AGENDAS = {
    "january-2025-first-100-days": {**BASE, "tiktok": "E095"},
    "phase-one-redux": FEBRUARY,
    "investment-deal": FEBRUARY,
    "grand-bargain": FEBRUARY,
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
    """Taking purchases off the table takes their worth out of the purchase package, for each side
    by its own weight."""
    state, params = start("october-2025-apec")
    package = Package.PURCHASES
    before = [package_gain(state, params, side, package) for side in (US, CN)]
    state.issue_on[Issue.PURCHASES] = False
    lost = [before[side] - package_gain(state, params, side, package) for side in (US, CN)]
    assert lost[US] == pytest.approx(0.8 * params.issue_weight[US][Issue.PURCHASES])
    assert lost[CN] == pytest.approx(0.8 * params.issue_weight[CN][Issue.PURCHASES])
    assert lost[US] != lost[CN]
