"""State of diplomacy: agreement, talks, summit, purchases, issues on the table."""

from __future__ import annotations

from sim.model.tables.fields import field
from sim.model.tables.paths import per_side
from sim.model.tables.vocabulary import (
    Accord,
    Agreement,
    Category,
    Clause,
    DealStatus,
    Expiry,
    Issue,
    Package,
    Party,
    Rank,
    Side,
    SummitResult,
    SummitStage,
    TalksStage,
    Venue,
)


class DiplomacyState:
    """Agreement in force, talks, summit and commitments."""

    # agreement ------------------------------------------------------------------------------
    agreement: int = field(
        "agreement.level",
        unit="code",
        code=Agreement,
        meaning="Strength of the agreement in force.",
    )
    truce_signed: int = field("truce.signed", unit="date", meaning="Day the agreement was signed.")
    truce_from: int = field(
        "truce.from", unit="date", meaning="First day on which the truce is in force."
    )
    truce_ends_on: int = field(
        "truce.ends_on",
        unit="date",
        meaning="First day on which the truce is no longer in force; 0 = no end.",
    )
    truce_strained: bool = field(
        "truce.strained",
        unit="flag",
        meaning="A measure or accusation has followed the signature.",
    )
    pause_days: int = field(
        "", unit="days", meaning="Length of a pause agreed today; 0 has no end date."
    )
    lapse_day: int = field(
        "", unit="date", meaning="Day on which the last pause lapsed.", is_memory=True
    )
    extensions: int = field("", unit="count", meaning="Number of extensions since the start.")
    expiry: int = field("", unit="code", code=Expiry, meaning="End of the last dated truce.")
    deal_status: int = field(
        "deal.status", unit="code", code=DealStatus, meaning="Furthest-reaching agreement in force."
    )
    package_day: list[int] = field(
        "", unit="date", shape=(Package,), meaning="Day a package was last signed."
    )
    last_signed_day: int = field(
        "", unit="date", meaning="Day on which a bundle was last signed; 0 = not yet."
    )
    signed_gain: list[float] = per_side(
        "utility", "True gain of a side beyond its reserve in the last bundle signed."
    )
    signed_nash: float = field(
        "", unit="utility", meaning="Nash product of the true gains in the last bundle signed."
    )
    bundle_size: int = field(
        "", unit="count", meaning="Number of clauses in the last bundle signed."
    )
    largest_bundle: int = field(
        "", unit="count", meaning="Number of clauses in the largest bundle signed."
    )
    clause_day: list[int] = field(
        "", unit="date", shape=(Clause,), meaning="Day a clause was last signed."
    )
    blocked: list[int] = field(
        "",
        unit="count",
        shape=(Side,),
        meaning="Number of bundles that groups at home stopped after both sides had agreed.",
    )

    # the table of a meeting -----------------------------------------------------------------
    table_rank: int = field("", unit="code", code=Rank, meaning="Rank of those at the table.")
    table_full: bool = field(
        "", unit="flag", meaning="A comprehensive deal is being composed, which offers all levels."
    )
    table_structure: int = field(
        "", unit="code", code=Clause, meaning="Structure of the investment on the table."
    )
    table_hiring: bool = field(
        "", unit="flag", meaning="The investment on the table comes with a duty to hire locally."
    )
    table_demand: float = field(
        "",
        unit="utility",
        meaning="Gain from clauses that the proposer means to leave to the other.",
    )
    usual_weight: list[float] = per_side("utility", "Mean weight of the issues on the table.")
    units: list[float] = field(
        "", unit="1", shape=(Clause,), meaning="Units of a clause to be had today; 0 = none."
    )
    gain: list[list[float]] = field(
        "",
        unit="utility",
        shape=(Side, Clause),
        meaning="True gain of a side from all units of a clause to be had today.",
    )
    believed: list[float] = field(
        "",
        unit="utility",
        shape=(Clause,),
        meaning="The other side's gain from a clause, as the proposer sees it.",
    )
    offer: list[float] = field(
        "", unit="share", shape=(Clause,), meaning="Share of a clause's units in the bundle."
    )
    stood: list[list[float]] = field(
        "",
        unit="share",
        shape=(Side, Clause),
        meaning="Share of a clause's units in a side's last offer when leaders met.",
    )
    refused_day: int = field("", unit="date", meaning="Day on which an offer was last turned down.")
    stood_day: list[int] = per_side(
        "date", "Day on which a side's offer to the other leader failed."
    )

    # search of a bundle ---------------------------------------------------------------------
    tabled: int = field("", unit="count", meaning="Clauses of which units are to be had today.")
    tabled_clause: list[int] = field(
        "", unit="code", code=Clause, shape=(Clause,), meaning="Those clauses, in their order."
    )
    steps: int = field("", unit="count", meaning="Clauses with which the proposer can give.")
    step_clause: list[int] = field(
        "", unit="code", code=Clause, shape=(Clause,), meaning="Those clauses, in their order."
    )
    ranked_clause: list[int] = field(
        "",
        unit="code",
        code=Clause,
        shape=(Clause,),
        meaning="Those clauses, what costs least per unit of the other's gain first.",
    )
    ranked_ratio: list[float] = field(
        "", unit="1", shape=(Clause,), meaning="Cost per unit of the other's gain, in that order."
    )
    is_wish: list[bool] = field(
        "", unit="flag", shape=(Clause,), meaning="The proposer wants the clause, or it must hold."
    )
    own_value: list[float] = field(
        "", unit="utility", shape=(Clause,), meaning="Worth of a clause to the proposer."
    )
    step_part: list[float] = field(
        "",
        unit="share",
        shape=(Clause,),
        meaning="Smallest part of a clause that a bundle may hold.",
    )
    step_gain: list[float] = field(
        "",
        unit="utility",
        shape=(Clause,),
        meaning="The other's gain from that step: the clause dropped or given, as believed.",
    )
    step_cost: list[float] = field(
        "", unit="utility", shape=(Clause,), meaning="Cost of that step to the proposer."
    )
    step_weighed: list[bool] = field(
        "", unit="flag", shape=(Clause,), meaning="The search of a bundle came to this step."
    )
    best_offer: list[float] = field(
        "", unit="share", shape=(Clause,), meaning="The best bundle the search has found so far."
    )

    # investment and its approval ------------------------------------------------------------
    approval_due: int = field(
        "", unit="date", meaning="Day on which the US review of an investment ends; 0 = none."
    )
    approval_structure: int = field(
        "", unit="code", code=Clause, meaning="Structure of the investment under review."
    )
    approval_hiring: bool = field(
        "", unit="flag", meaning="The investment under review comes with a duty to hire locally."
    )
    investments_denied: int = field(
        "", unit="count", meaning="Number of investments stopped by the US review."
    )
    structure_signed: int = field(
        "", unit="code", code=Clause, init=-1, meaning="Structure of the last investment signed."
    )
    issue_settled: list[float] = field(
        "", unit="share", shape=(Issue,), meaning="Share of an issue settled since the start."
    )
    enforcement_first: bool = field(
        "us.enforcement_first",
        unit="flag",
        meaning="No new deal before China makes up for its shortfall under the 2020 accord.",
    )
    verified: bool = field("", unit="flag", meaning="The pledges in force are verified.")
    pledges_stopped: bool = field(
        "", unit="flag", meaning="Pledged purchases have stopped because the pause lapsed."
    )

    # talks ----------------------------------------------------------------------------------
    talks: int = field(
        "talks.stage", unit="code", code=TalksStage, meaning="Stage of the working talks."
    )
    talks_resumed_day: int = field(
        "", unit="date", meaning="Day talks last opened or resumed.", is_memory=True
    )
    round_day: int = field(
        "talks.last_round", unit="date", meaning="Day of the last ministers' round."
    )
    round_due: int = field(
        "", unit="date", meaning="Day on which a scheduled round is due; 0 = none."
    )
    round_ahead: int = field(
        "", unit="date", meaning="Day of the next round on the calendar; 0 = none."
    )
    rounds: int = field("", unit="count", meaning="Number of ministers' rounds since the start.")
    rounds_in_vain: int = field(
        "",
        unit="count",
        meaning="Rounds since something was last signed or the leaders last spoke.",
        is_memory=True,
    )
    goodwill_day: int = field(
        "",
        unit="date",
        meaning="Day on which both sides last agreed on a step towards each other.",
        is_memory=True,
    )
    frozen_until: int = field(
        "", unit="date", meaning="First day after a crisis on which contacts may resume."
    )
    stall_day: int = field(
        "", unit="date", meaning="Day on which the talks last stalled.", is_memory=True
    )
    stalls: int = field("", unit="count", meaning="Number of times the talks stalled.")
    call_day: int = field(
        "leaders.last_call", unit="date", meaning="Day of the last leaders' call."
    )
    call_by: int = field(
        "", unit="code", code=Side, meaning="Side that requested the last leaders' call."
    )
    calls: int = field("", unit="count", meaning="Number of leaders' calls since the start.")

    # summit ---------------------------------------------------------------------------------
    summit: int = field(
        "summit.stage", unit="code", code=SummitStage, meaning="Stage of the summit."
    )
    venue: int = field("summit.venue", unit="code", code=Venue, meaning="Venue of the summit.")
    venue_fixed: bool = field(
        "summit.venue_fixed", unit="flag", meaning="The venue is fixed in advance."
    )
    pageantry: bool = field(
        "summit.pageantry", unit="flag", init=True, meaning="The host stages a state visit."
    )
    summit_day: int = field("summit.date", unit="date", meaning="Day for which the summit is set.")
    confirmed: list[int] = field(
        "summit.confirmed.{party}",
        unit="date",
        shape=(Party,),
        meaning="Day on which a party confirmed the summit; 0 = not yet.",
    )
    summit_held_day: int = field("", unit="date", meaning="Day of the first summit held.")
    summit_agreed_day: int = field(
        "", unit="date", meaning="Day on which a leaders' meeting was last agreed."
    )
    summit_failed_day: int = field(
        "", unit="date", meaning="Day on which a leaders' meeting last failed in public; 0 = none."
    )
    summit_lapse_day: int = field(
        "", unit="date", meaning="Day on which a plan for a meeting was last given up."
    )
    summit_last_day: int = field(
        "leaders.last_meeting", unit="date", meaning="Day leaders last met in person."
    )
    summit_round_gap: int = field(
        "",
        unit="days",
        init=-1,
        meaning="Days from the last round to the first summit; -1 = none.",
    )
    summit_result: int = field(
        "", unit="code", code=SummitResult, meaning="Result of the first summit held."
    )
    summit_venue_held: int = field(
        "", unit="code", code=Venue, meaning="Venue of the first summit held."
    )
    summits: int = field("", unit="count", meaning="Number of summits held since the start.")
    summit_slipped: bool = field(
        "", unit="flag", meaning="The date of the summit slipped, and a new one is looked for."
    )
    slips: int = field("", unit="count", meaning="Number of times a dated summit was postponed.")
    optimism: float = field(
        "summit.optimism", unit="share", init=0.3, meaning="Public optimism ahead of the summit."
    )
    humiliation: float = field(
        "shock.humiliation", unit="share", meaning="Memory of a public scolding of a guest."
    )

    # reviews and purchases ------------------------------------------------------------------
    review_until: int = field(
        "", unit="date", meaning="Last day on which a compliance verdict is open; 0 = none."
    )
    pledged_usd_bn: list[list[float]] = field(
        "ledger.{accord}.pledged.{category}_usd_bn",
        unit="usd_bn",
        shape=(Accord, Category),
        meaning="Purchases pledged over the term of the accord.",
    )
    delivered_usd_bn: list[list[float]] = field(
        "ledger.{accord}.delivered.{category}_usd_bn",
        unit="usd_bn",
        shape=(Accord, Category),
        meaning="Purchases delivered under that pledge.",
    )
    accord_signed: int = field("", unit="date", meaning="Day the new accord was signed.")
    catch_up_usd_bn: float = field("", unit="usd_bn", meaning="Catch-up purchases since the start.")
    force_majeure: float = field(
        "shock.force_majeure",
        unit="share",
        meaning="Strength of a force majeure that excuses missing deliveries.",
    )
    precursor_action: bool = field(
        "cn.precursor_action", unit="flag", meaning="China acts on fentanyl precursors."
    )
    accusations: int = field(
        "", unit="count", meaning="Number of accusations of breach, by both sides."
    )
    accuse_day: list[int] = field(
        "", unit="date", shape=(Side,), meaning="Day on which a side last accused the other."
    )
    rebuke_day: int = field("", unit="date", meaning="Day on which China last rebuked the US.")
    breaches: int = field(
        "", unit="count", meaning="Number of months with deliveries judged a breach."
    )
    breach_day: int = field(
        "", unit="date", meaning="Day on which deliveries were last judged a breach."
    )
    investment_usd_bn: float = field(
        "cn.investment_usd_bn", unit="usd_bn", meaning="Chinese investment agreed in packages."
    )
    jobs: float = field("", unit="jobs", meaning="US jobs created by the investment agreed.")

    # the table ------------------------------------------------------------------------------
    issue_on: list[bool] = field(
        "issue.{issue}", unit="flag", shape=(Issue,), meaning="The issue is on the table."
    )
