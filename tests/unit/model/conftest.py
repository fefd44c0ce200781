"""A blank state and blank parameters for tests of single rules.

Every parameter is zero until a test sets it, so that a rule sees the numbers of its test alone.
"""

from __future__ import annotations

import pytest

from sim.model.tables.params import Params
from sim.model.tables.state import State
from tests.unit.model.records import TODAY


@pytest.fixture
def state() -> State:
    """Returns a state fresh from the field table, today, at tension 0.5."""
    blank = State()
    blank.day = TODAY
    blank.tension = 0.5
    return blank


@pytest.fixture
def params() -> Params:
    """Returns parameters that are all zero."""
    return Params()
