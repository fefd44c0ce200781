"""What every act and every clause has to fulfil; each check raises AssertionError."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sim.engine.chronicle import ChronicleRecorder
from sim.engine.happenings import CLAUSE_NAMES, WORDS, event_text
from sim.engine.interventions import force
from sim.engine.plan import NO_SIZE, make_plan
from sim.engine.processes import put_on_paper
from sim.engine.sites import COLUMNS
from sim.engine.world import World, opening
from sim.model.bargain import table
from sim.model.bargain.clauses import ClauseRow, no_worth
from sim.model.governments import menu
from sim.model.governments.acts import ActRow, nothing
from sim.model.tables.codes import CN, LEADERS, MINISTERS, US
from sim.model.tables.fields import copy_record
from sim.model.tables.vocabulary import AGREE_FIRST, REFUSE_FIRST, Act, Rank
from sim.scenario.load import resolve
from tests.contract.situations import Situation, changed

LUCK = (0.001, 0.999)


def check_act_words(row: ActRow) -> None:
    """It can be told: in the chronicle, in lists of chances, after `no`."""
    name = row.act.name.lower()
    assert row.text.strip() == row.text != ""
    assert row.brief.strip() == row.brief != ""
    assert row.noun.strip() == row.noun != ""
    assert not row.text.endswith(".")
    assert WORDS[name].text == row.text
    assert WORDS[name].noun == row.noun


def check_act_legality(row: ActRow, pool: Sequence[Situation]) -> None:
    """It is legal somewhere for its sides, illegal somewhere, and never for another side."""
    for side in row.act.sides:
        answers = {menu.is_legal(s.state, s.params, side, row.act) for s in pool}
        assert True in answers, f"{row.act.name} is never legal"
        assert False in answers, f"{row.act.name} is always legal"
        if row.act not in ALWAYS:
            opens = {menu.is_open(s.state, s.params, side, row.act) for s in pool}
            assert opens == {True, False}, f"{row.act.name}: its row says {opens} everywhere"
    for side in {0, 1} - set(row.act.sides):
        assert not any(menu.is_legal(s.state, s.params, side, row.act) for s in pool)


ALWAYS = frozenset({Act.WAIT, Act.LIST_ENTITIES, Act.REBUKE})
"""Acts open on any day: only a ban closes them."""


def check_act_effect(row: ActRow, pool: Sequence[Situation]) -> None:
    """It changes what its row lists, each field somewhere, and nothing else anywhere."""
    assert (row.act == Act.WAIT) == (row.effect is nothing)
    found: set[str] = set()
    for situation in pool:
        for side in row.act.sides:
            for u in LUCK:
                after = copy_record(situation.state)
                done = menu.apply_act(after, situation.params, side, row.act, u, 1.0 - u)
                fields = changed(situation.state, after)
                assert row.asks or done, f"{row.act.name} needs a yes and does not say so"
                assert done or not fields, f"{row.act.name} was refused and changed {fields}"
                found |= fields
    _check_changes(row.act.name, row.changes, found)


def _check_changes(name: str, listed: Iterable[str], found: set[str]) -> None:
    listed = set(listed)
    assert found <= listed, f"{name} changes fields its row does not list: {found - listed}"
    assert listed <= found, f"{name} never changes {listed - found}, which its row lists"


def check_act_is_traced(row: ActRow) -> None:
    """Forced on a day, it stands in the chronicle in its own words."""
    for side in row.act.sides:
        _check_trace(side, row.act, row.act.name.lower())


def check_clause_words(row: ClauseRow) -> None:
    """It can be told: agreed, refused, and after `no`."""
    agreed = WORDS[CLAUSE_NAMES[AGREE_FIRST + row.clause]]
    refused = WORDS[CLAUSE_NAMES[REFUSE_FIRST + row.clause]]
    assert row.text.strip() == row.text != ""
    assert row.noun.strip() == row.noun != ""
    assert not row.text.endswith(".")
    assert agreed.text == (row.text if row.giver is not None else f"Both sides {row.text}")
    assert agreed.noun.endswith(row.noun)
    assert refused.text.endswith(row.noun)
    assert refused.noun.endswith(row.noun)


def check_clause_units(row: ClauseRow, tables: Sequence[Situation]) -> None:
    """It is to be had somewhere and not everywhere, and ministers have it only if they may."""
    answers = {table.clause_units(s.state, s.params, row.clause) > 0.0 for s in tables}
    assert answers == {True, False}, f"{row.clause.name}: its row says {answers}"
    units = {rank: _amounts(row, tables, rank) for rank in (MINISTERS, LEADERS)}
    assert any(units[MINISTERS] + units[LEADERS]), f"{row.clause.name} is never to be had"
    assert any(units[MINISTERS]) == (row.lowest_rank == Rank.MINISTERS)


def _amounts(row: ClauseRow, tables: Sequence[Situation], rank: int) -> list[float]:
    here = [s for s in tables if s.state.table_rank == rank]
    return [table.units_on_table(s.state, s.params, row.clause, forced=False) for s in here]


def check_clause_worth(row: ClauseRow, tables: Sequence[Situation]) -> None:
    """The price its row names is something to both sides somewhere."""
    for side in (US, CN):
        found = any(
            table.clause_usd_bn(s.state, s.params, side, row.clause) != 0.0
            for s in tables
            if table.units_on_table(s.state, s.params, row.clause, forced=False) > 0.0
        )
        assert found == (row.usd_bn is not no_worth), f"{row.clause.name} has no price to {side}"


def check_clause_effect(row: ClauseRow, tables: Sequence[Situation]) -> None:
    """It changes what its row lists where it is to be had, each field somewhere, and no other."""
    found: set[str] = set()
    for situation in tables:
        units = table.units_on_table(situation.state, situation.params, row.clause, forced=False)
        if units > 0.0:
            after = copy_record(situation.state)
            table.apply_clause(after, situation.params, row.clause, units)
            found |= changed(situation.state, after)
    _check_changes(row.clause.name, row.changes, found)


def check_clause_is_traced(row: ClauseRow) -> None:
    """Signed on a day, it stands in the chronicle in its own words, under the side that gives."""
    world, recorder = _stage()
    world.state.units[row.clause] = world.state.offer[row.clause] = 1.0
    put_on_paper(world, False)
    (event,) = (e for e in recorder.events if e.act == CLAUSE_NAMES[AGREE_FIRST + row.clause])
    # One unit is ten points of a duty.
    assert row.text.format(size=10.0, s="s") in event.text
    assert event.side == (None if row.giver is None else row.giver.name.lower())


def _check_trace(side: int, act: int, name: str) -> None:
    world, recorder = _stage()
    force(world, side, act, NO_SIZE)
    (event,) = recorder.events
    assert event.act == name
    if act == Act.CALL_LEADER:
        # Both take part in a call, and its line says who asked.
        assert event.text.startswith("The leaders speak by telephone")
        return
    assert event.text.startswith(event_text(name, side, event.size))


def _stage() -> tuple[World, ChronicleRecorder]:
    resolved = resolve("october-2025-apec")
    plan = make_plan(resolved)
    params, state = opening(resolved, None)
    recorder = ChronicleRecorder()
    return World(plan, state, params, [[0.001] * len(COLUMNS)], recorder), recorder
