"""Causes of decisions: what each is, and the changes to a scenario that remove it.

A cause is named by the number that carries it. A reason is removed by a weight of 0 with all
factions, a voice by leaving its post vacant, an act or a channel by a rate of 0.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sim.experiment.explain.events.questions import CHOSEN, HIKES, EventQuestion
from sim.model.tables.codes import CN, US
from sim.model.tables.parameters.governments import CONTRASTS, WEIGHTS
from sim.model.tables.vocabulary import FACTION_NAMES, Act, Channel, Feature, Post, Side
from sim.scenario.resolved_scenario import Resolved

Changes = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Cause:
    """A cause of what a side does.

    Attributes:
        key: Name, that of the number that carries it where there is one.
        family: `reason` (a feature of a choice), `all` (every reason), `voice`, `threat` (a
            circumstance of an open threat), `answer` (a circumstance of a bargain), `act` or
            `channel`.
        changes: Changes (name, value) to a scenario that remove it; empty if none does.
        side: The side whose decisions it enters; None for both.
        code: Its `Feature` or `Post`; -1 for others.
        who: Holders of the post, with title; empty for others.
    """

    key: str
    family: str
    changes: Changes
    side: int | None = None
    code: int = -1
    who: str = ""


def zero(*names: str) -> Changes:
    """Returns changes that set numbers to 0."""
    return tuple((name, "0") for name in names)


def reason(side: int, feature: int) -> Cause:
    """Returns a feature of a side's choices; without it neither leader nor factions weigh it."""
    who, name = _name(side), Feature(feature).name.lower()
    names = [f"{who}.weight.{name}", *contrast_names(side, feature)]
    if side == US:
        names += _ON_THREATS.get(Feature(feature), ())
    return Cause(names[0], "reason", zero(*names), side, feature)


def contrast_names(side: int, feature: int) -> list[str]:
    """Returns the names of the numbers by which factions of a side shift a feature's weight."""
    return [
        f"{_name(side)}.{FACTION_NAMES[side][faction]}.contrast.{Feature(feature).name.lower()}"
        for (whose, faction), features in CONTRASTS.items()
        if whose == side and feature in features
    ]


def voice(resolved: Resolved, side: int, post: int) -> Cause:
    """Returns the voice of those who hold a post during a run."""
    key = f"{_name(side)}.post.{Post(post).name.lower()}"
    terms = [t for t in resolved.people if (t.side, t.post) == (side, post) and t.voice > 0.0]
    who = ", then ".join(dict.fromkeys(term.words for term in terms))
    return Cause(key, "voice", ((key, "false"),), side, post, who)


def reasons(side: int) -> tuple[Cause, ...]:
    """Returns the features that a side weighs."""
    return tuple(reason(side, feature) for feature in WEIGHTS[side])


def every_reason(side: int) -> Cause:
    """Returns all reasons of a side together: without them there are base rates and luck alone."""
    parts = (*reasons(side), *(THREATS if side == US else ()))
    changes = tuple(change for part in parts for change in part.changes)
    return Cause(f"{_name(side)}.reasons", "all", changes, side)


def voices(resolved: Resolved, side: int) -> tuple[Cause, ...]:
    """Returns the voices heard on a side during a run."""
    posts = {t.post for t in resolved.people if t.side == side and t.voice > 0.0}
    return tuple(voice(resolved, side, post) for post in sorted(posts))


def answer_causes(side: int) -> tuple[Cause, ...]:
    """Returns the circumstances that enter a side's answers to offers."""
    who = _name(side)
    return (
        _answer(side, f"{who}.bargain.aspiration"),
        _answer(side, "bargain.tension"),
        _answer(side, "bargain.trust"),
        _answer(side, f"{who}.bargain.headline_cost"),
        _answer(side, f"{who}.bargain.utility_per_usd_bn"),
        _answer(side, f"{who}.bargain.reserve_spread"),
        Cause(
            f"{who}.security",
            "answer",
            zero(*contrast_names(side, Feature.SECURITY)),
            side,
        ),
        Cause(f"{who}.mandate", "answer", (), side),
    )


def _answer(side: int, name: str) -> Cause:
    return Cause(name, "answer", zero(name), side)


def _name(side: int) -> str:
    return Side(side).name.lower()


def _rates(side: int, acts: Iterable[int]) -> Changes:
    names = sorted(Act(act).name.lower() for act in acts)
    return zero(*(f"{_name(side)}.rate.{name}" for name in names))


def _act(key: str, side: int, acts: Iterable[int], family: str = "act") -> Cause:
    return Cause(key, family, _rates(side, acts), side)


_ON_THREATS: Final = {
    Feature.AGREEMENT: ("us.threat.agreement_effect",),
    Feature.MARKET: ("us.threat.market_effect",),
}
"""Numbers by which what a feature stands for also enters the fate of an open threat."""

THREATS: Final = tuple(
    Cause(f"us.threat.{name}_effect", "threat", zero(f"us.threat.{name}_effect"), US)
    for name in ("summit", "softened")
)
"""Circumstances of an open threat that are no feature of a choice."""

STRAINS: Final = (
    _act("us_hikes", US, {*HIKES, Act.THREATEN}),
    Cause("cn_hikes", "act", (), CN),
    _act("us_measures", US, CHOSEN[EventQuestion.US_MEASURES][1]),
    _act("cn_measures", CN, CHOSEN[EventQuestion.CN_MEASURES][1]),
    _act("us_accusations", US, {Act.ACCUSE}),
    _act("us_accusations_breach", US, {Act.ACCUSE}),
    _act("cn_accusations", CN, {Act.ACCUSE}),
)
"""Acts that strain a pause. China's increases are replies, which no number removes alone."""

_NO_SUMMITS: Final = _rates(US, {Act.FLOAT_SUMMIT}) + _rates(CN, {Act.FLOAT_SUMMIT})

CHANNELS: Final = (
    *(
        _act(f"{_name(side)}_{act.name.lower()}", side, {act}, "channel")
        for act in (Act.CALL_LEADER, Act.SEEK_TALKS)
        for side in (US, CN)
    ),
    Cause("summit_dated", "channel", _NO_SUMMITS),
    Cause("summit_held", "channel", _NO_SUMMITS),
    Cause("ministers_round", "channel", ()),
)
"""Channels through which talks reopen. A round is on the calendar; no number removes it."""

DELEGATIONS: Final = _act("delegations", CN, {Act.SEND_DELEGATION}, "channel")
"""Delegations prepare talks without opening them."""

QUIET: Final = Cause(
    "quiet_channels", "channel", tuple((f"channel.{c.name.lower()}", "false") for c in Channel)
)
"""Quiet channels, through which the capitals sound each other out."""
