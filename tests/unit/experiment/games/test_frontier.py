"""Tallies of the bargains of some runs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sim.experiment.games.frontier import Frontier, frontier_of
from sim.experiment.games.meetings import Ending, Meeting, TabledClause, make_proposal
from sim.experiment.runs.batch import run_batch
from sim.experiment.store.results import Store
from sim.model.tables.vocabulary import Clause, Package, Side
from sim.scenario.load import resolve


def table(*shares: float, scale: float = 1.0) -> tuple[TabledClause, ...]:
    """Returns a table of minerals, technology and port fees, of which shares are proposed; what
    Beijing would give is refused by it, what Washington would give by Washington."""
    gains = ((2.0, -1.0), (-1.0, 3.0), (1.0, 1.0))
    clauses = (Clause.MINERALS, Clause.TECH, Clause.PORT_FEES)
    givers = (Side.CN, Side.US, None)
    return tuple(
        TabledClause(clause, 1.0, scale * us, scale * cn, share, None if share else giver)
        for clause, (us, cn), giver, share in zip(clauses, gains, givers, shares, strict=True)
    )


def meeting(
    replicate: int, terms: tuple[TabledClause, ...], ending: Ending, by: Side | None = None
) -> Meeting:
    """Returns a round of ministers at which Washington proposes a swap; reserves are 0."""
    made = make_proposal(Side.US, Package.SWAP, terms, (0.0, 0.0), (0.0, 0.0), ending, by)
    return Meeting(replicate, 1, False, (made,))


# All three clauses: (2, 3), on the frontier. Port fees alone: (1, 1), where (2, 3) was to be had.
# Minerals and port fees: (3, 0), refused.
FOUR = Frontier(
    4,
    (
        meeting(0, table(1.0, 1.0, 1.0), Ending.SIGNED),
        meeting(1, table(0.0, 0.0, 1.0), Ending.SIGNED),
        meeting(2, table(1.0, 0.0, 1.0), Ending.REFUSED, Side.CN),
        meeting(3, table(1.0, 0.0, 1.0, scale=3.0), Ending.WITHHELD, Side.US),
    ),
)


def test_clauses_are_counted_by_hand() -> None:
    """Port fees are agreed twice, the others once; technology is refused three times."""
    port_fees, minerals, tech = FOUR.clauses()

    assert [t.clause for t in (port_fees, minerals, tech)] == [
        Clause.PORT_FEES,
        Clause.MINERALS,
        Clause.TECH,
    ]
    assert [t.offered for t in (port_fees, minerals, tech)] == [4, 4, 4]
    assert [t.struck for t in (port_fees, minerals, tech)] == [2, 1, 1]
    assert [t.refused for t in (port_fees, minerals, tech)] == [(0, 0), (0, 1), (3, 0)]
    assert [t.mutual for t in (port_fees, minerals, tech)] == [4, 0, 0]


def test_mean_gains_have_intervals_over_runs() -> None:
    """Gains of 2, 2, 2 and 6 have mean 3; meetings of one run are one unit."""
    minerals = FOUR.clauses()[1]
    assert minerals.us.value == pytest.approx(3.0)
    assert minerals.cn.value == pytest.approx(-1.5)
    assert minerals.us.low < 3.0 < minerals.us.high < float("inf")

    same = Frontier(
        1, tuple(Meeting(0, i, False, m.proposals) for i, m in enumerate(FOUR.meetings))
    )
    assert same.clauses()[1].us.high == float("inf")


def test_shares_of_meetings_are_counted_by_hand() -> None:
    """Everywhere both could gain; half of these agreed, half of them the best there was."""
    assert FOUR.possible().value == 1.0
    assert FOUR.used().value == 0.5
    assert FOUR.on_frontier().value == 0.5
    assert FOUR.better_for_both().value == 0.5
    # The best product is 2 x 3; the second bundle has 1 x 1.
    assert FOUR.nash_share().value == pytest.approx((1.0 + 1.0 / 6.0) / 2.0)
    assert FOUR.endings() == {
        (Ending.SIGNED, None): 2,
        (Ending.REFUSED, Side.CN): 1,
        (Ending.WITHHELD, Side.US): 1,
    }


def test_bundles_are_tallied_by_name() -> None:
    """Two of four swaps are signed, with three clauses and one; gains are those of the signed."""
    (swap,) = FOUR.bundles()

    assert (swap.proposed, swap.struck) == (4, 2)
    assert swap.size.value == 2.0
    assert [gain.value for gain in swap.gains] == [1.5, 2.0]
    assert [gain.value for gain in swap.beyond] == [1.5, 2.0]


def test_gains_beyond_reserves_leave_the_reserves_out() -> None:
    """A reserve of 1 takes 1 off the gain over walking away, and off what is possible."""
    made = make_proposal(
        Side.US, Package.SWAP, table(1.0, 1.0, 1.0), (0.0, 0.0), (1.0, 3.5), Ending.SIGNED
    )
    found = Frontier(1, (Meeting(0, 1, True, (made,)),))
    (swap,) = found.bundles()

    assert [gain.value for gain in swap.gains] == [2.0, 3.0]
    assert [gain.value for gain in swap.beyond] == [1.0, -0.5]
    # Only {2, 3}, at (-1, 0.5), leaves China more than its reserve.
    assert found.possible().value == 0.0
    assert found.rounds == 0


def test_a_summit_counts_by_its_last_proposal() -> None:
    """Both bundles are tallied, but the clauses and the end of the meeting are Beijing's."""
    first = meeting(0, table(1.0, 0.0, 1.0), Ending.REFUSED, Side.CN).last
    second = make_proposal(
        Side.CN, Package.FENTANYL, table(1.0, 1.0, 1.0), (0.0, 0.0), (0.0, 0.0), Ending.SIGNED
    )
    found = Frontier(1, (Meeting(0, 1, True, (first, second)),))

    assert [t.offered for t in found.clauses()] == [1, 1, 1]
    assert [t.refused for t in found.clauses()] == [(0, 0)] * 3
    assert {t.package: t.proposed for t in found.bundles()} == {
        Package.SWAP: 1,
        Package.FENTANYL: 1,
    }
    assert found.used().value == 1.0


def test_the_object_holds_the_tallies() -> None:
    """Keys of a package and of a clause, with their numbers."""
    told = FOUR.to_json()

    assert (told["runs"], told["meetings"], told["ministers_rounds"], told["struck"]) == (
        4,
        4,
        4,
        2,
    )
    (swap,) = told["packages"]
    assert {key: swap[key] for key in ("package", "proposed", "struck", "refused", "withheld")} == {
        "package": "swap",
        "proposed": 4,
        "struck": 2,
        "refused": 1,
        "withheld": 1,
    }
    tech = told["clauses"][2]
    assert (tech["clause"], tech["refused_us"], tech["refused_cn"]) == ("tech", 3, 0)
    assert {"ending": "refused", "by": "cn", "meetings": 1} in told["endings"]


def test_of_drawn_parameters_every_vector_is_looked_at_first(tmp_path: Path) -> None:
    """Four runs of two vectors of four are two of each, and count as two trials."""
    world = resolve("october-2025-apec", until=date(2025, 11, 20))
    drawn = run_batch(
        world, n=8, parameters="prior", per_vector=4, store=Store(tmp_path), paths="none"
    )
    found = frontier_of(drawn, 4)

    assert found.runs == 4
    assert {meeting.replicate for meeting in found.meetings} <= {0, 4, 1, 5}
    assert {meeting.replicate // 4 for meeting in found.meetings} == {0, 1}
    assert found.per_vector == 4
