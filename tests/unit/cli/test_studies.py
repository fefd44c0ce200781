"""sweep and sensitivity as they are typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Detente = Callable[..., Result]
SHORT = ("--until", "2025-04-05", "-q")
SWEEP = ("sweep", "march-2025-escalation")
SENSITIVITY = ("sensitivity", "march-2025-escalation")


def test_drawn_points_are_tidy_rows(detente: Detente) -> None:
    """`--sample`, -n points and --replicates runs at each: a row a point and outcome."""
    words = (*SWEEP, "tension=0..1", "us.leader.autonomy", "--sample", "sobol", "-n", "4")
    more = ("--replicates", "2", "--outcome", "tension", "--json", *SHORT)
    told = json.loads(detente(*words, *more).stdout)

    assert told["method"] == "sobol"
    assert [row["point"] for row in told["rows"]] == [0, 1, 2, 3]
    assert {row["n"] for row in told["rows"]} == {2}
    assert len({row["us.leader.autonomy"] for row in told["rows"]}) == 4


def test_sensitivity_is_text_and_json(detente: Detente) -> None:
    """The page names what drives the outcome; JSON has an index a factor."""
    words = (*SENSITIVITY, "tension=0..1", "us.leader.autonomy", "-n", "8", "--replicates", "8")
    aloud = ("--outcome", "tension", *SHORT[:-1])
    first, second = detente(*words, *aloud), detente(*words, *aloud)
    text = first.stdout
    told = json.loads(detente(*words, "--outcome", "tension", "--json", *SHORT).stdout)

    assert "It depends most on tension" in text
    # Fails if the cost is told after the runs, or of runs that are there.
    assert "256 runs, about" in first.stderr
    assert "256 runs, about" not in second.stderr
    assert told["computed"] == 0
    assert {row["factor"] for row in told["outcomes"][0]["factors"]} == {
        "tension", "us.leader.autonomy"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ((*SWEEP, "tension=0..1", "--sample", "sobl"), 2, "did you mean sobol"),
        ((*SWEEP, "tension=0..1", "--sample", "sobol", "-n", "100"), 2, "use 64 or 128"),
        ((*SWEEP, "tension=0..1", "--sample", "lhs", "--replicates", "1"), 2, "at least 2"),
        ((*SWEEP, "tension", "--sample", "lhs"), 2, "tension=LOW..HIGH"),
        ((*SWEEP, "tensoin", "--sample", "lhs"), 4, "did you mean tension"),
        ((*SWEEP, "tensoin=0..1/3"), 4, "did you mean tension"),
        ((*SWEEP, "tension=0..3", "--sample", "lhs"), 3, "between 0 and 1"),
        ((*SWEEP, "tension=0..1", "--sample", "lhs", "--parameters", "prior"), 2, "as inputs"),
        ((*SWEEP, "tension=0..1/3", "--replicates", "8"), 2, "add --sample"),
        ((*SWEEP, "tension=0..1/3", "--outcome", "tensoin"), 4, "did you mean tension"),
        ((*SENSITIVITY, "tensoin=0..1"), 4, "did you mean tension"),
        ((*SENSITIVITY, "tension=0..1", "-n", "6"), 2, "use 4 or 8"),
        ((*SENSITIVITY, "tension=0.5"), 2, "at least two values"),
        ((*SENSITIVITY, "tension=0..1", "--replicates", "7"), 2, "at least 8 are needed"),
        ((*SENSITIVITY, "tension=0..1", "--outcome", "path_class=war"), 4, "improved, managed"),
        ((*SENSITIVITY, "tension=0..1", "--outcome", "summit_day"), 5, "does not apply"),
        (("sensitivity", "march-2025-escalaton"), 4, "did you mean march-2025-escalation"),
    ],
)
def test_bad_input_is_answered(
    detente: Detente, words: tuple[str, ...], code: int, told: str
) -> None:
    """The exit code of the design, and a message that says what to type."""
    small = ("-n", "2") if "-n" not in words and words[0] == "sensitivity" else ()
    result = detente(*words, *small, "--until", "2025-04-05", "-q")

    assert result.exit_code == code
    assert told in result.stderr
    assert "Traceback" not in result.stderr


def test_drawn_points_are_listed_and_removed(detente: Detente, results: Path) -> None:
    """A design stands beside the results, with its points; removed, its folder is gone."""
    words = (*SWEEP, "tension=0..1", "--sample", "sobol", "-n", "4", "--replicates", "2", *SHORT)
    assert detente(*words).exit_code == 0
    told = json.loads(detente("results", "list", "--json").stdout)
    (design,) = told["designs"]

    assert told["results"] == []
    assert (design["points"], design["n"]) == (4, 8)
    assert design["name"] in detente("results", "list").stdout
    assert f"Removed {results / design['name']}" in detente(
        "results", "rm", design["name"]
    ).stdout.replace("\n", " ")
    assert not (results / design["name"]).exists()
    assert "No results" in detente("results", "list").stdout
