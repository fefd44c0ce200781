"""Application of the page: its routes, and every error as a sentence."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache, partial
from http import HTTPStatus
from importlib.resources import files
from typing import Any, Final

from anyio import to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from sim.errors import NotFoundError, SimError, UsageError, install_command
from sim.report.html.parts.templates import asset, environment
from sim.serve.answers import answer, chronicle, comparison
from sim.serve.exports import KINDS, endings, exported
from sim.serve.guard import Door, Guard, refuse
from sim.serve.inputs import about, ranked
from sim.serve.sessions import Sessions
from sim.serve.settings import Setting, read_setting
from sim.serve.workbench import Superseded, Workbench
from sim.version import __version__

LARGEST_NUMBER: Final = 2**53
"""Largest whole number that a browser counts to without a gap."""

_SCRIPT: Final = "text/javascript; charset=utf-8"
_STYLE: Final = "text/css; charset=utf-8"


class PageRoutes:
    """Handlers of the routes.

    Args:
        bench: Scenarios on offer, and how their runs are played.
    """

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        self._sessions = Sessions(bench)

    def routes(self) -> list[Route]:
        """Returns the routes."""
        session = "/api/sessions/{session}"
        return [
            Route("/", self.index),
            Route("/assets/{name}", self.asset),
            Route("/api/scenarios/{scenario:path}", self.scenario),
            Route("/api/telling", self.telling, methods=["POST"]),
            Route("/api/sessions", self.open, methods=["POST"]),
            Route(f"{session}/answer", self.answer, methods=["POST"]),
            Route(f"{session}/comparison", self.comparison, methods=["POST"]),
            Route(f"{session}/chronicle", self.chronicle, methods=["POST"]),
            Route(f"{session}/keep", self.keep, methods=["POST"]),
            Route(f"{session}/export.{{form}}", self.export),
        ]

    async def index(self, _: Request) -> Response:
        """Returns the page."""
        offer = self._bench.offer
        worlds = [(name, offer.base(name).name, offer.base(name).question) for name in offer.names]
        text = (
            environment("sim.serve", "assets")
            .get_template("page.html")
            .render(
                scenarios=worlds,
                runs=self._bench.n,
                seed=self._bench.means.seed,
                version=__version__,
                endings=endings(),
                install=install_command("spreadsheet"),
            )
        )
        return HTMLResponse(text)

    async def asset(self, request: Request) -> Response:
        """Returns a script or a style sheet: those of the reports, and those of this page."""
        name = request.path_params["name"]
        if name not in _assets():
            raise HTTPException(HTTPStatus.NOT_FOUND)
        text, kind = _assets()[name]
        return Response(text, media_type=kind)

    async def scenario(self, request: Request) -> Response:
        """Returns a scenario with its inputs and acts."""
        base = self._bench.offer.base(request.path_params["scenario"])
        return JSONResponse(await to_thread.run_sync(about, base))

    async def telling(self, request: Request) -> Response:
        """Returns the most telling inputs of a scenario, which may take some seconds."""
        setting = read_setting(await _body(request), self._bench.offer)
        ranking = await to_thread.run_sync(self._bench.ranking, setting.scenario)
        return JSONResponse(ranked(ranking))

    async def open(self, _: Request) -> Response:
        """Opens a session."""
        return JSONResponse({"session": self._sessions.open()})

    async def answer(self, request: Request) -> Response:
        """Answers a setting, unless a newer wish of the session arrives meanwhile."""
        told, session = await _body(request), self._sessions.find(request.path_params["session"])
        setting, number = read_setting(told.get("setting"), self._bench.offer), _number(told)
        async with session.wish(number) as stop:
            work = partial(answer, self._bench, session, setting, stop)
            return JSONResponse({"number": number, **await to_thread.run_sync(work)})

    async def comparison(self, request: Request) -> Response:
        """Compares two settings."""
        told, session = await _body(request), self._sessions.find(request.path_params["session"])
        a, b = (read_setting(told.get(name), self._bench.offer) for name in ("a", "b"))
        number = _number(told)
        async with session.wish(number) as stop:
            work = partial(comparison, self._bench, session, (a, b), stop)
            return JSONResponse({"number": number, **await to_thread.run_sync(work)})

    async def chronicle(self, request: Request) -> Response:
        """Tells one run."""
        told, session = await _body(request), self._sessions.find(request.path_params["session"])
        setting = read_setting(told.get("setting"), self._bench.offer)
        replicate = _whole("run", told.get("replicate"))
        async with session.turn():
            work = partial(chronicle, self._bench, setting, replicate)
            return JSONResponse(await to_thread.run_sync(work))

    async def keep(self, request: Request) -> Response:
        """Stores the runs of a setting."""
        told, session = await _body(request), self._sessions.find(request.path_params["session"])
        setting = read_setting(told.get("setting"), self._bench.offer)
        async with session.turn():
            batch = await to_thread.run_sync(self._bench.keep, setting)
        name = batch.directory.name
        return JSONResponse({"id": batch.id, "name": name, "command": f"detente report {name}"})

    async def export(self, request: Request) -> Response:
        """Returns the numbers of the last answer as a file."""
        session, form = (request.path_params[name] for name in ("session", "form"))
        found, ending = self._sessions.find(session), f".{form}"
        setting = found.shown
        if ending not in endings():
            allowed = " or ".join(each.removeprefix(".") for each in endings())
            raise NotFoundError(f"there is no export {form[:20]!r}; choose {allowed}")
        if setting is None:
            raise NotFoundError("there is no answer to export yet")
        async with found.turn():
            work = partial(_exported, found.batch, setting, ending)
            data, name = await to_thread.run_sync(work)
        disposition = f'attachment; filename="{name}"'
        headers = {"content-disposition": disposition}
        return Response(data, media_type=KINDS[ending], headers=headers)


def application(bench: Workbench, door: Door) -> Starlette:
    """Returns the application.

    Args:
        bench: Scenarios on offer, and how their runs are played.
        door: Where it answers, and to whom.
    """
    return Starlette(
        routes=PageRoutes(bench).routes(),
        middleware=[Middleware(Guard, door=door)],
        exception_handlers={
            Superseded: _superseded,
            SimError: _wrong,
            HTTPException: _unknown,
            Exception: _unexpected,
        },
    )


async def _body(request: Request) -> dict[str, Any]:
    """Returns the JSON object of a request.

    Raises:
        UsageError: It is none.
    """
    try:
        told = json.loads(await request.body())
    except (ValueError, RecursionError):
        raise UsageError("a request must be a JSON object; this one cannot be read") from None
    if not isinstance(told, dict):
        raise UsageError("a request must be a JSON object")
    return told


def _number(told: dict[str, Any]) -> int:
    return _whole("number", told.get("number"))


def _whole(what: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < LARGEST_NUMBER:
        raise UsageError(f"{what}: expected a whole number from 0, found {value!r:.40}")
    return value


def _exported(batch_of: Callable[..., Any], setting: Setting, ending: str) -> tuple[bytes, str]:
    batch = batch_of(setting, lambda: False)
    return exported(setting, batch, ending), f"{batch.id}{ending}"


async def _superseded(request: Request, error: Exception) -> Response:
    return refuse(HTTPStatus.CONFLICT, "a newer wish has taken the place of this one")


async def _wrong(request: Request, error: Exception) -> Response:
    missing = isinstance(error, NotFoundError) and request.method == "GET"
    status = HTTPStatus.NOT_FOUND if missing else HTTPStatus.UNPROCESSABLE_ENTITY
    return refuse(status, str(error))


async def _unknown(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return refuse(HTTPStatus(error.status_code), f"there is nothing at {request.url.path[:100]}")


async def _unexpected(request: Request, error: Exception) -> Response:
    return refuse(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        f"unexpected {type(error).__name__}: a bug in the program; the terminal shows where",
    )


@cache
def _assets() -> dict[str, tuple[str, str]]:
    own = files(__package__) / "assets"
    return {
        "report.css": (asset("style.css"), _STYLE),
        "report.js": (asset("page.js"), _SCRIPT),
        "serve.css": ((own / "serve.css").read_text("utf-8"), _STYLE),
        "serve.js": ((own / "serve.js").read_text("utf-8"), _SCRIPT),
    }
