"""What is typed wrongly: a message that names the place and the nearest choice, nothing written."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from sim.history.places import data_root
from sim.scenario import catalog, compose

Detente = Callable[..., Result]
RUN = ("run", "october-2025-apec")
DIGITS = "9" * 5000
SWEEP = ("sweep", "october-2025-apec")


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ((*RUN, "-n", "0"), 2, "-n"),
        ((*RUN, "-n", "-5"), 2, "-5"),
        ((*RUN, "-n", "many"), 2, "-n"),
        ((*RUN, "-n", "99999999999"), 2, "99999999999"),
        ((*RUN, "--seed", str(2**32)), 2, "4294967295"),
        ((*RUN, "--seed", "-1"), 2, "-1"),
        ((*RUN, "--set", "us.leader.autonomy"), 2, "name=value"),
        ((*RUN, "--set", "us.leader.autonmy=0.4"), 3, "did you mean us.leader.autonomy?"),
        ((*RUN, "--set", "us.leader.autonomy=much"), 3, "us.leader.autonomy"),
        ((*RUN, "--set", "us.leader.autonomy=nan"), 3, "finite"),
        ((*RUN, "--set", "us.leader.autonomy=7"), 3, "between 0 and 1"),
        ((*RUN, "--until", "2026-02-31"), 2, "YYYY-MM-DD"),
        ((*RUN, "--until", "2020-01-01"), 3, "before the start"),
        ((*RUN, "--at", "tomorrow"), 2, "YYYY-MM-DD"),
        ((*RUN, "--at", "2029-01-01"), 3, "outside"),
        ((*RUN, "--parameters", "priors"), 2, "did you mean prior?"),
        ((*RUN, "--per-vector", "0"), 2, "--per-vector"),
        ((*RUN, "--paths", "some"), 2, "first, all, none"),
        ((*RUN, "--workers", "0"), 2, "--workers"),
        ((*RUN, "--precision", "3"), 2, "--precision"),
        ((*RUN, "--precision-for", "path_class"), 2, "--precision"),
        ((*RUN, "--max-runs", "5000"), 2, "--precision"),
        (
            (*RUN, "--precision", "0.1", "--precision-for", "path_clas"),
            4,
            "did you mean path_class?",
        ),
        ((*RUN, "--precision", "0.1", "--max-runs", "10"), 2, "--max-runs"),
        ((*RUN, "--executor", "thread"), 2, "did you mean threads?"),
        ((*RUN, "--scheduler", "tcp://localhost:8786"), 2, "--executor dask"),
        ((*RUN, "--executor", "dask", "--scheduler", "foo"), 2, "tcp://HOST:PORT"),
        ((*SWEEP, "us.leader.autonomy=0..1/3", "--executor", "ray"), 2, "processes"),
        ((*RUN, "-n", DIGITS), 2, "-n"),
        ((*RUN, "--seed", DIGITS), 2, "--seed"),
        ((*RUN, "--set", f"us.leader.autonomy={DIGITS}"), 3, "not a finite number"),
        ((*RUN, "--until", DIGITS), 2, "(5,000 characters)"),
        ((*RUN, "--given", f"tension>={DIGITS}"), 2, "is a number (share), not"),
        ((*RUN, "--precision", f"0.{DIGITS}"), 2, "--precision"),
        ((*SWEEP, f"us.leader.autonomy=0..1/{DIGITS}"), 2, "whole number of points"),
        ((*SWEEP, f"us.leader.autonomy=0..{DIGITS}"), 2, "without a number of points"),
        (("compare", "october-2025-apec", DIGITS), 4, "999..."),
        (("results", "show", f"@{DIGITS}"), 4, "@latest is the newest"),
        (("impact", "--us", DIGITS, "--cn", "1"), 2, "0 to 1000"),
        (("game", "october-2025-apec", "--us-payoff", f"tension:{DIGITS}"), 2, "not a weight"),
        ((*RUN, "--executor", "dask", "--scheduler", f"tcp://{DIGITS}:1"), 2, "tcp://HOST:PORT"),
        (("scenario", "new", "n" * 240), 3, "at most 100"),
        (("game", "october-2025-apec", "--us", "n" * 300 + ".yaml"), 4, "there is no file"),
        (("run", "octber-2025-apec"), 4, "did you mean october-2025-apec?"),
        (("run",), 2, "SCENARIO"),
        (("rum",), 2, "run"),
        ((*RUN, "--sede", "1"), 2, "--seed"),
        (("compare", "october-2025-apec", "summit-in-bejing"), 4, "summit-in-beijing"),
        ((*SWEEP, "us.leader.autonomy"), 2, "a=0..1/5"),
        ((*SWEEP, "us.leader.autonomy=0..0.5"), 2, "0..0.5/5"),
        ((*SWEEP, "us.leader.autonmy=0..1/3"), 4, "did you mean us.leader.autonomy?"),
        (("trace", "october-2025-apec", "--replicate", "-1"), 4, "-1"),
        (("trace", "october-2025-apec", "--replicate", str(2**32)), 4, str(2**32)),
        (("scenario", "check", "nowhere.yaml"), 4, "nowhere.yaml"),
        (("scenario", "explain", "truce-lapse"), 4, "did you mean truce-lapses?"),
        (("scenario", "new", "mine", "--base", "october"), 4, "october"),
        (("params", "explain", "us.leadr.autonomy"), 4, "did you mean us.leader.autonomy?"),
        (("results", "show", "nothing"), 4, "nothing"),
        (("results", "show", "nothing", "--csv"), 4, "nothing"),
        (("results", "rm", "nothing"), 4, "nothing"),
        (("query", "drop table runs"), 2, "SELECT"),
        (("query", "select nothing from runs"), 2, "nothing"),
    ],
)
def test_wrong_input_is_told_in_one_screen(
    detente: Detente,
    results: Path,
    words: tuple[str, ...],
    code: int,
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The exit code says what kind of fault it is, the message what to type instead."""
    monkeypatch.chdir(tmp_path)
    result = detente(*words)

    assert result.exit_code == code, result.output
    assert result.stdout == ""
    assert told in result.stderr
    assert len(result.stderr.splitlines()) <= 20
    assert len(result.stderr) <= 2500
    assert "Traceback" not in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_results_folder_that_cannot_be_written(detente: Detente, tmp_path: Path) -> None:
    """A file where the folder should be is named, and nothing is played."""
    occupied = tmp_path / "occupied"
    occupied.write_text("mine", "utf-8")
    result = detente(*RUN, "-n", "2", "--results", str(occupied))

    assert result.exit_code == 2
    assert str(occupied) in result.stderr
    assert "--results" in result.stderr
    assert occupied.read_text("utf-8") == "mine"


def test_every_fault_of_several_files_is_told_at_once(detente: Detente, tmp_path: Path) -> None:
    """`scenario check` goes on after the first bad file."""
    for name in ("one", "two"):
        text = "question: What?\nextends: october-2025-apec\nuntill: 2026-01-01\n"
        (tmp_path / f"{name}.yaml").write_text(text, "utf-8")
    files = [str(tmp_path / f"{name}.yaml") for name in ("one", "two")]
    result = detente("scenario", "check", *files)

    assert result.exit_code == 3
    for file in files:
        assert f"{file}:3" in result.stderr
    assert result.stderr.count("did you mean until?") == 2


def test_an_existing_file_is_left_alone(
    detente: Detente, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`scenario new` never overwrites."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.yaml").write_text("mine", "utf-8")
    result = detente("scenario", "new", "mine")

    assert result.exit_code == 2
    assert "exists" in result.stderr
    assert (tmp_path / "mine.yaml").read_text("utf-8") == "mine"


def test_an_audit_that_finds_faults_exits_5(
    detente: Detente, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`params audit` prints the faults and fails."""
    from sim import api
    from sim.report.answers.scenarios import AuditAnswer
    from sim.scenario.audit import Audit

    found = Audit({"assumed": 1}, ("x: has no unit",), (), ())
    monkeypatch.setattr(api, "audit", lambda: AuditAnswer(found))
    result = detente("params", "audit")

    assert result.exit_code == 5
    assert "x: has no unit" in result.stdout


@pytest.mark.parametrize(
    ("dropped", "said"),
    [
        ('    unit: "pp"\n', "unit"),
        ("    kind: assumed\n", "kind"),
        ("    known_from: 2025-10-23\n", "a value that could always be known has none before it"),
        ("    range: [5, 25]\n", "range"),
        ('    reason: "the second step"\n', "reason"),
    ],
)
def test_the_audit_tells_the_line_of_a_number_that_lost_a_field(
    detente: Detente, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dropped: str, said: str
) -> None:
    """Whether the file can still be read or not, the fault has its place, and the verb exits 5."""
    # Fails if an unreadable file ends the audit, or a file without the field passes it.
    folder = tmp_path / "scenarios"
    shutil.copytree(data_root(), folder)
    monkeypatch.setattr(catalog, "data_root", lambda: folder)
    monkeypatch.setattr(compose, "data_root", lambda: folder)
    file = folder / "parameters.yaml"
    text = file.read_text("utf-8")
    # No group of knowledge.yaml says from when this one could be known.
    entry = (
        "  us.others.size_pp:\n"
        '    value: 15\n    unit: "pp"\n    kind: assumed\n    known_from: 2025-10-23\n'
        '    range: [5, 25]\n    reason: "the second step"\n'
    )
    before, _, rest = text.partition("  us.others.size_pp:\n")
    after = rest[re.search(r"^  \S", rest, re.MULTILINE).start() :]  # type: ignore[union-attr]
    file.write_text(before + entry.replace(dropped, "") + after, "utf-8")
    result = detente("params", "audit")

    line = before.count("\n") + 1
    told, *_ = [row for row in result.stdout.split("problem: ") if "us.others.size_pp" in row]
    assert result.exit_code == 5
    # A long path is folded at the edge of the page.
    place = "".join(told.split()).split("parameters.yaml:")[1]
    assert int(place.split(":")[0]) in range(line, line + 6)
    assert said in " ".join(told.split())
