"""`fork` and `compare --replicate` as they are typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Detente = Callable[..., Result]
APEC = "october-2025-apec"
SHORT = ("-n", "30", "--until", "2025-11-12", "-q")
FORK = ("fork", APEC, "--on", "2025-10-30", "--do", "us.extend_truce=no")


def ok(result: Result) -> str:
    """What was printed by a command that went well."""
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("fork", APEC, "--do", "us.hike=20"), 2, "--on"),
        (("fork", APEC, "--on", "2025-10-30"), 2, "--do"),
        (("fork", APEC, "--on", "30 Oct", "--do", "us.hike=20"), 2, "YYYY-MM-DD"),
        (("fork", APEC, "--on", "2027-10-30", "--do", "us.hike=20"), 2, "lies outside the run"),
        (("fork", "october", "--on", "2025-10-30", "--do", "us.hike=20"), 4, "no scenario"),
        (("fork", "@latest", "--on", "2025-10-30", "--do", "us.hike=20"), 4, "no result"),
        ((*FORK[:-1], "us.extend_truc=no"), 4, "did you mean us.extend_truce?"),
        ((*FORK, "--do", "us.extend_truce=yes"), 2, "contradict each other"),
        ((*FORK[:-1], "tension=5"), 3, "not between 0 and 1"),
        ((*FORK, "--replicate", "-1"), 4, "no run -1"),
        ((*FORK, "--replicate", "1", "--given", "leaders_met=yes"), 2, "use only one of them"),
        ((*FORK, "--replicate", "1", "--figures", "x"), 2, "--figures: needs a batch"),
        (("compare", APEC, "--replicate", "1"), 2, "two scenarios"),
        (("compare", APEC, APEC, "--replicate", "1", "--full", "--brief"), 2, "--full and --brief"),
        (("compare", APEC, APEC, "--replicate", "-1"), 4, "no run -1"),
    ],
)
def test_what_is_typed_wrongly_is_told_before_anything_is_played(
    detente: Detente, results: Path, words: tuple[str, ...], code: int, told: str
) -> None:
    """The exit code is the promised one, the message teaches, and nothing was played."""
    result = detente(*words)

    assert result.exit_code == code
    assert told in " ".join(result.output.split())
    assert not results.exists()


def test_a_decision_is_valued_over_a_batch(detente: Detente) -> None:
    """Text and JSON tell what it is worth, and the fork is kept as a result of its own."""
    text = ok(detente(*FORK, *SHORT))
    told = json.loads(ok(detente(*FORK, *SHORT, "--json")))
    kept = json.loads(ok(detente("results", "list", "--json")))

    assert f"{APEC}, forked on 30 Oct 2025" in text
    assert told["comparison"]["pairs"] == 30
    assert len(kept["results"]) == 2


def test_a_stored_fork_can_be_forked_and_traced(detente: Detente) -> None:
    """`@latest` is the fork; its run is told, and forked again."""
    ok(detente("fork", APEC, "--on", "2025-11-03", "--do", "us.hike=20", *SHORT))
    trace = ok(detente("trace", "@latest", "--replicate", "4"))
    again = ok(
        detente("fork", "@latest", "--on", "2025-11-05", "--do", "us.hike=30", "--replicate", "4")
    )

    assert "3 Nov 2025" in trace
    assert "They part on 5 Nov 2025" in again


def test_one_pair_is_told_side_by_side(detente: Detente) -> None:
    """`compare --replicate` shows two columns, and JSON both runs."""
    words = ("compare", "summit-in-beijing", "summit-in-washington", "--replicate", "4711")
    text = ok(detente(*words))
    told = json.loads(ok(detente(*words, "--json")))

    assert "They part on" in text
    assert max(map(len, text.splitlines())) <= 80
    assert told["replicate"] == 4711
    assert told["a"]["scenario"] == "summit-in-beijing"
    assert told["b"]["events"]
