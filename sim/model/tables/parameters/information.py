"""Parameters of information: beliefs, channels, the opening bid, Washington's aims."""

from __future__ import annotations

from sim.model.tables.fields import field
from sim.model.tables.vocabulary import Reading


class InformationParams:
    """What the two sides learn of one another, and how fast."""

    belief_precision: list[float] = field(
        "belief.precision.{reading}",
        unit="utility_precision",
        least=0.0,
        shape=(Reading,),
        meaning="Precision with which a contact reads the other side's floor.",
    )
    doubt_per_day: float = field(
        "belief.doubt_per_day",
        unit="1/day",
        least=0.0,
        meaning="Rate at which doubts return to those among strangers.",
    )
    prospect_scale: float = field(
        "belief.prospect_scale",
        unit="utility",
        meaning="Distance of a believed floor from the usual one that makes hope full.",
    )
    messages_per_day: float = field(
        "channel.messages_per_day",
        unit="1/day",
        least=0.0,
        meaning="Hazard of a message while all quiet channels are open.",
    )
    delegation_spacing_days: int = field(
        "cn.delegation.spacing_days",
        unit="days",
        least=0,
        meaning="Days after a delegation before the next is sent.",
    )
    argument_days: int = field(
        "cn.delegation.argument_days",
        unit="days",
        least=0,
        meaning="Days for which what a delegation argued is remembered.",
    )
    prepare_per_day: float = field(
        "cn.opening.prepare_per_day",
        unit="1/day",
        least=0.0,
        meaning="Hazard that the opening bid is begun, and then that it is ready.",
    )
    table_per_day: float = field(
        "cn.opening.table_per_day",
        unit="1/day",
        least=0.0,
        meaning="Hazard that the opening bid is tabled once talks run or a meeting is agreed.",
    )
    table_prospect: float = field(
        "cn.opening.prospect",
        unit="1",
        meaning="Rise of the log hazard of tabling if China thinks the US floor low.",
    )
    caution_delay: float = field(
        "cn.opening.caution_delay",
        unit="1",
        meaning="Fall of the log hazard of an opening bid with the weight of sceptics.",
    )
    caution_size: float = field(
        "cn.opening.caution_size",
        unit="1",
        meaning="Fall of the size of the opening bid with the weight of sceptics.",
    )
    opening_size_min: float = field(
        "cn.opening.size_min", unit="share", meaning="Smallest opening bid worth tabling."
    )
    tabling_share: float = field(
        "cn.opening.tabling_share",
        unit="share",
        meaning="Share of Washington's doubt about China's wishes that a tabled bid removes.",
    )
    aims_step: float = field(
        "us.aims.step",
        unit="1",
        least=0.0,
        meaning="Largest change of the log weight of an issue at the first round.",
    )
    aims_rounds: int = field(
        "us.aims.rounds", unit="count", meaning="Rounds after which Washington's aims are fixed."
    )
    answer_silence: float = field(
        "answer.silence",
        unit="1",
        meaning="Fall of the log odds of agreeing to talks while all quiet channels are shut.",
    )
    answer_argument: float = field(
        "us.answer.argument",
        unit="1",
        meaning="Rise of the US log odds of agreeing to talks with price pressure above rest, "
        "after a delegation argued that duties raise prices.",
    )
