"""Groups of parameters: from when they could be known, and what would have been held before."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import ScenarioError
from sim.scenario.knowledge_groups import read_groups
from sim.scenario.schema import ParameterModel

ONE = ParameterModel(
    value=0.5, unit="share", kind="assumed", range=[0.0, 1.0], reason="seen in 2025"
)
DATED = ONE.model_copy(update={"known_from": "always"})


def laid(folder: Path, text: str) -> tuple[dict[str, ParameterModel], list[str]]:
    """Returns two parameters under the groups of a text, and what is wrong with these."""
    path = folder / "knowledge.yaml"
    path.write_text(text, encoding="utf-8")
    parameters = {"one": ONE, "dated": DATED}
    return parameters, [str(problem) for problem in read_groups(path).lay_over(parameters)]


def test_a_group_gives_its_reason_to_each_parameter(tmp_path: Path) -> None:
    """As a value before, drawn or not, or as why it could be known."""
    # Fails if value and ends of a range change places, or a reason or a day is lost.
    text = "group: {reason: r, known_from: 2020-01-15, before: {one: [0.3, 0.1, 0.6]}}"
    held = laid(tmp_path, text)[0]["one"].prior_before
    assert not isinstance(held, list)
    assert held is not None
    assert (held.value, held.range, held.reason) == (0.3, [0.1, 0.6], "r")

    known = laid(tmp_path, "group: {reason: r, known_from: always, parameters: [one]}")[0]["one"]
    assert (known.known_from, known.known_reason, known.prior_before) == ("always", "r", None)
    assert known.value == ONE.value


def test_the_numbers_of_a_group_may_be_medians(tmp_path: Path) -> None:
    """With `sd_log` they are drawn as lognormal."""
    # Fails if rates are drawn uniformly, or not at all.
    held = laid(tmp_path, "group: {reason: r, sd_log: 0.7, before: {one: 0.3}}")[0]["one"]
    assert not isinstance(held.prior_before, list)
    assert held.prior_before is not None
    assert held.prior_before.prior is not None
    assert (held.prior_before.prior.family, held.prior_before.prior.median) == ("lognormal", 0.3)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("g: {reason: r, parameters: [one]}", "g: says neither known_from nor before"),
        ("g: {reason: r, before: {on: 1}}", "on is no parameter of parameters.yaml"),
        (
            "g: {reason: r, before: {one: 1}}\nh: {reason: r, before: {one: 1}}",
            "h.before.one: one stands in group g as well",
        ),
        (
            "g: {reason: r, known_from: 2020-01-15, before: {dated: 1}}",
            "dated has its own known_from in parameters.yaml",
        ),
    ],
)
def test_a_wrong_group_is_told_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    """What is wrong, in which file, line and group."""
    # Fails if a name that is misspelt, or that stands twice, is passed over.
    _, faults = laid(tmp_path, text)
    assert any("knowledge.yaml:" in fault and said in fault for fault in faults)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("g: {before: {one: 1}}", "reason: is missing"),
        ("g: {reason: r, befor: {one: 1}}", "befor"),
        ("g: {reason: r, before: {one: [1, 2]}}", "before"),
        ("g: 3", "g"),
    ],
)
def test_what_is_no_group_is_refused(tmp_path: Path, text: str, said: str) -> None:
    """With its place, and no traceback."""
    # Fails if an unknown key or a range without a value is taken for something.
    with pytest.raises(ScenarioError, match=said):
        laid(tmp_path, text)
