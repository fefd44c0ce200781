"""The closed vocabularies: each side's words, who may act, and what a clause belongs to."""

from __future__ import annotations

from enum import IntEnum

import pytest

from sim.model.tables.vocabulary import (
    ACT_CODES,
    ACT_NAMES,
    CHOICES,
    CLAUSE_ISSUE,
    FACTION_NAMES,
    INSTRUMENT_NAMES,
    LAYER_NAMES,
    NO_PACKAGE,
    PRESSURE_NAMES,
    SIGN_FIRST,
    Act,
    ChinaFaction,
    ChinaInstrument,
    ChinaLayer,
    ChinaPressurePart,
    Clause,
    Faction,
    Instrument,
    Issue,
    Layer,
    Package,
    PressurePart,
    Side,
    names_by_side,
    signature_name,
)


class Ours(IntEnum):
    """Three words of one side."""

    APPLE = 0
    PEAR = 1
    DARK_PLUM = 2


class Theirs(IntEnum):
    """Two words of the other."""

    FIG = 0
    DATE = 2


def test_each_side_has_its_own_word_for_a_code() -> None:
    """Lower case, and none where a side has nothing under a code."""
    # Fails if names are shifted to fill the gap.
    assert names_by_side(Ours, Theirs) == (("apple", "pear", "dark_plum"), ("fig", None, "date"))


@pytest.mark.parametrize(
    ("ours", "theirs", "names"),
    [
        (Layer, ChinaLayer, LAYER_NAMES),
        (Instrument, ChinaInstrument, INSTRUMENT_NAMES),
        (Faction, ChinaFaction, FACTION_NAMES),
        (PressurePart, ChinaPressurePart, PRESSURE_NAMES),
    ],
)
def test_chinas_codes_lie_within_the_american_ones(
    ours: type[IntEnum], theirs: type[IntEnum], names: tuple[tuple[str | None, ...], ...]
) -> None:
    """Arrays of both sides have the length of the American enum, and every word has a place."""
    # Fails if a Chinese code lies beyond the array.
    assert {int(code) for code in theirs} <= {int(code) for code in ours}
    assert [len(row) for row in names] == [len(ours)] * 2
    assert {name for name in names[1] if name} == {code.name.lower() for code in theirs}


def test_port_fees_have_the_same_number_on_both_sides() -> None:
    """Rules of answers in kind and of lifting them together rely on it; so do listings."""
    # Fails if one side's number is changed.
    assert (Instrument.PORT_FEES, Instrument.ENTITIES) == (
        ChinaInstrument.PORT_FEES,
        1 + ChinaInstrument.RARE_EARTHS,
    )
    assert Instrument.ENTITIES == ChinaInstrument.ENTITIES
    assert Layer.RECIPROCAL == ChinaLayer.FULL_REPLY


@pytest.mark.parametrize(
    ("act", "sides"),
    [
        (Act.WAIT, (Side.US, Side.CN)),
        (Act.HIKE, (Side.US,)),
        (Act.REBUKE, (Side.CN,)),
        (Act.SET_PORT_FEES, (Side.US, Side.CN)),
        (Act.EXECUTE_THREAT, (Side.US,)),
        (Act.REPLY_MIRROR, (Side.CN,)),
        (Act.HOLD_ROUND, (Side.US, Side.CN)),
    ],
)
def test_an_act_knows_which_sides_may(act: Act, sides: tuple[Side, ...]) -> None:
    """Acts of one side are not open to the other."""
    # Fails if a side is added or left out.
    assert act.sides == sides


def test_every_act_has_somebody_who_may() -> None:
    """Both sides can wait, and each has choices of its own."""
    # Fails if an act has no side.
    assert all(act.sides for act in Act)
    alone = {side: {a for a in Act if a in CHOICES and a.sides == (side,)} for side in Side}
    assert len(alone[Side.US]) == 13
    assert len(alone[Side.CN]) == 8


def test_an_act_is_its_number() -> None:
    """Members with sides or an issue are integers all the same."""
    # Fails if sides or issue are taken for part of the value.
    assert Act.HIKE == 2
    assert Act(2) is Act.HIKE
    assert Clause.RECIPROCAL_CUT == 2
    assert Clause(2) is Clause.RECIPROCAL_CUT


@pytest.mark.parametrize(
    ("clause", "issue"),
    [
        (Clause.PAUSE, Issue.TARIFFS),
        (Clause.FENTANYL_CUT, Issue.RELIEF),
        (Clause.PRECURSORS, Issue.FENTANYL),
        (Clause.BUYER_FREEZE, Issue.PURCHASES),
        (Clause.PROBES, Issue.CN_LISTINGS),
        (Clause.CATCH_UP, Issue.PURCHASES),
    ],
)
def test_a_clause_knows_its_issue(clause: Clause, issue: Issue) -> None:
    """A duty belongs to the issue that those ask about who want it cut."""
    # Fails if an issue is exchanged.
    assert clause.issue == issue
    assert CLAUSE_ISSUE[clause] == issue


def test_every_issue_has_a_clause_and_every_clause_an_issue() -> None:
    """Nothing is on the table that cannot be bargained for."""
    # Fails if an issue is added without a clause, or the tuple of rules is cut short.
    assert {clause.issue for clause in Clause} == set(Issue)
    assert tuple(clause.issue for clause in Clause) == CLAUSE_ISSUE


def test_acts_and_signatures_share_one_list_of_names() -> None:
    """Acts by their lower-case name, signatures by that of their package; each name once."""
    # Fails if a signature takes an act's code, or two share a name.
    assert ACT_NAMES[Act.SEEK_TALKS] == "seek_talks"
    assert ACT_NAMES[SIGN_FIRST + Package.SWAP] == signature_name(Package.SWAP) == "sign_swap"
    assert len(ACT_NAMES) == len(Act) + len(Package)
    assert {ACT_CODES[name]: name for name in ACT_NAMES.values()} == ACT_NAMES


def test_no_package_is_no_package() -> None:
    """The sign for none is no code of a package."""
    # Fails if the sign is taken by a package.
    assert NO_PACKAGE not in set(Package)
