"""Timings that can be compared although the machine has other things to do.

Candidates take turns, so that what disturbs one disturbs the others as well, and each round has
another order. What counts is the ratio of their medians; its spread is the middle half of the
ratios of the single rounds.
"""

from __future__ import annotations

import gc
import random
import statistics
import time
from collections.abc import Awaitable, Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

Timings: TypeAlias = Mapping[str, Sequence[float]]
"""Seconds by candidate, one for each round."""


@dataclass(frozen=True)
class Value:
    """What was measured.

    Attributes:
        value: The value.
        low: Where the middle half of its rounds begins.
        high: Where it ends.
    """

    value: float
    low: float
    high: float


Measured: TypeAlias = Iterator[tuple[str, Value]]
"""Values, each with the key of its bar."""


@dataclass(frozen=True)
class Effort:
    """How much to do.

    Attributes:
        folder: An empty folder for what is needed on the way.
        quick: Whether to do so little that the values mean nothing, only to see that it works.
    """

    folder: Path
    quick: bool

    def of(self, usual: int, quick: int = 2) -> int:
        """Give a number: how many rounds, how many entries."""
        return quick if self.quick else usual


def exact(value: float) -> Value:
    """Give a value that is the same every time."""
    return Value(value, value, value)


def spread(value: float, rounds: Sequence[float]) -> Value:
    """Give a value with the middle half of what its rounds say."""
    if len(rounds) < 2:
        return exact(value)
    low, _, high = statistics.quantiles(rounds, n=4, method="inclusive")
    return Value(value, low, high)


def ratio(timings: Timings, ours: str, peer: str) -> Value:
    """Give how many times as long one candidate takes as another."""
    value = statistics.median(timings[ours]) / statistics.median(timings[peer])
    pairs = zip(timings[ours], timings[peer], strict=True)
    return spread(value, [mine / other for mine, other in pairs])


def interleaved(
    candidates: Mapping[str, Callable[[], object]],
    rounds: int,
    *,
    frees: bool = False,
    clock: Callable[[], float] = time.perf_counter,
) -> Timings:
    """Time candidates in turn, after a round that does not count.

    Args:
        candidates: What to time, by name.
        rounds: How often.
        frees: Whether to collect garbage between timings, so that nobody pays for what another
            left behind.
        clock: What tells the time; that of the processor, where nothing is waited for.
    """
    timings: dict[str, list[float]] = {name: [] for name in candidates}
    with _settled_heap():
        for number, name in _turns(list(candidates), rounds):
            work = candidates[name]
            if frees:
                gc.collect()
            began = clock()
            result = work()
            seconds = clock() - began
            del result
            if number:
                timings[name].append(seconds)
    return timings


async def interleaved_async(
    candidates: Mapping[str, Callable[[], Awaitable[object]]], rounds: int
) -> Timings:
    """Time candidates that are awaited."""
    timings: dict[str, list[float]] = {name: [] for name in candidates}
    with _settled_heap():
        for number, name in _turns(list(candidates), rounds):
            work = candidates[name]
            began = time.perf_counter()
            await work()
            seconds = time.perf_counter() - began
            if number:
                timings[name].append(seconds)
    return timings


def _turns(names: list[str], rounds: int) -> Iterator[tuple[int, str]]:
    """Give whose turn it is, in another order each round; round 0 is for warming up."""
    order = random.Random(0)
    for number in range(rounds + 1):
        order.shuffle(names)
        for name in names:
            yield number, name


@contextmanager
def _settled_heap() -> Generator[None, None, None]:
    """Keep what was there before out of the garbage collector's way."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
