"""References (R2xx): each leads to something that can be read from the local files."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.document import LongChainError, Node, UnresolvedReferenceError
from generator.document.diagnostics import Diagnostic
from generator.document.json_values import is_object
from generator.document.local_files import is_remote
from generator.openapi.notation import spoken
from generator.openapi.survey import Survey

_OLD = re.compile(r"(?:#?/?(?:definitions|parameters|responses)/)?([^/#]+)")
_FOLDERS = {
    "Schema": "schemas",
    "Parameter": "parameters",
    "Response": "responses",
    "RequestBody": "requestBodies",
}
_READINGS = {
    "Schema": "it is read as anything",
    "Response": "it is read as one that says nothing",
}


def check(survey: Survey) -> Iterator[Diagnostic]:
    """Run the rules of this module."""
    for kind, node in survey.references:
        if is_remote(node.value["$ref"].partition("#")[0]):
            yield remote(node)
        else:
            yield from leads_somewhere(survey, kind, node)


def leads_somewhere(survey: Survey, kind: str, node: Node) -> Iterator[Diagnostic]:
    """A reference that leads nowhere, to itself or to no object leaves nothing to generate."""
    reference = node.value["$ref"]
    nearest = meant(survey, kind, node)
    reading = f"it is read as {nearest!r}" if nearest else ""
    if not nearest and reference.startswith("#"):
        reading = _READINGS.get(kind, "it is left out")
    is_lossy = not nearest
    try:
        target = survey.document.target(reference, node.source)
    except UnresolvedReferenceError as problem:
        yield (node / "$ref").error(
            "R201", problem.message, problem.hint, reading=reading, is_lossy=is_lossy
        )
        return
    try:
        end = survey.document.follow(target)
    except LongChainError as problem:
        yield (node / "$ref").error("R205", problem.message, problem.hint)
        return
    except UnresolvedReferenceError as problem:
        if is_circle(survey, target):
            message = f"{reference!r} refers to itself"
            yield (node / "$ref").error(
                "R203", message, problem.hint, reading=reading, is_lossy=is_lossy
            )
        return
    if not is_object(end.value) and not (kind == "Schema" and isinstance(end.value, bool)):
        message = f"{reference!r} leads to {spoken(end.value)}, not to an object"
        hint = f"name a {kind} Object"
        yield (node / "$ref").error("R204", message, hint, reading=reading, is_lossy=is_lossy)


def meant(survey: Survey, kind: str, node: Node) -> str:
    """Give the reference to a component that is named as Swagger 2.0 did, or by its name alone."""
    reference: str = node.value["$ref"]
    folder = _FOLDERS.get(kind, "")
    found = _OLD.fullmatch(reference)
    if not folder or not found or found[1] not in survey.document.root / "components" / folder:
        return ""
    return f"#/components/{folder}/{found[1]}"


def remote(node: Node) -> Diagnostic:
    """Nothing is fetched: the same document must give the same package anywhere."""
    message = f"{node.value['$ref']!r} is on another machine; nothing is fetched"
    hint = "save that file beside the document and refer to it by its path"
    return (node / "$ref").error("R202", message, hint)


def is_circle(survey: Survey, node: Node) -> bool:
    """Whether a reference that has no end comes back to where it was; the others are R201."""
    seen: set[Node] = set()
    try:
        while node not in seen:
            seen.add(node)
            node = survey.document.target(node.value["$ref"], node.source)
    except UnresolvedReferenceError:
        return False
    return True
