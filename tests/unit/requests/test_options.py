"""Options of a call, read."""

from __future__ import annotations

import pytest

from sim.errors import UsageError
from sim.requests.options import conditions_of, pairs


def test_sets_are_split_at_the_first_equals_sign() -> None:
    """A value may itself contain an equals sign; blanks around are dropped."""
    assert pairs(["us.noise=0.5", "a = b=c"]) == (("us.noise", "0.5"), ("a", "b=c"))
    assert pairs("us.noise=0.5") == pairs({"us.noise": 0.5})


@pytest.mark.parametrize("word", ["us.noise", "=0.5", " =1"])
def test_a_set_without_name_or_value_is_a_usage_error(word: str) -> None:
    """The message shows what was typed and what is expected."""
    with pytest.raises(UsageError, match="expected name=value"):
        pairs([word])


def test_conditions_may_stand_in_one_text() -> None:
    """Joined by `and`, or each after an option of its own."""
    # Fails if a text is taken for one condition.
    joined = conditions_of({"given": "leaders_met and us_hikes<9"})
    apart = conditions_of({"given": ["leaders_met", "us_hikes<9"]})

    assert [each.text for each in joined] == ["leaders_met", "us_hikes<9"]
    assert joined == apart
