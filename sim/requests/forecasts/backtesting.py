"""Requests for backtests: months, horizons and runs, checked before anything is played."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from sim.backtest.backtests.backtest import Backtest, month_eves, run_backtest
from sim.backtest.backtests.published import FOLDER, publish_backtest
from sim.backtest.backtests.resolved import MONTH_DAYS
from sim.backtest.phase_one import CODINGS
from sim.errors import UsageError, nearest
from sim.experiment.executors.choice import worker_count
from sim.experiment.inputs.modes import MODES, POSTERIOR
from sim.experiment.publication.checkout import find_checkout
from sim.history.tariffs import LAST_DAY
from sim.requests.forecasts.engines import check_can_learn, ready_engine
from sim.requests.forecasts.span import FIRST, HORIZONS, LAST, MOST_RUNS, PHASE_ONE
from sim.requests.options import StudyOptions, means_of

MOST_DAYS: Final = 730
FEWEST_RUNS: Final = 100

_MONTH: Final = re.compile(r"\d{4}-\d{2}")


def backtest(
    months: tuple[str, str, int],
    horizons: Sequence[int],
    n: int,
    phase_one: str,
    parameters: str,
    options: StudyOptions,
    *,
    publish: bool = False,
) -> tuple[Backtest, tuple[Path, ...]]:
    """Runs a backtest, and returns it with the files that were published.

    Args:
        months: First month, YYYY-MM, on whose eve a forecast is made; the last; and the months
            from one forecast to the next.
        horizons: Days from each forecast.
        n: Number of runs of each.
        phase_one: When Phase One ended, `ended` (with 2021) or `in-force` (until 2025).
        parameters: How parameters are drawn, one of `MODES`; a posterior is learned anew each year.
        options: Options of all commands that simulate runs.
        publish: Whether to write its ledger and weights to the published results of the checkout.

    Raises:
        UsageError: An option is out of range, a folder cannot be used, numba is missing to learn
            posteriors, or another backtest is published.
    """
    first, last, every = months
    origins = month_eves(_month("--from", first), _month("--to", last))[:: _every(every)]
    days = _horizons(horizons)
    if not origins:
        raise UsageError(f"--to {last} is before --from {first}; give an earlier and a later month")
    resolved = sum(origin + max(days) <= LAST_DAY for origin in origins)
    if resolved < max(1, max(days) // MONTH_DAYS):
        raise UsageError(
            f"{resolved} origins whose horizon of {max(days)} days ends within the record are "
            "fewer than the months of the horizon, so that no interval can be given; take more "
            "months or a shorter horizon"
        )
    if not FEWEST_RUNS <= n <= MOST_RUNS:
        raise UsageError(f"-n {n}: allowed are {FEWEST_RUNS} to {MOST_RUNS:,} runs an origin")
    if phase_one not in CODINGS:
        raise UsageError(
            f"--phase-one {phase_one[:40]!r}: allowed are {' and '.join(CODINGS)}"
            f"{nearest(phase_one, CODINGS)}"
        )
    if parameters not in MODES:
        raise UsageError(
            f"--parameters {parameters[:40]!r}: allowed are {', '.join(MODES)}; a backtest learns "
            "its own posteriors"
        )
    if parameters == POSTERIOR:
        check_can_learn()
    folder = _published_folder(origins, days, phase_one) if publish else None
    means = means_of(options)
    means.check()
    found = run_backtest(
        origins,
        days,
        n=n,
        seed=means.seed,
        parameters=parameters,
        coding=phase_one,
        engine=ready_engine(means),
        workers=worker_count(means.workers, n * len(origins)),
        root=means.store.root,
        progress=means.progress,
    )
    return found, () if folder is None else tuple(publish_backtest(found, folder))


def _published_folder(origins: tuple[int, ...], horizons: tuple[int, ...], coding: str) -> Path:
    """Returns the folder of the published backtest.

    Raises:
        UsageError: The program is not that of a checkout, or another backtest is published.
    """
    usual = month_eves(_month("--from", FIRST), _month("--to", LAST))
    if (origins, horizons, coding) != (usual, HORIZONS, PHASE_ONE):
        raise UsageError(
            "--publish: what is published has the usual months, horizons and coding; leave out "
            "--from, --to, --every, --horizons and --phase-one"
        )
    return find_checkout().folder / FOLDER


def _month(option: str, text: str) -> date:
    first, last = date(2018, 1, 1), date(2025, 10, 1)
    try:
        month = date.fromisoformat(f"{text}-01") if _MONTH.fullmatch(text) else None
    except ValueError:
        month = None
    if month is None:
        raise UsageError(
            f"{option} {text[:20]!r} is not a month; write it as YYYY-MM, e.g. {FIRST}"
        )
    if not first <= month <= last:
        raise UsageError(
            f"{option} {text}: allowed are {first:%Y-%m} to {last:%Y-%m}; before, there is too "
            "little to learn from, and after, nothing to compare with"
        )
    return month


def _every(months: int) -> int:
    if not 1 <= months <= 12:
        raise UsageError(f"--every {months}: allowed are 1 to 12 months")
    return months


def _horizons(days: Sequence[int]) -> tuple[int, ...]:
    for each in days:
        if not 1 <= each <= MOST_DAYS:
            raise UsageError(f"--horizons {each}: allowed are 1 to {MOST_DAYS} days")
    if not days:
        raise UsageError("--horizons: give at least one number of days, e.g. 30,90,180")
    return tuple(sorted(set(days)))
