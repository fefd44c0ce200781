"""Page of the validation: published figures compared with the trade model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sim.experiment.tariffs.checks import Verdict
from sim.report.page import Page, TableColumn, numeric, worded
from sim.report.words.numbers import count_text, number_text, spread
from sim.scenario.checks import check_sources
from sim.scenario.evidence import sources

COLUMNS: Final = (
    worded("figure"),
    numeric("published"),
    numeric("model"),
    numeric("tolerance"),
    TableColumn("fitted"),
    TableColumn("cutoff"),
    TableColumn(""),
)


def validation_page(verdicts: Sequence[Verdict]) -> Page:
    """Returns the page: the table, misses with reasons, and sources."""
    page = Page()
    page.title("The trade model compared with published figures")
    page.say(
        "All parameters have the scenarios' central values. `fitted`: the figure was used to "
        "choose a parameter. `cutoff`: published before or after 23 October 2025; later figures "
        "only check the trade model and are not used in any scenario, prior or forecast."
    )
    page.gap()
    page.table(COLUMNS, [_row(v) for v in verdicts], indent=0)
    held = sum(v.holds for v in verdicts)
    page.gap()
    page.say(f"{held} of {count_text(len(verdicts), 'figure')} are within tolerance.")
    for v in verdicts:
        if not v.holds:
            reason = v.check.known_miss or "new miss, to be investigated"
            page.say(f"* {v.check.what}: {reason}", indent=2)
        elif v.check.known_miss:
            page.say(
                f"! {v.check.what}: within tolerance, although listed as a known miss", indent=2
            )
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
