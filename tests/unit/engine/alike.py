"""Holds what two engines made of the same runs side by side."""

from __future__ import annotations

from sim.engine.blocks import Block


def differences(one: Block, other: Block) -> list[str]:
    """Returns the names of what differs in a single bit between two blocks."""
    parted = [f"{b.first}, {b.count}" for b in (one, other)]
    names = ["range"] if parted[0] != parted[1] else []
    for mine, theirs in ((one.values, other.values), (one.paths, other.paths)):
        names += sorted(mine.keys() ^ theirs.keys())
        names += [
            name
            for name in mine.keys() & theirs.keys()
            if mine[name].dtype != theirs[name].dtype
            or mine[name].tobytes() != theirs[name].tobytes()
        ]
    if one.weeks.tobytes() != other.weeks.tobytes():
        names.append("weeks")
    if one.failures != other.failures:
        names.append("failures")
    happened = [b"" if b.events is None else b.events.tobytes() for b in (one, other)]
    return names + (["events"] if happened[0] != happened[1] else [])
