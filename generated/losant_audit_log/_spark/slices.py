# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
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


_MOST = 1_000_000  # time spans of all logs, which the driver holds in memory


def boundaries(begin: int, end: int, size: int, most: int) -> list[int]:
    """Return the boundaries of a time span's parts, which are of about as many slices each.

    Args:
        begin: The start, inclusive.
        end: The end, exclusive.
        size: The size of a slice; slices begin at its multiples.
        most: The maximum number of parts.

    Returns:
        Both ends, and multiples of the size between them; nothing for an empty span.
    """
    if begin >= end:
        return []
    inner = range((begin // size + 1) * size, end, size)
    slices = len(inner) + 1
    parts = min(slices, most)
    return [begin, *(inner[slices * each // parts - 1] for each in range(1, parts)), end]


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
    edges = boundaries(begin, end, size, min(tasks, max(_MOST // len(logs), 1)))
    runs = max(len(edges) - 1, 0)
    found: list[list[Run]] = [[] for _ in range(min(tasks, runs * len(logs)))]
    for number, arguments in enumerate(logs):
        for run in range(runs):
            found[(number * runs + run) % len(found)].append(
                Run(arguments, edges[run], edges[run + 1])
            )
    return [tuple(each) for each in found]
