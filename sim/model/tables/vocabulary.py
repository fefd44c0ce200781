"""The closed vocabularies of the model: integers inside, lower-case names at the edge.

Rules use the plain integer constants below the enums (a compiled rule freezes them); everything
a person reads uses the enum names. Numbers are part of the draws' keys and are never renumbered.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final


class Side(IntEnum):
    """The two governments."""

    US = 0
    CN = 1


US: Final = 0
CN: Final = 1


class Layer(IntEnum):
    """Legal layers of duty; the American name stands first, the Chinese one in the comment."""

    S301 = 0  # China: replies to section 301, by list
    S232 = 1
    FENTANYL = 2  # China: partial replies of 2025, with coverage
    RECIPROCAL = 3  # China: full reply of 2025, on all goods
    THREATENED = 4
    PNTR = 5


S301: Final = 0
S232: Final = 1
FENTANYL: Final = 2
RECIPROCAL: Final = 3
THREATENED: Final = 4
PNTR: Final = 5
PARTIAL_REPLY: Final = 2
FULL_REPLY: Final = 3

LAYER_NAMES: Final[tuple[tuple[str | None, ...], ...]] = (
    ("s301", "s232", "fentanyl", "reciprocal", "threatened", "pntr"),
    ("s301_reply", None, "partial_reply", "full_reply", None, None),
)


class Instrument(IntEnum):
    """Non-tariff instruments; the American name stands first, as in `Layer`."""

    TECH = 0  # China: rare earths
    ENTITIES = 1
    INBOUND = 2  # China: probes
    OUTBOUND = 3  # China: buyer freeze
    PORT_FEES = 4
    VISAS = 5


TECH: Final = 0
RARE_EARTHS: Final = 0
ENTITIES: Final = 1
INBOUND: Final = 2
PROBES: Final = 2
OUTBOUND: Final = 3
FREEZE: Final = 3
PORT_FEES: Final = 4
VISAS: Final = 5

INSTRUMENT_NAMES: Final[tuple[tuple[str | None, ...], ...]] = (
    ("tech", "entities", "inbound_limits", "outbound_limits", "port_fees", "visas"),
    ("rare_earths", "entities", "probes", "buyer_freeze", "port_fees", None),
)


class Agreement(IntEnum):
    """How strong the agreement in force is (pilot study, section 6: a level, not a flag)."""

    NONE = 0
    VERBAL = 1
    PAUSE = 2
    SIGNED = 3
    DORMANT = 4


AGREEMENT_NONE: Final = 0
AGREEMENT_PAUSE: Final = 2
AGREEMENT_SIGNED: Final = 3
AGREEMENT_DORMANT: Final = 4


class TalksStage(IntEnum):
    """Where the working talks stand; stages are never skipped."""

    NONE = 0
    PREPARING = 1
    ACTIVE = 2
    STALLED = 3
    RESUMED = 4


TALKS_NONE: Final = 0
TALKS_PREPARING: Final = 1
TALKS_ACTIVE: Final = 2
TALKS_STALLED: Final = 3
TALKS_RESUMED: Final = 4


class SummitStage(IntEnum):
    """The ladder a leaders' meeting climbs."""

    NONE = 0
    FLOATED = 1
    AGREED = 2
    DATED = 3
    CONFIRMED = 4
    HELD = 5


SUMMIT_NONE: Final = 0
SUMMIT_FLOATED: Final = 1
SUMMIT_AGREED: Final = 2
SUMMIT_DATED: Final = 3
SUMMIT_CONFIRMED: Final = 4
SUMMIT_HELD: Final = 5


class Venue(IntEnum):
    """Where leaders meet."""

    NONE = 0
    BEIJING = 1
    WASHINGTON = 2
    MAR_A_LAGO = 3
    THIRD_COUNTRY = 4


BEIJING: Final = 1
WASHINGTON: Final = 2
MAR_A_LAGO: Final = 3
THIRD_COUNTRY: Final = 4


class Party(IntEnum):
    """Who confirms a summit."""

    US = 0
    HOST = 1
    CN = 2


HOST: Final = 1
CN_PARTY: Final = 2


class SummitResult(IntEnum):
    """What a leaders' meeting brought."""

    NOT_HELD = 0
    FAILURE = 1
    TALKS = 2
    EXTENSION = 3
    PACKAGE = 4
    COMPREHENSIVE = 5


RESULT_FAILURE: Final = 1
RESULT_TALKS: Final = 2
RESULT_EXTENSION: Final = 3
RESULT_PACKAGE: Final = 4
RESULT_COMPREHENSIVE: Final = 5


class DealStatus(IntEnum):
    """The best agreement in force (feature K2)."""

    NONE = 0
    TRUCE = 1
    EXTENSION = 2
    PACKAGE = 3
    COMPREHENSIVE = 4


DEAL_NONE: Final = 0
DEAL_TRUCE: Final = 1
DEAL_EXTENSION: Final = 2
DEAL_PACKAGE: Final = 3
DEAL_COMPREHENSIVE: Final = 4


class PathClass(IntEnum):
    """Where the relation stands at the end (feature K1)."""

    IMPROVED = 0
    MANAGED = 1
    CONFLICT = 2


PATH_IMPROVED: Final = 0
PATH_MANAGED: Final = 1
PATH_CONFLICT: Final = 2


class Expiry(IntEnum):
    """How the last dated pause ended, if it did."""

    NONE = 0
    EXTENDED = 1
    DEAL = 2
    SNAPBACK = 3


EXPIRY_EXTENDED: Final = 1
EXPIRY_DEAL: Final = 2
EXPIRY_SNAPBACK: Final = 3


class Package(IntEnum):
    """The finite menu of packages."""

    TRUCE = 0
    EXTENSION = 1
    SWAP = 2
    PURCHASES = 3
    FENTANYL = 4
    INVESTMENT = 5
    COMPREHENSIVE = 6


PACKAGE_TRUCE: Final = 0
PACKAGE_EXTENSION: Final = 1
PACKAGE_SWAP: Final = 2
PACKAGE_PURCHASES: Final = 3
PACKAGE_FENTANYL: Final = 4
PACKAGE_INVESTMENT: Final = 5
PACKAGE_COMPREHENSIVE: Final = 6
N_PACKAGES: Final = 7
NO_PACKAGE: Final = -1


class Clause(IntEnum):
    """What the economy prices: the clauses packages are made of."""

    US_TARIFF_CUT = 0
    CN_TARIFF_CUT = 1
    MINERALS = 2
    TECH = 3
    PURCHASES = 4
    PORT_FEES = 5
    INVESTMENT = 6
    PRECURSORS = 7
    US_BROAD_CUT = 8  # a US layer that falls on all goods: fentanyl, threatened


CLAUSE_US_TARIFF_CUT: Final = 0
CLAUSE_CN_TARIFF_CUT: Final = 1
CLAUSE_MINERALS: Final = 2
CLAUSE_TECH: Final = 3
CLAUSE_PURCHASES: Final = 4
CLAUSE_PORT_FEES: Final = 5
CLAUSE_INVESTMENT: Final = 6
CLAUSE_PRECURSORS: Final = 7
CLAUSE_US_BROAD_CUT: Final = 8
N_CLAUSES: Final = 9


class Category(IntEnum):
    """Categories of purchases, in the order in which deliveries start."""

    SOYBEANS = 0
    FARM = 1
    ENERGY = 2
    AIRCRAFT = 3
    OTHER = 4


SOYBEANS: Final = 0
N_CATEGORIES: Final = 5


class Accord(IntEnum):
    """Ledgers of commitments: the accord of 2020 and whatever is signed in the run."""

    PHASE_ONE = 0
    NEW = 1


PHASE_ONE: Final = 0
NEW_ACCORD: Final = 1


class Issue(IntEnum):
    """Issues the two sides may have on the table."""

    TARIFFS = 0
    FENTANYL = 1
    TIKTOK = 2
    PURCHASES = 3
    RARE_EARTHS = 4
    TECH = 5
    VISAS = 6
    INVESTMENT = 7
    TAIWAN = 8
    NUCLEAR = 9
    OVERCAPACITY = 10
    PORT_FEES = 11


ISSUE_TARIFFS: Final = 0
ISSUE_FENTANYL: Final = 1
ISSUE_PURCHASES: Final = 3
ISSUE_RARE_EARTHS: Final = 4
ISSUE_TECH: Final = 5
ISSUE_INVESTMENT: Final = 7
ISSUE_OVERCAPACITY: Final = 10
N_ISSUES: Final = 12


class Faction(IntEnum):
    """Factions under a leader; the American name stands first, as in `Layer`."""

    DOVES = 0  # China: planners
    HAWKS = 1  # China: sceptics
    CONGRESS = 2
    LOBBY = 3


DOVES: Final = 0
HAWKS: Final = 1
CONGRESS: Final = 2
LOBBY: Final = 3
N_FACTIONS: Final = 4
FACTION_NAMES: Final[tuple[tuple[str | None, ...], ...]] = (
    ("doves", "hawks", "congress", "lobby"),
    ("planners", "sceptics", None, None),
)


class Rank(IntEnum):
    """Who sits at the table."""

    MINISTERS = 0
    LEADERS = 1


MINISTERS: Final = 0
LEADERS: Final = 1


class Feature(IntEnum):
    """Named features of an act in a state; utility is their weighted sum."""

    LEVERAGE = 0
    COST = 1
    RECIPROCITY = 2
    DEADLINE = 3
    MARKET = 4
    PRESSURE = 5
    RAPPORT = 6
    FACE = 7
    LANDMARK = 8
    DELAY = 9
    RED_LINE = 10
    CREDIBILITY = 11
    INERTIA = 12
    SECURITY = 13
    AGREEMENT = 14
    GRIEVANCE = 15


LEVERAGE: Final = 0
COST: Final = 1
RECIPROCITY: Final = 2
DEADLINE: Final = 3
MARKET: Final = 4
PRESSURE: Final = 5
RAPPORT: Final = 6
FACE: Final = 7
LANDMARK: Final = 8
DELAY: Final = 9
RED_LINE: Final = 10
CREDIBILITY: Final = 11
INERTIA: Final = 12
SECURITY: Final = 13
AGREEMENT_HELD: Final = 14  # the feature; `Agreement` is the level itself
GRIEVANCE: Final = 15
N_FEATURES: Final = 16


class ThreatSize(IntEnum):
    """Sizes of threats the record shows; the rest are of 100 points."""

    TEN = 0
    THIRTY_FOUR = 1
    FIFTY = 2


class PressurePart(IntEnum):
    """Parts of domestic pressure; the American name stands first, as in `Layer`."""

    PRICES = 0  # China: growth
    MARKETS = 1  # China: exports
    FARM = 2  # China: prices
    INDUSTRY = 3  # China: jobs


PRICES: Final = 0
MARKETS: Final = 1
FARM: Final = 2
INDUSTRY: Final = 3
GROWTH: Final = 0
EXPORTS: Final = 1
DEFLATION: Final = 2
JOBS: Final = 3

PRESSURE_NAMES: Final[tuple[tuple[str | None, ...], ...]] = (
    ("prices", "markets", "farm", "industry"),
    ("growth", "exports", "prices", "jobs"),
)


class CalendarKind(IntEnum):
    """Kinds of calendar entries."""

    DEADLINE = 0
    REVIEW = 1
    SUMMIT_SLOT = 2
    ROUND = 3
    SOFT_DATE = 4
    VERDICT = 5
    INFO = 6


class Act(IntEnum):
    """Everything a government does, by its own choice (first block) or in the course of events."""

    WAIT = 0
    THREATEN = 1
    HIKE = 2
    TIGHTEN_TECH = 3
    LIST_ENTITIES = 4
    LIMIT_INBOUND = 5
    LIMIT_OUTBOUND = 6
    SET_PORT_FEES = 7
    LIMIT_VISAS = 8
    REVOKE_PNTR = 9
    EASE_TECH = 10
    ACCUSE = 11
    CUT_TARIFF = 12
    TIGHTEN_RARE_EARTHS = 13
    FREEZE_PURCHASES = 14
    OPEN_PROBE = 15
    EASE_RARE_EARTHS = 16
    CATCH_UP_PURCHASES = 17
    REBUKE = 18
    CRACK_DOWN_PRECURSORS = 19
    SEEK_TALKS = 20
    CALL_LEADER = 21
    FLOAT_SUMMIT = 22
    EXECUTE_THREAT = 32
    POSTPONE_THREAT = 33
    DROP_THREAT = 34
    REPLY_PARTIAL = 35
    REPLY_MIRROR = 36
    COUNTER_HIKE = 37
    PENALISE = 38
    REPLY_IN_KIND = 39
    SIGN_TRUCE = 40  # signatures: 40 + package
    SIGN_EXTENSION = 41
    SIGN_SWAP = 42
    SIGN_PURCHASES = 43
    SIGN_FENTANYL = 44
    SIGN_INVESTMENT = 45
    SIGN_COMPREHENSIVE = 46
    HOLD_ROUND = 47


WAIT: Final = 0
THREATEN: Final = 1
HIKE: Final = 2
TIGHTEN_TECH: Final = 3
LIST_ENTITIES: Final = 4
LIMIT_INBOUND: Final = 5
LIMIT_OUTBOUND: Final = 6
SET_PORT_FEES: Final = 7
LIMIT_VISAS: Final = 8
REVOKE_PNTR: Final = 9
EASE_TECH: Final = 10
ACCUSE: Final = 11
CUT_TARIFF: Final = 12
TIGHTEN_RARE_EARTHS: Final = 13
FREEZE_PURCHASES: Final = 14
OPEN_PROBE: Final = 15
EASE_RARE_EARTHS: Final = 16
CATCH_UP_PURCHASES: Final = 17
REBUKE: Final = 18
CRACK_DOWN_PRECURSORS: Final = 19
SEEK_TALKS: Final = 20
CALL_LEADER: Final = 21
FLOAT_SUMMIT: Final = 22
N_CHOICES: Final = 23
EXECUTE_THREAT: Final = 32
POSTPONE_THREAT: Final = 33
DROP_THREAT: Final = 34
REPLY_PARTIAL: Final = 35
REPLY_MIRROR: Final = 36
COUNTER_HIKE: Final = 37
PENALISE: Final = 38
REPLY_IN_KIND: Final = 39
SIGN_FIRST: Final = 40
HOLD_ROUND: Final = 47
N_ACT_CODES: Final = 48
