"""State of third parties and of the matters that compete for a leader's attention."""

from __future__ import annotations

from sim.model.tables.fields import field
from sim.model.tables.paths import Index, side_name
from sim.model.tables.vocabulary import DIVERTER_SIDE, Diverter, Partner


def diverter_name(index: Index) -> str:
    """Returns the dotted name of a diverter: its side, then itself."""
    diverter = Diverter(index[0])
    return f"{side_name(DIVERTER_SIDE[diverter])}.diverter.{diverter.name.lower()}"


class ThirdPartyState:
    """Other countries, Russia, Taiwan, and what keeps the leaders busy."""

    # Washington and its other trading partners -------------------------------------------------
    others_deadline: list[int] = field(
        "us.others.{partner}.deadline",
        unit="date",
        shape=(Partner,),
        meaning="Deadline of the open US threat of duties against a partner other than China.",
    )
    others_added_pp: float = field(
        "",
        unit="pp",
        meaning="Points on imports from other countries that executed threats have added.",
    )
    others_threatened: int = field(
        "", unit="count", meaning="Threats of duties made against other countries."
    )
    others_executed: int = field(
        "", unit="count", meaning="Threats of duties against other countries carried out."
    )
    others_spared: int = field(
        "",
        unit="count",
        meaning="Threats of duties against other countries suspended for concessions.",
    )
    barriers_raised: bool = field(
        "", unit="flag", meaning="Third countries' barriers have passed the level that is told."
    )

    # Russia and Taiwan -------------------------------------------------------------------------
    thaw: float = field(
        "russia.thaw",
        unit="share",
        meaning="Strength of a thaw between Washington and Moscow: 0 = none.",
    )
    outreach: float = field(
        "taiwan.outreach",
        unit="share",
        meaning="How actively Taiwan seeks contact with Washington, beyond its usual pace.",
    )
    taiwan_contacts: int = field(
        "", unit="count", meaning="Small contacts between Taiwan and the US."
    )

    # competing matters -------------------------------------------------------------------------
    diverted_until: list[int] = field(
        lambda index: f"{diverter_name(index)}_until",
        unit="date",
        shape=(Diverter,),
        meaning="First day on which a matter no longer keeps a side's leader from the other side.",
    )
