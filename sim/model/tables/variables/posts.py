"""State of posts: who is heard in each, how much, and who may settle something in the talks."""

from __future__ import annotations

from sim.model.tables.fields import field
from sim.model.tables.paths import Index, side_name
from sim.model.tables.vocabulary import POSTS, Faction, Post, Side


def _post(i: Index) -> str | None:
    post = Post(i[1])
    return f"{side_name(i[0])}.post.{post.name.lower()}" if post in POSTS[Side(i[0])] else None


class PostState:
    """Voices and mandates of those in post, from the table of people."""

    filled: list[list[bool]] = field(
        _post,
        unit="flag",
        init=True,
        shape=(Side, Post),
        meaning="Whether the holder of a post has a say; false leaves the post vacant.",
    )
    camp: list[list[int]] = field(
        "",
        unit="code",
        code=Faction,
        shape=(Side, Post),
        meaning="Faction for which the holder of a post speaks.",
    )
    voice: list[list[float]] = field(
        "",
        unit="share",
        shape=(Side, Post),
        meaning="Voice of the holder of a post in his faction.",
    )
    voice_unit: list[list[float]] = field(
        "",
        unit="share",
        shape=(Side, Faction),
        meaning="Influence that a voice of 1 gives a faction: its first influence by its voices.",
    )
    heard: list[list[float]] = field(
        "",
        unit="1",
        shape=(Side, Faction),
        meaning="Sum of the voices on which the influence of a faction rests.",
    )
    mandate_part: list[list[float]] = field(
        "",
        unit="share",
        shape=(Side, Post),
        meaning="Part of the authority to settle that the holder of a post carries in the talks.",
    )
    mandate_unnamed: list[float] = field(
        "",
        unit="share",
        init=1.0,
        shape=(Side,),
        meaning="That authority where the table of people names nobody of a side.",
    )
    handover_day: int = field(
        "",
        unit="date",
        meaning="Day of the change of power in the run, past or to come; 0 = none is known of.",
    )
    mandate: list[float] = field(
        "",
        unit="share",
        init=1.0,
        shape=(Side,),
        meaning="Authority of a side's negotiators to settle: 0 = nobody leads, 1 = full.",
    )
