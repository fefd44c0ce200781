"""Channels: each counted act on record in at most one, and each with rates of its own."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.backtest.conditioning.channels import CHANNELS, PLACES, THREAT_ENDS, ActChannel, membership
from sim.engine import act_rates
from sim.engine.act_rates import N_RATES, chosen
from sim.history.act_table import acts_on_record
from sim.history.acts import ActType, RecordedAct
from sim.history.legs import LEGS
from sim.model.tables.codes import CN, US
from sim.model.tables.vocabulary import Act

LEFT_OUT = {
    ActType.US_EASE, ActType.CN_THREAT, ActType.CN_CUT, ActType.CN_EASE, ActType.PLEDGE,
}  # fmt: skip
"""Types of which the record cannot judge any act (see `CHANNELS`)."""


def act(kind: ActType, leg: str, **fields: object) -> RecordedAct:
    """An act of a record made for a test."""
    made = RecordedAct(737000, kind, "made for a test", None, True, "test", "high", leg)
    return replace(made, **fields)  # type: ignore[arg-type] - fields by name


def channels_of(done: RecordedAct) -> list[ActChannel]:
    """The channels that an act belongs to."""
    return [channel for channel in CHANNELS if channel.holds(done)]


@pytest.mark.parametrize("executes", [False, True])
@pytest.mark.parametrize("kind", ActType)
def test_no_act_has_two_channels(kind: ActType, executes: bool) -> None:
    """Whatever its leg; an act that is nothing in the model has none, nor has a third party's."""
    # Fails if two channels share a leg, or acts not aimed at the other side are judged.
    for leg in (*LEGS[kind.side, kind.act], "none"):
        found = channels_of(act(kind, leg, executes=executes))
        assert len(found) <= (leg != "none" and kind not in LEFT_OUT), leg
        assert channels_of(act(kind, leg, executes=executes, bilateral=False)) == []


def test_the_record_falls_into_its_channels() -> None:
    """Every channel has an act on record but the quiet ones, and every hike, threat, reply by
    duties, round and call of the record has a channel."""
    # Fails if a leg is misspelt, or a layer of duty is forgotten.
    record = [done for done in acts_on_record() if done.counts and done.leg != "none"]
    told = [channels_of(done) for done in record]
    seen = {channel.name for found in told for channel in found}
    judged = {ActType.US_THREAT, ActType.CN_HIKE, ActType.CN_CONTROL, ActType.ROUND}

    assert max(map(len, told)) == 1
    assert {"US threat", *THREAT_ENDS, "round of talks", "call of the leaders"} <= seen
    for done, found in zip(record, told, strict=True):
        port_fees = done.leg in {"port_fees", "visas", "buyer_freeze"}
        if done.type in judged and not port_fees:
            assert len(found) == 1, done
        if done.type == ActType.US_HIKE and done.leg != "s232":
            assert len(found) == 1, done


def test_hikes_that_carry_out_a_threat_are_told_from_those_that_do_not() -> None:
    """One is an end of the threat, the other a choice of its own."""
    # Fails if `executes` is not looked at.
    (ended,) = channels_of(act(ActType.US_HIKE, "reciprocal", executes=True))
    (unasked,) = channels_of(act(ActType.US_HIKE, "reciprocal"))

    assert ended.places == (act_rates.EXECUTED,)
    assert chosen(US, Act.HIKE) in unasked.places


def test_meetings_are_no_calls_and_signatures_no_prolonging() -> None:
    """They are judged by what is signed there."""
    # Fails if a meeting counts as a call, or every truce as a pause prolonged.
    assert channels_of(act(ActType.CONTACT, "meeting")) == []
    assert channels_of(act(ActType.TRUCE, "truce")) == []
    assert [c.name for c in channels_of(act(ActType.TRUCE, "extension"))] == ["pause prolonged"]
    (call,) = channels_of(act(ActType.CONTACT, "call"))
    assert set(call.places) == {chosen(US, Act.CALL_LEADER), chosen(CN, Act.CALL_LEADER)}


def test_membership_adds_up_the_rates_of_each_channel() -> None:
    """A rate belongs to one channel or none."""
    # Fails if a rate is counted in two channels, or a column is out of order.
    found = membership()
    rates = np.arange(1.0, N_RATES + 1.0)

    assert found.shape == (N_RATES, len(CHANNELS))
    assert found.sum(axis=1).max() == 1.0
    for channel in CHANNELS:
        assert (rates @ found)[PLACES[channel.name]] == sum(rates[p] for p in channel.places)
