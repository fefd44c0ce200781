"""Frozen files: forecasts with all that made them, dated, and sealed by a hash of the content.

The hash shows that a file is as it was written, not who wrote it or when: to prove the day, publish
the hash on it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from sim.errors import CheckFailedError, NotFoundError, ScenarioError, UsageError
from sim.experiment.outcomes.forecasts import DatedForecast, QuantityForecast
from sim.experiment.outcomes.questions import LONGEST
from sim.experiment.runs.batch import Batch
from sim.experiment.stats.json_form import finite
from sim.experiment.store.disk import write_text
from sim.experiment.store.manifest import seal, sealed
from sim.history.text_files import SHOWN_NAME, is_file, shown

KIND: Final = "frozen forecasts"
MOST_BYTES: Final = 50_000_000

_Share = Annotated[float, Field(ge=0.0, le=1.0)]
_Name = Annotated[str, Field(max_length=LONGEST)]
_Number = date | float


class _Frozen(BaseModel):
    """Part of a frozen file: no key but those declared, no value that cannot be."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class FrozenRuns(_Frozen):
    """Runs from which the forecasts of a day were read."""

    as_of: date
    scenario: _Name
    scenario_hash: _Name
    id: _Name
    seed: int
    n: int
    parameters: _Name
    per_vector: int


class FrozenForecast(_Frozen):
    """Forecast in a frozen file: a probability, or quantiles with the values that stand for the
    distribution."""

    as_of: date
    question: _Name
    probability: _Share | None = None
    interval: tuple[_Share, _Share] | None = None
    moves_between: tuple[_Share | None, _Share | None] | None = None
    raw: _Share | None = None
    raw_interval: tuple[_Share, _Share] | None = None
    weight: _Share | None = None
    weight_note: Annotated[str, Field(max_length=LONGEST)] = ""
    base_rate: _Share | None = None
    base_rate_reason: Annotated[str, Field(max_length=LONGEST)] = ""
    quantiles: dict[_Name, _Number | None] | None = None
    members: tuple[_Number, ...] = ()
    unit: _Name = ""
    n: int
    of: int


class FrozenFile(_Frozen):
    """A frozen file."""

    version: Literal[1] = Field(alias="schema")
    kind: Literal["frozen forecasts"]
    frozen_at: AwareDatetime
    model_version: _Name
    runs: tuple[FrozenRuns, ...]
    forecasts: Annotated[tuple[FrozenForecast, ...], Field(min_length=1)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


def freeze(forecasts: Sequence[DatedForecast], target: Path) -> FrozenFile:
    """Writes forecasts to a new file and returns what it holds.

    Args:
        forecasts: The forecasts, at least one.
        target: File to write.

    Raises:
        UsageError: It cannot be written.
    """
    batches = {each.origin: each.batch for each in forecasts}
    content = {
        "schema": 1,
        "kind": KIND,
        "frozen_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "model_version": forecasts[0].batch.model_version,
        "runs": [_runs(origin, batch) for origin, batch in batches.items()],
        "forecasts": [_forecast(each) for each in forecasts],
    }
    text = sealed(content)
    try:
        write_text(target, text)
    except OSError as error:
        raise UsageError(f"{target} cannot be written: {error.strerror or error}") from error
    return FrozenFile.model_validate_json(text)


def read_frozen(path: Path) -> FrozenFile:
    """Returns the content of a frozen file.

    Raises:
        CheckFailedError: It is not as it was written.
        NotFoundError: There is no such file.
        ScenarioError: It is no frozen file.
    """
    if not is_file(path):
        raise NotFoundError(
            f"there is no file {str(path)[:SHOWN_NAME]!r}; detente forecast freeze writes one"
        )
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ScenarioError.single(shown(path), "is larger than any file of forecasts")
        text = path.read_bytes()
        frozen = FrozenFile.model_validate_json(text)
        content = json.loads(text)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))[:100]
        why = f"is no file of frozen forecasts: {first['msg']}"
        raise ScenarioError.single(shown(path), why, where) from error
    except (OSError, ValueError, RecursionError) as error:
        raise ScenarioError.single(shown(path), f"cannot be read: {str(error)[:200]}") from error
    if seal(content) != frozen.sha256:
        raise CheckFailedError(
            f"{shown(path)}: the content does not have the hash {frozen.sha256[:12]}... that it "
            "was frozen with: it was changed since. Score the file as it was written"
        )
    return frozen


def _runs(origin: date, batch: Batch) -> dict[str, Any]:
    return {
        "as_of": origin.isoformat(),
        "scenario": batch.resolved.name,
        "scenario_hash": batch.resolved.hash,
        "id": batch.id,
        "seed": batch.seed,
        "n": batch.n,
        "parameters": batch.parameters,
        "per_vector": batch.per_vector,
    }


def _forecast(forecast: DatedForecast) -> dict[str, Any]:
    answer = forecast.answer
    told = forecast.to_json()
    if isinstance(answer, QuantityForecast) and answer.n:
        dated = answer.unit == "date"
        told["members"] = [finite(value, dated=dated) for value in answer.members]
    return told
