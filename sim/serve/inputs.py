"""Inputs of a scenario as the page lists them: those that may be moved, and the most telling."""

from __future__ import annotations

from typing import Any, Final

from sim.experiment.compare.fork import acts
from sim.experiment.sensitivity.telling import ANALYSIS, Ranking, is_movable
from sim.model.tables.fields import slot_index
from sim.model.tables.params import Params
from sim.model.tables.vocabulary import Side
from sim.report.pages.search.telling import method_words, why_words
from sim.report.words.numbers import iso_day, scale_text
from sim.scenario.explain import Row, explain
from sim.scenario.freeze import ALLOWED_ACTS
from sim.scenario.resolved_scenario import Parameter, Resolved

SIDES: Final = {Side.US: "United States", Side.CN: "China"}

_SHARE: Final = "0 to 1"
"""Unit of a share or a probability, as a table has it."""

_SIZED: Final = "hike"
"""The act that is forced with a size in points, if at all."""


def about(resolved: Resolved) -> dict[str, Any]:
    """Returns what the page needs to know of a scenario: question, days, inputs, acts."""
    movable = {name for name, p in resolved.parameters.items() if is_movable(p)}
    slots = slot_index(Params)
    whole = {name for name in movable if slots[name].spec.type is int}
    rows = [row for row in explain(resolved) if row.section == "parameters"]
    return {
        "name": resolved.name,
        "question": resolved.question,
        "start": iso_day(resolved.start),
        "until": iso_day(resolved.until),
        "inputs": [
            _input(resolved.parameters[row.name], row, whole=row.name in whole)
            for row in rows
            if row.name in movable
        ],
        "fixed": len(rows) - len(movable),
        "acts": _acts(),
    }


def ranked(ranking: Ranking) -> dict[str, Any]:
    """Returns the most telling inputs, and how they were found: in a phrase, and in full."""
    brief, whole = method_words(ranking)
    if ranking.method != ANALYSIS:
        whole += " Once it has, its ranking is shown here."
    return {
        "method": brief,
        "details": whole,
        "inputs": [{"name": row.name, "why": why_words(ranking, row)} for row in ranking.inputs],
    }


def _input(parameter: Parameter, row: Row, *, whole: bool) -> dict[str, Any]:
    return {
        "name": row.name,
        "meaning": row.meaning,
        # The range of a share says that it lies between 0 and 1.
        "unit": "" if scale_text(row.unit) == _SHARE else scale_text(row.unit),
        "value": parameter.value,
        "low": parameter.low,
        "high": parameter.high,
        "whole": whole,
        "kind": row.kind,
    }


def _acts() -> list[dict[str, Any]]:
    """Returns the acts that may be forced or forbidden, by side."""
    return [{"side": words, "acts": _acts_of(side)} for side, words in SIDES.items()]


def _acts_of(side: Side) -> list[dict[str, Any]]:
    """Returns the acts of a side, under their everyday names where they have one."""
    forced, forbidden = ALLOWED_ACTS["force", side], ALLOWED_ACTS["forbid", side]
    names = {act: name for name, act in acts().items()}
    return [
        {
            "name": f"{side.name.lower()}.{names[act]}",
            "words": names[act].replace("_", " "),
            "force": act in forced,
            "forbid": act in forbidden,
            "sized": act == _SIZED,
        }
        for act in sorted(forced | forbidden, key=lambda act: names[act])
    ]
