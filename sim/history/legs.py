"""Legs of the record in the model: what each recorded act is there, and why some are nothing.

A leg is the layer of a duty, the instrument of a control, the step of a threat, or the name of what
the two sides did together, in the words of `model.tables.vocabulary`.
"""

from __future__ import annotations

from typing import Final

from sim.model.tables.vocabulary import (
    INSTRUMENT_NAMES,
    LAYER_NAMES,
    ChinaLayer,
    Layer,
    Package,
    Side,
)

NONE: Final = "none"
"""Leg of an act that is not in the model."""

THREATEN: Final = "threaten"
POSTPONE: Final = "postpone_threat"
DROP: Final = "drop_threat"

UNMAPPED: Final = {
    "chinese_threat": "China's threats of duties; in the model it replies without threatening",
    "exemptions": "single goods or parcels exempted from a duty, or exempted no longer",
    "trade_remedy": "anti-dumping and safeguard duties on a few goods",
    "ordinary_duty": "the duty on all origins, to which layers are added",
    "no_change": "leaves what is in force as it was",
    "proposal": "a measure that is only proposed",
    "no_instrument": "a control with no instrument of its own in the model",
    "third_party": "a measure against firms of third countries",
}
"""Reasons why an act has no leg in the model."""


def _names(side: Side, layers: tuple[Layer, ...] | tuple[ChinaLayer, ...]) -> tuple[str, ...]:
    return tuple(str(LAYER_NAMES[side][layer]) for layer in layers)


def _instruments(side: Side) -> tuple[str, ...]:
    return tuple(name for name in INSTRUMENT_NAMES[side] if name)


LAYERS: Final = {
    "us": _names(Side.US, (Layer.S301, Layer.S232, Layer.FENTANYL, Layer.RECIPROCAL)),
    "cn": _names(Side.CN, tuple(ChinaLayer)),
}
"""Layers of duty on record, by side."""

LEGS: Final = {
    ("us", "hike"): LAYERS["us"],
    ("us", "threat"): (THREATEN,),
    ("us", "cut"): (*LAYERS["us"], POSTPONE, DROP),
    ("us", "control"): _instruments(Side.US),
    ("us", "ease"): _instruments(Side.US),
    ("cn", "hike"): LAYERS["cn"],
    ("cn", "threat"): (),
    ("cn", "cut"): LAYERS["cn"],
    ("cn", "control"): _instruments(Side.CN),
    ("cn", "ease"): _instruments(Side.CN),
    ("both", "round"): ("round",),
    ("both", "contact"): ("call", "meeting"),
    ("both", "truce"): tuple(package.name.lower() for package in Package),
    ("both", "pledge"): ("pledge",),
}
"""Legs that an act may have, by side and act, beside `NONE`."""


def is_duty(side: str, leg: str) -> bool:
    """Returns whether a leg of a side is a layer of duty."""
    return leg in LAYERS.get(side, ())


def may_start_later(act: str, leg: str) -> bool:
    """Returns whether an act may come into force after its day."""
    return leg not in {NONE, POSTPONE, DROP} and act not in {"threat", "round", "contact", "pledge"}


def may_end(act: str, leg: str) -> bool:
    """Returns whether an act may have a deadline or a last day."""
    return leg == POSTPONE or (leg != NONE and act in {"threat", "truce"})
