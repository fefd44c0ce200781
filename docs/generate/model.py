"""Tables of docs/model.md, as Markdown: how much there is of everything, the state, the schedule.

`python -m docs.generate.model` rewrites them between their marks.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from typing import Final

from docs.generate.markdown import markdown, renewed
from sim.economy.records import N_REGIONS
from sim.economy.sectors import GOODS
from sim.engine.clocks import AT, OFFSET, Clock, Phase
from sim.engine.draws import Stream
from sim.model.governments.acts import ACTS, COURSES
from sim.model.outcomes.politics import OUTCOMES, PATHS
from sim.model.tables import variables
from sim.model.tables.fields import FieldSpec, fields_of, slot_index
from sim.model.tables.params import DEFINITIONS, Params
from sim.model.tables.state import State
from sim.model.tables.vocabulary import (
    FACTION_NAMES,
    INSTRUMENT_NAMES,
    LAYER_NAMES,
    POSTS,
    Clause,
    Feature,
    Issue,
    Side,
)

PAGE: Final = Path(__file__).resolve().parents[1] / "model.md"

CLOCK_WORDS: Final[Mapping[Clock, tuple[str, str]]] = {
    Clock.CALENDAR: (
        "entries of the calendar, elections, changes of people in post, interventions",
        "engine/interventions.open_day",
    ),
    Clock.COURT: (
        "the case on the emergency powers, duties that lapse, the review of an investment",
        "engine/processes.judge",
    ),
    Clock.THIRD_PARTIES: (
        "other partners, Russia, Taiwan, what diverts the leaders",
        "engine/third_parties.stir",
    ),
    Clock.SHOCKS: ("incidents, crises, disasters", "engine/processes.strike"),
    Clock.TALKS: (
        "messages, China's opening bid, rounds of ministers, stalls, the end of a pause",
        "engine/processes.hold_talks",
    ),
    Clock.LEADERS: ("stages of a summit, the meeting itself", "engine/processes.lead_summit"),
    Clock.US_GOVERNMENT: (
        "Washington: open threats, the review of purchases, then its policy",
        "engine/processes.govern",
    ),
    Clock.CN_GOVERNMENT: ("Beijing: its policy", "engine/processes.govern"),
    Clock.US_REPLIES: ("Washington's replies", "engine/processes.reply"),
    Clock.CN_REPLIES: ("Beijing's replies", "engine/processes.reply"),
    Clock.WORDS: ("statements: Washington, then Beijing", "engine/statements.speak"),
    Clock.IMPLEMENTATION: (
        "duties whose day has come take force",
        "engine/processes.implement",
    ),
    Clock.TRUCE: ("on the day a pause ends, snapback", "engine/processes.expire"),
    Clock.DELIVERIES: ("once a month: purchases delivered", "engine/processes.deliver"),
    Clock.ECONOMY: (
        "once a month: the trade model, pressure at home",
        "engine/processes.trade",
    ),
    Clock.BOOKKEEPING: (
        "decay of moods and memories, counters; outcomes are read",
        "model/world/bookkeeping.apply_day_end",
    ),
}
"""What happens when a clock rings, and the function that is called."""


def counts() -> str:
    """Returns how much there is of everything that the tables of the model list."""
    slots, state = slot_index(Params), slot_index(State)
    headlines = sum(outcome.headline for outcome in OUTCOMES)
    observable = sum(outcome.observable for outcome in OUTCOMES)
    rows = [
        ("numbers of the state", _numbers(fields_of(State)), "`sim/model/tables/variables/`"),
        ("of these set by a scenario or at their default", len(state), ""),
        ("parameters", len(slots), "`sim/model/tables/parameters/`"),
        ("of these that only define an outcome", len(DEFINITIONS), ""),
        ("acts a government chooses among", len(ACTS), "`sim/model/governments/acts.py`"),
        ("acts with clocks of their own", len(COURSES), "`sim/model/governments/acts.py`"),
        ("features of a choice", len(Feature), "`sim/model/governments/agents.py`"),
        ("factions", _named(FACTION_NAMES), "`sim/model/tables/vocabulary.py`"),
        ("posts besides the leaders", sum(map(len, POSTS.values())), "`scenarios/people.csv`"),
        ("legal layers of duty", _named(LAYER_NAMES), "`sim/model/duties/layers.py`"),
        ("instruments of control", _named(INSTRUMENT_NAMES), "`sim/model/controls/measures.py`"),
        ("issues", len(Issue), "`sim/model/tables/vocabulary.py`"),
        ("clauses", len(Clause), "`sim/model/bargain/clauses.py`"),
        ("goods of the trade block", len(GOODS), "`sim/economy/sectors.py`"),
        ("regions of the world economy", N_REGIONS, "`sim/economy/records.py`"),
        ("phases of a day", len(Phase), "`sim/engine/clocks.py`"),
        ("clocks", len(Clock), "`sim/engine/clocks.py`"),
        ("purposes of draws", len(Stream), "`sim/engine/draws.py`"),
        ("outcomes", len(OUTCOMES), "`sim/model/outcomes/`"),
        ("of these headlines", headlines, ""),
        ("of these seen by both sides on any day", observable, ""),
        ("weekly paths", len(PATHS), "`sim/model/outcomes/politics.py`"),
    ]
    cells = [[what, f"{number:,}", where] for what, number, where in rows]
    return markdown(("what", "number", "where"), cells, words=(0, 2))


def _numbers(fields: tuple[FieldSpec, ...]) -> int:
    """Returns how many numbers fields hold, elements of arrays counted one by one."""
    return sum(math.prod(spec.lengths) for spec in fields)


def _named(names: tuple[tuple[str | None, ...], ...]) -> int:
    return sum(name is not None for side in Side for name in names[side])


def state() -> str:
    """Returns the modules that declare the state: what they hold, and how much."""
    rows = []
    for found in iter_modules(variables.__path__):
        part = _record(import_module(f"{variables.__name__}.{found.name}"))
        fields = tuple(spec for spec in vars(part).values() if isinstance(spec, FieldSpec))
        words = " ".join((part.__doc__ or "").split())
        settable = sum(len(list(spec.slots())) for spec in fields)
        rows.append([f"`{found.name}`", words, f"{_numbers(fields):,}", f"{settable:,}"])
    return markdown(("module", "what it holds", "numbers", "set by scenarios"), rows, words=(0, 1))


def _record(module: ModuleType) -> type:
    """Returns the one class that a module declares."""
    classes = (value for value in vars(module).values() if isinstance(value, type))
    (record,) = (value for value in classes if value.__module__ == module.__name__)
    return record


def phases() -> str:
    """Returns the schedule of a day: phases, and their clocks in the order in which they ring."""
    rows = []
    for clock in sorted(Clock, key=OFFSET.__getitem__):
        phase, _ = AT[clock]
        words, function = CLOCK_WORDS[clock]
        rows.append([str(phase + 1), phase.name.lower(), words, f"`{function}`"])
    return markdown(("", "phase", "what happens", "function"), rows, words=(0, 1, 2, 3))


TABLES: Final[Mapping[str, Callable[[], str]]] = {
    "counts": counts,
    "state": state,
    "phases": phases,
}
"""Tables by name."""


def page() -> str:
    """Returns the page with its tables rewritten."""
    return renewed(PAGE.read_text("utf-8"), TABLES)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
