"""Waits for a truce: spells of prohibitive duty in runs, and the one on record."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest

from sim.backtest.waits import Spells, recorded_wait, simulated_spells
from sim.engine.blocks import EVENT
from sim.engine.happenings import CODES
from sim.history.act_table import acts_on_record
from sim.history.acts import ActType, RecordedAct
from sim.history.tariffs import TariffStep, duty_steps

WEEKS = np.array([7, 14, 21, 28])
LAST = 30


def table(*rows: tuple[int, int, str]) -> np.ndarray:
    """Returns recorded events of nobody: run, day, name."""
    return np.array([(run, day, -1, CODES[name], 1.0) for run, day, name in rows], EVENT)


def spells(levels: list[list[float]], *rows: tuple[int, int, str]) -> Spells:
    """Returns the spells of runs whose duties are known on four Mondays."""
    return simulated_spells(table(*rows), WEEKS, np.array(levels), LAST)


def test_a_spell_begins_when_duties_take_effect_and_ends_in_a_truce() -> None:
    """Of the week before the first Monday above 100, the first day on which duties rose; the
    signature on day 24 ends the spell, the one before it and the one after it do not."""
    found = spells(
        [[0.0, 104.0, 145.0, 30.0]],
        (0, 5, "sign_truce"),
        (0, 6, "takes_force"),
        (0, 9, "takes_force"),
        (0, 10, "takes_force"),
        (0, 24, "sign_swap"),
        (0, 26, "sign_truce"),
    )

    assert found.start.tolist() == [9.0]
    assert found.waits.tolist() == [15.0]


def test_the_week_of_a_monday_ends_with_it() -> None:
    """Duties of the Monday before belong to the week before; those of the Monday itself do not
    move its reading back."""
    found = spells(
        [[0.0, 100.0, 0.0, 0.0]] * 3,
        (0, 7, "takes_force"),
        (1, 8, "snapback"),
        (2, 14, "takes_force"),
        (2, 15, "takes_force"),
    )

    assert found.start.tolist() == [14.0, 8.0, 14.0]


def test_a_run_without_prohibitive_duty_has_no_spell() -> None:
    """It counts neither as a wait nor as days; its truce neither."""
    found = spells([[0.0, 99.9, 0.0, 0.0]], (0, 9, "takes_force"), (0, 20, "sign_truce"))

    assert math.isnan(found.start[0])
    assert len(found.waits) == 0
    assert math.isnan(found.quantile(0.5))
    assert math.isnan(found.rate)


def test_the_rate_counts_the_days_of_spells_that_did_not_end() -> None:
    """One truce in 10 days, none in the 16 left of the other run: one in 26 days."""
    found = spells(
        [[0.0, 104.0, 145.0, 30.0], [0.0, 120.0, 120.0, 120.0], [0.0, 0.0, 0.0, 0.0]],
        (0, 14, "takes_force"),
        (1, 14, "takes_force"),
        (0, 24, "sign_truce"),
    )

    assert found.waits.tolist() == [10.0, math.inf]
    assert found.ended == 1
    assert found.rate == pytest.approx(1.0 / 26.0)
    assert found.quantile(0.5) == 10.0
    assert found.quantile(0.95) == math.inf


def test_the_record_waited_33_days() -> None:
    """From 9 April 2025, when 104 points were in force, to the truce of 12 May."""
    assert (date(2025, 5, 12) - date(2025, 4, 9)).days == 33
    assert recorded_wait(duty_steps("us_addon_pp"), acts_on_record()) == 33


def test_a_record_without_spell_or_truce_has_no_wait() -> None:
    """Neither lower duties nor other acts make one; a truce of the same day is a wait of none."""
    steps = [TariffStep(10, 50.0, "order"), TariffStep(20, 100.0, "order")]
    before, then = (
        RecordedAct(day, ActType.TRUCE, "a truce", None, True, "press", "high") for day in (15, 20)
    )
    other = RecordedAct(25, ActType.ROUND, "a round", None, True, "press", "high")

    assert recorded_wait(steps[:1], [then]) is None
    assert recorded_wait(steps, [before, other]) is None
    assert recorded_wait(steps, [before, then, other]) == 0
