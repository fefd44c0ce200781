"""Shipped overrides, strategies and examples move what happens, and dead parameters are listed.

Every comparison uses the same random draws, so an outcome that an input does not touch is the same
in every run, and one that it moves differs by more than the Monte Carlo error of the pairs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from sim.engine.blocks import Block
from sim.engine.compiled_loop import run_block
from sim.experiment.compare.fork import forked, make_turn, read_decision
from sim.experiment.inputs.axes import parse_axis
from sim.experiment.stats.intervals import holm, mean
from sim.model.tables.fields import slot_index
from sim.model.tables.state import State
from sim.scenario.load import resolve
from sim.scenario.strategies import find_strategy

ROOT = Path(__file__).parents[2]
SEED = 20251023
RUNS = 400
MORE = 6000
"""Runs for inputs with small effects."""

BASES = ("march-2025-escalation", "october-2025-apec")

DOCUMENTS = (
    ROOT / "README.md",
    ROOT / "scenarios" / "README.md",
    *sorted(ROOT.glob("docs/*.md")),
    *sorted((ROOT / "sim" / "cli").glob("*.py")),
    *sorted((ROOT / "sim" / "requests").glob("*.py")),
)
"""Files with examples of commands: readers try what they find here."""


@cache
def played(name: str, runs: int = RUNS) -> Block:
    """Returns the runs of a shipped scenario."""
    return run_block(resolve(name), SEED, 0, runs)


def moved(base: Block, other: Block, own: Sequence[str]) -> list[str]:
    """Returns the outcomes, at the end of the run, whose mean differs within pairs beyond Monte
    Carlo error, corrected for their number; without an input's own outcomes."""
    names, p_values = [], []
    for name in base.values.keys() & other.values.keys():
        if "@" in name or name == "failed" or name in own:
            continue
        gap = np.asarray(other.values[name], np.float64) - np.asarray(base.values[name], np.float64)
        gap = gap[~np.isnan(gap)]
        if len(gap):
            names.append(name)
            p_values.append(mean(gap).p_value)
    known = [1.0 if np.isnan(p) else p for p in p_values]
    return [name for name, p in zip(names, holm(known), strict=True) if p < 0.05]


def differs(base: Block, other: Block) -> bool:
    """Returns whether some outcome, at the end of the run, differs in a tenth of the pairs."""
    shares = [
        np.mean(base.values[name] != other.values[name])
        for name in base.values.keys() & other.values.keys()
        if "@" not in name and not np.isnan(np.asarray(base.values[name], np.float64)).any()
    ]
    return max(shares) >= 0.1


def outcomes_of(keys: Sequence[str]) -> tuple[str, ...]:
    """Returns the outcomes that merely repeat inputs: `market.stress` is `market_stress`."""
    return tuple(key.replace(".", "_") for key in keys)


OVERRIDES = sorted(path.stem for path in (ROOT / "scenarios" / "overrides").glob("*.yaml"))


@pytest.mark.parametrize("override", OVERRIDES)
@pytest.mark.parametrize("base", BASES)
def test_every_override_moves_what_happens(override: str, base: str, tmp_path: Path) -> None:
    """On top of a shipped scenario, an override moves more than the numbers it sets."""
    mine = tmp_path / "mine.yaml"
    mine.write_text(
        f'title: "T"\nquestion: "Does it?"\nextends: {base}\noverrides: [{override}]\n',
        encoding="utf-8",
    )
    resolved = resolve(str(mine))
    own = outcomes_of([change.key for change in resolved.changes if override in change.by])

    assert moved(played(base, MORE), run_block(resolved, SEED, 0, MORE), own)


STRATEGIES = sorted(
    (path.parent.name, path.stem) for path in (ROOT / "scenarios" / "strategies").glob("*/*.yaml")
)


@pytest.mark.parametrize(("side", "name"), STRATEGIES)
def test_every_strategy_moves_what_happens(side: str, name: str) -> None:
    """Played instead of the baseline, a strategy moves more than the numbers it sets."""
    base = BASES[0]
    resolved = resolve(base, strategies=[find_strategy(side, name)])
    own = outcomes_of([change.key for change in resolved.changes])

    assert moved(played(base), run_block(resolved, SEED, 0, RUNS), own)


SIBLINGS = (("investment-deal", "grand-bargain"), ("summit-in-beijing", "summit-in-washington"))


@pytest.mark.parametrize(("first", "second"), SIBLINGS)
def test_scenarios_made_for_comparison_differ(first: str, second: str) -> None:
    """Two scenarios that differ in their premise end differently."""
    assert len(moved(played(first), played(second), ())) > 1


def test_a_broader_bargain_is_signed_at_times() -> None:
    """A comprehensive deal comes about in some runs of a grand bargain; with more issues it must
    touch more of them, so it need not be likelier than with an investment offer."""
    from sim.model.tables.vocabulary import DealStatus

    shares = [
        float(np.mean(played(name).values["deal_status"] == DealStatus.COMPREHENSIVE))
        for name in SIBLINGS[0]
    ]
    assert min(shares) > 0.0


INPUT = re.compile(r"(?<![\w.])([a-z_]+(?:\.[a-z_0-9]+)+)=([\w.:,/-]*[\w])")
DECISION = re.compile(r"--on ([\d-]+) --do ([a-z_.]+=\w+)")
COMMAND = re.compile(r"detente \w+ ([a-z0-9-]+)")


def examples(pattern: re.Pattern[str]) -> Iterator[tuple[str, str, str]]:
    """Yields the matches of two groups in all documents, each after the scenario of its command."""
    for file in DOCUMENTS:
        for line in file.read_text(encoding="utf-8").splitlines():
            for match in pattern.finditer(line):
                before = COMMAND.findall(line[: match.start()])
                yield before[-1] if before else BASES[1], match[1], match[2]


def inputs() -> list[tuple[str, str, str]]:
    """Returns every example of an input with its value or values, once."""
    known = {"calendar", "interventions"}
    found = dict.fromkeys(examples(INPUT))
    bases = {name: resolve(name) for name in {scenario for scenario, _, _ in found}}
    return [
        (scenario, name, value)
        for scenario, name, value in found
        if name.partition(".")[0] in known
        or name in bases[scenario].parameters
        or name in slot_index(State)
    ]


@pytest.mark.parametrize(("scenario", "name", "value"), inputs())
def test_every_example_of_an_input_moves_what_happens(scenario: str, name: str, value: str) -> None:
    """A number that help, README or docs invite to change moves something else; of a list or a
    range, the ends differ; a prior, from the value it replaces."""
    if ":" in value:
        family, first, second = value.split(":")
        assert family == "beta"
        value = str(float(first) / (float(first) + float(second)))
    texts = parse_axis(f"{name}={value}").values
    ends = [resolve(scenario, sets=[(name, text)]) for text in dict.fromkeys((texts[0], texts[-1]))]
    blocks = [run_block(resolved, SEED, 0, RUNS) for resolved in ends]
    base = blocks[0] if len(blocks) > 1 else played(scenario)

    if name.startswith(("calendar.", "interventions.")):
        # One event of many need not move a mean; in some pairs something else must come of it.
        assert differs(base, blocks[-1])
    else:
        assert moved(base, blocks[-1], outcomes_of([name]))


@pytest.mark.parametrize(("scenario", "day", "decision"), sorted(set(examples(DECISION))))
def test_every_example_of_a_decision_moves_what_happens(
    scenario: str, day: str, decision: str
) -> None:
    """A decision that README or docs invite to change moves more than the outcomes named after
    it."""
    resolved = resolve(scenario)
    when = date.fromisoformat(day)
    turn = make_turn(resolved, when, [read_decision(decision)], None)
    last = decision.partition("=")[0].rpartition("_")[2]
    base = played(scenario, MORE)
    own = [name for name in base.values if last in name]

    assert moved(base, run_block(forked(resolved, turn), SEED, 0, MORE), own)


def test_the_examples_are_found() -> None:
    """The patterns find the examples of the README; without them, the tests above would be void."""
    assert ("october-2025-apec", "us.hawks.influence", "0.9") in inputs()
    assert len(list(examples(DECISION))) >= 1
