"""`python -m generator upstream`: a worklist for who maintains the document."""

from __future__ import annotations

import argparse
import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from generator.config import Config, ConfigError
from generator.document import load, parsing
from generator.document.diagnostics import DocumentError, printable
from generator.document.json_values import JsonObject, is_object
from generator.upstream.facts import Fact, facts, requests

Adapter = Callable[[JsonObject], JsonObject]
_NOTHING, _WORK = 0, 1


def add_to(add_parser: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    parser = add_parser(
        "upstream",
        help="compare the document with the service's own description",
        description="Lists what a saved copy of the service's own description says about the "
        "requests of the document that the document does not. The adapter that `upstream` in "
        "[tool.generator] names reads it; without one it must be OpenAPI.",
        epilog="Exit codes: 0 nothing new, 1 there is work, 2 a problem.",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="the saved copy, JSON or YAML")
    parser.set_defaults(run=_upstream)


def _upstream(options: argparse.Namespace, settings: Config) -> int:
    spec = Path(settings.spec)
    if not spec.is_file():
        raise ConfigError(f"{spec}: there is no such file")
    ours: JsonObject = load(spec).root.value
    theirs = _read(options.file)
    if settings.upstream:
        adapter = _adapter(Path(settings.upstream))
        try:
            theirs = adapter(theirs)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise ConfigError(
                f"{options.file} is not what {settings.upstream} reads: {error!r}"
            ) from None
    lines = list(_worklist(ours, theirs))
    sys.stdout.write("".join(f"{printable(line)}\n" for line in lines))
    print(f"{len(lines)} to look into" if lines else "nothing new")
    return _WORK if lines else _NOTHING


def _worklist(ours: JsonObject, theirs: JsonObject) -> list[str]:
    """List what only the other description says; what is inside of something new is not listed."""
    known, told = requests(ours), facts(theirs)
    elsewhere = requests(theirs)
    lines = [
        f"{shown}: not upstream any more"
        for request, shown in known.items()
        if request not in elsewhere
    ]
    new = {fact for fact in told if fact.request in known} - facts(ours)
    roots = {_place(fact) for fact in new if fact.kind in {"parameter", "property", "status"}}
    for fact in sorted(new):
        if not any(_is_inside(fact, root) for root in roots if root[0] == fact.request):
            where = f" of {fact.place}" if fact.place else ""
            lines.append(f"{known[fact.request]}: new {fact.kind}{where}: {fact.value}")
    return lines


def _place(fact: Fact) -> tuple[str, str]:
    """Give the place that something new makes for what is inside of it."""
    separator = {"parameter": " ", "property": ".", "status": ""}[fact.kind]
    return fact.request, f"{fact.place}{separator}{fact.value}"


def _is_inside(fact: Fact, root: tuple[str, str]) -> bool:
    rest = fact.place.removeprefix(root[1])
    return fact.place.startswith(root[1]) and rest[:1] in {"", ".", "[", "{"}


def _read(path: Path) -> JsonObject:
    parsed = parsing.parse(path.read_bytes(), str(path))
    if parsed.problems:
        raise DocumentError(parsed.problems)
    if not is_object(parsed.data):
        raise ConfigError(f"{path} is no description of a service: it holds no object")
    return parsed.data


def _adapter(path: Path) -> Adapter:
    """Load the function `to_openapi` of a Python file."""
    found = importlib.util.spec_from_file_location("generator_upstream_adapter", path)
    if not path.is_file() or found is None or found.loader is None:
        raise ConfigError(f"`upstream` in [tool.generator]: {path} is no Python file")
    module: Any = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    adapter: Adapter | None = getattr(module, "to_openapi", None)
    if adapter is None:
        raise ConfigError(f"{path} has no function `to_openapi`")
    return adapter
