"""The codes of the vocabulary as plain constants, for the rules.

Written by `python -m docs.generate.codes` from `vocabulary`; change the enums there.
"""

from __future__ import annotations

from typing import Final

# Side
US: Final = 0
CN: Final = 1
N_SIDES: Final = 2

# Layer
S301: Final = 0
S232: Final = 1
FENTANYL: Final = 2
RECIPROCAL: Final = 3
THREATENED: Final = 4
PNTR: Final = 5
N_LAYERS: Final = 6

# ChinaLayer
S301_REPLY: Final = 0
PARTIAL_REPLY: Final = 2
FULL_REPLY: Final = 3

# Authority
BY_EMERGENCY: Final = 0
BY_S301: Final = 1
BY_S232: Final = 2
BY_S122: Final = 3
BY_S338: Final = 4
BY_PNTR: Final = 5
N_AUTHORITIES: Final = 6

# CourtCase
CASE_NONE: Final = 0
CASE_PENDING: Final = 1
CASE_UPHELD: Final = 2
CASE_STRUCK: Final = 3

# Instrument
TECH: Final = 0
ENTITIES: Final = 1
INBOUND_LIMITS: Final = 2
OUTBOUND_LIMITS: Final = 3
PORT_FEES: Final = 4
VISAS: Final = 5
N_INSTRUMENTS: Final = 6

# ChinaInstrument
RARE_EARTHS: Final = 0
PROBES: Final = 2
BUYER_FREEZE: Final = 3

# Agreement
AGREEMENT_NONE: Final = 0
AGREEMENT_VERBAL: Final = 1
AGREEMENT_PAUSE: Final = 2
AGREEMENT_SIGNED: Final = 3
AGREEMENT_DORMANT: Final = 4

# TalksStage
TALKS_NONE: Final = 0
TALKS_PREPARING: Final = 1
TALKS_ACTIVE: Final = 2
TALKS_STALLED: Final = 3
TALKS_RESUMED: Final = 4

# SummitStage
SUMMIT_NONE: Final = 0
SUMMIT_FLOATED: Final = 1
SUMMIT_AGREED: Final = 2
SUMMIT_DATED: Final = 3
SUMMIT_CONFIRMED: Final = 4
SUMMIT_HELD: Final = 5

# Venue
VENUE_NONE: Final = 0
VENUE_BEIJING: Final = 1
VENUE_WASHINGTON: Final = 2
VENUE_MAR_A_LAGO: Final = 3
VENUE_THIRD_COUNTRY: Final = 4

# Party
PARTY_US: Final = 0
PARTY_HOST: Final = 1
PARTY_CN: Final = 2
N_PARTIES: Final = 3

# SummitResult
RESULT_NOT_HELD: Final = 0
RESULT_FAILURE: Final = 1
RESULT_TALKS: Final = 2
RESULT_EXTENSION: Final = 3
RESULT_PACKAGE: Final = 4
RESULT_COMPREHENSIVE: Final = 5

# DealStatus
DEAL_NONE: Final = 0
DEAL_TRUCE: Final = 1
DEAL_EXTENSION: Final = 2
DEAL_PACKAGE: Final = 3
DEAL_COMPREHENSIVE: Final = 4

# PathClass
PATH_IMPROVED: Final = 0
PATH_MANAGED: Final = 1
PATH_CONFLICT: Final = 2

# Expiry
EXPIRY_NONE: Final = 0
EXPIRY_EXTENDED: Final = 1
EXPIRY_DEAL: Final = 2
EXPIRY_SNAPBACK: Final = 3

# Package
PACKAGE_TRUCE: Final = 0
PACKAGE_EXTENSION: Final = 1
PACKAGE_SWAP: Final = 2
PACKAGE_PURCHASES: Final = 3
PACKAGE_FENTANYL: Final = 4
PACKAGE_INVESTMENT: Final = 5
PACKAGE_COMPREHENSIVE: Final = 6
N_PACKAGES: Final = 7

# Clause
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

# Category
CATEGORY_SOYBEANS: Final = 0
CATEGORY_FARM: Final = 1
CATEGORY_ENERGY: Final = 2
CATEGORY_AIRCRAFT: Final = 3
CATEGORY_OTHER: Final = 4
N_CATEGORIES: Final = 5

# Accord
ACCORD_PHASE_ONE: Final = 0
ACCORD_NEW: Final = 1

# Issue
ISSUE_TARIFFS: Final = 0
ISSUE_FENTANYL: Final = 1
ISSUE_TIKTOK: Final = 2
ISSUE_PURCHASES: Final = 3
ISSUE_RARE_EARTHS: Final = 4
ISSUE_TECH: Final = 5
ISSUE_VISAS: Final = 6
ISSUE_INVESTMENT: Final = 7
ISSUE_TAIWAN: Final = 8
ISSUE_NUCLEAR: Final = 9
ISSUE_OVERCAPACITY: Final = 10
ISSUE_PORT_FEES: Final = 11
N_ISSUES: Final = 12

# Faction
DOVES: Final = 0
HAWKS: Final = 1
CONGRESS: Final = 2
LOBBY: Final = 3
N_FACTIONS: Final = 4

# ChinaFaction
PLANNERS: Final = 0
SCEPTICS: Final = 1

# Rank
MINISTERS: Final = 0
LEADERS: Final = 1

# Feature
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
AGREEMENT: Final = 14
GRIEVANCE: Final = 15
N_FEATURES: Final = 16

# ThreatSize
THREAT_OF_TEN: Final = 0
THREAT_OF_THIRTY_FOUR: Final = 1
THREAT_OF_FIFTY: Final = 2
THREAT_OF_HUNDRED: Final = 3
N_THREAT_SIZES: Final = 4

# ToneEvent
TONE_HOSTILE: Final = 0
TONE_REBUKE: Final = 1
TONE_EASING: Final = 2
TONE_CALL: Final = 3
TONE_ROUND: Final = 4
TONE_FAILURE: Final = 5
TONE_MEETING: Final = 6

# PressurePart
US_PRICES: Final = 0
US_MARKETS: Final = 1
US_FARM: Final = 2
US_INDUSTRY: Final = 3
N_PRESSURE_PARTS: Final = 4

# ChinaPressurePart
CN_GROWTH: Final = 0
CN_EXPORTS: Final = 1
CN_PRICES: Final = 2
CN_JOBS: Final = 3

# Act
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
IMPOSE_122: Final = 23
WIDEN_232: Final = 24
OPEN_301: Final = 25
IMPOSE_338: Final = 26
EASE_CONTROLS: Final = 27
EXECUTE_THREAT: Final = 32
POSTPONE_THREAT: Final = 33
DROP_THREAT: Final = 34
REPLY_PARTIAL: Final = 35
REPLY_MIRROR: Final = 36
COUNTER_HIKE: Final = 37
PENALISE: Final = 38
HOLD_ROUND: Final = 96
