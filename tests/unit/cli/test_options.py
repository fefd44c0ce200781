"""Options the verbs share."""

from __future__ import annotations

import typer
from typer.testing import CliRunner

from sim.cli.options import Values, takes


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
