"""report as it is typed: files, names, JSON and refusals."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Detente = Callable[..., Result]
SHORT = ("-n", "4", "--until", "2025-10-30", "-q")
APEC = ("report", "october-2025-apec")
PLAIN = (*APEC, "--no-slices")


def folder_of_fork(told: Result) -> str:
    """Returns the name of the folder of the forked runs."""
    return Path(json.loads(told.stdout)["comparison"]["a"]["results_dir"]).name


@pytest.fixture(autouse=True)
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leaves the pictures out, which take the longest and are looked at in a browser."""
    for module in ("run", "comparison", "sweep"):
        monkeypatch.setattr(f"sim.report.html.{module}.hung", lambda galleries, progress: [])


def test_a_run_is_written_under_its_own_name(detente: Detente, results: Path) -> None:
    """Beside its results, and JSON tells where and how long it is."""
    told = json.loads(detente(*PLAIN, *SHORT, "--json").stdout)
    (file,) = results.glob("*.html")
    (folder,) = results.glob("october-2025-apec-*/")

    assert told == {"schema": 1, "file": str(file), "bytes": file.stat().st_size, "note": None}
    assert file.stem == folder.name


def test_the_same_report_is_the_same_file(detente: Detente, tmp_path: Path) -> None:
    """A stored result gives the page of the run, byte for byte, and takes the older one's place."""
    page = tmp_path / "new" / "page.html"
    assert detente(*APEC, *SHORT, "-o", str(page)).exit_code == 0
    before = page.read_bytes()
    again = detente("report", "@latest", "-q", "-o", str(page))

    assert again.stdout.startswith(f"Wrote {page} (1.")
    assert page.read_bytes() == before


def test_a_page_tells_how_to_make_it_again(detente: Detente, tmp_path: Path) -> None:
    """Its command, typed, plays nothing new."""
    page = tmp_path / "page.html"
    changes = ("--set", "us.leader.autonomy=0.4", "--at", "2025-10-28")
    given = ("--given", "truce_in_force@2025-10-28=yes")
    detente(*PLAIN, *SHORT, *changes, *given, "-o", str(page))
    text = page.read_text("utf-8")
    command = text.partition("detente run ")[2].partition("<")[0].split()
    told = detente("run", *command, "--json")

    assert command[:5] == ["october-2025-apec", "-n", "4", "--seed", "20251023"]
    assert json.loads(told.stdout)["given"]["conditions"] == [given[1]]
    assert "4 runs were already stored in" in told.stderr


def test_the_page_of_a_fork_tells_how_to_fork_again(detente: Detente, tmp_path: Path) -> None:
    """Its command, typed, plays nothing new; a fork of a fork has none."""
    # Fails if the page names the run that was forked, or forgets until when an act is forbidden.
    turn = ("--do", "us.extend_truce = no", "--on", "2025-10-30", "--through", "2025-11-02")
    changes = ("--set", "us.leader.autonomy=0.4")
    span = ("-n", "4", "--until", "2025-11-05", "-q")
    first = detente("fork", *APEC[1:], *span, *changes, *turn, "--json")
    page = tmp_path / "page.html"
    told = detente("report", folder_of_fork(first), "-q", "-o", str(page))
    assert told.exit_code == 0, told.output
    command = page.read_text("utf-8").partition("<code>detente fork ")[2].partition("<")[0].split()
    again = detente("fork", *command, "--json")
    twice = detente("fork", folder_of_fork(first), *turn[:2], "--on", "2025-11-04", "-q", "--json")
    detente("report", folder_of_fork(twice), "-q", "-o", str(page))

    assert again.stdout == first.stdout
    assert "no single command plays" in page.read_text("utf-8")


def test_a_comparison_and_a_sweep_get_names_too(detente: Detente, results: Path) -> None:
    """Named after what they are of; a sweep tells its own command."""
    detente("report", "summit-in-beijing", "summit-in-washington", "--brief",
            "-n", "4", "--until", "2025-03-20", "-q")  # fmt: skip
    detente("report", "march-2025-escalation", "tension=0.4,0.6", "--outcome", "tension",
            "-n", "4", "--until", "2025-03-20", "-q")  # fmt: skip
    names = sorted(file.name for file in results.glob("*.html"))
    sweep = (results / names[0]).read_text("utf-8")

    assert names[0].startswith("march-2025-escalation-sweep-")
    assert names[1].startswith("summit-in-beijing-vs-summit-in-washington-")
    assert (
        "detente sweep march-2025-escalation tension=0.4,0.6 -n 4 --seed 20251023 "
        "--until 2025-03-20 --outcome tension"
    ) in sweep


def test_drawn_points_are_reported_too(detente: Detente, tmp_path: Path) -> None:
    """A name alone is an input where points are drawn."""
    page = tmp_path / "drawn.html"
    done = detente("report", "march-2025-escalation", "us.leader.autonomy", "--sample", "sobol",
                   "-n", "4", "--replicates", "2", "--until", "2025-03-20", "-q",
                   "-o", str(page))  # fmt: skip

    assert done.exit_code == 0, done.output
    assert "--sample sobol -n 4 --replicates 2" in page.read_text("utf-8")


def test_a_file_of_someone_else_is_left_alone(
    detente: Detente, results: Path, tmp_path: Path
) -> None:
    """What is no report is not written over, and nothing is played to find that out."""
    other = tmp_path / "notes.html"
    other.write_text("<p>mine</p>", "utf-8")
    refused = detente(*PLAIN, *SHORT, "-o", str(other))

    assert refused.exit_code == 2
    assert "exists and is not a report" in " ".join(refused.output.split())
    assert other.read_text("utf-8") == "<p>mine</p>"
    assert not results.exists()


def test_without_matplotlib_it_is_named(
    detente: Detente, results: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anything is played."""
    monkeypatch.setattr("sim.report.figures.plots.find_spec", lambda name: None)
    refused = detente(*PLAIN, *SHORT)

    assert refused.exit_code == 2
    assert "pip install 'matplotlib" in refused.output
    assert not results.exists()


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("report", "october-2025-apce"), 4, "did you mean october-2025-apec"),
        (("report", "@7"), 4, "no result '@7'"),
        ((*APEC, "march-2025-escalation", "tension=0,1"), 2, "march-2025-escalation is not"),
        ((*APEC, "tension=0..3/2"), 3, "between 0 and 1"),
        ((*APEC, "tension=0,1", "--given", "us_hikes=0"), 2, "--given does not apply"),
        ((*APEC, "tension=0,1", "--events"), 2, "--events does not apply"),
        ((*APEC, "--outcome", "tension"), 2, "--outcome does not apply"),
        ((*APEC, "--replicates", "8"), 2, "--replicates does not apply"),
        ((*APEC, "tension=0,1", "--brief"), 2, "--brief does not apply"),
        ((*APEC, "october-2025-apec", "--precision", "0.1"), 2, "--precision does not apply"),
        ((*APEC, "-o", "/"), 2, "is a folder"),
        ((*APEC, "-o", "a" * 300), 2, "cannot be written: File name too long; choose another"),
        ((*APEC, "-o", f"{__file__}/page.html"), 2, "is not a writable folder"),
        (("report",), 2, "Missing argument"),
    ],
)
def test_what_cannot_be_reported_is_refused_at_once(
    detente: Detente, results: Path, words: tuple[str, ...], code: int, told: str
) -> None:
    """With the exit code of the verb behind it, and nothing played."""
    refused = detente(*words, *SHORT)

    assert refused.exit_code == code, refused.output
    assert told in " ".join(refused.output.split())
    assert not results.exists()
