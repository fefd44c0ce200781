"""Recorder of the causes of decisions: what would have happened without each, on the same draws."""

from __future__ import annotations

from typing import Final, NamedTuple

from sim.engine import sites
from sim.engine.desk import draw
from sim.engine.world import World
from sim.experiment.explain.causes import THREATS, answer_causes, every_reason, reasons, voices
from sim.experiment.explain.choices import stacked, take_apart
from sim.experiment.explain.events.questions import CHOSEN, REFUSALS, EventQuestion
from sim.experiment.explain.twins import signs_without, threat_without, weights_without
from sim.experiment.games.meetings import MeetingRecorder
from sim.experiment.stats.intervals import Floats
from sim.model.bargain.signature import decide_consent, sign_probability
from sim.model.tables.codes import EXECUTE_THREAT, N_SIDES, THREATEN, US
from sim.model.tables.vocabulary import N_CHOICES
from sim.scenario.resolved_scenario import Resolved

Keys = frozenset[str]
NOTHING: Final[Keys] = frozenset()
EVEN: Final = 0.5
"""Even odds: an offer that is turned down though it had at least these is turned down by luck."""

_MENUS: Final = tuple(
    tuple((question, acts) for question, (whose, acts) in CHOSEN.items() if whose == side)
    for side in range(N_SIDES)
)


class Trial(NamedTuple):
    """A decision on whether an event of a question happens.

    Attributes:
        question: The question.
        replicate: Number of the run.
        happened: Whether it happened.
        lost: If it happened, the causes without each of which it would not have.
        gained: If it did not, the causes without each of which it would have.
        bare: Whether it would have happened without any reason, by base rate and luck; an offer is
            then turned down against the odds.
    """

    question: EventQuestion
    replicate: int
    happened: bool
    lost: Keys
    gained: Keys
    bare: bool


class ReasonRecorder:
    """Recorder of the decisions and meetings of runs.

    Args:
        resolved: The scenario.

    Attributes:
        trials: Decisions in which something happened, or would have without some cause.
        meetings: Recorder of meetings.
        replicate: Number of the run.
    """

    def __init__(self, resolved: Resolved) -> None:
        self.trials: list[Trial] = []
        self.meetings = MeetingRecorder()
        self.replicate = 0
        self._causes = tuple((*reasons(s), *voices(resolved, s)) for s in range(N_SIDES))
        self._answers = tuple(answer_causes(side) for side in range(N_SIDES))
        self._weights: dict[tuple[float, ...], Floats] = {}
        self._threat: tuple[Keys, bool] = (NOTHING, True)
        self._threatens = False

    def open(self, replicate: int) -> None:
        """Starts a run; a threat that is open at its start needs no cause."""
        self.replicate = self.meetings.replicate = replicate
        self._weights.clear()
        self._threat, self._threatens = (NOTHING, True), False

    def note(self, world: World, kind: str, side: int | None, size: float) -> None:
        """Follows the meetings; a threat that was not chosen but forced needs no cause."""
        self.meetings.note(world, kind, side, size)
        if kind == "threaten":
            if not self._threatens:
                self._threat = (NOTHING, True)
            self._threatens = False

    def decision(self, world: World, side: int, act: int) -> None:
        """Records which causes decided a choice."""
        if act >= N_CHOICES:
            self._fate_of_threat(world, act)
            return
        apart = take_apart(world, side)
        *without, bare = apart.taken(self._vectors(world, side))
        keys = [cause.key for cause in self._causes[side]]
        for question, acts in _MENUS[side]:
            other = frozenset(
                k for k, a in zip(keys, without, strict=True) if (a in acts) != (act in acts)
            )
            self._add(question, act in acts, other, bare in acts)
        if act == THREATEN:
            lost = frozenset(k for k, a in zip(keys, without, strict=True) if a != THREATEN)
            self._threat = self._renewed(world, lost, bare == THREATEN)
            self._threatens = True

    def proposal(self, world: World, side: int, u_us: float, u_cn: float) -> None:
        """Records which causes decided the answer to an offer that its proposer stands by."""
        self.meetings.proposal(world, side, u_us, u_cn)
        uniforms = (u_us, u_cn)
        if not decide_consent(world.state, world.params, side, uniforms[side]):
            return
        other = 1 - side
        signs = decide_consent(world.state, world.params, other, uniforms[other])
        changed = frozenset(
            cause.key
            for cause in self._answers[other]
            if signs_without(world, cause, other, uniforms[other]) != signs
        )
        likely = sign_probability(world.state, world.params, other) >= EVEN
        self._add(REFUSALS[other], not signs, changed, bare=likely and not signs)

    def _fate_of_threat(self, world: World, act: int) -> None:
        """Records why the open threat is executed, or is not."""
        uniforms = (
            draw(world, sites.THREAT_EXECUTE),
            draw(world, sites.THREAT_POSTPONE),
            draw(world, sites.THREAT_DROP),
        )
        owing, arises = self._threat
        executed = act == EXECUTE_THREAT
        bare = threat_without(world, every_reason(US), uniforms) == EXECUTE_THREAT
        changed = {
            cause.key
            for cause in (*self._causes[US], *THREATS)
            if (threat_without(world, cause, uniforms) == EXECUTE_THREAT) != executed
        }
        # Without a cause there may have been no threat to execute.
        other = frozenset(changed | owing if executed else changed - owing)
        self._add(EventQuestion.US_HIKES, executed, other, bare=arises and bare)

    def _renewed(self, world: World, lost: Keys, bare: bool) -> tuple[Keys, bool]:
        """Returns to which causes the threat is owing, and whether it would be open without any:
        one that is renewed would be open without what only one of both times was decisive."""
        if not world.state.threat_open:
            return lost, bare
        before, there = self._threat
        return before & lost, there or bare

    def _vectors(self, world: World, side: int) -> Floats:
        """Returns the weights of a side without each cause, and without any; the same as long as
        its factions weigh the same."""
        key = (float(side), *world.state.weight[side])
        if key not in self._weights:
            causes = (*self._causes[side], every_reason(side))
            self._weights[key] = stacked([weights_without(world, cause) for cause in causes])
        return self._weights[key]

    def _add(self, question: EventQuestion, happened: bool, changed: Keys, bare: bool) -> None:
        if happened:
            self.trials.append(Trial(question, self.replicate, True, changed, NOTHING, bare))
        elif changed or bare:
            self.trials.append(Trial(question, self.replicate, False, NOTHING, changed, bare))
