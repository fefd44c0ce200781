"""Chronicle of a run: its dated events, with the reasons for each decision.

A recorder is called after each event and works on copies of the state, so a run with a chronicle
is bit-identical to one without.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sim.engine.act_rates import set_choice_shares
from sim.engine.details import Teller, duties_of, hosts_of
from sim.engine.happenings import WORDS
from sim.engine.motives import strongest
from sim.engine.simpy_loop import Ledger, play_recorded
from sim.engine.starting_point import starting_point
from sim.engine.world import World, written_state
from sim.model.duties.layers import addon_pp
from sim.model.governments.acts import ROWS
from sim.model.governments.agents import contribution
from sim.model.governments.menu import is_legal
from sim.model.tables.codes import CN, US
from sim.model.tables.vocabulary import N_CHOICES, Act, Feature, Side
from sim.scenario.resolved_scenario import Resolved

TOP_FEATURES: Final = 3


@dataclass(frozen=True, slots=True)
class Event:
    """Line of a chronicle.

    Attributes:
        day: Ordinal day.
        phase: Phase of the day, by name.
        side: `us`, `cn` or None for both.
        act: Name of the act or happening.
        text: The event in words.
        levels: Duty levels and mood after the event, by outcome name.
        probabilities: For a decision, (act, probability) of the alternatives, likeliest first.
        features: For a decision, the (feature, contribution to utility) pairs of largest weight.
        source: Key of the source of a calendar entry or intervention, otherwise an empty string.
        size: Its size, in the unit of its kind.
        details: Lines to be read below it.
        actors: Who acts, as far as the table of people knows: (title and name, sources).
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
    size: float = 0.0
    details: tuple[str, ...] = ()
    actors: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Chronicle:
    """Readable record of one run.

    Attributes:
        scenario: Name of the scenario.
        seed: First half of the key of every draw.
        replicate: Number of the run.
        start: First day.
        until: Last day.
        events: What happened, in order.
        start_state: What is open on the first day, by subject.
    """

    scenario: str
    seed: int
    replicate: int
    start: int
    until: int
    events: tuple[Event, ...]
    start_state: tuple[tuple[str, str], ...] = ()


def choice_probabilities(world: World, side: int) -> tuple[tuple[str, float], ...]:
    """Returns the probability of every legal act from the signals just read, likeliest first."""
    shares = [0.0] * N_CHOICES
    set_choice_shares(world.state, world.params, side, shares, 0)
    legal = [act for act in range(N_CHOICES) if is_legal(world.state, world.params, side, act)]
    pairs = [(Act(act).name.lower(), shares[act]) for act in legal]
    return tuple(sorted(pairs, key=lambda pair: (-pair[1], pair[0])))


def contributions(world: World, side: int, act: int) -> tuple[tuple[str, float], ...]:
    """Returns the largest contributions of features to an act's utility, with sign, in utility."""
    parts = [
        (feature.name.lower(), contribution(world.state, world.params, side, act, feature))
        for feature in Feature
    ]
    moved = [part for part in parts if part[1] != 0.0]
    return tuple(sorted(moved, key=lambda part: -abs(part[1]))[:TOP_FEATURES])


class ChronicleRecorder:
    """Recorder that writes the chronicle.

    Args:
        teller: Teller of the run; the default knows nothing of what came before the first event.
    """

    def __init__(self, teller: Teller | None = None) -> None:
        self.events: list[Event] = []
        self._teller = teller or Teller()
        self._decision: tuple[
            int, int, tuple[tuple[str, float], ...], tuple[tuple[str, float], ...]
        ]
        self._decision = (-1, -1, (), ())

    def decision(self, world: World, side: int, act: int) -> None:
        """Keeps the odds and reasons of a choice from the menu until its act is recorded; records a
        wait at once."""
        if act not in ROWS:
            return
        odds = choice_probabilities(world, side)
        reasons = contributions(world, side, act)
        self._decision = (side, act, odds, reasons)
        if act == Act.WAIT:
            self.note(world, "wait", side, 0.0)

    def proposal(self, world: World, side: int, u_us: float, u_cn: float) -> None:
        """Writes nothing: a bundle is told when it is signed or stopped."""

    def note(self, world: World, kind: str, side: int | None, size: float) -> None:
        """Writes a line."""
        chooser, act, odds, reasons = self._decision
        chosen = side == chooser and act >= 0 and Act(act).name.lower() == kind
        actors = self._teller.actors(world, kind, side, size)
        main = strongest(reasons) if chosen else ""
        text, details = self._teller.tell(world, kind, side, size, main)
        self.events.append(
            Event(
                day=world.state.day,
                phase=WORDS[kind].phase.name.lower(),
                side=None if side is None else Side(side).name.lower(),
                act=kind,
                text=text,
                levels=levels(world),
                probabilities=odds if chosen else (),
                features=reasons if chosen else (),
                size=size,
                details=details,
                actors=tuple((term.words, term.source) for term in actors),
            )
        )
        if chosen:
            self._decision = (-1, -1, (), ())


def levels(world: World) -> dict[str, float]:
    """Returns the current duty levels and mood."""
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
    """Simulates one replicate and returns its chronicle.

    Args:
        resolved: The scenario.
        seed: First half of the key of every draw.
        replicate: Number of the run.
        drawn: Parameter values; None for central ones.
        ledger: Ledger for the outcomes; None if they are not needed.

    Raises:
        UsageError: The seed is out of range.
        RunFailure: The run could not be finished.
    """
    opening, hosts = written_state(resolved), hosts_of(resolved)
    recorder = ChronicleRecorder(Teller(hosts, resolved.people, duties_of(opening)))
    play_recorded(resolved, seed, replicate, recorder, drawn, ledger)
    return Chronicle(
        resolved.name,
        seed,
        replicate,
        resolved.start,
        resolved.until,
        tuple(recorder.events),
        starting_point(opening, hosts),
    )
