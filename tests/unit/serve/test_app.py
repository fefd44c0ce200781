"""The page's application: its routes, their answers, and errors in sentences."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import openpyxl
import pytest

from sim import api
from sim.experiment.runs.batch import Batch, run_batch, stored_batch
from sim.report.html.parts.fans import live_pictures
from sim.serve import app as page
from sim.serve import exports
from sim.serve.settings import read_setting
from sim.serve.workbench import Workbench
from tests.unit.serve.conftest import APEC, setting

Visit = Callable[[Any], Any]
MOVED = {"court.strike_probability": 0.8}


async def session_of(client: httpx.AsyncClient) -> str:
    """Opens a session and returns the path of its requests."""
    told = (await client.post("/api/sessions", json={})).json()
    return f"/api/sessions/{told['session']}"


async def post(client: httpx.AsyncClient, path: str, **told: Any) -> httpx.Response:
    """Posts JSON."""
    return await client.post(path, json=told)


def test_the_page_names_scenarios_and_loads_from_here_alone(visit: Visit) -> None:
    """Every script and style sheet that it names is served, and none is of another place."""

    # Fails if an asset is missing or named by an address.
    async def go(client: httpx.AsyncClient) -> tuple[str, dict[str, int]]:
        text = (await client.get("/")).text
        names = ("report.css", "report.js", "serve.css", "serve.js")
        found = [await client.get(f"/assets/{name}") for name in names]
        assert "makeReadable" in found[1].text
        return text, {str(r.url.path): r.status_code for r in found}

    text, assets = visit(go)

    assert all(f'"{name}"' in text for name in assets)
    assert {*assets.values()} == {200}
    assert "//" not in text.replace("<!doctype", "")
    assert "Will the summit of 30 October bring" in text


def test_an_answer_is_that_of_run(visit: Visit, bench: Workbench) -> None:
    """The sentence and the figures of the runs that `detente run` plays; nothing is stored."""

    # Fails if the page plays other runs, or stores them.
    async def go(client: httpx.AsyncClient) -> Any:
        path = await session_of(client)
        return (await post(client, f"{path}/answer", number=1, setting=setting(MOVED))).json()

    told = visit(go)
    assert not bench.means.store.root.exists()
    result = api.run(APEC, sets=MOVED, n=12, engine="simpy", results=bench.means.store.root)

    assert told["sentence"].lower() in " ".join(str(result).lower().split())
    assert told["number"] == 1
    assert told["change"] == told["differences"] == ""
    assert "before" not in "".join(told["figures"])
    assert told["command"].endswith("-n 12 --seed 20251023 --set court.strike_probability=0.8")


def test_charts_are_those_of_the_report(visit: Visit, bench: Workbench) -> None:
    """The same SVG as of the stored runs, to the letter."""

    # Fails if runs in memory differ from stored ones, or the page draws by itself.
    async def go(client: httpx.AsyncClient) -> Any:
        path = await session_of(client)
        return (await post(client, f"{path}/answer", number=1, setting=setting())).json()

    told = visit(go)
    stored = run_batch(
        bench.offer.base(APEC), n=12, store=bench.means.store, engine="simpy", workers=1
    )

    assert told["figures"] == figures_of(stored)


def figures_of(batch: Batch) -> list[str]:
    """Returns the charts of a batch as the page shows them."""
    from sim.report.html.parts.pictures import Gallery, hung

    shown = live_pictures([batch])
    return [hung([Gallery(p.key, "", (p,))], frames=("narrow",))[0] for p in shown]


def test_a_change_is_shown_beside_the_answer_before(visit: Visit) -> None:
    """With the difference and its interval, and what cannot be told; a setting that is asked for
    again keeps its ghost."""

    # Fails if the answer before is not remembered, or the comparison is left out.
    async def go(client: httpx.AsyncClient) -> list[Any]:
        path = f"{await session_of(client)}/answer"
        asked = [setting(), setting(MOVED), setting(MOVED)]
        return [
            (await post(client, path, number=number + 1, setting=each)).json()
            for number, each in enumerate(asked)
        ]

    first, second, third = visit(go)

    assert first["change"] == ""
    assert second["change"].startswith("Against the answer before, on the same luck: ")
    assert "cannot tell" in second["differences"]
    assert "12 pairs of runs, each pair on the same luck (seed 20251023)" in second["differences"]
    assert all("before" in figure for figure in second["figures"])
    assert "before" in second["brief"]
    assert third["differences"] == second["differences"]


def test_pins_forks_and_runs(visit: Visit) -> None:
    """Two settings overlaid, a fork with its command, and the chronicle of a run of it."""
    # Fails if a fork is not played, or the chronicle is of the scenario without it.
    fork = {"on": "2025-10-24", "do": ["us.hike=20"], "through": None}

    async def go(client: httpx.AsyncClient) -> list[Any]:
        path = await session_of(client)
        pair = {"a": setting(fork=fork), "b": setting()}
        asked = [
            ("answer", {"number": 1, "setting": setting(fork=fork)}),
            ("comparison", {"number": 2, **pair}),
            ("chronicle", {"setting": setting(fork=fork), "replicate": 3}),
        ]
        return [(await post(client, f"{path}/{what}", **told)).json() for what, told in asked]

    answer, pair, run = visit(go)

    assert "--on 2025-10-24 --do us.hike=20" in answer["command"]
    assert "sim.fork(" in answer["python"]
    assert "do=['us.hike=20']" in answer["python"]
    assert pair["sentence"].startswith(f"A is {APEC} (2025-10-24 us.hike=20); B is {APEC}.")
    assert "US tariff increases" in pair["sentence"] + pair["differences"]
    assert "print(sim.compare(a, b))" in pair["python"]
    assert "run 3" in run["html"]
    assert "24 Oct" in run["html"]


def test_the_python_that_is_copied_runs(visit: Visit, tmp_path: Path) -> None:
    """It gives the sentence of the page."""
    # Fails if the script is wrong, or of other runs.
    told = visit(_answered)
    (heard,) = printed(told["python"], tmp_path)

    assert told["sentence"].lower() in " ".join(heard.lower().split())


def test_the_python_of_a_comparison_runs(visit: Visit, tmp_path: Path) -> None:
    """A forked side is played by its own function, and found by the name of its folder."""
    # Fails if the folder that a page tells is not that of the fork.
    fork = {"on": "2025-10-24", "do": ["us.hike=20"], "through": "2025-10-24"}
    pair = {"a": setting(fork={**fork, "through": None}), "b": setting(MOVED)}

    async def go(client: httpx.AsyncClient) -> Any:
        path = await session_of(client)
        return (await post(client, f"{path}/comparison", number=1, **pair)).json()

    (heard,) = printed(visit(go)["python"], tmp_path)

    assert f"A: {APEC}" in heard
    assert "12 pairs of runs" in heard


def printed(script: str, folder: Path) -> list[str]:
    """Runs a script on SimPy with a results folder of its own, and returns what it prints."""
    store = f"results={str(folder / 'own')!r}"
    own = f"engine='simpy', workers=1, {store}"
    for old, new in (
        ("n=12", f"n=12, {own}"),
        ("sim.load(", f"sim.load({store}, reference="),
        ("compare(a, b)", f"compare(a, b, brief=True, {own})"),
    ):
        script = script.replace(old, new)
    heard: list[str] = []
    names = {"print": lambda answer: heard.append(str(answer))}
    exec(compile(script, "copied", "exec"), names)  # noqa: S102 - made by the page
    return heard


async def _answered(client: httpx.AsyncClient) -> Any:
    path = await session_of(client)
    return (await post(client, f"{path}/answer", number=1, setting=setting(MOVED))).json()


def test_kept_runs_are_ordinary_results(visit: Visit, bench: Workbench) -> None:
    """Stored as `detente run` stores them, and found by the name that is told."""

    # Fails if nothing is stored, or other runs than those shown.
    async def go(client: httpx.AsyncClient) -> Any:
        path = await session_of(client)
        return (await post(client, f"{path}/keep", setting=setting(MOVED))).json()

    told = visit(go)
    batch = stored_batch(bench.means.store, told["name"])

    assert batch.n == 12
    assert batch.id == told["id"]
    assert batch.resolved.parameters["court.strike_probability"].value == 0.8
    assert told["command"] == f"detente report {told['name']}"


def rows_of(text: str) -> list[dict[str, str | float]]:
    """Returns the rows of a table; -0.0 equals 0.0."""
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return [{**row, "value": float(row["value"])} for row in rows if row["value"]]


def test_exports_are_those_of_the_command_line(visit: Visit, tmp_path: Path) -> None:
    """A workbook and a table of the last answer; before an answer there is nothing."""

    # Fails if the export is of another setting, or written in another way.
    async def go(client: httpx.AsyncClient) -> list[httpx.Response]:
        path = await session_of(client)
        early = await client.get(f"{path}/export.csv")
        await post(client, f"{path}/answer", number=1, setting=setting(MOVED))
        return [early, *[await client.get(f"{path}/export.{k}") for k in ("csv", "xlsx", "xml")]]

    early, table, whole, strange = visit(go)
    file = tmp_path / "by-hand.csv"
    api.run(APEC, n=12, sets=MOVED, brief=True, results=tmp_path).export(file)
    by_hand = [row for row in rows_of(file.read_text("utf-8")) if row["table"] != "sectors"]

    assert early.status_code == strange.status_code == 404
    assert "no answer to export yet" in early.json()["error"]
    assert "choose xlsx or csv" in strange.json()["error"]
    assert table.headers["content-disposition"].startswith('attachment; filename="')
    assert rows_of(table.text) == by_hand
    book = openpyxl.load_workbook(io.BytesIO(whole.content), read_only=True)
    cover = {row[1]: row[2] for row in book["cover"].iter_rows(values_only=True)}
    assert str(cover["command"]).startswith("detente run october-2025-apec -n 12")


def test_without_the_library_of_workbooks_the_page_offers_a_table(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And says what to install."""
    # Fails if a link is offered that cannot be followed.
    monkeypatch.setattr(exports, "find_spec", lambda _: None)

    async def go(client: httpx.AsyncClient) -> str:
        return (await client.get("/")).text

    text = visit(go)
    assert 'data-export="csv"' in text
    assert 'data-export="xlsx"' not in text
    assert "A workbook needs one more library" in text


def test_a_scenario_is_told_with_its_inputs_and_acts(visit: Visit) -> None:
    """Only inputs with a stated range can be moved; acts are those of each side."""

    # Fails if a number without a range is listed, or an act is offered that no fork accepts.
    async def go(client: httpx.AsyncClient) -> Any:
        return (await client.get(f"/api/scenarios/{APEC}")).json()

    told = visit(go)
    inputs = {row["name"]: row for row in told["inputs"]}
    united, china = ({act["name"]: act for act in side["acts"]} for side in told["acts"])

    assert inputs["court.strike_probability"]["low"] == 0.3
    assert "us.tariff.mfn_pct" not in inputs
    assert all(row["low"] < row["high"] and row["meaning"] for row in inputs.values())
    assert united["us.extend_truce"]["forbid"]
    assert united["us.hike"]["sized"]
    assert not united["us.extend_truce"]["sized"]
    assert all(name.startswith("cn.") for name in china)


@pytest.mark.parametrize(
    ("path", "body", "status", "sentence"),
    [
        ("answer", b"{", 422, "cannot be read"),
        ("answer", b"[" * 90_000, 422, "cannot be read"),
        ("answer", b"[]", 422, "must be a JSON object"),
        ("answer", b"{}", 422, "setting: expected an object"),
        ("answer", json.dumps({"setting": setting()}).encode(), 422, "number: expected a whole"),
        (
            "answer",
            json.dumps({"setting": setting({"us.noise": 9}), "number": 1}).encode(),
            422,
            "us.noise: 9 lies outside its stated range, 0.5 to 2; choose a value inside it",
        ),
        ("comparison", json.dumps({"a": setting(), "number": 1}).encode(), 422, "found nothing"),
        ("chronicle", json.dumps({"setting": setting()}).encode(), 422, "run: expected a whole"),
        (
            "chronicle",
            json.dumps({"setting": setting(), "replicate": 2**32}).encode(),
            422,
            "runs are numbered from 0 to 4294967295",
        ),
        ("nothing", b"{}", 404, "there is nothing at /api/sessions/"),
    ],
)
def test_what_is_wrong_gets_a_sentence(
    visit: Visit, path: str, body: bytes, status: int, sentence: str
) -> None:
    """As JSON, with the status of its kind, and no traceback."""

    # Fails if an error passes through as it is.
    async def go(client: httpx.AsyncClient) -> httpx.Response:
        home, kind = await session_of(client), {"content-type": "application/json"}
        return await client.post(f"{home}/{path}", content=body, headers=kind)

    answer = visit(go)

    assert answer.status_code == status
    assert sentence in answer.json()["error"]
    assert "Traceback" not in answer.text


def test_unknown_sessions_and_places_get_a_sentence(visit: Visit) -> None:
    """A page that was forgotten is told to load again."""

    # Fails if a missing session is a bug.
    async def go(client: httpx.AsyncClient) -> list[httpx.Response]:
        told = {"number": 1, "setting": setting()}
        return [
            await client.post("/api/sessions/none/answer", json=told),
            await client.get("/api/scenarios/none"),
            await client.get("/assets/../app.py"),
            await client.put("/api/sessions"),
        ]

    forgotten, scenario, asset, method = visit(go)

    assert "load it again" in forgotten.json()["error"]
    assert scenario.status_code == asset.status_code == 404
    assert method.status_code == 405
    assert "offered are" in scenario.json()["error"]


def test_a_bug_is_told_without_its_traceback(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its type alone, which is what a report of it needs first."""

    # Fails if an unexpected error is shown with its text or its traceback.
    def broken(*_: Any) -> Any:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(page, "answer", broken)

    async def go(client: httpx.AsyncClient) -> httpx.Response:
        path = await session_of(client)
        return await post(client, f"{path}/answer", number=1, setting=setting())

    answer = visit(go)

    assert answer.status_code == 500
    assert answer.json()["error"].startswith("unexpected ZeroDivisionError")
    assert "secret" not in answer.text


def test_telling_inputs_come_with_how_they_were_found(
    visit: Visit, bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A quick screen says that it is none of a sensitivity analysis."""
    # Fails if both are told alike.
    from sim.experiment.sensitivity import screen

    monkeypatch.setattr(screen, "VECTORS", 24)
    monkeypatch.setattr(screen, "PER_VECTOR", 1)

    async def go(client: httpx.AsyncClient) -> Any:
        return (await post(client, "/api/telling", scenario=APEC)).json()

    told = visit(go)
    known = bench.offer.base(APEC).parameters

    assert "quick screen of 24 runs, not by a sensitivity analysis" in told["method"]
    assert len(told["inputs"]) == 10
    assert all(row["name"] in known for row in told["inputs"])
    assert all("rank correlation with" in row["why"] for row in told["inputs"])
    assert read_setting({"scenario": APEC}, bench.offer).sets == ()
