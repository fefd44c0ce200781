"""State of posts: rows and names."""

from __future__ import annotations

from sim.model.tables.state import State
from sim.model.tables.variables.posts import PostState
from sim.model.tables.vocabulary import POSTS, Post, Side
from tests.unit.model.tables.subjects import check_rows, names, rows


def test_rows_are_sound() -> None:
    """Every row has a name, a unit and a meaning, and stands once in the state."""
    # Fails if a name is doubled or a unit unknown.
    check_rows(PostState, State)


def test_a_scenario_may_leave_a_post_vacant_and_nothing_else() -> None:
    """Posts of each side, the leader's apart; voices and mandates come from the table of people."""
    # Fails if a post has no name, or a scenario could write what the table gives.
    free = {
        attr: found for attr in rows(PostState, State) if (found := names(PostState, State, attr))
    }
    expected = [
        f"{side.name.lower()}.post.{post.name.lower()}"
        for side in Side
        for post in Post
        if post in POSTS[side]
    ]

    assert free == {"filled": expected}
    assert not any("leader" in name for name in expected)


def test_posts_are_filled_and_mandates_full_until_the_table_is_read() -> None:
    """So that rules work on a blank state."""
    state = State()

    assert all(all(side) for side in state.filled)
    assert state.mandate == state.mandate_unnamed == [1.0, 1.0]
