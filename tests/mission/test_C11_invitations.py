"""C11: an invitation turned down costs rapport, and less if an envoy of high rank goes instead."""

from __future__ import annotations

from sim.model.diplomacy.summit import apply_refusal
from sim.model.tables.codes import CN, US
from tests.mission.helpers import MARCH, between
from tests.mission.plays import Sets, resolved, start, tapes

DROPPED: Sets = (("summit.lapse_per_day", "0.05"), ("summit.agree_per_day", "0"))
"""Invitations that are turned down within weeks."""


def test_C11_a_substitute_softens_a_refusal() -> None:
    """Rapport falls by both, and by less than half as much with a substitute."""
    lost = []
    for upgraded in (False, True):
        state, params = start(MARCH)
        before = state.rapport
        apply_refusal(state, params, upgraded)
        lost.append(before - state.rapport)
    assert lost[0] > 0.02
    assert 0.0 < lost[1] < 0.5 * lost[0]


def test_C11_in_runs_a_plain_refusal_costs_more_rapport() -> None:
    """On the day an idea of a meeting is turned down rapport falls further without a substitute;
    some are met with one, and beliefs are then better informed."""
    falls: dict[str, list[float]] = {"summit_lapses": [], "substitute_sent": []}
    informed = []
    look = lambda s, p: (s.rapport, s.belief_var[US] + s.belief_var[CN])  # noqa: E731 - a pair
    for tape in tapes(resolved(MARCH, DROPPED), range(200), look):
        for one, note in zip(tape.notes, tape.notes[1:], strict=False):
            if note.kind in falls and note.day - one.day < 2:
                falls[note.kind].append(one.seen[0] - note.seen[0])
                if note.kind == "substitute_sent":
                    informed.append(note.seen[1] < one.seen[1])
    assert min(map(len, falls.values())) > 10
    assert between(falls["summit_lapses"], falls["substitute_sent"]).positive
    assert sum(informed) > 0.9 * len(informed)
