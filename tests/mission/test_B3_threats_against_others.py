"""B3: threats are mostly suspended for concessions; against China more of them are carried out."""

from __future__ import annotations

import pytest

from tests.mission.helpers import JANUARY, MARCH, RUNS, paired
from tests.mission.plays import Sets, batch, resolved, share_error, tapes

NO_THREATS: Sets = (
    ("us.others.threat_per_day", "0"),
    ("us.others.neighbours.deadline", "null"),
    ("us.others.europe.deadline", "null"),
)


@pytest.mark.parametrize("scenario", [JANUARY, MARCH])
def test_B3_threats_against_china_are_carried_out_more_often(scenario: str) -> None:
    """Of the threats against China that were made, more are carried out than of those against
    others that came due, by more than Monte Carlo error and by a quarter at least, although each
    renewal of a threat counts as made."""
    runs = batch(scenario, RUNS)
    # The threat that is open at the start counts as made.
    opened = resolved(scenario).state.get("threat.open", 0.0)
    made = runs["threats_made"].sum() + float(opened) * RUNS
    due = runs["others_executed"].sum() + runs["others_spared"].sum()
    china, others = runs["threats_executed"].sum() / made, runs["others_executed"].sum() / due

    assert due > made > RUNS
    assert china > 1.25 * others
    assert china - others > 2.0 * share_error(china, others, n=int(made))


def test_B3_china_is_hit_first() -> None:
    """By mid-March 2025 more runs have seen a duty on China than on any other country (E022)."""
    at = "2025-03-15"
    runs = batch(JANUARY, RUNS, at=(at,))
    china = runs[f"us_addon_pp@{at}"] > 0.0
    others = runs[f"others_executed@{at}"] > 0.0

    assert paired(china, others).positive
    assert others.mean() < 0.5


def test_B3_a_threat_ends_at_its_deadline_one_way_or_the_other() -> None:
    """Each is carried out or suspended after the days of notice, which differ from threat to
    threat, and the log tells both."""
    numbers = resolved(JANUARY).parameters
    shortest = int(numbers["us.others.notice_min_days"].value)
    longest = int(numbers["us.others.notice_max_days"].value)
    ended = 0
    notices = set()
    for tape in tapes(resolved(JANUARY), range(40)):
        for partner in ("neighbours", "europe", "further"):
            made = [note.day for note in tape.of(f"threaten_{partner}")]
            ends = [note.day for note in tape.of(f"hit_{partner}", f"spare_{partner}")]
            assert len(made) - len(ends) in (0, 1)
            notices |= {end - day for day, end in zip(made, ends, strict=False)}
            ended += len(ends)
        assert tape.end.others_threatened == len(
            tape.of("threaten_neighbours", "threaten_europe", "threaten_further")
        )
    assert ended > 40
    assert shortest <= min(notices) < max(notices) < longest


def test_B3_without_threats_nobody_else_pays() -> None:
    """With no threats against others their duties stay where they were; with them they rise."""
    on, off = batch(MARCH, RUNS), batch(MARCH, RUNS, NO_THREATS)

    assert not off["others_added_pp"].any()
    assert paired(on["others_added_pp"], off["others_added_pp"]).positive
