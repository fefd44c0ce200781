"""Counter-based draws: every uniform is a pure function of the run, the day and its purpose.

The generator is Philox4x32 with 10 rounds (Salmon, Moraes, Dror and Shaw 2011). The key is (seed,
replicate), the counter (day, stream, k, 0). The draw of a decision therefore does not depend on the
number of earlier draws, the order of runs or the size of a batch, and two scenarios share their
draws on the same calendar day.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum, unique
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from sim.errors import UsageError

Words4 = tuple[int, int, int, int]
Words2 = tuple[int, int]
Words = npt.NDArray[np.uint64]

_MASK: Final = 0xFFFFFFFF
_MULTIPLIER_0: Final = 0xD2511F53
_MULTIPLIER_2: Final = 0xCD9E8D57
_KEY_STEP_0: Final = 0x9E3779B9
_KEY_STEP_1: Final = 0xBB67AE85
ROUNDS: Final = 10

_LARGEST: Final = 2**32 - 1
SPAN: Final = 2.0**52
HALF_SPAN: Final = 2.0**26

# The same constants as 64-bit numpy scalars. With a Python int, numpy would choose the type anew,
# and compiled code would calculate in floats.
MASK_WORD: Final = np.uint64(_MASK)
HIGH_BITS: Final = np.uint64(32)
LOW_BITS: Final = np.uint64(6)
MULTIPLIER_0_WORD: Final = np.uint64(_MULTIPLIER_0)
MULTIPLIER_2_WORD: Final = np.uint64(_MULTIPLIER_2)
KEY_STEP_0_WORD: Final = np.uint64(_KEY_STEP_0)
KEY_STEP_1_WORD: Final = np.uint64(_KEY_STEP_1)

# Draws computed at a time: five working arrays of this many words fit the second-level cache, and
# are large enough to make the call overhead of numpy negligible.
_CHUNK: Final = 32768


@unique
class Stream(IntEnum):
    """Purposes of draws. Their numbers are part of the counter and never change."""

    US_REVIEW = 1
    CN_REVIEW = 2
    US_CHOICE = 3
    CN_CHOICE = 4
    THREAT_CLOCK = 5
    THREAT_CHOICE = 6
    CN_REPLY = 7
    CN_REPLY_FORM = 8
    US_REPLY = 9
    US_REPLY_FORM = 10
    ROUND = 11
    ROUND_SIGN_US = 12
    ROUND_SIGN_CN = 13
    STALL = 14
    CALL_ANSWER = 15
    SUMMIT_STEP = 16
    SUMMIT_VENUE = 17
    SUMMIT_CONFIRM = 18
    SUMMIT_CANCEL = 19
    SUMMIT_RESULT = 20
    REVIEW_VERDICT = 21
    EXTENSION = 22
    DELIVERY = 23
    ACCUSE = 24
    SHOCK = 25
    NEWS = 26
    TALKS_ANSWER = 27
    SUMMIT_SIGN_US = 28
    SUMMIT_SIGN_CN = 29
    BELIEF = 30
    COURT = 31
    RESERVE = 32
    PAUSE_LENGTH = 33
    OTHERS = 34
    THAW = 35
    TAIWAN = 36
    DIVERSION = 37
    ELECTION = 38


def check_key(seed: object) -> int:
    """Returns the seed, or raises an error that says why it cannot be used.

    Raises:
        UsageError: The seed is not a whole number in 0..4294967295.
    """
    valid = isinstance(seed, int | np.integer) and not isinstance(seed, bool)
    if not valid or not 0 <= int(seed) <= _LARGEST:  # type: ignore[call-overload]
        raise UsageError(
            f"seed {seed!r} is not a whole number from 0 to {_LARGEST} (2^32 - 1);"
            " choose one inside that range, e.g. --seed 7"
        )
    return int(seed)  # type: ignore[call-overload, no-any-return]


def philox(counter: Words4, key: Words2) -> Words4:
    """Returns the four 32-bit words of Philox4x32-10 for a counter and a key of 32-bit words."""
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(ROUNDS):
        product_0 = _MULTIPLIER_0 * c0
        product_2 = _MULTIPLIER_2 * c2
        c0, c1, c2, c3 = (
            (product_2 >> 32) ^ c1 ^ k0,
            product_2 & _MASK,
            (product_0 >> 32) ^ c3 ^ k1,
            product_0 & _MASK,
        )
        k0 = (k0 + _KEY_STEP_0) & _MASK
        k1 = (k1 + _KEY_STEP_1) & _MASK
    return c0, c1, c2, c3


def uniform(seed: int, replicate: int, day: int, stream: int, k: int) -> float:
    """Returns the draw of one purpose on one day of one run, strictly between 0 and 1.

    Args:
        seed: First word of the key.
        replicate: Second word of the key: the number of the run, or of the parameter vector.
        day: Proleptic ordinal day.
        stream: A `Stream`, or for parameters a stable hash of at least 2**31.
        k: A constant of the draw site (an act, a package), + 64 for each repetition on the day.
    """
    w0, w1, _, _ = philox((day, stream, k, 0), (seed, replicate))
    return ((w0 >> 6) * HALF_SPAN + (w1 >> 6) + 0.5) / SPAN


def uniforms(
    seed: int,
    replicates: npt.ArrayLike,
    days: npt.ArrayLike,
    columns: Sequence[tuple[int, int]],
) -> npt.NDArray[np.float64]:
    """Returns the draws of many runs at once: the same bits as `uniform`, about 500 times faster.

    Args:
        seed: First word of every key.
        replicates: Numbers of the runs, shape (R,).
        days: Ordinal days, shape (D,).
        columns: The C pairs (stream, k) wanted for each day.

    Returns:
        Array of shape (R, D, C).
    """
    run_words = np.asarray(replicates, dtype=np.uint64).ravel()
    day_words = np.asarray(days, dtype=np.uint64).ravel()
    stream_words = np.array([stream for stream, _ in columns], dtype=np.uint64)
    k_words = np.array([k for _, k in columns], dtype=np.uint64)

    # A row holds all days times all columns of a run. It is cut into pieces that fit the cache.
    day_row = np.repeat(day_words, len(columns))
    stream_row = np.tile(stream_words, len(day_words))
    k_row = np.tile(k_words, len(day_words))
    out = np.empty((len(run_words), len(day_row)), dtype=np.float64)
    width = max(1, min(len(day_row), _CHUNK))
    height = max(1, _CHUNK // width)
    for top in range(0, len(run_words), height):
        runs = run_words[top : top + height, np.newaxis]
        for left in range(0, len(day_row), width):
            piece = slice(left, left + width)
            out[top : top + height, piece] = _block(
                seed, runs, day_row[piece], stream_row[piece], k_row[piece]
            )
    return out.reshape(len(run_words), len(day_words), len(columns))


def _block(seed: int, runs: Words, days: Words, streams: Words, ks: Words) -> Any:
    """Returns the draws of a piece: runs as a column (h, 1), the rest as rows (w,)."""
    shape = np.broadcast_shapes(runs.shape, days.shape)
    c0, c1, c2, c3, high = (np.empty(shape, np.uint64) for _ in range(5))
    c0[...], c1[...], c2[...], c3[...] = days, streams, ks, np.uint64(0)
    key_0 = seed
    key_1 = runs.copy()
    for _ in range(ROUNDS):
        np.multiply(c0, MULTIPLIER_0_WORD, out=c0)
        np.multiply(c2, MULTIPLIER_2_WORD, out=c2)
        np.right_shift(c2, HIGH_BITS, out=high)
        np.bitwise_xor(c1, high, out=c1)
        np.bitwise_xor(c1, np.uint64(key_0), out=c1)
        np.right_shift(c0, HIGH_BITS, out=high)
        np.bitwise_xor(c3, high, out=c3)
        np.bitwise_xor(c3, key_1, out=c3)
        np.bitwise_and(c0, MASK_WORD, out=c0)
        np.bitwise_and(c2, MASK_WORD, out=c2)
        c0, c1, c2, c3 = c1, c2, c3, c0
        key_0 = (key_0 + _KEY_STEP_0) & _MASK
        key_1 = (key_1 + KEY_STEP_1_WORD) & MASK_WORD
    return ((c0 >> LOW_BITS) * HALF_SPAN + (c1 >> LOW_BITS) + 0.5) / SPAN
