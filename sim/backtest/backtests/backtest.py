"""A backtest: forecasts from many days, kept one by one, so that one that was stopped goes on."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import numpy as np

from sim.backtest import phase_one
from sim.backtest.backtests.ledger import Entry, entries, ledger_text, seal_of
from sim.backtest.backtests.origin_forecasts import (
    OriginForecast,
    Variant,
    fewest_runs,
    forecast_from,
)
from sim.backtest.backtests.scoring import HorizonScores, score_backtest
from sim.backtest.backtests.yearly_posteriors import yearly_posteriors
from sim.engine.choice import COMPILED
from sim.experiment.inputs.as_of import last_day_of, recorded_base
from sim.experiment.inputs.modes import POSTERIOR
from sim.experiment.store.identity import drawing_version, model_version
from sim.history.act_table import acts_on_record
from sim.history.elections import elections
from sim.history.forums import forums
from sim.scenario.posterior import Posterior

FOLDER: Final = "backtests"
"""Folder of backtests within the results folder."""

LEDGER: Final = "ledger.csv"
SEAL: Final = "ledger.sha256"

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Backtest:
    """A finished backtest.

    Attributes:
        origins: Days of the forecasts, ordinals.
        horizons: Days from each.
        n: Number of runs of each origin.
        seed: Seed of their luck.
        parameters: How parameters were drawn, one of `modes.MODES`.
        coding: When Phase One ended, one of `phase_one.CODINGS`.
        folder: Folder that holds the ledger.
        seal: Hash of the ledger, written before anything was scored.
        rows: Its entries.
        forecasts: The forecasts of the model by origin.
        scores: Scores by horizon.
    """

    origins: tuple[int, ...]
    horizons: tuple[int, ...]
    n: int
    seed: int
    parameters: str
    coding: str
    folder: Path
    seal: str
    rows: tuple[Entry, ...]
    forecasts: tuple[OriginForecast, ...]
    scores: tuple[HorizonScores, ...]


def month_eves(first: date, last: date) -> tuple[int, ...]:
    """Returns the last day before each month, from that of `first` to that of `last`, ordinals."""
    months = range(12 * first.year + first.month - 1, 12 * last.year + last.month)
    return tuple(date(month // 12, month % 12 + 1, 1).toordinal() - 1 for month in months)


def run_backtest(
    origins: Sequence[int],
    horizons: Sequence[int],
    *,
    n: int,
    seed: int,
    parameters: str,
    coding: str,
    engine: str,
    workers: int,
    root: Path,
    progress: Progress | None = None,
) -> Backtest:
    """Forecasts from each origin, writes the ledger and its hash, then scores it.

    Args:
        origins: Days, ordinals in order.
        horizons: Days from each, in order.
        n: Number of runs of each.
        seed: Seed of their luck.
        parameters: How parameters are drawn, one of `modes.MODES`.
        coding: When Phase One ended, one of `phase_one.CODINGS`.
        engine: `simpy` or `compiled`.
        workers: Number of threads.
        root: Results folder.
        progress: Called with (done, total) origins.
    """
    folder = root / FOLDER / _identity(horizons, n, seed, parameters, coding)
    folder.mkdir(parents=True, exist_ok=True)
    learned: dict[int, Posterior] = {}
    if parameters == POSTERIOR:
        learned = yearly_posteriors(
            origins,
            folder,
            seed=seed,
            workers=workers,
            sets=phase_one.changes(coding),
            progress=progress,
        )
    done = 0

    def one(origin: int) -> OriginForecast:
        nonlocal done
        found = _stored(folder, origin, horizons, n)
        if found is None:
            found = forecast_from(
                origin, horizons, n, seed, Variant(parameters, learned.get(origin), coding), engine
            )
            _store(folder, found)
        done += 1
        if progress:
            progress(done, len(origins))
        return found

    with ThreadPoolExecutor(workers if engine == COMPILED else 1) as pool:
        forecasts = tuple(pool.map(one, origins))
    rows = entries(forecasts, coding)
    text = ledger_text(rows)
    seal = seal_of(text)
    (folder / LEDGER).write_text(text, "utf-8", newline="\n")  # its bytes are what is sealed
    (folder / SEAL).write_text(f"{seal}  {LEDGER}\n", "utf-8", newline="\n")
    scores = score_backtest(rows, forecasts)
    days = tuple(origins), tuple(horizons)
    return Backtest(*days, n, seed, parameters, coding, folder, seal, rows, forecasts, scores)


def _identity(horizons: Sequence[int], n: int, seed: int, parameters: str, coding: str) -> str:
    """Returns a hash of all that the forecasts of an origin depend on."""
    acts = acts_on_record()
    substance: dict[str, Any] = {
        "model": model_version(),
        "world": recorded_base(last_day_of(acts)).hash,
        "record": [*map(repr, acts), *map(repr, forums()), *map(repr, elections())],
        "horizons": list(horizons),
        "n": n,
        "seed": seed,
        "parameters": parameters,
        "drawing": drawing_version(),
        "phase_one": coding,
    }
    return sha256(json.dumps(substance, sort_keys=True).encode()).hexdigest()[:12]


def _file(folder: Path, origin: int) -> Path:
    return folder / f"{date.fromordinal(origin)}.npz"


def _store(folder: Path, forecast: OriginForecast) -> None:
    path = _file(folder, forecast.origin)
    temporary = path.with_suffix(".part")
    with temporary.open("wb") as file:
        np.savez(file, chances=forecast.chances, levels=forecast.levels, duties=forecast.duties)
    temporary.replace(path)


def _stored(folder: Path, origin: int, horizons: Sequence[int], n: int) -> OriginForecast | None:
    """Returns the stored forecast of an origin; None if there is none that can be used."""
    try:
        with np.load(_file(folder, origin), allow_pickle=False) as kept:
            chances, levels, duties = kept["chances"], kept["levels"], kept["duties"]
    except (OSError, ValueError, KeyError, EOFError):
        return None
    whole = fewest_runs(n) <= duties.shape[-1] <= n and np.isfinite(duties).all()
    if not whole or {len(chances), len(duties)} != {len(horizons)}:
        return None
    return OriginForecast(origin, tuple(horizons), chances, levels, duties)
