"""C4: Beijing rebukes in public, above all friendly words on top of hostile deeds."""

from __future__ import annotations

from pathlib import Path

from sim.model.information.words import rebuke_hazard
from sim.model.relations.mood import apply_rebuke, can_rebuke, trust
from sim.model.tables.codes import CN, US
from tests.mission.helpers import MARCH, Gap, between, paired
from tests.mission.plays import QUIET, Sets, batch, forced, resolved, start, tapes, variant

COLD: Sets = (("us.tone_rest", "0.2"), ("us.remark.praise_odds", "0"))
WARM: Sets = (("us.tone_rest", "0.95"), ("us.remark.frustration_odds", "0"))
CONTAINED: Sets = (("us.rate.list_entities", "12"), ("us.rate.tighten_tech", "6"))
RUNS = 400


def rebukes(sets: Sets) -> list[int]:
    """Returns the number of rebukes in each of some runs."""
    return [len(tape.of("rebuke")) for tape in tapes(resolved(MARCH, sets), range(80))]


def test_C4_rebukes_come_with_warm_words_on_top_of_measures() -> None:
    """Warm words make rebukes more frequent where Washington takes measures; where it takes none
    they do not."""
    warm, cold = rebukes((*WARM, *CONTAINED)), rebukes((*COLD, *CONTAINED))
    contained: Gap = between(warm, cold)
    assert contained.positive
    assert contained.mean > 0.2

    state, params = start(MARCH)
    state.cause_day[CN], state.rebuke_day, state.goodwill_day = state.day, 0, 0
    hazards = []
    for tone, measures in ((0.9, 1.0), (0.9, 0.0), (0.3, 1.0)):
        state.tone[US], state.recent_measure[US] = tone, measures
        hazards.append(rebuke_hazard(state, params))
    assert hazards[0] > 0.05
    assert hazards[1:] == [0.0, 0.0]


def test_C4_trust_falls_more_than_with_cold_words() -> None:
    """A rebuke of warm words on top of measures costs trust in Washington; one of cold words does
    not; and in runs of many measures warm words leave China trusting less than cold ones."""
    lost = []
    for tone in (0.9, 0.3):
        state, params = start(MARCH)
        state.tone[US], state.recent_measure[US] = tone, 1.0
        before = trust(state, CN)
        apply_rebuke(state, params)
        lost.append(before - trust(state, CN))
    assert lost[0] > 0.01
    assert lost[1] == 0.0

    warm, cold = (batch(MARCH, RUNS, (*sets, *CONTAINED)) for sets in (WARM, COLD))
    assert paired(warm["cn_trust"], cold["cn_trust"]).negative


def test_C4_every_rebuke_answers_something() -> None:
    """Beijing speaks only of what was done to it of late, and of each act once."""
    seen = [
        note
        for tape in tapes(
            resolved(MARCH), range(60), look=lambda s, p: s.day - s.cause_day[CN] <= p.cause_days
        )
        for note in tape.of("rebuke")
    ]
    assert len(seen) > 50
    assert all(note.seen for note in seen)

    state, params = start(MARCH)
    state.goodwill_day, state.cause_day[CN], state.rebuke_day = 0, state.day, 0
    assert can_rebuke(state, params, CN)
    apply_rebuke(state, params)
    assert not can_rebuke(state, params, CN)
    assert rebuke_hazard(state, params) == 0.0


def test_C4_rebukes_cool_the_tone_of_china() -> None:
    """The same runs without rebukes end with a warmer Chinese tone."""
    silent = batch(MARCH, RUNS, (("cn.rate.rebuke", "0"), ("cn.rebuke.per_hypocrisy", "0")))
    usual = batch(MARCH, RUNS)
    assert paired(usual["cn_tone"], silent["cn_tone"]).negative


def test_C4_a_rebuke_raises_tension_a_little(tmp_path: Path) -> None:
    """A run with a rebuke on a day has more tension on that evening than the same run without."""
    act = {"side": "cn", "act": "rebuke"}
    rebuked = variant(tmp_path, MARCH, interventions={"rebuke": forced("2025-03-12", act)})
    when = "2025-03-12"
    after, before = (batch(name, 20, QUIET, until=when, at=(when,)) for name in (rebuked, MARCH))
    gap = paired(after[f"tension@{when}"], before[f"tension@{when}"])
    assert gap.positive
    assert gap.mean < 0.03
