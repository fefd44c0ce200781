"""Options of a call, read."""

from __future__ import annotations

import pytest

from sim.errors import UsageError
from sim.requests.options import pairs


def test_sets_are_split_at_the_first_equals_sign() -> None:
    """A value may itself contain an equals sign; blanks around are dropped."""
    assert pairs(["us.noise=0.5", "a = b=c"]) == (("us.noise", "0.5"), ("a", "b=c"))
    assert pairs("us.noise=0.5") == pairs({"us.noise": 0.5})


@pytest.mark.parametrize("word", ["us.noise", "=0.5", " =1"])
def test_a_set_without_name_or_value_is_a_usage_error(word: str) -> None:
    """The message shows what was typed and what is expected."""
    with pytest.raises(UsageError, match="expected name=value"):
        pairs([word])
