"""Writing whole files: what is checked before anything is played for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import UsageError
from sim.experiment.store.disk import check_new


def test_a_file_is_never_written_over(tmp_path: Path) -> None:
    """Nor where there is no folder, or one that is not to be written to."""
    # Fails if a second file can take the place of the first.
    there = tmp_path / "there.json"
    there.write_text("mine", "utf-8")
    places = {
        there: "there.json exists; name a new file",
        tmp_path / "none" / "x.json": "no folder",
        tmp_path / ("x" * 300): "cannot be written: File name too long",
        Path("\0"): "cannot be written",
    }
    for path, told in places.items():
        with pytest.raises(UsageError, match=told):
            check_new(path, "--out FILE")
    check_new(tmp_path / "new.json", "--out FILE")


def test_a_folder_that_is_not_to_be_written_to_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever runs the tests may write everywhere, so the system's answer is made up."""
    # Fails if the study is played before the disk refuses.
    monkeypatch.setattr("sim.experiment.store.disk.os.access", lambda *_: False)
    with pytest.raises(UsageError, match="is not a writable folder"):
        check_new(tmp_path / "new.json", "--out FILE")
