"""The option `--export`: the numbers of an answer in a file, beside what is printed."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from typer.testing import Result

Detente = Callable[..., Result]
RUN = ("run", "october-2025-apec", "-n", "4", "--until", "2026-01-05", "--brief")
VERBS = {
    "run": (*RUN,),
    "compare": (
        *("compare", "summit-in-beijing", "summit-in-washington"),
        *("-n", "4", "--until", "2025-03-20", "--brief"),
    ),
    "sweep": ("sweep", "october-2025-apec", "tension=0.2,0.8", "-n", "4", "--until", "2025-10-30"),
    "forecast": (
        *("forecast", "--as-of", "2025-10-23", "-n", "4"),
        *("--question", "us_addon_pp@2025-10-30"),
    ),
    "impact": ("impact", "--us", "30", "--cn", "10", "-n", "2", "--months", "2"),
}


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_writes_its_numbers(verb: str, detente: Detente, tmp_path: Path) -> None:
    """The answer is printed as without the option; a note names the files."""
    # Fails if a verb does not take the option, or prints something else with it.
    file = tmp_path / "numbers.csv"
    plain = detente(*VERBS[verb], "--json")
    result = detente(*VERBS[verb], "--json", "--export", str(file))

    assert result.exit_code == 0, result.output
    assert f"numbers in {file} and {tmp_path / 'numbers.cover.csv'}" in result.stderr
    told, said = json.loads(plain.stdout), json.loads(result.stdout)
    for each in (told, said):
        if isinstance(each, dict):
            for name in ("startup_s", "compile_s", "elapsed_s", "engine", "points"):
                each.pop(name, None)
    assert told == said
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert rows
    assert all(int(row["assumptions"]) >= 0 for row in rows)


def test_a_treasurer_finds_toys_phones_and_machinery(detente: Detente, tmp_path: Path) -> None:
    """Duties by quarter with bands: one line for each sector, reading and quarter."""
    # Fails if the sheet is not there, or a sector or a band is missing.
    file = tmp_path / "duties.xlsx"
    assert detente(*RUN, "--export", str(file), "-q").exit_code == 0
    header, *rows = openpyxl.load_workbook(file)["sectors_by_quarter"].iter_rows(values_only=True)
    lines = [dict(zip(header, row, strict=True)) for row in rows]

    for sector in ("us.toys", "us.phones", "us.machinery"):
        for outcome in ("tariff_pct", "tariff_mean_pct"):
            (line,) = (x for x in lines if (x["sector"], x["outcome"]) == (sector, outcome))
            assert line["quarter"] == "2025Q4"
            assert line["unit"] == "pct"
            bands = [line[name] for name in ("p05", "p25", "p50", "p75", "p95")]
            assert bands == sorted(bands)
            assert (line["n"], line["of"]) == (4, 4)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("numbers.pdf", "must end in .xlsx, .csv or .parquet"),
        ("none/numbers.csv", "there is no folder"),
        ("there.csv", "exists; name a new file"),
    ],
)
def test_a_file_that_cannot_be_is_refused_before_anything_is_simulated(
    name: str, told: str, detente: Detente, results: Path, tmp_path: Path
) -> None:
    """What was typed, what is allowed; nothing is played and nothing is replaced."""
    # Fails if the file is looked at only after the runs.
    (tmp_path / "there.csv").write_text("mine", "utf-8")
    result = detente(*RUN, "--export", str(tmp_path / name))

    assert result.exit_code == 2
    assert told in result.stderr
    assert result.stdout == ""
    assert not results.exists()
    assert (tmp_path / "there.csv").read_text("utf-8") == "mine"


def test_the_cover_has_the_command_as_typed(
    detente: Detente, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Quoted for a shell, so that it can be typed again."""
    # Fails if options are lost, or a name with a space falls apart.
    words = (*RUN, "--export", str(tmp_path / "my numbers.csv"))
    monkeypatch.setattr("sys.argv", ["/usr/bin/detente", *words])
    assert detente(*words).exit_code == 0
    with (tmp_path / "my numbers.cover.csv").open(encoding="utf-8", newline="") as stream:
        told = {row["item"]: row["text"] for row in csv.DictReader(stream)}

    assert told["command"] == f"detente {' '.join(RUN)} --export '{tmp_path / 'my numbers.csv'}'"


def test_unanswered_questions_are_in_the_file_too(detente: Detente, tmp_path: Path) -> None:
    """The exit code tells of them; the file holds the answers and the reasons."""
    # Fails if an error keeps the answers from being written.
    file = tmp_path / "answers.csv"
    result = detente(*VERBS["forecast"], "--question", "nothing", "--export", str(file))

    assert result.exit_code == 2
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["outcome"] for row in rows} == {"us_addon_pp@2025-10-30", "nothing"}
    assert "there is no outcome 'nothing'" in rows[-1]["note"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((*VERBS["compare"], "--replicate", "1", "--export", "x.csv"), "--export: needs a batch"),
        (("impact", "--template", "--export", "x.csv"), "no other option"),
        ((*VERBS["impact"], "--figures", "charts"), "add --sectors"),
    ],
)
def test_options_that_do_not_go_together(
    words: tuple[str, ...],
    told: str,
    detente: Detente,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A single run and a template have no table of numbers; duties alone have charts of sectors."""
    # Fails if an option is passed over in silence.
    monkeypatch.chdir(tmp_path)
    if "--replicate" in words:
        words = tuple(word for word in words if word != "--brief")
    result = detente(*words)

    assert result.exit_code == 2
    assert told in result.stderr
    assert not (tmp_path / "x.csv").exists()


def test_charts_of_sectors_are_written(detente: Detente, tmp_path: Path) -> None:
    """Of a run with `--sectors`, and of duties alone."""
    # Fails if the tables are asked for and the charts are not drawn.
    run = detente(*RUN, "--sectors", "--figures", str(tmp_path / "run"))
    impact = detente(*VERBS["impact"], "--sectors", "--figures", str(tmp_path / "impact"))

    assert (run.exit_code, impact.exit_code) == (0, 0), run.output + impact.output
    for name in ("run/sectors-us-duty", "run/sectors-cn-duty", "impact/sectors-us-trade"):
        for ending in ("png", "svg"):
            assert (tmp_path / f"{name}.{ending}").stat().st_size > 1000
