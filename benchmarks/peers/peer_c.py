"""The reduced model in C: `reduced.c`, compiled into a temporary folder on first use."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import reduced_rules as rules
from batches import Sheets, room

SOURCE = Path(__file__).with_name("reduced.c")
COMPILER = shutil.which("cc")
FLAGS = (
    "-O3",
    "-march=native",
    "-ffp-contract=off",
    # Packing the two products of a Philox round into one vector costs more than it saves.
    "-fno-tree-slp-vectorize",
    "-shared",
    "-fPIC",
    "-Wall",
    "-Wextra",
)

CONSTANTS = (
    "US",
    "CN",
    "N_ACTS",
    "N_PENDING",
    "N_GOODS",
    "N_SECTORS",
    "N_OUTCOMES",
    "N_PATHS",
    "MONDAYS",
    "START",
    "UNTIL",
    "DAYS",
    "TICKS_PER_DAY",
    "INCIDENT",
    "SUMMIT",
    "TALKS",
    "SIGN",
    "EXTEND",
    "REVIEW",
    "CHOICE",
    "ACT",
    "THREAT",
    "REPLY",
    "DELIVERY",
)
"""Names of `reduced_rules` that are the same in C."""


def struct(name: str, fields: rules.Fields) -> str:
    """Returns a record as a C struct; all numbers are eight bytes wide, so nothing is padded."""
    members = "".join(
        f"    {'double' if kind is float else 'int64_t'} {field}"
        f"{''.join(f'[{length}]' for length in shape)};\n"
        for field, kind, shape in fields
    )
    return f"typedef struct {{\n{members}}} {name};\n"


def table(kind: str, name: str, values: list[int]) -> str:
    """Returns a constant table in C."""
    return f"static const {kind} {name}[] = {{{', '.join(map(str, values))}}};\n"


def header() -> str:
    """Returns `fields.h`."""
    return "".join(
        [
            *(f"#define {name} {getattr(rules, name)}\n" for name in CONSTANTS),
            table("uint32_t", "STREAMS", [stream for stream, _ in rules.SITES]),
            table("uint32_t", "KS", [k for _, k in rules.SITES]),
            table("int64_t", "FIRSTS", [*rules.FIRSTS, rules.UNTIL + 1]),
            struct("State", rules.STATE),
            struct("Params", rules.PARAMS),
            struct("Sheet", rules.SHEET),
        ]
    )


@cache
def library() -> ctypes.CDLL:
    """Compiles and loads the program; the folder can be removed once it is loaded."""
    assert COMPILER is not None
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "fields.h").write_text(header())
        built = Path(folder) / "reduced.so"
        words = [COMPILER, *FLAGS, "-I", folder, str(SOURCE), "-o", str(built), "-lm"]
        subprocess.run(words, check=True)
        return ctypes.CDLL(str(built))


def pointer(array: np.ndarray[Any, Any]) -> ctypes.c_void_p:
    """Returns the address of an array's numbers."""
    return ctypes.c_void_p(array.ctypes.data)


def play_block(seed: int, first: int, count: int) -> Sheets:
    """Simulates consecutive replicates."""
    params = rules.opening_params()
    opened = rules.opening_state(params)
    sheets = room(count)
    library().play_many(
        ctypes.c_uint32(seed),
        ctypes.c_uint32(first),
        ctypes.c_int64(count),
        pointer(opened),
        pointer(params),
        pointer(sheets),
    )
    return sheets
