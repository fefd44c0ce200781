"""Requests for the tariff calculator: options with their defaults; imports nothing heavy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypedDict

from sim.errors import UsageError
from sim.experiment.runs.defaults import SEED
from sim.requests.options import Day, Progress, Sets, day, resolve, word

if TYPE_CHECKING:
    from datetime import date

    from sim.experiment.tariffs.duties import Duties
    from sim.experiment.tariffs.impact import Impact
    from sim.scenario.duty_schedule import DutySchedule

WORLD: Final = "base/year-2025"
"""Base scenario of January 2025, before any add-on."""
FIRST_DAY: Final = "2025-01-20"
MONTHS: Final = 12
DRAWS: Final = 200
DEFAULTS: Final[Mapping[str, object]] = {
    "months": MONTHS,
    "sectors": False,
    "n": DRAWS,
    "seed": SEED,
    "sets": (),
}
"""Values of options that are not set; None for all others."""

Rows = list[Mapping[str, object]]
Schedule = str | Path | Rows
"""Schedule of duties: the path of a CSV file, or its rows."""


class ImpactOptions(TypedDict, total=False):
    """Options of the tariff calculator.

    Attributes:
        path: Schedule of duties to play instead of a pair: the path of a CSV file, or its rows as
            mappings from column to value (see docs/economy.md, "Your own schedule").
        start: Day on which a pair takes effect (default 2025-01-20), or after which the months of a
            schedule are played (default: the first day on which one of its rows is known).
        months: Months to simulate, 1 to 120 (default 12).
        sector: Sector to show as well, e.g. `toys`, `cn.soybeans`.
        sectors: Whether to show duty and trade of every sector as well.
        versus: Pair to compare with, as `145/125` or (145, 125), or another schedule.
        n: Draws of the parameters (default 200).
        seed: Seed of the draws, 0 to 2**32 - 1 (default 20251023).
        sets: Numbers to change, e.g. `{"trade.us.sigma_12m": 4}`.
        progress: Progress callback; receives (done, total).
    """

    path: Schedule | None
    start: Day | None
    months: int
    sector: str | None
    sectors: bool
    versus: str | Schedule | tuple[float, float] | None
    n: int
    seed: int
    sets: Sets
    progress: Progress | None


def work_out(us: float | None, cn: float | None, options: ImpactOptions) -> Impact:
    """Calculates the effects of a pair of tariff add-ons or of a schedule, and of others to compare
    with if requested.

    Raises:
        NotFoundError: There is no such sector or file.
        ScenarioError: A schedule or a change to a number is wrong.
        UsageError: A number or a day cannot be used, or the options contradict each other.
    """
    from sim.experiment.tariffs.impact import impact

    duties = duties_of(us, cn, options)
    return impact(
        resolve(WORLD, {"sets": options.get("sets", ())}),
        duties,
        start=start_of(duties, options),
        months=options.get("months", MONTHS),
        n=options.get("n", DRAWS),
        seed=options.get("seed", SEED),
        sector=options.get("sector"),
        sectors=options.get("sectors", False),
        progress=options.get("progress"),
    )


def duties_of(us: float | None, cn: float | None, options: ImpactOptions) -> list[Duties]:
    """Returns the duties to play, and those to compare with.

    Raises:
        NotFoundError: There is no such file.
        ScenarioError: A schedule is wrong.
        UsageError: There are none, or points and a schedule.
    """
    from sim.experiment.tariffs.duties import Pair

    path, versus = options.get("path"), options.get("versus")
    if path is None:
        if us is None and cn is None:
            raise UsageError(
                "say which duties: --us, --cn or both, e.g. --us 30 --cn 10, or a schedule, e.g. "
                "--path duties.csv"
            )
        first: Duties = Pair(us or 0.0, cn or 0.0)
    elif us is None and cn is None:
        first = schedule("--path", path)
    else:
        raise UsageError(
            "--path holds the duties of both sides; leave out --us and --cn, or compare with a "
            "pair: --versus 30/10"
        )
    return [first] if versus is None else told_apart(first, other(versus))


def other(versus: str | Schedule | tuple[float, float]) -> Duties:
    """Returns the duties to compare with: a pair, or a schedule.

    Raises:
        NotFoundError: There is no such file.
        ScenarioError: The schedule is wrong.
        UsageError: The text is neither a pair nor the name of a file.
    """
    from sim.experiment.tariffs.duties import Pair
    from sim.experiment.tariffs.impact import read_pair
    from sim.history.text_files import is_file

    if isinstance(versus, tuple):
        return Pair(*versus)
    if isinstance(versus, str) and not (versus.endswith(".csv") or is_file(Path(versus))):
        return read_pair(versus)
    return schedule("--versus", versus)


def schedule(option: str, given: Schedule) -> DutySchedule:
    """Returns the schedule in a file or in a list of rows.

    Args:
        option: Option that gives it; a list of rows is called after it.
        given: Path or rows.

    Raises:
        NotFoundError: There is no such file.
        ScenarioError: A row is wrong.
    """
    from sim.scenario.duty_schedule import DutySchedule, read_schedule, steps_of_rows

    if isinstance(given, str | Path):
        return read_schedule(Path(given))
    name = option.removeprefix("--")
    rows = [
        {column: "" if value is None else word(value) for column, value in row.items()}
        for row in given
    ]
    return DutySchedule(name, "", steps_of_rows(rows, name))


def told_apart(first: Duties, second: Duties) -> list[Duties]:
    """Returns two sets of duties; files of the same name are called by their paths."""
    from sim.experiment.tariffs.duties import Pair

    if isinstance(first, Pair) or isinstance(second, Pair) or first.name != second.name:
        return [first, second]
    return [replace(each, name=each.file or each.name) for each in (first, second)]


def start_of(duties: Sequence[Duties], options: ImpactOptions) -> date:
    """Returns the day on which pairs take effect and after which months are played."""
    from sim.experiment.tariffs.duties import Pair

    start = options.get("start")
    if start is not None:
        return day("--start", start)
    first_days = [each.first_day for each in duties if not isinstance(each, Pair)]
    return min(first_days, default=day("--start", FIRST_DAY))


def template() -> str:
    """Returns the text of a schedule of duties to fill in."""
    from sim.scenario.duty_schedule import TEMPLATE

    return TEMPLATE
