"""`x-pagination` (X7xx): its parameters and JSON Pointers exist on the operation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from ..document import Node
from ..document.diagnostics import Diagnostic
from ..document.json_values import Pointer, is_object, parse_pointer
from ..openapi.media_types import essence, includes_json
from ..openapi.survey import Operation, Survey, composed_schemas
from .extensions import problem

_COUNTERS = {"page": "page", "offset": "offset", "cursor": "cursor"}
_DURATION = re.compile(r"P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+S)?)?")


def check(survey: Survey) -> Iterator[Diagnostic]:
    """Run the rules of this module."""
    for operation in survey.operations:
        paging = operation.node / "x-pagination"
        if is_object(paging.value):
            yield from style(survey, paging)
            yield from named_parameters(survey, operation, paging)
            yield from pointers(survey, operation, paging)
            yield from retention(survey, paging)
            yield from walk_size(survey, operation, paging)


def style(survey: Survey, paging: Node) -> Iterator[Diagnostic]:
    """Each style selects pages by its own parameter, except `link`, which follows Link headers."""
    kind = paging.value.get("style")
    counter = _COUNTERS.get(kind) if isinstance(kind, str) else None
    if counter and counter not in paging / "request":
        message = f"'style: {kind}' requires the parameter that selects the page"
        hint = f"add 'request: {{{counter}: {{parameter: ...}}}}'"
        yield problem(survey, paging, "X702", message, hint)
    if counter and "response" not in paging:
        hint = "add 'response: {items: /...}'"
        message = f"'style: {kind}' requires the position of the items in the response"
        yield problem(survey, paging, "X702", message, hint)
    if kind == "cursor" and "response" in paging and "cursor" not in paging / "response":
        message = "'style: cursor' requires the position of the next cursor in the response"
        yield problem(survey, paging / "response", "X702", message, "add 'cursor: /...'")


def named_parameters(survey: Survey, operation: Operation, paging: Node) -> Iterator[Diagnostic]:
    """Each parameter that pagination names is declared on the operation."""
    names = [each.value.get("name") for each in operation.parameters]
    known = [name for name in names if isinstance(name, str)]
    for part in ("request", "order", "window"):
        for _, member in (paging / part).members():
            name = member / "parameter"
            if isinstance(name.value, str) and name.value not in known:
                near = get_close_matches(name.value, known, n=1)
                hint = f"did you mean {near[0]!r}?" if near else "declare it on the operation"
                message = f"undeclared parameter {name.value!r}"
                yield problem(survey, name, "X704", message, hint)


def pointers(survey: Survey, operation: Operation, paging: Node) -> Iterator[Diagnostic]:
    """Each JSON Pointer has a target in the schema of the response, or in that of its items."""
    response = response_schema(survey, operation)
    if response is None:
        message = "'x-pagination' requires a JSON schema for the response 200"
        hint = "add a schema to the JSON content of the response 200"
        yield problem(survey, paging, "X705", message, hint, key=True)
        return
    if _is_broken(survey, response):
        return  # Rule R201 reports it.
    for _, pointer in (paging / "response").members():
        yield from _resolves(survey, [response], pointer, "the response")
        yield from _is_beside_lists(survey, response, pointer)
    items = _items(survey, response, paging.at("response", "items"))
    for _, pointer in (paging / "item").members():
        yield from _resolves(survey, items, pointer, "an item")
    yield from _is_timestamp(survey, items, paging.at("item", "time"))
    pointer = paging.at("response", "items")
    if items and not any(
        _is_object(part) for each in items for part in composed_schemas(survey.document, each)
    ):
        message = f"the target of {pointer.value!r} is not a list of objects"
        hint = "write the JSON Pointer of the list of entries"
        yield problem(survey, pointer, "X705", message, hint)


def _is_broken(survey: Survey, schema: Node) -> bool:
    """Whether a schema, or one that it is composed of or has items of, cannot be resolved."""
    waiting, seen = [schema], set[Node]()
    while waiting:
        node = survey.follow(waiting.pop())
        if node is None:
            return True
        if node not in seen:
            seen.add(node)
            for keyword in ("allOf", "anyOf", "oneOf"):
                waiting += (node / keyword).items()
            waiting += [each for _, each in (node / "properties").members()]
            waiting += [node / "items"] if is_object((node / "items").value) else []
    return False


def retention(survey: Survey, paging: Node) -> Iterator[Diagnostic]:
    """The retention period of entries is an ISO 8601 duration."""
    node = paging.at("window", "retention")
    if isinstance(node.value, str) and _DURATION.fullmatch(node.value) is None:
        message = f"'retention' must be an ISO 8601 duration, not {node.value!r}"
        yield problem(survey, node, "X702", message, "write a duration such as P1Y or P30D")


def walk_size(survey: Survey, operation: Operation, paging: Node) -> Iterator[Diagnostic]:
    """The page size that walks request is one that the parameter allows."""
    size = paging.at("request", "size")
    walk, name = size / "walk", (size / "parameter").value
    if not isinstance(walk.value, int) or isinstance(walk.value, bool):
        return
    schemas = [
        survey.follow(each / "schema")
        for each in operation.parameters
        if each.value.get("name") == name
    ]
    low, high = (_limit(schemas, key) for key in ("minimum", "maximum"))
    if walk.value < max(low or 1, 1) or (high is not None and walk.value > high):
        message = f"{name!r} does not allow {walk.value} entries per page"
        yield problem(survey, walk, "X702", message, "write a number that its schema allows")


def _limit(schemas: list[Node | None], name: str) -> int | None:
    found = [each.value.get(name) for each in schemas if each and is_object(each.value)]
    return next((each for each in found if isinstance(each, int)), None)


def response_schema(survey: Survey, operation: Operation) -> Node | None:
    """Return the JSON schema of the successful response, or None."""
    responses = operation.node / "responses"
    for status in ("200", "2XX", "default"):
        response = survey.follow(responses / status)
        for text, media in (response / "content").members() if response else ():
            if includes_json(essence(text)) and "schema" in media:
                return media / "schema"
    return None


def _items(survey: Survey, response: Node, node: Node) -> list[Node]:
    """Return the schemas of the items; none without a list, which is reported elsewhere."""
    pointer = _pointer(node.value)
    return [] if pointer is None else list(_find(survey, response, (*pointer, "0")))


def _resolves(survey: Survey, schemas: list[Node], node: Node, where: str) -> Iterator[Diagnostic]:
    if not isinstance(node.value, str) or not schemas:
        return
    pointer = _pointer(node.value)
    if pointer is None:
        message = f"malformed JSON Pointer {node.value!r}"
        yield problem(survey, node, "X705", message, f"write '/{node.value}'")
    elif not any(True for schema in schemas for _ in _find(survey, schema, pointer)):
        message = f"the JSON Pointer {node.value!r} has no target in {where}"
        near = get_close_matches(str(pointer[-1]), _names(survey, schemas), n=1)
        hint = f"did you mean '/{near[0]}'?" if near else "name a property of the schema"
        yield problem(survey, node, "X705", message, hint)


def _is_beside_lists(survey: Survey, response: Node, node: Node) -> Iterator[Diagnostic]:
    """Positions in a response are outside of lists, unlike the id of an entry."""
    steps = _pointer(node.value) or ()
    around = (each for end in range(len(steps)) for each in _find(survey, response, steps[:end]))
    if any("items" in part for each in around for part in composed_schemas(survey.document, each)):
        message = f"the JSON Pointer {node.value!r} leads into a list"
        yield problem(
            survey, node, "X705", message, "name a property of an object outside of lists"
        )


def _is_timestamp(survey: Survey, items: list[Node], node: Node) -> Iterator[Diagnostic]:
    """The time of an entry is an RFC 3339 timestamp, which is compared with time spans."""
    pointer = _pointer(node.value)
    found = (
        [] if pointer is None else [each for item in items for each in _find(survey, item, pointer)]
    )
    parts = [part.value for each in found for part in composed_schemas(survey.document, each)]
    if parts and not any(
        part.get("format") == "date-time" or part.get("type") == "object"  # of any members
        for part in parts
    ):
        message = f"the target of {node.value!r} is not a timestamp"
        hint = "only strings with 'format: date-time' can be read; add it, or omit 'time'"
        yield problem(survey, node, "X705", message, hint)


def _pointer(text: object) -> Pointer | None:
    try:
        return parse_pointer(text) if isinstance(text, str) else None
    except ValueError:
        return None


def _names(survey: Survey, schemas: list[Node]) -> list[str]:
    """Return the names of the properties of schemas."""
    return [
        name
        for schema in schemas
        for part in composed_schemas(survey.document, schema)
        for name, _ in (part / "properties").members()
    ]


def _find(survey: Survey, schema: Node, pointer: Pointer) -> Iterator[Node]:
    """Iterate over the schemas of the values that a JSON Pointer selects.

    A schema without keywords about members allows any member.
    """
    if not pointer:
        yield schema
        return
    first, rest = str(pointer[0]), pointer[1:]
    for part in composed_schemas(survey.document, schema):
        if first in part / "properties":
            yield from _find(survey, part / "properties" / first, rest)
        elif first.isdecimal() and is_object((part / "items").value):
            yield from _find(survey, part / "items", rest)
        elif is_object((part / "additionalProperties").value):
            yield from _find(survey, part / "additionalProperties", rest)
        elif _is_open(part):
            yield part


def _is_object(schema: Node) -> bool:
    return "properties" in schema or schema.value.get("type") == "object"


def _is_open(schema: Node) -> bool:
    keywords = ("properties", "items", "allOf", "anyOf", "oneOf", "additionalProperties", "$ref")
    types = schema.value.get("type", "object")
    return types in ("object", "array") and not any(each in schema for each in keywords)
