"""`compare` and `--given` as they are typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from sim.experiment.compare import range_ends

Detente = Callable[..., Result]
BEIJING, WASHINGTON, MARCH = "summit-in-beijing", "summit-in-washington", "march-2025-escalation"
SHORT = ("-n", "40", "--until", "2025-06-20", "-q")
GIVEN = ("--given", "leaders_met@2025-06-15=yes")


def ok(result: Result) -> str:
    """What was printed by a command that went well."""
    assert result.exit_code == 0, result.output
    return result.stdout


def parsed(result: Result) -> dict[str, Any]:
    """The JSON object that was printed."""
    found: dict[str, Any] = json.loads(ok(result))
    return found


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("compare",), 2, "A B"),
        (("compare", BEIJING), 2, "at least two scenarios"),
        (("compare", BEIJING, WASHINGTON, "march-2025-escalaton"), 4, f"did you mean {MARCH}?"),
        (("compare", BEIJING, "@latest"), 4, "no result '@latest'"),
        (("compare", BEIJING, "october-2025-apec"), 2, "2025-03-10 to 2025-09-06"),
        (("compare", BEIJING, WASHINGTON, "--given", "leaders_mt=yes"), 4, "leaders_met"),
        (("compare", BEIJING, WASHINGTON, "--given", "path_class"), 2, "path_class=CLASS"),
        (
            ("compare", BEIJING, WASHINGTON, "--given", "leaders_met@2026-01-01=yes"),
            2,
            "lies outside the run of summit-in-beijing, 2025-03-10 to 2025-09-06",
        ),
        (("run", BEIJING, "--given", "us.hikes_by@2025-06-01=yes"), 4, "did you mean hike?"),
        (("run", BEIJING, "--given", "path_class=conflct"), 4, "did you mean conflict?"),
        (("run", BEIJING, *GIVEN, "--precision", "0.1"), 2, "cannot be combined"),
        (("sweep", BEIJING, "tension=0.1,0.2", *GIVEN), 2, "--given"),
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


def test_three_scenarios_are_held_against_the_first(detente: Detente) -> None:
    """Any number of scenarios stand side by side, with a contrast in JSON for each other."""
    words = ("compare", BEIJING, WASHINGTON, MARCH, *SHORT)
    text = ok(detente(*words))
    told = parsed(detente(*words, "--json"))

    assert "C: march-2025-escalation" in text
    assert all(len(line) <= 80 for line in text.splitlines())
    assert [c["b"]["scenario"] for c in told["contrasts"]] == [WASHINGTON, MARCH]
    assert {c["a"]["scenario"] for c in told["contrasts"]} == {BEIJING}


def test_a_run_counts_what_is_given(detente: Detente) -> None:
    """The page says how many runs meet the condition, and the numbers are theirs alone."""
    words = ("run", BEIJING, *SHORT, *GIVEN)
    text = ok(detente(*words))
    told = parsed(detente(*words, "--json"))

    assert f"given {GIVEN[1]}: {told['given']['runs']} of 40 runs" in text
    assert told["given"]["conditions"] == [GIVEN[1]]
    assert told["outcomes"]["leaders_met"]["probabilities"]["true"]["p"] == 1.0
    assert told["outcomes"]["leaders_met"]["n_valid"] == told["given"]["runs"] < 40


def test_events_are_kept_where_a_condition_is_about_them(detente: Detente) -> None:
    """Asking for what happened by a day needs no other option."""
    condition = "us.hike_by@2025-04-15=yes"
    told = parsed(detente("run", MARCH, *SHORT, "--given", condition, "--json"))

    assert 0 < told["given"]["runs"] < 40
    assert told["outcomes"]["us_hikes"]["mean"] >= 1.0


def test_a_condition_nobody_meets_is_a_failed_check(detente: Detente) -> None:
    """The exit code is 5, and the message says how many runs it would take."""
    result = detente("run", BEIJING, *SHORT, "--given", "us_addon_pp>=900")

    assert result.exit_code == 5
    assert "0 of 40 runs" in result.output
    assert "-n 400 or more" in result.output


def test_stored_results_are_compared_as_they_are(detente: Detente) -> None:
    """A scenario stands beside a result with something changed; changes without a scenario to
    change are refused."""
    ok(detente("run", BEIJING, *SHORT, "--set", "rapport=0.9"))
    text = ok(detente("compare", "@latest", BEIJING, *SHORT, "--brief"))
    told = parsed(detente("compare", "@latest", "@latest", "--json"))

    assert "rapport" in text.split("In short", maxsplit=1)[0]
    assert told["verdict"] == "identical"
    refused = detente("compare", "@latest", "@latest", "--set", "rapport=0.1")
    assert refused.exit_code == 2
    assert "stored results are used as they are" in " ".join(refused.output.split())


def test_a_stored_result_that_cannot_tell_costs_no_play(detente: Detente, results: Path) -> None:
    """A day it does not report on is missed before the scenario beside it is played."""
    ok(detente("run", WASHINGTON, *SHORT))
    refused = detente("compare", BEIJING, "@latest", *SHORT, *GIVEN)

    assert refused.exit_code == 4
    assert "--at 2025-06-15" in refused.output
    assert not list(results.glob(f"{BEIJING}*"))


def test_results_of_two_seeds_make_independent_pairs(detente: Detente) -> None:
    """They are compared, and both page and JSON say that they share no luck."""
    ok(detente("run", BEIJING, *SHORT, "--seed", "7"))
    text = ok(detente("compare", BEIJING, "@latest", *SHORT, "--brief"))
    # What was played for the page is the newest now.
    told = parsed(detente("compare", BEIJING, "@1", *SHORT, "--brief", "--json"))

    assert "do not share their luck" in " ".join(text.split())
    assert told["paired"] is False
    assert {d["p_gt_same_luck"] for d in told["differences"]} == {None}


def test_a_change_to_the_present_value_changes_nothing(detente: Detente) -> None:
    """A result played with `--set` to what the scenario says anyway is identical to it."""
    base = parsed(detente("scenario", "explain", BEIJING, "--json"))
    value = next(row["value"] for row in base["rows"] if row["name"] == "us.leader.autonomy")
    ok(detente("run", BEIJING, *SHORT, "--set", f"us.leader.autonomy={value}"))
    told = parsed(detente("compare", BEIJING, "@latest", *SHORT, "--json"))

    assert told["verdict"] == "identical"
    assert {d["difference"] for d in told["differences"]} == {0.0}


def test_two_scenarios_are_looked_into(
    detente: Detente, results: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """JSON tells where the runs first part and what becomes of the verdicts over the assumed
    ranges; what is played for that is no result of the user's. --brief leaves both out."""
    monkeypatch.setattr(range_ends, "RUNS", 20)
    short = ("october-2025-apec", "-n", "40", "--until", "2025-11-02", "-q")
    ok(detente("run", *short, "--set", "tension=0.95"))
    words = ("compare", next(results.glob("october-2025-apec-*")).name, *short, "--json")
    told = parsed(detente(*words))
    brief = parsed(detente(*words, "--brief"))

    assert told["divergence"]["pairs"] == 40
    assert told["ranges"]["vectors"] >= 100
    assert (brief["divergence"], brief["ranges"]) == (None, None)
    assert told["differences"] == brief["differences"]
    assert len(list(results.glob("*/manifest.json"))) == 2


def test_what_cannot_be_looked_into_is_left_out(detente: Detente) -> None:
    """Under a condition there are no ranges, without common luck no parting, and between twins
    neither."""
    ok(detente("run", BEIJING, *SHORT, "--seed", "7"))
    words = ("compare", "@latest", BEIJING, *SHORT, "--json", "--given", "leaders_met=yes")
    apart = parsed(detente(*words))
    twins = parsed(detente("compare", BEIJING, BEIJING, *SHORT, "--json"))

    assert (apart["divergence"], apart["ranges"]) == (None, None)
    assert (twins["divergence"], twins["ranges"]) == (None, None)
