"""B11, B7 and E5: concessions come in packages; alone they are rare, and tariffs stay up."""

from __future__ import annotations

import pytest

from sim.experiment.inputs.priors import parameter_vector
from sim.model.duties.layers import addon_pp
from sim.model.tables.codes import US, VISAS
from tests.mission.helpers import JANUARY, JUNE, MARCH, OCTOBER
from tests.mission.plays import SEED, Tape, play_recorded, resolved, tapes

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


@pytest.mark.parametrize("name", [JUNE, OCTOBER])
def test_B11_concessions_come_in_packages(name: str) -> None:
    """Less than a tenth of the concessions are made alone; a signature holds one of each side."""
    runs = tapes(resolved(name), range(200))
    alone = sum(len(tape.of(*ALONE)) for tape in runs)
    signed = 2 * sum(note.kind.startswith("sign_") for tape in runs for note in tape.notes)
    assert 0 < alone < 0.1 * (alone + signed)


def test_E5_tariffs_hardly_fall_without_a_deal() -> None:
    """In two runs of a hundred at most Washington cuts duties alone, and only at duties that
    prohibit trade, with markets under stress."""
    runs = tapes(
        resolved(MARCH),
        range(300),
        lambda s, p: (addon_pp(s, US) + p.hike_step_pp, s.market_stress),
    )
    cuts = [note.seen for tape in runs for note in tape.of("cut_tariff")]
    assert len(cuts) <= 6
    assert all(addon >= 120.0 and stress >= 0.4 for addon, stress in cuts)


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
