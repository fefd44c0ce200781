"""Damaged results: every reader names the file and the command that simulates it again."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from sim import api
from sim.errors import UsageError
from sim.experiment.store.manifest import FILE
from sim.report.answers.run import RunAnswer
from sim.report.page import render

READERS: dict[str, Callable[[str, Path], object]] = {
    "show": lambda name, results: str(api.load(name, results)),
    "csv": lambda name, results: api.write_csv(name, io.StringIO(), results),
    "query": lambda name, results: api.query("select avg(us_hikes) from all_outcomes", results),
    "compare": lambda name, results: api.compare("@latest", name, results=results, brief=True),
    "trace": lambda name, results: api.trace("@latest", replicate=3, results=results),
    "fork": lambda name, results: api.fork(
        name, on="2025-11-01", do="us.seek_talks=yes", results=results
    ),
    "report": lambda name, results: api.write_report(
        name, file=results / "x.html", results=results
    ),
}


@pytest.fixture
def results(october: RunAnswer, tmp_path: Path) -> Path:
    """A results folder that holds one batch."""
    shutil.copytree(october.directory, tmp_path / october.directory.name)
    return tmp_path


def flipped(path: Path, place: int) -> None:
    """Flips one bit of a file."""
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)


def told(answer: RunAnswer) -> str:
    """Returns the page of a run without the time it took and its place."""
    lines = str(answer).splitlines()
    return "\n".join(line for line in lines if "Simulated" not in line and "Files:" not in line)


@pytest.mark.parametrize("reader", READERS)
def test_no_reader_takes_a_flipped_bit_for_a_number(
    results: Path, october: RunAnswer, reader: str
) -> None:
    """It names the shard, and a command that, typed as it stands, makes the shard whole."""
    name = october.directory.name
    shard = results / name / "outcomes" / "000000.parquet"
    flipped(shard, 5000)

    with pytest.raises(UsageError, match=r"000000\.parquet is damaged; detente run") as caught:
        READERS[reader](name, results)

    assert (
        f"{shard} is damaged; detente run october-2025-apec -n 40 --seed 20251023 "
        "--until 2025-11-20 --at 2025-11-15 simulates the missing part again; "
        f"detente results rm {name} removes the result"
    ) in str(caught.value)


@pytest.mark.parametrize("reader", READERS)
def test_no_reader_passes_over_a_missing_shard(
    results: Path, october: RunAnswer, reader: str
) -> None:
    """A query over the shards that are left would be of half the runs."""
    name = october.directory.name
    (results / name / "outcomes" / "000000.parquet").unlink()

    with pytest.raises(UsageError, match=r"000000\.parquet is missing; detente run"):
        READERS[reader](name, results)


def test_the_command_it_names_makes_the_result_whole(results: Path, october: RunAnswer) -> None:
    """The same bytes come back; a damaged scenario file is written again too."""
    home = results / october.directory.name
    before = {path: path.read_bytes() for path in home.rglob("*.parquet")}
    text = (home / "scenario.json").read_text()
    flipped(home / "outcomes" / "000000.parquet", 900)
    flipped(home / "paths" / "000000.parquet", 900)
    flipped(home / "scenario.json", 900)
    with pytest.raises(UsageError, match=r"scenario\.json is damaged"):
        api.load("@latest", results)
    notes: list[str] = []

    api.run(
        "october-2025-apec",
        n=40,
        until="2025-11-20",
        at=["2025-11-15"],
        results=results,
        note=notes.append,
    )

    assert {path: path.read_bytes() for path in home.rglob("*.parquet")} == before
    assert (home / "scenario.json").read_text() == text
    assert len([note for note in notes if "is damaged" in note]) == 3
    again = replace(api.load("@latest", results), full=True)
    assert told(again) == told(october)


@pytest.mark.parametrize(
    "damage",
    [
        ('"n": 40', '"n": "forty"'),
        ('"n": 40', '"n": 41'),
        ('"seed": 20251023', '"seed": 20251022'),
        ('"shards": {', '"shards": [], "old": {'),
        ('"changes": [', '"changes": {}, "old": ['),
        ('"updated": "', '"updated": "soon'),
        ('"id"', '"id" '),
    ],
)
def test_one_odd_manifest_is_set_aside(
    results: Path, october: RunAnswer, damage: tuple[str, str]
) -> None:
    """The list and queries say so and go on; the result is not shown, and is not the newest."""
    odd = shutil.copytree(results / october.directory.name, results / "odd-0123456789")
    text = (odd / FILE).read_text()
    assert damage[0] in text
    (odd / FILE).write_text(text.replace(*damage))
    sound = damage[1] == '"id" '  # a space between tokens is no damage

    shelf = api.stored(results)
    answer = api.query("select count(*) from all_outcomes", results)

    assert len(shelf.stored) == 1 + sound
    assert [aside.name for aside in shelf.set_aside] == ([] if sound else ["odd-0123456789"])
    if not sound:
        assert answer.table.rows == ((40,),)
        words = f"{odd / FILE} is damaged"
        for text in (render(shelf.page()), render(answer.page())):
            assert words.replace(" ", "") in text.replace("\n", "").replace(" ", "")
        assert words in shelf.to_json()["set_aside"][0]["reason"]
        for reference in ("odd-0123456789", "odd", "@latest"):
            with pytest.raises(UsageError, match=r"odd-0123456789/manifest\.json is damaged"):
                api.load(reference, results)
        assert api.load("@1", results).batch.n == 40
        assert api.remove("odd-0123456789", results).to_json()["n"] is None
        assert not odd.exists()
