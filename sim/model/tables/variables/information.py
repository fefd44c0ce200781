"""State of information: beliefs, quiet channels, China's opening bid, Washington's aims."""

from __future__ import annotations

from sim.model.tables.fields import field
from sim.model.tables.vocabulary import Channel, Issue, Opening, Side


class InformationState:
    """What each side knows of the other, and has told it."""

    # beliefs --------------------------------------------------------------------------------
    belief_mean: list[float] = field(
        "{side}.belief.mean",
        unit="utility",
        shape=(Side,),
        meaning="Floor of the other side as a side believes it (what it hardly signs below).",
    )
    belief_var: list[float] = field(
        "{side}.belief.var",
        unit="utility",
        init=0.25,
        shape=(Side,),
        meaning="Variance of that belief, in utility squared; answers and contacts narrow it.",
    )
    belief_asks: list[float] = field(
        "{side}.belief.asks",
        unit="share",
        init=0.3,
        shape=(Side,),
        meaning="How little a side knows of what the other weighs: 0 all, 1 nothing.",
    )
    channel_open: list[bool] = field(
        "channel.{channel}",
        unit="flag",
        init=True,
        shape=(Channel,),
        meaning="A quiet channel between the capitals is open.",
    )
    delegation_day: int = field(
        "cn.last_delegation", unit="date", meaning="Day on which China last sent a delegation."
    )
    delegations: int = field("", unit="count", meaning="Number of Chinese delegations.")
    opening: int = field(
        "cn.opening",
        unit="code",
        code=Opening,
        init=Opening.ANSWERED,
        meaning="Stage of China's opening bid.",
    )
    opening_size: float = field(
        "cn.opening_size",
        unit="share",
        init=1.0,
        meaning="Size of what China offers to buy and invest.",
    )
    tabled_day: int = field("", unit="date", meaning="Day on which China tabled its opening bid.")
    aims_fixed: bool = field(
        "us.aims_fixed", unit="flag", init=True, meaning="Washington knows what it wants."
    )
    emphasis: list[float] = field(
        "", unit="1", init=1.0, shape=(Issue,), meaning="Factor on the US weight of an issue."
    )
