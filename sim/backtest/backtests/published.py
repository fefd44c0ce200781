"""Published backtest: its ledger with what came, and the weights that forecasts are mixed with.

results/published/backtest/ledger.csv     every forecast, with its outcome and the mixture
results/published/backtest/weights.csv    weight of the model by day and horizon
results/published/backtest/manifest.json  how they were made, and their hashes
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from sim.backtest.act_questions import SEVEN, act_days, came
from sim.backtest.backtests.backtest import Backtest
from sim.backtest.backtests.ledger import BASE, LEDGER_COLUMNS, MODEL, WHO, ledger_cells
from sim.backtest.backtests.resolved import MIXED
from sim.backtest.backtests.weights import LearnedWeight, learned_weights, weight_on
from sim.errors import ScenarioError, UsageError
from sim.experiment.store.disk import write_text
from sim.experiment.store.identity import model_version
from sim.history.act_table import acts_on_record
from sim.history.csv_table import csv_rows
from sim.history.places import published_root
from sim.history.tariffs import LAST_DAY

FOLDER: Final = "backtest"
LEDGER_FILE: Final = "ledger.csv"
WEIGHTS_FILE: Final = "weights.csv"
MANIFEST_FILE: Final = "manifest.json"

_WEIGHT_COLUMNS: Final = ("known_from", "horizon_days", "weight", "resolved_forecasts")


@dataclass(frozen=True, slots=True)
class PublishedWeights:
    """Weights of the model that ship.

    Attributes:
        weights: By horizon and day; empty if none ship.
        model_version: Version of the model that made the forecasts they were learned from.
    """

    weights: tuple[LearnedWeight, ...]
    model_version: str

    @property
    def note(self) -> str:
        """What is to be said of them; empty if they were learned from this version."""
        if not self.weights:
            return "no backtest is published; the model and the base rate weigh the same"
        if self.model_version != model_version():
            return (
                f"the weight of the model was learned from version {self.model_version}, this is "
                f"{model_version()}; detente backtest --publish renews it"
            )
        return ""

    def weight(self, day: int, horizon: int) -> float:
        """Returns the weight known on a day, an ordinal, for a horizon in days."""
        return weight_on(self.weights, day, horizon)


def publish_backtest(found: Backtest, folder: Path) -> list[Path]:
    """Writes a backtest to a folder, and returns the files.

    Raises:
        UsageError: A file cannot be written.
    """
    weights = learned_weights(found.rows)
    texts = {LEDGER_FILE: _ledger(found, weights), WEIGHTS_FILE: _weights(weights)}
    manifest: dict[str, Any] = {
        "schema": 1,
        "made_by": "detente backtest --publish",
        "model_version": model_version(),
        "record_until": date.fromordinal(LAST_DAY).isoformat(),
        "origins": [date.fromordinal(found.origins[place]).isoformat() for place in (0, -1)],
        "horizons_days": list(found.horizons),
        "runs": found.n,
        "seed": found.seed,
        "phase_one": found.coding,
        "sealed_before_scoring": found.seal,
        "sha256": {name: sha256(text.encode()).hexdigest() for name, text in texts.items()},
    }
    texts[MANIFEST_FILE] = json.dumps(manifest, indent=2) + "\n"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            write_text(folder / name, text.rstrip("\n"))
    except OSError as error:
        why = error.strerror or str(error)
        raise UsageError(f"{error.filename or folder} cannot be written: {why}") from None
    return [folder / name for name in texts]


def _ledger(found: Backtest, weights: Sequence[LearnedWeight]) -> str:
    days = {kind: act_days(acts_on_record(), kind) for kind in SEVEN}
    rows = []
    for row in found.rows:
        weight = weight_on(
            [each for each in weights if each.horizon == row.horizon], row.origin, row.horizon
        )
        mixed = weight * row.told[MODEL] + (1.0 - weight) * row.told[BASE]
        is_known = row.origin + row.horizon <= LAST_DAY
        outcome = int(came(days[row.kind], row.origin, row.horizon)) if is_known else ""
        rows.append((*ledger_cells(row), f"{mixed:.6f}", outcome))
    return _csv((*LEDGER_COLUMNS, *WHO, MIXED, "outcome"), rows)


def _weights(weights: Iterable[LearnedWeight]) -> str:
    rows = (
        (date.fromordinal(e.since).isoformat(), e.horizon, f"{e.weight:.6f}", e.resolved)
        for e in weights
    )
    return _csv(_WEIGHT_COLUMNS, rows)


def _csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(head)
    table.writerows(rows)
    return text.getvalue()


@cache
def published_weights() -> PublishedWeights:
    """Returns the weights that ship with the program.

    Raises:
        ScenarioError: Their files cannot be read.
    """
    return read_weights(published_root() / FOLDER)


def read_weights(folder: Path) -> PublishedWeights:
    """Returns the weights in a folder; none if there is no published backtest.

    Raises:
        ScenarioError: A file cannot be read.
    """
    if not (folder / MANIFEST_FILE).is_file():
        return PublishedWeights((), "")
    try:
        manifest = json.loads((folder / MANIFEST_FILE).read_text("utf-8"))
        version = str(manifest["model_version"])
        weights = tuple(
            LearnedWeight(
                date.fromisoformat(row["known_from"]).toordinal(),
                int(row["horizon_days"]),
                float(row["weight"]),
                int(row["resolved_forecasts"]),
            )
            for _, row in csv_rows(folder / WEIGHTS_FILE, _WEIGHT_COLUMNS)
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        why = f"cannot be read ({error}); detente backtest --publish writes it anew"
        raise ScenarioError.single(FOLDER, why) from error
    return PublishedWeights(weights, version)
