"""C7: purchases come by category, soybeans first."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.model.commitments.purchases import apply_pledge, delivered, pledged
from sim.model.tables.codes import ACCORD_NEW, CATEGORY_SOYBEANS, N_CATEGORIES
from tests.mission.helpers import JUNE, OCTOBER
from tests.mission.plays import batch, forced, resolved, start, tapes, variant

UNTIL = "2026-04-10"


def signed(folder: Path) -> str:
    """Returns October 2025 with purchases signed on 30 October and nothing else able to be."""
    return variant(
        folder,
        OCTOBER,
        interventions={"purchases": forced("2025-10-30", {"side": "cn", "act": "sign_purchases"})},
    )


def test_C7_the_categories_of_a_pledge_add_up() -> None:
    """A pledge is split over five categories that add up to the sum pledged."""
    state, params = start(OCTOBER)
    for category in range(N_CATEGORIES):
        apply_pledge(state, params, category)
    parts = state.pledged_usd_bn[ACCORD_NEW]
    assert all(part > 0.0 for part in parts)
    assert sum(parts) == pytest.approx(params.pledge_usd_bn_per_year)
    assert pledged(state, ACCORD_NEW) == pytest.approx(sum(parts))
    assert max(parts) == parts[CATEGORY_SOYBEANS]


def test_C7_soybeans_are_delivered_first(tmp_path: Path) -> None:
    """After a deal of 30 October 2025 the first deliveries are of soybeans alone; farm goods,
    energy and the rest follow in later months."""
    # Without the delays of the categories all five would start together.
    tape_runs = tapes(
        resolved(signed(tmp_path), (), UNTIL),
        range(20),
        lambda s, p: [amount > 0.0 for amount in s.delivered_usd_bn[ACCORD_NEW]],
    )
    for tape in tape_runs:
        months = [note.seen for note in tape.of("deliveries")]
        begun = [month for month in months if any(month)]
        if begun:
            assert begun[0] == [True, False, False, False, False]
        counts = [sum(month) for month in begun]
        assert counts == sorted(counts)
    assert (
        sum(
            any(note.seen[CATEGORY_SOYBEANS] for note in tape.notes if note.kind == "deliveries")
            for tape in tape_runs
        )
        >= 18
    )
    assert max(sum(note.seen) for tape in tape_runs for note in tape.of("deliveries")) >= 4


def test_C7_delivered_categories_add_up_to_the_reported_total(tmp_path: Path) -> None:
    """What is reported as delivered is the sum over the categories, catch-up purchases aside."""
    path = signed(tmp_path)
    reported = batch(path, 20, until=UNTIL)
    for run, tape in enumerate(tapes(resolved(path, (), UNTIL), range(20))):
        parts = tape.end.delivered_usd_bn[ACCORD_NEW]
        assert delivered(tape.end, ACCORD_NEW) == pytest.approx(sum(parts))
        total = sum(parts) + tape.end.catch_up_usd_bn
        assert reported["purchases_delivered_usd_bn"][run] == pytest.approx(total)
        promised = sum(tape.end.pledged_usd_bn[ACCORD_NEW])
        assert reported["purchases_pledged_usd_bn"][run] == pytest.approx(promised)


def test_C7_no_pledge_to_buy_goes_without_soybeans() -> None:
    """Wherever Beijing first pledges to buy goods of any kind, soybeans are among them."""
    others = {f"agree_{name}" for name in ("farm", "energy", "aircraft", "other_goods")}
    deals = 0
    for name in (OCTOBER, JUNE):
        for tape in tapes(resolved(name), range(150)):
            first = [note for note in tape.notes if note.kind in others][:1]
            for note in first:
                deals += 1
                assert any(bean.day <= note.day for bean in tape.of("agree_soybeans"))
    assert deals > 20
