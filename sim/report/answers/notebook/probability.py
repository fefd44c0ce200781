"""Probability read off runs: a number that knows its interval and how many runs it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from sim.errors import UsageError
from sim.experiment.outcomes.forecasts import EventForecast, forecast
from sim.experiment.outcomes.questions import read_question

if TYPE_CHECKING:
    from sim.experiment.runs.batch import Batch

ASKED = ".p"
"""With what an error message begins, before the question."""


class RunProbability(float):
    """Share of the runs in which something holds. It is a number, and prints with its interval.

    Attributes:
        low: Lower end of the 95% interval: of luck, and of the parameters too if they are drawn.
        high: Upper end of it.
        n: Runs that count.
    """

    low: float
    high: float
    n: int

    def __new__(cls, value: float, low: float, high: float, n: int) -> Self:
        """Returns the number with what it rests on."""
        found = super().__new__(cls, value)
        found.low, found.high, found.n = low, high, n
        return found

    def __getnewargs__(self) -> tuple[float, float, float, int]:  # type: ignore[override]
        """Returns what a copy is made of."""
        return float(self), self.low, self.high, self.n

    def __repr__(self) -> str:
        return f"{float(self):.3f} (95%: {self.low:.3f} to {self.high:.3f}, n = {self.n:,})"


def probability_of(question: str, batch: Batch) -> RunProbability:
    """Returns the share of the runs in which what is asked holds.

    Args:
        question: Conditions, as `sim.experiment.outcomes.questions` has them.
        batch: The runs.

    Raises:
        CheckFailedError: No run meets the conditions after `|`.
        NotFoundError: There is no such outcome, class or event, or the runs do not hold it.
        UsageError: It is no question about an event, or one about a day outside the runs.
    """
    asked = read_question(question, ASKED)
    if asked.quantity is not None:
        name = asked.quantity.name
        raise UsageError(
            f"{asked.place}: {name} is a number; compare it, e.g. {name}>=1, or ask how large it "
            f"is with .quantile({name!r})"
        )
    for reading in asked.readings:
        reading.check(batch.resolved)
    found = forecast(asked, batch)
    assert isinstance(found, EventForecast)
    share = found.probability
    return RunProbability(share.value, share.low, share.high, found.n)
