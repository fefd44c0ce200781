"""Answers at a prompt and in a list: one short line each; printed, they are their page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sim import api
from sim.experiment.publication.publication import Publication
from sim.report import answers
from sim.report.answers.store import PublicationAnswer
from sim.report.page import LONGEST_LINE, Page, Printable, render

NAME = "october-2025-apec"
SHORT: dict[str, Any] = {"n": 4, "until": "2025-11-05"}
MAKERS: dict[str, tuple[Callable[[Path], Printable], str]] = {
    "run": (lambda folder: api.run(NAME, results=folder, **SHORT), f"{NAME}, 4 runs, truce at"),
    "load": (lambda folder: api.load(_stored(folder), folder), "4 runs"),
    "given": (
        lambda folder: api.run(
            NAME, given="truce_in_force@2025-11-05=yes", results=folder, **SHORT
        ),
        "given truce_in_force@2025-11-05=yes",
    ),
    "compare": (
        lambda folder: api.compare(NAME, NAME, NAME, NAME, brief=True, results=folder, **SHORT),
        "and 1 more, 4 runs each",
    ),
    "sweep": (
        lambda folder: api.sweep(NAME, ["tension=0.2,0.8"], results=folder, **SHORT),
        f"{NAME} over tension, 2 points of 4 runs",
    ),
    "fork": (
        lambda folder: api.fork(NAME, on="2025-10-30", do="us.hike=20", results=folder, **SHORT),
        f"us.hike=20 on 30 Oct 2025 in {NAME}, 4 runs",
    ),
    "trace": (lambda folder: api.trace(NAME, replicate=3, until="2025-11-05"), f"{NAME}, run 3 of"),
    "side_by_side": (
        lambda folder: api.side_by_side(NAME, NAME, replicate=3, until="2025-11-05"),
        f"{NAME} and {NAME}, run 3 of seed 20251023",
    ),
    "impact": (lambda folder: api.impact(30, 10, n=4), "US +30, China +10 points"),
    "catalogue": (lambda folder: api.catalogue(), "scenarios"),
    "world": (lambda folder: api.world(NAME), f"{NAME}, 23 Oct 2025 to"),
    "explain_scenario": (lambda folder: api.explain_scenario(NAME), f"{NAME}, 23 Oct 2025 to"),
    "explain": (
        lambda folder: api.explain(NAME, n=60, until="2025-11-02"),
        f"what drove {NAME}, 60 runs",
    ),
    "check": (lambda folder: api.check_scenarios([NAME]), f"1 scenario without problems: {NAME}"),
    "expectations": (
        lambda folder: api.check([NAME], n=4, results=folder),
        "2 lines: 2 pass, 0 fail, 0 cannot tell",
    ),
    "diff": (
        lambda folder: api.diff(_stored(folder), "@latest", folder),
        "0 of 22 headline figures differ",
    ),
    "rerun": (
        lambda folder: api.rerun(_stored(folder), results=folder),
        "0 of 22 headline figures differ",
    ),
    "new": (lambda folder: api.new_scenario(folder / "mine"), "based on october-2025-apec"),
    "parameters": (lambda folder: api.explain_parameters("us.leader"), "from us.leader.autonomy"),
    "audit": (lambda folder: api.audit(), "parameters, 0 problems"),
    "record": (
        lambda folder: api.record(first="2025-04-02", last="2025-04-11"),
        "13 of 268 acts on record, 2 Apr 2025 to 11 Apr 2025",
    ),
    "check_record": (lambda folder: api.check_record(_acts(folder)), "no problems found; 2 acts"),
    "validate": (
        lambda folder: api.validate_economy(),
        "out-of-sample figures within tolerance, 0 surprises",
    ),
    "stored": (api.stored, "0 results"),
    "publish": (
        lambda folder: PublicationAnswer(Publication({}, (), (), ("old",), True, "a reason")),
        "0 tables written in results/published, 0 figures moved",
    ),
    "query": (lambda folder: api.query("select 1 as one", folder), "1 row of one"),
    "remove": (lambda folder: api.remove(_stored(folder), folder), f"removed {NAME}"),
}


def _acts(folder: Path) -> Path:
    """Returns a file of two acts."""
    file = folder / "mine.csv"
    file.write_text(api.record_template(), "utf-8")
    return file


def _stored(folder: Path) -> str:
    """Returns the name of a small result."""
    return api.run(NAME, results=folder, **SHORT).directory.name


@pytest.mark.parametrize("name", MAKERS)
def test_an_answer_is_one_line_at_a_prompt_and_a_page_in_print(name: str, tmp_path: Path) -> None:
    """Whatever it holds: a run alone used to print half a million letters."""
    make, said = MAKERS[name]
    answer = make(tmp_path)
    line = repr(answer)

    assert len(line) <= LONGEST_LINE + 2
    assert "\n" not in line
    assert line.startswith(f"<{type(answer).__name__}: ")
    assert said in line or said in f"<{answer.line()}>"
    assert str(answer) == render(answer.page())
    assert str(answer).strip()


def test_the_parts_of_an_answer_are_short_too(tmp_path: Path) -> None:
    """Its runs and its scenario, which an analyst looks at next."""
    batch = api.run(NAME, results=tmp_path, **SHORT).batch

    assert repr(batch) == f"<Batch: {NAME}, 4 runs, id {batch.id}>"
    assert len(repr(batch.resolved)) < LONGEST_LINE
    assert batch.resolved.hash in repr(batch.resolved)


def test_no_answer_is_printed_otherwise() -> None:
    """Every class of `sim.report.answers` that has a page is `Printable`."""
    import importlib
    import pkgutil

    modules = pkgutil.walk_packages(answers.__path__, f"{answers.__name__}.")
    values = [
        (module.name, value)
        for module in modules
        for value in vars(importlib.import_module(module.name)).values()
    ]
    found = [
        value
        for name, value in values
        if isinstance(value, type) and value.__module__ == name and hasattr(value, "page")
    ]

    assert len(found) > 15
    assert all(issubclass(each, Printable) for each in found)
    assert all(each.__repr__ is Printable.__repr__ for each in found)


def test_a_long_line_is_cut() -> None:
    """Names of scenarios may be long."""

    class Long(Printable):
        def page(self) -> Page:
            return Page()

        def line(self) -> str:
            return "word\n" * 100

    assert len(repr(Long())) == LONGEST_LINE + 2
    assert "\n" not in repr(Long())
