"""`check` and `--preset` as they are typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.testing import Result

Detente = Callable[..., Result]
SMALL = ("-n", "40", "--engine", "simpy", "-q")
HEAD = "question: q\nextends: october-2025-apec\nuntil: 2025-11-02\n"
NO_LINES = "  leaders_met@2025-10-29: null\n  snapback_by@2025-11-09: null\n"


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A file with a line that passes, one that fails and one that stays open."""
    file = tmp_path / "mine.yaml"
    file.write_text(
        f"{HEAD}expect:\n  snapback_by@2025-11-09: null\n"
        "  leaders_met@2025-10-30: never\n"
        "  leaders_met@2025-10-30 | calls@2025-10-24>=9: always\n",
        "utf-8",
    )
    return file


def test_a_failure_is_told_and_exits_with_5(detente: Detente, mine: Path) -> None:
    """The table has every line, and the error names those that fail with their place."""
    # Fails if a failure exits with 0, or what is open counts as one.
    told = detente("check", str(mine), *SMALL)

    assert told.exit_code == 5
    assert "3 lines: 1 pass, 1 fail, 1 cannot tell" in told.stdout
    assert "no run meets the condition, so play more with -n" in told.stdout.replace("\n  ", " ")
    assert "1 of 3 lines fail:" in told.stderr
    assert f"{mine}:6: leaders_met@2025-10-30: never" in told.stderr
    assert max(map(len, told.stdout.splitlines())) <= 80


def test_what_cannot_be_told_is_no_failure(detente: Detente, tmp_path: Path) -> None:
    """It exits with 0, and says how many runs would decide."""
    # Fails if a straddled bound fails, passes, or goes without a way out.
    file = tmp_path / "mine.yaml"
    file.write_text(f"{HEAD}expect:\n{NO_LINES}  leaders_met@2025-10-30: at least 0.88\n", "utf-8")
    told = detente("check", str(file), *SMALL)
    (line,) = json.loads(detente("check", str(file), *SMALL, "--json").stdout)["scenarios"][0][
        "expectations"
    ]

    assert told.exit_code == 0, told.stderr
    assert "0 pass, 0 fail, 1 cannot tell" in told.stdout
    assert line["verdict"] == "cannot tell"
    assert line["interval"][0] < 0.88 < line["interval"][1]
    assert line["runs_needed"] is None or f"-n {line['runs_needed']}" in told.stdout


def test_verdicts_are_written_for_a_build_server(
    detente: Detente, mine: Path, tmp_path: Path
) -> None:
    """A suite for each scenario, a case for each line; a later check renews the file."""
    # Fails if verdicts are counted wrongly, or text is not escaped.
    file = tmp_path / "out.xml"
    for _ in range(2):
        assert detente("check", str(mine), *SMALL, "--junit", str(file)).exit_code == 5
    root = ElementTree.parse(file).getroot()  # noqa: S314 - the file was written above
    cases = root.findall("testsuite/testcase")

    assert (root.get("tests"), root.get("failures"), root.get("skipped")) == ("3", "1", "1")
    assert [case.find(tag) is not None for case, tag in zip(cases, TAGS, strict=True)] == [True] * 3
    assert cases[1].get("line") == "6"
    assert cases[1].get("name") == "leaders_met@2025-10-30: never"


TAGS = ("system-out", "failure", "skipped")


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("phase-one-redux",), 2, "nothing to check"),
        (("no-such-scenario",), 4, "there is no scenario"),
        (("wrong.yaml",), 3, "wrong.yaml:5:3: expect"),
        (("mine.yaml", "wrong.yaml"), 3, "wrong.yaml:5:3: expect"),
        (("mine.yaml", "--junit", "mine.yaml"), 2, "exists and is not a file of test results"),
        (("mine.yaml", "--junit", "."), 2, "is a folder"),
        (("mine.yaml", "--junit", "mine.yaml/out.xml"), 2, "cannot be written"),
        (("mine.yaml", "--preset", "no-treat"), 4, "did you mean no-threat"),
        (("mine.yaml", "-n", "0"), 2, "number of runs"),
        ((), 2, ""),
    ],
)
def test_wrong_commands_play_nothing(
    words: tuple[str, ...],
    code: int,
    told: str,
    detente: Detente,
    mine: Path,
    results: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Everything is checked first, and no file of another kind is written over."""
    # Fails if runs are simulated before an error is found, or a file is lost.
    monkeypatch.chdir(mine.parent)
    Path("wrong.yaml").write_text(f"{HEAD}expect:\n  tension@2025-11-01: often\n", "utf-8")
    before = mine.read_text("utf-8")
    found = detente("check", *words, "-q")

    assert found.exit_code == code
    assert told in found.stderr
    assert not results.exists()
    assert mine.read_text("utf-8") == before


def test_any_verb_refuses_a_wrong_line(detente: Detente, tmp_path: Path) -> None:
    """A scenario file is right as a whole, or refused."""
    # Fails if a line is read by `check` alone.
    file = tmp_path / "wrong.yaml"
    file.write_text(f"{HEAD}expect:\n  tension@2025-11-01>0.5: often\n", "utf-8")

    for words in (("run",), ("scenario", "check"), ("trace",)):
        told = detente(*words, str(file))
        assert told.exit_code == 3
        assert "wrong.yaml:5:3: expect: 'often'" in told.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("run", "october-2025-apec", "-n", "2", "--brief"),
        ("trace", "october-2025-apec"),
        ("scenario", "show", "october-2025-apec"),
        ("scenario", "explain", "october-2025-apec"),
        ("sweep", "october-2025-apec", "tension=0.2,0.8", "-n", "2"),
        ("fork", "october-2025-apec", "--on", "2025-10-30", "--do", "us.hike=20", "-n", "2"),
    ],
)
def test_a_preset_is_taken_wherever_a_number_can_be_set(
    words: tuple[str, ...], detente: Detente
) -> None:
    """It gives what its changes give if they are typed."""
    # Fails if a verb takes the option and ignores it.
    short = () if words[0] == "scenario" and words[1] == "explain" else ("--json",)
    end = ("--until", "2025-11-02", *short)
    typed = [
        *("threat.open=false", "threat.size_pp=0.0", "threat.deadline=null"),
        "calendar.threat-deadline=null",
    ]
    changes = [word for text in typed for word in ("--set", text)]
    by_name = detente(*words, "--preset", "no-threat", *end)
    by_hand = detente(*words, *changes, *end)
    plain = detente(*words, *end)

    assert by_name.exit_code == 0, by_name.stderr
    assert _timeless(by_name.stdout) == _timeless(by_hand.stdout)
    assert _timeless(by_name.stdout) != _timeless(plain.stdout)


def test_a_forecast_from_the_record_has_no_presets(detente: Detente) -> None:
    """A preset belongs to a file; the day's shipped scenario counts as named."""
    # Fails if the option is ignored for a day of the record.
    asked = ("--question", "tension@2025-10-31", "-n", "2", "-q", "--preset", "no-threat")
    day = detente("forecast", "--as-of", "2025-10-23", *asked)
    other = detente("forecast", "--as-of", "2025-10-20", *asked)

    assert day.exit_code == 0, day.stderr
    assert other.exit_code == 2
    assert "a preset belongs to a scenario file" in other.stderr


def _timeless(text: str) -> list[str]:
    """Lines without what differs between two runs of the same."""
    unlike = ('_s":', '"computed"', '"reused"', '"engine"')
    return [line for line in text.splitlines() if not any(word in line for word in unlike)]
