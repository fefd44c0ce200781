"""Central values of the economy are the medians of their priors."""

from __future__ import annotations

from inspect import get_annotations

import pytest

from sim.economy.records import TradeParams
from sim.experiment.inputs.priors import inverse_cdf
from sim.experiment.tariffs.impact import READ_BY_LINES
from sim.model.tables.fields import slot_index
from sim.model.tables.params import Params
from sim.scenario.catalog import bases
from sim.scenario.load import resolve
from sim.scenario.shipped import names

READ = READ_BY_LINES.union(get_annotations(TradeParams))
MIDDLE = (0.45, 0.55)
"""Parts of its prior between which a central value lies: beta priors with round numbers have their
medians a little beside the figures they are built on."""


@pytest.mark.parametrize(
    "name", sorted({*names(), *(base for base in bases() if base.startswith("base/"))})
)
def test_every_central_value_is_a_median(name: str) -> None:
    """Or nearly so: a band of draws that leaves it out would be one around another number."""
    # Fails if a prior of the economy is not centred on its value, as a domestic response of 0 with
    # a prior above 0 was.
    slots = slot_index(Params)
    astray = []
    seen = 0
    for key, parameter in resolve(name).parameters.items():
        if parameter.prior is None or slots[key].attr not in READ:
            continue
        low, high = (inverse_cdf(parameter.prior, part) for part in MIDDLE)
        if not low <= parameter.value <= high:
            astray.append((key, parameter.value, low, high))
        seen += 1

    assert astray == []
    assert seen > 150


def test_what_is_nothing_in_the_table_of_sectors_is_not_drawn() -> None:
    """The lists of China's partial replies name none of these goods; a draw could only add some."""
    # Fails if a 0 gets a prior from 0 upwards.
    parameters = resolve(names()[0]).parameters
    zeros = [p for key, p in parameters.items() if key.endswith(".cover_partial") and not p.value]

    assert len(zeros) == 9
    assert all(p.prior is None for p in zeros)
