"""Where pairs of runs part, and what of a difference that makes."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim import api
from sim.engine.blocks import EVENT
from sim.engine.happenings import CODES, NOBODY
from sim.errors import CheckFailedError, NotFoundError
from sim.experiment.compare.comparison import NotComparable, compare
from sim.experiment.compare.pair_replay import Pairs, play_pairs
from sim.experiment.compare.partings import (
    TOLD,
    Divergence,
    Move,
    divergence,
    gap_columns,
    part_ways,
)
from sim.experiment.outcomes.stories import Seen, split, stories
from sim.experiment.runs.batch import Batch
from sim.experiment.store.parquet import RunRows
from sim.model.tables.codes import CN, US

UNTIL = "2025-06-20"
DAY = 739_400
HIKE, MIRROR, CALL, EXTENSION = (
    CODES[name] for name in ("hike", "reply_mirror", "call_leader", "sign_extension")
)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A results folder of these tests' own."""
    return tmp_path_factory.mktemp("results")


@pytest.fixture(scope="session")
def beijing(folder: Path) -> Batch:
    """Sixty runs of the one venue."""
    return api.run("summit-in-beijing", n=60, until=UNTIL, results=folder).batch


@pytest.fixture(scope="session")
def washington(folder: Path) -> Batch:
    """Sixty runs of the other."""
    return api.run("summit-in-washington", n=60, until=UNTIL, results=folder).batch


@pytest.fixture(scope="session")
def parted(beijing: Batch, washington: Batch) -> Divergence:
    """Where the two part."""
    return divergence(beijing, washington)


def seen(day: int, act: int = HIKE, side: int = US, size: float = 0.0, agreed: int = -1) -> Seen:
    """An event."""
    return Seen(DAY + day, side, act, agreed, size)


def events(*rows: tuple[int, Seen]) -> np.ndarray:
    """Events as an engine records them, from (replicate, event) pairs."""
    table = [(r, e.day, e.side, e.act, e.agreed if e.agreed >= 0 else e.size) for r, e in rows]
    return np.array(table, dtype=EVENT)


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ([seen(1), seen(2)], [seen(1), seen(2)], None),
        ([seen(1), seen(3)], [seen(1)], (3, seen(3), None)),
        ([seen(1), seen(3)], [seen(1), seen(2)], (2, None, seen(2))),
        ([seen(1, HIKE)], [seen(1, CALL)], (1, seen(1, HIKE), seen(1, CALL))),
        # Something more on the same day is what they part by, not what comes after it in both.
        ([seen(1, HIKE), seen(1, CALL)], [seen(1, CALL)], (1, seen(1, HIKE), None)),
        ([seen(1, size=50.0)], [seen(1, size=60.0)], (1, seen(1, size=50.0), seen(1, size=60.0))),
        ([seen(1, HIKE), seen(1, CALL)], [seen(1, CALL), seen(1, HIKE)],
         (1, seen(1, HIKE), seen(1, CALL))),
    ],
)  # fmt: skip
def test_two_stories_part_at_their_first_difference(
    ours: list[Seen], theirs: list[Seen], expected: tuple[int, Seen | None, Seen | None] | None
) -> None:
    """The earlier day counts, and what one has that day and the other has not."""
    found = split(ours, theirs)

    assert found == (expected and (DAY + expected[0], *expected[1:]))


def test_what_reads_the_same_is_the_same() -> None:
    """The size of a signature is hidden from the world, that of an approach is the answer, and
    amounts count to the hundredth."""
    table = np.array(
        [
            (0, DAY, NOBODY, EXTENSION, 1.3),
            (0, DAY, US, CALL, 1.0),
            (0, DAY, CN, CODES["deliveries"], 0.661),
            (1, DAY, NOBODY, EXTENSION, 0.2),
            (1, DAY, US, CALL, 0.0),
            (1, DAY, CN, CODES["deliveries"], 0.663),
        ],
        dtype=EVENT,
    )
    ours, theirs = stories(table, 2, DAY, DAY)

    assert ours[0] == theirs[0]
    assert (ours[1].agreed, theirs[1].agreed) == (1, 0)
    assert ours[2] == theirs[2]


def test_partings_and_their_gaps_are_those_put_in(beijing: Batch, washington: Batch) -> None:
    """Of six pairs three part as the US raises duties in a, one by China's mirror of another size,
    one differs in a number alone, one in nothing; each accounts for what was put into it."""
    n = 6
    values = {name: column[:n].copy() for name, column in beijing.values.items()}
    theirs = {name: column.copy() for name, column in values.items()}
    values["us_addon_pp"][:] = 0.0
    theirs["us_addon_pp"][:] = 0.0
    values["us_addon_pp"][[0, 1, 2]] = 10.0
    values["us_addon_pp"][3] = 4.0
    theirs["us_addon_pp"][3] = 1.0
    values["us_addon_pp"][4] = -6.0
    both = [(r, seen(0, CALL, US, agreed=1)) for r in range(n)]
    ours = sorted([*both, (0, seen(5)), (1, seen(5)), (2, seen(9)), (3, seen(7, MIRROR, CN, 50.0))])
    other = sorted([*both, (3, seen(7, MIRROR, CN, 34.0))])
    shifted = beijing.resolved.start - DAY
    pairs = Pairs(
        beijing,
        washington,
        n,
        RunRows(0, n, values, {}, events=_moved(events(*ours), shifted)),
        RunRows(0, n, theirs, {}, events=_moved(events(*other), shifted)),
        np.ones(n, np.bool_),
        None,
    )
    found = part_ways(pairs, gap_columns(beijing, washington, "us_addon_pp"))
    start = beijing.resolved.start

    assert [(p.kind, p.a, p.b, p.pairs) for p in found.partings] == [
        ("event", Move(US, HIKE), None, 3),
        ("event", Move(CN, MIRROR), Move(CN, MIRROR), 1),
        ("numbers", None, None, 1),
    ]
    assert [(p.day, p.on_day, p.first, p.last) for p in found.partings[:2]] == [
        (start + 5, 2, start + 5, start + 9),
        (start + 7, 1, start + 7, start + 7),
    ]
    assert (found.partings[1].sizes_a, found.partings[1].sizes_b) == ((50.0, 50.0), (34.0, 34.0))
    assert [p.effects[0].estimate.value for p in found.partings] == [5.0, 0.5, -1.0]
    assert found.totals[0].estimate.value == 4.5
    assert [p.effects[0].of_total for p in found.partings] == pytest.approx([10 / 9, 1 / 9, -2 / 9])
    assert found.never.value == pytest.approx(1 / 6)
    assert found.changed.tolist() == [True] * 5 + [False]


def _moved(table: np.ndarray, days: int) -> np.ndarray:
    table["day"] += days
    return table


def test_a_batch_never_parts_from_itself(beijing: Batch) -> None:
    """In every pair nothing differs, and every difference is exactly 0."""
    found = divergence(beijing, beijing)

    assert found.partings == ()
    assert found.never.value == 1.0
    assert {effect.estimate.value for effect in found.totals} == {0.0}


def test_the_parts_add_up_to_the_difference(
    beijing: Batch, washington: Batch, parted: Divergence
) -> None:
    """For every headline outcome the effects sum to what `compare` finds between the same runs, and
    shares to 1."""
    differences = {
        (d.outcome, d.label): d.difference for d in compare(beijing, washington).differences
    }
    for place, total in enumerate(parted.totals):
        whole = differences[total.outcome, total.label]
        parts = sum(p.effects[place].estimate.value for p in parted.partings)

        assert total.estimate.value == pytest.approx(whole.value, abs=1e-12)
        assert (total.estimate.low, total.estimate.high) == pytest.approx((whole.low, whole.high))
        assert parts == pytest.approx(whole.value, abs=1e-9)
    shares = [p.share.value for p in parted.partings]
    assert sum(shares) + parted.never.value == pytest.approx(1.0)
    assert len(parted.partings) <= TOLD + 2
    assert sum(
        effect.of_total for p in parted.partings for effect in p.effects[:1]
    ) == pytest.approx(1.0)


def test_the_surest_difference_comes_first(parted: Divergence) -> None:
    """Differences stand in the order of how many standard errors they are from 0."""
    sizes = [abs(g.estimate.value) / (g.estimate.error or np.inf) for g in parted.totals]

    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > 0.0


def test_json_holds_every_part(parted: Divergence) -> None:
    """It can be written, names acts and days, and has a effect of each outcome for each parting."""
    told = json.loads(json.dumps(parted.to_json(), allow_nan=False))

    assert {len(p["effects"]) for p in told["partings"]} == {len(told["totals"])}
    first = told["partings"][0]
    assert first["kind"] == "event"
    assert first["first_day"] <= first["commonest_day"] <= first["last_day"]
    assert {"side", "act", "agreed"} == set(first["a"] or first["b"])


def test_drawn_parameters_are_drawn_again(folder: Path) -> None:
    """Under priors the pairs played again are those of the batch, and clusters are its vectors."""
    drawn = [
        api.run(name, n=30, until=UNTIL, parameters="prior", per_vector=5, results=folder).batch
        for name in ("summit-in-beijing", "summit-in-washington")
    ]
    pairs = play_pairs(*drawn)

    assert pairs.clusters is not None
    assert pairs.clusters.tolist() == [i // 5 for i in range(30)]
    for name, values in pairs.of_b.values.items():
        assert np.array_equal(values, drawn[1].values[name], equal_nan=values.dtype.kind == "f")


def test_where_pairs_part_depends_on_no_engine(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many pairs are looked at, and the same is told, whichever engine plays them."""
    sides = [
        api.run(name, n=210, until="2025-03-22", results=folder).batch
        for name in ("march-2025-escalation", "hawks-prevail")
    ]
    told = []
    for engine in ("simpy", "compiled"):
        monkeypatch.setattr(
            "sim.experiment.compare.pair_replay.choose_engine", lambda *_, engine=engine: engine
        )
        told.append(divergence(*sides).to_json())

    assert told[0]["pairs"] == 210
    assert told[0] == told[1]


def test_pairs_that_do_not_count_do_not_part(beijing: Batch, washington: Batch) -> None:
    """Under a condition the shares are of the pairs that meet it on both sides."""
    meets = np.arange(60) < 20
    some = divergence(
        replace(beijing, given=("x",), meets=meets), replace(washington, given=("x",), meets=meets)
    )

    assert (some.pairs, some.of) == (20, 60)
    assert not some.changed[20:].any()
    assert sum(p.pairs for p in some.partings) == some.changed.sum()
    assert some.left_out == 0
    fewer = divergence(
        replace(beijing, given=("x",), meets=meets),
        replace(washington, given=("x",), meets=np.arange(60) < 13),
    )
    assert (fewer.pairs, fewer.left_out) == (13, 7)


def test_only_pairs_with_the_same_luck_are_held_against_each_other(
    beijing: Batch, washington: Batch
) -> None:
    """Batches of two seeds are refused, and so is an outcome they do not have."""
    with pytest.raises(NotComparable, match="share no random draws"):
        divergence(replace(beijing, seed=1), washington)
    with pytest.raises(NotFoundError, match="did you mean us_addon_pp"):
        divergence(beijing, washington, outcome="us_adon_pp")


def test_what_does_not_come_out_as_stored_is_not_told(beijing: Batch, washington: Batch) -> None:
    """A batch another version played is found out."""
    changed = {**beijing.values, "us_addon_pp": beijing.values["us_addon_pp"] + 1.0}

    with pytest.raises(CheckFailedError, match="us_addon_pp differs"):
        divergence(replace(beijing, values=changed), washington)


def test_progress_covers_both_sides(beijing: Batch, washington: Batch) -> None:
    """It ends at twice the pairs."""
    told: list[tuple[int, int]] = []
    divergence(beijing, washington, pairs=20, progress=lambda *now: told.append(now))

    assert told[-1] == (40, 40)
    assert told == sorted(told)
