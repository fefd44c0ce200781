"""What a row of a schedule can put points on."""

from __future__ import annotations

import pytest

from sim.economy.sectors import GOODS
from sim.model.tables.codes import CN, FENTANYL, FULL_REPLY, US
from sim.scenario.duty_targets import LAYERS, UnknownTargetError, find_target, parts_of


@pytest.mark.parametrize(
    ("side", "text", "target"),
    [
        ("us", "fentanyl", "fentanyl"),
        ("us", " Reciprocal ", "reciprocal"),
        ("us", "all", "threatened"),
        ("cn", "ALL", "full_reply"),
        ("us", "everyone else", "everyone_else"),
        ("us", "toys", "us.toys"),
        ("us", "us.toys", "us.toys"),
        ("us", "Metal Products", "us.metal_products"),
        ("cn", "soybeans", "cn.soybeans"),
        ("us", "machinery", "us.machinery"),
        ("cn", "machinery", "cn.machinery"),
        ("us", "hs85", "hs85"),
        ("us", "HS 85", "hs85"),
        ("us", "85", "hs85"),
        ("us", "8", "hs08"),
        ("us", "hs_08", "hs08"),
    ],
)
def test_targets_are_found(side: str, text: str, target: str) -> None:
    """However they are written; a sector belongs to the side of its row."""
    # Fails if a spelling is refused, or a sector is looked for among the other side's imports.
    assert find_target(side, text) == target


@pytest.mark.parametrize(
    ("side", "text", "said"),
    [
        ("us", "fentanil", "did you mean fentanyl"),
        ("us", "tyos", "did you mean toys"),
        ("us", "xyz", "layers s301, .* sectors phones, .* chapters hs01 to hs97"),
        ("cn", "xyz", "layers s301_reply, partial_reply, full_reply; sectors soybeans"),
        ("us", "soybeans", "belongs to side cn"),
        ("us", "full_reply", "belongs to side cn"),
        ("cn", "us.toys", "the side of its duties is us"),
        ("cn", "everyone_else", "for US duties"),
        ("cn", "hs85", "US imports only, because .* use a sector: soybeans, "),
        ("us", "8517", "two digits, as hs85"),
        ("us", "hs98", "in no sector"),
        ("us", "hs77", "no sector holds goods of chapter 77"),
        ("us", "hs00", "chapter 00"),
        ("us", "", "'' is nothing"),
    ],
)
def test_what_is_no_target_says_what_is(side: str, text: str, said: str) -> None:
    """The nearest name, the other side, or all names."""
    # Fails if a wrong name is taken for another, or refused without help.
    with pytest.raises(UnknownTargetError, match=said):
        find_target(side, text)


def test_layers_have_the_codes_of_the_model() -> None:
    """By side and name; a code without a name on a side is left out."""
    assert LAYERS["us", "fentanyl"] == (US, FENTANYL)
    assert LAYERS["cn", "full_reply"] == (CN, FULL_REPLY)
    assert len(LAYERS) == 9


def test_goods_of_a_target() -> None:
    """A sector is one whole good, a chapter the parts of some; a layer is neither."""
    # Fails if a chapter falls on whole sectors, of which it has only a part.
    assert parts_of("us.toys") == ((GOODS.index("us.toys"), 1.0),)
    shares = {GOODS[good]: share for good, share in parts_of("hs85")}
    assert shares["us.phones"] == 1.0
    assert shares["us.appliances"] == pytest.approx(9.643 / 13.12, abs=0.001)
    assert parts_of("fentanyl") == parts_of("everyone_else") == ()
