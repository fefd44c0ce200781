"""B13: at first the president's agenda is crowded, and few moves are made at China."""

from __future__ import annotations

from sim.model.tables.codes import US
from sim.model.tables.vocabulary import CHOICES, Act
from tests.mission.helpers import JANUARY, RUNS, paired, rate_gap
from tests.mission.plays import Sets, batch, day, resolved, start, tapes

MOVES = tuple(act.name.lower() for act in Act if act in CHOICES and act != Act.WAIT)
FREE: Sets = (
    ("us.attention", "1"),
    ("us.diverter.disaster_until", "null"),
    ("us.diverter.disaster_per_day", "0"),
    ("us.diverter.front_per_day", "0"),
    ("us.diverter.journey_per_day", "0"),
)


def test_B13_few_moves_at_china_are_made_before_february() -> None:
    """Over 300 runs from 19 January, Washington's weekly rate of acts of choice is lower before 1
    February than from then to the end of March."""
    february, april = day("2025-02-01"), day("2025-04-01")
    scenario = resolved(JANUARY, until="2025-03-31")
    early = late = 0
    for tape in tapes(scenario, range(300)):
        moves = [note.day for note in tape.of(*MOVES) if note.side == US]
        early += sum(when < february for when in moves)
        late += sum(february <= when < april for when in moves)

    gap = rate_gap(early, 300 * (february - scenario.start), late, 300 * (april - february))
    assert gap.negative
    assert early < 300


def test_B13_a_free_agenda_would_bring_moves_sooner() -> None:
    """On the same luck, with full attention from the first day Washington has taken more measures
    by 1 February."""
    at = "2025-02-01"
    crowded, free = batch(JANUARY, RUNS, at=(at,)), batch(JANUARY, RUNS, FREE, at=(at,))

    assert paired(crowded[f"us_measures@{at}"], free[f"us_measures@{at}"]).negative


def test_B13_attention_is_low_at_first_and_recovers() -> None:
    """It stays low through the first week and comes back within months; Beijing's is whole."""
    state, _ = start(JANUARY)
    assert state.attention[US] < 0.5 < state.attention[1 - US]
    dates = ("2025-01-25", "2025-02-15", "2025-04-15")
    runs = batch(JANUARY, RUNS, at=dates)
    first, second, third = (runs[f"us_attention@{when}"].mean() for when in dates)
    assert first < 0.5 < second < third
