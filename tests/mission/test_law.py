"""The law: a ruling ends duties under the emergency powers, and statutes with limits of their own
replace them."""

from __future__ import annotations

from typing import Final

import numpy as np

from sim.model.duties.law import standing_pp
from sim.model.outcomes.politics import outcome_index
from sim.model.tables.codes import (
    BY_EMERGENCY,
    BY_S122,
    BY_S338,
    CASE_PENDING,
    CASE_STRUCK,
    CASE_UPHELD,
    RECIPROCAL,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import Act
from tests.mission.helpers import OCTOBER, paired
from tests.mission.plays import QUIET, Sets, batch, day, resolved, share_error, tapes

YEAR: Final = "2026-10-23"
STRUCK: Sets = (("court.verdict", "struck"),)
UPHELD: Sets = (("court.verdict", "upheld"),)
STATUTES: Final = ("impose_122", "widen_232", "open_301", "impose_338")
RUNS: Final = 200


def look(state: State, params: Params) -> tuple[float, float, float]:
    """Returns the points under the emergency powers and under sections 122 and 338."""
    authorities = (BY_EMERGENCY, BY_S122, BY_S338)
    emergency, s122, s338 = (standing_pp(state, authority) for authority in authorities)
    return emergency, s122, s338


def test_duties_end_with_their_authority() -> None:
    """After the end of the emergency powers no point rests on them, whatever Washington does, and
    statutes keep to their limits."""
    # Fails if a hike, threat or snapback outlives the ruling, or a statute exceeds its limit.
    seen = 0
    for tape in tapes(resolved(OCTOBER, STRUCK, YEAR), range(40), look):
        ruling = tape.of("court_strikes")[0]
        last = ruling.day + round(ruling.size)
        for note in tape.notes:
            emergency, s122, s338 = note.seen
            assert note.day <= last or emergency == 0.0
            assert s122 <= 15.0
            assert s338 <= 50.0
            seen += note.day > last
    assert seen > 400


def test_section_122_lasts_150_days_at_most() -> None:
    """Unless Congress extends it, nothing rests on it 150 days after its start."""
    # Fails if the duty has no end, or the lapse is not carried out.
    scenario = resolved(OCTOBER, (*STRUCK, ("law.s122.congress_extends", "0")), YEAR)
    spells = []
    for tape in tapes(scenario, range(40), look):
        days = [note.day for note in tape.notes if note.seen[1] > 0.0]
        if days:
            spells.append(max(days) - min(days))
    assert len(spells) > 20
    assert max(spells) <= 150
    assert max(spells) > 120


def test_congress_can_extend_section_122() -> None:
    """If it always does, no duty lapses on its last day, and some last longer than 150 days."""
    # Fails if the vote is not drawn, or changes nothing.
    sets: Sets = (
        *STRUCK,
        ("law.s122.congress_extends", "1"),
        ("us.rate.open_301", "0"),
        ("us.rate.impose_338", "0"),
    )
    longest = 0
    for tape in tapes(resolved(OCTOBER, sets, YEAR), range(20), look):
        days = [note.day for note in tape.notes if note.seen[1] > 0.0]
        longest = max(longest, max(days) - min(days)) if days else longest
        assert len(tape.of("duties_end")) <= 1
    assert longest > 150


def test_a_ruling_comes_as_often_as_its_hazard_says() -> None:
    """By 24 December, a month after the first day on which it can come, and by the end of June."""
    # Fails if the hearing, the daily odds or the end of the term are not kept.
    day_values = batch(OCTOBER, 2000, QUIET, until=YEAR)["court_decision_day"]
    first, month = day("2025-11-25"), day("2025-12-24")
    share = float(np.mean(day_values <= month))
    expected = 1.0 - (1.0 - 0.012) ** 30
    assert abs(share - expected) < 4.0 * share_error(expected, n=2000)
    assert np.min(day_values) >= first
    assert np.max(day_values) == day("2026-06-30")


def test_the_odds_of_a_ruling_are_those_of_the_parameter() -> None:
    """In about 55 per cent of runs the duties are struck down."""
    # Fails if the verdict is drawn by another probability.
    case = batch(OCTOBER, 2000, QUIET, until=YEAR)["court_case"]
    assert set(case) == {CASE_UPHELD, CASE_STRUCK}
    share = float(np.mean(case == CASE_STRUCK))
    assert abs(share - 0.55) < 4.0 * share_error(0.55, n=2000)


def test_before_a_ruling_nothing_changes_but_the_discount() -> None:
    """Without a discount, a run that ends before any ruling is the same with and without a case."""
    # Fails if a pending case moves anything by itself.
    until = "2025-11-24"
    free: Sets = (("us.court.discount", "0"), ("cn.court.discount", "0"))
    with_case = batch(OCTOBER, RUNS, free, until=until)
    without = batch(OCTOBER, RUNS, (("court.case", "none"),), until=until)
    moved = {
        name
        for name in with_case
        if not np.array_equal(with_case[name], without[name], equal_nan=True)
    }
    assert {name.partition("@")[0] for name in moved} == {"court_case"}
    assert set(with_case["court_case"]) == {CASE_PENDING}


def test_a_contested_tariff_is_used_less() -> None:
    """If both sides are sure that the duties fall and write them off, Washington threatens and
    raises less until then."""
    # Fails if leverage does not know what a duty rests on.
    until = "2026-02-28"
    open_case: Sets = (("court.ruling_per_day", "0"),)
    sure: Sets = (
        *open_case,
        ("court.strike_probability", "1"),
        ("us.court.discount", "1"),
    )
    plain = batch(OCTOBER, 400, open_case, until=until)
    doubtful = batch(OCTOBER, 400, sure, until=until)
    assert set(doubtful["court_case"]) == {CASE_PENDING}
    tariffs = [v["us_hikes"] + v["threats_made"] for v in (doubtful, plain)]
    assert paired(*tariffs).negative


def test_a_ruling_against_the_duties_lowers_them() -> None:
    """On the same luck: fewer points, less revenue, and refunds within what was paid."""
    # Fails if duties survive the ruling, or importers get back more than they paid.
    struck = batch(OCTOBER, RUNS, STRUCK, until=YEAR)
    upheld = batch(OCTOBER, RUNS, UPHELD, until=YEAR)
    assert paired(struck["us_addon_pp"], upheld["us_addon_pp"]).negative
    assert paired(
        struck["us_imports_usd_bn_per_month"], upheld["us_imports_usd_bn_per_month"]
    ).positive
    assert not struck["emergency_duties_in_force"].any()
    assert upheld["emergency_duties_in_force"].mean() > 0.9
    refunded = struck["court_refund_usd_bn"]
    assert (refunded <= struck["emergency_paid_usd_bn"]).all()
    assert 0.4 < float(np.mean(refunded > 0.0)) < 0.8
    assert not upheld["court_refund_usd_bn"].any()


def test_washington_restores_duties_by_its_own_choice() -> None:
    """After a ruling against them, several statutes are used; a forbidden one never is."""
    # Fails if a statute is imposed by the law of the model, or a ban is not obeyed.
    used = dict.fromkeys(STATUTES, 0)
    found = tapes(resolved(OCTOBER, STRUCK, YEAR), range(60))
    for tape in found:
        for name in STATUTES:
            notes = tape.of(name)
            used[name] += bool(notes)
            assert all(note.day >= tape.of("court_strikes")[0].day for note in notes)
    assert all(used.values())
    assert used["open_301"] > used["impose_338"]
    quiet = tapes(resolved(OCTOBER, (*STRUCK, ("us.rate.impose_122", "0")), YEAR), range(20))
    assert not any(tape.of("impose_122") for tape in quiet)


def test_with_nobody_acting_no_duty_is_restored() -> None:
    """The ruling alone ends the duties; nothing brings them back but a choice."""
    # Fails if duties are restored without an act.
    values = batch(OCTOBER, RUNS, (*QUIET, *STRUCK), until=YEAR)
    assert (values["us_reciprocal_authority"] == BY_EMERGENCY).all()
    assert not values["us_duty_pp[fentanyl]"].any()
    assert not values["us_duty_pp[reciprocal]"].any()


def test_the_acts_of_the_law_are_named_and_read() -> None:
    """Each statute is an act of Washington, and each layer an outcome on any day."""
    # Fails if a scenario can no longer forbid a statute, or ask for a layer on a day.
    assert all(Act[name.upper()] for name in STATUTES)
    assert outcome_index()["emergency_duties_in_force"].dated
    assert outcome_index()["us_duty_pp[reciprocal]"].dated
    state = State()
    assert state.authority[RECIPROCAL] == BY_EMERGENCY
