"""Time slices of logs, divided among tasks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Run(NamedTuple):
    """Adjacent slices of one log, which are read by one walk.

    Attributes:
        arguments: The path arguments of the log.
        begin: The start in milliseconds, inclusive.
        end: The end in milliseconds, exclusive.
    """

    arguments: tuple[str, ...]
    begin: int
    end: int


def boundaries(begin: int, end: int, size: int) -> list[int]:
    """Return the boundaries of the slices of a time span: multiples of the size, and both ends."""
    inner = range((begin // size + 1) * size, end, size)
    return [begin, *inner, end] if begin < end else []


def divide(
    logs: Sequence[tuple[str, ...]], begin: int, end: int, size: int, tasks: int
) -> list[tuple[Run, ...]]:
    """Divide the slices of all logs among at most a number of tasks.

    The sizes of logs are unknown and differ by orders of magnitude, so the slices of each log are
    divided evenly among the tasks. A task reads those of one log at once, because each walk costs
    at least one request.

    Args:
        logs: The path arguments of each log.
        begin: The start in milliseconds, inclusive.
        end: The end in milliseconds, exclusive.
        size: The size of a slice in milliseconds.
        tasks: The maximum number of tasks.

    Returns:
        The runs of each task; no task is without any.
    """
    edges = boundaries(begin, end, size)
    slices = max(len(edges) - 1, 0)
    runs = min(slices, tasks)
    found: list[list[Run]] = [[] for _ in range(min(tasks, runs * len(logs)))]
    for number, arguments in enumerate(logs):
        for run in range(runs):
            first, last = (edges[slices * each // runs] for each in (run, run + 1))
            found[(number * runs + run) % len(found)].append(Run(arguments, first, last))
    return [tuple(each) for each in found]
