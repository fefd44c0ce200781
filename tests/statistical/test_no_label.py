"""Third parties, statements and beliefs are causes: taken away, each changes what happens.

People have a list of their own, in `test_people`.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

import pytest

from sim.model.tables.vocabulary import (
    Channel,
    Diverter,
    Partner,
    Party,
    Reading,
    Remark,
    Side,
)
from tests.mission.helpers import JANUARY, JUNE, MARCH, OCTOBER, paired
from tests.mission.plays import Sets, batch

RUNS: Final = 1000
LAST: Final = {
    JANUARY: "2025-08-01",
    MARCH: "2025-09-06",
    JUNE: "2025-09-20",
    OCTOBER: "2025-12-31",
}

Row = tuple[str, Sets, str, int]
"""Scenario, what takes the cause away, the outcome that moves, and which way."""


def off(*names: str) -> Sets:
    """Returns the setting of some numbers to 0."""
    return tuple((name, "0") for name in names)


def shut(channel: Channel) -> Row:
    """Returns what shows that a quiet channel is one: talks come about less often without it."""
    return (MARCH, ((f"channel.{channel.name.lower()}", "false"),), "rounds", -1)


def idle(matter: Diverter) -> Row:
    """Returns what shows that a matter takes a leader's time: without it more is done."""
    side = Side(matter.side).name.lower()
    name = f"{side}.diverter.{matter.name.lower()}_per_day"
    return (JANUARY, off(name), f"{side}_measures", +1)


def spared(partner: Partner) -> Row:
    """Returns what shows that duties on a partner are felt: without them prices rise less."""
    name = f"us.others.{partner.name.lower()}.import_share"
    return (JANUARY, off(name), "us_consumer_prices_pct", -1)


BELIEFS: Final[list[tuple[IntEnum | str, Row]]] = [
    (Reading.ROUND, (JUNE, off("belief.precision.round"), "cn_belief_error", +1)),
    (Reading.CALL, (JUNE, off("belief.precision.call"), "us_belief_spread", +1)),
    (Reading.MEETING, (OCTOBER, off("belief.precision.meeting"), "cn_belief_error", +1)),
    (Reading.DELEGATION, (MARCH, off("belief.precision.delegation"), "cn_belief_error", +1)),
    (Reading.MESSAGE, (MARCH, off("belief.precision.message"), "us_belief_error", +1)),
    *((channel, shut(channel)) for channel in Channel),
    ("an account of a contact", (JUNE, off("readout.candour"), "us_belief_error", +1)),
    ("the opening bid", (MARCH, off("cn.opening.table_per_day"), "signed[soybeans]", -1)),
    ("a hopeful belief", (MARCH, (("cn.belief.mean", "0.7"),), "opening_bid", -1)),
]
STATEMENTS: Final[list[tuple[IntEnum | str, Row]]] = [
    (Remark.PRAISE, (OCTOBER, off("us.remark.praise_odds"), "market_stress", +1)),
    (Remark.OPTIMISM, (OCTOBER, off("us.remark.optimism_odds"), "optimism", -1)),
    (Remark.FRUSTRATION, (MARCH, off("us.remark.frustration_odds"), "tension", -1)),
    (Party.US, (OCTOBER, off("summit.confirm_us_per_day"), "leaders_met", -1)),
    (Party.HOST, (OCTOBER, off("summit.confirm_host_per_day"), "leaders_met", -1)),
    (
        Party.CN,
        (
            OCTOBER,
            off("summit.confirm_cn_per_day", "summit.confirm_cn_last_days_per_day"),
            "leaders_met",
            -1,
        ),
    ),
    ("account of Washington", (OCTOBER, off("us.readout.share"), "us_tone", -1)),
    ("account of Beijing", (OCTOBER, off("cn.readout.share"), "cn_tone", -1)),
    ("conciliatory line", (OCTOBER, off("cn.line.per_day"), "tension", +1)),
    ("rebuke", (MARCH, off("cn.rebuke.per_hypocrisy", "cn.rate.rebuke"), "cn_trust", +1)),
    ("accusation of Washington", (JUNE, off("us.rate.accuse"), "us_trust", +1)),
    ("accusation of Beijing", (JUNE, off("cn.rate.accuse"), "cn_trust", +1)),
]
THIRD_PARTIES: Final[list[tuple[IntEnum | str, Row]]] = [
    *((partner, spared(partner)) for partner in Partner),
    *((matter, idle(matter)) for matter in Diverter),
    ("Russia", (MARCH, off("russia.thaw_per_day"), "cn_eagerness", -1)),
    ("Taiwan", (MARCH, off("taiwan.contact_per_day"), "tension[taiwan]", -1)),
    (
        "countries that goods are diverted to",
        (MARCH, off("trade.barrier_response"), "us_rerouted_usd_bn_per_month", +1),
    ),
]
LIST: Final = [*BELIEFS, *STATEMENTS, *THIRD_PARTIES]


def label(value: object) -> str | None:
    """Returns the name of a cause, for the list of tests."""
    return value.name.lower() if isinstance(value, IntEnum) else None


@pytest.mark.parametrize(("cause", "row"), LIST, ids=label)
def test_what_is_taken_away_changes_what_happens(cause: IntEnum | str, row: Row) -> None:
    """On the same luck, beyond the Monte Carlo error of the pairs."""
    # Fails if the cause is recorded and read by nothing.
    name, without, outcome, direction = row
    taken = batch(name, RUNS, without, LAST[name])[outcome]
    gap = paired(taken, batch(name, RUNS, (), LAST[name])[outcome])
    assert gap.positive if direction > 0 else gap.negative, cause


def test_the_list_is_whole() -> None:
    """Every reading, channel, remark, confirming party, partner and diverting matter has a line."""
    # Fails if one is added to the vocabulary and has no line here.
    kinds = (Reading, Channel, Remark, Party, Partner, Diverter)
    due = {(kind, member) for kind in kinds for member in kind} - {(Remark, Remark.NONE)}
    assert due == {(type(cause), cause) for cause, _ in LIST if isinstance(cause, IntEnum)}
