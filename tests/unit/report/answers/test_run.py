"""The result of a batch, value by value."""

from __future__ import annotations

import json

import numpy as np
import pytest

from sim.errors import NotFoundError
from sim.report.answers.run import RunAnswer


def test_p_is_the_share_of_runs(october: RunAnswer) -> None:
    """A flag's or a class's probability is the mean of its indicator over the runs."""
    met = october.values["leaders_met@2025-10-30"]
    codes = october.values["path_class"]

    assert october.p("leaders_met@2025-10-30") == pytest.approx(met.mean())
    assert october.p("leaders_met@2025-10-30=no") == pytest.approx(1.0 - met.mean())
    assert october.p("path_class=conflict") == pytest.approx((codes == 2).mean())


def test_quantile_is_a_value_that_occurred(october: RunAnswer) -> None:
    """The median of a number is one of its values; what applies to no run is NaN."""
    assert october.quantile("us_addon_pp") in october.values["us_addon_pp"]
    assert october.quantile("us_addon_pp", 1.0) == october.values["us_addon_pp"].max()


def test_an_asked_for_day_is_read(october: RunAnswer) -> None:
    """`at` adds the day's columns."""
    assert 0.0 <= october.p("truce_in_force@2025-11-15") <= 1.0


def test_what_is_no_outcome_is_not_found(october: RunAnswer) -> None:
    """The exit code is that of not found."""
    with pytest.raises(NotFoundError, match="did you mean truce_in_force") as caught:
        october.p("truce_in_farce")

    assert caught.value.exit_code == 4


def test_a_class_has_no_quantile(october: RunAnswer) -> None:
    """Codes are no quantities."""
    with pytest.raises(NotFoundError, match="not a number"):
        october.quantile("path_class")


def test_summary_and_json_agree(october: RunAnswer) -> None:
    """The JSON holds the summary of every column."""
    told = json.loads(json.dumps(october.to_json(), allow_nan=False))

    assert told["outcomes"].keys() == october.described.keys() == october.values.keys()
    assert told["n"] == len(october.values["path_class"]) == 40
    median = told["outcomes"]["us_addon_pp"]["quantiles"]["p50"]
    assert median == np.quantile(october.values["us_addon_pp"], 0.5, method="inverted_cdf")


def test_print_shows_the_page(october: RunAnswer) -> None:
    """In a notebook `print(result)` is what the command line prints."""
    assert str(october).startswith("october-2025-apec ")
