"""Features of the informed hazards, day by day, and nothing that was not known."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest

from sim.backtest.baselines.features import FEATURES, ActHistory, design, in_season, nearness
from sim.experiment.stats.intervals import Floats
from sim.history.acts import ActType, RecordedAct
from sim.history.standing import PAUSE, THREAT, Spell

FIRST = date(2025, 3, 1).toordinal()


def act(day: int, kind: ActType) -> RecordedAct:
    """Returns an act of a day of the record."""
    return RecordedAct(FIRST + day, kind, "an act", None, True, "press", "high")


def spell(day: int, until: int | None, kind: str, due: int | None = None) -> Spell:
    """Returns a spell between days of the record."""
    return Spell(
        FIRST + day,
        None if until is None else FIRST + until,
        kind,
        None if due is None else FIRST + due,
        "" if until is None else "broken",
        "a spell",
        "press",
        "high",
    )


def column(
    name: str,
    *,
    acts: tuple[RecordedAct, ...] = (),
    spells: tuple[Spell, ...] = (),
    last: int = 9,
) -> Floats:
    """Returns a feature on days 0 to `last` + 1 of a record that ends on day `last`."""
    history = ActHistory.known(acts, spells, FIRST, FIRST + last)
    return design(history)[:, FEATURES.index(name)]


def test_a_trace_halves_in_its_days() -> None:
    """An act of day 2 is first felt on day 3; after three days it is half of 1."""
    found = column("US hike, 3 d", acts=(act(2, ActType.US_HIKE),))

    assert found[:3].tolist() == [0.0, 0.0, 0.0]
    assert found[[3, 5, 8]] == pytest.approx([2.0 ** (-1 / 3), 0.5, 0.25])


def test_traces_add_up_over_acts_and_types() -> None:
    """Two Chinese moves of a day count twice, and a US act is none."""
    moves = (act(1, ActType.CN_HIKE), act(1, ActType.CN_CONTROL), act(1, ActType.US_HIKE))

    assert column("Chinese move, 3 d", acts=moves)[4] == pytest.approx(1.0)


def test_an_agreement_shows_from_the_day_after_it_to_the_day_it_ends() -> None:
    """What stood on the eve counts: the agreement of day 2 that ends on day 5."""
    found = column("agreement", spells=(spell(2, 5, PAUSE),))

    assert np.flatnonzero(found).tolist() == [3, 4, 5]


def test_a_deadline_comes_near_and_passes() -> None:
    """By exp(-days / 7) until its day, then it is nothing, though the threat stands."""
    threat = (spell(0, None, THREAT, due=7),)
    found = column("deadline near", spells=threat)

    assert found[[1, 7]] == pytest.approx([math.exp(-6 / 7), 1.0])
    assert found[8:].tolist() == [0.0, 0.0, 0.0]
    assert column("open threat", spells=threat)[8:].tolist() == [1.0, 1.0, 1.0]


def test_the_nearest_of_two_deadlines_counts() -> None:
    """Of days 5 and 9, on day 4, day 5, whichever was set first."""
    for due in ((9, 5), (5, 9)):
        both = (spell(0, None, THREAT, due=due[0]), spell(1, None, THREAT, due=due[1]))

        assert column("deadline near", spells=both)[4] == pytest.approx(math.exp(-1 / 7))


def test_a_pause_expires_over_two_weeks() -> None:
    """By exp(-days / 14)."""
    found = column("expiry near", spells=(spell(0, None, PAUSE, due=9),))

    assert found[2] == pytest.approx(math.exp(-7 / 14))


def test_no_date_is_never_near() -> None:
    """Infinitely many days ahead, or in the past."""
    assert nearness(np.array([math.inf, -1.0, 0.0]), 7.0).tolist() == [0.0, 0.0, 1.0]


@pytest.mark.parametrize(
    ("day", "inside"),
    [("2019-11-07", 0.0), ("2019-11-08", 1.0), ("2024-12-04", 1.0), ("2024-12-05", 0.0)],
)
def test_the_season_of_forums_is_that_of_every_year(day: str, inside: float) -> None:
    """8 November to 4 December."""
    assert in_season(date.fromisoformat(day).toordinal()) == inside


def test_a_history_ends_at_its_origin() -> None:
    """Later acts and spells are left out, and the end of a spell that stands is not known."""
    acts = (act(1, ActType.TRUCE), act(5, ActType.TRUCE))
    spells = (spell(1, 8, PAUSE), spell(6, None, THREAT))

    found = ActHistory.known(acts, spells, FIRST, FIRST + 4)

    assert found.days[ActType.TRUCE].tolist() == [FIRST + 1]
    assert found.spells == (spell(1, None, PAUSE),)
    with pytest.raises(ValueError, match="before the first day"):
        ActHistory.known(acts, spells, FIRST, FIRST - 1)


def test_the_day_after_the_origin_has_the_features_of_what_is_known() -> None:
    """The last row of a design is that of the same day in the design of a longer record without
    news."""
    acts, spells = (act(2, ActType.ROUND),), (spell(3, None, THREAT, due=30),)
    short, long = (design(ActHistory.known(acts, spells, FIRST, FIRST + last)) for last in (10, 20))

    assert np.array_equal(short, long[: len(short)])
