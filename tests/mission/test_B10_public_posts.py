"""B10: public posts: praise, optimism, frustration, and accusations of breach."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.model.information.words import apply_post, post_appeal
from sim.model.tables.codes import REMARK_FRUSTRATION, REMARK_OPTIMISM, REMARK_PRAISE, US
from tests.mission.helpers import JUNE, MARCH, OCTOBER, paired
from tests.mission.plays import batch, forced, resolved, start, tapes, variant

HOSTILE = frozenset(
    {
        "threaten",
        "hike",
        "tighten_tech",
        "list_entities",
        "limit_inbound",
        "limit_outbound",
        "set_port_fees",
        "limit_visas",
        "revoke_pntr",
        "accuse",
        "tighten_rare_earths",
        "freeze_purchases",
        "open_probe",
        "reply_partial",
        "reply_mirror",
        "reply_control",
        "reply_tech",
        "reply_entities",
        "reply_inbound",
        "reply_outbound",
        "reply_port_fees",
        "reply_visas",
        "counter_hike",
        "execute_threat",
        "penalise",
        "breach",
    }
)
RUNS = 400


def test_B10_accusations_follow_what_looks_like_a_breach() -> None:
    """At least nine in ten accusations come within weeks of a hostile act of the accused, or of
    pledged purchases it missed."""
    made = founded = 0
    for name in (JUNE, OCTOBER):
        _, params = start(name)
        for tape in tapes(resolved(name), range(120)):
            for note in tape.of("accuse"):
                made += 1
                founded += any(
                    each.kind in HOSTILE
                    and each.side == 1 - (note.side or 0)
                    and 0 <= note.day - each.day <= params.cause_days
                    for each in tape.notes
                )
    assert made > 50
    assert founded >= 0.9 * made


def test_B10_an_accusation_reduces_trust(tmp_path: Path) -> None:
    """A run in which Washington accuses China on a day ends with less US trust than the same run
    without."""
    act = {"side": "us", "act": "accuse"}
    accused = variant(tmp_path, JUNE, interventions={"accuse": forced("2025-06-20", act)})
    when = "2025-06-21"
    after, before = (batch(name, 20, until=when, at=(when,)) for name in (accused, JUNE))
    lost = paired(after[f"us_trust@{when}"], before[f"us_trust@{when}"])
    assert lost.negative
    assert lost.mean < -0.02


def test_B10_praise_does_not_make_hikes_rarer() -> None:
    """The same runs without praise have as many US hikes, within Monte Carlo error."""
    silent = batch(MARCH, RUNS, (("us.remark.praise_odds", "0"),))
    usual = batch(MARCH, RUNS)
    gap = paired(usual["us_hikes"], silent["us_hikes"])
    assert not gap.negative
    assert gap.mean > -0.1
    assert usual["us_hikes"].mean() > 1.0


def test_B10_praise_is_heard_and_calms_markets_a_little() -> None:
    """Praise warms the US tone and takes something off the stress of markets; without it both
    differ in the same runs, the second by little."""
    state, params = start(MARCH)
    state.market_stress = 0.5
    before = state.tone[US]
    apply_post(state, params, REMARK_PRAISE)
    assert state.tone[US] > before
    assert 0.45 < state.market_stress < 0.5

    silent, usual = batch(MARCH, RUNS, (("us.remark.praise_odds", "0"),)), batch(MARCH, RUNS)
    assert paired(usual["us_tone"], silent["us_tone"]).positive


@pytest.mark.parametrize(
    ("name", "outcome", "rises"),
    [
        ("praise", "us_tone", True),
        ("optimism", "us_tone", True),
        ("frustration", "us_tone", False),
        ("frustration", "tension", True),
    ],
)
def test_B10_each_kind_of_post_moves_something(name: str, outcome: str, rises: bool) -> None:
    """Without one kind of post an outcome other than the number of posts differs in the same runs,
    in the direction of its words."""
    usual = batch(JUNE, RUNS)
    without = batch(JUNE, RUNS, ((f"us.remark.{name}_odds", "0"),))
    gap = paired(usual[outcome], without[outcome])
    assert gap.positive if rises else gap.negative


def test_B10_the_words_fit_the_hour() -> None:
    """Optimism gains with a meeting ahead and good relations, frustration with tension and after a
    hostile act of China, praise with the rapport he believes in."""
    state, params = start(OCTOBER)
    usual = [post_appeal(state, params, post) for post in range(4)]
    state.tension += 0.2
    tense = [post_appeal(state, params, post) for post in range(4)]
    assert tense[REMARK_OPTIMISM] < usual[REMARK_OPTIMISM]
    assert tense[REMARK_FRUSTRATION] > usual[REMARK_FRUSTRATION]
    assert tense[REMARK_PRAISE] == usual[REMARK_PRAISE]
    state.tension -= 0.2
    state.provoked_day[US] = state.day
    state.rapport_forecast += 0.2
    later = [post_appeal(state, params, post) for post in range(4)]
    assert later[REMARK_PRAISE] > usual[REMARK_PRAISE]
    assert later[REMARK_FRUSTRATION] >= usual[REMARK_FRUSTRATION]
