"""Speed of the reduced model in every peer, as ratios within one interleaved session.

    python benchmarks/peers/run.py [--rounds 5] [--seconds 1] [--check 200] [--json FILE]

First every contestant simulates the same replicates: outcomes and weekly paths must be
bit-identical. Then they take turns, A B C A B C, so that a loaded machine slows all equally; the
best and the median round count, in processor time. The exit code is 1 if outcomes differ, otherwise
0.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
from reduced_rules import MONDAYS, N_OUTCOMES, N_PATHS

SEED: Final = 20251023
REFERENCE: Final = "SimPy"
BOUND: Final = "C"
COMPILED: Final = "compiled (numba)"

PEERS: Final = (
    ("salabim", "peer_salabim", "salabim"),
    (REFERENCE, "peer_simpy", "simpy"),
    ("Mesa", "peer_mesa", "mesa"),
    ("heapq", "peer_heapq", ""),
    (COMPILED, "peer_compiled", "numba"),
    (BOUND, "peer_c", ""),
)
"""Name, module, and the package it needs in addition to Python and numpy."""

HEAD: Final = "{:<18}{:>12}{:>12}{:>12}{:>12}{:>14}"
ROW: Final = "{:<18}{:>12,.1f}{:>12,.1f}{:>12.4f}{:>12.2f}{:>14,.1f}"

Play = Callable[[int, int, int], np.ndarray[Any, Any]]


@dataclass
class Contestant:
    """Peer with its measured rates.

    Attributes:
        name: Name in the table.
        play: Function of (seed, first replicate, number of replicates) that returns the sheets.
        runs: Runs per round, about as many as fit into the time of a round.
        rates: Runs per second of processor time, one for each round.
    """

    name: str
    play: Play
    runs: int = 1
    rates: list[float] = field(default_factory=list)


def seconds_of(play: Play, first: int, runs: int) -> float:
    """Returns the processor time of a block."""
    began = time.process_time()
    play(SEED, first, runs)
    return time.process_time() - began


def contestants() -> tuple[list[Contestant], list[str]]:
    """Returns the peers available here, and notices about the others."""
    found, notices = [], []
    for name, module, package in PEERS:
        if package and importlib.util.find_spec(package) is None:
            how = "pip install -r benchmarks/peers/requirements.txt"
            notices.append(f"{name}: not installed; {how}")
            continue
        peer = importlib.import_module(module)
        if module == "peer_c" and peer.COMPILER is None:
            notices.append(f"{name}: no compiler `cc` on the path; ratios to C are missing")
            continue
        found.append(Contestant(name, peer.play_block))
    return found, notices


def differing(peers: list[Contestant], runs: int) -> list[str]:
    """Runs the same replicates with every peer and returns the peers that differ from the first."""
    sheets = {peer.name: peer.play(SEED, 0, runs) for peer in peers}
    wanted = next(iter(sheets.values())).tobytes()
    return [name for name, sheet in sheets.items() if sheet.tobytes() != wanted]


def measure(peers: list[Contestant], rounds: int, seconds: float) -> None:
    """Lets the peers take turns, with different replicates in every round."""
    for peer in peers:
        # Double the block until it is long enough to be timed.
        took = seconds_of(peer.play, 0, 1)
        while took < 0.05 * seconds:
            peer.runs *= 2
            took = seconds_of(peer.play, 0, peer.runs)
        peer.runs = max(1, round(peer.runs * seconds / took))
    for number in range(rounds):
        for peer in peers:
            first = 1000 + number * peer.runs
            took = seconds_of(peer.play, first, peer.runs)
            peer.rates.append(peer.runs / took)


def threads(peer: Contestant, rounds: int) -> dict[str, float]:
    """Returns the speed of two threads relative to one, best of the rounds.

    Wall-clock time shows the gain if a second core is free. Processor time shows, on a busy machine
    too, whether the threads delay each other: it is unchanged if they do not.
    """
    compiled = importlib.import_module("peer_compiled")
    plays: tuple[Play, Play] = (peer.play, compiled.play_block_in_two_threads)
    wall: tuple[list[float], list[float]] = ([], [])
    spent: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds):
        first = 1000 + number * peer.runs
        for way, play in enumerate(plays):
            began, worked = time.perf_counter(), time.process_time()
            play(SEED, first, peer.runs)
            wall[way].append(time.perf_counter() - began)
            spent[way].append(time.process_time() - worked)
    return {
        "two threads relative to one: speed, wall-clock time": min(wall[0]) / min(wall[1]),
        "two threads relative to one: processor time": min(spent[1]) / min(spent[0]),
    }


def report(peers: list[Contestant], extras: dict[str, float]) -> dict[str, Any]:
    """Prints the table and returns it."""
    best = {peer.name: max(peer.rates) for peer in peers}
    nan = float("nan")
    print(HEAD.format("contestant", "runs/s best", "median", "x C", "x SimPy", "microseconds"))
    rows = {}
    for peer in sorted(peers, key=lambda peer: best[peer.name]):
        rate, middle = best[peer.name], statistics.median(peer.rates)
        to_c, to_simpy = rate / best.get(BOUND, nan), rate / best.get(REFERENCE, nan)
        print(ROW.format(peer.name, rate, middle, to_c, to_simpy, 1e6 / rate))
        rows[peer.name] = {
            "best_runs_per_s": rate,
            "median_runs_per_s": middle,
            "ratio_to_c": to_c,
            "ratio_to_simpy": to_simpy,
        }
    for what, value in extras.items():
        print(f"{what:<54}{value:>26.2f}")
    return {"contestants": rows, **extras}


def main() -> int:
    """Checks, measures and prints; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="turns of each contestant")
    parser.add_argument("--seconds", type=float, default=1.0, help="processor time of a turn")
    parser.add_argument("--check", type=int, default=200, help="replicates compared bit by bit")
    parser.add_argument("--json", type=Path, help="file for the table")
    chosen = parser.parse_args()
    peers, notices = contestants()
    for notice in notices:
        print(notice)
    extras: dict[str, float] = {}
    if any(peer.name == COMPILED for peer in peers):
        compile_s = importlib.import_module("peer_compiled").compile_seconds()
        extras["compiling the loop with numba, processor seconds"] = compile_s
    odd = differing(peers, chosen.check)
    names = ", ".join(peer.name for peer in peers)
    print(f"compared: {names}")
    print(
        f"{chosen.check} replicates, {N_OUTCOMES} outcomes and {MONDAYS} weeks of {N_PATHS} paths:"
    )
    if odd:
        print(f"DIFFERENT from {peers[0].name}: {', '.join(odd)}")
        return 1
    print("bit-identical")
    measure(peers, chosen.rounds, chosen.seconds)
    for peer in peers:
        if peer.name == COMPILED:
            extras |= threads(peer, chosen.rounds)
    table = report(peers, extras)
    if chosen.json:
        chosen.json.write_text(json.dumps(table, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
