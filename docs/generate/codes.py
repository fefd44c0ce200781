"""Constants of `sim/model/tables/codes.py`, generated from the enums of the vocabulary.

Run `python -m docs.generate.codes` after a change of the vocabulary.
"""

from __future__ import annotations

from enum import IntEnum
from pathlib import Path
from typing import Final

from sim.model.tables import vocabulary as v

FILE: Final = Path(__file__).resolve().parents[2] / "sim" / "model" / "tables" / "codes.py"

PREFIXES: Final[dict[type[IntEnum], str]] = {
    v.Side: "",
    v.Layer: "",
    v.ChinaLayer: "",
    v.Authority: "BY_",
    v.CourtCase: "CASE_",
    v.Instrument: "",
    v.ChinaInstrument: "",
    v.Agreement: "AGREEMENT_",
    v.TalksStage: "TALKS_",
    v.SummitStage: "SUMMIT_",
    v.Reading: "READING_",
    v.Channel: "CHANNEL_",
    v.Opening: "OPENING_",
    v.Venue: "VENUE_",
    v.Party: "PARTY_",
    v.SummitResult: "RESULT_",
    v.DealStatus: "DEAL_",
    v.PathClass: "PATH_",
    v.Expiry: "EXPIRY_",
    v.Package: "PACKAGE_",
    v.Price: "PRICE_",
    v.Clause: "CLAUSE_",
    v.Category: "CATEGORY_",
    v.Accord: "ACCORD_",
    v.Issue: "ISSUE_",
    v.Faction: "",
    v.ChinaFaction: "",
    v.Rank: "",
    v.Post: "POST_",
    v.Feature: "",
    v.ThreatSize: "THREAT_OF_",
    v.ToneEvent: "TONE_",
    v.Contact: "CONTACT_",
    v.Remark: "REMARK_",
    v.PressurePart: "US_",
    v.ChinaPressurePart: "CN_",
    v.Partner: "PARTNER_",
    v.Diverter: "DIVERTER_",
    v.Act: "",
}
"""Prefix of the constants of an enum; names shared by two enums need one."""

COUNTS: Final[dict[type[IntEnum], str]] = {
    v.Side: "N_SIDES",
    v.Layer: "N_LAYERS",
    v.Authority: "N_AUTHORITIES",
    v.Instrument: "N_INSTRUMENTS",
    v.Party: "N_PARTIES",
    v.Channel: "N_CHANNELS",
    v.Instrument: "N_INSTRUMENTS",
    v.Package: "N_PACKAGES",
    v.Price: "N_PRICES",
    v.Clause: "N_CLAUSES",
    v.Category: "N_CATEGORIES",
    v.Issue: "N_ISSUES",
    v.Faction: "N_FACTIONS",
    v.Post: "N_POSTS",
    v.Feature: "N_FEATURES",
    v.ThreatSize: "N_THREAT_SIZES",
    v.Remark: "N_REMARKS",
    v.PressurePart: "N_PRESSURE_PARTS",
    v.Partner: "N_PARTNERS",
    v.Diverter: "N_DIVERTERS",
}
"""Names of the constants for the number of codes, for rules that loop over them."""

HEAD: Final = '''"""The codes of the vocabulary as plain constants, for the rules.

Written by `python -m docs.generate.codes` from `vocabulary`; change the enums there.
"""

from __future__ import annotations

from typing import Final
'''


def source() -> str:
    """Returns the text of the file.

    Raises:
        ValueError: Two enums give the same name to different codes.
    """
    known: dict[str, int] = {}
    text = HEAD
    for enum, prefix in PREFIXES.items():
        rows = {prefix + code.name: int(code) for code in enum}
        if enum in COUNTS:
            rows[COUNTS[enum]] = len(enum)
        for name, code in rows.items():
            if known.get(name, code) != code:
                raise ValueError(f"{name} would be {known[name]} and {code}: give {enum} a prefix")
        text += f"\n# {enum.__name__}\n"
        text += "".join(f"{n}: Final = {code}\n" for n, code in rows.items() if n not in known)
        known |= rows
    return text


if __name__ == "__main__":
    FILE.write_text(source(), "utf-8")
