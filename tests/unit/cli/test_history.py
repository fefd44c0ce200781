"""The verbs `history show`, `template` and `check`: tables, JSON, and what is typed wrongly."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from sim.cli.history import complete_actors, complete_kinds
from sim.history.act_table import SHAPE, acts_on_record

Detente = Callable[..., Result]
APRIL = ("history", "show", "--from", "2025-04-02", "--to", "2025-04-11")
HEAD = f"{','.join(SHAPE.required)}\n"


def page(result: Result) -> str:
    """Returns what a command printed, in lines of 80 columns."""
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    assert max(map(len, result.stdout.splitlines())) <= 80
    return result.stdout


def test_acts_are_shown_within_80_columns_and_never_cut(detente: Detente) -> None:
    """The whole record: every leg in one piece, every event with all its words."""
    # Fails if a column is too narrow for a leg, or a row is left out.
    text = page(detente("history", "show"))
    words = " ".join(text.split())

    assert text.startswith("268 of 268 acts on record, 1 Apr 2017 to 23 Oct 2025")
    for act in acts_on_record():
        assert f" {act.leg} " in text or act.leg == act.type.act
        assert all(word in words for word in act.event.split())


def test_a_row_says_points_dates_and_threats(detente: Detente) -> None:
    """What comes into force when, until when, and whether it was threatened."""
    # Fails if a field of an act is not shown.
    text = " ".join(page(detente(*APRIL)).split())

    assert "2025-04-07 us threat: threaten +50 Trump threatens" in text
    assert "[until 8 Apr 2025]" in text
    assert "[in force 9 Apr 2025; carries out a threat]" in text
    assert "2025-04-11 us cut: none Phones" in text
    assert "[not in the model: single goods or parcels exempted" in text


@pytest.mark.parametrize(
    ("words", "known"),
    [
        ((), 13),
        (("--actor", "cn"), 7),
        (("--kind", "hike"), 7),
        (("--kind", "hike", "--actor", "us"), 4),
        (("--actor", "both"), 0),
        (("--to", "2025-04-04"), 6),
    ],
)
def test_acts_are_chosen_by_day_side_and_kind(
    detente: Detente, words: tuple[str, ...], known: int
) -> None:
    """Both ends of the span belong to it; a span without acts is an answer too."""
    # Fails if an option is not passed on, or an end is left out.
    told = json.loads(detente(*APRIL, *words, "--json").stdout)

    assert len(told["acts"]) == known
    assert told["known"] == 268
    assert page(detente(*APRIL, *words)).startswith(f"{known} of 268 acts on record, 2 Apr 2025")


def test_json_has_every_field(detente: Detente) -> None:
    """Under the names of the columns; what is not known is null."""
    # Fails if a field is left out or under another name.
    told = json.loads(detente(*APRIL, "--json").stdout)

    assert (told["schema"], told["from"], told["to"]) == (1, "2025-04-02", "2025-04-11")
    assert told["record"] is None
    assert all(tuple(act) == SHAPE.required for act in told["acts"])
    assert told["acts"][0] == {
        "date": "2025-04-02",
        "side": "us",
        "act": "hike",
        "leg": "reciprocal",
        "points_pp": 10.0,
        "effective": "2025-04-05",
        "until": None,
        "executes": False,
        "unmapped": None,
        "event": "'Reciprocal' tariff: 10pp from Apr 5, 34pp for China from Apr 9 (54 planned; "
        "superseded); de minimis ends May 2",
        "size_pp": 34.0,
        "bilateral": True,
        "counted": True,
        "source": "PIIE chart page; Reuters timeline",
        "confidence": "high",
    }


def test_the_template_is_checked_and_shown(detente: Detente, tmp_path: Path) -> None:
    """From a printed file to acts beside those on record, three commands."""
    # Fails if the template is no record, or a file is not laid over the shipped one.
    file = tmp_path / "mine.csv"
    file.write_text(detente("history", "template").stdout, "utf-8")

    checked = detente("history", "check", str(file))
    told = json.loads(detente("history", "check", str(file), "--json").stdout)
    shown = detente("history", "show", "--record", str(file), "--from", "2025-10-24")

    assert checked.exit_code == 0
    assert f"{file}: no problems found; 2 acts, 15 Jan 2026 to 2 Mar 2026" in checked.stdout
    assert "US tariff increase             1" in checked.stdout
    assert (told["acts"], told["counts"]["us_hike"], told["counts"]["us_ease"]) == (2, 1, 0)
    assert told["problems"] == []
    assert "2 of 270 acts on record, 24 Oct 2025 to 2 Mar 2026" in shown.stdout
    assert f"with {file}" in shown.stdout


def test_a_wrong_file_is_told_row_by_row(detente: Detente, tmp_path: Path) -> None:
    """Every error with its line, and the code of a wrong scenario."""
    # Fails if only the first error is told, or it passes as success.
    file = tmp_path / "mine.csv"
    file.write_text(
        f"{HEAD}2026-01-32,us,hike,s301,1,,,,,x,,yes,,s,high\n"
        "2026-01-05,us,hike,s302,1,,,,,x,,yes,,s,high\n",
        "utf-8",
    )

    for words in (("check", str(file)), ("show", "--record", str(file))):
        result = detente("history", *words)

        assert result.exit_code == 3
        assert result.stdout == ""
        assert "mine.csv:2: date: '2026-01-32' is not a date" in result.stderr
        assert "mine.csv:3: leg: 's302' of act hike of us; allowed: s301, s232" in result.stderr
        assert "did you mean s301?" in result.stderr


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("show", "--from", "2025-02-30"), 2, "--from 2025-02-30: expected a date as YYYY-MM-DD"),
        (("show", "--to", "soon"), 2, "--to soon: expected a date"),
        (("show", "--from", "2025-05-01", "--to", "2025-04-01"), 2, "is before --from 2025-05-01"),
        (("show", "--actor", "usa"), 2, "allowed are us, cn, both; did you mean us?"),
        (("show", "--kind", "truse"), 2, "did you mean truce?"),
        (("show", "--kind", "round", "--actor", "us"), 2, "hike, threat, cut, control, ease"),
        (("show", "--kind", "x" * 5000), 2, "xxx..."),
        (("show", "--record", "none.csv"), 4, "there is no file 'none.csv'"),
        (("check", "none.csv"), 4, "`detente history template` prints a record"),
        (("check",), 2, "FILE"),
    ],
)
def test_wrong_words_are_told(
    detente: Detente, words: tuple[str, ...], code: int, said: str
) -> None:
    """What was found and what is allowed, in a line or two."""
    # Fails if a word is not checked before the record is read.
    result = detente("history", *words)

    assert result.exit_code == code
    assert result.stdout == ""
    assert said in result.stderr
    assert len(result.stderr) < 500


def test_words_are_completed() -> None:
    """By the tab key, from what was typed."""
    # Fails if a kind or a side is missing from the lists.
    assert complete_actors("") == ["us", "cn", "both"]
    assert complete_kinds("c") == ["cut", "control", "contact"]
