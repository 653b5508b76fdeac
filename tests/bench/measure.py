"""Comparable timings on a machine with other load.

Candidates alternate, so that a disturbance affects all of them, and each round has another order.
The result is the ratio of the medians; its spread is the middle half of the ratios of the rounds.
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
    """A measured value.

    Attributes:
        value: The value.
        low: The lower end of the middle half of its rounds.
        high: The upper end.
    """

    value: float
    low: float
    high: float


Measured: TypeAlias = Iterator[tuple[str, Value]]
"""Values, each with the key of its bar."""


@dataclass(frozen=True)
class Effort:
    """The extent of a measurement.

    Attributes:
        folder: An empty directory for temporary files.
        quick: Whether to do so little that the values are meaningless, only as a test.
    """

    folder: Path
    quick: bool

    def of(self, usual: int, quick: int = 2) -> int:
        """Return the number of rounds or entries for this effort."""
        return quick if self.quick else usual


def exact(value: float) -> Value:
    """Return a value without spread."""
    return Value(value, value, value)


def spread(value: float, rounds: Sequence[float]) -> Value:
    """Return a value with the middle half of its rounds."""
    if len(rounds) < 2:
        return exact(value)
    low, _, high = statistics.quantiles(rounds, n=4, method="inclusive")
    return Value(value, low, high)


def ratio(timings: Timings, ours: str, peer: str) -> Value:
    """Return the time of one candidate as a multiple of another."""
    value = statistics.median(timings[ours]) / statistics.median(timings[peer])
    pairs = zip(timings[ours], timings[peer], strict=True)
    return spread(value, [own / other for own, other in pairs])


def time_alternately(
    candidates: Mapping[str, Callable[[], object]],
    rounds: int,
    *,
    frees: bool = False,
    clock: Callable[[], float] = time.perf_counter,
) -> Timings:
    """Time candidates alternately, after a round that does not count.

    Args:
        candidates: The functions to time, by name.
        rounds: The number of rounds.
        frees: Whether to collect garbage between timings, so that no candidate pays for
            the garbage of another.
        clock: The clock; by default that of the processor, which excludes waiting.
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
    """Time asynchronous candidates alternately."""
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
    """Return the order of the candidates, a different one each round; round 0 is the warm-up."""
    order = random.Random(0)
    for number in range(rounds + 1):
        order.shuffle(names)
        for name in names:
            yield number, name


@contextmanager
def _settled_heap() -> Generator[None, None, None]:
    """Exclude existing objects from garbage collection."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
