"""What every act and every package has to fulfil; each check raises AssertionError."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sim.engine.chronicle import ChronicleRecorder
from sim.engine.happenings import WORDS
from sim.engine.interventions import force
from sim.engine.plan import NO_SIZE, make_plan
from sim.engine.sites import COLUMNS
from sim.engine.world import World, opening
from sim.model.bargain import table
from sim.model.bargain.packages import PackageRow
from sim.model.governments import menu
from sim.model.governments.acts import ActRow, nothing
from sim.model.tables.codes import LEADERS, MINISTERS, US
from sim.model.tables.fields import copy_record
from sim.model.tables.vocabulary import SIGN_FIRST, Act, Rank, signature_name
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
        _check_trace(side, row.act, row.act.name.lower(), row.text)


def check_package_words(row: PackageRow) -> None:
    """It can be told: as a whole sentence, and after `no`."""
    words = WORDS[signature_name(row.package)]
    assert words.text == row.text != ""
    assert words.noun == row.noun != ""
    assert row.text[0].isupper()
    assert not row.text.endswith(".")


def check_package_feasibility(row: PackageRow, pool: Sequence[Situation]) -> None:
    """Leaders can table it somewhere and not everywhere; ministers only if its row lets them."""
    answers = {table.is_open(s.state, s.params, row.package, LEADERS) for s in pool}
    assert answers == {True, False}, f"{row.package.name}: {answers}"
    by_ministers = {table.is_open(s.state, s.params, row.package, MINISTERS) for s in pool}
    assert (True in by_ministers) == (row.lowest_rank == Rank.MINISTERS)


def check_package_terms(row: PackageRow, pool: Sequence[Situation]) -> None:
    """It changes what its row lists where it can be tabled, each field somewhere."""
    found: set[str] = set()
    for situation in pool:
        if table.is_open(situation.state, situation.params, row.package, LEADERS):
            after = copy_record(situation.state)
            table.apply_terms(after, situation.params, row.package)
            found |= changed(situation.state, after)
    _check_changes(row.package.name, row.changes, found)


def check_package_amounts(row: PackageRow, pool: Sequence[Situation]) -> None:
    """Each clause its row names holds something somewhere; an extension holds none."""
    for clause in row.units:
        amounts = [table.clause_amount(s.state, s.params, row.package, clause) for s in pool]
        assert any(amount > 0.0 for amount in amounts), f"{row.package.name}: {clause.name}"


def check_package_is_traced(row: PackageRow) -> None:
    """Forced on a day, it stands in the chronicle in its own words."""
    _check_trace(US, SIGN_FIRST + row.package, signature_name(row.package), row.text)


def _check_trace(side: int, act: int, name: str, words: str) -> None:
    resolved = resolve("october-2025-apec")
    plan = make_plan(resolved)
    params, state = opening(resolved, None)
    recorder = ChronicleRecorder()
    world = World(plan, state, params, [[0.001] * len(COLUMNS)], recorder)
    force(world, side, act, NO_SIZE)
    assert [event.act for event in recorder.events] == [name]
    assert words in recorder.events[0].text
