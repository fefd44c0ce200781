"""The guard: which requests are obeyed, by host, origin, form and token."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from sim.serve.guard import LARGEST_BODY, Door, Guard, is_loopback
from tests.loops import in_a_loop

HOME = Door("127.0.0.1", 8730)
OPEN = Door("0.0.0.0", 8730, "a-token-of-some-length")  # noqa: S104
OWN = {"host": "127.0.0.1:8730"}
JSON = {"content-type": "application/json"}


async def _echo(_: Request) -> PlainTextResponse:
    return PlainTextResponse("obeyed")


def ask(door: Door, method: str = "GET", path: str = "/", **how: Any) -> httpx.Response:
    """Returns what a request gets."""
    routes = [Route("/{rest:path}", _echo, methods=["GET", "POST"])]
    app = Guard(Starlette(routes=routes), door)

    async def go() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8730") as c:
            return await c.request(method, path, **how)

    return in_a_loop(go())


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1:8730", "localhost:8730", "LOCALHOST:8730", "localhost.:8730", "[::1]:8730"],
)
def test_this_machine_is_known_by_its_own_names(host: str) -> None:
    """All of which lead to the loopback interface alone."""
    # Fails if one of the names is forgotten.
    assert ask(HOME, headers={"host": host}).text == "obeyed"


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example:8730", "evil.example", "127.0.0.1.evil.example:8730", "localhost:80"),
        *("127.0.0.1", "127.0.0.1:8731", "192.168.0.7:8730", "", "127.0.0.1:x", "[::1:8730", "@"),
    ],
)
def test_a_name_that_was_made_to_point_here_is_refused(host: str) -> None:
    """A page whose name is rebound to this machine sends its own name."""
    # Fails if `Host` is not compared with the names of this machine.
    answer = ask(HOME, headers={"host": host})

    assert answer.status_code == 403
    assert "is not the address of this page; open http://127.0.0.1:8730/" in answer.json()["error"]


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "http://localhost:8730"},
        {"origin": "https://127.0.0.1:8730"},
        {"origin": "http://127.0.0.1:8731"},
        {"origin": "null"},
        {"origin": ""},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_another_origin_is_refused(method: str, headers: dict[str, str]) -> None:
    """Whatever it asks, and in whichever way the browser tells of it."""
    # Fails if `Origin` or `Sec-Fetch-Site` is not looked at, or for POST alone.
    answer = ask(HOME, method, headers={**OWN, **JSON, **headers}, content=b"{}")

    assert answer.status_code == 403
    assert answer.json() == {"error": "requests of another page are not obeyed"}


def test_the_page_itself_is_obeyed() -> None:
    """It sends its own origin."""
    # Fails if every origin is refused.
    own = {**JSON, "origin": "http://127.0.0.1:8730", "sec-fetch-site": "same-origin"}

    assert ask(HOME, "POST", headers=own, content=b"{}").text == "obeyed"
    assert ask(HOME, headers={"sec-fetch-site": "none"}).text == "obeyed"


@pytest.mark.parametrize(
    ("headers", "content", "status"),
    [
        ({"content-type": "text/plain"}, b"{}", 415),
        ({"content-type": "application/x-www-form-urlencoded"}, b"a=1", 415),
        ({"content-type": "application/json; charset=utf-8"}, b"{}", 200),
        (JSON, b"x" * (LARGEST_BODY + 1), 413),
        ({**JSON, "content-length": "9" * 30}, b"{}", 413),
        ({**JSON, "content-length": "-1"}, b"{}", 411),
        ({**JSON, "content-length": b"\xb2"}, b"{}", 411),
    ],
)
def test_a_body_is_json_of_moderate_length(
    headers: dict[str, str | bytes], content: bytes, status: int
) -> None:
    """What a form of another page can send is refused even by an old browser."""
    # Fails if the type or the length is not looked at.
    assert ask(HOME, "POST", headers=headers, content=content).status_code == status


def test_a_body_without_a_length_is_refused() -> None:
    """It might never end."""

    # Fails if a missing length passes for a short one.
    async def endless() -> Any:
        yield b"{}"

    assert ask(HOME, "POST", headers=JSON, content=endless()).status_code == 411


def test_every_answer_forbids_what_it_does_not_need() -> None:
    """Refusals too: no frame, no script from elsewhere, no copy kept."""
    # Fails if the headers are set on answers of the application alone.
    for answer in (ask(HOME), ask(HOME, headers={"host": "evil.example"})):
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_token_is_exchanged_for_a_cookie() -> None:
    """The address with the token leads to one without, which the cookie opens."""
    # Fails if the token is not compared, or the cookie is not asked for.
    away = {"host": "192.168.0.7:8730"}
    entered = ask(OPEN, path=f"/?token={OPEN.token}", headers=away)
    cookie = entered.headers["set-cookie"]

    assert (entered.status_code, entered.headers["location"]) == (303, "/")
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert ask(OPEN, headers={**away, "cookie": cookie.split(";")[0]}).text == "obeyed"


@pytest.mark.parametrize(
    ("path", "cookie"),
    [
        ("/", ""),
        ("/?token=", ""),
        ("/?token=wrong", ""),
        ("/?token=%ff", ""),
        (f"/?token={OPEN.token}x", ""),
        (f"/assets/serve.js?token={OPEN.token}", ""),
        ("/", "detente-8730="),
        ("/", "detente-8730=wrong"),
        ("/", f"detente-8731={OPEN.token}"),
    ],
)
def test_without_the_token_nothing_is_shown(path: str, cookie: str) -> None:
    """Neither the page nor its scripts."""
    # Fails if an empty or a wrong token passes.
    headers = {"host": "192.168.0.7:8730", "cookie": cookie}
    answer = ask(OPEN, path=path, headers=headers)

    assert answer.status_code == 401
    assert "open the address that detente serve printed" in answer.json()["error"]


def test_beyond_the_loopback_interface_names_are_refused_still() -> None:
    """An address in numbers cannot be rebound; a name can, but for that of the machine itself."""
    # Fails if every host is admitted once a token is asked for.
    assert OPEN.admits("192.168.0.7:8730")
    assert OPEN.admits("[fe80::1]:8730")
    assert OPEN.admits("localhost:8730")
    assert not OPEN.admits("evil.example:8730")
    assert Door("lab.example", 80, "x" * 12).admits("lab.example")
    assert not Door("lab.example", 80, "x" * 12).admits("evil.example")


@pytest.mark.parametrize(
    ("host", "inside"),
    [
        *(("127.0.0.1", True), ("127.8.8.8", True), ("::1", True), ("localhost", True)),
        *(("0.0.0.0", False), ("::", False), ("192.168.0.7", False), ("lab.example", False)),  # noqa: S104
    ],
)
def test_what_is_loopback(host: str, inside: bool) -> None:
    """An address of all interfaces is not."""
    # Fails if `0.0.0.0` passes for this machine alone.
    assert is_loopback(host) is inside


def test_the_address_can_be_opened() -> None:
    """That of all interfaces is told as this machine's own."""
    # Fails if the token is left out, or `0.0.0.0` is told.
    assert HOME.address == "http://127.0.0.1:8730/"
    assert OPEN.address == "http://127.0.0.1:8730/?token=a-token-of-some-length"
    assert Door("::1", 9).address == "http://[::1]:9/"
