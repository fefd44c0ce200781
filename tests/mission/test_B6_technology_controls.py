"""B6: technology controls rise and fall with US acts, and China answers with rare earths."""

from __future__ import annotations

from pathlib import Path

from sim.model.governments.agents import act_utility, apply_signals
from sim.model.governments.menu import apply_act, is_legal
from sim.model.tables.codes import CN, EASE_TECH, TECH, TIGHTEN_RARE_EARTHS, TIGHTEN_TECH, US
from tests.mission.helpers import JUNE, banned, paired
from tests.mission.plays import QUIET, batch, forced, resolved, start, tapes, variant

TIGHTEN = {"side": "us", "act": "tighten_tech"}
EASE = {"side": "us", "act": "ease_tech"}


def test_B6_the_level_follows_the_acts(tmp_path: Path) -> None:
    """With nobody else acting the reported level of technology controls rises by one with each
    tightening and falls by one with each easing."""
    path = variant(
        tmp_path,
        JUNE,
        interventions={
            "up": forced("2025-06-20", TIGHTEN),
            "up-again": forced("2025-06-30", TIGHTEN),
            "down": forced("2025-07-10", EASE),
        },
    )
    dates = ("2025-06-19", "2025-06-20", "2025-06-30", "2025-07-10")
    sets = (*QUIET, ("us.control.tech", "2"), ("summit.stage", "none"), ("talks.stage", "none"))
    values = batch(path, 2, sets, until="2025-07-20", at=dates)
    assert [values[f"us_tech_level@{when}"].tolist() for when in dates] == [
        [2.0, 2.0],
        [3.0, 3.0],
        [4.0, 4.0],
        [3.0, 3.0],
    ]


def test_B6_controls_have_a_top_and_a_bottom() -> None:
    """Controls can be tightened up to the highest level and eased down to none."""
    state, params = start(JUNE)
    for _ in range(10):
        state.day += 30  # The same control is not raised twice within days.
        if is_legal(state, params, US, TIGHTEN_TECH):
            apply_act(state, params, US, TIGHTEN_TECH, 0.5, 0.5)
    assert state.control[US][TECH] == 4
    state.day += 30
    assert not is_legal(state, params, US, TIGHTEN_TECH)
    for _ in range(10):
        if is_legal(state, params, US, EASE_TECH):
            apply_act(state, params, US, EASE_TECH, 0.5, 0.5)
    assert state.control[US][TECH] == 0
    assert not is_legal(state, params, US, EASE_TECH)


def test_B6_washington_does_not_relax_what_it_has_just_tightened() -> None:
    """Of its own accord it lets four weeks pass, as in 2025 over chip software."""
    gaps = []
    for tape in tapes(resolved(JUNE, (("us.rate.ease_tech", "6"),)), range(120)):
        tightened = 0
        for note in tape.of("tighten_tech", "ease_tech"):
            if note.kind == "tighten_tech":
                tightened = note.day
            elif tightened:
                gaps.append(note.day - tightened)
    assert len(gaps) > 20
    assert min(gaps) >= 28


def test_B6_tighter_controls_make_china_want_to_strike_back() -> None:
    """A tightening raises China's own wish to tighten rare earths, besides the answer it owes."""
    state, params = start(JUNE)
    wishes = []
    for _ in range(2):
        apply_signals(state, params, CN)
        wishes.append(act_utility(state, params, CN, TIGHTEN_RARE_EARTHS))
        apply_act(state, params, US, TIGHTEN_TECH, 0.5, 0.5)
    assert wishes[1] > wishes[0] + 0.1


def test_B6_china_answers_tighter_controls_with_rare_earths(tmp_path: Path) -> None:
    """A month after a tightening of June 2025 Chinese rare-earth controls stand higher than on
    the same luck without it, even if Beijing takes none of its own accord."""
    # Only the answer in kind is left, so that without it the two would be alike.
    bans = {"ban": banned("cn", "tighten_rare_earths", since="2025-06-06")}
    june = {"june": forced("2025-06-20", TIGHTEN)}
    (tmp_path / "calm").mkdir()
    base = variant(tmp_path / "calm", JUNE, interventions=bans)
    tight = variant(tmp_path, JUNE, interventions=bans | june)
    when = "2025-07-20"
    calm = batch(base, 300, until=when)["cn_rare_earth_level"]
    stirred = batch(tight, 300, until=when)["cn_rare_earth_level"]
    gap = paired(stirred, calm)
    assert gap.positive
    # In the record a Chinese control follows one of the US within a month by 0.14 more often.
    assert gap.mean > 0.05
