"""The page as a process: what it obeys, what ten changes in a second leave, how it ends."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

import httpx
import pytest

from sim import api
from sim.experiment.store.results import Store
from tests.loops import in_a_loop

APEC: Final = "october-2025-apec"
ENDS_S: Final = 20.0
KEPT: Final = 6_000
"""Runs of an answer that is kept while the server is killed: several shards."""

Start = Callable[..., "Served"]


class Served:
    """A server in a process of its own.

    Attributes:
        process: The process.
        address: Address that it printed.
    """

    def __init__(self, process: subprocess.Popen[str], address: str) -> None:
        self.process = process
        self.address = address

    @property
    def base(self) -> str:
        """The address without its token."""
        return self.address.partition("?")[0].rstrip("/")

    def client(self, **how: Any) -> httpx.Client:
        """Returns a client of the page."""
        return httpx.Client(base_url=self.base, timeout=120.0, **how)

    def session(self, client: httpx.Client) -> str:
        """Opens a session and returns the path of its requests."""
        return f"/api/sessions/{client.post('/api/sessions', json={}).json()['session']}"


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts servers on free ports, and kills them when the test is done."""
    started: list[subprocess.Popen[str]] = []

    def begin(*words: str) -> Served:
        with (tmp_path / "notes").open("a", encoding="utf-8") as notes:
            process = subprocess.Popen(
                [sys.executable, "-m", "sim", "serve", "--port", "0", "-q", *words],
                env={**os.environ, "DETENTE_RESULTS": str(tmp_path / "results")},
                stdout=subprocess.PIPE,
                stderr=notes,
                text=True,
            )
        started.append(process)
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.search(r"Open (http://\S+) in a browser", line)
        assert found, (tmp_path / "notes").read_text("utf-8")
        return Served(process, found[1])

    yield begin
    for process in started:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def setting(value: float | None = None) -> dict[str, Any]:
    """Returns a setting of the page."""
    return {"scenario": APEC, "sets": {} if value is None else {"us.noise": value}}


def test_ten_changes_in_a_second_leave_one_answer_the_last(start: Start) -> None:
    """All others are told that a newer wish took their place, and the last is answered as if it
    had been alone."""
    # Fails if a computation is not given up, or wishes are answered in the order of arrival.
    served = start("-n", "2000")
    values = [round(0.6 + 0.1 * place, 1) for place in range(10)]

    async def gesture() -> list[httpx.Response]:
        async with httpx.AsyncClient(base_url=served.base, timeout=120.0) as client:
            session = (await client.post("/api/sessions", json={})).json()["session"]

            async def change(place: int) -> httpx.Response:
                await asyncio.sleep(0.09 * place)
                told = {"number": place + 1, "setting": setting(values[place])}
                return await client.post(f"/api/sessions/{session}/answer", json=told)

            return [*await asyncio.gather(*map(change, range(10)))]

    answers = in_a_loop(gesture())
    with served.client() as client:
        path = served.session(client)
        alone = client.post(f"{path}/answer", json={"number": 1, "setting": setting(values[-1])})

    assert [answer.status_code for answer in answers] == [409] * 9 + [200]
    assert answers[-1].json()["sentence"] == alone.json()["sentence"]
    assert "us.noise=1.5" in answers[-1].json()["command"]


def test_no_request_from_another_origin_is_obeyed(start: Start, tmp_path: Path) -> None:
    """Nothing is stored, opened or told, whoever asks in whichever way."""
    # Fails if the guard is not in front of every route.
    served = start("-n", "20")
    port = served.base.rpartition(":")[2]
    foreign = [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": f"http://localhost.evil.example:{port}"},
        {"host": f"evil.example:{port}", "origin": f"http://evil.example:{port}"},
        {"host": "evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"content-type": "text/plain"},
        {"content-type": "application/x-www-form-urlencoded"},
    ]
    with served.client() as client:
        path = served.session(client)
        body = json.dumps({"number": 1, "setting": setting()})
        for headers in foreign:
            sent = {"content-type": "application/json", **headers}
            for place in ("/api/sessions", "/api/telling", f"{path}/answer", f"{path}/keep"):
                answer = client.post(place, content=body, headers=sent)
                assert answer.status_code in {403, 415}, (place, headers)
                assert "session" not in answer.json()
            if "content-type" not in headers:
                assert client.get("/", headers=headers).status_code == 403
                assert client.get(f"/api/scenarios/{APEC}", headers=headers).status_code == 403
        assert "access-control-allow-origin" not in client.options("/api/sessions").headers
        assert not (tmp_path / "results").exists()
        own = {"content-type": "application/json", "origin": served.base}
        assert client.post(f"{path}/answer", content=body, headers=own).status_code == 200


def test_beyond_this_machine_a_token_is_asked_for(start: Start) -> None:
    """The printed address opens the page; without it nothing does."""
    # Fails if a server on all interfaces answers without its token.
    served = start("--host", "0.0.0.0", "-n", "20")  # noqa: S104
    with served.client() as client:
        assert client.get("/").status_code == 401
        assert client.post("/api/sessions", json={}).status_code == 401
        assert client.get("/?token=wrong").status_code == 401
        entered = client.get(f"/?{served.address.partition('?')[2]}")
        assert entered.status_code == 303
        assert client.get("/").status_code == 200
        assert served.session(client)
    with served.client(cookies={"detente": "wrong"}) as stranger:
        assert stranger.get("/").status_code == 401


def test_a_server_on_this_machine_listens_here_alone(start: Start) -> None:
    """Other addresses of the machine do not answer."""
    # Fails if the page listens on all interfaces.
    served = start("-n", "20")
    port = served.base.rpartition(":")[2]
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"http://127.0.0.2:{port}/", timeout=5.0)


def test_killed_while_it_stores_it_leaves_whole_results(start: Start, tmp_path: Path) -> None:
    """What is stored is readable, and the same command completes it to the same runs."""
    # Fails if the page stores runs otherwise than `detente run` does.
    served = start("-n", str(KEPT))
    with served.client() as client, ThreadPoolExecutor(1) as asking:
        path = served.session(client)
        asked = asking.submit(client.post, f"{path}/keep", json={"setting": setting()})
        while not list((tmp_path / "results").glob("*/outcomes/*.parquet")):
            assert not asked.done(), asked.result().text
            time.sleep(0.005)
        served.process.kill()
        with pytest.raises(httpx.TransportError):
            asked.result()
    served.process.wait()
    store = Store(tmp_path / "results")
    assert store.set_aside() == []
    for stored in store.results():
        assert stored.n % 1000 == 0
        assert api.load(stored.name, results=store.root).batch.n == stored.n
    completed = api.run(APEC, n=KEPT, brief=True, results=store.root, engine="compiled")
    fresh = api.run(APEC, n=KEPT, brief=True, results=tmp_path / "fresh", engine="compiled")

    assert completed.batch.id == fresh.batch.id
    for name in ("truce_in_force", "us_addon_pp", "path_class"):
        assert (completed.batch.values[name] == fresh.batch.values[name]).all()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_in_order_while_it_computes(
    start: Start, how: signal.Signals, tmp_path: Path
) -> None:
    """Ctrl-C ends the page within seconds, with no traceback and nothing stored."""
    # Fails if a computation is not given up when the server ends.
    served = start("-n", "20000")

    async def interrupt() -> None:
        async with httpx.AsyncClient(base_url=served.base, timeout=60.0) as asking:
            session = (await asking.post("/api/sessions", json={})).json()["session"]
            told = {"number": 1, "setting": setting(1.7)}
            asked = asyncio.create_task(asking.post(f"/api/sessions/{session}/answer", json=told))
            await asyncio.sleep(0.3)
            served.process.send_signal(how)
            await asyncio.wait([asked])
            asked.exception()

    in_a_loop(interrupt())
    began = time.monotonic()
    code = served.process.wait(ENDS_S)

    assert time.monotonic() - began < ENDS_S
    assert code in {0, -how}
    assert "Traceback" not in (tmp_path / "notes").read_text("utf-8")
    assert not (tmp_path / "results").exists()
