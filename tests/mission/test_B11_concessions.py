"""B11 and B7: concessions come in packages; alone they are rare, and controls have a way back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sim.experiment.inputs.priors import parameter_vector
from sim.model.governments.menu import is_legal
from sim.model.tables.codes import (
    AGREEMENT_SIGNED,
    CN,
    DEAL_COMPREHENSIVE,
    DEAL_PACKAGE,
    US,
    VISAS,
)
from sim.model.tables.vocabulary import Act
from tests.mission.helpers import GRAND, JANUARY, JUNE, OCTOBER, banned
from tests.mission.plays import (
    SEED,
    Tape,
    day,
    forced,
    play_recorded,
    resolved,
    start,
    tapes,
    variant,
)

ALONE = (
    "ease_tech",
    "ease_rare_earths",
    "ease_controls",
    "catch_up_purchases",
    "crack_down_precursors",
    "cut_tariff",
)
HIKES = (
    "hike",
    "execute_threat",
    "counter_hike",
    "penalise",
    "revoke_pntr",
    "reply_mirror",
    "reply_partial",
)

MEASURES = (
    Act.TIGHTEN_TECH,
    Act.LIST_ENTITIES,
    Act.LIMIT_INBOUND,
    Act.LIMIT_OUTBOUND,
    Act.SET_PORT_FEES,
    Act.LIMIT_VISAS,
    Act.TIGHTEN_RARE_EARTHS,
    Act.FREEZE_PURCHASES,
    Act.OPEN_PROBE,
)


@pytest.mark.parametrize("name", [JUNE, OCTOBER])
def test_B11_concessions_come_in_packages(name: str) -> None:
    """Less than a tenth of the concessions are made alone; a signature holds one of each side."""
    runs = tapes(resolved(name), range(200))
    alone = sum(len(tape.of(*ALONE)) for tape in runs)
    signed = 2 * sum(note.kind.startswith("sign_") for tape in runs for note in tape.notes)
    assert 0 < alone < 0.1 * (alone + signed)


def test_B7_visas_have_a_way_back() -> None:
    """Once in a while Washington eases visas of its own accord, and oftener at a higher rate."""
    often = tapes(
        resolved(JUNE, (("us.rate.ease_controls", "20"),)),
        range(40),
        lambda s, p: s.control[US][VISAS],
    )
    eased = [note for tape in often for note in tape.of("ease_controls") if note.side == US]
    assert len(eased) > 10
    assert min(note.seen for note in eased) == 0


def calm_hikes(tape: Tape) -> list[str]:
    """Returns the hikes of a run made while a pause or a signed text was in force and no threat
    open: `seen` holds both, and what it was just before a hike is what the last note saw."""
    return [
        note.kind
        for one, note in zip(tape.notes, tape.notes[1:], strict=False)
        if note.kind in HIKES and one.seen == (True, False)
    ]


@pytest.mark.parametrize("name", [JANUARY, JUNE, OCTOBER])
@pytest.mark.parametrize("vector", [None, 0, 1, 2])
def test_a_pause_without_a_threat_is_calm(name: str, vector: int | None) -> None:
    """In 1,936 days of the record with an agreement and no open threat neither side raised duties:
    nor does the model, at its central values and at draws from their priors."""
    scenario = resolved(name)
    drawn = None if vector is None else parameter_vector(scenario, SEED, vector)
    for replicate in range(30):
        tape = Tape(lambda s, p: (s.agreement in (2, 3), s.threat_open))
        play_recorded(scenario, SEED, replicate, tape, drawn)
        assert not calm_hikes(tape)


def test_a_cut_is_not_followed_by_a_hike() -> None:
    """After a cut, alone or in a deal, neither side raises duties for 30 days unless the other
    side hikes or takes a measure."""
    runs = tapes(
        resolved(OCTOBER, (("us.rate.cut_tariff", "20"),)),
        range(150),
        lambda s, p: (list(s.cut_day), list(s.provoked_day)),
    )
    cuts = 0
    for tape in runs:
        for one, note in zip(tape.notes, tape.notes[1:], strict=False):
            if note.kind not in HIKES or note.side is None:
                continue
            cut, provoked = one.seen[0][note.side], one.seen[1][note.side]
            cuts += cut > 0
            assert cut == 0 or note.day - cut > 30 or provoked >= cut, note
    assert cuts > 10


EASED = {
    "agree_tech": ("tighten_tech",),
    "agree_us_listings": ("list_entities",),
    "agree_visas": ("limit_visas",),
    "agree_minerals": ("tighten_rare_earths",),
    "agree_probes": ("open_probe",),
    "agree_port_fees": ("set_port_fees", "reply_port_fees"),
}
"""Clauses that ease a control, with what would take them back."""


def test_B11_what_a_side_eased_it_does_not_tighten_at_once() -> None:
    """For 45 days after a bargain eased a control, the side that gave it does not raise it again,
    unless the other side raised duties or the pause lapsed."""
    runs = tapes(resolved(GRAND), range(150), lambda s, p: (list(s.hike_day), s.lapse_day))
    given = 0
    for tape in runs:
        for at, note in enumerate(tape.notes):
            for one in tape.notes[at + 1 :] if note.kind in EASED else ():
                if one.kind not in EASED[note.kind] or one.day - note.day > 45:
                    continue
                if note.side is not None and one.side != note.side:
                    continue
                hikes, lapsed = one.seen
                assert hikes[1 - one.side] >= note.day or lapsed >= note.day, (note, one)
            given += note.kind in EASED
    assert given > 40


def answers(folder: Path, *eased: tuple[str, dict[str, Any]]) -> int:
    """Returns how often Beijing answered in kind a tightening of 20 June 2025 within a month, in
    150 runs."""
    tight = {"up": forced("2025-06-20", {"side": "us", "act": "tighten_tech"})}
    ban = {"ban": banned("us", "tighten_tech", "list_entities", since="2025-06-21")}
    path = variant(folder, JUNE, interventions=tight | ban | dict(eased))
    first, last = day("2025-06-21"), day("2025-07-20")
    return sum(
        note.side == CN and first <= note.day <= last
        for tape in tapes(resolved(path, (), "2025-07-21"), range(150))
        for note in tape.of("reply_tech")
    )


def test_B11_easing_settles_the_answer_that_was_owed(tmp_path: Path) -> None:
    """Beijing answers tighter controls in kind in a tenth of the runs, but in none if Washington
    takes them back the next day, before there was an answer."""
    (tmp_path / "eased").mkdir()
    back = ("back", forced("2025-06-21", {"side": "us", "act": "ease_tech"}))
    assert answers(tmp_path) > 8
    assert answers(tmp_path / "eased", back) == 0


@pytest.mark.parametrize("side", [US, CN])
def test_B11_a_comprehensive_deal_ends_the_measures_of_both_sides(side: int) -> None:
    """While it is in force no new control is open to either; after a lesser deal most are."""
    state, params = start(GRAND)
    menu = [act for act in MEASURES if params.act_rate[side][act] > 0.0]
    assert len(menu) >= 3
    state.agreement, state.deal_status = AGREEMENT_SIGNED, DEAL_PACKAGE
    assert sum(is_legal(state, params, side, act) for act in menu) >= 3
    state.deal_status = DEAL_COMPREHENSIVE
    assert not any(is_legal(state, params, side, act) for act in menu)


OWN = tuple(act.name.lower() for act in MEASURES)


@pytest.mark.parametrize("name", [OCTOBER, JUNE])
def test_B11_neither_side_takes_measures_around_a_text_or_a_meeting(name: str) -> None:
    """No measure of a side's own accord comes within twelve days of a signature, nor within six of
    a meeting of the leaders that did not fail; later ones do come."""
    runs = tapes(
        resolved(name),
        range(100),
        lambda s, p: (s.last_signed_day, s.summit_last_day, s.summit_failed_day),
    )
    later = 0
    for tape in runs:
        signed, met, failed = 0, 0, 0
        for note in tape.notes:
            if note.kind in OWN:
                assert signed == 0 or note.day - signed > 12, note
                assert met <= failed or note.day - met > 6, note
                later += signed > 0
            signed, met, failed = note.seen
    assert later > 20


def test_B7_a_measure_is_answered_once_and_within_a_month() -> None:
    """Washington's listings are answered by listings within a month, unless Beijing listed firms
    of its own accord meanwhile."""
    answers = 0
    for tape in tapes(resolved(JUNE), range(150)):
        listed = [note.day for note in tape.of("list_entities") if note.side == US]
        own = [note.day for note in tape.of("list_entities") if note.side == CN]
        for note in tape.of("reply_entities"):
            answers += 1
            causes = [day for day in listed if 0 < note.day - day <= 30]
            assert any(not any(day < other < note.day for other in own) for day in causes), note
    assert answers > 20
