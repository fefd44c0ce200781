"""The chronicle: one run as dated events, with what stood behind each decision.

A recorder is told what happens after it happened and computes what it prints from copies, so a
run with a chronicle is the same to the bit as one without.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sim.economy.arithmetic import safe_exp
from sim.engine.clocks import AT, Clock
from sim.engine.simpy_loop import Ledger, play_recorded
from sim.engine.world import World
from sim.model.duties.layers import addon_pp
from sim.model.governments.acts import ACTS, LOADING, is_legal
from sim.model.governments.agents import act_utility
from sim.model.tables.codes import CN, US
from sim.model.tables.vocabulary import N_CHOICES, Act, Feature, Side, Venue
from sim.scenario.resolved_scenario import Resolved

TOP_FEATURES: Final = 3

WHO: Final = {US: "Washington", CN: "Beijing"}

PLACES: Final = {
    Venue.BEIJING: "Beijing",
    Venue.WASHINGTON: "Washington",
    Venue.MAR_A_LAGO: "Mar-a-Lago",
    Venue.THIRD_COUNTRY: "in a third country",
}

ACT_TEXTS: Final = {row.act.name.lower(): row.text for row in ACTS}

HAPPENINGS: Final[dict[str, str]] = {
    "incident": "An incident puts the two sides at odds",
    "crisis": "A crisis freezes relations",
    "ministers_round": "Ministers of both sides meet",
    "stall": "The talks stall",
    "sign_truce": "Both sides sign a truce: equal cuts, part of them only suspended",
    "sign_extension": "Both sides prolong the truce",
    "sign_swap": "Both sides sign a swap: rare earths for technology",
    "sign_purchases": "Both sides sign purchases for tariff relief",
    "sign_fentanyl": "Both sides sign action on precursors for a cut of the fentanyl duty",
    "sign_investment": "Both sides sign an investment deal",
    "sign_comprehensive": "Both sides sign a comprehensive deal",
    "summit_agreed": "Both sides agree to hold a leaders' meeting",
    "summit_dated": "Place and date of the leaders' meeting are set",
    "summit_slips": "The date of the leaders' meeting slips",
    "summit_lapses": "The idea of a leaders' meeting is dropped",
    "summit_held": "The leaders meet",
    "summit_fails": "The leaders part in open discord",
    "confirm_us": "confirms the leaders' meeting",
    "confirm_host": "The host confirms the leaders' meeting",
    "confirm_cn": "confirms the leaders' meeting",
    "execute_threat": "orders the threatened tariff of {size:.0f} points",
    "postpone_threat": "postpones the threatened tariff of {size:.0f} points",
    "drop_threat": "drops the threatened tariff of {size:.0f} points",
    "penalise": "finds default and orders a penalty duty of {size:.0f} points",
    "clear_review": "closes the compliance review without a penalty",
    "review_due": "The US agencies' review comes due",
    "counter_hike": "answers the mirror with {size:.0f} more points",
    "reply_mirror": "mirrors the hike with {size:.0f} points on all US goods",
    "reply_partial": "answers with measured duties on part of US goods",
    "reply_none": "lets the hike go unanswered",
    "reply_control": "adds a control to its answer",
    "reply_tech": "answers in kind with a control",
    "reply_entities": "answers in kind with a listing",
    "reply_port_fees": "answers in kind with port fees",
    "takes_force": "Announced duties take force",
    "snapback": "The truce lapses: suspended duties snap back",
    "deliveries": "buys {size:.2f} billion dollars of US goods under its pledge this month",
    "breach": "falls short of its pledge",
}
"""What happenings and acts other than a government's own choices read like; where nobody in
particular acts, the line is a whole sentence."""


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a chronicle.

    Attributes:
        day: Ordinal day.
        phase: Phase of the day, by name.
        side: `us`, `cn` or None for both.
        act: Name of the act or happening.
        text: The line in words.
        levels: Duty levels and mood after the event, by outcome name.
        probabilities: For a decision, (act, probability) of the alternatives, likeliest first.
        features: For a decision, the (feature, contribution to utility) that weighed most.
        source: Key of the source of a calendar entry or intervention, else an empty string.
    """

    day: int
    phase: str
    side: str | None
    act: str
    text: str
    levels: dict[str, float]
    probabilities: tuple[tuple[str, float], ...] = ()
    features: tuple[tuple[str, float], ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Chronicle:
    """The readable record of one run."""

    scenario: str
    seed: int
    replicate: int
    start: int
    until: int
    events: tuple[Event, ...]


def choice_probabilities(world: World, side: int) -> tuple[tuple[str, float], ...]:
    """Returns the probability of every legal act from the signals just read, likeliest first."""
    state, params = world.state, world.params
    noise = max(params.noise[side], 1.0e-6)
    utilities = {
        act: act_utility(state, params, side, act) / noise
        for act in range(N_CHOICES)
        if is_legal(state, params, side, act)
    }
    top = max(utilities.values())
    weights = {act: safe_exp(u - top) for act, u in utilities.items()}
    total = sum(weights.values())
    pairs = [(Act(act).name.lower(), weight / total) for act, weight in weights.items()]
    return tuple(sorted(pairs, key=lambda pair: (-pair[1], pair[0])))


def contributions(world: World, side: int, act: int) -> tuple[tuple[str, float], ...]:
    """Returns the features that moved an act's utility most, with sign, in utility."""
    weight, signal = world.state.weight[side], world.state.signal[side]
    parts = [
        (feature.name.lower(), weight[feature] * signal[feature] * LOADING[act][feature])
        for feature in Feature
    ]
    moved = [part for part in parts if part[1] != 0.0]
    return tuple(sorted(moved, key=lambda part: -abs(part[1]))[:TOP_FEATURES])


class ChronicleRecorder:
    """Writes down what it is told."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._decision: tuple[
            int, int, tuple[tuple[str, float], ...], tuple[tuple[str, float], ...]
        ]
        self._decision = (-1, -1, (), ())

    def decision(self, world: World, side: int, act: int) -> None:
        """Keeps the odds and reasons of a choice until its act is told, or tells of a wait."""
        odds = choice_probabilities(world, side)
        reasons = contributions(world, side, act)
        self._decision = (side, act, odds, reasons)
        if act == Act.WAIT:
            self.note(world, "wait", side, 0.0)

    def note(self, world: World, kind: str, side: int | None, size: float) -> None:
        """Writes a line."""
        chooser, act, odds, reasons = self._decision
        chosen = side == chooser and act >= 0 and Act(act).name.lower() == kind
        self.events.append(
            Event(
                day=world.state.day,
                phase=phase_of(kind, side),
                side=None if side is None else Side(side).name.lower(),
                act=kind,
                text=sentence(world, kind, side, size),
                levels=levels(world),
                probabilities=odds if chosen else (),
                features=reasons if chosen else (),
            )
        )
        if chosen:
            self._decision = (-1, -1, (), ())


def phase_of(kind: str, side: int | None) -> str:
    """Returns the phase in which a happening belongs."""
    clocks = {
        "ministers_round": Clock.TALKS,
        "stall": Clock.TALKS,
        "takes_force": Clock.IMPLEMENTATION,
        "snapback": Clock.TRUCE,
        "deliveries": Clock.DELIVERIES,
        "breach": Clock.DELIVERIES,
        "review_due": Clock.CALENDAR,
        "incident": Clock.SHOCKS,
        "crisis": Clock.SHOCKS,
    }
    if kind in clocks:
        clock = clocks[kind]
    elif kind.startswith(("summit_", "confirm_", "sign_")):
        clock = Clock.LEADERS
    elif kind.startswith(("reply_", "counter_")):
        clock = Clock.CN_REPLIES
    else:
        clock = Clock.US_GOVERNMENT if side == US else Clock.CN_GOVERNMENT
    return AT[clock][0].name.lower()


def sentence(world: World, kind: str, side: int | None, size: float) -> str:
    """Returns the line of an event in words."""
    state = world.state
    text = HAPPENINGS.get(kind) or ACT_TEXTS.get(kind, kind.replace("_", " "))
    text = text.format(size=size)
    if kind in {"seek_talks", "call_leader"}:
        text += "; the other side agrees" if size > 0.0 else "; the other side declines"
    elif kind == "threaten":
        text += f": {state.threat_pp:.0f} points"
    elif kind in {"summit_dated", "summit_held"} and state.venue:
        text += f" ({PLACES[Venue(state.venue)]})"
    return text if side is None else f"{WHO[side]} {text}"


def levels(world: World) -> dict[str, float]:
    """Returns the duty levels and the mood as they stand."""
    state = world.state
    return {
        "us_addon_pp": addon_pp(state, US),
        "cn_addon_pp": addon_pp(state, CN),
        "us_avg_pct": state.avg_pct[US],
        "cn_avg_pct": state.avg_pct[CN],
        "tension": state.tension,
        "rapport": state.rapport,
    }


def trace(
    resolved: Resolved,
    seed: int,
    replicate: int,
    drawn: Mapping[str, float] | None = None,
    ledger: Ledger | None = None,
) -> Chronicle:
    """Plays one replicate and returns its chronicle.

    Args:
        resolved: The scenario.
        seed: First half of the key of every draw.
        replicate: Number of the run.
        drawn: Parameter values, None for central ones.
        ledger: Written to, if the outcomes are wanted too.

    Raises:
        UsageError: The seed is no key.
        RunFailure: The run could not be finished.
    """
    recorder = ChronicleRecorder()
    play_recorded(resolved, seed, replicate, recorder, drawn, ledger)
    return Chronicle(
        resolved.name, seed, replicate, resolved.start, resolved.until, tuple(recorder.events)
    )
