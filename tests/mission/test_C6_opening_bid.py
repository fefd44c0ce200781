"""C6: China's opening bid is prepared, withheld, tabled and answered."""

from __future__ import annotations

import pytest

from sim.model.bargain.table import units_on_table
from sim.model.tables.codes import (
    CLAUSE_SOYBEANS,
    LEADERS,
    OPENING_TABLED,
    OPENING_WITHHELD,
    SUMMIT_AGREED,
    SUMMIT_CONFIRMED,
    TALKS_ACTIVE,
    TALKS_RESUMED,
)
from sim.model.tables.vocabulary import Opening
from tests.mission.helpers import GRAND, INVESTMENT, JANUARY
from tests.mission.plays import resolved, start, tapes

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
