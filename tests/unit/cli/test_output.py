"""Answers go to stdout, progress and notes to stderr."""

from __future__ import annotations

import io
import sys

import pytest

from sim.cli import output


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Says so."""
        return True


def test_progress_shows_on_a_terminal_after_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    """Long work shows a bar on stderr, and takes it away again."""
    stderr = Terminal()
    monkeypatch.setattr(sys, "stderr", stderr)
    monkeypatch.setattr(output, "PATIENCE_S", 0.0)
    monkeypatch.setenv("TERM", "xterm")

    with output.listening(quiet=False) as listeners:
        listeners["progress"](50, 200)
        listeners["progress"](200, 200)

    assert "200/200" in stderr.getvalue()


def test_a_bar_that_is_full_leaves_the_line_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in two stages shows two bars, one after the other, each with its own unit."""
    stderr = Terminal()
    monkeypatch.setattr(sys, "stderr", stderr)
    monkeypatch.setattr(output, "PATIENCE_S", 0.0)
    monkeypatch.setenv("TERM", "xterm")

    with output.listening(quiet=False) as listeners:
        listeners["progress"](200, 200)
        assert listeners["progress"]._bar is None
        with output.counting("comparing", "per cent", quiet=False) as bar:
            bar(50, 100)

    told = stderr.getvalue()
    assert told.index("simulating") < told.index("comparing")
    assert "per cent, time left" in told


@pytest.mark.parametrize(("stream", "quiet"), [(io.StringIO(), False), (Terminal(), True)])
def test_progress_is_silent_elsewhere(
    stream: io.StringIO, quiet: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pipe, and `-q`, get no bar."""
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(output, "PATIENCE_S", 0.0)

    with output.listening(quiet=quiet) as listeners:
        listeners["progress"](50, 200)

    assert stream.getvalue() == ""


def test_short_work_shows_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    """What ends within a second leaves the terminal alone."""
    stderr = Terminal()
    monkeypatch.setattr(sys, "stderr", stderr)

    with output.listening(quiet=False) as listeners:
        listeners["progress"](50, 200)

    assert stderr.getvalue() == ""


def test_notes_go_to_stderr_unless_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    """A remark never mixes with the answer."""
    output.note("a remark")
    output.note("another", quiet=True)

    assert capsys.readouterr() == ("", "a remark\n")


def test_json_never_holds_nan() -> None:
    """A NaN that slipped through is an error, not a file nobody can read."""
    with pytest.raises(ValueError, match="JSON"):
        output.put_json({"x": float("nan")})
