"""Large documents of one shape each, deterministic for the same arguments."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

Json = Any

_WORDS = (
    *("account", "alert", "asset", "audit", "badge", "batch", "board", "bundle", "channel"),
    *("cluster", "comment", "contract", "dataset", "device", "domain", "event", "export", "flow"),
    *("folder", "gateway", "group", "image", "index", "integration", "invoice", "job", "key"),
    *("label", "layout", "ledger", "limit", "member", "metric", "monitor", "node", "notebook"),
    *("order", "policy", "probe", "project", "queue", "record", "region", "report", "role"),
    *("rule", "schedule", "sensor", "session", "site", "stream", "table", "task", "template"),
    *("ticket", "token", "trace", "vault", "version", "view", "volume", "webhook", "widget"),
)
_PARTS = 160
_MORE = (
    "as the one who set it up has written it down. Applications show it in lists beside the name, "
    "cut to what fits, and whole in the details; where it is absent, they show none and ask for it."
)
_INSIDE = 2  # levels of parts inside parts


def document(paths: Mapping[str, Json], schemas: Mapping[str, Json] | None = None) -> Json:
    """Return a document with paths and components."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Things", "version": "1.0.0", "description": "All things."},
        "servers": [{"url": "https://things.example.com"}],
        "paths": dict(paths),
        "components": {"schemas": dict(schemas or {})},
    }


def diamonds(count: int, depth: int = 20) -> Json:
    """Return operations whose schemas lead to each next one in several ways, by every keyword."""
    schemas: dict[str, Json] = {}
    for level in range(depth):
        for side in "AB":
            below, whole, either = (
                [_reference(f"{kind}{other}{level + 1}") for other in "AB"]
                for kind in ("Level", "All", "One")
            )
            members = {"left": below[0], "right": below[1], "more": _list(below[0])}
            own = _member(f"{side.lower()}{level}")
            schemas[f"Level{side}{level}"] = {"type": "object", "properties": members}
            schemas[f"All{side}{level}"] = {"allOf": [*whole, own]}
            schemas[f"One{side}{level}"] = {"oneOf": [*either, own]}
    for name in (f"{kind}{side}{depth}" for kind in ("Level", "All", "One") for side in "AB"):
        moment = {"type": "string", "format": "date-time"}
        schemas[name] = {"type": "object", "properties": {"at": moment}}
    empty: Json = {}
    example: Json = {
        "left": {"left": empty},
        "right": {"more": [empty]},
        "at": "2024-01-01T00:00:00Z",
    }
    paths: dict[str, Json] = {}
    for number in range(count):
        roots = [_reference(f"{kind}{'AB'[number % 2]}0") for kind in ("Level", "All", "One")]
        schema = {"type": "object", "properties": dict(zip("abc", roots, strict=True))}
        media = {"schema": schema, "example": dict.fromkeys("abc", example)}
        kind = _FORMS[number % len(_FORMS)]
        sent = {"schema": roots[2]} if number % 6 in {2, 4} else media
        paths[f"/things{number}"] = {
            "post": {
                "operationId": f"post{number}",
                "tags": [f"group{number // 10}"],
                "parameters": [{"name": "one", "in": "query", "schema": roots[2]}],
                "requestBody": {"content": {kind: sent}},
                "responses": {"200": _content(media)},
            }
        }
    return document(paths, schemas)


def extensions(count: int) -> Json:
    """Return one operation on the first of a chain of schemas, each of which extends the next."""
    schemas: dict[str, Json] = {
        f"Thing{number}": {"allOf": [_reference(f"Thing{number + 1}"), _member(f"member{number}")]}
        for number in range(count)
    }
    schemas[f"Thing{count}"] = _member("last")
    return document({"/things": {"post": _post(_media("Thing0"))}}, schemas)


_FORMS = ("application/json", "multipart/form-data", "application/x-www-form-urlencoded")


def operations(count: int) -> Json:
    """Return operations in resources of ten, of which each has its own model."""
    paths: dict[str, Json] = {}
    schemas = {"Error": _object("A failure.", message={"type": "string"})}
    for number in range(count):
        schemas[f"Thing{number}"] = _object(
            f"Thing {number}.", id={"type": "string"}, size={"type": "integer", "minimum": 1}
        )
        media = {"schema": _reference(f"Thing{number}")}
        paths[f"/group{number // 10}/things{number}/{{thingId}}"] = {
            "put": {
                "operationId": f"group{number // 10}.put{number}",
                "tags": [f"group{number // 10}"],
                "parameters": [_path_parameter("thingId")],
                "requestBody": {"required": True, "content": {"application/json": media}},
                "responses": {"200": _content(media), "404": _content(_media("Error"))},
            }
        }
    return document(paths, schemas)


def methods(count: int) -> Json:
    """Return operations of one resource, of which each returns its own model."""
    schemas = {f"Thing{number}": _member(f"member{number}") for number in range(count)}
    paths = {
        f"/things/{number}": {
            "get": {
                "operationId": f"things.get{number}",
                "tags": ["things"],
                "responses": {"200": _content(_media(f"Thing{number}"))},
            }
        }
        for number in range(count)
    }
    return document(paths, schemas)


def properties(count: int) -> Json:
    """Return one operation on a schema of many properties."""
    names = [f"memberNumber{number}" for number in range(count)]
    members = {name: {"type": "string", "description": f"The {name}."} for name in names}
    value = {"type": "object", "properties": members, "required": names[::2]}
    return document({"/things": {"post": _post({"schema": value})}})


def values(count: int) -> Json:
    """Return one operation on an enumeration of many values, a sixteenth of them in two cases."""
    known = [f"value{number}" for number in range(count - count // 16)]
    known += [f"VALUE{number}" for number in range(count // 16)]
    schemas = {"Kind": {"type": "string", "enum": known}}
    value = {"type": "object", "properties": {"kind": _reference("Kind")}}
    return document({"/things": {"post": _post({"schema": value})}}, schemas)


def alternatives(count: int) -> Json:
    """Return one operation on a union of many objects, which a member tells apart."""
    schemas = {
        f"Thing{number}": {
            "type": "object",
            "required": ["kind"],
            "properties": {"kind": {"type": "string", "const": f"k{number}"}, "a": {}},
        }
        for number in range(count)
    }
    value = {"oneOf": [_reference(name) for name in schemas]}
    return document({"/things": {"post": _post({"schema": value})}}, schemas)


def mappings(count: int) -> Json:
    """Return one operation on a union of many objects, which a mapping tells apart."""
    schemas: dict[str, Json] = {
        f"Thing{number}": {
            "type": "object",
            "required": ["kind"],
            "properties": {"kind": {"type": "string"}, f"member{number}": {}},
        }
        for number in range(count)
    }
    mapping = {name.lower(): _reference(name)["$ref"] for name in schemas}
    value = {
        "oneOf": [_reference(name) for name in schemas],
        "discriminator": {"propertyName": "kind", "mapping": mapping},
    }
    return document({"/things": {"post": _post({"schema": value})}}, schemas)


def unions(count: int) -> Json:
    """Return one operation on the first of a chain of unions, each of null and the next one."""
    schemas: dict[str, Json] = {
        f"Thing{number}": {"oneOf": [_reference(f"Thing{number + 1}"), {"type": "null"}]}
        for number in range(count)
    }
    schemas[f"Thing{count}"] = {"type": "string"}
    return document({"/things": {"post": _post(_media("Thing0"))}}, schemas)


def components(count: int) -> Json:
    """Return one operation on the first of many components, in chains of forty."""
    schemas = {
        f"Thing{number}": {
            "type": "object",
            "properties": {
                "next": _reference(f"Thing{_next(number, 1, count)}"),
                "after": _reference(f"Thing{_next(number, 2, count)}"),
                "name": {"type": "string", "maxLength": number + 1},
            },
        }
        for number in range(count)
    }
    return document({"/things": {"post": _post(_media("Thing0"))}}, schemas)


def _next(number: int, step: int, count: int) -> int:
    return min(number - number % 40 + (number + step) % 40, count - 1)


def graph(count: int) -> Json:
    """Return operations on a fourth as many components that refer to one another; no examples."""
    chooser = random.Random(21)
    total = max(count * 13 // 55, 3)
    schemas: dict[str, Json] = {}
    for number in range(total):
        others = [chooser.randrange(total) for _ in range(3)]
        members = {f"field{index}": {"type": "string"} for index in range(8)}
        members |= {f"link{index}": _reference(f"Node{each}") for index, each in enumerate(others)}
        schemas[f"Node{number}"] = _object(f"Node {number} of the graph.", **members)
    paths: dict[str, Json] = {}
    for number in range(count):
        media, name = _media(f"Node{number % total}"), f"nodes{number}"
        is_read = number % 2
        listed = [_path_parameter("id"), *(_chosen(schemas[f"Node{number % total}"], is_read))]
        common = {"tags": [f"group{number // 100}"], "parameters": listed}
        paths[f"/group{number // 100}/{{id}}/{name}"] = {
            "get" if is_read else "patch": {
                "operationId": f"group{number // 100}.{'get' if is_read else 'update'}.{name}",
                "summary": f"Do something with the nodes number {number}",
                "description": "It gives what it finds, " * 43 + "and nothing else.",
                **common,
                **({} if is_read else {"requestBody": {"content": {"application/json": media}}}),
                "responses": {"200": _content(media)},
            }
        }
    return document(paths, schemas)


def _chosen(schema: Json, is_read: int) -> Iterable[Json]:
    """Iterate over the parameters that select and expand members of a component."""
    members = [*schema["properties"]]
    for name, values in (("$select", members), ("$expand", ["*", *members[8:]])) if is_read else ():
        items = {"type": "string", "enum": values}
        yield {"name": name, "in": "query", "explode": False, "schema": _list(items)}


def inline(count: int = 375, seed: int = 21) -> Json:
    """Return operations with the schemas of a platform API, written out wherever they are used.

    375 operations are 5.5 MB; with a class for each schema their package would have 240,000 lines.
    """
    writer = _Inline(seed)
    paths: dict[str, Json] = {}
    for number in range(-(-count // len(_METHODS))):
        first, second = number % len(_WORDS), number // len(_WORDS)
        name = _WORDS[first] if not second else f"{_WORDS[first]}{_WORDS[second].title()}"
        for each, (method, suffix, action) in enumerate(_METHODS):
            if number * len(_METHODS) + each < count:
                path = f"/{name}s{suffix}".replace("{id}", f"{{{name}Id}}")
                operation = writer.operation(name, action)
                paths.setdefault(path, {})[method] = operation
    written = document(paths, writer.schemas)
    written["components"]["securitySchemes"] = {"bearer": {"type": "http", "scheme": "bearer"}}
    return written


_METHODS = (
    ("get", "", "list"),
    ("post", "", "create"),
    ("get", "/{id}", "get"),
    ("patch", "/{id}", "update"),
    ("delete", "/{id}", "delete"),
    ("post", "/{id}/export", "export"),
    ("get", "/{id}/history", "history"),
    ("post", "/{id}/copy", "copy"),
    ("put", "/{id}/settings", "configure"),
)


class _Inline:
    """Writes the operations of a document with inline schemas.

    Attributes:
        schemas: The components: every third entity, which is written out elsewhere all the same.
    """

    def __init__(self, seed: int) -> None:
        """Make the parts that the entities share."""
        self._chooser = random.Random(seed)
        self.schemas: dict[str, Json] = {}
        self._entities: dict[str, Json] = {}
        self._parts: list[Json] = []
        for number in range(_PARTS):
            self._parts.append(self._part(number))

    def operation(self, name: str, action: str) -> Json:
        """Return an operation on an entity."""
        entity = self._entity(name)
        parameters = [] if action in {"list", "create"} else [_path_parameter(f"{name}Id")]
        scopes = [f"all.{name}", f"all.{name}.cli", "all.User", "all.Organization", f"{name}.*"]
        operation: Json = {
            "operationId": f"{name}s.{action}",
            "tags": [f"{name}s"],
            "summary": f"{action.title()} one or more of the {name}s",
            "description": f"Applies to every {name} that the token may use. " * 2,
            "security": [{"bearer": [each]} for each in (*scopes, f"{name}.{action}")],
            "parameters": [*parameters, *(_list_parameters() if action == "list" else ())],
            "responses": {
                "200": _content(self._answer(name, entity, action)),
                **{status: _content(_failure()) for status in ("400", "404", "429")},
            },
        }
        body = self._body(entity, action)
        if body is not None:
            media = {"schema": body, "example": _example(body)}
            operation["requestBody"] = {"required": True, "content": {"application/json": media}}
        return operation

    def _answer(self, name: str, entity: Json, action: str) -> Json:
        if action == "delete":
            return {"schema": _object("Whether it worked.", success={"type": "boolean"})}
        if action == "export":
            return {"schema": _object("The job.", jobId=_text("The job that exports.", 24))}
        if action not in {"list", "history"}:
            return {"schema": entity, "example": _example(entity)}
        page = _object(
            f"A page of {name}s.",
            items={"type": "array", "items": entity, "description": "The entries."},
            count={"type": "integer", "description": "How many are on the page."},
            totalCount={"type": "integer", "description": "How many there are."},
            sortField={"type": "string", "enum": list(_SORTED), "description": "Its order."},
        )
        return {"schema": page, "example": _example(page)}

    def _body(self, entity: Json, action: str) -> Json | None:
        if action in {"list", "get", "delete", "history"}:
            return None
        if action == "export":
            return _object("Where to.", email=_text("The address.", 1024), url=_text("A URL.", 900))
        own = {key: each for key, each in entity["properties"].items() if key != "id"}
        if action == "configure":
            own = dict(list(own.items())[-4:])
        body = {"type": "object", "properties": own, "additionalProperties": False}
        return {**body, "required": ["name"]} if action in {"create", "copy"} else body

    def _entity(self, name: str) -> Json:
        if name not in self._entities:
            plain = {
                word: _text(f"The {word} of the {name}, as it is shown to people.", 64 * len(word))
                for word in self._chooser.sample(_WORDS, 5)
            }
            chosen = self._chooser.sample(range(_PARTS), 4)
            parts = {f"{_WORDS[each % len(_WORDS)]}Part": self._parts[each] for each in chosen}
            own = self._chooser.sample(range(len(_ENUMS)), 1)
            enums = {f"{_WORDS[each]}State": _ENUMS[each] for each in own}
            entity = _object(
                f"One {name}.",
                id=_text("Identifies it.", 24),
                name=_text("Its name.", 255),
                createdAt={"type": "string", "format": "date-time", "description": "When."},
                **plain,
                **enums,
                **parts,
            )
            entity["required"] = ["id", "name"]
            self._entities[name] = entity
            if len(self._entities) % 3 == 1:
                self.schemas[name] = entity
        return self._entities[name]

    def _part(self, number: int) -> Json:
        level = number % (_INSIDE + 1)
        plain = {
            word: _text(f"The {word} to use here, {_MORE}", 8 * number + len(word))
            for word in self._chooser.sample(_WORDS, 3)
        }
        lower = [index for index in range(number) if index % (_INSIDE + 1) == level - 1]
        inside = {
            f"{_WORDS[each % len(_WORDS)]}Inside": self._parts[each]
            for each in (self._chooser.sample(lower, min(1, len(lower))) if level else ())
        }
        if number % 3 == 0:
            inside = {f"{name}List": _list(each) for name, each in inside.items()}
        kind = {"kind": _ENUMS[number % len(_ENUMS)]} if number % 3 == 0 else {}
        return _object(f"The part number {number}.", **plain, **kind, **inside)


_SORTED = ("name", "id", "createdAt", "updatedAt")
_ENUMS: Final[list[Json]] = [
    {
        "type": "string",
        "enum": [f"{other}{word.title()}" for other in _WORDS[at : at + 3 + at % 5]],
        "description": f"Which {word} it is.",
    }
    for at, word in enumerate(_WORDS[:40])
]


def _example(schema: Json) -> Json:
    if "properties" in schema:
        return {name: _example(each) for name, each in schema["properties"].items()}
    if "items" in schema:
        return [_example(schema["items"])]
    if schema["type"] != "string":
        return 1
    if "format" in schema:
        return "2024-01-01T00:00:00.000Z"
    return schema["enum"][0] if "enum" in schema else "5f0d"


def _list_parameters() -> Iterable[Json]:
    yield {"name": "sortField", "in": "query", "schema": {"type": "string", "enum": [*_SORTED]}}
    directions = {"type": "string", "enum": ["asc", "desc"]}
    yield {"name": "sortDirection", "in": "query", "schema": directions}
    yield {"name": "perPage", "in": "query", "schema": {"type": "integer", "minimum": 1}}


def _failure() -> Json:
    schema = _object("A failure.", type=_text("Its kind.", 99), message=_text("What is wrong.", 99))
    return {"schema": schema}


def _text(description: str, longest: int) -> Json:
    return {
        "type": "string",
        "minLength": 1,
        "maxLength": longest + 3,
        "description": description,
    }


def _object(description: str, **members: Json) -> Json:
    return {"type": "object", "description": description, "properties": members}


def _list(item: Json) -> Json:
    return {"type": "array", "items": item}


def _member(name: str) -> Json:
    return {"type": "object", "properties": {name: {"type": "string"}}}


def _reference(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _media(name: str) -> Json:
    return {"schema": _reference(name)}


def _content(media: Json) -> Json:
    return {"description": "An answer.", "content": {"application/json": media}}


def _post(media: Json) -> Json:
    content = {"application/json": media}
    return {
        "operationId": "things.post",
        "tags": ["things"],
        "requestBody": {"required": True, "content": content},
        "responses": {"200": _content(media)},
    }


def _path_parameter(name: str) -> Json:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def to_json(value: Json) -> bytes:
    """Return a document as JSON."""
    return json.dumps(value).encode()


SHAPES: Final[Mapping[str, Callable[[int], Json]]] = {
    each.__name__: each
    for each in (
        *(diamonds, operations, methods, properties, values, alternatives, mappings, unions),
        *(components, graph, inline),
    )
}
"""The documents that grow with a number, by name."""
