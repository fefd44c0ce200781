"""Posterior of parameters: equally likely joint draws, learned from the record up to a day.

It is a file made by `detente calibrate`. The one shipped with the program was learned from the
whole shipped record.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sim.errors import NotFoundError, ScenarioError
from sim.history.places import data_root
from sim.history.text_files import is_file, read_text

SHIPPED: Final = "posterior.json"
"""Name of the shipped posterior among the shipped data."""

MOST_BYTES: Final = 20_000_000
FEWEST_DRAWS: Final = 50
MOST_DRAWS: Final = 20_000

_Name = Annotated[str, Field(min_length=1, max_length=100)]


class _File(BaseModel):
    """A posterior file: no key but those declared, no value that cannot be."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, strict=True)

    kind: Annotated[str, Field(pattern="^posterior$")]
    until: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    record: _Name
    model: _Name
    command: Annotated[str, Field(max_length=400)]
    sampler: dict[str, Any]
    parameters: Annotated[list[_Name], Field(min_length=1, max_length=100)]
    draws: Annotated[list[list[float]], Field(min_length=FEWEST_DRAWS, max_length=MOST_DRAWS)]


@dataclass(frozen=True, slots=True)
class Posterior:
    """Joint draws of parameters from their posterior.

    Attributes:
        names: The parameters.
        draws: Their values, one row for each draw; all are equally likely.
        until: Last day of the record it was learned from, an ordinal.
        record: Hash of that record.
        model: Version of the model under which it was learned.
        file: Path of its file as typed; empty for the shipped one.
    """

    names: tuple[str, ...]
    draws: tuple[tuple[float, ...], ...]
    until: int
    record: str
    model: str
    file: str = ""

    @property
    def digest(self) -> str:
        """Hash of what determines draws, as 16 hex digits."""
        text = json.dumps([self.names, self.draws, self.until, self.record])
        return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()

    @property
    def words(self) -> str:
        """What it is, for notes."""
        return f"posterior learned from the record up to {date.fromordinal(self.until)}"


@cache
def shipped_posterior() -> Posterior:
    """Returns the shipped posterior."""
    return read_posterior(data_root() / SHIPPED, "")


def read_posterior(path: Path, file: str | None = None) -> Posterior:
    """Returns the posterior in a file.

    Args:
        path: The file.
        file: What to call it; the path if None.

    Raises:
        NotFoundError: There is no such file.
        ScenarioError: It is none that `detente calibrate` could have written.
    """
    if not is_file(path):
        raise NotFoundError(
            f"there is no posterior {str(path)!r}; make one with: detente calibrate --out FILE"
        )
    try:
        found = _File.model_validate_json(read_text(path, MOST_BYTES))
        until = date.fromisoformat(found.until).toordinal()
    except (ValidationError, ValueError, RecursionError) as error:
        raise ScenarioError.single(str(path), _why(error)) from error
    _check_draws(path, found)
    return Posterior(
        tuple(found.parameters),
        tuple(map(tuple, found.draws)),
        until,
        found.record,
        found.model,
        str(path) if file is None else file,
    )


def posterior_text(posterior: Posterior, command: str, sampler: dict[str, Any]) -> str:
    """Returns a posterior as the text of a file, one draw a line.

    Args:
        posterior: The posterior.
        command: Command that makes it again.
        sampler: What is known about how well it was drawn.
    """
    head = {
        "kind": "posterior",
        "until": date.fromordinal(posterior.until).isoformat(),
        "record": posterior.record,
        "model": posterior.model,
        "command": command,
        "sampler": sampler,
        "parameters": posterior.names,
    }
    rows = ",\n".join(json.dumps(row) for row in posterior.draws)
    return f'{json.dumps(head, indent=1)[:-2]},\n "draws": [\n{rows}\n ]\n}}'


def _check_draws(path: Path, found: _File) -> None:
    """Checks that every draw has a value for each parameter, and each is named once."""
    if len(set(found.parameters)) < len(found.parameters):
        raise ScenarioError.single(str(path), "a parameter is named twice")
    for number, row in enumerate(found.draws):
        if len(row) != len(found.parameters):
            raise ScenarioError.single(
                str(path),
                f"draw {number + 1} has {len(row)} values, but there are "
                f"{len(found.parameters)} parameters; make the file anew with detente calibrate",
            )


def _why(error: Exception) -> str:
    first = error.errors()[0] if isinstance(error, ValidationError) else None
    if first is None:
        reason = str(error)
    else:
        place = ".".join(map(str, first["loc"]))[:100]
        reason = f"{place}: {first['msg']}" if place else first["msg"]
    return f"is no posterior ({reason[:200]}); make one with: detente calibrate --out FILE"
