"""Server of the page: a socket on this machine, and the loop that answers on it."""

from __future__ import annotations

import contextlib
import secrets
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import FrameType
from typing import Final

import uvicorn

from sim.errors import UsageError
from sim.experiment.runs.defaults import RUNS
from sim.report.figures.plots import check_plotting
from sim.requests.options import Options, means_of
from sim.scenario.shipped import names
from sim.serve.app import application
from sim.serve.guard import Door, is_loopback
from sim.serve.settings import Offer
from sim.serve.workbench import Workbench

HOST: Final = "127.0.0.1"
PORT: Final = 8730

FIRST: Final = "october-2025-apec"
"""Scenario that is shown first unless another is named: the one that the README begins with."""

LAST_PORT: Final = 65535

MOST_RUNS: Final = 20_000
"""Largest number of runs of an answer: beyond it, an answer takes seconds, and its runs more memory
than several pages should."""

SHORTEST_TOKEN: Final = 12
"""Letters of a token that a reader chooses: with fewer it could be guessed."""

_PATIENCE_S: Final = 2
"""Seconds that requests under way are given when the server ends."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reader wants the page to answer.

    Attributes:
        host: Address or name to listen on.
        port: Port; 0 for any that is free.
        token: Token that is asked for; empty for one made here, unless the page answers on the
            loopback interface, where none is needed.
    """

    host: str = HOST
    port: int = PORT
    token: str = ""

    def check(self) -> None:
        """Checks host, port and token.

        Raises:
            UsageError: One cannot be used.
        """
        if not 0 <= self.port <= LAST_PORT:
            raise UsageError(f"--port {self.port}: expected a whole number from 0 to {LAST_PORT}")
        if not self.host or not self.host.isascii() or any(c.isspace() for c in self.host):
            raise UsageError(f"--host {self.host!r}: expected an address, e.g. {HOST}")
        if self.token and (len(self.token) < SHORTEST_TOKEN or not _is_plain(self.token)):
            raise UsageError(
                f"--token: expected at least {SHORTEST_TOKEN} letters and digits; without --token "
                "one is made"
            )

    def door(self, port: int) -> Door:
        """Returns where the page answers once its port is known."""
        token = self.token or ("" if is_loopback(self.host) else secrets.token_urlsafe(24))
        return Door(self.host, port, token)


def serve(
    scenarios: Sequence[str], place: Place, options: Options, opened: Callable[[str], None]
) -> None:
    """Serves the page until it is interrupted.

    Args:
        scenarios: Names or paths of scenarios to offer beside the shipped ones; the first is shown
            first.
        place: Where to answer.
        options: `n`, `seed`, `workers` and `results` of the runs.
        opened: Called with the address once the page answers.

    Raises:
        NotFoundError: There is no such scenario.
        ScenarioError: A scenario is wrong.
        UsageError: An option is out of range, the port is taken, or a library is missing.
    """
    place.check()
    check_plotting()
    n = options.get("n", RUNS)
    if not 1 <= n <= MOST_RUNS:
        raise UsageError(f"-n {n}: an answer of the page has 1 to {MOST_RUNS:,} runs")
    offer = Offer(tuple(dict.fromkeys((*scenarios, FIRST, *names()))))
    for scenario in scenarios:
        offer.base(scenario)
    means = means_of(options)
    means.check()
    bench = Workbench(offer, n, means)
    with contextlib.closing(_listening(place)) as listener:
        bench.warm_up()
        door = place.door(listener.getsockname()[1])
        config = uvicorn.Config(
            application(bench, door), log_level="error", access_log=False, server_header=False,
            ws="none", timeout_graceful_shutdown=_PATIENCE_S,
        )  # fmt: skip
        opened(door.address)
        # Uvicorn passes Ctrl-C on once it has ended in order: that is how a reader ends the page.
        with contextlib.suppress(KeyboardInterrupt):
            _Server(config, bench).run([listener])


class _Server(uvicorn.Server):
    """Server that gives up what it computes as soon as it is told to end."""

    def __init__(self, config: uvicorn.Config, bench: Workbench) -> None:
        super().__init__(config)
        self._bench = bench

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Ends the computations, and then the server."""
        self._bench.closing.set()
        super().handle_exit(sig, frame)


def _listening(place: Place) -> socket.socket:
    """Returns a socket that listens where the reader wants.

    Raises:
        UsageError: The port is taken or not allowed, or the host is not one of this machine.
    """
    family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
    try:
        return socket.create_server((place.host, place.port), family=family, backlog=64)
    except OSError as error:
        raise UsageError(
            f"the page cannot answer on {place.host} port {place.port}: {error.strerror}; choose "
            "another with --port (0 for any that is free) or --host"
        ) from error


def _is_plain(token: str) -> bool:
    return token.isascii() and token.replace("-", "").replace("_", "").isalnum()
