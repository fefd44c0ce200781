"""détente: a scenario simulator of the US-China trade negotiation.

`import sim` loads only the version. `sim.run`, `sim.compare` and the rest are fetched from
`sim.api` on first use.
"""

from __future__ import annotations

from typing import Any

from sim.version import __version__ as __version__

_API = frozenset(
    {
        "check",
        "check_record",
        "check_scenarios",
        "backtest_forecasts",
        "calibrate",
        "compare",
        "diff",
        "discover",
        "duty_template",
        "explain",
        "explain_scenario",
        "forecast",
        "fork",
        "fork_run",
        "freeze_forecast",
        "game",
        "impact",
        "load",
        "publish",
        "query",
        "record",
        "record_template",
        "rerun",
        "run",
        "scenarios",
        "score_forecast",
        "sensitivity",
        "serve_page",
        "side_by_side",
        "sweep",
        "trace",
        "validate_behaviour",
        "validate_economy",
        "world",
        "write_report",
    }
)


def __getattr__(name: str) -> Any:
    """Fetches a public name from `sim.api` on first use."""
    if name in _API:
        from sim import api

        return getattr(api, name)
    raise AttributeError(f"module 'sim' has no attribute {name!r}")


def __dir__() -> list[str]:
    """Lists the public names, loaded or not."""
    return sorted({*globals(), *_API})
