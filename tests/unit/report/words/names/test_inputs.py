"""Plain names of inputs."""

from __future__ import annotations

import re
from collections import Counter

from sim.model.tables.fields import fields_of
from sim.model.tables.params import Params
from sim.model.tables.state import State
from sim.report.words.names.inputs import LONGEST, above, input_names, input_words, named
from sim.report.words.names.written import WRITTEN


def test_every_input_has_a_short_name_of_its_own() -> None:
    """Where the meaning is too long, or that of several inputs, a name is written."""
    # Fails if a parameter with a long meaning has no name in `written`, or shares one.
    names = input_names()
    long = {name: words for name, words in names.items() if len(words) > LONGEST}
    shared = [words for words, count in Counter(names.values()).items() if count > 1]

    assert long == {}
    assert shared == []


def test_a_name_stands_alone() -> None:
    """It leans on no neighbour, and has no code in it."""
    # Fails if "that hazard" or a placeholder reaches the reader.
    leaning = re.compile(r"\b(that (hazard|effect|probability|case)|this|these|those|such)\b|[{}_]")
    found = {n: w for n, w in input_names().items() if leaning.search(w)}

    assert found == {}


def test_what_is_written_is_used() -> None:
    """A name whose field is gone would mislead."""
    # Fails if a field is renamed and its name is left behind.
    fields = {spec.attr for record in (Params, State) for spec in fields_of(record)}

    assert set(WRITTEN) <= fields


def test_inputs_of_a_field_are_told_apart_by_what_differs() -> None:
    """By side, faction, act or good, in words."""
    assert input_words("us.hawks.influence") == "influence of the hawks: US"
    assert input_words("cn.rate.tighten_rare_earths") == (
        "how often, unprompted: tighten rare earths (China)"
    )
    assert input_words("truce.length_days") == "length of a truce and of each extension"


def test_a_name_to_type_stands_beside() -> None:
    """In brackets in a sentence, below in a narrow column; an entry of the calendar is its own."""
    assert named("us.noise", begins=True) == "Unpredictability of choices: US (us.noise)"
    assert above("us.noise") == "unpredictability of choices: US\n  us.noise"
    assert named("calendar.summit", begins=True) == "calendar.summit"
