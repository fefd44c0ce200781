"""The functions a notebook calls, and the façade in front of them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import sim
from sim import api
from sim.cli.app import app
from sim.errors import NotFoundError, ScenarioError, UsageError
from sim.requests.options import RESULTS_VARIABLE


@pytest.fixture(autouse=True)
def results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A results folder that is not there yet, named by the environment."""
    monkeypatch.setenv(RESULTS_VARIABLE, str(tmp_path / "results"))
    return tmp_path / "results"


def test_the_facade_loads_nothing_and_offers_everything() -> None:
    """`import sim` is free; its functions are those of the API."""
    code = "import sys, sim; print(sorted(m for m in sys.modules if m.startswith('sim')))"
    loaded = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(sim.__file__).parents[1],
        capture_output=True,
        text=True,
        check=True,
    )

    assert loaded.stdout.strip() == "['sim', 'sim.version']"
    # Every verb that plays, by its name; those of `report`, `backtest` and `serve` are packages'.
    packages = {"report", "backtest", "serve"}
    verbs = {command.name for command in app.registered_commands} - {"list", *packages}
    named = {"write_report", "backtest_forecasts", "serve_page", "scenarios"}
    assert verbs | named <= set(dir(sim))
    for name in sim._API:
        assert getattr(sim, name) is getattr(api, name)
    with pytest.raises(AttributeError, match="no attribute 'rum'"):
        _ = sim.rum


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: sim.run("october-2025-apec", set={"tension": 0.9}), "did you mean sets"),
        (lambda: sim.sweep("october-2025-apec", ["tension=0,1"], outcome=["x"]), "'outcome'"),
        (lambda: sim.impact(30, 10, month=3), "did you mean months"),
        (lambda: sim.world("october-2025-apec", seed=1), "at, presets, sets, until"),
    ],
)
def test_an_option_that_is_none_is_refused(call: Callable[[], object], told: str) -> None:
    """It would otherwise pass without effect, and answer another question."""
    with pytest.raises(UsageError, match=told):
        call()


def test_changes_are_taken_as_plain_values() -> None:
    """Numbers, dates, truth values and None mean what they mean on the command line."""
    world = api.world(
        "october-2025-apec",
        sets={"tension": 0.7, "threat.open": False, "threat.deadline": date(2025, 11, 5)},
        until=date(2025, 12, 24),
        at=["2025-11-03", date(2025, 11, 4)],
    ).resolved

    assert world.state["tension"] == 0.7
    assert world.state["threat.open"] == 0.0
    assert world.state["threat.deadline"] == date(2025, 11, 5).toordinal()
    assert world.until == date(2025, 12, 24).toordinal()
    days = {date(2025, 11, 3).toordinal(), date(2025, 11, 4).toordinal()}
    assert days <= set(world.report_dates)
    assert (
        api.world("october-2025-apec", sets={"truce.ends_on": None}).resolved.state["truce.ends_on"]
        == 0
    )


def test_run_stores_where_the_environment_says(results: Path) -> None:
    """A result names its folder, which is found again."""
    result = api.run("october-2025-apec", n=3, until="2025-11-05")

    assert result.directory.parent == results
    assert [stored.directory for stored in api.stored().stored] == [result.directory]
    assert api.load(result.directory.name).p("truce_in_force") == result.p("truce_in_force")
    assert api.query("select count(*) from all_outcomes").table.rows == ((3,),)


def test_an_explicit_folder_wins(tmp_path: Path, results: Path) -> None:
    """`results=` is stronger than the environment."""
    other = tmp_path / "other"
    result = api.run("october-2025-apec", n=2, until="2025-11-05", results=other)

    assert result.directory.parent == other
    assert not results.exists()


def test_progress_of_a_comparison_counts_both_sides() -> None:
    """The listener hears one piece of work that ends at its total, and so does that of what comes
    after it."""
    heard: list[tuple[int, int]] = []
    compared: list[tuple[int, int]] = []
    api.compare(
        "summit-in-beijing",
        "summit-in-washington",
        n=2,
        until="2025-03-20",
        progress=lambda done, total: heard.append((done, total)),
        comparing=lambda done, total: compared.append((done, total)),
        brief=True,
    )

    assert heard == [(2, 4), (4, 4)]
    assert compared == sorted(compared)
    assert compared[0][0] < 10
    assert compared[-1] == (100, 100)


def test_a_run_is_told_again_the_same() -> None:
    """A trace is a function of scenario, seed and replicate, and that of the same run."""
    first = api.trace("october-2025-apec", replicate=1, until="2025-11-05")
    again = api.trace("october-2025-apec", replicate=1, until="2025-11-05")
    result = api.run("october-2025-apec", n=2, until="2025-11-05")

    assert first.chronicle == again.chronicle
    assert first.chronicle.events[-1].levels["us_addon_pp"] == result.values["us_addon_pp"][1]


@pytest.mark.parametrize("replicate", [-1, 2**32])
def test_a_run_that_cannot_be(replicate: int) -> None:
    """Histories are numbered from 0 to 2**32 - 1."""
    with pytest.raises(NotFoundError, match="numbered from 0"):
        api.trace("october-2025-apec", replicate=replicate)


def test_check_collects_the_faults_of_all_files(tmp_path: Path) -> None:
    """Every problem of every file comes in one error."""
    for name in ("one", "two"):
        (tmp_path / f"{name}.yaml").write_text("extends: truce-lapses\nfoo: 1\nbar: 2\n", "utf-8")
    with pytest.raises(ScenarioError) as caught:
        api.check_scenarios(
            [str(tmp_path / "one.yaml"), "truce-lapses", str(tmp_path / "two.yaml")]
        )

    assert len(caught.value.problems) == 4


def test_new_scenario_adds_the_ending_and_checks_the_place(tmp_path: Path) -> None:
    """`mine` becomes `mine.yaml`; a folder that is not there is a usage error."""
    assert api.new_scenario(tmp_path / "mine").path == tmp_path / "mine.yaml"
    with pytest.raises(UsageError, match="cannot be written"):
        api.new_scenario(tmp_path / "nowhere" / "mine")


@pytest.mark.parametrize("path", ["", ".", "..", "/"])
def test_a_new_scenario_needs_the_name_of_a_file(path: str) -> None:
    """A folder, or nothing at all, is a usage error that says what to write."""
    with pytest.raises(UsageError, match=r"is the name of no file; write one such as mine\.yaml"):
        api.new_scenario(path)


def test_the_audit_covers_all_scenarios() -> None:
    """What ships has no fault, and most facts stand behind some number."""
    audited = api.audit()

    assert audited.problems == ()
    assert sum(audited.audit.by_kind.values()) > 300
    assert set(api.scenarios()) >= {"october-2025-apec", "truce-lapses"}
