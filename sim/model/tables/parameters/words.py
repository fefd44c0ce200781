"""Parameters of words: accounts of contacts, posts, rebukes of double talk, lines of goodwill."""

from __future__ import annotations

from collections.abc import Callable

from sim.model.tables.fields import field
from sim.model.tables.paths import Index
from sim.model.tables.vocabulary import Remark, Side


def _post(what: str) -> Callable[[Index], str | None]:
    """Returns the path of a number that each kind of post has; silence has none."""

    def path(index: Index) -> str | None:
        post = Remark(index[0])
        return None if post == Remark.NONE else f"us.remark.{post.name.lower()}_{what}"

    return path


class WordParams:
    """What is said, how often, and what follows."""

    # how things stand -----------------------------------------------------------------------
    words_step: float = field(
        "words.step",
        unit="share",
        meaning="Progress of a day on which a step was agreed on; a signature counts 1.",
    )
    words_progress: float = field(
        "words.progress",
        unit="log_odds",
        meaning="Rise in the log odds of warm words with full progress.",
    )
    words_rapport: float = field(
        "words.rapport",
        unit="log_odds",
        meaning="Rise in the log odds of warm words per unit of rapport above its resting level.",
    )
    words_tension: float = field(
        "words.tension",
        unit="log_odds",
        meaning="Fall in the log odds of warm words per unit of tension above its resting level.",
    )

    # accounts of contacts -------------------------------------------------------------------
    readout_share: list[float] = field(
        "{side}.readout.share",
        unit="share",
        shape=(Side,),
        meaning="Share of contacts of which a side publishes an account.",
    )
    readout_bias: list[float] = field(
        "{side}.readout.bias",
        unit="log_odds",
        shape=(Side,),
        meaning="What a side adds to the log odds of warm words in its account.",
    )
    readout_noise: float = field(
        "readout.noise",
        unit="log_odds",
        least=0.0,
        meaning="Scale of the logistic noise in an account of a contact.",
    )
    readout_candour: float = field(
        "readout.candour",
        unit="log_odds_per_utility",
        least=0.0,
        meaning="Fall in the log odds of warm words in an account per unit of its side's floor, "
        "from which the other side reads that floor.",
    )
    readout_tone_speed: list[float] = field(
        "{side}.readout.tone_speed",
        unit="share",
        shape=(Side,),
        meaning="Share of the way to the warmth of its account that a side's public tone moves.",
    )
    readout_market_relief: float = field(
        "us.readout.market_relief",
        unit="share",
        meaning="Share of market stress that a wholly warm US account of a contact removes.",
    )

    # posts of the US ------------------------------------------------------------------------
    post_per_day: float = field(
        "us.remark.per_day",
        unit="1/day",
        meaning="Hazard of an occasion for a post of the US leader on China, at full attention.",
    )
    post_after_contact: float = field(
        "us.remark.after_contact",
        unit="probability",
        meaning="Probability of such an occasion on the day of a call or meeting of the leaders.",
    )
    post_odds: list[float] = field(
        _post("odds"),
        unit="1",
        shape=(Remark,),
        least=0.0,
        meaning="Usual odds of a kind of post against silence at an occasion; 0 rules it out.",
    )
    post_strength: list[float] = field(
        _post("strength"),
        unit="utility",
        shape=(Remark,),
        meaning="Weight in the choice of a post of what speaks for it.",
    )
    post_before_summit: float = field(
        "us.remark.optimism_before_summit",
        unit="utility",
        meaning="What a meeting of the leaders that is set adds to optimism.",
    )
    post_when_wronged: float = field(
        "us.remark.frustration_when_wronged",
        unit="utility",
        meaning="What a fresh breach or hostile act of China adds to frustration.",
    )
    post_warmth: list[float] = field(
        _post("warmth"),
        unit="share",
        shape=(Remark,),
        meaning="Warmth of a kind of post: 0 hostile, 1 warm.",
    )
    post_tone_speed: float = field(
        "us.remark.tone_speed",
        unit="share",
        meaning="Share of the way to the warmth of a post that the public tone moves.",
    )
    post_market_relief: float = field(
        "us.remark.market_relief",
        unit="share",
        meaning="Share of market stress that a warm post removes.",
    )
    post_market_stress: float = field(
        "us.remark.market_stress",
        unit="share",
        meaning="Rise in market stress at a frustrated post.",
    )
    tension_per_post: float = field(
        "tension.per_post", unit="share", meaning="Rise in tension at a frustrated post."
    )
    optimism_per_post: float = field(
        "us.remark.optimism",
        unit="share",
        meaning="Share of the room for optimism that an optimistic post fills before a meeting.",
    )

    # words of Beijing -----------------------------------------------------------------------
    rebuke_per_hypocrisy: float = field(
        "cn.rebuke.per_hypocrisy",
        unit="1/day",
        meaning="Hazard of a rebuke with the warmest US tone on top of a fresh US measure.",
    )
    line_per_day: float = field(
        "cn.line.per_day",
        unit="1/day",
        meaning="Hazard of a conciliatory line of China while talks are open.",
    )
    line_before_summit: float = field(
        "cn.line.before_summit",
        unit="1",
        least=0.0,
        meaning="Factor on that hazard before a meeting of the leaders that is set.",
    )
    line_window_days: int = field(
        "cn.line.window_days",
        unit="days",
        least=0,
        meaning="Days before the meeting in which that factor applies.",
    )
    line_spacing_days: int = field(
        "cn.line.spacing_days",
        unit="days",
        least=0,
        meaning="Days after a conciliatory line without another.",
    )
    line_silence_days: int = field(
        "cn.line.silence_days",
        unit="days",
        least=0,
        meaning="Days after a hostile act of the US without a conciliatory line.",
    )
    line_warmth: float = field(
        "cn.line.warmth",
        unit="share",
        meaning="Warmth of a conciliatory line: 0 hostile, 1 warm.",
    )
    line_tone_speed: float = field(
        "cn.line.tone_speed",
        unit="share",
        meaning="Share of the way to the warmth of the line that China's public tone moves.",
    )
    relief_per_line: float = field(
        "tension.relief_per_line",
        unit="share",
        meaning="Share of tension above its floor that a conciliatory line removes.",
    )
    optimism_per_line: float = field(
        "cn.line.optimism",
        unit="share",
        meaning="Share of the room for optimism that a conciliatory line fills before a meeting.",
    )
