"""Texts a user may type, by the thousand: each is read or refused in the program's own words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import strategies as st

from sim.engine.blocks import Column, columns
from sim.errors import SimError
from sim.experiment.compare.fork import read_decision
from sim.experiment.executors.cluster import check_address
from sim.experiment.games.payoffs import read_payoff
from sim.experiment.inputs.axes import parse_axes, range_of, typed
from sim.experiment.outcomes.conditions import read_conditions
from sim.experiment.outcomes.questions import asked_on, read_question
from sim.experiment.outcomes.targets import read_targets
from sim.experiment.store.results import Store
from sim.experiment.tariffs.impact import read_pair
from sim.history.user_table import table_in_text
from sim.requests.forecasts.question_list import SHAPE as QUESTIONS
from sim.requests.options import day, is_stored, pairs
from sim.scenario.catalog import find
from sim.scenario.compose import Draft, compose
from sim.scenario.duty_schedule import steps_of_text
from sim.scenario.grammar import parse_when
from sim.scenario.load import resolve
from sim.scenario.settings import apply_set
from sim.scenario.strategies import find_strategy
from tests.reliability.search import PYTHONS_OWN, Part, blocks, search
from tests.reliability.watch import changes

WORLD: Final = "october-2025-apec"
ORIGIN: Final = date(2025, 10, 23)


@cache
def known_columns() -> tuple[Column, ...]:
    """Returns the columns of the outcomes table."""
    return columns(resolve(WORLD))


@cache
def draft() -> Draft:
    """Returns a scenario to change."""
    return compose(find(WORLD))


def change(text: str) -> None:
    """Reads a change, `--set`, and applies it."""
    for name, value in pairs([text]):
        world = draft()
        apply_set(world, name, value)
        world.problems.clear()
        world.changes.clear()


def vary(text: str) -> None:
    """Reads an input to vary, for a grid or for a sample."""
    range_of(text.partition("=")[2])
    for axis in parse_axes([text]):
        for value in axis.values:
            typed(value)


def look_up(text: str) -> None:
    """Looks up a stored result."""
    store = Store(Path("nowhere"))
    is_stored(text, store)
    store.find(text)


def intervene(text: str) -> None:
    """Reads the `when` of an intervention, whose errors are collected with those of its file."""
    try:
        parse_when(text)
    except ValueError as error:
        if PYTHONS_OWN.search(str(error)):
            raise


PARSERS: Final[dict[str, Callable[[str], Any]]] = {
    "--given": read_conditions,
    "--question": lambda text: asked_on(read_question(text), ORIGIN),
    "rows of --questions": lambda text: table_in_text(
        f"as_of,question\n{text}", "q.csv", QUESTIONS
    ),
    "--set": change,
    "sweep": vary,
    "--do": read_decision,
    "--until": lambda text: day("--until", text),
    "--us-payoff": lambda text: read_payoff("us", text, known_columns()),
    "--outcome": lambda text: read_targets([text], known_columns()),
    "--versus": read_pair,
    "--path": lambda text: steps_of_text(text, "duties.csv"),
    "rows of --path": lambda text: steps_of_text(f"date,side,on,points_pp\n{text}", "duties.csv"),
    "--scheduler": check_address,
    "when": intervene,
    "scenario": find,
    "--us": lambda text: find_strategy("us", text),
    "results": look_up,
}

EXAMPLES: Final = (
    "truce_in_force@2025-11-11=no",
    "us_addon_pp@2025-11-01>=60",
    "path_class!=conflict",
    "us.hike_by@2025-11-01=yes",
    "summit_day<=2025-11-01",
    "tariff_pct[us.toys]@2025Q4>40",
    "calls@2025-11-05..2025-11-30>=1 and rounds@2025-11-30>0 | leaders_met@2025-11-30",
    "us_addon_pp@2025Q4 given signed[truce]@2025-12-31",
    "us.leader.autonomy=0.4",
    "us.leader.autonomy=beta:6:4",
    "tension=null",
    "calendar.apec=null",
    "until=2026-01-01",
    "tension=0..1/5",
    "truce.length_days=60,90,12..15",
    "us.extend_truce=no",
    "us.hike=20",
    "2025-11-01",
    "us_real_income_pct:2,tension:-1",
    "145/125",
    "date,side,on,points_pp,coverage,announced\n2025-04-09,us,reciprocal,84,0.85,2025-04-02\n",
    "2025-04-09,us,hs85,25\n2025-05-01,cn,soybeans,-5\n",
    "tcp://10.0.0.5:8786",
    "tension > 0.8 for 5 days and threat_open == true",
    "october-2025-apec",
    "./mine.yaml",
    "hawk",
    "@latest",
    "@1",
)
NASTY: Final = (
    *(
        "9" * 5000,
        "1e999",
        "-1e-999",
        "nan",
        "inf",
        "-0",
        "0x10",
        "1_000",
        "\u0661\u0662",
        "\u00b2",
    ),
    *("\0", "\n", "\t", "\u202e", "\ud800", "\U0001f600", "\u00e9", "\ufeff", "'", '"', "\\", "$"),
    *("a" * 5000, "." * 300, "/" * 300, "=" * 300, "," * 300, ":" * 300, "@" * 300, " and " * 60),
    *("0000-00-00", "2025-02-30", "9999-12-31", "2025-W01-1", "20251101", "2025Q5", "..", "../.."),
    *(
        "[",
        "]",
        "(",
        ")",
        "*",
        "?",
        "%s",
        "{0}",
        "null",
        "true",
        ".yaml",
        "9" * 300 + ".yaml",
        "0..1/1e5000",
    ),
)


def mutated(text: str) -> st.SearchStrategy[str]:
    """Returns texts made of one that is right by a few cuts and insertions."""
    place = st.integers(0, len(text))
    piece = st.one_of(st.sampled_from(NASTY), st.text(max_size=3), st.sampled_from(EXAMPLES))

    def cut(ends: tuple[int, int], filling: str) -> str:
        first, last = sorted(ends)
        return text[:first] + filling + text[last:]

    return st.builds(cut, st.tuples(place, place), piece)


TEXTS: Final = st.one_of(
    st.text(max_size=40),
    st.sampled_from(EXAMPLES).flatmap(mutated),
    st.lists(st.sampled_from((*NASTY, *EXAMPLES, "=", "..", "/", ",", ":", "@")), max_size=4).map(
        "".join
    ),
    st.builds(
        lambda name, sign, value: name + sign + value,
        st.sampled_from(("tension", "us.hike", "path_class@2025-11-01", "us.leader.autonomy", "")),
        st.sampled_from(("=", ">=", "!=", ":", "=beta:", "=0..", "@")),
        st.one_of(st.sampled_from(NASTY), st.floats().map(str), st.integers().map(str)),
    ),
)


CASES: Final = st.tuples(st.sampled_from(list(PARSERS)), TEXTS)


def check(case: tuple[str, str]) -> None:
    """Reads a text as the value of an option."""
    option, text = case
    with changes() as found:
        try:
            PARSERS[option](text)
        except SimError as error:
            assert not PYTHONS_OWN.search(str(error))  # noqa: PT017 - it may also be read
    assert not found


@pytest.mark.parametrize("block", blocks(2_000, 1_000_000))
def test_any_text_is_read_or_refused(block: Part) -> None:
    """Without a traceback, at once, and without a change to any file."""
    known_columns()
    draft()
    search(CASES, block, check)
