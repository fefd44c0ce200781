"""Verb that lists the scenarios: list."""

from __future__ import annotations

from sim.cli.options import AsJson
from sim.cli.output import put


def list_scenarios(as_json: AsJson = False) -> None:
    """List the scenarios and the question each one answers, your own in this folder too."""
    from sim import api

    put(api.catalogue(), as_json=as_json)
