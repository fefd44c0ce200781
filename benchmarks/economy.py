"""Speed of the trade model on this machine: one month of 43 sectors, both directions.

    python benchmarks/economy.py [--seconds 3]

Prints microseconds per month in plain Python and compiled, for a month in which duties change (the
whole model runs) and one in which they do not (prices are kept), and the rate of the SimPy engine
with the trade model. The best of several rounds counts, because a loaded machine slows some of
them. The exit code is always 0.
"""

from __future__ import annotations

import argparse
import importlib
import inspect
import pkgutil
import time
from collections.abc import Callable
from typing import Any

import numba
from numba.extending import register_jitable

import sim.economy
from sim.economy.block import apply_trade_month
from sim.engine.simpy_loop import run_block
from sim.engine.world import opening
from sim.model.tables.fields import copy_record, to_struct
from sim.scenario.load import resolve

LINE = "{:<52}{:>14}   {}"
SCENARIO = "october-2025-apec"
NOT_RULES = {"equilibrium", "records", "sectors"}


def best(round_s: Callable[[], float], seconds: float) -> float:
    """Returns the shortest of the rounds that fit into the given seconds."""
    deadline = time.perf_counter() + seconds
    shortest = round_s()
    while time.perf_counter() < deadline:
        shortest = min(shortest, round_s())
    return shortest


def month_with_news(state: Any, params: Any) -> None:
    """Changes duties on both sides a little, so that nothing is reused, and runs a month."""
    state.duty_pp[0][3] += 0.001
    state.duty_pp[1][3] += 0.001
    apply_trade_month(state, params)


def python_us(month: Callable[[Any, Any], None], seconds: float) -> float:
    """Returns microseconds per month in plain Python."""
    params, opened = opening(resolve(SCENARIO), None)
    state = copy_record(opened)

    def round_s() -> float:
        began = time.perf_counter()
        for _ in range(10):
            month(state, params)
        return (time.perf_counter() - began) / 10

    return 1e6 * best(round_s, seconds)


def compiled_us(seconds: float) -> tuple[float, float, float]:
    """Returns microseconds per compiled month, with changed and unchanged duties, and seconds to
    compile."""
    for info in pkgutil.iter_modules(sim.economy.__path__):
        if info.name not in NOT_RULES:
            module = importlib.import_module(f"sim.economy.{info.name}")
            for rule in vars(module).values():
                if inspect.isfunction(rule) and rule.__module__ == module.__name__:
                    register_jitable(rule)
    month = register_jitable(apply_trade_month)

    @numba.njit
    def play(state: Any, params: Any, months: int, step: float) -> None:
        for _ in range(months):
            state.duty_pp[0][3] += step
            state.duty_pp[1][3] += step
            month(state, params)

    params, opened = opening(resolve(SCENARIO), None)
    state, twin = to_struct(opened)[0], to_struct(params)[0]
    began = time.perf_counter()
    play(state, twin, 1, 0.0)
    compile_s = time.perf_counter() - began

    def round_s(step: float) -> float:
        began = time.perf_counter()
        play(state, twin, 2000, step)
        return (time.perf_counter() - began) / 2000

    moving = best(lambda: round_s(1e-6), seconds)
    still = best(lambda: round_s(0.0), seconds)
    return 1e6 * moving, 1e6 * still, compile_s


def runs_per_second(seconds: float) -> float:
    """Returns runs per second of processor time of the SimPy engine over 180 days."""
    resolved = resolve(SCENARIO)
    run_block(resolved, 1, 0, 5)

    def round_s() -> float:
        began = time.process_time()
        run_block(resolved, 1, 0, 50)
        return (time.process_time() - began) / 50

    return 1.0 / best(round_s, seconds)


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=3.0, help="time for each measurement")
    seconds = parser.parse_args().seconds
    print(LINE.format("measurement", "measured", "target"))
    moving = python_us(month_with_news, seconds)
    print(LINE.format("month, Python, duties change", f"{moving:.0f} us", "at most 700 us"))
    still = python_us(apply_trade_month, seconds)
    print(LINE.format("month, Python, duties unchanged", f"{still:.0f} us", ""))
    moving, still, compile_s = compiled_us(seconds)
    print(LINE.format("month, compiled, duties change", f"{moving:.2f} us", "at most 12 us"))
    print(LINE.format("month, compiled, duties unchanged", f"{still:.2f} us", ""))
    print(LINE.format("compiling the trade model", f"{compile_s:.1f} s", ""))
    rate = runs_per_second(seconds)
    print(
        LINE.format(f"{SCENARIO}, 180 days", f"{rate:.0f} runs/s", "at least 40 per core (SimPy)")
    )


if __name__ == "__main__":
    main()
