"""Duties to play: a pair of add-ons, or a schedule of duties over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.experiment.tariffs.schedule import DutiesOfDay
from sim.scenario.duty_schedule import DutySchedule, DutyStep


@dataclass(frozen=True, slots=True)
class Pair:
    """Points of duty added since 20 January 2025 on all goods of the other side."""

    us_pp: float
    cn_pp: float

    def __str__(self) -> str:
        return f"{self.us_pp:g}/{self.cn_pp:g}"

    def steps(self, day: int, cap_pp: float) -> tuple[DutyStep, ...]:
        """Returns the pair as steps of legal layers.

        US points go to the fentanyl layer up to its cap, and the rest to the reciprocal layer,
        which exempts phones and computers. Chinese points go to the full reply.

        Args:
            day: Ordinal day on which the points take effect.
            cap_pp: Cap of the fentanyl layer, in points.
        """
        fentanyl = min(self.us_pp, cap_pp)
        return tuple(
            DutyStep(day, day, side, layer, points, None)
            for side, layer, points in (
                ("us", "fentanyl", fentanyl),
                ("us", "reciprocal", self.us_pp - fentanyl),
                ("cn", "full_reply", self.cn_pp),
            )
        )


Duties = Pair | DutySchedule


def steps_of(duties: Duties, start: int, cap_pp: float) -> tuple[DutyStep, ...]:
    """Returns duties as steps by day; a pair takes effect at the start."""
    return duties.steps(start, cap_pp) if isinstance(duties, Pair) else duties.steps


def unplayed_steps(
    duties: DutySchedule, played: Sequence[DutiesOfDay]
) -> tuple[list[DutyStep], list[DutyStep]]:
    """Returns the steps that have no effect on the months played: those replaced before the first
    day of a month, and those not known by the last.

    Args:
        duties: The schedule.
        played: What it says of the first day of each month.
    """
    counted = {step.line for today in played for step in (*today.in_force, *today.announced)}
    idle = [step for step in duties.steps if step.line not in counted]
    end = played[-1].day
    return [step for step in idle if step.day <= end], [step for step in idle if step.day > end]
