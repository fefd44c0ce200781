"""The toy's store, and the modules the searches share."""

from __future__ import annotations

import sys
from pathlib import Path

# Worker processes find modules beside the tests by name, so they must be importable.
sys.path.insert(0, str(Path(__file__).parent))

from tests.unit.experiment.conftest import store

__all__ = ["store"]
