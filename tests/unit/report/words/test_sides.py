"""What sides are called where scenarios share a name."""

from __future__ import annotations

from pathlib import Path

from sim import api
from sim.experiment.runs.batch import Batch
from sim.report.words.sides import side_names

NAME = "october-2025-apec"


def batch(folder: Path, *sets: str, **options: object) -> Batch:
    """Twenty runs of the summit week."""
    return api.run(NAME, n=20, until="2025-11-12", sets=sets, results=folder, **options).batch


def test_different_scenarios_keep_their_names(folder: Path) -> None:
    """Even if one of them was changed."""
    other = api.run("summit-in-beijing", n=20, until="2025-06-20", results=folder).batch

    assert side_names([batch(folder, "tension=0.7"), other]) == [NAME, "summit-in-beijing"]


def test_what_was_changed_sets_apart_what_shares_a_name(folder: Path) -> None:
    """What all of them have in common is no news; nothing of the rest is cut off."""
    many = ("us.noise=1.2", "cn.noise=1.3", "us.leader.autonomy=0.4")
    sides = [
        batch(folder, "tension=0.7"),
        batch(folder, "tension=0.7", "us.noise=1.2"),
        batch(folder, "tension=0.7", *many),
    ]

    assert side_names(sides) == [
        NAME,
        f"{NAME} (us.noise=1.2)",
        f"{NAME} ({', '.join(many)})",
    ]


def test_sides_that_are_called_the_same_get_letters(folder: Path) -> None:
    """Another seed changes no input; where letters stand already, none is added."""
    sides = [batch(folder), batch(folder, seed=7)]

    assert side_names(sides) == [f"A: {NAME}", f"B: {NAME}"]
    assert side_names(sides, lettered=False) == [NAME, NAME]
