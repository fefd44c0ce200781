"""Partings in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sim.engine.happenings import CODES, NOBODY
from sim.experiment.compare.partings import Divergence, Move
from sim.model.tables.codes import CN, US
from sim.report.words.partings import divergence_sentences, move_words, parting_words, when_words

NOV_9 = date(2025, 11, 9).toordinal()


def test_a_sentence_says_how_often_and_by_what_paths_part(found: Divergence) -> None:
    """The commonest parting, what differs in numbers alone, and what never differs."""
    assert divergence_sentences(found) == (
        "The most common first difference (61% of pairs) is on 9 Nov 2025: only in A, the "
        "two sides extend the truce. In 27% the same events occur, but with different amounts. In "
        "12% the two runs are identical. Based on 100 pairs."
    )


def test_a_parting_of_both_takes_two_lines(found: Divergence) -> None:
    """What either does stands under its letter; what only b does is said to be only b's."""
    parting, hike = found.partings[0], Move(US, CODES["hike"])

    assert parting_words(replace(parting, b=hike, sizes_b=(10.0, 10.0))) == (
        "A: The two sides extend the truce\n"
        "B: Washington raises tariffs on all Chinese goods by 10 points"
    )
    assert parting_words(replace(parting, a=None, b=parting.a)).startswith(
        "only in B: The two sides"
    )
    assert (
        parting_words(replace(parting, kind="other", ways=7))
        == "7 other first differences, each less common"
    )


@pytest.mark.parametrize(
    ("on_day", "first", "words"),
    [
        (61, NOV_9, "9 Nov"),
        (40, NOV_9 - 5, "9 Nov\n(4 Nov to 9 Nov)"),
        (10, NOV_9 - 5, "4 Nov to 9 Nov"),
    ],
)
def test_a_day_is_named_where_it_is_typical(
    found: Divergence, on_day: int, first: int, words: str
) -> None:
    """A day most of the pairs part on is named, else only the span."""
    assert when_words(replace(found.partings[0], on_day=on_day, first=first)) == words


EXTENSION = Move(NOBODY, CODES["sign_extension"])


@pytest.mark.parametrize(
    ("move", "sizes", "words"),
    [
        (None, (0.0, 0.0), ""),
        (EXTENSION, (0.0, 0.0), "The two sides extend the truce"),
        (
            Move(US, CODES["hike"]), (1.0, 1.0),
            "Washington raises tariffs on all Chinese goods by 1 point",
        ),
        (
            Move(CN, CODES["hike"]), (10.0, 34.0),
            "Beijing raises tariffs on all US goods by 10 to 34 points",
        ),
        (
            Move(NOBODY, CODES["statute_takes_force"]), (15.0, 15.0),
            "Duties under another statute replace those struck down (points on all goods: 15)",
        ),
        (
            Move(US, CODES["takes_force"]), (0.0, 10.0),
            "Washington puts announced duties of 0 to 10 points on all Chinese goods into force",
        ),
        (
            Move(NOBODY, CODES["statute_takes_force"]), (0.0, 0.0),
            "Duties on more sectors under section 232 take effect",
        ),
        (
            Move(CN, CODES["takes_force"]), (0.0, 0.0),
            "Beijing puts announced duties on lists of US goods into force",
        ),
        (
            Move(US, CODES["bundle_refused"]), (1.0, 1.0),
            "Washington turns down Beijing's offer of 1 clause",
        ),
        (
            Move(CN, CODES["gain"]), (-0.32, -0.32),
            "Beijing finds the agreement worth -0.32, where 0 is the least it accepts",
        ),
        (
            Move(US, CODES["execute_threat"]), (34.0, 100.0),
            "Washington orders the threatened tariff of 34 to 100 points",
        ),
        (
            Move(CN, CODES["reply_mirror"]), (50.0, 50.0),
            "Beijing matches the increase with 50 points on all US goods",
        ),
        (
            Move(CN, CODES["call_leader"], agreed=True), (1.0, 1.0),
            "Beijing asks for a call between the leaders; Washington agrees, and they speak",
        ),
        (
            Move(US, CODES["call_leader"], agreed=False), (0.0, 0.0),
            "Washington asks for a call between the leaders; Beijing declines",
        ),
        (
            Move(CN, CODES["reply_control"]), (0.0, 0.0),
            "Beijing adds a control of rare earths to its reply",
        ),
        (
            Move(CN, CODES["reply_control"]), (1.0, 1.0),
            "Beijing adds US firms to its lists along with its reply",
        ),
        (
            Move(CN, CODES["reply_control"]), (0.0, 1.0),
            "Beijing adds a control to its reply: on rare earths or on listed firms",
        ),
        (
            Move(CN, CODES["deliveries"]), (0.03, 0.03),
            "Beijing buys US goods worth 30 million dollars under its pledge",
        ),
        (
            Move(CN, CODES["deliveries"]), (0.03, 1.25),
            "Beijing buys US goods worth 0.03 to 1.25 billion dollars under its pledge",
        ),
        (
            Move(CN, CODES["deliveries"]), (0.1, 0.1),
            "Beijing buys US goods worth 0.10 billion dollars under its pledge",
        ),
        (
            Move(US, CODES["refuse_visas"]), (0.0, 0.0),
            "Washington would not agree to relief from US limits on visas",
        ),
        (
            Move(CN, CODES["agree_licence"]), (1.0, 1.0),
            "Beijing has its firms license their technology to US firms",
        ),
        (
            Move(NOBODY, CODES["incident"]), (0.0, 0.0),
            "An incident at sea or in the air strains relations",
        ),
        (
            Move(NOBODY, CODES["crisis"]), (0.0, 0.0),
            "A crisis over Taiwan freezes relations; Beijing breaks off all talks",
        ),
        (
            Move(NOBODY, CODES["review_due"]), (0.0, 0.0),
            (
                "The reviews by US agencies of trade policy and of compliance with the accord of "
                "2020 fall due"
            ),
        ),
        (
            Move(CN, CODES["seek_talks"], agreed=False), (0.0, 0.0),
            "Beijing lets it be known that it is ready for talks; Washington declines",
        ),
    ],
)  # fmt: skip
def test_a_move_reads_as_the_chronicle_does(
    move: Move | None, sizes: tuple[float, float], words: str
) -> None:
    """Who, what and how much; of a group of pairs from least to most."""
    assert move_words(move, sizes) == words


@pytest.mark.parametrize("side", [US, CN])
def test_every_kind_of_event_has_words(side: int) -> None:
    """None is left with a place for a number, or with a side that has no name."""
    for code in CODES.values():
        words = move_words(Move(side, code), (1.0, 2.0))

        assert words
        assert not {"{", "_"} & {*words}
        assert "the other side" not in words


@pytest.mark.parametrize(
    ("side", "reply", "words"),
    [
        (CN, "reply_tech", "Beijing answers by tightening rare-earth licences"),
        (CN, "reply_entities", "Beijing answers by blacklisting US firms"),
        (CN, "reply_inbound", "Beijing answers by opening an investigation of a US firm"),
        (CN, "reply_port_fees", "Beijing answers with port fees on US ships"),
        (US, "reply_tech", "Washington answers by tightening technology controls"),
        (US, "reply_inbound", "Washington answers by limiting Chinese investment"),
        (US, "reply_port_fees", "Washington answers with port fees on Chinese ships"),
    ],
)
def test_a_reply_in_kind_names_the_instrument_of_its_side(
    side: int, reply: str, words: str
) -> None:
    """One code stands for an instrument of the US and one of China."""
    # Fails if a side is given the other's instrument.
    assert move_words(Move(side, CODES[reply]), (1.0, 1.0)) == words
