"""Vocabularies of the model: closed lists of codes, with lower-case names for scenarios and
results.

An enum names the codes. `codes` holds the same numbers as plain constants for the rules, because
compiled rules cannot use enums. The numbers are part of the keys of draws and of stored events, so
they never change. If China has its own name for a code, its enum follows the American one
(`ChinaLayer`).
"""

from __future__ import annotations

from enum import IntEnum, unique
from typing import Final, Self


@unique
class Side(IntEnum):
    """The two governments."""

    US = 0
    CN = 1


@unique
class Layer(IntEnum):
    """Legal layers of US duty."""

    S301 = 0
    S232 = 1
    FENTANYL = 2
    RECIPROCAL = 3
    THREATENED = 4
    PNTR = 5


@unique
class ChinaLayer(IntEnum):
    """Layers of Chinese duty."""

    S301_REPLY = 0  # by list
    PARTIAL_REPLY = 2  # of 2025, on part of trade
    FULL_REPLY = 3  # of 2025, on all goods


@unique
class Authority(IntEnum):
    """Authorities on which US duties rest."""

    EMERGENCY = 0  # the International Emergency Economic Powers Act of 1977
    S301 = 1
    S232 = 2
    S122 = 3
    S338 = 4
    PNTR = 5  # an act of Congress that ends normal trade relations


@unique
class CourtCase(IntEnum):
    """States of the case against duties under the emergency powers."""

    NONE = 0
    PENDING = 1
    UPHELD = 2
    STRUCK = 3


@unique
class Instrument(IntEnum):
    """Non-tariff instruments of the US."""

    TECH = 0
    ENTITIES = 1
    INBOUND_LIMITS = 2
    OUTBOUND_LIMITS = 3
    PORT_FEES = 4
    VISAS = 5


@unique
class ChinaInstrument(IntEnum):
    """Non-tariff instruments of China."""

    RARE_EARTHS = 0
    ENTITIES = 1
    PROBES = 2
    BUYER_FREEZE = 3
    PORT_FEES = 4


@unique
class Agreement(IntEnum):
    """Strength of the agreement in force (pilot study, section 6: a level, not a flag)."""

    NONE = 0
    VERBAL = 1
    PAUSE = 2
    SIGNED = 3
    DORMANT = 4


@unique
class TalksStage(IntEnum):
    """Stages of the working talks; none is ever skipped."""

    NONE = 0
    PREPARING = 1
    ACTIVE = 2
    STALLED = 3
    RESUMED = 4


@unique
class SummitStage(IntEnum):
    """Stages of a leaders' meeting."""

    NONE = 0
    FLOATED = 1
    AGREED = 2
    DATED = 3
    CONFIRMED = 4
    HELD = 5


@unique
class Reading(IntEnum):
    """Contacts at which a side reads the other's floor."""

    ROUND = 0
    CALL = 1
    MEETING = 2
    DELEGATION = 3
    MESSAGE = 4


@unique
class Channel(IntEnum):
    """Quiet channels between the capitals, beside ministers and leaders."""

    REPRESENTATIVES = 0
    STRATEGIC = 1
    BACK = 2
    TRACK_TWO = 3


@unique
class Opening(IntEnum):
    """Stages of China's opening bid."""

    NONE = 0
    PREPARED = 1
    WITHHELD = 2
    TABLED = 3
    ANSWERED = 4


@unique
class Venue(IntEnum):
    """Venues of a leaders' meeting."""

    NONE = 0
    BEIJING = 1
    WASHINGTON = 2
    MAR_A_LAGO = 3
    THIRD_COUNTRY = 4


@unique
class Party(IntEnum):
    """Parties that confirm a summit."""

    US = 0
    HOST = 1
    CN = 2


@unique
class SummitResult(IntEnum):
    """The result of a leaders' meeting."""

    NOT_HELD = 0
    FAILURE = 1
    TALKS = 2
    EXTENSION = 3
    PACKAGE = 4
    COMPREHENSIVE = 5


@unique
class DealStatus(IntEnum):
    """The best agreement in force (feature K2)."""

    NONE = 0
    TRUCE = 1
    EXTENSION = 2
    PACKAGE = 3
    COMPREHENSIVE = 4


@unique
class PathClass(IntEnum):
    """Class of the relation at the end of a run (feature K1)."""

    IMPROVED = 0
    MANAGED = 1
    CONFLICT = 2


@unique
class Expiry(IntEnum):
    """End of the last dated truce, if there was one."""

    NONE = 0
    EXTENDED = 1
    DEAL = 2
    SNAPBACK = 3


@unique
class Price(IntEnum):
    """What the trade model prices, one unit each: points in tens, levels, USD 10 bn."""

    US_TARIFF_CUT = 0
    CN_TARIFF_CUT = 1
    MINERALS = 2
    TECH = 3
    PURCHASES = 4
    PORT_FEES = 5
    INVESTMENT = 6
    PRECURSORS = 7
    US_BROAD_CUT = 8  # a US layer that falls on all goods: fentanyl, threatened


@unique
class Category(IntEnum):
    """Categories of purchases, in the order in which deliveries start."""

    SOYBEANS = 0
    FARM = 1
    ENERGY = 2
    AIRCRAFT = 3
    OTHER = 4


@unique
class Accord(IntEnum):
    """Ledgers of commitments: the accord of 2020 and the accord signed during the run."""

    PHASE_ONE = 0
    NEW = 1


@unique
class Issue(IntEnum):
    """Issues on the table."""

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
    US_LISTINGS = 12
    CN_LISTINGS = 13
    CAPITAL_LIMITS = 14
    NORTH_KOREA = 15
    UKRAINE = 16
    DOLLAR = 17
    MARKETS = 18
    RELIEF = 19  # from US duties, which China asks for and the US gives up as leverage


@unique
class Clause(IntEnum):
    """Clauses of a bargain, and the issue to which each belongs."""

    issue: Issue

    def __new__(cls, code: int, issue: Issue = Issue.TARIFFS) -> Self:
        """Returns a member: an integer with its issue."""
        member = int.__new__(cls, code)
        member._value_ = code
        member.issue = issue
        return member

    PAUSE = 0, Issue.TARIFFS
    PROLONG = 1, Issue.TARIFFS
    RECIPROCAL_CUT = 2, Issue.RELIEF
    FENTANYL_CUT = 3, Issue.RELIEF
    CN_CUT = 4, Issue.TARIFFS
    CN_LISTS = 5, Issue.TARIFFS
    THREAT_OFF = 6, Issue.TARIFFS
    THREAT_LATER = 7, Issue.TARIFFS
    MINERALS = 8, Issue.RARE_EARTHS
    TECH = 9, Issue.TECH
    VISAS = 10, Issue.VISAS
    PORT_FEES = 11, Issue.PORT_FEES
    US_LISTINGS = 12, Issue.US_LISTINGS
    CN_LISTINGS = 13, Issue.CN_LISTINGS
    PROBES = 14, Issue.CN_LISTINGS
    INBOUND = 15, Issue.CAPITAL_LIMITS
    OUTBOUND = 16, Issue.CAPITAL_LIMITS
    BUYER_FREEZE = 17, Issue.PURCHASES
    SOYBEANS = 18, Issue.PURCHASES
    FARM = 19, Issue.PURCHASES
    ENERGY = 20, Issue.PURCHASES
    AIRCRAFT = 21, Issue.PURCHASES
    OTHER_GOODS = 22, Issue.PURCHASES
    WHOLLY_OWNED = 23, Issue.INVESTMENT
    MINORITY_STAKE = 24, Issue.INVESTMENT
    LICENCE = 25, Issue.INVESTMENT
    PRECURSORS = 26, Issue.FENTANYL
    APP = 27, Issue.TIKTOK
    NUCLEAR = 28, Issue.NUCLEAR
    NORTH_KOREA = 29, Issue.NORTH_KOREA
    UKRAINE = 30, Issue.UKRAINE
    DOLLAR = 31, Issue.DOLLAR
    MARKET_OPENING = 32, Issue.MARKETS
    SECRETS = 33, Issue.MARKETS
    STRUCTURAL = 34, Issue.OVERCAPACITY
    TAIWAN = 35, Issue.TAIWAN
    CATCH_UP = 36, Issue.PURCHASES


CLAUSE_ISSUE: Final = tuple(int(clause.issue) for clause in Clause)
"""Issue of each clause."""


@unique
class Package(IntEnum):
    """What a signed bundle of clauses is called: by the furthest-reaching of them."""

    TRUCE = 0
    EXTENSION = 1
    SWAP = 2
    PURCHASES = 3
    FENTANYL = 4
    INVESTMENT = 5
    COMPREHENSIVE = 6


@unique
class Faction(IntEnum):
    """Factions under the US leader."""

    DOVES = 0
    HAWKS = 1
    CONGRESS = 2
    LOBBY = 3


@unique
class ChinaFaction(IntEnum):
    """Factions under China's leader."""

    PLANNERS = 0
    SCEPTICS = 1


@unique
class Rank(IntEnum):
    """Ranks of negotiators."""

    MINISTERS = 0
    LEADERS = 1


@unique
class Post(IntEnum):
    """Posts whose holders speak for a side."""

    LEADER = 0
    LEAD_NEGOTIATOR = 1
    TREASURY = 2
    COMMERCE = 3
    TRADE_REPRESENTATIVE = 4
    FOREIGN_MINISTER = 5  # of the US the Secretary of State
    SECURITY_ADVISER = 6
    TRADE_ADVISER = 7
    ENVOY = 8  # of high rank and without authority
    GO_BETWEEN = 9
    ANALYSTS = 10  # a group outside office that speaks for its faction


POSTS: Final = {
    Side.US: (
        Post.TREASURY,
        Post.COMMERCE,
        Post.TRADE_REPRESENTATIVE,
        Post.FOREIGN_MINISTER,
        Post.SECURITY_ADVISER,
        Post.TRADE_ADVISER,
        Post.GO_BETWEEN,
    ),
    Side.CN: (
        Post.LEAD_NEGOTIATOR,
        Post.COMMERCE,
        Post.TRADE_REPRESENTATIVE,
        Post.FOREIGN_MINISTER,
        Post.ENVOY,
        Post.ANALYSTS,
    ),
}
"""Posts under the leader of each side, which a scenario may leave vacant."""


@unique
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
    PROSPECT = 16
    RELIANCE = 17


@unique
class ThreatSize(IntEnum):
    """Sizes of threats in the record."""

    TEN = 0
    THIRTY_FOUR = 1
    FIFTY = 2
    HUNDRED = 3


@unique
class ToneEvent(IntEnum):
    """Events that move a side's public tone."""

    HOSTILE = 0
    REBUKE = 1
    EASING = 2
    CALL = 3
    ROUND = 4
    FAILURE = 5
    MEETING = 6


@unique
class Contact(IntEnum):
    """Contacts of a day of which both sides give an account, in order of rank."""

    NONE = 0
    ROUND = 1
    CALL = 2
    MEETING = 3


@unique
class Remark(IntEnum):
    """Kinds of remarks of the US leader on China, in public posts."""

    NONE = 0
    PRAISE = 1
    OPTIMISM = 2
    FRUSTRATION = 3


@unique
class PressurePart(IntEnum):
    """Parts of domestic pressure in the US."""

    PRICES = 0
    MARKETS = 1
    FARM = 2
    INDUSTRY = 3


@unique
class ChinaPressurePart(IntEnum):
    """Parts of domestic pressure in China."""

    GROWTH = 0
    EXPORTS = 1
    PRICES = 2
    JOBS = 3


@unique
class Partner(IntEnum):
    """Trading partners other than China that Washington threatens with duties."""

    NEIGHBOURS = 0  # Mexico and Canada
    EUROPE = 1
    FURTHER = 2  # one further country, told as Vietnam


@unique
class Diverter(IntEnum):
    """Matters that take a leader's attention from the other side, and whose leader it is."""

    side: Side

    def __new__(cls, code: int, side: Side = Side.US) -> Self:
        """Returns a member: an integer with its side."""
        member = int.__new__(cls, code)
        member._value_ = code
        member.side = side
        return member

    DISASTER = 0, Side.US
    FRONT = 1, Side.US
    JOURNEY = 2, Side.US
    SESSION = 3, Side.CN


DIVERTER_SIDE: Final = tuple(int(diverter.side) for diverter in Diverter)
"""Side of each diverter."""


@unique
class CalendarKind(IntEnum):
    """Kinds of calendar entries."""

    DEADLINE = 0
    REVIEW = 1
    SUMMIT_SLOT = 2
    ROUND = 3
    SOFT_DATE = 4
    VERDICT = 5
    INFO = 6


@unique
class Act(IntEnum):
    """Acts of a government, by its own choice or in the course of events, and the sides that may
    take them.

    Signatures are not listed: the code of signing a package is `SIGN_FIRST` + package.
    """

    sides: tuple[Side, ...]

    def __new__(cls, code: int, *sides: Side) -> Self:
        """Returns a member: an integer with the sides that may act."""
        member = int.__new__(cls, code)
        member._value_ = code
        member.sides = sides
        return member

    WAIT = 0, *Side
    THREATEN = 1, Side.US
    HIKE = 2, Side.US
    TIGHTEN_TECH = 3, Side.US
    LIST_ENTITIES = 4, *Side
    LIMIT_INBOUND = 5, Side.US
    LIMIT_OUTBOUND = 6, Side.US
    SET_PORT_FEES = 7, *Side
    LIMIT_VISAS = 8, Side.US
    REVOKE_PNTR = 9, Side.US
    EASE_TECH = 10, Side.US
    ACCUSE = 11, *Side
    CUT_TARIFF = 12, Side.US
    TIGHTEN_RARE_EARTHS = 13, Side.CN
    FREEZE_PURCHASES = 14, Side.CN
    OPEN_PROBE = 15, Side.CN
    EASE_RARE_EARTHS = 16, Side.CN
    CATCH_UP_PURCHASES = 17, Side.CN
    REBUKE = 18, Side.CN
    CRACK_DOWN_PRECURSORS = 19, Side.CN
    SEEK_TALKS = 20, *Side
    CALL_LEADER = 21, *Side
    FLOAT_SUMMIT = 22, *Side
    IMPOSE_122 = 23, Side.US
    WIDEN_232 = 24, Side.US
    OPEN_301 = 25, Side.US
    IMPOSE_338 = 26, Side.US
    EASE_CONTROLS = 27, *Side
    SEND_DELEGATION = 28, Side.CN
    EXECUTE_THREAT = 32, Side.US
    POSTPONE_THREAT = 33, Side.US
    DROP_THREAT = 34, Side.US
    REPLY_PARTIAL = 35, Side.CN
    REPLY_MIRROR = 36, Side.CN
    COUNTER_HIKE = 37, Side.US
    PENALISE = 38, Side.US
    HOLD_ROUND = 96, *Side
    CROSS_TAIWAN = 97, Side.US


# Blocks of codes: acts a government chooses, acts that follow from others, signatures, happenings
# (`engine.happenings`), acts only a scenario can force, more happenings, clauses that are signed,
# clauses that a side refuses, happenings among third parties or at home. Each has room to grow.
CHOICES: Final = range(32)
COURSES: Final = range(32, 40)
SIGNATURES: Final = range(40, 64)
HAPPENINGS: Final = range(64, 96)
FORCED: Final = range(96, 104)
MORE_HAPPENINGS: Final = range(104, 128)
AGREED: Final = range(128, 192)
REFUSED: Final = range(192, 256)
ELSEWHERE: Final = range(256, 320)

NO_PACKAGE: Final = -1
SIGN_FIRST: Final = SIGNATURES.start
AGREE_FIRST: Final = AGREED.start
REFUSE_FIRST: Final = REFUSED.start
N_ACT_CODES: Final = SIGNATURES.stop
"""Codes that can be forbidden: choices, courses and signatures."""
N_CHOICES: Final = 1 + max(act for act in Act if act in CHOICES)


def names_by_side(us: type[IntEnum], china: type[IntEnum]) -> tuple[tuple[str | None, ...], ...]:
    """Returns the lower-case names of codes, for the US and for China; None if a side does not use
    a code."""
    rows = ({code.value: code.name.lower() for code in own} for own in (us, china))
    return tuple(tuple(row.get(place) for place in range(len(us))) for row in rows)


LAYER_NAMES: Final = names_by_side(Layer, ChinaLayer)

MONTH_NAMES: Final = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
"""Names of the months in the names of parameters."""

INSTRUMENT_NAMES: Final = names_by_side(Instrument, ChinaInstrument)
FACTION_NAMES: Final = names_by_side(Faction, ChinaFaction)
PRESSURE_NAMES: Final = names_by_side(PressurePart, ChinaPressurePart)


def signature_name(package: Package) -> str:
    """Returns the name of the act of signing a package."""
    return f"sign_{package.name.lower()}"


ACT_NAMES: Final[dict[int, str]] = {int(act): act.name.lower() for act in Act} | {
    SIGN_FIRST + package: signature_name(package) for package in Package
}
"""Names of all acts by code, signatures included."""

ACT_CODES: Final = {name: code for code, name in ACT_NAMES.items()}
