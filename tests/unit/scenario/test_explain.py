"""Every number with its source; sources and facts; the resolved scenario as JSON."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date

import pytest

from sim.history.places import data_root
from sim.scenario.catalog import names, read
from sim.scenario.compose import PARAMETERS, STATE
from sim.scenario.evidence import ALWAYS, sources
from sim.scenario.explain import assumed_counts, explain, explain_parameter
from sim.scenario.load import resolve
from sim.scenario.resolved_scenario import Resolved

CUTOFF = date(2025, 10, 23)
NAME = "october-2025-apec"


@pytest.mark.parametrize("name", names())
def test_every_number_of_every_scenario_is_explained(name: str) -> None:
    """Each state value and parameter has unit, kind and place, and a source or a reason."""
    rows = explain(resolve(name))
    assert [row.name for row in rows] == [*STATE, *PARAMETERS]
    for row in rows:
        assert row.unit
        assert row.meaning
        if row.kind == "default":
            continue
        assert row.kind in {"reported", "measured", "estimated", "assumed"}
        assert ".yaml:" in row.place or "sectors.csv:" in row.place
        assert row.reason if row.kind == "assumed" else row.source_text
        if row.known_from not in {"", ALWAYS}:
            assert date.fromisoformat(row.known_from) <= CUTOFF


def test_a_row_says_all_that_is_known() -> None:
    """The end of the truce is a reported day with the words of its source."""
    row = explain_parameter(resolve(NAME), "truce.ends_on")
    assert row is not None
    assert (row.section, row.value, row.unit, row.kind) == (
        "state", "2025-11-10", "date", "reported",
    )  # fmt: skip
    assert row.source == "E152"
    assert row.source_text == sources()["E152"].text
    assert row.place.startswith("scenarios/base/october-2025.yaml:")
    assert explain_parameter(resolve(NAME), "no.such.name") is None


def test_the_count_of_assumed_numbers_leaves_out_what_nobody_set() -> None:
    """Assumed numbers are counted among those that files set."""
    resolved = resolve(NAME)
    assumed, total = assumed_counts(resolved)
    kinds = [row.kind for row in explain(resolved)]
    assert assumed == kinds.count("assumed")
    assert total == len(kinds) - kinds.count("default")


def test_publications_are_complete_and_none_is_too_young() -> None:
    """Each source has title, author, mark and a day not after the last the model may know."""
    entries = read(data_root() / "sources.yaml").root.plain()
    for key, entry in entries.items():
        assert set(entry) == {"title", "by", "published", "mark"}, key
        assert entry["published"] <= CUTOFF, key


def test_every_fact_names_its_article_and_has_its_day() -> None:
    """The 391 facts are numbered without gaps, and each carries the day of its article."""
    with (data_root() / "evidence.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["id"] for row in rows] == [f"E{i:03d}" for i in range(1, 392)]
    for row in rows:
        source = sources()[row["id"]]
        assert source.text == row["statement"]
        assert source.published == sources()[row["article"]].published


@pytest.mark.parametrize("name", names())
def test_a_resolved_scenario_survives_its_json(name: str) -> None:
    """Nothing is lost on the way to a worker or a manifest and back."""
    resolved = resolve(name)
    again = Resolved.from_json(resolved.to_json())
    assert again == resolved
    assert (again.hash, again.prior_hash) == (resolved.hash, resolved.prior_hash)


def test_words_do_not_change_the_hash_but_numbers_do() -> None:
    """Question, sources, reasons and labels leave the runs alone; each value does not."""
    resolved = resolve(NAME)
    entry = replace(resolved.calendar[0], label="other words", source="record")
    words = replace(
        resolved, name="x", question="y", needs=(), changes=(), origins={}, sources={},
        calendar=(entry, *resolved.calendar[1:]),
    )  # fmt: skip
    assert words.hash == resolved.hash
    assert len(words.hash) == 16
    later = replace(resolved.calendar[0], day=resolved.calendar[0].day + 1)
    for changed in (
        replace(resolved, start=resolved.start + 1),
        replace(resolved, until=resolved.until + 1),
        replace(resolved, state=resolved.state | {"tension": 0.123}),
        replace(resolved, calendar=(later, *resolved.calendar[1:])),
        replace(resolved, report_dates=()),
        resolve(NAME, sets=[("us.leader.autonomy", "0.123")]),
    ):
        assert changed.hash != resolved.hash
