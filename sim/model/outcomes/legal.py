"""Outcomes about the law: duties by layer and by authority, and the case in court."""

from __future__ import annotations

from typing import Final

from sim.model.duties.law import average_pp, standing_pp
from sim.model.outcomes.outcome import (
    DUTY_STEP,
    At,
    Outcome,
    class_row,
    day_or_never,
    flag_row,
    row,
    truth,
)
from sim.model.tables.codes import BY_EMERGENCY, CN, RECIPROCAL, US
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import Authority, ChinaLayer, CourtCase, Layer


def layer_pp(state: State, params: Params, layer: int) -> float:
    """Returns the rate in force of a layer of US duty."""
    return state.duty_pp[US][layer]


def cn_layer_pp(state: State, params: Params, layer: int) -> float:
    """Returns the rate in force of a layer of Chinese duty."""
    return state.duty_pp[CN][layer]


LEGAL_OUTCOMES: Final[tuple[Outcome, ...]] = (
    *(
        row(
            f"us_duty_pp[{layer.name.lower()}]",
            "pp",
            2.0,
            "Rate in force of a layer of US duty on the goods it covers; the layer is in brackets.",
            At(layer_pp, layer),
            step=DUTY_STEP,
        )
        for layer in Layer
    ),
    *(
        row(
            f"cn_duty_pp[{layer.name.lower()}]",
            "pp",
            2.0,
            "Rate in force of a layer of Chinese duty on the goods it covers; the layer is in "
            "brackets.",
            At(cn_layer_pp, layer),
            step=DUTY_STEP,
        )
        for layer in ChinaLayer
    ),
    *(
        row(
            f"us_duty_avg_pp[{authority.name.lower()}]",
            "pp",
            2.0,
            "Average US points on all Chinese goods that rest on an authority, in brackets.",
            At(average_pp, authority),
            step=DUTY_STEP,
        )
        for authority in Authority
    ),
    flag_row(
        "emergency_duties_in_force",
        "US duties under the emergency powers are in force.",
        lambda s, p: truth(standing_pp(s, BY_EMERGENCY) > 0.0),
    ),
    class_row(
        "court_case",
        CourtCase,
        "State of the case against duties under the emergency powers.",
        lambda s, p: s.court_case,
    ),
    row(
        "court_decision_day",
        "date",
        7.0,
        "Day of the final ruling on those duties.",
        lambda s, p: day_or_never(s.court_ruled),
        dated=False,
    ),
    class_row(
        "us_reciprocal_authority",
        Authority,
        "Authority on which the reciprocal duty, or what replaced it, rests.",
        lambda s, p: s.authority[RECIPROCAL],
    ),
    row(
        "emergency_paid_usd_bn",
        "usd_bn",
        2.0,
        "Duty paid on Chinese goods under the emergency powers since February 2025.",
        lambda s, p: s.emergency_paid_usd_bn,
    ),
    row(
        "court_refund_usd_bn",
        "usd_bn",
        2.0,
        "Duty on Chinese goods that importers get back after the ruling; 0 without a refund.",
        lambda s, p: s.refund_usd_bn,
    ),
)
"""Rates by layer add up only where layers cover the same goods; averages by authority always do."""
