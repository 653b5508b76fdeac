"""`x-pagination` (X7xx): what it names exists on its operation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from generator.document import Node
from generator.document.diagnostics import Diagnostic
from generator.document.json_values import Pointer, is_object, parse_pointer
from generator.lint.extensions import problem
from generator.openapi.media_types import essence, includes_json
from generator.openapi.survey import Operation, Survey

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


def style(survey: Survey, paging: Node) -> Iterator[Diagnostic]:
    """Each style turns the pages by a parameter of its own; a Link header names the next page."""
    kind = paging.value.get("style")
    counter = _COUNTERS.get(kind) if isinstance(kind, str) else None
    if counter and counter not in paging / "request":
        message = f"'style: {kind}' needs the parameter that turns the pages"
        hint = f"add 'request: {{{counter}: {{parameter: ...}}}}'"
        yield problem(survey, paging, "X702", message, hint)
    if counter and "response" not in paging:
        hint = "add 'response: {items: /...}'"
        yield problem(survey, paging, "X702", "where the items are is missing here", hint)
    if kind == "cursor" and "response" in paging and "cursor" not in paging / "response":
        message = "'style: cursor' needs the place of the next cursor in the answer"
        yield problem(survey, paging / "response", "X702", message, "add 'cursor: /...'")


def named_parameters(survey: Survey, operation: Operation, paging: Node) -> Iterator[Diagnostic]:
    """A parameter that the operation does not have would never be sent."""
    names = [each.value.get("name") for each in operation.parameters]
    known = [name for name in names if isinstance(name, str)]
    for part in ("request", "order", "window"):
        for _, member in (paging / part).members():
            name = member / "parameter"
            if isinstance(name.value, str) and name.value not in known:
                near = get_close_matches(name.value, known, n=1)
                hint = f"did you mean {near[0]!r}?" if near else "declare it on the operation"
                message = f"this operation has no parameter {name.value!r}"
                yield problem(survey, name, "X704", message, hint)


def pointers(survey: Survey, operation: Operation, paging: Node) -> Iterator[Diagnostic]:
    """Each place in the answer exists in the schema of the answer, or of its items."""
    answer = answer_schema(survey, operation)
    if answer is None:
        message = "there is no JSON schema for the answer 200, which 'x-pagination' reads"
        yield problem(survey, paging, "X705", message, "add it", key=True)
        return
    for _, place in (paging / "response").members():
        yield from _resolves(survey, [answer], place, "the answer")
    items = _items(survey, answer, paging.at("response", "items"))
    for _, place in (paging / "item").members():
        yield from _resolves(survey, items, place, "an item")
    place = paging.at("response", "items")
    if items and not any(_is_object(part) for each in items for part in _parts(survey, each)):
        message = f"{place.value!r} does not lead to a list of objects"
        yield problem(survey, place, "X705", message, "name the list whose items are the entries")


def retention(survey: Survey, paging: Node) -> Iterator[Diagnostic]:
    """How long entries are kept is a duration of ISO 8601."""
    node = paging.at("window", "retention")
    if isinstance(node.value, str) and _DURATION.fullmatch(node.value) is None:
        message = f"{node.value!r} is no duration of ISO 8601"
        yield problem(survey, node, "X702", message, "write one such as P1Y or P30D")


def answer_schema(survey: Survey, operation: Operation) -> Node | None:
    """Give the schema of the answer 200 in JSON."""
    responses = operation.node / "responses"
    for status in ("200", "2XX", "default"):
        response = survey.follow(responses / status)
        for text, media in (response / "content").members() if response else ():
            if includes_json(essence(text) or "") and "schema" in media:
                return media / "schema"
    return None


def _items(survey: Survey, answer: Node, place: Node) -> list[Node]:
    """Give the schemas of the items; none if the answer's list was not found, which is said."""
    pointer = _pointer(place.value)
    return [] if pointer is None else list(_find(survey, answer, (*pointer, "0")))


def _resolves(survey: Survey, schemas: list[Node], place: Node, where: str) -> Iterator[Diagnostic]:
    if not isinstance(place.value, str) or not schemas:
        return
    pointer = _pointer(place.value)
    if pointer is None:
        message = f"{place.value!r} is no JSON Pointer"
        yield problem(survey, place, "X705", message, f"write '/{place.value}'")
    elif not any(True for schema in schemas for _ in _find(survey, schema, pointer)):
        message = f"{place.value!r} leads nowhere in {where}"
        near = get_close_matches(str(pointer[-1]), _names(survey, schemas), n=1)
        hint = f"did you mean '/{near[0]}'?" if near else "name a property of the schema"
        yield problem(survey, place, "X705", message, hint)


def _pointer(text: object) -> Pointer | None:
    try:
        return parse_pointer(text) if isinstance(text, str) else None
    except ValueError:
        return None


def _names(survey: Survey, schemas: list[Node]) -> list[str]:
    """Give the names of the properties of schemas."""
    return [
        name
        for schema in schemas
        for part in _parts(survey, schema)
        for name, _ in (part / "properties").members()
    ]


def _find(survey: Survey, schema: Node, pointer: Pointer) -> Iterator[Node]:
    """Give the schemas that a pointer into a value leads to.

    Where a schema says nothing of members, any member may be there.
    """
    if not pointer:
        yield schema
        return
    first, rest = str(pointer[0]), pointer[1:]
    for part in _parts(survey, schema):
        if first in part / "properties":
            yield from _find(survey, part / "properties" / first, rest)
        elif first.isdecimal() and is_object((part / "items").value):
            yield from _find(survey, part / "items", rest)
        elif is_object((part / "additionalProperties").value):
            yield from _find(survey, part / "additionalProperties", rest)
        elif _says_nothing(part):
            yield part


def _parts(survey: Survey, schema: Node) -> Iterator[Node]:
    """Give a schema behind its references, and the schemas that it is composed of."""
    seen: set[Node] = set()
    waiting = [schema]
    while waiting:
        node = survey.follow(waiting.pop())
        if node is None or node in seen or not is_object(node.value):
            continue
        seen.add(node)
        yield node
        for keyword in ("allOf", "anyOf", "oneOf"):
            waiting += (node / keyword).items()


def _is_object(schema: Node) -> bool:
    return "properties" in schema or schema.value.get("type") == "object"


def _says_nothing(schema: Node) -> bool:
    telling = ("properties", "items", "allOf", "anyOf", "oneOf", "additionalProperties", "$ref")
    types = schema.value.get("type", "object")
    return types in ("object", "array") and not any(each in schema for each in telling)
