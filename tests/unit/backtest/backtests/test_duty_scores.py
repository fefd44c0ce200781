"""Scores of duties: forecasts start from the record, and what does not change is a tie."""

from __future__ import annotations

import pytest

from sim.backtest.backtests.duty_scores import duty_forecasts, duty_scores, level_on
from sim.backtest.backtests.origin_forecasts import DUTIES
from tests.unit.backtest.backtests.made import EVES, forecasts, truth


@pytest.mark.parametrize("level", [17.95, 0.1 + 0.2, 20.62])
@pytest.mark.parametrize("duty", DUTIES)
def test_members_that_do_not_move_are_exactly_the_record(duty: str, level: float) -> None:
    """Whatever the level of the replay."""
    # Fails if rounding errors tell equal duties apart, so that ties are not broken at random.
    for each in duty_forecasts(duty, 30, forecasts(truth, level)):
        assert each.level == level_on(duty, each.origin)
        assert each.members.tolist() == [each.level] * len(each.members)


def test_unchanged_duties_are_spread_over_all_fifths() -> None:
    """Over 30 days most duties stay as they are, and so do these forecasts."""
    # Fails if a tie counts as larger or smaller.
    table = duty_scores("cn_avg_pct", 30, forecasts(truth, 17.95)).transform

    assert sum(each.observed for each in table) == pytest.approx(1.0)
    assert all(0.0 < each.observed < 0.5 for each in table)
    assert len({each.count for each in table}) == 1
    assert table[0].count == len(EVES)
