"""D10: package deals, minerals for technology among them, are signed only where both gain."""

from __future__ import annotations

import pytest

from sim.model.bargain.bundles import apply_named_bundle
from sim.model.bargain.clauses import GIVER
from sim.model.bargain.logroll import apply_table
from sim.model.bargain.signature import apply_signature, sign_probability
from sim.model.bargain.worth import bundle_gain
from sim.model.tables.codes import (
    CN,
    LEADERS,
    PACKAGE_INVESTMENT,
    PACKAGE_PURCHASES,
    PACKAGE_SWAP,
    RARE_EARTHS,
    TECH,
    US,
    VISAS,
)
from sim.model.tables.fields import copy_record
from sim.model.tables.vocabulary import Clause
from tests.mission.helpers import GRAND, INVESTMENT, JUNE, OCTOBER, Bundle, bundles, lay_out, sign
from tests.mission.plays import resolved, start, tapes

SQUEEZE = "rare-earth-squeeze"
CASES = (
    (OCTOBER, "2025-11-12"),
    (JUNE, "2025-08-20"),
    (SQUEEZE, "2025-11-20"),
    (INVESTMENT, "2025-07-31"),
    (GRAND, "2025-08-10"),
)
PURCHASES = {"soybeans", "farm", "energy", "aircraft", "other_goods"}
STRUCTURES = {"wholly_owned", "minority_stake", "licence"}


def signed(name: str, until: str, runs: int = 60) -> list[Bundle]:
    """Returns the bundles signed in some runs, with what each side gains beyond its reserve;
    prolonging a pause has terms of its own."""
    return [
        bundle
        for tape in tapes(
            resolved(name, (), until),
            range(runs),
            lambda s, p: list(s.signed_gain),
        )
        for bundle in bundles(tape)
        if bundle.name != "extension"
    ]


@pytest.mark.parametrize(("name", "until"), CASES)
def test_D10_both_sides_gain_in_every_signed_package(name: str, until: str) -> None:
    """Nearly every signature leaves both sides above their reservation values, and every one above
    these less five times their softness, where one in 150 would sign."""
    gains = [min(bundle.seen) for bundle in signed(name, until)]
    softness = resolved(name).parameters["bargain.reserve_softness"].value
    assert len(gains) >= 3
    assert min(gains) > -5.0 * softness
    assert sum(gain > 0.0 for gain in gains) >= 0.85 * len(gains)


def test_D10_the_exchanges_of_the_articles_occur() -> None:
    """Over these scenarios runs sign rare earths for technology or visas (E372), purchases or
    investment and minerals for relief from technology controls (E200), purchases for relief from
    duties, and investment."""
    found = [bundle.clauses for name, until in CASES for bundle in signed(name, until, 180)]
    assert any("minerals" in c and c & {"tech", "visas"} for c in found)
    assert any({"minerals", "tech"} <= c and c & PURCHASES for c in found)
    assert any({"minerals", "tech"} <= c and c & STRUCTURES for c in found)
    assert any(c & PURCHASES and c & {"reciprocal_cut", "fentanyl_cut", "pause"} for c in found)
    assert sum(bool(c & STRUCTURES) for c in found) > 3


def test_D10_bundles_trade_what_the_sides_weigh_differently() -> None:
    """Most bundles beyond a bare pause hold something that each side alone gives."""
    ours = {"tech", "visas", "us_listings", "reciprocal_cut", "fentanyl_cut", "threat_off"}
    ours |= {"threat_later", "inbound", "outbound", "pause"}
    theirs = {"minerals", "cn_listings", "probes", "precursors", "nuclear", "dollar"}
    theirs |= PURCHASES | STRUCTURES | {"north_korea", "ukraine", "market_opening", "secrets"}
    theirs |= {"app", "cn_cut", "cn_lists", "pause"}
    broad = [b.clauses for name, until in CASES for b in signed(name, until) if len(b.clauses) > 1]
    assert len(broad) > 20
    assert sum(bool(c & ours and c & theirs) for c in broad) > 0.8 * len(broad)


@pytest.mark.parametrize("loser", [US, CN])
def test_D10_a_side_below_its_walk_away_value_never_signs(loser: int) -> None:
    """A clause that leaves a side worse off has no chance with it, whatever the glory."""
    state, params = start(OCTOBER)
    params.landmark_bonus[loser] = 100.0
    for clause in Clause:
        apply_table(state, params, US, LEADERS, False, forced=False)
        if clause == Clause.PROLONG or state.units[clause] == 0.0:
            continue
        lay_out(state, params, clause)
        state.gain[loser][clause] -= 50.0
        assert bundle_gain(state, params, loser) < 0.0
        assert sign_probability(state, params, loser) < 1e-12


def test_D10_ministers_take_back_nothing_that_was_offered_when_leaders_met() -> None:
    """In the fortnight after a meeting at which an offer was refused, a side that puts a bundle
    before ministers still gives all it offered, as far as they may sign it, and asks for nothing
    that it did not ask of the other leader."""
    found = 0
    for tape in tapes(resolved(OCTOBER, (), "2025-11-30"), range(250), lambda s, p: copy_record(s)):
        for note in tape.of("bundle_refused"):
            state, side = note.seen, 1 - int(note.side or 0)
            made = state.stood_day[side]
            ended = max(state.last_signed_day + 1, state.cause_day[side])
            if not 0 < made < note.day <= made + 14 or ended > made:
                continue
            found += 1
            for clause in Clause:
                stood = state.stood[side][clause] > 0.0
                if GIVER[clause] == side and state.units[clause] > 0.0:
                    assert state.offer[clause] > 0.0 or not stood
                elif GIVER[clause] == 1 - side:
                    assert stood or state.offer[clause] == 0.0
    assert found > 10


def test_D10_the_swap_trades_minerals_for_technology() -> None:
    """The bundle known as a swap eases rare earths and technology controls together, by one level
    each; visas can be had for minerals too."""
    state, params = start(JUNE)
    minerals, tech = state.control[CN][RARE_EARTHS], state.control[US][TECH]
    apply_named_bundle(state, params, PACKAGE_SWAP, forced=False)
    apply_signature(state, params, False)
    assert state.control[CN][RARE_EARTHS] == minerals - 1
    assert state.control[US][TECH] == tech - 1
    state, params = start(JUNE)
    assert sign(state, params, Clause.MINERALS, Clause.VISAS) == PACKAGE_SWAP
    assert (state.control[CN][RARE_EARTHS], state.control[US][VISAS]) == (minerals - 1, 0)


def test_D10_purchases_and_investment_buy_tariff_relief() -> None:
    """Purchases bring a pledge, investment a review, and both lower the US reciprocal duty."""
    state, params = start(JUNE)
    before = sum(state.duty_pp[US])
    apply_named_bundle(state, params, PACKAGE_PURCHASES, forced=False)
    assert apply_signature(state, params, False) == PACKAGE_PURCHASES
    assert sum(state.pledged_usd_bn[1]) > 0.0
    assert sum(state.duty_pp[US]) < before
    state, params = start(JUNE, (("issue.investment", "true"),))
    apply_named_bundle(state, params, PACKAGE_INVESTMENT, forced=False)
    assert apply_signature(state, params, False) == PACKAGE_INVESTMENT
    assert state.approval_due > state.day
    assert sum(state.duty_pp[US]) < before
