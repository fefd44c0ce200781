"""Options the verbs share."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any, Final

import typer
from typer.testing import CliRunner

from sim import api
from sim.cli.app import app
from sim.cli.options import Values, takes

OUTPUT: Final = {"csv", "export", "figures", "json", "output", "quiet", "report"}
"""Options that say where an answer goes or how it is shown, which Python says of the answer."""
PROGRAM: Final = {"debug", "version", "install_completion", "show_completion"}
"""Options of the program itself, which a module has no use for."""

OWN_FUNCTION: Final = {"template"}
"""Options that print something else, for which Python has a function of its own."""


RESERVED: Final = {"from"}
"""Options whose names are words of the language Python."""


def options_of(command: Any) -> Iterator[str]:
    """Returns the long options of a command and of those below it, as Python would spell them."""
    for inner in getattr(command, "commands", {}).values():
        yield from options_of(inner)
    for parameter in command.params:
        for name in parameter.opts:
            if name.startswith("--"):
                yield name.removeprefix("--").replace("-", "_")


def test_an_option_has_one_name_in_the_shell_and_in_python() -> None:
    """A list has its plural in Python, where it is given once."""
    # Fails if an option of a verb is spelt otherwise than the argument of its function.
    functions = [function for function in vars(api).values() if inspect.isfunction(function)]
    known = {name for function in functions for name in inspect.signature(function).parameters}
    typed = set(options_of(typer.main.get_command(app))) - OUTPUT - PROGRAM - OWN_FUNCTION
    typed -= RESERVED

    assert len(typed) > 30
    assert {name for name in typed if name not in known and f"{name}s" not in known} == set()


def test_a_command_gets_the_options_it_takes() -> None:
    """The table's options reach the command as one mapping, without those left out."""
    seen: list[Values] = []
    app = typer.Typer()

    @app.command()
    @takes("seed", "sets", "until", "at")
    def verb(name: str, options: Values, loud: bool = False) -> None:
        seen.append({"name": name, "loud": loud, **options})

    argv = ["x", "--seed", "7", "--set", "a=1", "--set", "b=2", "--at", "2025-11-01", "--loud"]
    assert CliRunner().invoke(app, argv).exit_code == 0
    assert seen == [
        {
            "name": "x",
            "loud": True,
            "seed": 7,
            "sets": ("a=1", "b=2"),
            "at": ("2025-11-01",),
        }
    ]
    assert CliRunner().invoke(app, ["x", "--workers", "2"]).exit_code == 2
