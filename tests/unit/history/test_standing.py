"""What stood: read strictly, cut where it was not yet known, and as the pilot study counted it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sim.errors import ScenarioError
from sim.history.standing import (
    PAUSE,
    SIGNED,
    THREAT,
    read_standing,
    standing_as_known,
    standing_on_record,
)
from sim.history.tariffs import LAST_DAY

HEAD = "from,until,kind,due,end,event,source,confidence\n"
GOOD = "2025-02-27,2025-03-03,threat,2025-03-04,executed,ten points,press,high\n"


def day(text: str) -> int:
    """Returns the ordinal of a date."""
    return date.fromisoformat(text).toordinal()


def written(folder: Path, rows: str) -> Path:
    """Writes a record."""
    file = folder / "standing.csv"
    file.write_text(HEAD + rows, "utf-8")
    return file


def test_a_row_becomes_a_spell(tmp_path: Path) -> None:
    """Every field is read; what is empty is none at all."""
    pause = "2025-08-11,,pause,,,a pause,press,low\n"

    threat, open_ = read_standing(written(tmp_path, GOOD + pause))

    assert (threat.day, threat.until, threat.due) == tuple(
        day(text) for text in ("2025-02-27", "2025-03-03", "2025-03-04")
    )
    assert (threat.kind, threat.end, threat.event) == (THREAT, "executed", "ten points")
    assert (open_.until, open_.due, open_.end, open_.confidence) == (None, None, "", "low")


def test_a_spell_stands_from_its_first_day_to_the_eve_of_its_end(tmp_path: Path) -> None:
    """On the day it ends it stands no more."""
    (spell,) = read_standing(written(tmp_path, GOOD))

    stood = [spell.stands_on(day("2025-02-26") + later) for later in range(6)]

    assert stood == [False, True, True, True, True, False]


def test_an_end_that_is_to_come_is_not_known(tmp_path: Path) -> None:
    """Neither its day nor its manner; the date it is due is, from the first day on."""
    spells = read_standing(written(tmp_path, GOOD))

    (before,) = standing_as_known(spells, day("2025-03-02"))
    assert (before.until, before.end, before.due) == (None, "", day("2025-03-04"))
    assert len(standing_as_known(spells, day("2025-02-27"))) == 1
    assert standing_as_known(spells, day("2025-03-03")) == spells
    assert standing_as_known(spells, day("2025-02-26")) == ()


def test_a_threat_may_fall_due_on_its_first_day(tmp_path: Path) -> None:
    """And be carried out the day after."""
    (spell,) = read_standing(written(tmp_path, GOOD.replace("2025-03-04", "2025-02-27")))

    assert spell.due == spell.day


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (GOOD.replace("threat", "threatt"), "did you mean"),
        (GOOD.replace("executed", "broken"), "allowed: executed, postponed, dropped"),
        (GOOD.replace("executed", ""), "found end ''"),
        (GOOD.replace("2025-03-03", ""), "it has no last day"),
        (GOOD.replace("2025-03-03", "2025-02-27"), "at least a day"),
        (GOOD.replace("2025-03-03", "2025-10-24"), "2025-10-23"),
        (GOOD.replace("2025-02-27", "2017-03-31"), "2017-04-01"),
        (GOOD.replace("2025-03-04", "2025-02-26"), "found due"),
        (GOOD.replace("high", "sure"), "high, medium, low"),
        (GOOD.replace("press", " "), "has no source"),
        (GOOD + GOOD.replace("2025-02-27", "2025-02-26"), "sorted by date"),
    ],
)
def test_a_wrong_row_is_refused(row: str, words: str, tmp_path: Path) -> None:
    """With what is allowed."""
    with pytest.raises(ScenarioError, match=r"standing\.csv:[23]") as caught:
        read_standing(written(tmp_path, row))

    assert words in str(caught.value)


def test_agreements_stood_as_long_as_the_pilot_study_says() -> None:
    """Pauses of 9, 155, 33 and 164 days so far, three of them broken; Phase One for 64 months
    without a break."""
    spells = standing_on_record()
    pauses = [spell for spell in spells if spell.kind == PAUSE]
    days = [(spell.until or LAST_DAY) - spell.day for spell in pauses]
    (signed,) = [spell for spell in spells if spell.kind == SIGNED]

    assert (days[0], days[1] + days[2], days[3], days[4] + days[5]) == (9, 155, 33, 164)
    assert sum(spell.end == "broken" for spell in pauses) == 3
    assert signed.until is not None
    assert round((signed.until - signed.day) / 30.4) == 64


def test_deadlines_were_met_and_missed_as_the_pilot_study_says() -> None:
    """Six executed, five of them on the last day or the eve and one nine days early; of the nine
    that were softened one was of a pause, prolonged a day before it expired."""
    dated = [spell for spell in standing_on_record() if spell.due is not None]
    left = {
        end: sorted(
            spell.due - spell.until
            for spell in dated
            if spell.end == end and spell.due is not None and spell.until is not None
        )
        for end in ("executed", "postponed", "prolonged")
    }

    assert left["executed"] == [0, 0, 0, 1, 1, 9]
    assert left["postponed"] == [-1, 1, 2, 2, 4, 6, 18, 20]
    assert left["prolonged"] == [1, 5]


def test_open_threats_are_known_to_be_open() -> None:
    """Those of August and October 2025, at the end of the record."""
    open_ = [s for s in standing_on_record() if s.kind == THREAT and s.until is None]

    assert [spell.day for spell in open_] == [day("2025-08-25"), day("2025-10-10")]
