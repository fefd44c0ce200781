"""Difference of two stored studies: in inputs, in versions, and in headline outcomes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sim.errors import UsageError
from sim.experiment.bench.studies import Study, readable_study
from sim.experiment.compare.comparison import Comparison, NotComparable, compare
from sim.experiment.inputs.changes import changed_inputs
from sim.experiment.outcomes.figures import Figure
from sim.experiment.runs.batch import Batch, readable_batch
from sim.experiment.stats import intervals
from sim.experiment.stats.intervals import Estimate
from sim.experiment.stats.pairs import unpaired
from sim.experiment.store.results import Stored

NONE = "none"
CANNOT_TELL = "cannot tell"

Row = tuple[str, str, str]
"""What differs, with its text in a and in b."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A headline figure of two studies.

    Attributes:
        name: Name of the figure.
        unit: Unit; `share` for flags and classes.
        a: The figure in a, with its interval; None if only b has it.
        b: The figure in b; None if only a has it.
        difference: a minus b, with its 95% interval; None if one lacks it.
        verdict: Of a against b: higher, lower, equivalent, identical or cannot tell.
        runs_needed: Number of runs that would probably decide; None if it is not known.
    """

    name: str
    unit: str
    a: Estimate | None
    b: Estimate | None
    difference: Estimate | None
    verdict: str
    runs_needed: int | None = None


@dataclass(frozen=True, slots=True)
class StudyDifference:
    """Difference of two studies.

    Attributes:
        a: The first study.
        b: The second study.
        inputs: Inputs of the scenarios that differ, as (section, key, value in a, value in b).
        settings: Settings of the runs that differ.
        versions: Versions that differ: of the model, its parts, the program and libraries.
        figures: The headline figures.
        paired: Whether run i of both has the same luck.
        unpaired_reason: Why the runs are not compared in pairs; empty if they are.
    """

    a: Study
    b: Study
    inputs: tuple[tuple[str, str, str, str], ...]
    settings: tuple[Row, ...]
    versions: tuple[Row, ...]
    figures: tuple[Moved, ...]
    paired: bool
    unpaired_reason: str = ""


def difference_of(a: Stored, b: Stored) -> StudyDifference:
    """Returns the difference of two stored results; nothing is played.

    Raises:
        UsageError: A scenario or a table cannot be read.
    """
    try:
        return _difference(a, b)
    except UsageError:
        raise
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        # A scenario with values of other kinds, as only another program writes it.
        why = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        raise UsageError(
            f"{a.name} and {b.name} cannot be compared: the scenario of one is of no known form "
            f"({why})"
        ) from error


def _difference(a: Stored, b: Stored) -> StudyDifference:
    studies = readable_study(a), readable_study(b)
    of_a, of_b = readable_batch(a), readable_batch(b)
    drawn = bool(of_a.per_vector or of_b.per_vector)
    compared, reason = _compared(of_a, of_b)
    return StudyDifference(
        *studies,
        inputs=tuple(changed_inputs(of_a.resolved, of_b.resolved, drawn=drawn)),
        settings=_rows(_settings(a, of_a), _settings(b, of_b)),
        versions=_rows(_versions(a, of_a), _versions(b, of_b)),
        figures=_figures(*studies, compared),
        paired=compared is not None and compared.paired,
        unpaired_reason=reason,
    )


def _compared(a: Batch, b: Batch) -> tuple[Comparison | None, str]:
    """Returns the comparison of the runs by headline outcomes, or why there is none."""
    ends = [
        replace(each, columns=tuple(c for c in each.columns if c.outcome.headline and not c.day))
        for each in (a, b)
    ]
    try:
        return compare(*ends), ""
    except NotComparable as error:
        return None, str(error).partition(";")[0]


def _figures(a: Study, b: Study, compared: Comparison | None) -> tuple[Moved, ...]:
    """Returns the headline figures, judged together: in pairs, else as independent samples."""
    names = list(dict.fromkeys((*a.figures, *b.figures)))
    if compared is None:
        return _apart(names, a, b)
    judged = {
        f"{d.outcome}={d.label}" if d.kind == "class" else d.outcome: d
        for d in compared.differences
    }
    found = []
    for name in names:
        of_a, of_b = a.figures.get(name), b.figures.get(name)
        d = judged.get(name)
        judgement = (None, CANNOT_TELL) if d is None else (d.difference, d.verdict, d.runs_needed)
        found.append(_moved(name, of_a, of_b, *judgement))
    return tuple(found)


def _apart(names: list[str], a: Study, b: Study) -> tuple[Moved, ...]:
    """Returns the figures of independent samples: higher or lower if the difference is significant
    after Holm's correction, else cannot tell."""
    pairs = [(a.figures.get(name), b.figures.get(name)) for name in names]
    apart = [unpaired(x.estimate, y.estimate) if x and y else None for x, y in pairs]
    known = [place for place, each in enumerate(apart) if each is not None]
    p_values = intervals.holm([_p_value(apart[place]) for place in known])
    adjusted = dict(zip(known, p_values, strict=True))
    found = []
    for place, (name, (x, y)) in enumerate(zip(names, pairs, strict=True)):
        each, verdict = apart[place], CANNOT_TELL
        if each is not None and adjusted[place] <= 1.0 - intervals.LEVEL:
            verdict = "higher" if each.value > 0.0 else "lower"
        found.append(_moved(name, x, y, each, verdict))
    return tuple(found)


def _p_value(difference: Estimate | None) -> float:
    """Returns the two-sided p-value of no difference, from a normal test; 1 if there is none."""
    if difference is None or not difference.error > 0.0:
        return 1.0
    return math.erfc(abs(difference.value) / difference.error / math.sqrt(2.0))


def _moved(
    name: str,
    a: Figure | None,
    b: Figure | None,
    difference: Estimate | None,
    verdict: str,
    runs_needed: int | None = None,
) -> Moved:
    unit = next((figure.unit for figure in (a, b) if figure), "")
    of_a, of_b = (None if figure is None else figure.estimate for figure in (a, b))
    return Moved(name, unit, of_a, of_b, difference, verdict, runs_needed)


def _settings(stored: Stored, batch: Batch) -> dict[str, str]:
    posterior = batch.resolved.posterior
    return {
        "scenario": batch.resolved.name,
        "runs": f"{stored.n:,}",
        "seed": str(batch.seed),
        "parameters": batch.parameters,
        "runs for each draw of parameters": str(batch.per_vector or NONE),
        "posterior": NONE if posterior is None else posterior.digest,
        "runs that failed": str(len(batch.failures)),
    }


def _versions(stored: Stored, batch: Batch) -> dict[str, str]:
    manifest: Mapping[str, Any] = stored.manifest
    return {
        "model": str(manifest.get("model_version")),
        "drawing of parameters": str(manifest.get("drawing_version") or NONE),
        **manifest.get("versions", {}),
    }


def _rows(of_a: Mapping[str, str], of_b: Mapping[str, str]) -> tuple[Row, ...]:
    """Returns what differs."""
    names = dict.fromkeys((*of_a, *of_b))
    rows = [
        (name, of_a.get(name, "not recorded"), of_b.get(name, "not recorded")) for name in names
    ]
    return tuple(row for row in rows if row[1] != row[2])
