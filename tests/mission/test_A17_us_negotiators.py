"""A17: no ministers' round before a lead is set; higher rank and a fuller mandate bring more."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from sim.engine.speakers import SIGNED
from sim.model.bargain.signature import sign_probability
from sim.model.diplomacy.talks import round_hazard
from sim.model.tables.codes import CN, LEADERS, MINISTERS, TALKS_ACTIVE, US
from sim.model.tables.vocabulary import Clause
from tests.mission.helpers import FEBRUARY, INVESTMENT, JANUARY, JUNE, lay_out, paired
from tests.mission.plays import Sets, batch, day, resolved, start, tapes

FIRST = "2025-03-26"
"""First day on which somebody talks for Washington."""

STEPS = {"2025-03-25": 0.0, "2025-03-26": 0.3, "2025-05-05": 0.3, "2025-05-06": 0.8,
         "2025-06-04": 0.8, "2025-06-05": 1.0, "2025-07-01": 1.0}  # fmt: skip
"""Mandate of Washington: none in February, two ministers at Geneva, three in June."""


def vacant(*posts: str) -> Sets:
    """Returns the settings that leave posts vacant."""
    return tuple((post.replace(".", ".post."), "false") for post in posts)


def test_A17_the_mandate_follows_the_record() -> None:
    """In every run it is nil until March 2025, and full once the team of June is set; China's is
    full throughout."""
    seen: dict[int, tuple[float, float]] = {}
    look = lambda s, p: (s.day, s.mandate[US], s.mandate[CN])  # noqa: E731
    for tape in tapes(resolved(JANUARY, (), "2025-07-18"), range(60), look):
        for note in tape.notes:
            today, ours, theirs = note.seen
            assert seen.setdefault(today, (ours, theirs)) == (ours, theirs)
    for text, mandate in STEPS.items():
        if day(text) in seen:
            assert seen[day(text)] == pytest.approx((mandate, 1.0))
    assert {round(ours, 6) for ours, _ in seen.values()} == {0.0, 0.3, 0.8, 1.0}


@pytest.mark.parametrize("name", [JANUARY, FEBRUARY, INVESTMENT])
def test_A17_no_ministers_round_before_a_lead_is_set(name: str) -> None:
    """From January or February 2025 no run has a round before the first negotiator has a mandate,
    though talks are under way in many; many have one within the weeks after it."""
    # Without the rule the investment scenario, where talks are in preparation, has rounds at once.
    rounds, waiting = [], 0
    look = lambda s, p: s.talks  # noqa: E731
    for tape in tapes(resolved(name, (), "2025-06-30"), range(150), look):
        rounds += [note.day for note in tape.of("ministers_round")]
        waiting += any(note.day < day(FIRST) and note.seen > 0 for note in tape.notes)
    assert waiting > 10
    assert len(rounds) > 50
    assert min(rounds) >= day(FIRST)


def test_A17_the_hazard_of_a_round_is_nil_without_a_lead() -> None:
    """On either side, and whatever else calls for one."""
    state, params = start(JUNE)
    # In the days right after a call there is no round either.
    state.talks, state.call_day = TALKS_ACTIVE, 0
    assert round_hazard(state, params) > 0.0
    for side in (US, CN):
        state.mandate[side] = 0.0
        assert round_hazard(state, params) == 0.0
        state.mandate[side] = 0.1
        assert round_hazard(state, params) > 0.0
        state.mandate[side] = 1.0


def test_A17_higher_rank_is_likelier_to_sign() -> None:
    """For the same bundle the odds that both sign are highest among leaders, lower among ministers,
    the lower the less mandate they have, and nil among envoys."""
    odds = []
    for rank, sets in (
        (LEADERS, ()),
        (MINISTERS, ()),
        (MINISTERS, vacant("us.commerce")),
        (MINISTERS, vacant("us.treasury")),
        (MINISTERS, vacant("us.treasury", "us.commerce", "us.trade_representative")),
    ):
        state, params = start(JUNE, sets)
        # People weigh through the factions too; here only their mandate may.
        state.weight = [row[:] for row in start(JUNE)[0].weight]
        lay_out(state, params, Clause.MINERALS, Clause.TECH, rank=MINISTERS)
        state.table_rank = rank
        odds.append(sign_probability(state, params, US) * sign_probability(state, params, CN))
    assert all(high > low for high, low in pairwise(odds))
    assert odds[-1] == 0.0


def test_A17_more_meetings_of_leaders_than_of_ministers_bring_a_bundle() -> None:
    """In the runs from June, the share of meetings that end with a signature is higher among
    leaders than among ministers, and nil among envoys, who hold none."""
    held, brought = {LEADERS: 0, MINISTERS: 0}, {LEADERS: 0, MINISTERS: 0}
    for tape in tapes(resolved(JUNE), range(400)):
        meetings = {note.day: MINISTERS for note in tape.of("ministers_round")}
        meetings |= {note.day: LEADERS for note in tape.of("summit_held")}
        signed = {note.day for note in tape.of(*SIGNED)}
        for when, rank in meetings.items():
            held[rank] += 1
            brought[rank] += when in signed
    shares = [brought[rank] / held[rank] for rank in (LEADERS, MINISTERS)]
    error = sum(p * (1 - p) / held[r] for p, r in zip(shares, (LEADERS, MINISTERS), strict=True))
    assert shares[0] - shares[1] > 2.0 * error**0.5
    envoys = batch(JUNE, 300, vacant("cn.lead_negotiator", "cn.commerce"))
    assert envoys["rounds"].max() == 0


def test_A17_each_negotiator_adds_to_what_rounds_bring() -> None:
    """On the same luck, fewer clauses are signed from June on if one of the three is away, the
    fewest without the lead."""
    until = "2025-09-20"
    posts = ("us.treasury", "us.trade_representative", "us.commerce")
    usual = clauses(JUNE, (), until)
    gaps = [paired(clauses(JUNE, vacant(post), until), usual) for post in posts]
    assert all(gap.negative for gap in gaps)
    assert gaps[0].mean == min(gap.mean for gap in gaps)


def clauses(name: str, sets: Sets, until: str) -> np.ndarray:
    """Returns how many kinds of clauses each of 600 runs signed."""
    values = batch(name, 600, sets, until=until)
    kinds = [
        rows > 0 for key, rows in values.items() if key.startswith("signed[") and "@" not in key
    ]
    return np.sum(kinds, axis=0)
