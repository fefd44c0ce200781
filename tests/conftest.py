"""Keeps all tests from leaving a compiler behind: whether code is kept would depend on the order."""

from __future__ import annotations

import os

from sim.engine.compiler import OFF_VARIABLE

os.environ[OFF_VARIABLE] = "1"
