"""Parameters of words: rows, names, shipped values."""

from __future__ import annotations

from sim.model.tables.parameters.words import WordParams
from sim.model.tables.params import Params
from tests.unit.model.tables.subjects import check_rising, check_rows, check_values, names, value


def test_rows_are_sound_and_have_values() -> None:
    """Every row has a name, a unit, a meaning and a shipped value in its unit."""
    # Fails if a row or its value is missing, or a unit differs.
    check_rows(WordParams, Params)
    check_values(WordParams)


def test_silence_has_no_numbers() -> None:
    """The three kinds of posts have odds, strength and warmth."""
    # Fails if silence gets a name, or a kind loses one.
    for what in ("odds", "strength", "warmth"):
        assert names(WordParams, Params, f"post_{what}") == [
            f"us.remark.{kind}_{what}" for kind in ("praise", "optimism", "frustration")
        ]


def test_washington_overstates_and_beijing_plays_down() -> None:
    """Their biases lie on either side of what is so."""
    # Fails if the biases are exchanged.
    assert value("cn.readout.bias") < 0.0 < value("us.readout.bias")


def test_words_weigh_less_than_deeds() -> None:
    """A line less than a contact, a post less than a rebuke, hopes by words less than by a
    confirmation."""
    # Fails if words outweigh what they speak of.
    check_rising("tension.relief_per_line", "tension.relief_per_contact")
    check_rising("tension.per_post", "tension.per_rebuke", "tension.per_measure")
    check_rising("us.remark.optimism", "cn.line.optimism", "summit.optimism_per_confirmation")
    check_rising("us.remark.market_relief", "us.readout.market_relief", "market.relief")
