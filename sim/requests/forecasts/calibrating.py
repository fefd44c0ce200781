"""Requests for posteriors: a day, a record and a file, checked before anything is computed."""

from __future__ import annotations

import shlex
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Final

from sim.backtest.conditioning.fitting import Calibration, fit_posterior
from sim.errors import UsageError
from sim.experiment.executors.choice import worker_count
from sim.experiment.inputs.as_of import last_day_of
from sim.experiment.inputs.modes import POSTERIOR_SUFFIX
from sim.experiment.store.disk import check_new, write_text
from sim.history.act_table import record_with
from sim.history.acts import FIRST_DAY
from sim.requests.forecasts.engines import check_can_learn
from sim.requests.forecasts.span import PARTICLES
from sim.requests.options import StudyOptions, means_of, until_of
from sim.scenario.posterior import FEWEST_DRAWS, MOST_DRAWS, posterior_text

YEAR: Final = 365
"""Days of record without which there is nothing to learn from."""

COMPILING: Final = "compiling the likelihood, about half a minute"


def calibrate_parameters(
    record: str | None,
    out: str | Path | None,
    particles: int,
    options: StudyOptions,
) -> Calibration:
    """Learns parameters from the record up to a day.

    Args:
        record: File of further acts; None for the shipped record alone.
        out: File to write, which must be new; None for none.
        particles: Number of draws.
        options: Options of all commands that simulate runs; `until` is the day, by default the
            last of the record.

    Raises:
        ScenarioError: The file of acts is wrong.
        UsageError: An option is out of range, numba is missing, or the file cannot be written.
    """
    if not FEWEST_DRAWS <= particles <= MOST_DRAWS:
        raise UsageError(f"-n {particles}: allowed are {FEWEST_DRAWS} to {MOST_DRAWS:,} draws")
    check_can_learn()
    means = means_of(options)
    means.check()
    target = None if out is None else _new(Path(out))
    acts = record_with(None if record is None else Path(record))
    last = last_day_of(acts)
    until = until_of(options)
    chosen = last if until is None else until.toordinal()
    if not FIRST_DAY + YEAR <= chosen <= last:
        first = date.fromordinal(FIRST_DAY + YEAR)
        raise UsageError(
            f"--until {date.fromordinal(chosen)}: allowed are {first} to {date.fromordinal(last)}; "
            "add later acts with a record of your own"
        )
    with (means.waiting or (lambda text: nullcontext()))(COMPILING):
        pass  # it is said once; what follows has a bar of its own
    fitted = fit_posterior(
        acts,
        chosen,
        particles=particles,
        seed=means.seed,
        workers=worker_count(means.workers, particles),
        progress=means.progress,
    )
    command = _command(chosen, record, particles, means.seed)
    if target is not None:
        _write(target, posterior_text(fitted.posterior, command, fitted.sampler))
    return Calibration(fitted, target, command)


def _new(target: Path) -> Path:
    """Returns a file that can be written and is not there yet.

    Raises:
        UsageError: It is there, cannot be written, or has another ending.
    """
    if target.suffix != POSTERIOR_SUFFIX:
        raise UsageError(f"--out {target.name}: the name of a posterior ends in {POSTERIOR_SUFFIX}")
    check_new(target, f"--out {target}")
    return target


def _write(target: Path, text: str) -> None:
    """Writes a posterior.

    Raises:
        UsageError: It cannot be written after all.
    """
    try:
        write_text(target, text)
    except OSError as error:
        raise UsageError(f"--out {target} cannot be written: {error.strerror or error}") from error


def _command(until: int, record: str | None, particles: int, seed: int) -> str:
    words = ["detente", "calibrate", "--until", date.fromordinal(until).isoformat()]
    words += [] if record is None else ["--record", record]
    words += [] if particles == PARTICLES else ["-n", str(particles)]
    return shlex.join([*words, "--seed", str(seed), "--out", "FILE.json"])
