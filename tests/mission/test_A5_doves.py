"""A5: the more weight the deal faction has, the likelier talks and deals are."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from sim.model.diplomacy.talks import answer_probability
from sim.model.tables.codes import US
from sim.model.tables.vocabulary import DealStatus
from tests.mission.helpers import JUNE, MARCH, OCTOBER, paired
from tests.mission.plays import Sets, batch, start

WEIGHTS = ("0.05", "0.4", "1.0")


def doves(influence: str) -> Sets:
    """Returns the setting of the deal faction's influence."""
    return (("us.doves.influence", influence),)


def climbs(shares: list[np.ndarray]) -> bool:
    """Tells whether no step of the weight lowers a share and the whole range raises it beyond
    its Monte Carlo error."""
    steps = [paired(high, low).mean for low, high in pairwise(shares)]
    return min(steps) >= 0.0 and paired(shares[-1], shares[0]).positive


def test_A5_doves_make_washington_say_yes_to_talks() -> None:
    """The odds that Washington answers yes to talks rise with every step of the doves' weight."""
    # Without the factions' shift of the landmark weight the odds would not move.
    odds = [answer_probability(*start(MARCH, doves(weight)), US) for weight in WEIGHTS]
    assert odds == sorted(odds)
    assert odds[-1] > odds[0] + 0.1


def test_A5_doves_bring_talks() -> None:
    """From March 2025, on the same luck, more weight for the doves leads to ministers' talks in
    more runs."""
    runs = [batch(MARCH, 300, doves(weight), until="2025-06-08") for weight in WEIGHTS]
    assert climbs([values["rounds"] > 0 for values in runs])


@pytest.mark.parametrize(("name", "until"), [(JUNE, "2025-09-20"), (OCTOBER, "2025-11-20")])
def test_A5_doves_bring_deals(name: str, until: str) -> None:
    """With a pause to prolong or a summit ahead, more weight for the doves leaves more runs with
    an agreement in force, on the same luck."""
    runs = [batch(name, 300, doves(weight), until=until) for weight in WEIGHTS]
    assert climbs([values["deal_status"] > DealStatus.NONE for values in runs])
