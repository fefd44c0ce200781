"""The verb `impact`: a page, a JSON object, and what is typed wrongly."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Detente = Callable[..., Result]
GENEVA = ("impact", "--us", "30", "--cn", "10")


def test_a_page_within_80_columns(detente: Detente, results: Path) -> None:
    """The answer goes to stdout, nothing to stderr, and nothing is stored."""
    result = detente(*GENEVA, "-n", "4")

    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    assert result.stdout.startswith("US +30 points on China, China +10 on the US")
    assert max(map(len, result.stdout.splitlines())) <= 80
    assert "not about government decisions." in " ".join(result.stdout.splitlines()[-3:])
    assert not results.exists()


def test_every_option_reaches_the_calculation(detente: Detente) -> None:
    """What was typed comes back in the JSON."""
    result = detente(
        *(*GENEVA, "--start", "2025-05-12", "--months", "2", "--sector", "us.toys"),
        *("--versus", "145/125", "-n", "3", "--seed", "7", "--json"),
        *("--set", "trade.us.sigma_12m=4"),
    )
    told = json.loads(result.stdout)

    assert (told["from"], told["until"], told["months"]) == ("2025-05-12", "2025-07-01", 2)
    assert [pair["name"] for pair in told["pairs"]] == ["30/10", "145/125"]
    assert (told["n"], told["seed"], told["sector"]) == (3, 7, "us.toys")
    assert "trade.us.sigma_12m" not in told["drawn"]
    assert told["lines"][-1]["name"].endswith("[us.toys]")


def test_the_same_words_give_the_same_bytes(detente: Detente) -> None:
    """Draws hang on the seed alone; another seed gives other bands."""
    words = (*GENEVA, "-n", "4", "--json")
    once, again, other = detente(*words), detente(*words), detente(*words, "--seed", "8")

    assert once.stdout == again.stdout
    assert once.stdout != other.stdout


def test_one_side_alone(detente: Detente) -> None:
    """The side left out adds nothing."""
    told = json.loads(detente("impact", "--cn", "10", "-n", "1", "--json").stdout)

    assert told["pairs"] == [{"name": "0/10", "us_pp": 0.0, "cn_pp": 10.0}]
    nothing = json.loads(detente("impact", "--us", "0", "--cn", "0", "-n", "1", "--json").stdout)
    alone, without = (
        next(row for row in found["lines"] if row["name"] == "us_imports_usd_bn_per_month")
        for found in (told, nothing)
    )
    assert alone["values"][0]["central"] == without["values"][0]["central"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("impact",), 2, "--us 30 --cn 10"),
        (("impact", "--us", "-5"), 2, "--us -5"),
        (("impact", "--us", "1001"), 2, "0 to 1000"),
        (("impact", "--us", "nan"), 2, "0 to 1000"),
        (("impact", "--cn", "inf"), 2, "--cn inf"),
        (("impact", "--us", "thirty"), 2, "--us"),
        ((*GENEVA, "--versus", "145-125"), 2, "e.g. --versus 145/125"),
        ((*GENEVA, "--versus", "145/-125"), 2, "--versus 145/-125"),
        ((*GENEVA, "--months", "0"), 2, "1 to 120"),
        ((*GENEVA, "--months", "121"), 2, "1 to 120"),
        ((*GENEVA, "--months", "1.5"), 2, "--months"),
        ((*GENEVA, "-n", "0"), 2, "-n 0"),
        ((*GENEVA, "-n", "99999999999"), 2, "-n 99999999999"),
        ((*GENEVA, "--start", "2025-02-30"), 2, "YYYY-MM-DD"),
        ((*GENEVA, "--start", "2025-01-19"), 2, "2025-01-20"),
        ((*GENEVA, "--start", "2200-01-01"), 2, "2199-12-31"),
        ((*GENEVA, "--seed", "-1"), 2, "-1"),
        ((*GENEVA, "--sector", "tyos"), 4, "did you mean toys?"),
        ((*GENEVA, "--sector", "us.soybean"), 4, "did you mean cn.soybeans?"),
        ((*GENEVA, "--set", "trade.us.sigma=3"), 3, "did you mean"),
    ],
)
def test_wrong_input_is_told_in_one_screen(
    detente: Detente, words: tuple[str, ...], code: int, said: str
) -> None:
    """The exit code says what kind of fault it is, the message what to type instead."""
    result = detente(*words)

    assert result.exit_code == code, result.output
    assert result.stdout == ""
    assert said in result.stderr
    assert "Traceback" not in result.stderr
    assert len(result.stderr.splitlines()) <= 20


def test_the_last_day_is_no_trouble(detente: Detente) -> None:
    """Ten years from the last day allowed still end in the calendar."""
    words = ("--start", "2199-12-31", "--months", "120", "-n", "1", "--json")
    told = json.loads(detente(*GENEVA, *words).stdout)

    assert told["until"] == "2209-12-01"
