"""Template of a new scenario file."""

from __future__ import annotations

import shlex

from sim.history.places import data_root
from sim.scenario.catalog import find


def new_scenario(name: str, base: str = "base/october-2025") -> str:
    """Returns the text of a scenario file that extends `base` and explains how to change it.

    Raises:
        NotFoundError: There is no such base.
    """
    find(base)
    file = shlex.quote(f"./{name}.yaml")
    return f"""\
# yaml-language-server: $schema={data_root() / "schema" / "scenario.json"}
# {name}: your own scenario. Every number has a value, a unit and a kind. An `assumed` number needs
# a range and a reason; any other kind needs a source (a key of evidence.csv or sources.yaml).
# `detente scenario check {file}` checks the file, `detente run {file}` runs it.

question: "What do you want to know?"
extends: {base}

state: {{}}
#  tension:
#    value: 0.5
#    unit: share
#    kind: assumed
#    range: [0.3, 0.7]
#    reason: "why this value"

parameters: {{}}
#  tension.rest:
#    value: 0.5
#    unit: share
#    kind: assumed
#    range: [0.3, 0.7]
#    reason: "why this value"

calendar: {{}}
#  my-date:
#    date: 2025-11-15
#    kind: info
#    label: "what happens"
#    source: record

interventions: {{}}
#  my-intervention:
#    when: "tension > 0.8 for 5 days and threat_open == true"
#    once: true
#    do:
#      force: {{side: cn, act: seek_talks}}
#    source: record

# What you expect of the runs, judged by `detente check {file}` (see docs/questions.md).
expect: {{}}
#  leaders_met@2025-10-29: never
#  us_addon_pp@2025-12-31<=60: at least 0.9

# Changes with a name, for `detente run {file} --preset my-preset`.
presets: {{}}
#  my-preset:
#    label: "what the changes stand for"
#    set:
#      tension: 0.3
"""
