"""Statutes after a ruling: which are open, what each restores, and when its duty ends."""

from __future__ import annotations

import pytest

from sim.model.duties.statutes import (
    apply_due_statutes,
    apply_duty_extension,
    apply_duty_lapse,
    apply_statute,
    apply_use,
    can_use,
    duties_lapsing,
    falls_short,
    restored_pp,
)
from sim.model.tables.codes import (
    AGREEMENT_SIGNED,
    BY_EMERGENCY,
    BY_S122,
    BY_S232,
    BY_S301,
    BY_S338,
    CASE_PENDING,
    CASE_STRUCK,
    CASE_UPHELD,
    RECIPROCAL,
    S232,
    THREATENED,
    TONE_HOSTILE,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State
from tests.unit.model.records import AVERAGES, TODAY, changed

STATUTES = (BY_S122, BY_S232, BY_S301, BY_S338)


@pytest.fixture
def params(params: Params) -> Params:
    """Returns parameters with the limits of the law, and notice in round numbers."""
    params.statute_highest_pp[BY_S122] = 15.0
    params.statute_highest_pp[BY_S338] = 50.0
    params.statute_longest_days[BY_S122] = 150
    for statute, days in zip(STATUTES, (5, 120, 180, 30), strict=True):
        params.statute_lead_days[statute] = days
    params.s232_wider_share = 0.125
    params.tension_per_measure = 0.25
    params.rapport_per_measure = 0.125
    params.tone_speed[US][TONE_HOSTILE] = 0.5
    return params


@pytest.fixture
def state(state: State) -> State:
    """Returns a state in which the courts have ended 30 points."""
    state.court_case = CASE_STRUCK
    state.struck_pp = 30.0
    state.emergency_ends_on = TODAY - 1
    state.rapport = 0.5
    return state


# ------------------------------------------------------------------------------------- open


def test_all_statutes_are_open_after_a_ruling(state: State, params: Params) -> None:
    """Nothing has replaced the duties yet."""
    # Fails if one of the statutes is closed.
    assert all(can_use(state, params, statute) for statute in STATUTES)


@pytest.mark.parametrize(
    "values",
    [
        {"court_case": CASE_PENDING},
        {"court_case": CASE_UPHELD},
        {"agreement": AGREEMENT_SIGNED},
        {"struck_pp": 0.0},
    ],
)
def test_no_statute_is_open_without_need(
    state: State, params: Params, values: dict[str, float]
) -> None:
    """Before a ruling, after one for the duties, under a comprehensive deal, or for no points."""
    # Fails if one of the conditions is left out.
    for name, value in values.items():
        setattr(state, name, value)

    assert not any(can_use(state, params, statute) for statute in STATUTES)


def test_a_statute_is_used_once(state: State, params: Params) -> None:
    """Neither while its duty is under way nor afterwards."""
    # Fails if a statute is opened a second time.
    state.statute_due[BY_S122] = TODAY + 3
    state.statute_used[BY_S232] = True

    assert [can_use(state, params, statute) for statute in STATUTES] == [False, False, True, True]


@pytest.mark.parametrize("begun", [BY_S301, BY_S338])
def test_one_lasting_duty_on_all_goods_is_under_way_at_a_time(
    state: State, params: Params, begun: int
) -> None:
    """A bridge and duties on sectors remain open."""
    # Fails if a second one is begun, or the bridge is closed.
    state.statute_due[begun] = TODAY + 100

    assert [falls_short(state, params, statute) for statute in STATUTES] == [
        True, True, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("now", "duty", "expected"),
    [
        (BY_S122, 15.0, [False, True, True, True]),
        (BY_S338, 30.0, [False, False, False, False]),
        (BY_S338, 29.0, [False, True, True, True]),
        (BY_S301, 40.0, [False, False, False, False]),
    ],
)
def test_a_statute_must_add_to_what_is_in_force(
    state: State, params: Params, now: int, duty: float, expected: list[bool]
) -> None:
    """A lasting duty replaces one with a last day, or one below what was struck down."""
    # Fails if a full replacement is replaced, or a bridge follows a lasting duty.
    state.authority[RECIPROCAL] = now
    state.duty_pp[US][RECIPROCAL] = duty

    assert [falls_short(state, params, statute) for statute in STATUTES] == expected


# -------------------------------------------------------------------------------------- use


def test_a_duty_follows_after_inquiry_and_notice(state: State, params: Params) -> None:
    """Thirty days for section 338; the step counts as a measure."""
    # Fails if the days of another statute are taken, or the mood is left alone.
    fields = changed(state, lambda: apply_use(state, params, BY_S338))

    assert fields == {"statute_due", "tension", "rapport", "tone", "cause_day"}
    assert state.statute_due[BY_S338] == TODAY + 30
    assert (state.tension, state.rapport) == (0.625, 0.375)


def test_no_duty_is_charged_twice(state: State, params: Params) -> None:
    """A replacement waits for the end of the old duties."""
    # Fails if old and new duties overlap.
    state.emergency_ends_on = TODAY + 40

    apply_use(state, params, BY_S122)

    assert state.statute_due[BY_S122] == TODAY + 40


@pytest.mark.parametrize(
    ("statute", "struck", "expected"),
    [(BY_S122, 30.0, 15.0), (BY_S122, 10.0, 10.0), (BY_S338, 145.0, 50.0), (BY_S301, 145.0, 145.0)],
)
def test_a_statute_restores_what_it_allows(
    state: State, params: Params, statute: int, struck: float, expected: float
) -> None:
    """At most 15 or 50 points; section 301 restores all, and none gives more than was lost."""
    # Fails if a limit is ignored, or more is restored than was struck down.
    state.struck_pp = struck

    assert restored_pp(state, params, statute) == expected
    apply_statute(state, params, statute)
    assert state.duty_pp[US][RECIPROCAL] == expected
    assert state.authority[RECIPROCAL] == state.authority[THREATENED] == statute
    assert state.statute_used[statute]


def test_section_122_has_a_last_day(state: State, params: Params) -> None:
    """After 150 days; section 338 has none."""
    # Fails if the clock of the statute does not start, or starts for all.
    apply_statute(state, params, BY_S122)
    assert state.statute_ends_on[BY_S122] == TODAY + 150
    apply_statute(state, params, BY_S338)
    assert not any(state.statute_ends_on)


def test_section_232_covers_more_sectors(state: State, params: Params) -> None:
    """An eighth more of goods, at most all; the reciprocal duty is not touched."""
    # Fails if its points are raised in place of its reach.
    state.coverage[US][S232] = 0.125
    fields = changed(state, lambda: apply_statute(state, params, BY_S232))
    assert fields - AVERAGES == {"statute_used", "coverage"}
    assert state.coverage[US][S232] == 0.25
    state.coverage[US][S232] = 0.95
    apply_statute(state, params, BY_S232)
    assert state.coverage[US][S232] == 1.0


def test_a_higher_duty_is_not_lowered(state: State, params: Params) -> None:
    """A further step taken under section 338 survives the change to section 301."""
    # Fails if the points are replaced instead of the authority.
    state.authority[RECIPROCAL], state.duty_pp[US][RECIPROCAL] = BY_S338, 45.0

    apply_statute(state, params, BY_S301)

    assert state.duty_pp[US][RECIPROCAL] == 45.0


@pytest.mark.parametrize(
    ("values", "expected"),
    [({}, 1), ({"agreement": AGREEMENT_SIGNED}, 0), ({"struck_pp": 0.0}, 0)],
)
def test_a_duty_takes_effect_on_its_day_if_it_is_still_missing(
    state: State, params: Params, values: dict[str, float], expected: int
) -> None:
    """A comprehensive deal, or cuts agreed meanwhile, overtake it."""
    # Fails if a duty comes before its day, or in spite of a deal.
    state.statute_due[BY_S338], state.statute_due[BY_S122] = TODAY, TODAY + 1
    for name, value in values.items():
        setattr(state, name, value)

    assert apply_due_statutes(state, params) == expected
    assert state.statute_due[BY_S338] == 0
    assert state.statute_due[BY_S122] == TODAY + 1
    assert (state.duty_pp[US][RECIPROCAL] > 0.0) == (expected == 1)


# ------------------------------------------------------------------------------------ its end


@pytest.mark.parametrize(("ends", "expected"), [(0, 0), (TODAY, 1), (TODAY + 1, 0)])
def test_a_duty_lapses_on_its_day(state: State, ends: int, expected: int) -> None:
    """No day, no lapse; today counts, tomorrow does not."""
    # Fails if 0 is taken for a day that is past.
    state.statute_ends_on[BY_S122] = ends

    assert duties_lapsing(state) == expected


def test_a_duty_ends_after_its_last_day(state: State, params: Params) -> None:
    """Its authority ends with it, so that another statute can follow."""
    # Fails if the duty outlives its last day, or the layer keeps the authority.
    apply_statute(state, params, BY_S122)
    assert changed(state, lambda: apply_duty_lapse(state, params)) == set()
    state.statute_ends_on[BY_S122] = TODAY
    apply_duty_lapse(state, params)

    assert state.duty_pp[US][RECIPROCAL] == 0.0
    assert state.authority[RECIPROCAL] == state.authority[THREATENED] == BY_EMERGENCY
    assert not any(state.statute_ends_on)
    assert [can_use(state, params, statute) for statute in STATUTES] == [False, True, True, True]


def test_congress_extends_a_duty_by_its_length(state: State, params: Params) -> None:
    """Another 150 days with the same points."""
    # Fails if the duty ends, or is extended without end.
    apply_statute(state, params, BY_S122)
    assert changed(state, lambda: apply_duty_extension(state, params)) == set()
    state.statute_ends_on[BY_S122] = TODAY
    apply_duty_extension(state, params)

    assert state.statute_ends_on[BY_S122] == TODAY + 150
    assert state.duty_pp[US][RECIPROCAL] == 15.0
