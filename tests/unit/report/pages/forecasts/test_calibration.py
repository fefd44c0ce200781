"""Page of a calibration: every number once, in 80 columns."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sim.backtest.conditioning.channels import CHANNELS
from sim.backtest.conditioning.fitting import Calibration
from sim.report.page import render
from sim.report.pages.forecasts.calibration import calibration_json, calibration_page
from sim.report.words.names.inputs import input_words
from tests.unit.backtest.conditioning.made import NAMES, fitted

UNTIL = date(2020, 12, 31).toordinal()
COMMAND = "detente calibrate --until 2020-12-31 --seed 7 --out FILE.json"


def page(file: Path | None, *, converged: bool = True) -> str:
    """The text of a page."""
    found = Calibration(fitted(UNTIL, converged=converged), file, COMMAND)
    return render(calibration_page(found))


def line_of(text: str, start: str) -> str:
    """The line of a table that starts so."""
    (line,) = (each for each in text.splitlines() if each.strip().startswith(start))
    return line


def test_each_parameter_has_a_line() -> None:
    """Prior, posterior and spread; the head counts those that are told."""
    # Fails if ends change places, a column is of another parameter, or a name is cut.
    text = page(None)
    first, second = (line_of(text, input_words(name)[:30]) for name in NAMES)

    assert "up to 31 Dec 2020" in text
    assert "1 of 2 declared parameters" in text
    assert "35 nats" in text
    assert [line_of(text, name).strip() for name in NAMES] == [*NAMES]
    assert first.split()[-7:] == ["5.18", "to", "19.3", "5.3", "to", "10.6", "0.50"]
    assert second.split()[-1] == "0.95"
    assert max(map(len, text.splitlines())) <= 80


def test_each_channel_has_a_line() -> None:
    """Told, expected at central values, and under the posterior."""
    # Fails if columns change places, or a channel is left out.
    text = page(None)
    for place, channel in enumerate(CHANNELS):
        told = [f"{place + 1}", f"{place + 1.25:.1f}", f"{place + 1.125:.1f}"]
        assert line_of(text, channel.name + "  ").split()[-3:] == told


def test_the_page_says_how_well_it_was_drawn() -> None:
    """Steps, sizes, moves and ancestors; a mode that was not reached is a warning."""
    # Fails if a diagnostic is left out, or a failure passes in silence.
    text = " ".join(page(None).split())

    assert "60 equally likely draws, by sequential Monte Carlo in 2 steps" in text
    assert "30, 42" in text
    assert "0.25, 0.31; 17 ancestors" in text
    assert "Pareto k of plain importance sampling 1.13" in text
    assert "The mode was not reached" not in text
    assert "The mode was not reached" in " ".join(page(None, converged=False).split())


@pytest.mark.parametrize("file", [None, Path("mine.json")])
def test_the_page_ends_with_the_command(file: Path | None) -> None:
    """And the file, or how to get one."""
    # Fails if a user cannot make it again, or does not know that nothing was kept.
    lines = page(file).rstrip().splitlines()

    assert COMMAND in lines[-1]
    assert ("mine.json" in lines[-2]) == (file is not None)
    assert ("Nothing was written" in page(file)) == (file is None)


def test_json_has_what_the_page_has() -> None:
    """With full numbers and the sampler."""
    # Fails if a key is renamed, or told is mixed up with expected.
    told = calibration_json(Calibration(fitted(UNTIL), Path("mine.json"), COMMAND))

    assert (told["schema"], told["until"], told["file"]) == (1, "2020-12-31", "mine.json")
    assert told["command"] == COMMAND
    assert [each["name"] for each in told["parameters"]] == list(NAMES)
    assert [each["is_told"] for each in told["parameters"]] == [True, False]
    assert told["parameters"][0]["posterior"] == [5.3, 10.6]
    assert told["acts"][2] == {
        "name": CHANNELS[2].name, "told": 3.0, "central": 3.25, "posterior": 3.125
    }  # fmt: skip
    assert told["sampler"]["effective"] == [30.0, 41.5]
    assert told["sampler"]["mode_found"] is True
