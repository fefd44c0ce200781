"""B12: a buyer for the app can be agreed as a side deal, without a deal on trade."""

from __future__ import annotations

from sim.model.bargain.logroll import apply_table
from sim.model.tables.codes import MINISTERS, RECIPROCAL, US
from sim.model.tables.vocabulary import Clause, Package
from tests.mission.helpers import JANUARY, JUNE, bundles, sign
from tests.mission.plays import Sets, batch, resolved, start, tapes

WANTED: Sets = (("us.issue.tiktok", "2"), ("cn.issue.tiktok", "1"))
TRADE = frozenset(
    {"pause", "prolong", "reciprocal_cut", "fentanyl_cut", "cn_cut", "cn_lists"}
    | {"soybeans", "farm", "energy", "aircraft", "other_goods"}
)


def test_B12_ministers_can_close_the_app_and_it_touches_no_duty() -> None:
    """Signed alone the app changes no duty, suspends nothing, pledges nothing and leaves the
    agreement as it is; it is signed once."""
    # In June 2025 there are duties that could be cut.
    state, params = start(JUNE, (("issue.tiktok", "true"),))
    assert state.duty_pp[US][RECIPROCAL] > 0.0
    duties = [list(row) for row in state.duty_pp]
    suspended = [list(row) for row in state.suspended_pp]
    agreement = state.agreement
    apply_table(state, params, US, MINISTERS, False, forced=False)
    assert state.units[Clause.APP] == 1.0
    assert sign(state, params, Clause.APP) == Package.SWAP
    assert [list(row) for row in state.duty_pp] == duties
    assert [list(row) for row in state.suspended_pp] == suspended
    assert state.agreement == agreement
    assert sum(state.pledged_usd_bn[1]) == 0.0
    apply_table(state, params, US, MINISTERS, False, forced=False)
    assert state.units[Clause.APP] == 0.0


def test_B12_some_runs_close_the_app_without_trade() -> None:
    """Where both sides want a buyer for the app, many runs from June 2025, with a pause in force,
    sign it with no clause on duties or purchases; the signature leaves every duty as it was."""
    # Where a duty or a threat is left to suspend, as in most runs from January, they do so too.
    scenario = resolved(JUNE, (("issue.tiktok", "true"), *WANTED), "2025-12-31")
    signed = [
        bundle
        for tape in tapes(scenario, range(150), lambda s, p: [list(row) for row in s.duty_pp])
        for bundle in bundles(tape)
        if "app" in bundle.clauses
    ]
    side_deals = [bundle for bundle in signed if not bundle.clauses & TRADE]
    assert 0.1 < len(side_deals) / len(signed) < 0.9
    assert all(bundle.before == bundle.seen for bundle in side_deals)


def test_B12_the_app_is_closed_only_where_it_is_on_the_table() -> None:
    """From January 2025 a sizeable share of runs closes the app; with the issue off none does."""
    on = batch(JANUARY, 300, until="2025-10-31")["signed[app]"] > 0
    off = batch(JANUARY, 300, (("issue.tiktok", "false"),), until="2025-10-31")["signed[app]"] > 0
    assert 0.1 < on.mean() < 0.9
    assert not off.any()
