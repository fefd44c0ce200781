"""A14: China reads Washington as a side that comes back to the table, and offers when it does."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.model.governments.agents import act_utility, apply_signals
from sim.model.information.beliefs import apply_climb_down_seen
from sim.model.information.opening_bid import opening_hazard
from sim.model.tables.codes import CN, OPENING_WITHHELD, SEEK_TALKS, TALKS_ACTIVE
from tests.mission.helpers import JUNE, MARCH, banned, paired
from tests.mission.plays import Sets, batch, day, forced, resolved, start, tapes, variant


def test_A14_a_climb_down_lowers_the_floor_china_sees() -> None:
    """Each deadline that passes without the duty lowers China's estimate of the US floor, and
    narrows it; with it rise its wish to talk and the odds that it tables its bid."""
    state, params = start(MARCH)
    state.talks, state.opening = TALKS_ACTIVE, OPENING_WITHHELD
    seen = []
    for _ in range(3):
        apply_signals(state, params, CN)
        wish = act_utility(state, params, CN, SEEK_TALKS)
        seen.append((state.belief_mean[CN], wish, opening_hazard(state, params)))
        apply_climb_down_seen(state, params)
    floors, wishes, hazards = zip(*seen, strict=True)
    assert floors[0] > floors[1] > floors[2]
    assert wishes[0] < wishes[1] < wishes[2]
    assert hazards[0] < hazards[1] < hazards[2]


OFTEN: Sets = (("us.rate.threaten", "12"),)


@pytest.mark.parametrize("name", [MARCH, JUNE])
def test_A14_the_log_of_chinas_estimate_moves_with_reversals(name: str) -> None:
    """When Washington postpones or drops a threat the estimate falls, but for what else China
    learns on the way."""
    fell = [
        note.seen < one.seen
        for tape in tapes(resolved(name, OFTEN), range(120), lambda s, p: s.belief_mean[CN])
        for one, note in zip(tape.notes, tape.notes[1:], strict=False)
        if note.kind in {"postpone_threat", "drop_threat"} and note.day - one.day < 3
    ]
    assert len(fell) > 15
    assert np.mean(fell) > 0.85


OFFERS = ("seek_talks", "call_leader", "float_summit", "send_delegation", "opening_tabled")


def offers(path: str) -> list[int]:
    """Returns China's steps towards Washington in the month after 15 March 2025, by run."""
    first, last = day("2025-03-16"), day("2025-04-15")
    return [
        sum(note.side == CN and first <= note.day <= last for note in tape.of(*OFFERS))
        for tape in tapes(resolved(path, (), "2025-04-16"), range(800))
    ]


def test_A14_offers_cluster_after_reversals(tmp_path: Path) -> None:
    """On the same luck, China offers more in the month after Washington put off a threat three
    times than while the threat stands."""
    (tmp_path / "stands").mkdir()
    threat = {"side": "us", "act": "threaten"}
    later = {"side": "us", "act": "postpone_threat"}
    ban = {"ban": banned("us", "execute_threat", "drop_threat", since="2025-03-11")}
    stands = ban | {"threat": forced("2025-03-11", threat)}
    swings = {f"swing-{d}": forced(f"2025-03-{d}", later) for d in (13, 14, 15)}
    calm = variant(tmp_path / "stands", MARCH, interventions=stands)
    put_off = variant(tmp_path, MARCH, interventions=stands | swings)
    assert paired(offers(put_off), offers(calm)).positive


def test_A14_what_china_believes_moves_what_happens() -> None:
    """If China thinks the US floor high it proposes less and waits longer with its bid."""
    hard = batch(MARCH, 600, (("cn.belief.mean", "1"),))
    soft = batch(MARCH, 600, (("cn.belief.mean", "-1"),))
    when = [np.nan_to_num(values["opening_bid_day"], nan=1.0e6) for values in (hard, soft)]
    assert paired(when[0] > when[1], when[0] < when[1]).positive
