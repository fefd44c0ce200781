"""The constants of rules are those of the enums, and every block of codes has room to grow."""

from __future__ import annotations

import inspect
from enum import IntEnum
from itertools import combinations
from typing import Any

import pytest

from docs.generate import codes as generator
from sim.engine.happenings import CLAUSE_NAMES, NAMES, Happening
from sim.model.tables import codes, vocabulary
from sim.model.tables.vocabulary import (
    ACT_NAMES,
    AGREE_FIRST,
    AGREED,
    CHOICES,
    COURSES,
    ELSEWHERE,
    FORCED,
    HAPPENINGS,
    MORE_HAPPENINGS,
    N_ACT_CODES,
    N_CHOICES,
    REFUSE_FIRST,
    REFUSED,
    SIGN_FIRST,
    SIGNATURES,
    Act,
    CalendarKind,
    Clause,
    Package,
)

ENUMS = [
    item
    for item in vars(vocabulary).values()
    if isinstance(item, type) and issubclass(item, IntEnum) and item is not IntEnum
]
BLOCKS = {
    "choices": CHOICES,
    "courses": COURSES,
    "signatures": SIGNATURES,
    "happenings": HAPPENINGS,
    "forced": FORCED,
    "more happenings": MORE_HAPPENINGS,
    "agreed": AGREED,
    "refused": REFUSED,
    "elsewhere": ELSEWHERE,
}
USED = {int(code) for code in (*ACT_NAMES, *Happening, *CLAUSE_NAMES)}


# ------------------------------------------------------------------------------- the constants


def test_the_constants_are_what_the_generator_would_write() -> None:
    """`python -m docs.generate.codes` would change nothing."""
    # Fails if the vocabulary is changed and the file is not written anew, or is edited by hand.
    assert generator.FILE.read_text("utf-8") == generator.source()


@pytest.mark.parametrize("enum", generator.PREFIXES, ids=lambda enum: enum.__name__)
def test_every_code_has_its_constant(enum: type[IntEnum]) -> None:
    """Under the prefix of its enum, with the number of the enum."""
    # Fails if a constant is missing or has another number.
    prefix = generator.PREFIXES[enum]

    for code in enum:
        assert getattr(codes, prefix + code.name) == code
    if enum in generator.COUNTS:
        assert getattr(codes, generator.COUNTS[enum]) == len(enum)


def test_every_enum_of_rules_is_written() -> None:
    """Only the kinds of calendar entries, which no rule reads, have no constants."""
    # Fails if a new enum is not given to the generator.
    assert set(ENUMS) - set(generator.PREFIXES) == {CalendarKind}


def test_two_numbers_under_one_name_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Enums that share names need a prefix each."""
    # Fails if the second number silently wins.
    monkeypatch.setitem(generator.PREFIXES, Package, "")

    with pytest.raises(ValueError, match="FENTANYL would be 2 and 4"):
        generator.source()


@pytest.mark.parametrize("enum", [*ENUMS, Happening], ids=lambda enum: enum.__name__)
def test_no_enum_has_a_number_twice(enum: type[IntEnum]) -> None:
    """A name is not another name's alias."""
    # Fails if a code is given twice and `unique` is taken away.
    assert len(enum.__members__) == len(enum) == len({int(code) for code in enum})


# ---------------------------------------------------------------------------------- the blocks


@pytest.mark.parametrize(("one", "two"), list(combinations(BLOCKS, 2)))
def test_blocks_of_codes_are_disjoint(one: str, two: str) -> None:
    """No code lies in two blocks."""
    # Fails if a block is stretched into its neighbour.
    assert not set(BLOCKS[one]) & set(BLOCKS[two])


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (CHOICES, list(range(Act.SEND_DELEGATION + 1))),
        (COURSES, list(range(Act.EXECUTE_THREAT, Act.PENALISE + 1))),
        (SIGNATURES, [SIGN_FIRST + package for package in Package]),
        (HAPPENINGS, sorted(code for code in Happening if code < HAPPENINGS.stop)),
        (FORCED, [Act.HOLD_ROUND, Act.CROSS_TAIWAN]),
        (MORE_HAPPENINGS, sorted(code for code in Happening if code in MORE_HAPPENINGS)),
        (ELSEWHERE, sorted(code for code in Happening if code >= REFUSED.stop)),
        (AGREED, [AGREE_FIRST + clause for clause in Clause]),
        (REFUSED, [REFUSE_FIRST + clause for clause in Clause]),
    ],
)
def test_each_kind_of_event_lies_in_its_block(block: range, expected: list[int]) -> None:
    """Choices, courses, signatures, happenings, what only a scenario forces, and clauses."""
    # Fails if an act, a clause or a happening is given a code of another block.
    assert sorted(code for code in USED if code in block) == expected


def test_every_code_lies_in_a_block() -> None:
    """No act, signature, clause or happening stands outside, and none shares a code."""
    # Fails if a code is given beyond the blocks.
    assert {code for block in BLOCKS.values() for code in block} >= USED
    assert len(USED) == len(Act) + len(Package) + len(Happening) + 2 * len(Clause) == len(NAMES)


def test_choices_are_contiguous_from_zero() -> None:
    """Rules walk the menu from 0 to its length."""
    # Fails if a gap is left, so that a rule would look up an act that is not there.
    assert sorted(act for act in Act if act in CHOICES) == list(range(N_CHOICES))


@pytest.mark.parametrize("name", BLOCKS)
def test_every_block_has_room_for_one_more(name: str) -> None:
    """The next code after the last one is in the block and free."""
    # Fails if a block is full.
    last = max(code for code in USED if code in BLOCKS[name])

    assert last + 1 in BLOCKS[name]
    assert last + 1 not in USED


def test_bans_reach_every_choice_course_and_signature() -> None:
    """The array of bans ends where happenings begin."""
    # Fails if a signature lies beyond the array.
    assert N_ACT_CODES == SIGNATURES.stop == HAPPENINGS.start
    assert SIGN_FIRST == SIGNATURES.start == COURSES.stop


def grown() -> dict[str, Any]:
    """Returns the vocabulary as it were with a 30th act, an eighth package and a 38th clause."""
    text = inspect.getsource(vocabulary)
    for old, new in (
        ("    SEND_DELEGATION = 28, Side.CN\n", "    BOYCOTT = 29, *Side\n"),
        ("    CATCH_UP = 36, Issue.PURCHASES\n", "    FISHERIES = 37, Issue.TARIFFS\n"),
    ):
        assert text.count(old) == 1
        text = text.replace(old, old + new)
    last = "    INVESTMENT = 5\n    COMPREHENSIVE = 6\n"
    assert text.count(last) == 1
    text = text.replace(last, last + "    FISHING_DEAL = 7\n")
    names: dict[str, Any] = {"__name__": "grown"}
    exec(compile(text, "grown", "exec"), names)  # noqa: S102 - our own file, three lines longer
    return names


def test_what_is_added_collides_with_nothing() -> None:
    """They take the next codes; every code there is keeps its name."""
    # Fails if the next code of any is taken by a course, a signature or a happening.
    more = grown()
    names = more["ACT_NAMES"]

    assert {code: names[code] for code in ACT_NAMES} == ACT_NAMES
    assert names.keys() - ACT_NAMES.keys() == {N_CHOICES, SIGN_FIRST + len(Package)}
    assert (names[N_CHOICES], names[SIGN_FIRST + len(Package)]) == ("boycott", "sign_fishing_deal")
    assert not names.keys() & {int(code) for code in Happening}
    assert len(more["CLAUSE_ISSUE"]) == len(Clause) + 1
    assert not {AGREE_FIRST + len(Clause), REFUSE_FIRST + len(Clause)} & USED


def test_what_is_added_fits_the_arrays() -> None:
    """The menu grows by one, the array of bans does not have to."""
    # Fails if growth would shift signatures or the length of stored arrays.
    more = grown()

    assert more["N_CHOICES"] == N_CHOICES + 1
    assert (more["N_ACT_CODES"], more["SIGN_FIRST"]) == (N_ACT_CODES, SIGN_FIRST)
    assert SIGN_FIRST + len(more["Package"]) <= N_ACT_CODES
