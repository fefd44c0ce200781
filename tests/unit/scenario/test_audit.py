"""Audit of the numbers: nothing is missing, and whatever goes missing is found."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sim.requests.scenarios import audit_shipped
from sim.scenario.audit import NO_DATE, audit
from sim.scenario.compose import PARAMETERS
from sim.scenario.evidence import ALWAYS, latest_named, sources
from sim.scenario.load import resolve
from sim.scenario.parameter_reads import PACKAGE, READERS, unread
from sim.scenario.people import people

NAME = "october-2025-apec"
MEASURED = "us.hike.step_pp"
ASSUMED = "us.hike.spacing_days"


def test_nothing_is_wrong_with_the_numbers_that_ship() -> None:
    """No parameter of any scenario lacks anything, and none is unread."""
    found = audit_shipped()
    assert found.problems == ()
    assert sum(found.by_kind.values()) == len(PARAMETERS)


@pytest.mark.parametrize(
    ("name", "lost", "fault"),
    [
        (MEASURED, {"unit": ""}, "has no unit"),
        (MEASURED, {"kind": ""}, "is of no known kind; allowed: reported, measured"),
        (MEASURED, {"source": ""}, "has no source"),
        (MEASURED, {"source": "nobody"}, "has no source"),
        (MEASURED, {"known_from": ""}, NO_DATE),
        (MEASURED, {"known_from": "2025-10-24"}, "only from 2025-10-24, after 2025-10-23"),
        (ASSUMED, {"low": None}, "is assumed without a range"),
        (ASSUMED, {"high": None}, "is assumed without a range"),
        (ASSUMED, {"reason": ""}, "is assumed without a reason"),
    ],
)
def test_whatever_a_parameter_loses_is_found(name: str, lost: dict[str, Any], fault: str) -> None:
    """Each lost field is a problem of its own, told with the file and line of the parameter."""
    # Fails if the check of any one field is dropped.
    resolved = resolve(NAME)
    bare = replace(resolved.parameters[name], **lost)
    found = audit(replace(resolved, parameters=resolved.parameters | {name: bare}))
    (problem,) = found.problems
    assert problem.startswith(f"{resolved.origins[name]}: {name}: ")
    assert fault in problem


def test_a_late_parameter_must_say_what_was_held_before() -> None:
    """One of the shipped files that a world as of an earlier day could not use is a problem; one
    that a scenario changes holds on every day, and is none."""
    # Fails if a late number without a prior_before gets past the audit, or a user is blamed.
    resolved = resolve(NAME)
    bare = replace(resolved.parameters[ASSUMED], before=())
    found = replace(resolved, parameters=resolved.parameters | {ASSUMED: bare})
    (problem,) = audit(found).problems
    assert problem.startswith(f"{resolved.origins[ASSUMED]}: {ASSUMED}: could be known only from")
    assert "give it prior_before" in problem

    own = replace(found, origins=found.origins | {ASSUMED: "mine.yaml:3"})
    assert audit(own).problems == ()


def test_what_the_user_sets_is_no_fault_of_the_project() -> None:
    """A number typed on the command line needs no source."""
    assert audit(resolve(NAME, sets=[(ASSUMED, "25")])).problems == ()


def test_a_parameter_that_nothing_reads_is_found(tmp_path: Path) -> None:
    """Once the only rule that reads it is gone, the audit names it by its dotted name."""
    # Fails if what is read is taken from anywhere but the code of the model.
    for reader in READERS:
        shutil.copytree(PACKAGE / reader, tmp_path / reader)
    rule = tmp_path / "model" / "duties" / "hikes.py"
    text = rule.read_text(encoding="utf-8")
    assert "params.hike_spacing_days" in text
    assert unread(tmp_path) == ()

    rule.write_text(text.replace("params.hike_spacing_days", "21"), encoding="utf-8")
    assert unread(tmp_path) == (ASSUMED,)

    rule.write_text(f"{text}\n\nstate.hike_spacing_days = 3\n", encoding="utf-8")
    assert unread(tmp_path) == ()


@pytest.mark.parametrize(
    ("reason", "day"),
    [
        ("a matter of taste", None),
        ("no hike in 1,936 days", None),
        ("about monthly (E026)", str(sources()["E026"].published)),
        ("E001, and E316 too", str(max(sources()[key].published for key in ("E001", "E316")))),
        ("shares fell in 2019 and in 2018", "2019-12-31"),
        ("shares fell in 2025", "2025-10-23"),
        ("never once on record", "2025-10-23"),
    ],
)
def test_a_reason_is_as_young_as_the_youngest_thing_it_names(reason: str, day: str | None) -> None:
    """Facts and publications count with their day, years with their last, judgement with none."""
    found = latest_named(reason)
    assert (found and str(found)) == day


def test_a_judgement_is_marked_and_never_late() -> None:
    """Values that rest on no dated fact are counted and may enter a forecast of any day."""
    resolved = resolve("january-2025-first-100-days")
    judged = {name for name, p in resolved.parameters.items() if p.known_from == ALWAYS}
    found = audit(resolved)
    assert found.judged == len(judged) > 0
    assert judged.isdisjoint(found.late)


def test_the_audit_names_what_came_after_the_start_and_what_nobody_cites() -> None:
    """A start in January looks back on sources of October; some facts stand behind no number."""
    early, late = audit(resolve("january-2025-first-100-days")), audit(resolve(NAME))
    assert len(early.late) > len(late.late)
    assert all(name in PARAMETERS for name in early.late)
    assert set(late.unused) < set(sources())
    assert "E152" not in late.unused
    # Named in the reason of an assumed number, alone and within a range.
    assert {"E231", "E250"}.isdisjoint(late.unused)


def test_every_share_of_the_table_of_people_has_a_range() -> None:
    """Voices and mandates are counted, and their range contains each of them."""
    found = audit(resolve(NAME))
    low, high = found.share_range
    shares = [share for term in people() for share in (term.voice, term.mandate) if share > 0.0]
    assert found.shares == len(shares)
    assert low < 1.0 < high
