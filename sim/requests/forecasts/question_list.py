"""Lists of questions, from options and from files, each with the day of its forecast."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from sim.errors import SimError, UsageError
from sim.experiment.outcomes.questions import (
    QUESTION,
    RunQuestion,
    UnansweredQuestion,
    asked_on,
    read_question,
)
from sim.history.text_files import shown
from sim.history.user_table import NOT_THE_FIELDS, TableShape, table_in_file
from sim.requests.options import Day, WorldOptions, day, resolve

AS_OF: Final = "--as-of"
SHAPE: Final = TableShape(
    "a list of questions", "each row asks a question", required=("as_of", "question")
)
EXAMPLE: Final = "--as-of 2025-10-23 --question truce_in_force@2025-11-11"


@dataclass(frozen=True, slots=True)
class QuestionList:
    """Questions as typed.

    Attributes:
        texts: Questions given one by one.
        as_of: Day of their forecasts; None for the start of the scenario.
        file: CSV file of more questions, with the columns `as_of` and `question`; None without.
        scenario: Scenario that is the world on the day; None for the one shipped for it, or for
            the record replayed.
        record: File of acts laid over the record that is replayed; None without.
    """

    texts: Sequence[str]
    as_of: Day | None = None
    file: str | Path | None = None
    scenario: str | None = None
    record: str | Path | None = None

    def read(self, world: WorldOptions) -> tuple[PlacedQuestion | UnansweredQuestion, ...]:
        """Returns the questions, parsed, and those that cannot be, in the order typed.

        Raises:
            NotFoundError: There is no such scenario or file.
            ScenarioError: The scenario is wrong, or the file is no table of questions.
            UsageError: There is no question, or no day.
        """
        if not self.texts and self.file is None:
            raise UsageError(f"ask a question, e.g. {EXAMPLE}, or a file of them with --questions")
        rows: list[PlacedQuestion | UnansweredQuestion] = []
        if self.texts:
            as_of = self._day(world).isoformat()
            rows += [_row(QUESTION, AS_OF, as_of, text) for text in self.texts]
        if self.file is not None:
            rows += _rows_of(Path(self.file))
        return tuple(rows)

    def _day(self, world: WorldOptions) -> date:
        if self.as_of is not None:
            return day(AS_OF, self.as_of)
        if self.scenario is None:
            raise UsageError(f"say on which day to forecast, e.g. {EXAMPLE}")
        changes: WorldOptions = {
            "sets": world.get("sets", ()),
            "presets": world.get("presets", ()),
        }
        return date.fromordinal(resolve(self.scenario, changes).start)


@dataclass(frozen=True, slots=True)
class PlacedQuestion:
    """A question that can be put to a world.

    Attributes:
        place: The option or the line of a file that it was typed in.
        origin: Day of the forecast.
        question: The question, with what it counts beginning after that day.
    """

    place: str
    origin: date
    question: RunQuestion

    def unanswered(self, error: SimError) -> UnansweredQuestion:
        """Returns the question as one that cannot be answered."""
        return UnansweredQuestion(self.place, self.origin.isoformat(), self.question.text, error)


def _rows_of(path: Path) -> Iterator[PlacedQuestion | UnansweredQuestion]:
    name = shown(path)
    for line, cells in table_in_file(path, SHAPE, "--questions"):
        place = f"{name}:{line}"
        if cells:
            yield _row(place, f"{place} as_of", cells["as_of"].strip(), cells["question"].strip())
        else:
            yield UnansweredQuestion(place, "", "", UsageError(NOT_THE_FIELDS))


def _row(place: str, as_of: str, typed: str, text: str) -> PlacedQuestion | UnansweredQuestion:
    """Returns a question as it is meant on a day.

    Args:
        place: Where the question was typed.
        as_of: Where its day was typed.
        typed: The day.
        text: The question.
    """
    try:
        origin = day(as_of, typed)
        return PlacedQuestion(place, origin, asked_on(read_question(text, place), origin))
    except SimError as error:
        return UnansweredQuestion(place, typed, text, error)
