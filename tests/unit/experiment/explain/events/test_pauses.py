"""Pauses of stories made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.engine.happenings import CODES, NOBODY
from sim.experiment.explain.events.opening import FirstDay
from sim.experiment.explain.events.pauses import PauseEnd, pauses_of
from sim.experiment.outcomes.stories import NO_QUESTION, Seen
from sim.model.tables.codes import CN, TALKS_ACTIVE, US

FIRST = FirstDay(1, False, False, TALKS_ACTIVE, freeze_days=30, cause_days=10)


def seen(day: int, act: str, side: int = NOBODY) -> Seen:
    """Returns an event."""
    return Seen(day, side, CODES[act], NO_QUESTION, 0.0)


PAUSE = [seen(5, "sign_truce"), seen(5, "agree_pause")]


@pytest.mark.parametrize(
    ("after", "strains", "end"),
    [
        ([], [], PauseEnd.RUNNING),
        ([seen(9, "hike", US)], ["us_hikes"], PauseEnd.RUNNING),
        ([seen(9, "reply_mirror", CN)], ["cn_hikes"], PauseEnd.RUNNING),
        ([seen(9, "reply_partial", CN)], [], PauseEnd.RUNNING),
        ([seen(9, "reply_tech", CN)], ["cn_measures"], PauseEnd.RUNNING),
        (
            [seen(9, "list_entities", US), seen(9, "list_entities", CN), seen(70, "snapback")],
            ["us_measures", "cn_measures"],
            PauseEnd.LAPSED,
        ),
        ([seen(9, "execute_threat", US)], ["us_hikes"], PauseEnd.BROKEN),
        ([seen(9, "ease_tech", US), seen(20, "sign_comprehensive")], [], PauseEnd.REPLACED),
        ([seen(9, "accuse", US)], ["us_accusations"], PauseEnd.RUNNING),
        (
            [seen(9, "breach", CN), seen(19, "accuse", US)],
            ["us_accusations_breach"],
            PauseEnd.RUNNING,
        ),
        ([seen(9, "breach", CN), seen(20, "accuse", US)], ["us_accusations"], PauseEnd.RUNNING),
        ([seen(9, "breach", CN), seen(19, "accuse", CN)], ["cn_accusations"], PauseEnd.RUNNING),
    ],
)
def test_a_pause_tells_what_strained_it_and_how_it_ended(
    after: list[Seen], strains: list[str], end: PauseEnd
) -> None:
    """By the kind of act, the side, and what gave cause to an accusation."""
    # Fails if a missed purchase is a cause for longer than words last, or for the other side.
    (pause,) = pauses_of([seen(2, "hike", US), *PAUSE, *after], FIRST)

    assert (pause.strains, pause.end) == (strains, end)
    assert pause.cause == (strains[0] if strains else None)


def test_an_extension_begins_a_new_pause() -> None:
    """Strain is settled with it, and may come again."""
    # Fails if an extension leaves the strain of the pause before it.
    story = [*PAUSE, seen(8, "accuse", CN), seen(9, "sign_extension"), seen(9, "agree_prolong")]
    first, second = pauses_of([*story, seen(12, "tighten_tech", US)], FIRST)

    assert (first.cause, first.end) == ("cn_accusations", PauseEnd.PROLONGED)
    assert (second.cause, second.end) == ("us_measures", PauseEnd.RUNNING)


def test_strain_from_before_the_first_day_has_no_cause_here() -> None:
    """What strained it is not among the events of the run."""
    story = [seen(2, "tighten_tech", US), seen(3, "snapback"), seen(4, "hike", US)]
    (pause,) = pauses_of(story, replace(FIRST, paused=True, strained=True))

    assert (pause.cause, pause.strains, pause.end) == (None, ["us_measures"], PauseEnd.LAPSED)
