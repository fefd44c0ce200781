"""Every verb on real scenarios, small: text a person can read, JSON a program can."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

Detente = Callable[..., Result]
SHORT = ("-n", "4", "--until", "2025-11-12", "-q")
RUN_KEYS = {
    "schema",
    "scenario",
    "scenario_hash",
    "model_version",
    "seed",
    "n",
    "engine",
    "parameters",
    "given",
    "startup_s",
    "compile_s",
    "elapsed_s",
    "answers",
    "headlines",
    "movers",
    "truce",
    "outcomes",
    "results_dir",
}


def refuse(constant: str) -> None:
    """Refuses what JSON does not know."""
    raise AssertionError(f"{constant} in JSON")


def ok(result: Result) -> str:
    """Returns what a command printed, which fits 80 columns; only paths are never broken."""
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    lines = [line for line in result.stdout.splitlines() if "/pytest-" not in line]
    assert max(map(len, lines), default=0) <= 80
    return result.stdout


def parsed(result: Result) -> dict[str, Any]:
    """Returns the one JSON object a command printed."""
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout, parse_constant=refuse)
    assert told["schema"] == 1
    return dict(told)


def test_list_shows_every_scenario_with_its_question(detente: Detente) -> None:
    """Twelve scenarios, each with what it answers and what it still needs."""
    text = ok(detente("list"))
    told = parsed(detente("list", "--json"))

    assert len(told["scenarios"]) == 12
    for row in told["scenarios"]:
        assert row["name"] in text
        assert row["question"].split()[0] in text
    assert "Not modelled yet" not in text
    assert parsed(detente("scenario", "list", "--json")) == told


def test_run_prints_what_a_reader_wants(detente: Detente, results: Path) -> None:
    """Question, sentence, classes, summit, truce, duties, purchases, assumptions, files."""
    text = ok(detente("run", "october-2025-apec", *SHORT, "--full"))

    for part in (
        "Will the summit of 30 October bring",
        "In short: ",
        "What people ask for",
        "1 Nov 2025   Threatened US increase of 100 points would take effect",
        "Outcome at the end",
        "Furthest-reaching agreement in force on 12 Nov 2025",
        "held by 30 Oct 2025",
        "Truce and threat",
        "Duties added since 20 Jan 2025",
        "Average duty",
        "14.5 + points added",
        "Chinese purchases",
        "are assumed",
        f"Files: {results}/october-2025-apec-",
    ):
        assert part in text, part


def test_run_as_json(detente: Detente, results: Path) -> None:
    """One object with the promised keys; classes, flags and numbers each in their form."""
    told = parsed(detente("run", "october-2025-apec", *SHORT, "--json"))

    assert told.keys() == RUN_KEYS
    assert (told["n"], told["seed"], told["parameters"]) == (4, 20251023, "fixed")
    assert Path(told["results_dir"]).parent == results
    outcomes = told["outcomes"]
    number = outcomes["us_addon_pp@2025-11-01"]
    assert (number["kind"], number["unit"]) == ("number", "pp")
    assert list(number["quantiles"]) == ["p05", "p25", "p50", "p75", "p95"]
    assert len(number["mean_ci"]) == 2
    shares = outcomes["path_class"]["probabilities"]
    assert list(shares) == ["improved", "managed", "conflict"]
    assert sum(row["p"] for row in shares.values()) == pytest.approx(1.0)
    assert outcomes["truce_in_force@2025-11-10"]["kind"] == "flag"


def test_a_second_run_says_that_it_played_nothing(detente: Detente) -> None:
    """What is there is not played again unless forced; the remark goes to stderr."""
    words = ("run", "october-2025-apec", "-n", "3", "--until", "2025-11-12")
    first, second, forced = (
        detente(*words),
        detente(*words),
        detente(*words, "--force"),
    )

    assert "already" not in first.stderr
    assert "3 runs were already stored in" in second.stderr
    assert "--force" in second.stderr
    assert "already" not in forced.stderr
    assert "Simulated 3 runs" in first.stdout
    assert "Simulated" not in second.stdout
    assert detente(*words, "-q").stderr == ""


def test_options_reach_the_scenario(detente: Detente) -> None:
    """--set, --until, --at, --seed, --parameters and --per-vector do what they say."""
    told = parsed(
        detente(
            *("run", "october-2025-apec", "-n", "4", "--seed", "7", "--json"),
            *("--set", "us.addon.fentanyl_pp=10", "--until", "2025-11-20", "--at", "2025-11-05"),
            *("--parameters", "prior", "--per-vector", "2", "--workers", "1", "--paths", "none"),
        )
    )

    assert (told["seed"], told["parameters"]) == (7, "prior")
    assert "us_addon_pp@2025-11-05" in told["outcomes"]
    assert told["outcomes"]["us_addon_pp"]["spread"]["vectors"] == 2
    assert told["outcomes"]["us_addon_pp@2025-10-24"]["quantiles"]["p50"] == 20.0
    assert not list(Path(told["results_dir"]).glob("paths/*.parquet"))


def test_drawn_parameters_split_luck_and_ignorance(detente: Detente) -> None:
    """With prior a page says how far the answer moves, and what part of the spread is luck."""
    prior = ("--parameters", "prior", "--per-vector", "2")
    text = ok(detente("run", "october-2025-apec", *SHORT, *prior, "--full"))

    assert "Luck and ignorance" in text
    assert "a truce is in force on 10 Nov 2025" in text
    assert "central values" not in text


def test_compare_a_scenario_with_itself(detente: Detente) -> None:
    """Every difference is exactly nought."""
    words = ("compare", "october-2025-apec", "october-2025-apec", *SHORT)
    text = ok(detente(*words))
    told = parsed(detente(*words, "--json"))

    assert "nothing differs" in text
    assert {row["difference"] for row in told["differences"]} <= {0.0, None}
    assert all(row["identical"] for row in told["differences"])


def test_compare_shows_inputs_and_differences(detente: Detente) -> None:
    """Changed inputs first, then outcomes by what differs most; --full shows every row."""
    words = ("compare", "summit-in-beijing", "summit-in-washington", "-n", "12", "-q", "--brief")
    text = ok(detente(*words))
    everything = ok(detente(*words, "--full"))

    assert "summit.venue  beijing  washington" in text
    assert "A minus B" in text
    assert len(everything.splitlines()) > 3 * len(text.splitlines())


def test_a_slip_in_the_second_scenario_costs_no_play(detente: Detente, results: Path) -> None:
    """Both names are looked up before either is played."""
    result = detente("compare", "october-2025-apec", "october-2025-apek", *SHORT)

    assert result.exit_code == 4
    assert not results.exists()


def test_sweep_prints_a_row_a_point(detente: Detente) -> None:
    """A grid of two by two has four rows of each table, values as typed."""
    axes = ("us.hawks.influence=0..1/2", "truce.length_days=60,90")
    words = ("sweep", "march-2025-escalation", *axes, "-n", "3", "-q", "--until", "2025-05-01")
    text = ok(detente(*words))
    told = parsed(detente(*words, "--json"))

    assert "a = influence of the hawks: US (us.hawks.influence)" in text
    assert "b = length of a truce and of each extension (truce.length_days)" in text
    assert [row["values"] for row in told["points"]] == [
        {"us.hawks.influence": hawks, "truce.length_days": days}
        for hawks in (0, 1)
        for days in (60, 90)
    ]
    assert (
        sum(line.startswith(("0  60", "0  90", "1  60", "1  90")) for line in text.splitlines())
        == 8
    )


def test_trace_tells_who_did_what_and_why(detente: Detente) -> None:
    """Dated lines with duty levels; decisions with alternatives and reasons; waits on request."""
    words = ("trace", "october-2025-apec", "--replicate", "7")
    text = ok(detente(*words))
    told = parsed(detente(*words, "--json"))
    waits = ok(detente(*words, "--waits"))

    assert "30 Oct 2025" in text
    assert "probabilities in %: wait" in text
    assert "main reasons:" in text
    assert len(waits.splitlines()) > len(text.splitlines())
    assert {"us_addon_pp", "cn_addon_pp"} <= told["events"][0]["levels"].keys()
    decision = next(event for event in told["events"] if event["probabilities"])
    assert sum(decision["probabilities"].values()) == pytest.approx(1.0)
    assert len(decision["features"]) <= 3


def test_trace_tells_a_run_of_a_stored_result(detente: Detente) -> None:
    """What a batch holds is told with its own seed and changes; other numbers are refused."""
    ok(detente("run", "october-2025-apec", *SHORT, "--seed", "9", "--set", "tension.rest=0.8"))
    told = parsed(detente("trace", "@latest", "--replicate", "3", "--json"))
    same = ("--seed", "9", "--set", "tension.rest=0.8", "--until", "2025-11-12")
    direct = parsed(detente("trace", "october-2025-apec", "--replicate", "3", *same, "--json"))
    beyond = detente("trace", "@latest", "--replicate", "4")
    other = detente("trace", "@latest", "--seed", "7")

    assert told == direct
    assert (beyond.exit_code, other.exit_code) == (4, 2)
    assert "holds runs 0 to 3" in beyond.stderr
    assert "is a stored result and cannot be changed" in other.stderr


def test_run_says_which_engine_played(detente: Detente) -> None:
    """The page, the JSON and the stored result name it; another engine computes nothing anew."""
    text = ok(detente("run", "october-2025-apec", *SHORT))
    again = parsed(detente("run", "october-2025-apec", *SHORT, "--engine", "compiled", "--json"))
    fresh = parsed(
        detente(
            "run", "october-2025-apec", *SHORT, "--engine", "compiled", "--force", "--events",
            "--json",
        )
    )  # fmt: skip
    rows = parsed(detente("query", "select engine, n from runs", "--json"))["rows"]
    events = parsed(detente("query", "select count(*) from all_events", "--json"))["rows"]

    assert "Simulated 4 runs on SimPy" in text
    assert again["engine"] == "simpy"
    assert fresh["engine"] == "compiled"
    assert fresh["compile_s"] > 0.0
    assert again["outcomes"] == fresh["outcomes"]
    assert rows == [["compiled", 4]]
    assert events[0][0] > 0


def test_scenario_show_and_explain(detente: Detente) -> None:
    """Where each number was set; each with unit, kind and source; changes by hand included."""
    change = ("--set", "tension=0.7")
    shown = ok(detente("scenario", "show", "october-2025-apec", *change))
    listed = ok(detente("scenario", "explain", "october-2025-apec"))
    explained = ok(detente("scenario", "explain", "october-2025-apec", "--full"))
    told = parsed(detente("scenario", "explain", "october-2025-apec", "--json"))

    assert "base/october-2025:" in shown
    assert "--set" in shown
    assert "threat.size_pp = 100 pp  [reported; E158]" in explained
    assert "threat.size_pp" not in listed
    assert len(listed.splitlines()) < 40
    names = {row["name"] for row in told["rows"]}
    assert {"us.leader.autonomy", "truce.ends_on"} <= names
    assert all(row["unit"] and row["kind"] for row in told["rows"])
    world = parsed(detente("scenario", "show", "october-2025-apec", *change, "--json"))
    assert world["state"]["tension"] == 0.7


def test_scenario_explain_shows_a_section_or_finds_words(detente: Detente) -> None:
    """In names, plain names and meanings, in any order; what is not there is an error that says
    what is."""
    # Fails if words are only found at the beginning of names.
    explain = ("scenario", "explain", "october-2025-apec")
    section = ok(detente(*explain, "--only", "diplomacy"))
    words = parsed(detente(*explain, "--only", "US hawks", "--json"))["rows"]
    missing = detente(*explain, "--only", "hwks")

    assert "round.hazard_per_day = " in section
    assert "us.hawks.influence" not in section
    names = {row["name"] for row in words}
    assert {"us.hawks.influence", "us.hawks.contrast.security"} <= names
    assert not any("doves" in name for name in names)
    assert all(row["words"] and row["part"] for row in words)
    assert missing.exit_code == 4
    assert "did you mean hawks?" in missing.stderr
    assert "sections: start, resting, agreements" in missing.stderr
    dates = ok(detente(*explain, "--only", "malaysia"))
    assert "He Lifeng and Bessent meet in Malaysia" in dates
    found = ok(detente("params", "explain", "hawks"))
    assert "us.hawks.influence_base = " in found


def test_scenario_new_writes_a_file_that_passes_the_check(
    detente: Detente, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A newcomer gets a file that runs as it is."""
    monkeypatch.chdir(tmp_path)
    written = ok(detente("scenario", "new", "mine"))
    checked = ok(detente("scenario", "check", "mine.yaml", "summit-in-beijing"))

    assert "detente scenario check" in written
    assert str(Path.cwd() / "mine.yaml") in written
    assert checked.count("no problems found") == 2
    assert parsed(detente("run", "./mine.yaml", *SHORT, "--json"))["scenario"] == "mine"


def test_schema_is_a_json_schema(detente: Detente) -> None:
    """Editors get the schema that ships."""
    result = detente("scenario", "schema")

    assert result.exit_code == 0
    assert "properties" in json.loads(result.stdout)


def test_params_audit_and_explain(detente: Detente) -> None:
    """Counts by kind; one parameter, or all that begin alike."""
    audit = parsed(detente("params", "audit", "--json"))
    one = ok(detente("params", "explain", "us.leader.autonomy"))
    many = parsed(detente("params", "explain", "us.leader", "--json"))

    assert audit["problems"] == []
    assert audit["by_kind"]["assumed"] > 0
    assert "No problems found" in ok(detente("params", "audit"))
    assert one.startswith("  us.leader.autonomy = 0.5  [assumed]")
    assert all(row["name"].startswith("us.leader") for row in many["parameters"])


def test_results_can_be_listed_shown_exported_and_removed(detente: Detente) -> None:
    """What was played is found again by the beginning of its name."""
    change = ("--set", "us.leader.autonomy=0.4")
    played = ok(detente("run", "october-2025-apec", *SHORT, *change))
    name = parsed(detente("results", "list", "--json"))["results"][0]["name"]

    assert "us.leader.autonomy=0.4" in ok(detente("results", "list"))
    assert ok(detente("results", "show", name[:12])).splitlines()[:20] == played.splitlines()[:20]
    rows = list(csv.DictReader(io.StringIO(detente("results", "show", name, "--csv").stdout)))
    assert [row["replicate"] for row in rows] == ["0", "1", "2", "3"]
    table = parsed(detente("query", "select count(*) from all_outcomes", "--json"))
    assert table["rows"] == [[4]]
    assert "count_star()" in ok(detente("query", "select count(*) from all_outcomes"))
    assert detente("query", "select 1 as one", "--csv").stdout == "one\n1\n"
    assert "Removed" in ok(detente("results", "rm", name))
    assert "No results" in ok(detente("results", "list"))


def test_help_and_version(detente: Detente) -> None:
    """Every verb says what it is for, in 80 columns."""
    verbs = ["list", "run", "compare", "sweep", "trace", "scenario", "params", "results", "query"]
    text = ok(detente("--help"))

    for verb in verbs:
        assert f"  {verb} " in text
        assert "Usage" in ok(detente(verb, "--help"))
    assert ok(detente("--version")).startswith("detente ")


def test_many_columns_of_an_answer_stand_below_each_other(detente: Detente) -> None:
    """Beside each other they would have a letter or two each."""
    ok(detente("run", "october-2025-apec", *SHORT))
    text = ok(detente("query", "select * from runs"))

    assert "row 1" in text
    assert any(line.split() == ["scenario", "october-2025-apec"] for line in text.splitlines())
    assert max(map(len, text.splitlines())) <= 80
