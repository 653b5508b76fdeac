"""Command `upstream`: a worklist for the maintainer of the document."""

from __future__ import annotations

import argparse
import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..config import Config, ConfigError
from ..document import parsing
from ..document.diagnostics import DocumentError, printable
from ..document.json_values import JsonObject, is_object
from ..overlay import load
from .facts import Fact, facts, requests

Adapter = Callable[[JsonObject], JsonObject]
_NOTHING, _WORK = 0, 1


def add_to(add_parser: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    parser = add_parser(
        "upstream",
        help="compare the document with the service's own description",
        description="List parameters, status codes, properties, values and scopes of the "
        "document's requests that only a saved copy of the service's own description has. The "
        "adapter `upstream` in [tool.generator] converts it; without one it must be OpenAPI.",
        epilog="Exit codes: 0 no differences, 1 differences to review, 2 a problem.",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="the saved copy, JSON or YAML")
    parser.set_defaults(run=_upstream)


def _upstream(options: argparse.Namespace, settings: Config) -> int:
    spec = Path(settings.spec)
    if not spec.is_file():
        raise ConfigError(f"{spec}: file not found")
    ours: JsonObject = load(spec, settings.overlays_of(spec)).root.value
    theirs = _read(options.file)
    if settings.upstream:
        adapter = _adapter(Path(settings.upstream))
        try:
            theirs = adapter(theirs)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise ConfigError(
                f"{settings.upstream} cannot convert {options.file}: {error!r}"
            ) from None
    lines = list(_worklist(ours, theirs))
    sys.stdout.write("".join(f"{printable(line)}\n" for line in lines))
    print(f"{len(lines)} to review" if lines else "no differences")
    return _WORK if lines else _NOTHING


def _worklist(ours: JsonObject, theirs: JsonObject) -> list[str]:
    """Return the facts that only the other description has, without facts nested in new ones."""
    known, upstream = requests(ours), requests(theirs)
    lines = [
        f"{request}: no longer upstream" for key, request in known.items() if key not in upstream
    ]
    new = {fact for fact in facts(theirs) if fact.request in known} - facts(ours)
    roots = {_location(fact) for fact in new if fact.kind in {"parameter", "property", "status"}}
    for fact in sorted(new):
        if not any(_is_inside(fact, root) for root in roots if root[0] == fact.request):
            where = f" of {fact.location}" if fact.location else ""
            lines.append(f"{known[fact.request]}: new {fact.kind}{where}: {fact.value}")
    return lines


def _location(fact: Fact) -> tuple[str, str]:
    """Return the location of facts that are nested in a fact."""
    separator = {"parameter": " ", "property": ".", "status": ""}[fact.kind]
    return fact.request, f"{fact.location}{separator}{fact.value}"


def _is_inside(fact: Fact, root: tuple[str, str]) -> bool:
    rest = fact.location.removeprefix(root[1])
    return fact.location.startswith(root[1]) and rest[:1] in {"", ".", "[", "{"}


def _read(path: Path) -> JsonObject:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror or error}") from None
    parsed = parsing.parse(content, str(path))
    if parsed.problems:
        raise DocumentError(parsed.problems)
    if not is_object(parsed.data):
        raise ConfigError(f"{path} must contain a JSON object, the description of a service")
    return parsed.data


def _adapter(path: Path) -> Adapter:
    """Return the function `to_openapi` of a Python file."""
    found = importlib.util.spec_from_file_location("generator_upstream_adapter", path)
    if not path.is_file() or found is None or found.loader is None:
        raise ConfigError(f"`upstream` in [tool.generator]: {path} is not a Python file")
    module: Any = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    adapter: Adapter | None = getattr(module, "to_openapi", None)
    if adapter is None:
        raise ConfigError(f"{path} has no function `to_openapi`")
    return adapter
