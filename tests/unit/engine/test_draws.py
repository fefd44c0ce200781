"""The draws: published vectors, equal bits in both forms, and the range of the key."""

from __future__ import annotations

import numpy as np
import pytest

from sim.engine import draws
from sim.engine.draws import Stream, check_key, philox, uniform, uniforms
from sim.errors import UsageError


def _words(text: str) -> tuple[int, ...]:
    return tuple(int(word, 16) for word in text.split())


@pytest.mark.parametrize(
    ("counter", "key", "expected"),
    [
        (
            "00000000 00000000 00000000 00000000",
            "00000000 00000000",
            "6627e8d5 e169c58d bc57ac4c 9b00dbd8",
        ),
        (
            "ffffffff ffffffff ffffffff ffffffff",
            "ffffffff ffffffff",
            "408f276d 41c83b0e a20bc7c6 6d5451fd",
        ),
        (
            "243f6a88 85a308d3 13198a2e 03707344",
            "a4093822 299f31d0",
            "d16cfe09 94fdcceb 5001e420 24126ea1",
        ),
    ],
)
def test_philox_gives_the_published_words(counter: str, key: str, expected: str) -> None:
    """The three known-answer vectors of Random123 come out word for word."""
    c0, c1, c2, c3 = _words(counter)
    k0, k1 = _words(key)

    assert philox((c0, c1, c2, c3), (k0, k1)) == _words(expected)


def test_uniform_is_made_of_the_first_two_words() -> None:
    """A draw is the 52 upper bits of words 0 and 1 of counter (day, stream, k, 0)."""
    w0, w1, _, _ = philox((739_000, 3, 67, 0), (20251023, 4711))

    expected = ((w0 >> 6) * 2**26 + (w1 >> 6) + 0.5) / 2**52

    assert uniform(20251023, 4711, 739_000, 3, 67) == expected


def test_numpy_gives_the_same_bits_as_python() -> None:
    """Random keys and counters, the largest included, agree to the last bit."""
    rng = np.random.Generator(np.random.PCG64(1))
    seed = int(rng.integers(2**32))
    replicates = np.append(rng.integers(0, 2**32, 11), 2**32 - 1)
    days = np.append(rng.integers(0, 2**32, 6), 2**32 - 1)
    columns = [(int(a), int(b)) for a, b in rng.integers(0, 2**32, (5, 2))] + [(2**32 - 1,) * 2]

    actual = uniforms(seed, replicates, days, columns)

    expected = [
        [[uniform(seed, int(r), int(d), s, k) for s, k in columns] for d in days]
        for r in replicates
    ]
    assert actual.shape == (12, 7, 6)
    assert np.array_equal(actual, np.array(expected))


@pytest.mark.parametrize("chunk", [1, 7, 64, 10_000])
def test_bits_do_not_depend_on_the_size_of_the_pieces(
    chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cutting the work in pieces of any size changes nothing."""
    columns = [(int(Stream.US_REVIEW), 0), (int(Stream.NEWS), 64)]
    whole = uniforms(7, range(9), range(739_000, 739_011), columns)

    monkeypatch.setattr(draws, "_CHUNK", chunk)

    assert np.array_equal(uniforms(7, range(9), range(739_000, 739_011), columns), whole)


def test_draws_lie_strictly_between_zero_and_one() -> None:
    """The extreme words still give a number inside the open interval, so logs are safe."""
    smallest = (0 * 2**26 + 0 + 0.5) / 2**52
    largest = ((2**26 - 1) * 2**26 + (2**26 - 1) + 0.5) / 2**52
    sample = uniforms(1, range(500), range(739_000, 739_100), [(1, 0), (2, 0)])

    assert smallest > 0.0
    assert largest < 1.0
    assert smallest <= sample.min() < 1e-4
    assert 1.0 - 1e-4 < sample.max() <= largest


def test_draws_are_uniform_and_independent_of_their_neighbours() -> None:
    """Mean, a chi-square of 100 cells and correlations with neighbours lie within chance."""
    sample = uniforms(3, range(400), range(739_000, 739_250), [(1, 0), (1, 1)])
    size = sample.size
    counts = np.bincount((sample.ravel() * 100).astype(int), minlength=100)
    chi_square = float((((counts - size / 100) ** 2) / (size / 100)).sum())
    pairs = [
        (sample[:-1], sample[1:]),
        (sample[:, :-1], sample[:, 1:]),
        (sample[:, :, 0], sample[:, :, 1]),
    ]

    assert sample.mean() == pytest.approx(0.5, abs=5 * (1 / 12 / size) ** 0.5)
    assert 45.0 < chi_square < 178.0  # 99 degrees of freedom: five standard deviations or so
    for left, right in pairs:
        assert abs(np.corrcoef(left.ravel(), right.ravel())[0, 1]) < 5 / left.size**0.5


def test_every_part_of_the_key_matters() -> None:
    """Changing seed, replicate, day, stream or k alone changes the draw."""
    base = (1, 2, 3, 4, 5)
    others = [tuple(value + (i == j) for j, value in enumerate(base)) for i in range(5)]

    assert len({uniform(*base), *(uniform(*other) for other in others)}) == 6


@pytest.mark.parametrize("seed", [0, 20251023, 2**32 - 1])
def test_a_seed_inside_the_range_is_returned(seed: int) -> None:
    """Both ends of the range are usable."""
    assert check_key(seed) == seed


@pytest.mark.parametrize("seed", [2**32, -1, 1.5, "7", True, None])
def test_a_seed_outside_the_range_is_a_usage_error(seed: object) -> None:
    """The message names what was found and what is allowed."""
    with pytest.raises(UsageError, match=r"0 to 4294967295") as caught:
        check_key(seed)

    assert repr(seed) in str(caught.value)
    assert caught.value.exit_code == 2


def test_stream_numbers_are_fixed() -> None:
    """The numbers in use stay what they are: renumbering would change every published result."""
    expected = {
        "US_REVIEW": 1,
        "CN_REVIEW": 2,
        "US_CHOICE": 3,
        "CN_CHOICE": 4,
        "THREAT_CLOCK": 5,
        "THREAT_CHOICE": 6,
        "CN_REPLY": 7,
        "CN_REPLY_FORM": 8,
        "US_REPLY": 9,
        "US_REPLY_FORM": 10,
        "ROUND": 11,
        "ROUND_SIGN_US": 12,
        "ROUND_SIGN_CN": 13,
        "STALL": 14,
        "CALL_ANSWER": 15,
        "SUMMIT_STEP": 16,
        "SUMMIT_VENUE": 17,
        "SUMMIT_CONFIRM": 18,
        "SUMMIT_CANCEL": 19,
        "SUMMIT_RESULT": 20,
        "REVIEW_VERDICT": 21,
        "EXTENSION": 22,
        "DELIVERY": 23,
        "ACCUSE": 24,
        "SHOCK": 25,
        "NEWS": 26,
        "TALKS_ANSWER": 27,
        "SUMMIT_SIGN_US": 28,
        "SUMMIT_SIGN_CN": 29,
        "BELIEF": 30,
    }
    actual = {stream.name: stream.value for stream in Stream}

    assert {name: actual.get(name) for name in expected} == expected
    assert len(set(actual.values())) == len(Stream.__members__)
