"""What users see has no row of the feature list in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import Result

from sim.cli.app import app
from sim.scenario.shipped import names
from tests.reliability.test_command import verbs

Detente = Callable[..., Result]
ROOT = Path(__file__).parents[3]
ROWS = re.findall(
    r"^\| ([A-Z]\d+) ", (ROOT / "docs" / "features.md").read_text("utf-8"), re.MULTILINE
)
CODE = re.compile(rf"(?<![\w.-])(?:{'|'.join(ROWS)})(?![\w-])")


def codes_in(text: str) -> list[str]:
    """Returns the lines of a text that name a row of the feature list."""
    return [line for line in text.splitlines() if CODE.search(line)]


def test_the_pattern_finds_what_it_looks_for() -> None:
    """Alone, in brackets, in a list; not in the number of a fact or of a forum."""
    # Fails if the list of rows cannot be read from the page of features.
    assert len(ROWS) > 80
    assert codes_in("it may cost the meeting (B14, D11)")
    assert codes_in("as A9 says")
    assert not codes_in("E359 of the G20 in Osaka, s301, H20 chips")


@pytest.mark.parametrize("name", names())
def test_no_number_of_a_scenario_names_a_row(detente: Detente, name: str) -> None:
    """Neither its reason, nor its meaning, nor anything else that is printed of it."""
    # Fails if a reason in a scenario file or in parameters.yaml ends with "(B14, D11)".
    for words in (("explain", name, "--full"), ("show", name)):
        found = detente("scenario", *words)
        assert found.exit_code == 0
        assert codes_in(found.stdout) == []


@pytest.mark.parametrize("replicate", ["0", "4711"])
@pytest.mark.parametrize("more", [(), ("--waits",), ("--news",)])
def test_no_trace_names_a_row(detente: Detente, replicate: str, more: tuple[str, ...]) -> None:
    """As a log and as papers."""
    for name in ("march-2025-escalation", "october-2025-apec"):
        found = detente("trace", name, "--replicate", replicate, *more)
        assert found.exit_code == 0
        assert codes_in(found.stdout) == []


def test_no_list_no_parameter_and_no_help_names_a_row(detente: Detente) -> None:
    """Nor does what explains how to use the program."""
    commands = [("list",), ("params", "explain"), ("history", "show"), ("scenario", "schema")]
    commands += [(*verb.words, "--help") for verb in verbs(get_command(app))]
    for words in commands:
        found = detente(*words)
        assert found.exit_code == 0, words
        assert codes_in(found.stdout) == [], words


def test_no_page_of_a_run_names_a_row(detente: Detente) -> None:
    """On one screen or in full."""
    for more in ((), ("--full", "--sectors", "--regions")):
        found = detente("run", "october-2025-apec", "-n", "4", "--until", "2025-11-12", *more)
        assert found.exit_code == 0
        assert codes_in(found.stdout) == []
