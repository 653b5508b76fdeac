# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""The scopes that permit each operation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from .failures import Exit
from .options import HELP, OUTPUT
from .outputs import Item, print_item, print_items, read_format
from .parsing import asks_for_help, parse, parser
from .standard_output import write
from .structure import Option, Program
from .usage import unknown

_PACKAGE = __name__.rpartition(".")[0].rpartition(".")[0]
_OPERATION = Option("OPERATION", "The operation. Default: all.")


def print_scopes(program: Program, arguments: Sequence[str]) -> int:
    """Print the scopes that permit an operation, or those of all operations."""
    made = parser(
        f"{program.name} scopes",
        "Print the scopes that permit an operation; any one of them suffices.",
        groups=[("output", (*OUTPUT, HELP))],
    )
    made.usage = f"{made.prog} [OPERATION] [OPTIONS]"
    made.add_argument(_OPERATION.flag, nargs="?", help=_OPERATION.doc)
    if asks_for_help(arguments):
        write(made.format_help())
        return Exit.DONE
    given = parse(made, arguments)
    module = f"{_PACKAGE}.scopes"
    found: Any = import_module(module) if find_spec(module) else None
    required: Mapping[str, frozenset[str]] = {} if found is None else found.REQUIRED
    operations = {
        method.operation: sorted(map(str, required.get(method.operation, ())))
        for resource in program.resources
        for method in resource.methods()
        if method.kind in {"call", "list"}
    }
    form = read_format(given, ("operation", "scopes"))
    wanted = given[_OPERATION.flag]
    if wanted is None:
        rows = ({"operation": each, "scopes": found} for each, found in operations.items())
        print_items((_item(each) for each in rows), form, ("operation", "scopes"))
        return Exit.DONE
    if wanted not in operations:
        raise unknown("the operation", str(wanted), operations)
    print_item(_item({"operation": wanted, "scopes": operations[str(wanted)]}), form)
    return Exit.DONE


def _item(data: Mapping[str, Any]) -> Item:
    return Item(lambda: data)
