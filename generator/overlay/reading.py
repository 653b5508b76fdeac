"""Reading of overlay files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..document import Node, read_source
from ..document.diagnostics import Diagnostic, DocumentError
from ..document.json_values import is_array, is_object
from ..document.local_files import is_remote, local_file
from . import json_path
from .json_path import Query

_FIELDS = frozenset({"overlay", "info", "extends", "actions"})
_ACTION_FIELDS = frozenset({"target", "description", "update", "copy", "remove"})


@dataclass(frozen=True, slots=True)
class Action:
    """A change of everything that a JSONPath selects.

    Attributes:
        target: The JSONPath's node in the overlay.
        query: The JSONPath.
        update: The value to merge or append; None for none.
        copy: The JSONPath of the value to merge or append, and its node; None for none.
        removes: Whether the selected values are removed.
    """

    target: Node
    query: Query
    update: Node | None = None
    copy: tuple[Query, Node] | None = None
    removes: bool = False


@dataclass(frozen=True, slots=True)
class Overlay:
    """The actions of an overlay, and warnings about it."""

    actions: tuple[Action, ...]
    warnings: tuple[Diagnostic, ...]


def read_overlay(path: Path, document: Path) -> Overlay:
    """Read and validate an overlay.

    Args:
        path: The overlay.
        document: The document that it is applied to.

    Raises:
        DocumentError: If it is not an overlay of version 1.0 or 1.1, or has errors.
        OSError: If the file cannot be read.
    """
    source = read_source(path, str(path))
    found = [*source.parsed.problems]
    if not found:
        found += _problems(source.root, document)
    if any(each.is_error for each in found):
        raise DocumentError(found)
    return Overlay(tuple(map(_action, (source.root / "actions").items())), tuple(found))


def _action(node: Node) -> Action:
    target, copied = node / "target", node / "copy"
    return Action(
        target,
        json_path.parse(target.value),
        node / "update" if "update" in node else None,
        (json_path.parse(copied.value), copied) if "copy" in node else None,
        removes=_removes(node),
    )


def _removes(action: Node) -> bool:
    return (action / "remove").value is True


def _problems(root: Node, document: Path) -> Iterator[Diagnostic]:
    version = root / "overlay"
    if not isinstance(version.value, str) or not version.value.startswith(("1.0.", "1.1.")):
        message = "not an overlay of version 1.0 or 1.1"
        yield version.error("Y101", message, "start the file with `overlay: 1.1.0`")
        return
    yield from _unknown_fields(root, _FIELDS, "an overlay")
    yield from _problems_of_info(root)
    yield from _problems_of_extends(root / "extends", document)
    actions = root / "actions"
    if not is_array(actions.value) or not actions.value:
        hint = "write a list of actions, each with `target` and `update`, `copy` or `remove`"
        yield actions.error("Y101", "the overlay has no actions", hint, key=True)
    for each in actions.items():
        yield from _problems_of_action(each, is_old=version.value.startswith("1.0."))


def _problems_of_info(root: Node) -> Iterator[Diagnostic]:
    """Iterate over the required fields of `info` that are missing; they have no effect."""
    info = root / "info"
    missing = [name for name in ("title", "version") if not isinstance((info / name).value, str)]
    if missing:
        message = f"the overlay has no `info` with {' and '.join(f'`{each}`' for each in missing)}"
        hint = "add `info: {title: ..., version: 1.0.0}`"
        yield (info if "info" in root else root).warning("Y106", message, hint)


def _problems_of_extends(extends: Node, document: Path) -> Iterator[Diagnostic]:
    """Report an `extends` that names another file than the document; URLs are not followed."""
    named = extends.value
    if named is None:
        return
    if not isinstance(named, str):
        yield extends.error("Y101", "`extends` must be a URI", "write the name of a document")
        return
    if (
        not named
        or is_remote(named)
        or local_file(named, extends.source.path) == document.resolve()
    ):
        return
    message = f"the overlay extends {named!r}, but is applied to {document.name!r}"
    yield extends.warning("Y106", message, "apply it to that document, or correct `extends`")


def _problems_of_action(node: Node, *, is_old: bool) -> Iterator[Diagnostic]:
    if not is_object(node.value):
        yield node.error("Y101", "an action must be an object", "write `target` and a change")
        return
    yield from _unknown_fields(node, _ACTION_FIELDS, "an action")
    for name in ("target", "copy"):
        if name in node or name == "target":
            yield from _problems_of_query(node / name, name)
    if "remove" in node and not isinstance(node.value["remove"], bool):
        yield (node / "remove").error("Y101", "`remove` must be true or false", "write `true`")
    changes = [
        name
        for name in ("update", "copy", "remove")
        if name in node and (name, node.value[name]) != ("remove", False)
    ]
    if is_old and "copy" in node:
        message = "Overlay 1.0 does not have `copy`; it is read as in Overlay 1.1"
        yield (node / "copy").warning("Y106", message, "write `overlay: 1.1.0`", key=True)
    if is_old and "update" in node and _removes(node):
        message = "`update` has no effect beside `remove: true`"
        yield (node / "update").warning("Y106", message, "remove one of the two", key=True)
    elif len(changes) != 1:
        message = f"an action with {' and '.join(f'`{each}`' for each in changes) or 'no change'}"
        hint = "write exactly one of `update`, `copy` and `remove: true`"
        yield node.error("Y101", message, hint)


def _problems_of_query(node: Node, name: str) -> Iterator[Diagnostic]:
    if not isinstance(node.value, str):
        message = f"`{name}` must be a JSONPath, such as `$.paths['/users'].get`"
        yield node.error("Y101", message, "write a string that starts with `$`")
        return
    try:
        json_path.parse(node.value)
    except json_path.MalformedPathError as error:
        message = f"{node.value!r} is not a JSONPath of RFC 9535: {error}"
        yield node.error("Y102", message, "write a path such as `$.paths['/users'].get`")


def _unknown_fields(node: Node, known: frozenset[str], of: str) -> Iterator[Diagnostic]:
    for name, each in node.members():
        if name not in known and not name.startswith("x-"):
            hint = f"remove it, or write one of {', '.join(sorted(known))}"
            yield each.warning("Y103", f"unknown field {name!r} of {of}", hint, key=True)
