"""Parameters of governments: rows, names, shipped values."""

from __future__ import annotations

import pytest

from sim.model.tables.parameters.governments import CONTRASTS, WEIGHTS, GovernmentParams
from sim.model.tables.params import Params
from sim.model.tables.vocabulary import CHOICES, Act, Feature, Side
from tests.unit.model.tables.subjects import check_rows, check_values, names, value


def test_rows_are_sound_and_have_values() -> None:
    """Every row has a name, a unit, a meaning and a shipped value in its unit."""
    # Fails if a row or its value is missing, or a unit differs.
    check_rows(GovernmentParams, Params)
    check_values(GovernmentParams)


@pytest.mark.parametrize("side", Side)
def test_a_side_has_a_rate_for_every_act_it_may_choose(side: Side) -> None:
    """And for none of the other side's, nor for what follows from acts."""
    # Fails if an act loses its rate, or a rate has no act.
    head = f"{side.name.lower()}.rate."
    rates = [name for name in names(GovernmentParams, Params, "act_rate") if name.startswith(head)]
    chosen = [act for act in Act if act in CHOICES and side in act.sides]

    assert rates == [f"{head}{act.name.lower()}" for act in chosen]
    assert min(value(rate) for rate in rates) > 0.0


@pytest.mark.parametrize(
    ("side", "missing"),
    [
        (Side.US, {Feature.FACE, Feature.DELAY}),
        (Side.CN, {Feature.MARKET, Feature.RED_LINE, Feature.CREDIBILITY, Feature.RELIANCE}),
    ],
)
def test_a_side_weighs_what_it_minds(side: Side, missing: set[Feature]) -> None:
    """Face and delay are China's, markets, red lines and pledges to voters Washington's."""
    # Fails if a side weighs what none of its signals carries.
    assert set(Feature) - set(WEIGHTS[side]) == missing
    head = f"{side.name.lower()}.weight."
    weighed = [n for n in names(GovernmentParams, Params, "weight") if n.startswith(head)]
    assert weighed == [f"{head}{f.name.lower()}" for f in Feature if f not in missing]


def test_contrasts_exist_where_they_are_listed() -> None:
    """A faction pulls on the features its row names, and on no other."""
    # Fails if a contrast is added or lost.
    expected = {
        f"us.{faction}.contrast.{feature}"
        for faction, features in (
            ("doves", ("leverage", "landmark", "security")),
            ("hawks", ("leverage", "landmark", "security", "red_line")),
            ("congress", ("security",)),
            ("lobby", ("landmark", "leverage")),
        )
        for feature in features
    } | {
        "cn.planners.contrast.landmark",
        "cn.planners.contrast.delay",
        "cn.sceptics.contrast.landmark",
        "cn.sceptics.contrast.reciprocity",
    }

    assert set(names(GovernmentParams, Params, "contrast")) == expected
    assert sum(len(features) for features in CONTRASTS.values()) == len(expected)


def test_usual_influences_add_up_to_one_on_each_side() -> None:
    """Four factions in Washington, two in Beijing."""
    # Fails if a faction is added without taking from the others.
    factions = names(GovernmentParams, Params, "influence_base")
    assert factions == [
        "us.doves.influence_base",
        "us.hawks.influence_base",
        "us.congress.influence_base",
        "us.lobby.influence_base",
        "cn.planners.influence_base",
        "cn.sceptics.influence_base",
    ]

    assert sum(value(name) for name in factions[:4]) == pytest.approx(1.0)
    assert sum(value(name) for name in factions[4:]) == pytest.approx(1.0)


def test_hawks_and_doves_pull_in_opposite_directions() -> None:
    """On leverage, landmark and security alike, and so do planners and sceptics on a landmark."""
    # Fails if the sign of a contrast is turned.
    for feature in ("leverage", "landmark", "security"):
        hawks, doves = (value(f"us.{f}.contrast.{feature}") for f in ("hawks", "doves"))
        assert hawks * doves < 0.0
    assert value("cn.planners.contrast.landmark") > 0.0 > value("cn.sceptics.contrast.landmark")


def test_loadings_are_no_parameters_of_a_scenario() -> None:
    """They stand in the rows of acts; compiled code reads a copy."""
    # Fails if a scenario could set them.
    assert names(GovernmentParams, Params, "loading") == []
