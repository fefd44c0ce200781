"""What `run` prints on one screen."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from sim import api
from sim.engine.blocks import Column
from sim.experiment.runs import batch as batch_module
from sim.experiment.sensitivity.movers import AnswerMover, Movers
from sim.experiment.store.folder import Folder
from sim.experiment.store.parquet import Array
from sim.report.answers.run import RunAnswer
from sim.report.page import render, show
from sim.report.pages.run.lead import lead
from sim.report.pages.run.survival import BLOCKS

LINES = 40
COLUMNS = 80
MOST_SHOWN = Movers(
    "truce_in_force",
    5000,
    918,
    tuple(
        AnswerMover(name, "utility", -0.36, 1.65, 0.005, 0.995, 0.3, is_sure=True)
        for name in (
            "us.threat.softened_days",
            "measure.courtesy_contact_days",
            "leaders.call_echo_days",
            "us.hawks.influence_base",
        )
    ),
)
"""A screen that takes as much room as any: names of up to sixty letters, all sure."""


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> dict[str, RunAnswer]:
    """Each shipped scenario with a few runs at central values and a few with drawn numbers."""
    folder = tmp_path_factory.mktemp("results")
    found = {}
    for name in api.scenarios():
        central = api.run(name, n=12, brief=True, results=folder)
        drawn = api.run(name, n=12, parameters="prior", per_vector=2, results=folder)
        found[name] = replace(central, drawn=drawn.batch, movers=MOST_SHOWN)
    return found


def lines_of(result: RunAnswer) -> list[str]:
    """Returns the page of a result, line by line."""
    return render(result.page()).splitlines()


@pytest.mark.parametrize("name", api.scenarios())
def test_the_answer_of_every_scenario_fits_a_screen(both: dict[str, RunAnswer], name: str) -> None:
    """Forty lines of eighty columns, nothing cut, whatever there is to say."""
    # Fails if a section grows, or a table is cut to fit.
    lines = lines_of(both[name])

    assert len(lines) <= LINES
    assert max(len(line) for line in lines if not line.startswith("Files: ")) <= COLUMNS
    assert "…" not in "\n".join(lines)


@pytest.mark.parametrize("name", ["october-2025-apec", "march-2025-escalation"])
def test_a_page_of_many_runs_reads_only_the_columns_it_may_show(
    name: str, both: dict[str, RunAnswer], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where not all columns fit in memory, a page reads one group of a few of each batch."""
    # Fails if the page shows a column it did not announce: a group of others is read with it.
    monkeypatch.setattr(batch_module, "_GROUP_BYTES", 8 * 12 * 60)
    kept = both[name]
    central = api.run(name, n=12, brief=True, results=kept.directory.parent)
    drawn = api.run(name, n=12, parameters="prior", per_vector=2, results=kept.directory.parent)
    before = lines_of(kept)
    sizes: list[int] = []
    read = Folder.read

    def spy(self: Folder, columns: Iterable[Column], n: int, first: int = 0) -> dict[str, Array]:
        wanted = list(columns)
        sizes.append(len(wanted))
        return read(self, wanted, n, first)

    monkeypatch.setattr(Folder, "read", spy)
    shown = lines_of(replace(central, drawn=drawn.batch, movers=kept.movers))

    # What was played now and not before is told at the end.
    assert shown[:30] == before[:30]
    assert len(sizes) <= 2
    assert max(sizes) < 30


@pytest.mark.parametrize("name", api.scenarios())
def test_every_scenario_names_what_answers_its_question(
    both: dict[str, RunAnswer], name: str
) -> None:
    """The first words of the answer are those of the first outcome its file names."""
    # Fails if an answer names a day on which nothing is read.
    result = both[name]
    answers = result.to_json()["answers"]

    assert len(answers) == len(result.batch.resolved.answers) == 3
    assert lead(result.digest).startswith(answers[0]["what"])


def test_the_truce_is_a_line_as_high_as_its_share(both: dict[str, RunAnswer]) -> None:
    """One character after another from the first week to the last, with days below."""
    # Fails if the heights do not follow the shares.
    result = both["october-2025-apec"]
    lines = lines_of(result)
    place = next(i for i, line in enumerate(lines) if line.startswith("Truce in force"))
    curve = lines[place + 1].split("% ")[1].rpartition(" ")[0]
    survival = result.digest.survival

    assert survival is not None
    assert len(curve) == 60
    ends = [min(7, int(8 * survival.shares[k].value)) for k in (0, -1)]
    assert [curve[0], curve[-1]] == [BLOCKS[height] for height in ends]
    assert "27 Oct 2025" in lines[place + 2]
    assert lines[place + 2].endswith("20 Apr 2026")


def test_where_there_are_no_blocks_other_characters_stand_for_them(
    both: dict[str, RunAnswer],
) -> None:
    """On a terminal or in a file that knows only ASCII."""
    # Fails if the curve becomes a row of question marks.
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii", errors="strict")
    show(both["october-2025-apec"].page(), out)
    out.seek(0)
    text = out.read()

    assert "#####" in text
    assert "?####" not in text


def test_what_would_change_it_most_is_told_or_how_to_find_out(both: dict[str, RunAnswer]) -> None:
    """Three numbers in words, with their names and ends; without a screen, what to type."""
    result = both["october-2025-apec"]
    told = " ".join(render(result.page()).split())
    unknown = render(replace(result, movers=None).page())

    assert "days for which a Chinese softening restrains a threat" in told
    assert "us.threat.softened_days: -0.36 to 1.65 utility points" in told
    assert "below 1% to above 99%" in told
    assert "us.hawks.influence_base" not in told
    assert "detente sensitivity october-2025-apec --outcome truce_in_force@2025-11-10" in unknown


def test_tables_that_are_asked_for_follow(both: dict[str, RunAnswer]) -> None:
    """By region and by sector, below the answer."""
    result = replace(both["october-2025-apec"], regions=True, sectors=True)
    text = render(result.page())

    assert text.index("In short") < text.index("Regions in the long run") < text.index("by sector")


def test_full_has_every_table_and_none_of_what_never_happened(
    both: dict[str, RunAnswer], tmp_path: Path
) -> None:
    """A class that occurred in no run has no row."""
    # Fails if a row of 0% is printed.
    result = replace(both["october-2025-apec"], full=True)
    text = render(result.page())
    table = text[text.index("Outcome at the end") : text.index("Truce and threatened duty")]

    assert "Trade, prices and incomes at the end" in text
    assert " 0%  " not in table
    assert "What happened in no run is left out" in text
