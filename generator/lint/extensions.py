"""Extensions of this generator (X7xx): their names, locations and fields.

In a document with `x-generator: 1` at its root, a mistake is an error. In other documents the name
may be another tool's extension, so it is ignored with a warning.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache

from ..document import Node
from ..document.diagnostics import Diagnostic
from ..document.json_values import is_array, is_object
from ..openapi.notation import Shape, describe_type, shape
from ..openapi.parameters import is_token
from ..openapi.survey import Mismatch, Survey, compare, describe
from ..python.names import is_class_name

SHAPES: dict[str, Shape] = {
    kind: shape(fields)
    for kind, fields in {
        "x-client in Info": {
            "error": "string",
            "environment": "string",
            "user-agent": "string",
            "check": "string",
            "recipes": "string",
        },
        "x-client in Operation": {
            "resource": "string",
            "method": "string",
            "walk": "string",
            "follow": "string",
        },
        "x-deep-object": {"arrays!": "'indices'|'brackets'|'repeat'"},
        "x-scopes": {"*": "string"},
        "x-codeSamples": {"lang!": "string", "label": "string", "source!": "string"},
        "x-pagination": {
            "style!": "'page'|'offset'|'cursor'|'link'",
            "request": "PagingRequest",
            "response": "PagingResponse",
            "item": "PagingItem",
            "order": "PagingOrder",
            "window": "PagingWindow",
        },
        "PagingRequest": {
            "page": "Counter",
            "offset": "Counter",
            "cursor": "Name",
            "size": "PageSize",
        },
        "Name": {"parameter!": "string"},
        "PageSize": {"parameter!": "string", "walk": "integer"},
        "Counter": {"parameter!": "string", "first": "integer"},
        "PagingResponse": {
            "items!": "string",
            **dict.fromkeys(("total", "page", "size", "offset", "cursor", "more"), "string"),
        },
        "PagingItem": {"id!": "string", "time": "string"},
        "PagingOrder": {
            "field": "OrderField",
            "direction": "OrderDirection",
            "ties": "'unspecified'|'id'",
        },
        "OrderField": {"parameter!": "string", "value!": "any"},
        "OrderDirection": {"parameter!": "string", "ascending!": "any", "descending!": "any"},
        "PagingWindow": {
            "from": "Name",
            "to": "Name",
            "bounds": "'inclusive'|'exclusive'|'half-open'|'unknown'",
            "unit": "'epoch-milliseconds'|'epoch-seconds'|'date-time'|'date'",
            "retention": "string",
        },
    }.items()
}

# The objects that each extension is allowed in; None: all. It would be ignored in other objects.
_LOCATIONS: dict[str, tuple[str, ...] | None] = {
    "x-generator": ("OpenAPI",),
    "x-client": ("Info", "Operation"),
    "x-scopes": ("SecurityScheme",),
    "x-deep-object": ("Parameter",),
    "x-pagination": ("Operation",),
    "x-codeSamples": ("Operation",),
    "x-evidence": None,
    "x-sensitive": ("Schema",),
}
NAMES = tuple(_LOCATIONS)


def check(survey: Survey) -> Iterator[Diagnostic]:
    """Run the rules of this module."""
    for kind, nodes in survey.objects.items():
        for node in nodes:
            for name in node.value:
                if name in _LOCATIONS:
                    yield from _extension(survey, kind, name, node / name)
                elif name.startswith("x-"):
                    yield from misspelled_name(name, node / name)
    yield from checked_operation(survey)
    yield from client_names(survey)


def problem(
    survey: Survey, node: Node, code: str, message: str, hint: str, *, key: bool = False
) -> Diagnostic:
    """Build an error in documents with `x-generator: 1`, else a warning."""
    make = node.error if survey.is_strict else node.warning
    return make(code, message, hint, key=key)


def misspelled_name(name: str, value: Node) -> Iterator[Diagnostic]:
    """A misspelled name, such as `x-paginaton`, would be ignored; other names are not checked."""
    near = _similar_name(name)
    if near:
        message = f"unknown extension {name!r}, which is ignored"
        yield value.warning("X701", message, f"did you mean {near!r}?", key=True)


@lru_cache(maxsize=1000)
def _similar_name(name: str) -> str | None:
    near = get_close_matches(name, NAMES, n=1, cutoff=0.85)
    return near[0] if near else None


def _extension(survey: Survey, kind: str, name: str, value: Node) -> Iterator[Diagnostic]:
    locations = _LOCATIONS[name]
    if locations is not None and kind not in locations:
        yield from misplaced_extension(survey, kind, name, value, locations)
    elif name == "x-client":
        yield from shapes(survey, f"x-client in {kind}", value)
    elif name in SHAPES:
        several = name == "x-codeSamples"
        yield from (samples if several else shapes)(survey, name, value)
        if name == "x-deep-object":
            yield from deep_object(survey, value)
    else:
        yield from plain(survey, name, value)


def misplaced_extension(
    survey: Survey, kind: str, name: str, value: Node, locations: tuple[str, ...]
) -> Iterator[Diagnostic]:
    """An extension has no effect in an object that does not define it."""
    message = f"{name!r} has no meaning in the {kind} Object"
    hint = f"move it to the {' or '.join(locations)} Object"
    yield problem(survey, value, "X703", message, hint, key=True)


def shapes(survey: Survey, name: str, value: Node) -> Iterator[Diagnostic]:
    """An extension has the fields of its table, with their types, and no others."""
    if not is_object(value.value):
        message = f"{name!r} must be an object, not {describe_type(value.value)}"
        hint = "write an object with the fields of this extension"
        yield problem(survey, value, "X702", message, hint)
        return
    waiting = [(name, value)]
    while waiting:
        kind, node = waiting.pop()
        result = compare(kind, SHAPES[kind], node)
        waiting += result.found
        for mismatch in result.mismatches:
            yield _mismatch(survey, mismatch)


def _mismatch(survey: Survey, mismatch: Mismatch) -> Diagnostic:
    known = [each for each in SHAPES[mismatch.kind] if each != "*"]
    if mismatch.what == "missing":
        message, hint = f"missing field {mismatch.name!r}", f"add '{mismatch.name}'"
    elif mismatch.what == "unknown":
        near = get_close_matches(mismatch.name, known, n=1)
        message = f"unknown field {mismatch.name!r}"
        hint = f"did you mean {near[0]!r}?" if near else f"use one of {', '.join(known)}"
    else:
        message, hint = describe(mismatch), f"write {mismatch.expected}"
    key = mismatch.what == "unknown"
    return problem(survey, mismatch.node, "X702", message, hint, key=key)


def samples(survey: Survey, name: str, value: Node) -> Iterator[Diagnostic]:
    """`x-codeSamples` is a list, as other tools define it."""
    items = list(value.items())
    if not items:
        actual = "an empty list" if is_array(value.value) else describe_type(value.value)
        message = f"{name!r} must be a list of one or more samples, not {actual}"
        yield problem(survey, value, "X702", message, "write a list of {lang: ..., source: ...}")
    for item in items:
        yield from shapes(survey, name, item)


def plain(survey: Survey, name: str, value: Node) -> Iterator[Diagnostic]:
    """An extension that is a single value has one of its known values."""
    wanted = {
        "x-generator": (1,),
        "x-evidence": ("stated", "inferred"),
        "x-sensitive": (True, False),
    }[name]
    if not any(type(value.value) is type(each) and value.value == each for each in wanted):
        shown = " or ".join(str(each).lower() for each in wanted)
        message = f"{name!r} must be {shown}, not {value.value!r}"
        yield problem(survey, value, "X702", message, f"write {shown}")


def deep_object(survey: Survey, value: Node) -> Iterator[Diagnostic]:
    """`x-deep-object` describes how lists are encoded in the style `deepObject`."""
    if _parent(value).get("style") != "deepObject":
        message = "'x-deep-object' has no meaning without 'style: deepObject'"
        yield problem(survey, value, "X703", message, "add 'style: deepObject'", key=True)


def _parent(value: Node) -> dict[str, object]:
    node = value.source.root
    for part in value.pointer[:-1]:
        node = node / part
    return node.value if is_object(node.value) else {}


def client_names(survey: Survey) -> Iterator[Diagnostic]:
    """The names in `x-client` are valid as a class, an environment variable or a header token."""
    client = survey.document.root.at("info", "x-client")
    for key, wanted, is_valid in (
        ("error", "a class name in PascalCase", is_class_name),
        ("environment", "a prefix of environment variables", str.isidentifier),
        ("user-agent", "a header token", is_token),
    ):
        node = client / key
        if isinstance(node.value, str) and not is_valid(node.value):
            yield problem(
                survey,
                node,
                "X702",
                f"{key!r} must be {wanted}, not {node.value!r}",
                f"write {wanted}",
            )


def checked_operation(survey: Survey) -> Iterator[Diagnostic]:
    """`x-client.check` names an operation of the document."""
    name = survey.document.root.at("info", "x-client", "check")
    ids = [operation.id for operation in survey.operations]
    if isinstance(name.value, str) and name.value not in ids:
        near = get_close_matches(name.value, ids, n=1)
        hint = f"did you mean {near[0]!r}?" if near else "write an operationId of this document"
        message = f"unknown operationId {name.value!r}"
        yield problem(survey, name, "X704", message, hint)
