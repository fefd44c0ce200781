"""Exports: the headline figures of an answer, as CSV and as JSON."""

from __future__ import annotations

import io
import json
from typing import Any, Final

from sim.experiment.runs.batch import Batch
from sim.experiment.stats.json_form import finite
from sim.experiment.store.csv_text import write_csv
from sim.report.pages.run.digest import Digest
from sim.report.pages.run.headlines import DUTIES, headlines_json
from sim.report.words.numbers import iso_day
from sim.serve.repeats import command_of, python_of
from sim.serve.settings import Setting

COLUMNS: Final = ("what", "outcome", "class", "day", "unit", "value", "low", "high", "interval")


def headline_rows(batch: Batch) -> list[dict[str, Any]]:
    """Returns the headline figures: shares with the 95% interval of luck, duties with the middle
    90% of the runs."""
    digest = Digest(batch)
    rows = [
        {
            "what": row["what"],
            "outcome": row["outcome"],
            "class": row["class"],
            "day": row["day"],
            "unit": "share of runs",
            "value": row["p"],
            "low": row["ci"][0],
            "high": row["ci"][1],
            "interval": "95% interval of luck alone",
        }
        for row in headlines_json(digest)
    ]
    return rows + [_duty(digest, name, words) for name, words in DUTIES.items()]


def as_csv(batch: Batch) -> str:
    """Returns the headline figures as the text of a CSV file."""
    text = io.StringIO()
    write_csv(text, COLUMNS, [[row[name] for name in COLUMNS] for row in headline_rows(batch)])
    return text.getvalue()


def as_json(setting: Setting, batch: Batch) -> str:
    """Returns the headline figures as JSON, with all that is needed to repeat them."""
    turn = setting.turn
    fork = {"on": turn.on, "do": list(turn.do), "through": turn.through} if turn else None
    told = {
        "scenario": batch.resolved.name,
        "scenario_hash": batch.resolved.hash,
        "sets": setting.changes,
        "fork": fork,
        "n": batch.n,
        "seed": batch.seed,
        "model_version": batch.model_version,
        "headlines": headline_rows(batch),
        "command": command_of(setting, batch),
        "python": python_of(setting, batch),
    }
    return json.dumps(told, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _duty(digest: Digest, name: str, words: str) -> dict[str, Any]:
    q = digest.quantiles(name) or {}
    low, middle, high = (finite(q[key]) if key in q else None for key in ("p05", "p50", "p95"))
    return {
        "what": f"{words} at the end, median",
        "outcome": name,
        "class": None,
        "day": iso_day(digest.resolved.until),
        "unit": "points",
        "value": middle,
        "low": low,
        "high": high,
        "interval": "middle 90% of runs",
    }
