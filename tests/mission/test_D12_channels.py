"""D12: where all quiet channels are shut, talks wait longer and beliefs are further off."""

from __future__ import annotations

from tests.mission.helpers import MARCH, paired
from tests.mission.plays import Sets, batch

CHANNELS = ("representatives", "strategic", "back", "track_two")
SHUT: Sets = tuple((f"channel.{name}", "false") for name in CHANNELS)


def test_D12_without_channels_talks_wait_longer_and_beliefs_are_off() -> None:
    """On the same luck, shutting all channels makes the wait until talks run longer and what each
    side believes of the other's floor less true."""
    when = "2025-07-08"
    open_ = batch(MARCH, 1200, until=when, at=(when,))
    shut = batch(MARCH, 1200, SHUT, until=when, at=(when,))
    assert paired(open_["talks_running"], shut["talks_running"]).positive
    for side in ("us", "cn"):
        name = f"{side}_belief_error@{when}"
        assert paired(shut[name], open_[name]).positive
