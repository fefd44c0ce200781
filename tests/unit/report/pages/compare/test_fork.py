"""Page, figures and JSON of a fork."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim import api
from sim.errors import UsageError
from sim.experiment.stats.intervals import Estimate
from sim.report.answers.fork import ForkAnswer
from sim.report.answers.run import RunAnswer
from sim.report.pages.compare.fork import occurrence_words

SHORT = {"until": "2025-11-20"}


@pytest.fixture(scope="module")
def value(folder: Path) -> ForkAnswer:
    """Forty runs without an extension at the summit."""
    return api.fork(
        "october-2025-apec",
        on="2025-10-30",
        do="us.extend_truce=no",
        n=40,
        at=["2025-11-15"],
        results=folder,
        **SHORT,
    )


def test_a_page_says_what_is_different_and_what_it_is_worth(value: ForkAnswer) -> None:
    """What was typed, in how many runs it mattered, the table, and where paths part."""
    text = str(value)
    flat = " ".join(text.split())

    assert "A: with us.extend_truce=no on 30 Oct 2025" in flat
    assert "It makes a difference in" in flat
    assert "The value of the decision" in flat
    assert "in which anything differs" in flat
    assert "within the table, but not for the tables above" in flat
    assert "is on 30 Oct 2025:" in flat
    assert "A: Washington makes no offer" in flat
    assert max(map(len, text.splitlines())) <= 80


def test_pictures_tell_the_fork_from_the_base(value: ForkAnswer) -> None:
    """Both are of one scenario; what was changed names the fork, in the legend and the title."""
    figures = dict(value.plot.every())
    fan = figures["fan-us_addon_pp"].axes[0]
    labels = [text.get_text() for text in fan.get_legend().get_texts()]

    fork, base = "October 2025: APEC (2025-10-30 us.extend_truce=no)", "October 2025: APEC"
    assert labels[-2:] == [fork, base]
    assert figures["differences"].axes[0].get_title(loc="left") == f"{fork}\nminus {base}"
    assert "partings" in figures


def test_what_is_given_picks_the_same_runs_on_both_sides(folder: Path) -> None:
    """Those that meet it as things go: a decision that changes what is given picks no others."""
    found = api.fork(
        "october-2025-apec",
        on="2025-10-24",
        through="2025-11-10",
        do="us.extend_truce=no",
        given="truce_in_force@2025-11-15=no",
        n=40,
        at=["2025-11-15"],
        results=folder,
        **SHORT,
    )
    fork, base = found.value.comparison.a, found.value.comparison.b

    assert 0 < base.counted.sum() < 40
    assert np.array_equal(fork.counted, base.counted)
    assert "The condition is applied to the runs without the change" in " ".join(str(found).split())


def test_every_outcome_is_shown_if_asked_for(value: ForkAnswer) -> None:
    """`--full` makes the table longer."""
    assert len(str(replace(value, full=True))) > 2 * len(str(value))


def test_json_has_all_of_it(value: ForkAnswer) -> None:
    """Stable keys, the pairs that changed, and fork minus base."""
    told = json.loads(json.dumps(value.to_json(), allow_nan=False))

    assert (told["on"], told["through"]) == ("2025-10-30", "2025-10-30")
    assert told["decisions"] == ["us.extend_truce=no"]
    assert 0 < told["changed"]["pairs"] < told["changed"]["of"] == 40
    assert told["comparison"]["changed"][0]["section"] == "interventions"
    assert {"totals", "partings", "never"} <= told["divergence"].keys()


def test_a_decision_that_never_comes_up_changes_nothing(folder: Path) -> None:
    """The page says so plainly, and the verdict is identical."""
    found = api.fork(
        "october-2025-apec",
        on="2025-11-12",
        do="us.revoke_pntr=no",
        n=40,
        at=["2025-11-15"],
        results=folder,
        **SHORT,
    )
    flat = " ".join(str(found).split())

    assert "unchanged runs do not have it then, so there is nothing to stop" in flat
    assert "The change has no effect in any of 40 pairs" in flat
    assert found.to_json()["comparison"]["verdict"] == "identical"
    assert "Where the two runs of a pair first differ" not in flat


def test_a_stored_result_is_forked_as_it_was_played(october: RunAnswer, folder: Path) -> None:
    """The base is the result itself; what would change it is refused."""
    name = october.directory.name
    found = api.fork(name, on="2025-11-06", do="us.hike=20", results=folder).value

    assert found.comparison.b.directory == october.directory
    assert found.comparison.pairs == 40
    with pytest.raises(UsageError, match="cannot be changed"):
        api.fork(name, on="2025-11-06", do="us.hike=20", results=folder, **SHORT)


def test_one_run_says_whether_it_mattered() -> None:
    """Where the decision does not come up nothing changes; where it is forced, the runs part
    that day."""
    calm = api.fork_run(
        "october-2025-apec", on="2025-11-12", do="us.revoke_pntr=no", replicate=3, **SHORT
    )
    stirred = api.fork_run(
        "october-2025-apec", on="2025-11-12", do="us.hike=20", replicate=3, **SHORT
    )

    assert calm.pair.preface == (
        "us.revoke_pntr=no: it does not occur in that period.",
        "So nothing changes in this run.",
    )
    assert stirred.pair.preface == ("us.hike=20: carried out.",)
    assert stirred.to_json()["parting_day"] == "2025-11-12"
    assert "with us.hike=20 on 12 Nov 2025" in str(stirred)


def test_what_could_not_be_done_is_said(value: ForkAnswer) -> None:
    """A forced act that finds nothing to carry out in some runs is told with the share."""
    decision = value.value.occurrences[0].decision
    forced = replace(decision, action=replace(decision.action, kind="force"))
    found = replace(
        value.value.occurrences[0],
        decision=forced,
        base=Estimate(0.02, 0.0, 0.1),
        fork=Estimate(0.25, 0.1, 0.4),
    )
    words = occurrence_words(found)

    assert "carried out in 25% of runs; in the others there was nothing" in words
    assert "Without the change, it occurs that day in 2%." in words
