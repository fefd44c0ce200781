"""Outcomes about third parties and the attention of the two sides."""

from __future__ import annotations

from typing import Final

from sim.model.outcomes.outcome import Outcome, flag_row, row, truth
from sim.model.tables.codes import CN, US

THIRD_PARTY_OUTCOMES: Final[tuple[Outcome, ...]] = (
    row(
        "others_threatened",
        "count",
        0.2,
        "Threats of US duties against countries other than China.",
        lambda s, p: s.others_threatened,
    ),
    row(
        "others_executed",
        "count",
        0.1,
        "Such threats that were carried out.",
        lambda s, p: s.others_executed,
    ),
    row(
        "others_spared",
        "count",
        0.2,
        "Such threats that were suspended for concessions.",
        lambda s, p: s.others_spared,
    ),
    row(
        "others_added_pp",
        "pp",
        0.5,
        "Points that they added on US imports from countries other than China.",
        lambda s, p: s.others_added_pp,
    ),
    flag_row(
        "third_country_barriers_told",
        "Barriers of third countries against diverted goods passed the level from which they are "
        "told.",
        lambda s, p: truth(s.barriers_raised),
    ),
    row(
        "russia_thaw",
        "share",
        0.03,
        "Strength of a thaw between Washington and Moscow.",
        lambda s, p: s.thaw,
    ),
    row(
        "taiwan_contacts",
        "count",
        0.2,
        "Small contacts between Taiwan and the US.",
        lambda s, p: s.taiwan_contacts,
    ),
    row(
        "us_attention",
        "share",
        0.03,
        "Share of its usual attention that Washington devotes to China.",
        lambda s, p: s.attention[US],
    ),
    row(
        "cn_attention",
        "share",
        0.03,
        "Share of its usual attention that Beijing devotes to the US.",
        lambda s, p: s.attention[CN],
    ),
)
"""What becomes of third parties, and how closely the two sides watch each other."""
