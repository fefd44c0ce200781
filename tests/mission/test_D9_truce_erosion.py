"""D9: a truce is eroded by other instruments although tariffs stay flat."""

from __future__ import annotations

import math
from pathlib import Path

from sim.model.controls.measures import apply_measure
from sim.model.duties.layers import addon_pp
from sim.model.duties.threats import agreement_strength
from sim.model.governments.agents import act_utility, apply_signals
from sim.model.tables.codes import CN, ENTITIES, HIKE, PORT_FEES, TECH, THREATEN, US
from tests.mission.helpers import OCTOBER
from tests.mission.plays import batch, forced, resolved, start, tapes, variant

JUNE = "june-2025-resumed-talks"
MEASURES = (
    {"side": "us", "act": "limit_inbound"},
    {"side": "us", "act": "limit_outbound"},
    {"side": "us", "act": "limit_visas"},
    {"side": "us", "act": "set_port_fees"},
    {"side": "cn", "act": "open_probe"},
    {"side": "cn", "act": "list_entities"},
)


def test_D9_a_measure_loosens_the_truce_and_leaves_duties_alone() -> None:
    """Each kind of non-tariff measure weakens the pause and makes threats and hikes likelier,
    while no duty moves."""
    for side, instrument in ((US, TECH), (US, ENTITIES), (CN, ENTITIES), (CN, PORT_FEES)):
        state, params = start(JUNE, (("truce.strained", "false"),))
        apply_signals(state, params, US)
        strength = agreement_strength(state, params)
        before = [act_utility(state, params, US, act) for act in (THREATEN, HIKE)]
        duties = (addon_pp(state, US), addon_pp(state, CN))
        apply_measure(state, params, side, instrument)
        apply_signals(state, params, US)
        after = [act_utility(state, params, US, act) for act in (THREATEN, HIKE)]
        assert agreement_strength(state, params) < strength
        assert all(b < a for b, a in zip(before, after, strict=True))
        assert (addon_pp(state, US), addon_pp(state, CN)) == duties


def test_D9_truces_under_more_measures_are_less_stable(tmp_path: Path) -> None:
    """Six non-tariff measures of July make the truce of June 2025 end more often, on the same
    luck and among runs without a single hike: tariffs stay flat, stability falls."""
    stressed = variant(tmp_path, JUNE, interventions={"july": forced("2025-07-20", *MEASURES)})
    calm_runs = batch(JUNE, 400, until="2025-08-12")
    stressed_runs = batch(stressed, 400, until="2025-08-12")
    flat = (calm_runs["us_hikes"] == 0) & (stressed_runs["us_hikes"] == 0)
    lost = calm_runs["truce_in_force"].astype(float) - stressed_runs["truce_in_force"]
    assert int(flat.sum()) > 100
    assert lost[flat].mean() > 2.0 * lost[flat].std() / math.sqrt(flat.sum())
    assert lost[flat].mean() > 0.02


def test_D9_nobody_accuses_the_other_of_a_breach_before_it_acts() -> None:
    """After a signature a side accuses the other only of something: a measure or a hike since, or
    purchases that are behind."""
    runs = tapes(
        resolved(OCTOBER, (("us.rate.accuse", "6"), ("cn.rate.accuse", "6"))),
        range(120),
        lambda s, p: (s.last_signed_day, list(s.provoked_day), s.breaches),
    )
    accused = 0
    for tape in runs:
        for note in tape.of("accuse"):
            signed, provoked, breaches = note.seen
            accused += signed > 0
            behind = note.side == US and breaches > 0
            assert behind or provoked[note.side] >= signed, note
    assert accused > 30
