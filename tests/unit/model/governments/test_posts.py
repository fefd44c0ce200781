"""Posts: voices of factions and mandates of negotiators, by hand."""

from __future__ import annotations

import pytest

from sim.model.governments.posts import apply_change, apply_first_posts, apply_posts, voices
from sim.model.tables.codes import (
    CN,
    CONGRESS,
    DOVES,
    HAWKS,
    POST_COMMERCE,
    POST_GO_BETWEEN,
    POST_SECURITY_ADVISER,
    POST_TREASURY,
    US,
)
from sim.model.tables.params import Params
from sim.model.tables.state import State


@pytest.fixture
def cabinet(state: State, params: Params) -> State:
    """Two doves in office and a go-between of theirs, and a hawk; the doves have 0.4."""
    params.go_between_weight = 1.0
    for post, camp, voice, mandate in (
        (POST_TREASURY, DOVES, 0.45, 0.5),
        (POST_COMMERCE, DOVES, 0.3, 0.25),
        (POST_GO_BETWEEN, DOVES, 0.25, 0.0),
        (POST_SECURITY_ADVISER, HAWKS, 0.5, 0.0),
    ):
        state.camp[US][post], state.voice[US][post] = camp, voice
        state.mandate_part[US][post] = mandate
    state.mandate_unnamed[US] = 0.0
    return state


def test_everybody_in_post_changes_nothing(cabinet: State, params: Params) -> None:
    """Influences stay those of the scenario, to the bit, and mandates add up."""
    # Fails if voices are not scaled to the influence of the first day.
    before = [row[:] for row in cabinet.influence]
    apply_first_posts(cabinet, params)
    apply_posts(cabinet, params)

    assert cabinet.influence == before
    assert cabinet.mandate == [0.75, 1.0]


def test_a_vacant_post_takes_its_voice_and_mandate(cabinet: State, params: Params) -> None:
    """From its own faction alone, in proportion to its voice."""
    # Fails if the faction, the scale or the mandate is another's.
    cabinet.filled[US][POST_TREASURY] = False
    apply_first_posts(cabinet, params)

    assert cabinet.influence[US] == pytest.approx([0.4 * 0.55, 0.4, 0.1, 0.1])
    assert cabinet.mandate[US] == 0.25


def test_a_vacancy_during_the_run_can_end(cabinet: State, params: Params) -> None:
    """What was lost comes back when the post is filled."""
    apply_first_posts(cabinet, params)
    for filled, expected in ((False, 0.0), (True, 0.4)):
        cabinet.filled[US][POST_SECURITY_ADVISER] = filled
        apply_posts(cabinet, params)
        assert cabinet.influence[US][HAWKS] == pytest.approx(expected)


@pytest.mark.parametrize(("weight", "expected"), [(0.0, 0.3), (1.0, 0.4), (3.0, 0.6)])
def test_only_the_go_between_has_a_weight(
    cabinet: State, params: Params, weight: float, expected: float
) -> None:
    """It multiplies his voice, not the ministers'."""
    params.go_between_weight = weight
    apply_first_posts(cabinet, params)

    assert cabinet.influence[US][DOVES] == pytest.approx(expected)
    assert voices(cabinet, params, US, HAWKS) == 0.5


def test_a_change_of_post_moves_the_voice(cabinet: State, params: Params) -> None:
    """A dove after a hawk, then nobody; what else moved an influence stays."""
    apply_first_posts(cabinet, params)
    cabinet.influence[US][CONGRESS] += 0.2
    apply_change(cabinet, params, US, POST_SECURITY_ADVISER, DOVES, 0.5, 0.1)
    assert cabinet.influence[US] == pytest.approx([0.6, 0.0, 0.3, 0.1])
    assert cabinet.mandate[US] == pytest.approx(0.85)
    apply_change(cabinet, params, US, POST_SECURITY_ADVISER, 0, 0.0, 0.0)
    assert cabinet.influence[US] == pytest.approx([0.4, 0.0, 0.3, 0.1])
    assert cabinet.mandate[US] == pytest.approx(0.75)


def test_a_side_without_a_table_has_a_full_mandate(state: State, params: Params) -> None:
    """And a mandate is never more than full; an influence never below none."""
    apply_first_posts(state, params)
    assert state.mandate == [1.0, 1.0]
    state.mandate_part[CN][POST_COMMERCE] = 0.5
    state.voice_unit[US][DOVES], state.heard[US][DOVES] = 1.0, 2.0
    apply_posts(state, params)
    assert state.mandate[CN] == 1.0
    assert state.influence[US][DOVES] == 0.0
