# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""The command that archives lists."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from operator import attrgetter
from typing import Any

from ..archive import Progress, export_many
from .arguments import Reader
from .escaping import visible
from .failures import most_severe, print_error, report
from .options import EXPORT
from .progress import Meter
from .requests import name_options, naming_options, open_client
from .standard_output import write
from .structure import Method, Program, Resource
from .usage import UsageError

_PASSED = ("start", "end", "settle", "overlap", "margin", "retention", "codec", "per_page")
_FURTHER = ("max_time", "jobs", "rate")
_OPTIONS = {each.argument: each for each in EXPORT}


def export(program: Program, resource: Resource, method: Method, given: Mapping[str, Any]) -> int:
    """Update archives, print their heads, and return the exit code."""
    reader = Reader(given)
    options = {name: reader[_OPTIONS[name]] for name in (*_PASSED, *_FURTHER)}
    options = {name: value for name, value in options.items() if value is not None}
    positional = [reader[each] for each in method.positional]
    is_many = len(positional) == 1 and method.positional[0].repeated
    logs = [(each,) for each in positional[0]] if is_many else [tuple(positional)]
    if "start" in options and "end" in options and options["start"] > options["end"]:
        raise UsageError("--start is after --end; swap them")
    with (
        naming_options(program, (*method.positional, *EXPORT)),
        open_client(program, reader) as client,
    ):
        listing = getattr(attrgetter(resource.name)(client), method.method)
        with _progress_display(reader[_OPTIONS["progress"]] or "auto") as progress:
            outcomes = export_many(
                listing, logs, reader[_OPTIONS["to"]], warn=_warn, progress=progress, **options
            )
    codes: list[int] = []
    for outcome in outcomes:
        codes.append(outcome.exit_code)
        if outcome.result is not None:
            write(f"{outcome.result.head}\n")
        if outcome.error is not None:
            name_options(outcome.error, program, (*method.positional, *EXPORT))
            report(outcome.error, as_json=False, location=str(outcome.path))
    return most_severe(codes)


def _warn(text: str) -> None:
    print_error(f"warning: {visible(text)}")


@contextmanager
def _progress_display(how: str) -> Generator[Any, None, None]:
    """Return a function that shows the progress of all logs, or None."""
    meter, counts = Meter(how), dict[str, int]()

    def show(progress: Progress) -> None:
        counts[progress.origin] = progress.entries
        meter.show(sum(counts.values()))

    try:
        yield show if meter.is_shown else None
    finally:
        meter.end()
