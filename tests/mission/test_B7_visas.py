"""B7: limits on visas are something China asks to have eased, and Washington can ease."""

from __future__ import annotations

from sim.model.bargain.logroll import apply_table
from sim.model.governments.menu import apply_act, is_legal
from sim.model.tables.codes import CN, EASE_CONTROLS, LIMIT_VISAS, MINISTERS, US, VISAS
from sim.model.tables.vocabulary import Clause, Issue
from tests.mission.helpers import JUNE, OCTOBER, sign
from tests.mission.plays import batch, start


def test_B7_china_asks_for_visas_while_they_are_limited() -> None:
    """While the level is above 0, ministers can bargain for visas, China gains by them and
    Washington loses; at level 0 there is nothing to ask for."""
    state, params = start(JUNE)
    assert state.control[US][VISAS] == 1
    apply_table(state, params, US, MINISTERS, False, forced=False)
    assert state.units[Clause.VISAS] == 1.0
    assert state.gain[CN][Clause.VISAS] > 0.0 > state.gain[US][Clause.VISAS]
    state.control[US][VISAS] = 0
    apply_table(state, params, US, MINISTERS, False, forced=False)
    assert state.units[Clause.VISAS] == 0.0


def test_B7_new_limits_put_visas_on_the_table() -> None:
    """Where nobody spoke of visas, a limit on them makes them an issue to bargain over."""
    state, params = start(OCTOBER)
    assert not state.issue_on[Issue.VISAS]
    apply_table(state, params, CN, MINISTERS, False, forced=False)
    assert state.units[Clause.VISAS] == 0.0
    apply_act(state, params, US, LIMIT_VISAS, 0.5, 0.5)
    apply_table(state, params, CN, MINISTERS, False, forced=False)
    assert state.units[Clause.VISAS] == 1.0
    assert state.gain[CN][Clause.VISAS] > 0.0


def test_B7_washington_can_ease_visas_in_a_bundle_and_alone() -> None:
    """A signed clause lowers the limits by a level, which China takes well; so does Washington's
    own way back from its tightest control."""
    state, params = start(JUNE)
    trust = state.trust_kept[CN]
    sign(state, params, Clause.VISAS)
    assert state.control[US][VISAS] == 0
    assert state.trust_kept[CN] > trust
    state, params = start(JUNE)
    state.control[US] = [0] * len(state.control[US])
    assert not is_legal(state, params, US, EASE_CONTROLS)
    state.control[US][VISAS] = 2
    assert is_legal(state, params, US, EASE_CONTROLS)
    apply_act(state, params, US, EASE_CONTROLS, 0.5, 0.5)
    assert state.control[US][VISAS] == 1


def test_B7_some_runs_ease_visas_by_agreement() -> None:
    """From June 2025 some runs sign relief on visas, most do not; the level can only have fallen
    or risen again where it was signed, and no run signs it once the limits are gone."""
    limited = batch(JUNE, 1000)
    signed = limited["signed[visas]"] > 0
    assert 0.005 < signed.mean() < 0.5
    never = batch(
        JUNE,
        1000,
        (("us.control.visas", "0"), ("us.rate.limit_visas", "1e-9")),
    )
    assert not (never["signed[visas]"] > 0).any()
