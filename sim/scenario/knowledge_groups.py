"""Groups of parameters in `knowledge.yaml`: from when they could be known, and what would have been
held of them before.

What a group says is as if it stood in the parameter file, in each of its parameters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from sim.errors import Problem, ScenarioError, nearest
from sim.history.text_files import shown
from sim.scenario.catalog import read
from sim.scenario.schema import KnowledgeModel, PriorBeforeModel
from sim.scenario.wording import translate
from sim.scenario.yaml_loader import YamlNode

KNOWLEDGE: Final = "knowledge.yaml"


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups of a file, with their places.

    Attributes:
        label: The file, as problems name it.
        groups: Groups by name.
        node: The file as read.
    """

    label: str
    groups: Mapping[str, KnowledgeModel]
    node: YamlNode

    def lay_over(self, parameters: dict[str, Any]) -> list[Problem]:
        """Writes what the groups say into the parameters they name, and returns what is wrong."""
        problems = []
        seen: dict[str, str] = {}
        for title, group in self.groups.items():
            if not group.before and group.known_from is None:
                problems.append(self._problem((title,), "says neither known_from nor before"))
            for path, name in _named(title, group):
                fault = _fault(group, name, seen, parameters)
                if fault:
                    problems.append(self._problem(path, fault))
                else:
                    seen[name] = title
                    parameters[name] = parameters[name].model_copy(update=_update(group, name))
        return problems

    def _problem(self, path: tuple[str, ...], message: str) -> Problem:
        place = self.node.at(path)
        line, column = place.key_line or place.line, place.key_column or place.column
        return Problem(self.label, line, column, ".".join(path), message)


def read_groups(path: Path) -> Groups:
    """Returns the groups of a file.

    Raises:
        ScenarioError: The file is not plain YAML, or not of groups.
    """
    root = read(path).root
    label = shown(path)
    groups = {}
    problems: list[Problem] = []
    for title, value in root.plain().items():
        try:
            groups[title] = KnowledgeModel.model_validate(value)
        except ValidationError as error:
            problems += translate(error, root.at((title,)), label)
    if problems:
        raise ScenarioError(problems)
    return Groups(label, groups, root)


def _named(title: str, group: KnowledgeModel) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yields the parameters of a group, each after its place in the file."""
    for name in group.parameters:
        yield (title, "parameters"), name
    for name in group.before:
        yield (title, "before", name), name


def _fault(
    group: KnowledgeModel, name: str, seen: Mapping[str, str], parameters: Mapping[str, Any]
) -> str:
    """Returns what is wrong with a name in a group; nothing if it is sound."""
    if name in seen:
        return f"{name} stands in group {seen[name]} as well; leave it in one of them"
    entry = parameters.get(name)
    if entry is None:
        return f"{name[:80]} is no parameter of parameters.yaml{nearest(name[:80], parameters)}"
    twice = "known_from" if group.known_from and entry.known_from else ""
    twice = "prior_before" if name in group.before and entry.prior_before else twice
    if twice:
        return f"{name} has its own {twice} in parameters.yaml; remove it from one of the files"
    return ""


def _update(group: KnowledgeModel, name: str) -> dict[str, Any]:
    """Returns the fields of a parameter that its group sets."""
    update: dict[str, Any] = {}
    if group.known_from is not None:
        update["known_from"] = group.known_from
    if name not in group.before:
        return update | {"known_reason": group.reason}
    held = group.before[name]
    before: dict[str, Any] = {"value": held, "reason": group.reason}
    if isinstance(held, list):
        before |= {"value": held[0], "range": held[1:]}
    elif group.sd_log is not None:
        before["prior"] = {"family": "lognormal", "median": held, "sd_log": group.sd_log}
    return update | {"prior_before": PriorBeforeModel.model_validate(before)}
