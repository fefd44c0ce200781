"""Ledger of a backtest: every forecast with those of the baselines, written before it is scored."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Final

from sim.backtest import phase_one
from sim.backtest.act_questions import SEVEN, act_days
from sim.backtest.backtests.origin_forecasts import OriginForecast
from sim.backtest.baselines.chains import event_after_window
from sim.backtest.baselines.features import ActHistory
from sim.backtest.baselines.futures import informed_hazards
from sim.backtest.baselines.hawkes import self_exciting
from sim.backtest.baselines.rates import climatology, drifting_rate, persistence
from sim.backtest.baselines.records import EventRecord
from sim.history.act_table import acts_on_record
from sim.history.acts import FIRST_DAY, ActType

MODEL: Final = "model"
INFORMED: Final = "informed"
SIMPLE: Final = {
    "climatology": climatology,
    "drifting": drifting_rate,
    "persistence": persistence,
    "markov": event_after_window,
    "hawkes": self_exciting,
}
"""Baselines that read the days of one type of act."""

BASE: Final = "drifting"
"""Baseline that is the base rate of mixtures: nothing simple is better on this record."""

LEDGER_COLUMNS: Final = ("as_of", "horizon_days", "act")
"""Columns that tell what was forecast; a column for each of `WHO` follows."""

WHO: Final = (MODEL, *SIMPLE, INFORMED)
"""Who forecasts."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Forecasts of one question from one day.

    Attributes:
        origin: The day, an ordinal.
        horizon: Days from it.
        kind: Type of act: does one come after the day, within the horizon?
        told: Probability by who told it, in the order of `WHO`.
    """

    origin: int
    horizon: int
    kind: ActType
    told: Mapping[str, float]


def entries(
    forecasts: Iterable[OriginForecast], coding: str = phase_one.ENDED
) -> tuple[Entry, ...]:
    """Returns the entries of some forecasts, with what the baselines said on the same days.

    Args:
        forecasts: The forecasts.
        coding: When Phase One ended, one of `phase_one.CODINGS`.
    """
    spells = phase_one.agreements(coding)
    days = {kind: act_days(acts_on_record(), kind) for kind in SEVEN}
    found = []
    for forecast in forecasts:
        origin = forecast.origin
        history = ActHistory.known(acts_on_record(), spells, FIRST_DAY, origin)
        informed = informed_hazards(history, max(forecast.horizons))
        records = {kind: EventRecord.known(days[kind], FIRST_DAY, origin) for kind in SEVEN}
        for row, horizon in enumerate(forecast.horizons):
            for place, (kind, record) in enumerate(records.items()):
                told = {MODEL: float(forecast.chances[row, place])}
                told |= {name: float(said(record, horizon)) for name, said in SIMPLE.items()}
                told[INFORMED] = float(informed[kind][horizon - 1])
                found.append(Entry(origin, horizon, kind, told))
    return tuple(found)


def ledger_text(rows: Sequence[Entry]) -> str:
    """Returns the ledger as CSV: no outcome is in it."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow((*LEDGER_COLUMNS, *WHO))
    table.writerows(map(ledger_cells, rows))
    return text.getvalue()


def ledger_cells(row: Entry) -> tuple[object, ...]:
    """Returns an entry as cells of the ledger: what was forecast, then the probabilities."""
    day = date.fromordinal(row.origin).isoformat()
    return (
        day,
        row.horizon,
        row.kind.name.lower(),
        *(f"{row.told[who]:.6f}" for who in WHO),
    )


def seal_of(text: str) -> str:
    """Returns the hash of a ledger, by which it can be shown to be as it was."""
    return sha256(text.encode()).hexdigest()
