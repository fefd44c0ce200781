"""Guard in front of the page: no request from another origin, for another host, or without the
token is obeyed.

A browser lets any page send requests to this machine. Such a request carries the `Origin` of that
page or says `Sec-Fetch-Site: cross-site`, and is refused. A page whose name was made to point to
this machine after it was loaded (DNS rebinding) carries its own name in `Host`, and is refused for
that. Without a token, the page answers on the loopback interface alone.
"""

from __future__ import annotations

import hmac
import ipaddress
import socket
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK_NAME: Final = "localhost"

LARGEST_BODY: Final = 100_000
"""Bytes of a request at most: a setting with a hundred moved inputs takes a tenth of it."""

_SAFE_SITES: Final = frozenset({"same-origin", "none"})
"""Values of `Sec-Fetch-Site` of requests of this page, or of a reader who types its address."""

_HEADERS: Final = {
    # Nothing is loaded but from here; charts have inline styles, which cannot be listed.
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


@dataclass(frozen=True, slots=True)
class Door:
    """Where the page answers, and to whom.

    Attributes:
        host: Address or name it was told to listen on.
        port: Port it listens on.
        token: Token that a reader must show; empty if none is asked for.
    """

    host: str
    port: int
    token: str = ""

    @property
    def cookie(self) -> str:
        """Name of the cookie with the token; cookies are shared by all ports of a host."""
        return f"detente-{self.port}"

    @property
    def address(self) -> str:
        """Address to open, with the token if there is one."""
        known = "127.0.0.1" if self.host in {"0.0.0.0", "::"} else self.host  # noqa: S104
        host = f"[{known}]" if ":" in known else known
        return f"http://{host}:{self.port}/" + (f"?token={self.token}" if self.token else "")

    def admits(self, host: str) -> bool:
        """Returns whether a `Host` header names this machine.

        Names other than its own are refused, because anyone can make theirs point here. Numbers
        cannot be made to.
        """
        try:
            named = urlsplit(f"//{host}")
            name, port = (named.hostname or "").rstrip("."), named.port
        except ValueError:
            return False
        if (port or 80) != self.port:
            return False
        own = {LOOPBACK_NAME, self.host.lower()}
        if is_loopback(self.host):
            return name in own or is_loopback(name)
        return name in own | {socket.gethostname().lower()} or _is_number(name)


def is_loopback(host: str) -> bool:
    """Returns whether a host is this machine, seen from itself."""
    if host == LOOPBACK_NAME:
        return True
    return _is_number(host) and ipaddress.ip_address(host).is_loopback


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def refuse(status: HTTPStatus, text: str) -> Response:
    """Returns a refusal as JSON."""
    return JSONResponse({"error": text}, status)


class Guard:
    """ASGI middleware that lets through what this page itself asks, and nothing else.

    Args:
        app: The application.
        door: Where it answers, and to whom.
    """

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self._app = app
        self._door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuses a request, or passes it on."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        answer = self._refusal(scope) or self._entrance(scope)
        await (answer or self._app)(scope, receive, send_safely)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        host, origin = headers.get("host", ""), headers.get("origin")
        if scope["type"] != "http":
            return refuse(HTTPStatus.FORBIDDEN, "this page takes plain requests only")
        if not self._door.admits(host):
            return refuse(
                HTTPStatus.FORBIDDEN,
                f"{host[:100]!r} is not the address of this page; open {self._plain()}",
            )
        if origin is not None and origin != f"http://{host}":
            return refuse(HTTPStatus.FORBIDDEN, "requests of another page are not obeyed")
        if headers.get("sec-fetch-site", "none") not in _SAFE_SITES:
            return refuse(HTTPStatus.FORBIDDEN, "requests of another page are not obeyed")
        if scope["method"] == "POST":
            return _wrong_form(headers)
        return None

    def _entrance(self, scope: Scope) -> Response | None:
        """Returns what a request without the token gets; None if it has it, or none is needed."""
        token = self._door.token
        if not token:
            return None
        # A token in the address is exchanged for a cookie, so that it stays in no history.
        query = parse_qs(scope.get("query_string", b"").decode("latin-1"))
        if scope["path"] == "/" and _same(query.get("token", [""])[-1], token):
            entered = RedirectResponse("/", HTTPStatus.SEE_OTHER)
            entered.set_cookie(self._door.cookie, token, httponly=True, samesite="strict")
            return entered
        cookies = cookie_parser(Headers(scope=scope).get("cookie", ""))
        if _same(cookies.get(self._door.cookie, ""), token):
            return None
        return refuse(
            HTTPStatus.UNAUTHORIZED,
            "this page asks for its token: open the address that detente serve printed",
        )

    def _plain(self) -> str:
        return self._door.address.partition("?")[0]


def _wrong_form(headers: Headers) -> Response | None:
    """Refuses a body that is no JSON of known and moderate length; a form of another page cannot
    be JSON."""
    if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        return refuse(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "a request must be JSON")
    length = headers.get("content-length", "")
    if not (length.isascii() and length.isdigit()):
        return refuse(HTTPStatus.LENGTH_REQUIRED, "a request must tell its length")
    if len(length) > 9 or int(length) > LARGEST_BODY:
        return refuse(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            f"a request may have at most {LARGEST_BODY:,} bytes",
        )
    return None


def _same(found: str, token: str) -> bool:
    """Compares without telling by its time where the first difference is."""
    return hmac.compare_digest(found.encode(), token.encode())
