"""The server: where it may answer, and what it refuses before it plays anything."""

from __future__ import annotations

import sys

import pytest

from sim import api
from sim.errors import UsageError
from sim.serve.server import SHORTEST_TOKEN, Place

OWN = "of-my-own-choice"


def test_a_token_is_asked_for_beyond_the_loopback_interface() -> None:
    """One is made there; on this machine alone none is needed, but one may be set."""
    # Fails if `0.0.0.0` passes for loopback, or a chosen token is dropped.
    made = {Place("0.0.0.0").door(80).token for _ in range(2)}  # noqa: S104

    assert len(made) == 2
    assert min(map(len, made)) > 30
    assert Place("127.0.0.1").door(80).token == ""
    assert Place("localhost").door(80).token == ""
    assert Place("127.0.0.1", token=OWN).door(80).token == OWN
    assert Place("192.168.0.7", token=OWN).door(80).token == OWN


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        (Place(port=-1), "--port -1: expected a whole number from 0 to 65535"),
        (Place(port=65536), "--port 65536"),
        (Place(host=""), "--host '': expected an address"),
        (Place(host="a b"), "--host 'a b'"),
        (Place(host="h\u00f4te"), "expected an address, e.g. 127.0.0.1"),
        (Place(token=OWN[:5]), f"at least {SHORTEST_TOKEN} letters and digits"),
        (Place(token=f"{OWN} with blanks"), "letters and digits"),
    ],
)
def test_places_that_cannot_be_are_refused(place: Place, sentence: str) -> None:
    """In a sentence that names the option."""
    # Fails if a check is left out.
    with pytest.raises(UsageError) as error:
        place.check()

    assert sentence in str(error.value)


def test_missing_libraries_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the command that installs them."""
    # Fails if a library is imported before it is looked for.
    monkeypatch.setattr("sim.serve.libraries.find_spec", lambda name: None)
    monkeypatch.setitem(sys.modules, "sim.serve.server", None)

    with pytest.raises(UsageError, match="this needs libraries that are not installed"):
        api.serve_page()
