"""Failures as the user sees them: a message of one screen and an exit code, no traceback."""

from __future__ import annotations

import re
import shlex
import sys
from typing import Any, Final

import typer
from typer.core import TyperGroup

from sim.cli.output import typed_command
from sim.cli.streams import OutputLost
from sim.errors import ScenarioError, SimError, out_of_memory

UNEXPECTED = 1
INTERRUPTED = 130
SHOWN_PROBLEMS = 15
_LONG_WORD: Final = re.compile(r"\S{301,}")
"""Word that would fill screens, such as a number of thousands of digits."""

REPORT_AT = "the project's issue tracker"


class Guarded(TyperGroup):
    """Root group that turns every error of a command into a message and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        """Runs the chosen command. Typer itself handles the usage errors of its parser."""
        try:
            outcome = super().invoke(ctx)
            sys.stdout.flush()
        except OutputLost:
            raise
        except SimError as error:
            _tell(_screen(error))
            raise typer.Exit(error.exit_code) from error
        except BrokenPipeError as error:
            # The reader (head, a pager) closed the pipe. That is not an error.
            raise typer.Exit(0) from error
        except MemoryError as error:
            _tell(_screen(out_of_memory("working")))
            raise typer.Exit(UNEXPECTED) from error
        except KeyboardInterrupt as error:
            _tell(_how_to_resume())
            raise typer.Exit(INTERRUPTED) from error
        except Exception as error:
            if ctx.params.get("debug") or _is_parser_error(error):
                raise
            _tell(_unexpected(error))
            raise typer.Exit(UNEXPECTED) from error
        return outcome


def tell_lost(error: OutputLost) -> int:
    """Says that an answer could not be printed, and returns the exit code."""
    _tell(_screen(error))
    return error.exit_code


def _is_parser_error(error: Exception) -> bool:
    """Returns whether Typer handles the exception itself (usage errors, exit, abort)."""
    return hasattr(error, "exit_code") or isinstance(error, (typer.Abort, typer.Exit))


def _screen(error: SimError) -> str:
    """Returns the message of an error, cut to one screen."""
    if isinstance(error, ScenarioError):
        lines = [str(problem) for problem in error.problems]
    else:
        lines = str(error).splitlines() or [type(error).__name__]
    lines = [_LONG_WORD.sub(_shortened, line) for line in lines]
    if len(lines) > SHOWN_PROBLEMS:
        rest = len(lines) - SHOWN_PROBLEMS
        lines = [*lines[:SHOWN_PROBLEMS], f"... and {rest} more like these"]
    return "\n".join(["error: " + lines[0], *lines[1:]])


def _shortened(word: re.Match[str]) -> str:
    mark = word[0][-1] if word[0][-1] in ":;,." else ""
    return f"{word[0][:60]}... ({len(word[0]) - len(mark):,} characters){mark}"


def _unexpected(error: Exception) -> str:
    return (
        f"error: unexpected {type(error).__name__}: {_first_line(error)}\n"
        f"This is a bug in the program. Please report it at {REPORT_AT} with the traceback that "
        "DETENTE_DEBUG=1 shows."
    )


def _first_line(error: Exception) -> str:
    text = str(error).strip().splitlines()
    return text[0][:200] if text else "(no message)"


def _how_to_resume() -> str:
    return (
        "interrupted; finished parts are kept. To continue, repeat the command:\n"
        f"  {shlex.join(typed_command())}"
    )


def _tell(text: str) -> None:
    typer.echo(text, err=True)
