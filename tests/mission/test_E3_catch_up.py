"""E3: catch-up purchases narrow the gap of 2020 and avert the April penalty."""

from __future__ import annotations

from pathlib import Path

from sim.model.commitments.purchases import apply_catch_up, gap_share, penalty_probability
from sim.model.governments.menu import is_legal
from sim.model.tables.codes import ACCORD_PHASE_ONE, BUYER_FREEZE, CN, US
from sim.model.tables.vocabulary import Act
from tests.mission.plays import forced, resolved, share_error, start, tapes, variant

CATCH_UP = {"side": "cn", "act": "catch_up_purchases"}


def test_E3_the_gap_shrinks_and_the_penalty_odds_fall() -> None:
    """Each catch-up purchase narrows the gap, and the odds of a penalty fall with it until the
    gap is closed."""
    state, params = start("phase-one-redux")
    gap, odds = gap_share(state, ACCORD_PHASE_ONE), penalty_probability(state, params)
    first, kept = odds, state.trust_kept[US]
    while gap > 0.05:
        apply_catch_up(state, params)
        assert gap_share(state, ACCORD_PHASE_ONE) < gap
        assert penalty_probability(state, params) < odds
        gap, odds = gap_share(state, ACCORD_PHASE_ONE), penalty_probability(state, params)
    assert gap < 0.05
    assert odds < 0.2 * first
    assert state.trust_kept[US] > kept


def penalties(path: str, runs: int) -> float:
    """Returns the share of runs whose review of April 2025 ends in a penalty duty."""
    scenario = resolved(path, (), "2025-04-20")
    ended = [tape.of("penalise", "clear_review") for tape in tapes(scenario, range(runs))]
    assert all(len(notes) == 1 for notes in ended)
    return sum(notes[0].kind == "penalise" for notes in ended) / runs


def test_E3_catching_up_before_april_averts_the_penalty(tmp_path: Path) -> None:
    """On the same luck, four catch-up purchases in March make the April penalty rarer."""
    runs = 150
    rows = {f"march-{day}": forced(f"2025-03-{day}", CATCH_UP) for day in (10, 14, 18, 22)}
    idle = penalties("phase-one-redux", runs)
    caught_up = penalties(variant(tmp_path, "phase-one-redux", interventions=rows), runs)
    assert idle - caught_up > 3.0 * share_error(idle, caught_up, n=runs)
    assert caught_up < 0.5 * idle


def test_E3_nothing_is_made_up_while_state_buyers_are_told_not_to_buy() -> None:
    """Under its own halt to purchases China does not buy to close the gap of 2020."""
    state, params = start("phase-one-redux")
    state.control[CN][BUYER_FREEZE] = 0
    assert is_legal(state, params, CN, Act.CATCH_UP_PURCHASES)
    state.control[CN][BUYER_FREEZE] = 1
    assert not is_legal(state, params, CN, Act.CATCH_UP_PURCHASES)


def test_E3_china_does_not_make_up_for_2020_in_a_month_of_hikes() -> None:
    """No catch-up purchase follows a hike of either side within 30 days."""
    seen = 0
    for tape in tapes(resolved("phase-one-redux"), range(150), lambda s, p: max(s.hike_day)):
        for one, note in zip(tape.notes, tape.notes[1:], strict=False):
            if note.kind == "catch_up_purchases":
                assert one.seen == 0 or note.day - one.seen > 30
                seen += one.seen > 0
    assert seen > 10
