"""D10: package deals, minerals for technology among them, are signed only where both gain."""

from __future__ import annotations

import pytest

from sim.model.bargain.signature import apply_package, sign_probability
from sim.model.bargain.worth import package_gain
from sim.model.tables.codes import (
    CN,
    LEADERS,
    N_PACKAGES,
    PACKAGE_EXTENSION,
    PACKAGE_INVESTMENT,
    PACKAGE_PURCHASES,
    PACKAGE_SWAP,
    RARE_EARTHS,
    TECH,
    US,
)
from sim.model.tables.vocabulary import Package
from tests.mission.plays import resolved, start, tapes

SIGNATURES = tuple(f"sign_{package.name.lower()}" for package in Package)
CASES = (
    ("october-2025-apec", "2025-11-12"),
    ("june-2025-resumed-talks", "2025-08-20"),
    ("rare-earth-squeeze", "2025-11-20"),
    ("investment-deal", "2025-07-31"),
)


@pytest.mark.parametrize(("name", "until"), CASES)
def test_D10_both_sides_gain_in_every_signed_package(name: str, until: str) -> None:
    """Every signature of a run leaves both sides above their reservation values, but for the
    softness of these; prolonging a pause has terms of its own."""
    scenario = resolved(name, (), until)
    signed = [
        note
        for tape in tapes(
            scenario,
            range(60),
            lambda s, p: [g - r for g, r in zip(s.signed_gain, s.reserve, strict=True)],
        )
        for note in tape.of(*SIGNATURES)
        if note.kind != "sign_extension"
    ]
    softness = scenario.parameters["bargain.reserve_softness"].value
    assert signed
    assert min(min(note.seen) for note in signed) > -8.0 * softness


def test_D10_middling_packages_do_get_signed() -> None:
    """In October 2025 packages beyond a bare extension are signed in some runs."""
    scenario = resolved("october-2025-apec", (), "2025-11-12")
    kinds = {note.kind for tape in tapes(scenario, range(60)) for note in tape.of(*SIGNATURES)}
    assert kinds & {"sign_swap", "sign_purchases"}


@pytest.mark.parametrize("loser", [US, CN])
def test_D10_a_side_below_its_walk_away_value_never_signs(loser: int) -> None:
    """A package that leaves a side worse off has no chance with it, whatever the glory."""
    state, params = start("october-2025-apec")
    params.landmark_bonus[loser] = 100.0
    for package in range(N_PACKAGES):
        if package == PACKAGE_EXTENSION:
            continue
        for issue in range(len(params.issue_weight[loser])):
            params.issue_weight[loser][issue] -= 50.0
        assert package_gain(state, params, loser, package) < 0.0
        assert sign_probability(state, params, loser, package, LEADERS) < 1e-12
        for issue in range(len(params.issue_weight[loser])):
            params.issue_weight[loser][issue] += 50.0


def test_D10_the_swap_trades_minerals_for_technology() -> None:
    """The swap eases rare earths and technology controls together, by one level each."""
    state, params = start("june-2025-resumed-talks")
    minerals, tech = state.control[CN][RARE_EARTHS], state.control[US][TECH]
    apply_package(state, params, PACKAGE_SWAP)
    assert state.control[CN][RARE_EARTHS] == minerals - 1
    assert state.control[US][TECH] == tech - 1


def test_D10_purchases_and_investment_buy_tariff_relief() -> None:
    """Purchases bring a pledge, investment brings jobs, and both lower the US reciprocal duty."""
    state, params = start("june-2025-resumed-talks")
    before = sum(state.duty_pp[US])
    apply_package(state, params, PACKAGE_PURCHASES)
    assert sum(state.pledged_usd_bn[1]) > 0.0
    assert sum(state.duty_pp[US]) < before
    state, params = start("june-2025-resumed-talks")
    apply_package(state, params, PACKAGE_INVESTMENT)
    assert state.jobs > 0.0
    assert state.investment_usd_bn > 0.0
    assert sum(state.duty_pp[US]) < before
