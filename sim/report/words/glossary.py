"""Plain words for the model's names: outcomes, their classes, features, acts, kinds of source."""

from __future__ import annotations

from collections.abc import Container
from datetime import date
from typing import Final

from sim.model.bargain.clauses import CLAUSE_ROWS
from sim.model.governments.acts import ROWS
from sim.model.outcomes.politics import outcome_index
from sim.model.tables.params import DEFINITIONS
from sim.model.tables.vocabulary import Act, Clause
from sim.report.words.numbers import day_text, spaced, unit_mark

CLASS_WORDS: Final[dict[str, dict[str, str]]] = {
    "path_class": {
        "improved": "improved: less tension than at the start, and a deal or lower US duties",
        "managed": "managed: neither improved nor open conflict",
        "conflict": (
            "conflict: added US duties of {points} points or more for 30 days, or 60 days with "
            "neither truce nor talks"
        ),
    },
    "deal_status": {
        "none": "no agreement",
        "truce": "a truce not yet extended",
        "extension": "an extended truce",
        "package": "a package (purchases, minerals, controls or tariff relief)",
        "comprehensive": "a comprehensive deal",
    },
    "summit_result": {
        "not_held": "no leaders' meeting",
        "failure": "leaders met, but the meeting failed",
        "talks": "leaders met and agreed to keep talking",
        "extension": "leaders met and signed or extended a truce",
        "package": "leaders met and signed a package",
        "comprehensive": "leaders met and signed a comprehensive deal",
    },
    "summit_venue": {
        "none": "not held",
        "beijing": "in Beijing",
        "washington": "in Washington",
        "mar_a_lago": "at Mar-a-Lago",
        "third_country": "in a third country",
    },
    "truce_expiry": {
        "none": "the end date was not reached",
        "extended": "it was extended",
        "deal": "a deal replaced it",
        "snapback": "it lapsed and the suspended duties came back",
    },
    "talks_stage": {
        "none": "no talks",
        "preparing": "talks in preparation",
        "active": "talks under way",
        "stalled": "talks stalled",
        "resumed": "talks resumed",
    },
    "court_case": {
        "none": "no case",
        "pending": "not decided",
        "upheld": "upheld",
        "struck": "struck down",
    },
    "us_reciprocal_authority": {
        "emergency": "the emergency powers, or nothing",
        "s301": "section 301, after an inquiry",
        "s232": "section 232, on sectors",
        "s122": "section 122, for 150 days",
        "s338": "section 338",
        "pntr": "an act of Congress",
    },
}

FEATURE_WORDS: Final[dict[str, str]] = {
    "leverage": "leverage gained",
    "cost": "own economic cost",
    "reciprocity": "what the other side has done",
    "deadline": "a deadline is near",
    "market": "stress in the markets",
    "pressure": "pressure at home",
    "rapport": "the leaders' rapport",
    "face": "loss of face",
    "landmark": "wish for a landmark deal",
    "delay": "time gained",
    "red_line": "crossing a red line",
    "credibility": "credibility of threats",
    "inertia": "inertia",
    "security": "national security",
    "agreement": "the agreement in force",
    "grievance": "distrust",
    "prospect": "the other seems ready to settle",
    "reliance": "less reliance on Chinese factories",
}

_SUFFIXES: Final = (
    "_usd_per_year",
    "_million_tonnes",
    "_usd_bn_per_month",
    "_usd_bn_per_year",
    "_usd_bn",
    "_pp",
    "_pct",
    "_share",
    "_thousand",
)
_NAMES: Final = {"us": "US", "cn": "Chinese", "avg": "average"}

REGION_NAMES: Final[dict[str, str]] = {
    "us": "United States",
    "cn": "China",
    "eu": "European Union",
    "mexico": "Mexico",
    "canada": "Canada",
    "vietnam": "Vietnam",
    "asean": "Rest of ASEAN",
    "elsewhere": "All others",
}
"""Regions of the general equilibrium."""

LEGAL_NAMES: Final[dict[str, str]] = {
    "s301": "section 301",
    "s232": "section 232",
    "s122": "section 122",
    "s338": "section 338",
    "emergency": "emergency powers",
    "fentanyl": "fentanyl",
    "reciprocal": "reciprocal",
    "threatened": "threatened",
    "pntr": "end of normal trade relations",
    "s301_reply": "reply to section 301",
    "partial_reply": "reply of 2025 on part of trade",
    "full_reply": "reply of 2025 on all goods",
}
"""Layers of duty of both sides, and the authorities that US duties rest on."""

ISSUE_NAMES: Final[dict[str, str]] = {
    "tiktok": "TikTok",
    "tech": "technology",
    "us_listings": "US lists of firms",
    "cn_listings": "Chinese lists of firms",
    "north_korea": "North Korea",
    "ukraine": "Ukraine",
    "taiwan": "Taiwan",
    "dollar": "the dollar",
    "nuclear": "nuclear arms",
    "markets": "open markets",
    "relief": "relief from duties",
}
"""Issues whose code is not their name."""

OUTCOME_WORDS: Final[dict[str, str]] = {
    "us_addon": "US duties added",
    "cn_addon": "Chinese duties added",
    "us_avg_seed": "US average duty, press scale",
    "us_avg": "US average duty",
    "cn_avg": "Chinese average duty",
    "us_import_avg": "US average duty by imports",
    "cn_import_avg": "Chinese average duty by imports",
    "us_duty": "US duty",
    "cn_duty": "Chinese duty",
    "us_duty_avg": "average US duty",
    "court_case": "emergency duties in court",
    "us_reciprocal_authority": "reciprocal duty rests on",
    "emergency_paid": "paid under the emergency powers",
    "court_refund": "refunds of emergency duties",
    "path_class": "relations",
    "deal_status": "agreement",
    "threat_in_effect": "threatened duty in force",
    "summit_slips": "summit postponements",
    "us_hikes": "US tariff increases",
    "cn_hikes": "Chinese tariff increases",
    "us_measures": "US non-tariff measures",
    "cn_measures": "Chinese non-tariff measures",
    "us_rapport_forecast": "rapport expected by the US",
    "us_trust": "US trust in China",
    "cn_trust": "Chinese trust in the US",
    "us_pressure": "domestic pressure in the US",
    "cn_pressure": "domestic pressure in China",
    "us_tech_level": "US technology controls",
    "us_entities_level": "Chinese firms listed by the US",
    "us_inbound_limits_level": "US limits on Chinese investment",
    "us_outbound_limits_level": "US limits on investment in China",
    "us_port_fees_level": "US port fees",
    "us_visas_level": "US limits on visas",
    "cn_entities_level": "US firms listed by China",
    "cn_probes_level": "Chinese investigations of US firms",
    "cn_buyer_freeze_level": "Chinese halt to purchases",
    "cn_port_fees_level": "Chinese port fees",
    "clauses_signed": "clauses signed beside pauses",
    "largest_bundle": "clauses in the largest bundle",
    "signed": "agreed",
    "bundles_stopped_us": "bundles stopped at home, US",
    "bundles_stopped_cn": "bundles stopped at home, China",
    "investment": "Chinese investment approved",
    "investments_denied": "investments stopped in review",
    "pledges_verified": "pledges verified",
    "pause_ends_on": "end of the pause",
    "pause_length_days": "length of the pause",
    "leaders_meetings": "meetings of the leaders",
    "last_leaders_meeting_day": "leaders' last meeting",
    "us_china_hikes": "US tariff increases on China alone",
    "us_hikes_on_all": "US tariff increases on all countries",
    "cn_rare_earth_level": "Chinese rare-earth controls",
    "cn_eagerness": "Chinese eagerness to talk",
    "summit_to_talks_days": "wait from summit to talks",
    "summit_round_gap_days": "wait from last round to summit",
    "truce_days": "days with a truce up to then",
    "stalls": "stalls of the talks",
    "calls": "leaders' calls held",
    "deficit": "US goods deficit, last 12 months",
    "deficit_annual_rate": "US goods deficit, annual rate",
    "phase_one_gap": "shortfall on 2020 pledge",
    "purchases_kept": "purchases delivered of those due",
    "purchases_shortfall": "shortfall on purchase pledge",
    **{
        f"us_{what}_{cause}": f"US {words} due to duties on {whom}"
        for what, words in (
            ("output", "output"),
            ("consumer_prices", "consumer prices"),
            ("unemployment", "unemployment"),
            ("jobs", "jobs"),
        )
        for cause, whom in (("china", "China"), ("others", "other countries"))
    },
    "cn_resold": "Chinese goods sold elsewhere",
    "us_rerouted": "Chinese goods rerouted to the US",
    "port_fees_both": "port fees on both sides",
    "rest_real_income": "real income of other countries",
    "us_imports_long_run": "US imports from China, long run",
    "cn_exports_change": "change of China's exports",
    "exports_to_us_change": "change of exports to the US",
    "us_cost_of_us_point": "cost of a US point to the US",
    "cn_cost_of_us_point": "cost of a US point to China",
}
"""Readable names of outcomes, without the unit at the end of the code name."""

PACKAGE_WORDS: Final[dict[str, str]] = {
    "truce": "truce",
    "extension": "truce extended",
    "swap": "swap",
    "purchases": "deal on purchases",
    "fentanyl": "deal on fentanyl",
    "investment": "investment deal",
    "comprehensive": "comprehensive deal",
}

KIND_WORDS: Final[dict[str, str]] = {
    "reported": "stated in the articles or an official text",
    "measured": "computed from data",
    "estimated": "fitted to the record of past events",
    "assumed": "given by no source; chosen within a stated range",
}


def clause_words(clause: int) -> tuple[str, str]:
    """Returns a clause of a bargain in words, without an article, and the side that gives it."""
    row = CLAUSE_ROWS[clause]
    noun = row.noun.removeprefix("a ").removeprefix("an ")
    return noun, "both" if row.giver is None else ("US", "China")[row.giver]


def class_words(outcome: str, name: str, *, points: float = 60.0) -> str:
    """Returns the meaning of a class of an outcome, in plain words.

    Args:
        outcome: Name of the outcome.
        name: Name of the class.
        points: US add-on at or above which a run counts as conflict, percentage points.
    """
    words = CLASS_WORDS.get(outcome, {}).get(name, spaced(name))
    return words.format(points=f"{points:g}")


def outcome_words(column: str, label: str = "", *, with_unit: bool = False) -> str:
    """Returns a column's name as words: `us_addon_pp@2025-11-01` is `US duties added on 1
    Nov 2025`.

    Args:
        column: Name of the column.
        label: Class of the outcome, if any.
        with_unit: Whether to append the unit in brackets.
    """
    name, _, day = column.partition("@")
    outcome = outcome_index().get(name)
    # A sector, a region or a layer follows its outcome in brackets: `tariff_pct[us.toys]`.
    words, _, inside = name.partition("[")
    for suffix in _SUFFIXES:
        words = words.removesuffix(suffix)
    words = OUTCOME_WORDS.get(words) or " ".join(_NAMES.get(w, w) for w in words.split("_"))
    inside = inside.rstrip("]")
    if inside in REGION_NAMES:
        words += f", {REGION_NAMES[inside]}"
    elif inside in LEGAL_NAMES:
        words += f", {LEGAL_NAMES[inside]}"
    elif name.startswith("signed["):
        words += f": {CLAUSE_ROWS[Clause[inside.upper()]].noun}"
    elif name.startswith("tension["):
        words += f", {ISSUE_NAMES.get(inside, spaced(inside))}"
    elif inside:
        importer, _, good = inside.partition(".")
        words += f" {_NAMES[importer]} {good}"
    if label:
        words += f": {spaced(label)}"
    if "Q" in day:
        words += f" at the end of {day}"
    elif day:
        words += f" on {day_text(date.fromisoformat(day))}"
    return words + (unit_mark(outcome.unit) if with_unit and outcome else "")


def feature_words(name: str) -> str:
    """Returns the meaning of a feature of an act, in plain words."""
    return FEATURE_WORDS.get(name, spaced(name))


def act_words(name: str) -> str:
    """Returns a short phrase for an act."""
    return ROWS[Act[name.upper()]].brief


def held_fixed(varied: Container[str] = ()) -> str:
    """Returns a sentence that lists the definitions of outcomes, which are not drawn.

    Args:
        varied: Names that are varied nevertheless, because the user named them.
    """
    names = [name for name in DEFINITIONS if name not in varied]
    return f"Held fixed, because they only define outcomes: {', '.join(names)}." if names else ""
