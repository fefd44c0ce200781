"""Page of the validation: published figures beside what the trade block makes of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sim.experiment.tariffs.checks import Verdict
from sim.report.page import Page, TableColumn, numeric, worded
from sim.report.words.numbers import count_text, number_text, spread
from sim.scenario.checks import check_sources
from sim.scenario.evidence import sources

COLUMNS: Final = (
    worded("what"),
    numeric("published"),
    numeric("ours"),
    numeric("tolerance"),
    TableColumn("to fit"),
    TableColumn("cutoff"),
    TableColumn(""),
)


def validation_page(verdicts: Sequence[Verdict]) -> Page:
    """Returns the table, the misses with their reasons, and the sources."""
    page = Page()
    page.title("The trade block against published figures")
    page.say(
        "At the central values of scenarios. `to fit`: the figure helped to choose a "
        "parameter. `cutoff`: published before or after 23 October 2025; what is after "
        "checks the block alone and enters no scenario, prior or forecast."
    )
    page.gap()
    page.table(COLUMNS, [_row(v) for v in verdicts], indent=0)
    held = sum(v.holds for v in verdicts)
    page.gap()
    page.say(f"{held} of {count_text(len(verdicts), 'figure')} within the tolerance.")
    for v in verdicts:
        if not v.holds:
            reason = v.check.known_miss or "not known before: look into it"
            page.say(f"* {v.check.what}: {reason}", indent=2)
        elif v.check.known_miss:
            page.say(f"! {v.check.what}: holds, though noted as a miss", indent=2)
    page.heading("Sources")
    for key in dict.fromkeys(v.check.source for v in verdicts):
        page.say(f"{key}: {_source(key)}", indent=2)
    return page


def validation_json(verdicts: Sequence[Verdict]) -> dict[str, Any]:
    """Returns the figures as one JSON object."""
    return {
        "schema": 1,
        "held": sum(v.holds for v in verdicts),
        "checks": [_json(v) for v in verdicts],
    }


def _row(v: Verdict) -> list[str]:
    check = v.check
    return [
        f"{check.what} ({check.unit})",
        number_text(check.published),
        number_text(v.ours),
        spread(check.low, check.high).replace("+", ""),
        "yes" if check.fitted else "no",
        "after" if check.after_cutoff else "before",
        "" if v.holds else "*",
    ]


def _json(v: Verdict) -> dict[str, Any]:
    check = v.check
    return {
        "check": check.key,
        "row": check.row,
        "what": check.what,
        "unit": check.unit,
        "published": check.published,
        "ours": v.ours,
        "tolerance": [check.low, check.high],
        "holds": v.holds,
        "used_to_fit": check.fitted,
        "after_cutoff": check.after_cutoff,
        "known_miss": check.known_miss or None,
        "source": check.source,
        "source_text": _source(check.source),
        "note": check.note,
    }


def _source(key: str) -> str:
    return sources()[key].text if key in sources() else check_sources()[key]
