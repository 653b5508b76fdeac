"""Our extensions (X7xx): their names, places and shapes.

Where the document's root says `x-generator: 1` a mistake is an error. Elsewhere the same name may
be somebody else's extension, so that it is ignored with a warning.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache

from generator.document import Node
from generator.document.diagnostics import Diagnostic
from generator.document.json_values import is_object
from generator.openapi.notation import Shape, shape, spoken
from generator.openapi.parameters import is_token
from generator.openapi.survey import Misfit, Survey, describe, fit
from generator.python.names import is_class_name

SHAPES: dict[str, Shape] = {
    kind: shape(fields)
    for kind, fields in {
        "x-client in Info": {
            "error": "string",
            "environment": "string",
            "user-agent": "string",
            "check": "string",
        },
        "x-client in Operation": {"resource": "string", "method": "string"},
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
            "size": "Name",
        },
        "Name": {"parameter!": "string"},
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

# Where each extension means something; None: everywhere. In other places it would be ignored.
_PLACES: dict[str, tuple[str, ...] | None] = {
    "x-generator": ("OpenAPI",),
    "x-client": ("Info", "Operation"),
    "x-scopes": ("SecurityScheme",),
    "x-deep-object": ("Parameter",),
    "x-pagination": ("Operation",),
    "x-codeSamples": ("Operation",),
    "x-evidence": None,
    "x-sensitive": ("Schema",),
}
NAMES = tuple(_PLACES)


def check(survey: Survey) -> Iterator[Diagnostic]:
    """Run the rules of this module."""
    for kind, nodes in survey.objects.items():
        for node in nodes:
            for name, value in node.members():
                if name in _PLACES:
                    yield from _one(survey, kind, name, value)
                elif name.startswith("x-"):
                    yield from spelling(name, value)
    yield from checked_operation(survey)
    yield from client_names(survey)


def problem(
    survey: Survey, node: Node, code: str, message: str, hint: str, *, key: bool = False
) -> Diagnostic:
    """Make an error where the extensions are ours, else a warning."""
    make = node.error if survey.is_strict else node.warning
    return make(code, message, hint, key=key)


def spelling(name: str, value: Node) -> Iterator[Diagnostic]:
    """Whoever writes `x-paginaton` means ours; any other name is somebody else's."""
    near = _near(name)
    if near:
        message = f"the extension {name!r} is unknown and ignored"
        yield value.warning("X701", message, f"did you mean {near!r}?", key=True)


@lru_cache(maxsize=1000)
def _near(name: str) -> str | None:
    near = get_close_matches(name, NAMES, n=1, cutoff=0.85)
    return near[0] if near else None


def _one(survey: Survey, kind: str, name: str, value: Node) -> Iterator[Diagnostic]:
    places = _PLACES[name]
    if places is not None and kind not in places:
        yield from misplaced(survey, kind, name, value, places)
    elif name == "x-client":
        yield from shapes(survey, f"x-client in {kind}", value)
    elif name in SHAPES:
        several = name == "x-codeSamples"
        yield from (samples if several else shapes)(survey, name, value)
        if name == "x-deep-object":
            yield from deep_object(survey, value)
    else:
        yield from plain(survey, name, value)


def misplaced(
    survey: Survey, kind: str, name: str, value: Node, places: tuple[str, ...]
) -> Iterator[Diagnostic]:
    """In another place than its own an extension does nothing."""
    message = f"{name!r} means nothing in the {kind} Object"
    hint = f"move it to the {' or '.join(places)} Object"
    yield problem(survey, value, "X703", message, hint, key=True)


def shapes(survey: Survey, name: str, value: Node) -> Iterator[Diagnostic]:
    """An extension has exactly the members that are described, of those types."""
    if not is_object(value.value):
        message = f"{name!r} must be an object, not {spoken(value.value)}"
        yield problem(survey, value, "X702", message, "see the description of the extension")
        return
    waiting = [(name, value)]
    while waiting:
        kind, node = waiting.pop()
        result = fit(kind, SHAPES[kind], node)
        waiting += result.found
        for misfit in result.misfits:
            yield _misfit(survey, misfit)


def _misfit(survey: Survey, misfit: Misfit) -> Diagnostic:
    known = [each for each in SHAPES[misfit.kind] if each != "*"]
    if misfit.what == "missing":
        message, hint = f"{misfit.name!r} is missing here", f"add '{misfit.name}'"
    elif misfit.what == "unknown":
        near = get_close_matches(misfit.name, known, n=1)
        message = f"{misfit.name!r} is unknown here"
        hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(known)}"
    else:
        message, hint = describe(misfit), f"write {misfit.expected}"
    key = misfit.what == "unknown"
    return problem(survey, misfit.node, "X702", message, hint, key=key)


def samples(survey: Survey, name: str, value: Node) -> Iterator[Diagnostic]:
    """Code samples are a list, as other tools have it."""
    items = list(value.items())
    if not items:
        message = f"{name!r} must be a list of samples, not {spoken(value.value)}"
        yield problem(survey, value, "X702", message, "write a list of {lang: ..., source: ...}")
    for item in items:
        yield from shapes(survey, name, item)


def plain(survey: Survey, name: str, value: Node) -> Iterator[Diagnostic]:
    """The extensions that are one word: what they say must be one that we know."""
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
    """The extension says how lists look inside a deep object; elsewhere there is none."""
    if _parent(value).get("style") != "deepObject":
        message = "'x-deep-object' means nothing without 'style: deepObject'"
        yield problem(survey, value, "X703", message, "add 'style: deepObject'", key=True)


def _parent(value: Node) -> dict[str, object]:
    node = value.source.root
    for part in value.pointer[:-1]:
        node = node / part
    return node.value if is_object(node.value) else {}


def client_names(survey: Survey) -> Iterator[Diagnostic]:
    """What the client is called must be names there: a class's, a variable's, a header's word."""
    told = survey.document.root.at("info", "x-client")
    for key, wanted, can_be in (
        ("error", "the name of a class", is_class_name),
        ("environment", "the start of a variable's name", str.isidentifier),
        ("user-agent", "a word of a header", is_token),
    ):
        node = told / key
        if isinstance(node.value, str) and not can_be(node.value):
            yield problem(
                survey, node, "X702", f"{node.value!r} is not {wanted}", f"write {wanted}"
            )


def checked_operation(survey: Survey) -> Iterator[Diagnostic]:
    """The operation that checks a connection is one of the document's."""
    name = survey.document.root.at("info", "x-client", "check")
    ids = [operation.id for operation in survey.operations]
    if isinstance(name.value, str) and name.value not in ids:
        near = get_close_matches(name.value, ids, n=1)
        hint = f"did you mean {near[0]!r}?" if near else "name an operationId of this document"
        message = f"there is no operation {name.value!r}"
        yield problem(survey, name, "X704", message, hint)
