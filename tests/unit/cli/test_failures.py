"""What a user sees when something goes wrong."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from sim.cli.failures import SHOWN_PROBLEMS, Guarded
from sim.errors import (
    CheckFailedError,
    NotFoundError,
    Problem,
    ScenarioError,
    SimError,
    UsageError,
)

ROOT = Path(__file__).parents[3]


def end_with(error: BaseException, *words: str) -> Result:
    """Runs an app whose only verb raises an error."""
    app = typer.Typer(cls=Guarded, pretty_exceptions_enable=False)

    @app.callback()
    def root(debug: bool = False) -> None:
        """Options of every verb."""

    @app.command()
    def verb() -> None:
        """Fails."""
        raise error

    return CliRunner().invoke(app, [*words, "verb"])


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (SimError("what happened"), 1),
        (UsageError("what happened"), 2),
        (ScenarioError([Problem("a.yaml", 3, 1, "key", "what happened")]), 3),
        (NotFoundError("what happened"), 4),
        (CheckFailedError("what happened"), 5),
    ],
)
def test_our_errors_are_told_without_a_traceback(error: SimError, code: int) -> None:
    """Each branch of the tree has its exit code; the message goes to stderr, alone."""
    result = end_with(error)

    assert result.exit_code == code
    assert result.stdout == ""
    assert result.stderr.startswith("error: ")
    assert "what happened" in result.stderr
    assert "Traceback" not in result.stderr


def test_many_problems_fit_one_screen() -> None:
    """A scenario with a hundred faults names the first ones and counts the rest."""
    problems = [Problem("a.yaml", line, 1, "key", "is wrong") for line in range(1, 101)]
    result = end_with(ScenarioError(problems))

    lines = result.stderr.splitlines()
    assert len(lines) == SHOWN_PROBLEMS + 1
    assert lines[0].endswith("a.yaml:1:1: key: is wrong")
    assert f"{100 - SHOWN_PROBLEMS} more" in lines[-1]


def test_a_fault_of_the_program_is_one_line_and_where_to_report_it() -> None:
    """An unexpected error shows no traceback unless asked for one."""
    result = end_with(ZeroDivisionError("division by zero\nsecond line"))

    assert result.exit_code == 1
    assert "unexpected ZeroDivisionError: division by zero" in result.stderr
    assert "report it" in result.stderr
    assert "second line" not in result.stderr


def test_debug_lets_the_traceback_through() -> None:
    """With --debug the error itself comes out."""
    error = ZeroDivisionError("division by zero")

    assert end_with(error, "--debug").exception is error


def test_a_reader_who_has_seen_enough_is_no_failure() -> None:
    """A closed pipe ends the program in silence."""
    result = end_with(BrokenPipeError())

    assert result.exit_code == 0
    assert result.output == ""


def test_an_interrupt_says_how_to_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C gives 130 and the command to type again."""
    monkeypatch.setattr(sys, "argv", ["/bin/detente", "run", "a b", "-n", "5"])
    result = end_with(KeyboardInterrupt())

    assert result.exit_code == 130
    assert "detente run 'a b' -n 5" in result.stderr


def test_a_closed_pipe_leaves_nothing_on_stderr() -> None:
    """A reader that takes one line and goes away causes neither complaint nor exit code."""
    process = subprocess.Popen(
        [sys.executable, "-m", "sim", "scenario", "explain", "october-2025-apec", "--json"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    with process.stderr as stderr:
        with process.stdout as stdout:
            first = stdout.readline()
        complaints = stderr.read()

    assert first == "{\n"
    assert process.wait(timeout=60) == 0
    assert complaints == ""


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        ("list > /dev/full", 1, "cannot be printed: No space left on device"),
        ("list --json > /dev/full", 1, "cannot be printed: No space left on device"),
        ("--help > /dev/full", 1, "cannot be printed: No space left on device"),
        ("scenario schema > /dev/full", 1, "cannot be printed: No space left on device"),
        ("list >&-", 1, "standard output is closed"),
        ("--version >&-", 1, "standard output is closed"),
        ("list 2>&- >/dev/null", 0, ""),
        ("list 2>/dev/full >/dev/null", 0, ""),
        ("run nowhere 2>&-", 4, ""),
        ("run nowhere 2>/dev/full", 4, ""),
        ("list >/dev/full 2>/dev/full", 1, ""),
        ("list >&- 2>&- <&-", 1, ""),
    ],
)
def test_output_that_cannot_be_printed(command: str, code: int, said: str) -> None:
    """A full or a closed stream is one sentence and an exit code; notes are lost in silence."""
    line = f"{shlex.quote(sys.executable)} -m sim {command}"
    ended = subprocess.run(line, shell=True, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S602

    assert ended.returncode == code
    assert said in ended.stderr
    assert len(ended.stderr.splitlines()) == bool(said)
    assert "bug" not in ended.stderr


@pytest.mark.skipif(os.name != "posix", reason="other systems have no limit of this kind")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_an_answer_of_which_a_part_is_printed_is_lost(unbuffered: str, tmp_path: Path) -> None:
    """The disk takes its beginning and no more; without a buffer, Python forgets the rest."""
    line = f"ulimit -f 8; {shlex.quote(sys.executable)} -m sim scenario schema"
    with (tmp_path / "schema").open("wb") as file:
        ended = subprocess.run(  # noqa: S602
            line,
            shell=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
            stdout=file,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert (tmp_path / "schema").stat().st_size > 0
    assert ended.returncode == 1
    (said,) = ended.stderr.splitlines()
    assert said.startswith("error: the answer cannot be printed: File too large; ")


def test_no_file_takes_the_place_of_a_closed_stream(tmp_path: Path) -> None:
    """What a library prints to a closed stream would else end up in a file of results."""
    script = (
        "import os\nfrom sim.cli.streams import open_streams\nopen_streams()\n"
        f"print(os.open({str(tmp_path / 'file')!r}, os.O_CREAT))"
    )
    line = f"{shlex.quote(sys.executable)} -c {shlex.quote(script)} 2>&- <&-"
    ended = subprocess.run(line, shell=True, cwd=ROOT, stdout=subprocess.PIPE, check=True)  # noqa: S602

    assert int(ended.stdout) > 2


def test_ctrl_c_in_the_middle_of_a_batch(tmp_path: Path) -> None:
    """A batch that is interrupted ends with 130, without a traceback, and tells how to go on."""
    # Started from a shell's background the tests, and their children, would be deaf to it.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(
        [sys.executable, "-m", "sim", "run", "october-2025-apec", "-n", "900000", "-j", "1"],
        cwd=ROOT,
        env={**os.environ, "DETENTE_RESULTS": str(tmp_path / "results")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    signal.signal(signal.SIGINT, before)
    time.sleep(4.0)
    process.send_signal(signal.SIGINT)
    stdout, stderr = process.communicate(timeout=60)

    assert process.returncode == 130
    assert stdout == ""
    assert "Traceback" not in stderr
    assert "run october-2025-apec -n 900000 -j 1" in stderr
