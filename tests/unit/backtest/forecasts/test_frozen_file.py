"""Frozen files: what they hold, and that no change to them goes unnoticed."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sim.backtest.forecasts.frozen_file import FrozenFile, freeze, read_frozen
from sim.errors import CheckFailedError, NotFoundError, ScenarioError
from sim.experiment.outcomes.forecasts import DatedForecast, forecast
from sim.experiment.outcomes.questions import asked_on, read_question
from sim.experiment.runs.batch import Batch, run_batch
from sim.experiment.store.manifest import sealed
from sim.experiment.store.results import Store
from sim.scenario.load import resolve

ORIGIN = date(2025, 3, 10)
LAST = date(2025, 3, 14)
QUESTIONS = ("us_hikes@2025-03-14>=1", "tension@2025-03-14", "pause_ends_on@2025-03-14")


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Batch:
    """Forty runs of four days of March."""
    world = resolve("march-2025-escalation", until=LAST, at=[ORIGIN, LAST])
    return run_batch(world, n=40, store=Store(tmp_path_factory.mktemp("frozen") / "results"))


@pytest.fixture
def written(batch: Batch, tmp_path: Path) -> tuple[Path, FrozenFile]:
    """A file of three forecasts, of which the last applies to no run."""
    asked = [asked_on(read_question(text), ORIGIN) for text in QUESTIONS]
    made = [DatedForecast(ORIGIN, each, forecast(each, batch), batch) for each in asked]
    path = tmp_path / "frozen.json"
    return path, freeze(made, path)


def test_a_file_holds_the_forecasts_and_what_made_them(
    batch: Batch, written: tuple[Path, FrozenFile]
) -> None:
    """Read again, it is what was written."""
    # Fails if a forecast, the model, the scenario, the seed or the number of runs is left out.
    path, frozen = written

    assert read_frozen(path) == frozen
    assert [each.question for each in frozen.forecasts] == list(QUESTIONS)
    assert frozen.model_version == batch.model_version
    (runs,) = frozen.runs
    assert (runs.as_of, runs.scenario, runs.n) == (ORIGIN, "march-2025-escalation", 40)
    assert (runs.scenario_hash, runs.seed, runs.id) == (batch.resolved.hash, batch.seed, batch.id)
    event, number, none = frozen.forecasts
    assert event.probability is not None
    assert not event.members
    assert number.quantiles is not None
    assert len(number.members) == 200
    assert number.members == tuple(sorted(number.members))  # type: ignore[type-var]
    assert (none.n, none.of, none.members) == (0, 40, ())


def change(text: str, old: str, new: str) -> str:
    """A text with one thing changed."""
    assert old in text
    return text.replace(old, new, 1)


def re_dated(text: str) -> str:
    """A file that says it was frozen earlier."""
    return change(text, json.loads(text)["frozen_at"], "2020-01-01T00:00:00+00:00")


CHANGES: list[Callable[[str], str]] = [
    lambda text: re.sub(r'"probability": [0-9.]+', '"probability": 0.987', text),
    lambda text: change(text, "us_hikes@2025-03-14>=1", "us_hikes@2025-03-14>=2"),
    lambda text: change(text, '"as_of": "2025-03-10"', '"as_of": "2025-03-09"'),
    re_dated,
    lambda text: change(text, '"seed": 20251023', '"seed": 20251024'),
    lambda text: text.replace(json.loads(text)["sha256"], "0" * 64),
]


@pytest.mark.parametrize("alter", CHANGES)
def test_a_changed_file_is_refused(
    alter: Callable[[str], str], written: tuple[Path, FrozenFile]
) -> None:
    """Whatever was changed: a forecast, its question, its day, its runs, the date, the hash."""
    # Fails if a part is left out of the hash, or the hash is not compared.
    path, _ = written
    path.write_text(alter(path.read_text("utf-8")), "utf-8")

    with pytest.raises(CheckFailedError, match="was changed since"):
        read_frozen(path)


def test_other_spaces_are_no_change(written: tuple[Path, FrozenFile]) -> None:
    """An editor that lays the file out anew does no harm."""
    # Fails if bytes are compared instead of the content.
    path, frozen = written
    path.write_text(json.dumps(json.loads(path.read_text("utf-8"))), "utf-8")

    assert read_frozen(path) == frozen


def resealed(path: Path, alter: Callable[[dict[str, Any]], object]) -> str:
    """The file with its content changed and sealed again."""
    content = json.loads(path.read_text("utf-8"))
    alter(content)
    del content["sha256"]
    return sealed(content)


@pytest.mark.parametrize(
    "alter",
    [
        lambda c: c["forecasts"][0].update(probability=1.5),
        lambda c: c["forecasts"][0].update(probability=math.nan),
        lambda c: c["forecasts"][0].update(note="x"),
        lambda c: c["forecasts"][1].update(members=["soon"]),
        lambda c: c.update(forecasts=[]),
        lambda c: c.update(schema=2),
        lambda c: c.update(kind="other"),
        lambda c: c.pop("runs"),
        lambda c: c["forecasts"][0].update(question="q" * 2000),
    ],
)
def test_a_sealed_file_that_cannot_be_is_refused(
    alter: Callable[[dict[str, Any]], object], written: tuple[Path, FrozenFile]
) -> None:
    """Anybody can compute a hash: values and keys are checked as well."""
    # Fails if the schema lets a value, a key or a version through.
    path, _ = written
    path.write_text(resealed(path, alter), "utf-8")

    with pytest.raises(ScenarioError, match="no file of frozen forecasts"):
        read_frozen(path)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "\0", '{"a":' * 5000, "as_of,question\n"])
def test_what_is_no_frozen_file_says_so(text: str, tmp_path: Path) -> None:
    """In a sentence."""
    # Fails with a traceback.
    path = tmp_path / "x.json"
    path.write_text(text, "utf-8")

    with pytest.raises(ScenarioError):
        read_frozen(path)


def test_a_file_that_is_not_there_cannot_be_read(tmp_path: Path) -> None:
    """The message says what writes one."""
    with pytest.raises(NotFoundError, match="forecast freeze writes one"):
        read_frozen(tmp_path / "new.json")
