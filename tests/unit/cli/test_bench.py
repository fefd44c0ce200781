"""`results list`, `diff` and `rerun`, and own scenarios in `list`, as they are typed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from sim.experiment.store.manifest import FILE, sealed

Detente = Callable[..., Result]
SHORT = ("-n", "6", "--until", "2025-10-27", "--engine", "simpy", "-q")


def ok(told: Result) -> str:
    """The answer of a command that must succeed."""
    assert told.exit_code == 0, told.stderr
    return told.stdout


def play(detente: Detente, *words: str) -> None:
    """Stores a small study."""
    ok(detente("run", "october-2025-apec", *SHORT, *words))


def as_old(results: Path) -> str:
    """Makes the newest study one of another version, and returns its id."""
    home = next(path for path in results.iterdir() if path.is_dir())
    manifest: dict[str, Any] = json.loads((home / FILE).read_text("utf-8"))
    manifest |= {"model_version": "0123456789ab", "id": "0000000000"}
    (home / FILE).write_text(sealed(manifest), "utf-8")
    home.rename(home.with_name("october-2025-apec-0000000000"))
    return "0000000000"


def test_studies_are_a_table(detente: Detente) -> None:
    """Date, id, scenario with what was changed, runs, headline outcomes; JSON has all of them."""
    # Fails if a column, a change or a figure is left out, or the table is too wide.
    play(detente)
    play(detente, "--preset", "no-threat", "--seed", "7")
    text = ok(detente("results", "list"))
    told = json.loads(ok(detente("results", "list", "--json")))
    newest, oldest = told["results"]

    assert max(map(len, text.splitlines())) <= 80
    assert "threat.open=false" in text
    assert "seed=7" in text
    assert newest["updated"][:10] in text
    assert all(study["id"] in text for study in (newest, oldest))
    assert newest["changed"][-1] == "seed=7"
    assert oldest["changed"] == ["until=2025-10-27"]
    figure = oldest["figures"]["truce_in_force"]
    assert set(figure) == {"unit", "value", "interval", "error", "n"}
    assert len(oldest["figures"]) > 10


def test_no_name_and_no_number_is_cut(detente: Detente, results: Path) -> None:
    """Whatever a scenario is called and however many runs it has."""
    # Fails if a table is cut at 80 columns, or wider than that.
    play(detente)
    home = next(results.iterdir())
    long = "a-scenario-with-a-name-that-is-as-long-as-any-and-goes-on-and-on-and-on-to-the-very-end"
    manifest = json.loads((home / FILE).read_text("utf-8")) | {"scenario": long}
    (home / FILE).write_text(sealed(manifest), "utf-8")
    text = ok(detente("results", "list", "--sort", "purchases_delivered_usd_bn"))

    lines = text.splitlines()

    assert max(map(len, lines)) <= 80
    assert "\u2026" not in text
    assert long in "".join(word for line in lines for word in line.split()[-4:] if "-" in word)


def test_a_difference_tells_inputs_versions_and_outcomes(detente: Detente, results: Path) -> None:
    """With Monte Carlo error, and what cannot be told."""
    # Fails if one of the three is left out, or luck is told as a difference.
    play(detente)
    old = as_old(results)
    play(detente, "--set", "tension=0.62")
    text = ok(detente("results", "diff", old, "@latest"))
    told = json.loads(ok(detente("results", "diff", old, "@latest", "--json")))

    assert max(map(len, text.splitlines())) <= 80
    assert [row["key"] for row in told["inputs"]] == ["tension"]
    assert [row["name"] for row in told["versions"]] == ["model"]
    assert "0123456789ab" in text
    assert {"identical", "cannot tell"} & {each["verdict"] for each in told["figures"].values()}
    assert "±" in text
    assert told["paired"] is True


def test_a_study_is_played_again_by_this_version(detente: Detente, results: Path) -> None:
    """Into a folder of its own; the stored one stays as it is."""
    # Fails if the study is changed, or the version goes unsaid.
    play(detente)
    old = as_old(results)
    home = results / f"october-2025-apec-{old}"
    before = {path.name: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    words = ("results", "rerun", old, "--engine", "simpy", "-q")
    text, told = ok(detente(*words)), json.loads(ok(detente(*words, "--json")))

    assert max(map(len, text.splitlines())) <= 80
    assert "A is the study as stored" in text
    assert told["same_version"] is False
    assert {each["verdict"] for each in told["figures"].values()} == {"identical"}
    assert told["b"]["id"] != old
    assert told["b"]["n"] == 6
    assert before == {path.name: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    assert "* played by another version" in ok(detente("results", "list"))


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("list", "--sort", "us_hike"), 2, "did you mean us_hikes"),
        (("list", "--sort", ""), 2, "sorted by date"),
        (("diff", "@1", "@9"), 4, "no result '@9'"),
        (("diff", "@latest"), 2, ""),
        (("diff", "", "@latest"), 4, "no result ''"),
        (("diff", "odd-0123456789", "@1"), 2, "is damaged"),
        (("rerun", "x-0123456789"), 4, "no result"),
        (("rerun", "odd"), 2, "is damaged"),
        (("rerun", "@1", "--engine", "simpi"), 2, "did you mean simpy"),
        (("rerun", "@1", "--set", "tension=0.5"), 2, ""),
        (("rerun", "../../x"), 4, "no result"),
    ],
)
def test_wrong_commands_change_nothing(
    words: tuple[str, ...], code: int, told: str, detente: Detente, results: Path
) -> None:
    """Each ends in a sentence."""
    # Fails if an error is a traceback, or something was simulated first.
    play(detente)
    home = next(results.iterdir())
    (shutil.copytree(home, results / "odd-0123456789") / FILE).write_text("{", "utf-8")
    before = sorted(path.name for path in results.rglob("*"))
    found = detente("results", *words)

    assert found.exit_code == code, found.stderr
    assert told in found.stderr
    assert "Traceback" not in found.stderr
    assert sorted(path.name for path in results.rglob("*")) == before


def test_own_scenarios_are_listed(
    detente: Detente, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those of the current folder, marked, wrong ones with a way out; other files are not."""
    # Fails if a file that is no scenario is listed, a wrong one stops the list, or none is marked.
    monkeypatch.chdir(tmp_path)
    name = "a" * 90
    Path("mine.yaml").write_text("question: What if?\nextends: october-2025-apec\n", "utf-8")
    Path(f"{name}.yaml").write_text("question: q\nextends: october-2025-apec\n", "utf-8")
    Path("wrong.yml").write_text("question: q\nextends: mine.yaml\nuntil: soon\n", "utf-8")
    Path("hawk.yaml").write_text("title: a strategy\nstate: {}\n", "utf-8")
    Path("compose.yaml").write_text("services: {web: {image: x}}\nextends: y\n", "utf-8")
    Path("broken.yaml").write_text("question: [\n", "utf-8")
    Path("folder.yaml").mkdir()
    text = ok(detente("list"))
    rows = json.loads(ok(detente("list", "--json")))["scenarios"]
    own = [row for row in rows if row["own"]]

    assert [(row["name"], row["problems"]) for row in own] == [
        (f"./{name}.yaml", 0),
        ("./mine.yaml", 0),
        ("./wrong.yml", 1),
    ]
    assert own[1]["question"] == "What if?"
    assert "Your own, in this folder" in text
    assert "./mine.yaml\n  What if?" in text
    assert "./wrong.yml\n  has 1 error" in text
    assert max(len(line) for line in text.splitlines() if not line.startswith("./")) <= 80
    assert len(rows) == 12 + 3


def test_the_folder_of_the_shipped_scenarios_holds_none_of_ones_own(
    detente: Detente, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are listed once."""
    # Fails if the current folder is taken for a user's without looking.
    from sim.history.places import data_root

    monkeypatch.chdir(data_root())

    assert not any(row["own"] for row in json.loads(ok(detente("list", "--json")))["scenarios"])
