"""Discovery as one JSON object with stable keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sim.report.json_values import clean

if TYPE_CHECKING:
    from sim.experiment.discovery.boxes import Fit, Limit, Limits
    from sim.experiment.discovery.search import Assumption, Discovery
    from sim.experiment.discovery.signs import Sign
    from sim.experiment.discovery.validation import Found, Rate, Search
    from sim.experiment.stats.intervals import Estimate

    Column = Sign | Assumption


def discovery_json(found: Discovery) -> dict[str, Any]:
    """Returns a discovery as a JSON-serialisable dict; all rates come from the validation half."""
    batch = found.batch
    tree = [
        {
            "conditions": _conditions(found.columns, branch.path),
            "leaf": branch.is_leaf,
            **_rate(branch.rate),
        }
        for branch in found.tree
    ]
    return {
        "schema": 1,
        **clean(
            {
                "scenario": batch.resolved.name,
                "scenario_hash": batch.resolved.hash,
                "model_version": batch.model_version,
                "seed": batch.seed,
                "n": batch.n,
                "per_vector": batch.per_vector,
                "given": batch.given_json,
                "outcome": found.condition.text,
                "by": found.by.isoformat(),
                "met": found.met,
                "counted": int(batch.counted.sum()),
                "looked_in": found.looked_in,
                "checked_on": found.checked_on,
                "base": _share(found.base),
                "share_of_parameters": found.split.share,
                "signs": _search(found.signs),
                "assumptions": _search(found.assumptions),
                "tree": tree,
                "results_dir": str(batch.directory),
            }
        ),
    }


def _search(search: Search[Any]) -> dict[str, Any]:
    return {
        "looked_at": search.looked_at,
        "passed": len(search.columns),
        "boxes": [_box(search.columns, box) for box in search.boxes],
        "questions": [
            {
                **_condition(search.columns, question.limit),
                **_rate(question.where),
                "elsewhere": _share(question.elsewhere),
            }
            for question in search.questions
        ],
    }


def _box(columns: Sequence[Column], box: Found) -> dict[str, Any]:
    return {
        "conditions": [
            {**_condition(columns, limit), "density_without": without}
            for limit, without in zip(box.limits, box.without, strict=True)
        ],
        **_rate(box.rate),
        "trail": [
            {
                "conditions": _conditions(columns, limits),
                "looked_in": _fit(seen),
                "checked_on": _fit(other),
            }
            for limits, seen, other in box.trail
        ],
    }


def _conditions(columns: Sequence[Column], limits: Limits) -> list[str]:
    return [columns[limit.column].condition(limit) for limit in limits]


def _condition(columns: Sequence[Column], limit: Limit) -> dict[str, Any]:
    from sim.experiment.discovery.search import Assumption

    column = columns[limit.column]
    found: dict[str, Any] = {"condition": column.condition(limit)}
    if isinstance(column, Assumption):
        found |= {
            "parameter": column.name,
            "sign": ">=" if limit.is_least else "<=",
            "value": column.value(limit),
            "unit": column.parameter.unit,
            "share_of_prior_below": column.share(limit),
            "kind": column.parameter.kind,
        }
    return found


def _rate(rate: Rate) -> dict[str, Any]:
    return {
        "mass": _share(rate.mass),
        "coverage": _share(rate.coverage),
        "density": _share(rate.density),
        "holds": rate.holds,
    }


def _fit(fit: Fit) -> dict[str, float]:
    return {"mass": fit.mass, "coverage": fit.coverage, "density": fit.density}


def _share(estimate: Estimate) -> dict[str, Any]:
    return {"p": estimate.value, "ci": [estimate.low, estimate.high]}
