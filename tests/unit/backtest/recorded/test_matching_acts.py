"""Acts that questions count: names are those of outcomes and events, legs those of the record."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from sim.backtest.act_questions import act_days
from sim.backtest.recorded.matching_acts import COUNTS, EVENTS, days_of, matches_of
from sim.experiment.outcomes.event_days import kind_of
from sim.history.act_table import acts_on_record
from sim.history.acts import ActType
from sim.model.outcomes.politics import outcome_index

ACTS = acts_on_record()


def test_every_name_is_one_that_may_be_asked() -> None:
    """Outcomes that count or a flag, and kinds of events."""
    # Fails if an outcome or event is renamed and its acts are no longer found.
    assert all(outcome_index()[name].unit in {"count", "flag"} for name in COUNTS)
    assert all(kind_of(name).name == name for name in EVENTS)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("us_hikes", ActType.US_HIKE),
        ("rounds", ActType.ROUND),
        ("us_measures", ActType.US_CONTROL),
        ("cn_measures", ActType.CN_CONTROL),
        ("threats_made", ActType.US_THREAT),
    ],
)
def test_counts_are_those_of_their_type(name: str, kind: ActType) -> None:
    """Day by day, the acts that backtests count."""
    # Fails if acts against third parties count, or a type is another.
    matches = matches_of(outcome_index()[name])
    assert matches is not None
    assert days_of(ACTS, matches).tolist() == act_days(ACTS, kind).tolist()


def test_kinds_share_out_the_acts_of_a_type() -> None:
    """A hike carries a threat out or does not; a contact is a call or a meeting."""
    # Fails if an act is two kinds of event, or none.
    for kind, names in (
        (ActType.US_HIKE, ("us.hike", "us.execute_threat")),
        (ActType.CONTACT, ("call_leader", "summit_held")),
        (ActType.CN_HIKE, ("cn.reply_partial", "cn.reply_mirror")),
    ):
        acts = [act for act in ACTS if act.type == kind and act.leg != "none"]
        found = Counter(name for act in acts for name in names if EVENTS[name](act))
        assert sum(found.values()) == len(acts)
        assert set(found) == set(names)


def test_an_event_of_either_side_is_one_of_both() -> None:
    """Port fees of whichever side; and no acts are incidents."""
    # Fails if a name without a side finds one side only.
    either = matches_of(kind_of("set_port_fees"))
    assert either is not None
    both = sum(len(days_of(ACTS, EVENTS[f"{side}.set_port_fees"])) for side in ("us", "cn"))
    assert len(days_of(ACTS, either)) == both > 1
    assert matches_of(kind_of("incident")) is None


def test_the_truce_of_may_2025_was_signed_on_the_12th() -> None:
    """A bundle of the name of a truce."""
    # Fails if signatures are looked up by another name.
    matches = matches_of(kind_of("sign_truce"))
    assert matches is not None
    assert date(2025, 5, 12).toordinal() in days_of(ACTS, matches)
