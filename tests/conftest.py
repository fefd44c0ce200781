"""Setting of all tests: none leaves a compiler behind, so that nothing depends on their order."""

from __future__ import annotations

import os

from sim.engine.compiler import OFF_VARIABLE

os.environ[OFF_VARIABLE] = "1"
