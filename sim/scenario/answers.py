"""Answers of a scenario: the outcomes that answer its question, as its file names them.

path_class=conflict             a class of an outcome at the end
leaders_met@2025-06-14          a flag on a reporting date
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from sim.errors import nearest
from sim.model.outcomes.politics import outcome_index

_FORM: Final = re.compile(r"([\w.\[\]]+)(?:@(\d{4}-\d{2}-\d{2}))?(?:=(\w+))?")


@dataclass(frozen=True, slots=True)
class QuestionAnswer:
    """An outcome whose share of the runs answers the question of a scenario.

    Attributes:
        name: Name of a flag or of an outcome with classes.
        label: The class; `true` for a flag.
        day: Ordinal day it refers to; 0 for the end of the run.
    """

    name: str
    label: str = "true"
    day: int = 0

    @property
    def column(self) -> str:
        """Column of a batch."""
        return f"{self.name}@{date.fromordinal(self.day)}" if self.day else self.name

    @property
    def target(self) -> str:
        """The answer as `--outcome` takes it."""
        return self.column if self.label == "true" else f"{self.column}={self.label}"


def parse_answer(text: str) -> QuestionAnswer:
    """Returns the answer that a text names.

    Raises:
        ValueError: It is not the name of a flag or of a class of an outcome.
    """
    match = _FORM.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no outcome; write e.g. truce_in_force@2025-11-10")
    name, day, label = match.groups()
    outcome = outcome_index().get(name)
    if outcome is None:
        raise ValueError(f"there is no outcome {name!r}{nearest(name, outcome_index())}")
    if outcome.kind == "number":
        raise ValueError(f"{name} is a number; an answer is a flag or a class: path_class=conflict")
    classes = outcome.classes if outcome.kind == "class" else ("true",)
    if (label or "true") not in classes:
        allowed = ", ".join(f"{name}={each}" for each in outcome.classes) or name
        raise ValueError(f"{text!r}: write one of {allowed}{nearest(label or '', classes)}")
    return QuestionAnswer(name, label or "true", date.fromisoformat(day).toordinal() if day else 0)
