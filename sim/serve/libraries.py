"""Libraries of the page, which come with the extra `serve`."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Final

from sim.errors import needs

LIBRARIES: Final = ("matplotlib", "starlette", "uvicorn")


def check_serving() -> None:
    """Checks that the libraries of the page are installed.

    Raises:
        UsageError: One is not; the message says how to install them.
    """
    if any(find_spec(name) is None for name in LIBRARIES):
        raise needs("serve")
