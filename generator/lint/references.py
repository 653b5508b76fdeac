"""References (R2xx): each has an object in local files as target."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from ..document import Document, LongChainError, Node, UnresolvedReferenceError
from ..document.diagnostics import Diagnostic
from ..document.json_values import is_object
from ..document.local_files import is_remote
from ..openapi.misplaced import misplaced_references
from ..openapi.notation import describe_type
from ..openapi.objects import kind_at
from ..openapi.operations import METHODS, path_items
from ..openapi.survey import Survey

_BESIDE = frozenset({"$ref", "summary", "title", "description", "default", "example"})
_OLD = re.compile(r"(?:#?/?(?:definitions|parameters|responses)/)?([^/#]+)")
_DEFINITION = re.compile(r"#/(\$defs|definitions)/([^/]+)(.*)")
_FOLDERS = {
    "Schema": "schemas",
    "Parameter": "parameters",
    "Response": "responses",
    "RequestBody": "requestBodies",
}
_OMITTED = "it is omitted"
_READINGS = {
    "Schema": "it is read as a schema that allows any value",
    "Response": "it is read as a response without content",
}


def check(survey: Survey) -> Iterator[Diagnostic]:
    """Run the rules of this module."""
    is_old = survey.document.version == (3, 0)
    for kind, node in survey.references:
        yield from siblings(kind, node, is_old=is_old)
        if kind == "PathItem":
            yield from stated_twice(survey.document, node)
        is_known = survey.document.is_identified(node.value["$ref"], node.source)
        if is_remote(node.value["$ref"].partition("#")[0]) and not is_known:
            yield remote(node)
        else:
            yield from has_target(survey, kind, node)
    yield from misplaced_reference(survey.document)


def misplaced_reference(document: Document) -> Iterator[Diagnostic]:
    """A reference where OpenAPI defines none is followed, as bundlers do.

    Media types can be references since OpenAPI 3.2.
    """
    for node, alternatives in misplaced_references(document):
        reference, there = node.value["$ref"], node / "$ref"
        try:
            end = document.follow(node)
        except UnresolvedReferenceError as problem:
            yield there.error(
                "R201", problem.message, problem.hint, reading=_OMITTED, is_lossy=True
            )
            continue
        if any(each.fits(end.value) for each in alternatives):
            is_defined = any(each.kind == "MediaType" for each in alternatives)
            if is_defined and document.version >= (3, 2):
                continue
            message = f"a reference {reference!r} where OpenAPI defines none"
            hint = "bundle the document, or reference a Path Item, a Schema or another component"
            reading = "it is replaced by its target, as bundlers do"
            yield there.error("R206", message, hint, reading=reading)
        else:
            expected = " or ".join(map(str, alternatives))
            message = f"the target of {reference!r} must be {expected}"
            hint = "reference a value of this type"
            yield there.error("R204", message, hint, reading=_OMITTED, is_lossy=True)


def stated_twice(document: Document, item: Node) -> Iterator[Diagnostic]:
    """OpenAPI does not define which of two equal fields a path item with a reference has."""
    for name, own in item.members():
        if name in (*METHODS, "servers") and any(
            name in each for each in path_items(document, item)[1:]
        ):
            message = f"{name!r} is also in the target of '$ref'"
            hint = "remove one of the two (until then the one beside '$ref' is used)"
            yield own.warning("R207", message, hint, key=True)


def siblings(kind: str, node: Node, *, is_old: bool) -> Iterator[Diagnostic]:
    """OpenAPI ignores most keywords beside a reference."""
    if kind == "PathItem" or (kind == "Schema" and not is_old):
        return
    ignored = [name for name in node.value if name not in _BESIDE and not name.startswith("x-")]
    for name in ignored:
        message = f"OpenAPI ignores {name!r} beside '$ref'"
        hint = "remove it, or write it in the target of the reference"
        if kind == "Schema":
            hint = "write '$ref' as the only item of 'allOf'; until then it is read as in 3.1"
        yield (node / name).warning("R207", message, hint, key=True)


def has_target(survey: Survey, kind: str, node: Node) -> Iterator[Diagnostic]:
    """A reference has an object as its target, without a circle of references."""
    reference = node.value["$ref"]
    nearest = corrected_reference(survey, kind, node)
    reading = f"it is read as {nearest!r}" if nearest else ""
    if not nearest and reference.startswith("#"):
        reading = _READINGS.get(kind, _OMITTED)
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
            message = f"the reference {reference!r} is circular"
            yield (node / "$ref").error(
                "R203", message, problem.hint, reading=reading, is_lossy=is_lossy
            )
        return
    if not is_object(end.value) and not (kind == "Schema" and isinstance(end.value, bool)):
        actual = describe_type(end.value)
        message = f"the target of {reference!r} must be an object, not {actual}"
        hint = f"reference a {kind} Object"
        yield (node / "$ref").error("R204", message, hint, reading=reading, is_lossy=is_lossy)
    elif kind_at(target) not in {"", kind}:
        actual = kind_at(target)
        message = f"the target of {reference!r} must be a {kind} Object; it is defined as {actual}"
        reading = reading if nearest else f"it is read as a {kind} Object"
        yield (node / "$ref").error("R208", message, f"reference a {kind} Object", reading=reading)


def corrected_reference(survey: Survey, kind: str, node: Node) -> str:
    """Return the reference that is meant, or an empty string.

    That is the OpenAPI 3 form of a Swagger 2.0 reference or a bare name, the definition in a
    schema around it, or this schema itself.
    """
    reference: str = node.value["$ref"]
    folder = _FOLDERS.get(kind, "")
    found = _OLD.fullmatch(reference)
    if folder and found and found[1] in survey.document.root / "components" / folder:
        return f"#/components/{folder}/{found[1]}"
    if kind == "Schema" and reference == "#" and "openapi" in node.source.root:
        whole = node.source.root
        for key in node.pointer:
            whole = whole if kind_at(whole) == kind else whole / key
        return whole.pointer_text
    return _enclosing_definition(node) if kind == "Schema" else ""


def _enclosing_definition(node: Node) -> str:
    """Return a reference to a definition in the nearest schema around that has it.

    JSON Schema that is pasted into a document keeps references such as `#/$defs/Pet`.
    """
    found = _DEFINITION.fullmatch(node.value["$ref"])
    for length in range(len(node.pointer), -1, -1) if found else ():
        holder = node.source.root.at(*node.pointer[:length], found[1]) if found else node
        if found and unquote(found[2]).replace("~1", "/").replace("~0", "~") in holder:
            return f"{holder.pointer_text.replace('%', '%25')}/{found[2]}{found[3]}"
    return ""


def remote(node: Node) -> Diagnostic:
    """Remote files are not downloaded, so that a document gives the same package everywhere."""
    message = f"remote reference {node.value['$ref']!r}; remote files are not downloaded"
    hint = "save the file in the document's folder and reference it by its path"
    return (node / "$ref").error("R202", message, hint)


def is_circle(survey: Survey, node: Node) -> bool:
    """Whether an unresolvable reference is circular; rule R201 reports the others."""
    seen: set[Node] = set()
    try:
        while node not in seen:
            seen.add(node)
            node = survey.document.target(node.value["$ref"], node.source)
    except UnresolvedReferenceError:
        return False
    return True
