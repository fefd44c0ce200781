"""C3: China answers US port fees with port fees of its own."""

from __future__ import annotations

from pathlib import Path

from sim.model.controls.measures import apply_kind, apply_measure, decide_kind, kind_hazard
from sim.model.tables.codes import CN, PORT_FEES, US
from tests.mission.helpers import JUNE, paired
from tests.mission.plays import Sets, batch, forced, start, variant

ANSWERED = "2025-07-04"
NEVER: Sets = (("reply.kind.port_probability", "0"),)


def test_C3_the_debt_is_paid_in_the_same_coin() -> None:
    """After US port fees China owes port fees from the next day; paying them closes the
    exchange."""
    state, params = start(JUNE)
    apply_measure(state, params, US, PORT_FEES)
    assert kind_hazard(state, params, CN) == 0.0
    state.day += 1
    assert kind_hazard(state, params, CN) > 0.2
    assert decide_kind(state, params, CN, 0.5) == PORT_FEES
    apply_kind(state, params, CN, PORT_FEES)
    assert state.control[CN][PORT_FEES] == 1
    state.day += 1
    assert kind_hazard(state, params, CN) == 0.0
    assert kind_hazard(state, params, US) == 0.0


def test_C3_fees_stand_on_both_sides_a_fortnight_later(tmp_path: Path) -> None:
    """Two weeks after US port fees of 20 June 2025 both sides levy them in most runs, and in
    hardly any run without them or where China does not answer in kind."""
    fees = forced("2025-06-20", {"side": "us", "act": "set_port_fees"})
    path = variant(tmp_path, JUNE, interventions={"fees": fees})
    calm = batch(JUNE, 300, until=ANSWERED)["port_fees_both"]
    struck = batch(path, 300, until=ANSWERED)["port_fees_both"]
    unanswered = batch(path, 300, NEVER, until=ANSWERED)["port_fees_both"]
    assert paired(struck, calm).positive
    assert struck.mean() > 0.7
    assert calm.mean() < 0.1
    assert unanswered.mean() < 0.1
