"""Posteriors of a backtest: learned anew at the end of each year, from the record up to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from sim.backtest.conditioning.fitting import fit_posterior
from sim.errors import SimError
from sim.experiment.inputs.as_of import Sets
from sim.experiment.store.disk import write_text
from sim.history.act_table import acts_on_record
from sim.scenario.posterior import Posterior, posterior_text, read_posterior

DRAWS: Final = 400
"""Draws of each posterior; an origin uses them all."""

FOLDER: Final = "posteriors"

Progress = Callable[[int, int], None]


def year_before(origin: int) -> int:
    """Returns the last day of the year before that of a day, ordinals."""
    return date(date.fromordinal(origin).year, 1, 1).toordinal() - 1


def yearly_posteriors(
    origins: Sequence[int],
    folder: Path,
    *,
    seed: int,
    workers: int,
    sets: Sets,
    progress: Progress | None,
) -> dict[int, Posterior]:
    """Returns the posterior of each origin: that of the record up to the end of the year before.

    Args:
        origins: Days, ordinals.
        folder: Folder of the backtest, in which posteriors are kept.
        seed: Seed of their luck.
        workers: Number of threads.
        sets: Changes of the replayed scenario: how the record is coded.
        progress: Called with (done, total) posteriors.
    """
    place = folder / FOLDER
    place.mkdir(exist_ok=True)
    ends = sorted(set(map(year_before, origins)))
    found = {}
    for done, end in enumerate(ends):
        if progress:
            progress(done, len(ends))
        found[end] = _of_year(end, place, seed, workers, sets)
    return {origin: found[year_before(origin)] for origin in origins}


def _of_year(end: int, place: Path, seed: int, workers: int, sets: Sets) -> Posterior:
    """Returns the posterior of the record up to the end of a year, as kept or learned now."""
    file = place / f"{date.fromordinal(end)}.json"
    try:
        return read_posterior(file)
    except SimError:
        pass  # there is none yet, or it is damaged
    acts = acts_on_record()
    made = fit_posterior(acts, end, particles=DRAWS, seed=seed, workers=workers, sets=sets)
    write_text(file, posterior_text(made.posterior, "detente backtest", made.sampler))
    return made.posterior
