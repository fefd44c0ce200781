"""serve as it is typed: what it refuses before it listens."""

from __future__ import annotations

import socket
from collections.abc import Callable

import pytest
from typer.testing import Result

Detente = Callable[..., Result]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("-n", "0"), "-n 0: an answer of the page has 1 to 20,000 runs"),
        (("-n", "20001"), "-n 20001"),
        (("nowhere",), "there is no scenario 'nowhere'"),
        (("--host", "203.0.113.7"), "the page cannot answer on 203.0.113.7 port"),
        (("--port", "70000"), "--port 70000"),
        (("--seed", "-1"), "seed"),
        (("-j", "0"), "number of workers"),
    ],
)
def test_the_verb_refuses_what_cannot_be_served(
    detente: Detente, words: tuple[str, ...], sentence: str
) -> None:
    """Before it listens or plays, with the exit code of its kind."""
    # Fails if the server starts before its options are checked: the test would not end.
    told = detente("serve", *words)

    assert told.exit_code in {2, 4}
    assert sentence in told.stderr
    assert "Traceback" not in told.output


def test_a_port_that_is_taken_is_told(detente: Detente) -> None:
    """With the way out."""
    # Fails if the error of the system passes through.
    with socket.create_server(("127.0.0.1", 0)) as taken:
        told = detente("serve", "--port", str(taken.getsockname()[1]))

    assert told.exit_code == 2
    assert "choose another with --port (0 for any that is free)" in told.stderr
