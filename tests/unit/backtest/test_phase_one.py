"""Phase One: two codings of its end, in the replay and among the agreements on record."""

from __future__ import annotations

from datetime import date

from sim.backtest.backtests.origin_forecasts import Variant, world_at
from sim.backtest.phase_one import ENDED, FIRST_WITHOUT, IN_FORCE, agreements
from sim.history.standing import SIGNED, standing_on_record
from sim.model.tables.vocabulary import Agreement

BEFORE = date(2021, 12, 31).toordinal()
AFTER = date(2022, 6, 30).toordinal()


def test_the_replay_keeps_the_accord_or_lets_it_go() -> None:
    """Until the end of 2021 both codings agree; after it one has it dormant, one in force."""
    # Fails if a coding is not passed on, or its change names no entry of the scenario.
    level = "agreement.level"
    kept, gone = (
        world_at(AFTER, (30,), Variant(coding=coding)).state[level] for coding in (IN_FORCE, ENDED)
    )

    assert kept == Agreement.SIGNED
    assert gone == Agreement.DORMANT
    for coding in (IN_FORCE, ENDED):
        assert world_at(BEFORE, (30,), Variant(coding=coding)).state[level] == Agreement.SIGNED


def test_only_the_accord_is_coded() -> None:
    """Of all spells one ends earlier, on the first day of 2022."""
    # Fails if pauses or threats are moved, or the record itself is changed.
    ended, in_force = agreements(ENDED), agreements(IN_FORCE)
    moved = [pair for pair in zip(ended, in_force, strict=True) if pair[0] != pair[1]]

    assert in_force == standing_on_record()
    ((short, long),) = moved
    assert short.kind == SIGNED
    assert short.until == FIRST_WITHOUT == date(2022, 1, 1).toordinal()
    assert long.until == date(2025, 2, 1).toordinal()
