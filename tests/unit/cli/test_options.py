"""Options the verbs share."""

from __future__ import annotations

import pytest
import typer
from typer.testing import CliRunner

from sim.cli.options import Values, takes
from sim.errors import UsageError
from sim.requests.options import pairs


def test_sets_are_split_at_the_first_equals_sign() -> None:
    """A value may itself contain an equals sign; blanks around are dropped."""
    assert pairs(["us.noise=0.5", "a = b=c"]) == (("us.noise", "0.5"), ("a", "b=c"))
    assert pairs("us.noise=0.5") == pairs({"us.noise": 0.5})


@pytest.mark.parametrize("word", ["us.noise", "=0.5", " =1"])
def test_a_set_without_name_or_value_is_a_usage_error(word: str) -> None:
    """The message shows what was typed and what is expected."""
    with pytest.raises(UsageError, match="expected name=value"):
        pairs([word])


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
