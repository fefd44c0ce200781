"""Third parties: their paces, and the one thing that each of them moves."""

from __future__ import annotations

import pytest

from sim.model.tables.codes import (
    CN,
    ISSUE_TAIWAN,
    PARTNER_EUROPE,
    PARTNER_FURTHER,
    PARTNER_NEIGHBOURS,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.world.third_parties import (
    apply_barriers_told,
    apply_contact,
    apply_others_deadline,
    apply_others_threat,
    apply_thaw,
    apply_third_parties_day,
    contact_hazard,
    decide_partner,
    engagement_value,
    is_others_due,
    others_hazard,
    others_points,
    partners_left,
    thaw_hazard,
)
from tests.unit.model.records import TODAY, changed


@pytest.fixture
def params(params: Params) -> Params:
    """Returns parameters in round numbers."""
    params.others_threat_per_day, params.others_execute_share = 0.125, 0.25
    params.others_notice_min_days, params.others_notice_max_days = 10, 30
    params.others_size_pp = 16.0
    params.others_import_share = [0.5, 0.25, 0.125]
    params.thaw_strength, params.thaw_fading_per_day, params.thaw_engagement = 0.5, 0.25, 2.0
    params.contact_per_day, params.outreach_boost = 0.125, 2.0
    params.outreach_fading_per_day, params.tension_per_contact = 0.5, 0.0625
    params.barrier_told = 0.25
    return params


# ------------------------------------------------------------------------ other partners


def test_washington_threatens_whom_it_does_not_threaten_yet(state: State, params: Params) -> None:
    """The pace holds until all partners are under a threat."""
    # Fails if the pace falls with each, or a fourth threat can come.
    for deadlines, left in (([0, 0, 0], 3), ([TODAY, 0, TODAY], 1), ([TODAY] * 3, 0)):
        state.others_deadline = deadlines
        assert partners_left(state) == left
        assert others_hazard(state, params) == (0.125 if left else 0.0)


@pytest.mark.parametrize(
    ("deadlines", "u", "expected"),
    [
        ([0, 0, 0], 0.33, PARTNER_NEIGHBOURS),
        ([0, 0, 0], 0.34, PARTNER_EUROPE),
        ([0, 0, 0], 0.99, PARTNER_FURTHER),
        ([TODAY, 0, 0], 0.49, PARTNER_EUROPE),
        ([TODAY, 0, 0], 0.51, PARTNER_FURTHER),
        ([TODAY, TODAY, TODAY], 0.5, -1),
    ],
)
def test_each_partner_left_has_the_same_odds(
    state: State, deadlines: list[int], u: float, expected: int
) -> None:
    """Those already threatened are passed over."""
    # Fails if a partner under a threat is chosen.
    state.others_deadline = deadlines

    assert decide_partner(state, u) == expected


def test_a_threat_is_only_words(state: State, params: Params) -> None:
    """It sets a deadline and is counted; duties come later, if at all."""
    # Fails if a duty changes at once.
    assert changed(state, lambda: apply_others_threat(state, params, PARTNER_EUROPE, 0.5)) == {
        "others_deadline", "others_threatened",
    }  # fmt: skip
    assert state.others_deadline == [0, TODAY + 20, 0]


@pytest.mark.parametrize(("u", "days"), [(0.0, 10), (0.5, 20), (0.99, 29)])
def test_notice_lies_between_the_shortest_and_the_longest(
    state: State, params: Params, u: float, days: int
) -> None:
    """All days between are as likely."""
    # Fails if all threats give the same notice, or one draw in a thousand gives more.
    apply_others_threat(state, params, PARTNER_EUROPE, u)

    assert state.others_deadline[PARTNER_EUROPE] == TODAY + days


@pytest.mark.parametrize(("deadline", "due"), [(0, False), (TODAY, True), (TODAY + 1, False)])
def test_a_threat_is_due_at_its_deadline(state: State, deadline: int, due: bool) -> None:
    """Not before, and not without one."""
    # Fails if zero counts as a day long past.
    state.others_deadline[PARTNER_FURTHER] = deadline

    assert is_others_due(state, PARTNER_FURTHER) == due


@pytest.mark.parametrize(("u", "executed", "points"), [(0.249, 1, 4.0), (0.25, 0, 0.0)])
def test_a_threat_is_carried_out_or_suspended(
    state: State, params: Params, u: float, executed: int, points: float
) -> None:
    """Below the share the partner's goods weigh in by its imports; otherwise nothing is added."""
    # Fails if the comparison is turned, the partner's share is another's, or the threat stays open.
    state.others_deadline = [TODAY, TODAY, 0]
    done: list[bool] = []

    fields = changed(
        state, lambda: done.append(apply_others_deadline(state, params, PARTNER_EUROPE, u))
    )

    counted = {"others_executed", "others_added_pp"} if executed else {"others_spared"}
    assert fields == {"others_deadline"} | counted
    assert done == [bool(executed)]
    assert (state.others_executed, state.others_spared) == (executed, 1 - executed)
    assert state.others_added_pp == points == executed * others_points(params, PARTNER_EUROPE)
    assert state.others_deadline == [TODAY, 0, 0]


@pytest.mark.parametrize(
    ("told", "before", "now", "news"),
    [
        (False, 0.2, 0.25, True),
        (False, 0.2, 0.24, False),
        (False, 0.25, 0.3, False),
        (True, 0.2, 0.3, False),
    ],
)
def test_barriers_are_told_once(
    state: State, params: Params, told: bool, before: float, now: float, news: bool
) -> None:
    """On the first month in which they pass the level; nothing else changes."""
    # Fails if they are told every month, or twice.
    state.barriers_raised, state.third_barrier = told, now
    said: list[bool] = []

    fields = changed(state, lambda: said.append(apply_barriers_told(state, params, before)))

    assert (fields, said) == ({"barriers_raised"} if news else set(), [news])


# ------------------------------------------------------------------------------- Russia


def test_steps_towards_a_thaw_have_a_pace_of_their_own(params: Params) -> None:
    """Whatever the state of things between Washington and Beijing."""
    # Fails if another pace is read.
    params.thaw_per_day = 0.5

    assert thaw_hazard(params) == 0.5


def test_each_step_goes_part_of_the_way_to_a_thaw(state: State, params: Params) -> None:
    """Half of what is left, and nothing else moves."""
    # Fails if steps add up beyond a full thaw.
    assert changed(state, lambda: apply_thaw(state, params)) == {"thaw"}
    assert state.thaw == 0.5
    apply_thaw(state, params)
    assert state.thaw == 0.75


@pytest.mark.parametrize(("side", "expected"), [(US, 0.0), (CN, 1.0)])
def test_a_thaw_is_worth_something_to_china_alone(
    state: State, params: Params, side: int, expected: float
) -> None:
    """In proportion to its strength."""
    # Fails if Washington gains by it too.
    state.thaw = 0.5

    assert engagement_value(state, params, side) == expected


# ------------------------------------------------------------------------------- Taiwan


@pytest.mark.parametrize(
    ("outreach", "settled", "expected"),
    [(0.0, 0.0, 0.125), (0.5, 0.0, 0.25), (0.0, 1.0, 0.375), (0.5, 1.0, 0.375)],
)
def test_taiwan_seeks_contact_when_it_has_cause(
    state: State, params: Params, outreach: float, settled: float, expected: float
) -> None:
    """At an inauguration, and once the leaders have traded on it; the stronger reason counts."""
    # Fails if one of them is left out, or they add up.
    state.outreach, state.issue_settled[ISSUE_TAIWAN] = outreach, settled

    assert contact_hazard(state, params) == expected


def test_a_contact_is_a_small_blip(state: State, params: Params) -> None:
    """Tension rises a little, and nothing but the count moves besides."""
    # Fails if talks, markets or the mood of the leaders are touched.
    assert changed(state, lambda: apply_contact(state, params)) == {"tension", "taiwan_contacts"}
    assert state.tension == 0.53125


def test_what_third_parties_bring_fades(state: State, params: Params) -> None:
    """Each at its own pace."""
    # Fails if a pace is the other's.
    state.thaw, state.outreach = 0.5, 0.5

    assert changed(state, lambda: apply_third_parties_day(state, params)) == {"thaw", "outreach"}
    assert (state.thaw, state.outreach) == (0.375, 0.25)
    assert engagement_value(state, params, CN) == 0.75
