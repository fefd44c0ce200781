"""C6, A15 and B15: China's opening bid is prepared, withheld, tabled and answered; sceptics delay
and shrink it; Washington's aims drift until they are fixed."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.bargain.table import units_on_table
from sim.model.information.opening_bid import apply_preparation
from sim.model.tables.codes import (
    CLAUSE_SOYBEANS,
    LEADERS,
    OPENING_TABLED,
    OPENING_WITHHELD,
    SUMMIT_AGREED,
    SUMMIT_CONFIRMED,
    TALKS_ACTIVE,
    TALKS_RESUMED,
    US,
)
from sim.model.tables.vocabulary import Opening
from tests.mission.helpers import GRAND, INVESTMENT, JANUARY, MARCH, paired
from tests.mission.plays import Sets, batch, resolved, start, tapes

BIDS = {"opening_prepared": Opening.PREPARED, "opening_withheld": Opening.WITHHELD,
        "opening_tabled": Opening.TABLED}  # fmt: skip


def test_C6_the_stages_come_in_order() -> None:
    """From January 2025 every bid is prepared, then kept back, then tabled, each once; tabled only
    while talks run or a meeting of the leaders is agreed."""
    tabled = 0
    look = lambda s, p: (s.talks, s.summit)  # noqa: E731 - a pair of fields
    for tape in tapes(resolved(JANUARY, (), "2025-12-31"), range(60), look):
        told = [BIDS[note.kind] for note in tape.of(*BIDS)]
        assert told == list(Opening)[1 : 1 + len(told)]
        for note in tape.of("opening_tabled"):
            talks, summit = note.seen
            running = talks in {TALKS_ACTIVE, TALKS_RESUMED}
            assert running or SUMMIT_AGREED <= summit <= SUMMIT_CONFIRMED
            tabled += 1
        assert (tape.end.opening == Opening.ANSWERED) <= (len(told) == 3)
    assert tabled > 20


def test_C6_nothing_new_is_to_be_had_before_the_bid_is_tabled() -> None:
    """Purchases can be bargained for once the bid is on the table, and not before."""
    state, params = start(GRAND)
    state.table_rank = LEADERS
    state.opening = OPENING_WITHHELD
    assert units_on_table(state, params, CLAUSE_SOYBEANS, forced=False) == 0.0
    state.opening = OPENING_TABLED
    assert units_on_table(state, params, CLAUSE_SOYBEANS, forced=False) > 0.0


@pytest.mark.parametrize("name", [INVESTMENT, GRAND])
def test_C6_a_tabled_bid_is_answered_at_the_next_bargain(name: str) -> None:
    """Washington answers at the first meeting at which an offer is made."""
    answered = 0
    for tape in tapes(resolved(name), range(60), lambda s, p: s.opening):
        kinds = [note.kind for note in tape.notes if note.seen == Opening.TABLED]
        assert "bundle_refused" not in kinds
        answered += tape.end.opening == Opening.ANSWERED
    assert answered > 30


def test_F2_washington_knows_more_of_chinas_asks_once_they_are_tabled() -> None:
    """On the day of the bid its doubt about what China weighs falls by more than half; until then
    it is wide."""
    falls, wide = [], []
    for tape in tapes(resolved(INVESTMENT), range(60), lambda s, p: s.belief_asks[US]):
        for one, note in zip(tape.notes, tape.notes[1:], strict=False):
            if note.kind == "opening_tabled":
                wide.append(one.seen)
                falls.append(note.seen / one.seen)
    assert len(falls) > 20
    assert np.median(falls) < 0.5
    assert np.median(wide) > 0.25


SCEPTICAL: Sets = (("cn.sceptics.influence", "0.8"), ("cn.planners.influence", "0.2"))
EAGER: Sets = (("cn.sceptics.influence", "0.2"), ("cn.planners.influence", "0.8"))


def test_A15_sceptics_make_offers_later_and_smaller() -> None:
    """On the same luck the bid comes later where sceptics weigh more, and it is smaller."""
    later = batch(MARCH, 500, SCEPTICAL)["opening_bid_day"]
    sooner = batch(MARCH, 500, EAGER)["opening_bid_day"]
    late, soon = (np.nan_to_num(days, nan=1.0e6) for days in (later, sooner))
    assert paired(late > soon, late < soon).positive
    sizes = []
    for sets in (SCEPTICAL, (), EAGER):
        runs = tapes(resolved(INVESTMENT, sets), range(60))
        sizes.append([t.end.opening_size for t in runs if t.end.opening >= OPENING_TABLED])
    assert min(map(len, sizes)) > 15
    assert max(sizes[0]) < min(sizes[1]) == 1.0 == max(sizes[2])


def test_B15_demands_shift_from_round_to_round_until_they_are_fixed() -> None:
    """What Washington weighs changes at the first rounds, by less and less, and then no more."""
    steps: dict[int, list[float]] = {}
    for luck in range(400):
        state, params = start(MARCH)
        draws = np.random.default_rng(luck).uniform(size=(8, 2))
        for number, (one, two) in enumerate(draws, start=1):
            before = np.log(state.emphasis)
            state.rounds = number
            apply_preparation(state, params, float(one), float(two))
            moved = np.abs(np.log(state.emphasis) - before).sum()
            steps.setdefault(number, []).append(float(moved))
    spread = [np.std(steps[number]) for number in (1, 2, 3, 4)]
    assert spread[0] > spread[1] > spread[2] > spread[3] > 0.0
    assert not np.any(steps[5])
    assert not np.any(steps[8])


def test_B15_shifting_demands_move_the_bargain() -> None:
    """Where Washington does not know what it wants, other bundles are signed on the same luck."""
    known = batch(MARCH, 600, (("us.aims_fixed", "true"),))["clauses_signed"]
    open_ = batch(MARCH, 600)["clauses_signed"]
    assert np.mean(known != open_) > 0.05
