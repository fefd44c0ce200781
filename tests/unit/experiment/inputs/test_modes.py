"""Modes of drawing parameters."""

from __future__ import annotations

import subprocess
import sys

from sim.experiment.inputs.modes import FIXED, MODES, POSTERIOR, POSTERIOR_SUFFIX, PRIOR


def test_modes_are_told_apart_from_files() -> None:
    """None ends as a file does."""
    # Fails if a mode could be taken for a file, or one is left out of the list.
    assert set(MODES) == {FIXED, PRIOR, POSTERIOR}
    assert not any(mode.endswith(POSTERIOR_SUFFIX) for mode in MODES)


def test_the_command_line_may_show_them() -> None:
    """Importing them loads nothing of weight."""
    # Fails if the module imports what makes `--help` slow.
    code = "import sys, sim.experiment.inputs.modes; print('numpy' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"
