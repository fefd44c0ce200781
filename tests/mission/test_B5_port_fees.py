"""B5: port fees are answered in kind within days and loosen a truce."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.model.duties.threats import agreement_strength
from sim.model.governments.menu import apply_act
from sim.model.tables.codes import CN, PORT_FEES, SET_PORT_FEES, US
from tests.mission.helpers import JUNE, paired
from tests.mission.plays import batch, day, forced, resolved, start, tapes, variant

WHEN = "2025-06-20"
UNTIL = "2025-07-20"


def with_fees(folder: Path, side: str) -> str:
    """Returns June 2025 with port fees by one side."""
    return variant(
        folder,
        JUNE,
        interventions={"fees": forced(WHEN, {"side": side, "act": "set_port_fees"})},
    )


@pytest.mark.parametrize(("first", "other"), [("us", CN), ("cn", US)])
def test_B5_port_fees_are_answered_in_kind_within_days(
    tmp_path: Path, first: str, other: int
) -> None:
    """After port fees by either side the other levies its own in most runs, and half of these
    answers come within a week."""
    # Without the answer in kind only the rare port fees of one's own accord would be left.
    waits = []
    runs = 100
    for tape in tapes(resolved(with_fees(tmp_path, first), (), UNTIL), range(runs)):
        answers = [note.day for note in tape.of("reply_port_fees") if note.side == other]
        waits += [when - day(WHEN) for when in answers[:1] if when >= day(WHEN)]
    assert len(waits) > 0.6 * runs
    assert min(waits) > 0
    assert np.median(waits) <= 7.0


def test_B5_port_fees_weaken_the_agreement() -> None:
    """Port fees strain the truce: the agreement binds less the moment they are set."""
    state, params = start(JUNE, (("truce.strained", "false"),))
    before = agreement_strength(state, params)
    apply_act(state, params, US, SET_PORT_FEES, 0.5, 0.5)
    assert state.control[US][PORT_FEES] == 1
    assert agreement_strength(state, params) < before


def test_B5_port_fees_make_a_truce_less_stable(tmp_path: Path) -> None:
    """With US port fees in June 2025 clearly fewer runs keep the truce beyond its end on 10 August,
    on the same luck."""
    # The fees alone cost a little trade; most of the effect is strain, and measures in reply.
    calm = batch(JUNE, 400, until="2025-08-12")["truce_in_force"]
    strained = batch(with_fees(tmp_path, "us"), 400, until="2025-08-12")["truce_in_force"]
    gap = paired(strained, calm)
    assert gap.negative
    assert gap.mean < -0.05
