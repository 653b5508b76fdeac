"""Random documents by a grammar: valid ones, and damaged ones."""

from __future__ import annotations

import copy
from typing import Any, TypeAlias

from hypothesis import strategies as st

from generator.document.json_values import is_object
from tests.support.attacks import ATTACKS, is_container
from tests.support.rich_document import rich_document

Json: TypeAlias = Any

_COMPONENTS = ["Pet", "pet", "Pet-2", "Error", "List", "Ä", "x.y.z", "None", "Client", "1st"]
_FIELDS = ["id", "name", "type", "raw", "self", "class", "to_dict", "x-y", "x_y", "", "ß", "a b"]
_FORMATS = [None, "date-time", "date", "uuid", "int64", "binary", "password", "unknown"]
_MEDIA = [
    *("application/json", "application/vnd.x+json; v=1", "text/plain", "application/xml", "*/*"),
    *("multipart/form-data", "application/x-www-form-urlencoded", "application/octet-stream"),
    *("text/event-stream", "application/x-ndjson", "image/png"),
]
_STATUSES = ["200", "201", "204", "2XX", "302", "400", "404", "4XX", "5XX", "default"]
_TEXTS = st.sampled_from(["", "One.", "Two lines.\n\n- a\n- b", *list(ATTACKS.values())[:20]])
_VALUES = st.sampled_from([None, True, 0, -1, 1.5, 10**30, "a", "", [], {}, ["a"], {"a": 1}])
_NOTHING = st.just(value=False)
_REFERENCES = st.sampled_from([f"#/components/schemas/{name}" for name in _COMPONENTS])


def _optional(strategy: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    return st.none() | strategy


def _draw_object(**members: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    """Draw an object; members that are None are omitted."""
    return st.fixed_dictionaries(members).map(
        lambda drawn: {key.strip("_"): value for key, value in drawn.items() if value is not None}
    )


_LEAVES: st.SearchStrategy[Json] = st.one_of(
    _draw_object(
        type=st.sampled_from(["string", "string", ["string", "null"]]),
        format=st.sampled_from(_FORMATS),
        enum=_optional(st.lists(st.sampled_from(["a", "A", "", "b c", "1"]), max_size=4)),
        pattern=_optional(st.sampled_from(["^[a-z]+$", "\\d{2}", "(", "[^]]", "a|b"])),
        maxLength=_optional(st.integers(0, 9)),
        description=_optional(_TEXTS),
        default=_optional(_VALUES),
    ),
    _draw_object(
        type=st.sampled_from(["integer", "number", ["integer", "null"], "boolean", "null"]),
        minimum=_optional(st.integers(-9, 9)),
        exclusiveMaximum=_optional(st.sampled_from([True, False, 9, 10**400])),
        enum=_optional(st.lists(st.integers(-2, 2), max_size=3)),
        nullable=_optional(st.booleans()),
    ),
    _draw_object(const=_VALUES),
    st.fixed_dictionaries({"$ref": _REFERENCES}),
    st.sampled_from(list[Json]([{}, True, False, {"type": "any"}, {"type": []}])),
)


def _schemas_of(inner: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    several = st.lists(inner, min_size=1, max_size=3)
    properties = st.dictionaries(st.sampled_from(_FIELDS), inner, max_size=4)
    return st.one_of(
        _draw_object(
            type=st.sampled_from([None, "object", ["object", "null"]]),
            properties=properties,
            required=_optional(st.lists(st.sampled_from(_FIELDS), max_size=3)),
            additionalProperties=_optional(st.booleans() | inner),
            patternProperties=_optional(st.dictionaries(st.sampled_from(["^_", "("]), inner)),
            title=_optional(_TEXTS),
        ),
        _draw_object(
            type=st.just("array"), items=_optional(inner), uniqueItems=_optional(st.booleans())
        ),
        _draw_object(type=st.just("array"), prefixItems=several, items=_optional(_NOTHING)),
        _draw_object(
            allOf=several, properties=_optional(properties), description=_optional(_TEXTS)
        ),
        _draw_object(
            oneOf=several,
            discriminator=_optional(
                _draw_object(
                    propertyName=st.sampled_from(_FIELDS),
                    mapping=_optional(st.dictionaries(st.sampled_from(_FIELDS), _REFERENCES)),
                )
            ),
        ),
        _draw_object(anyOf=several, nullable=_optional(st.booleans())),
        _draw_object(not_=inner, type=st.just("string")),
    )


SCHEMAS: st.SearchStrategy[Json] = st.recursive(_LEAVES, _schemas_of, max_leaves=8)
_CONTENT = st.dictionaries(
    st.sampled_from(_MEDIA),
    _draw_object(schema=_optional(SCHEMAS), example=_optional(_VALUES)),
    max_size=2,
)
_PARAMETERS = st.lists(
    _draw_object(
        name=st.sampled_from([*_FIELDS[:9], "X-A", "page", "since", "body", "timeout"]),
        in_=st.sampled_from(["query", "query", "header", "cookie"]),
        required=_optional(st.booleans()),
        schema=SCHEMAS,
        style=_optional(st.sampled_from(["form", "simple", "deepObject", "pipeDelimited"])),
        explode=_optional(st.booleans()),
        description=_optional(_TEXTS),
        deprecated=_optional(st.booleans()),
    ),
    max_size=4,
    unique_by=lambda each: (each["name"], each["in"]),
)
_OPERATIONS = _draw_object(
    operationId=_optional(st.uuids().map(lambda each: f"a.m{each.hex[:6]}")),
    tags=_optional(st.lists(st.sampled_from(_FIELDS), max_size=2)),
    summary=_optional(_TEXTS),
    description=_optional(_TEXTS),
    parameters=_optional(_PARAMETERS),
    requestBody=_optional(_draw_object(content=_CONTENT, required=_optional(st.booleans()))),
    responses=st.dictionaries(
        st.sampled_from(_STATUSES),
        _draw_object(description=_TEXTS, content=_optional(_CONTENT)),
        min_size=1,
        max_size=3,
    ),
    security=_optional(st.sampled_from([[], [{}], [{"token": []}], [{"key": []}, {"token": []}]])),
    deprecated=_optional(st.booleans()),
)
_PATHS = st.dictionaries(
    st.sampled_from(["/", "/a", "/a/b", "/class", "/a.b-c", "/Ä", "/x y"]),
    st.dictionaries(
        st.sampled_from(["get", "post", "put", "delete", "head"]), _OPERATIONS, max_size=2
    ),
    max_size=3,
)

VALID = st.fixed_dictionaries(
    {
        "openapi": st.sampled_from(["3.0.3", "3.1.0"]),
        "info": _draw_object(title=_TEXTS, version=st.just("1"), description=_optional(_TEXTS)),
        "servers": st.sampled_from([[], [{"url": "/v1"}], [{"url": "https://a.example.com/"}]]),
        "paths": _PATHS,
        "components": st.fixed_dictionaries(
            {
                "schemas": st.fixed_dictionaries(dict.fromkeys(_COMPONENTS, SCHEMAS)),
                "securitySchemes": st.just(
                    {
                        "token": {"type": "http", "scheme": "bearer"},
                        "key": {"type": "apiKey", "in": "query", "name": "k"},
                    }
                ),
            }
        ),
    }
)
"""Documents that keep to the grammar of OpenAPI; what they mean may be odd."""


@st.composite
def damaged_documents(draw: st.DrawFn) -> Json:
    """Draw a document in which a few nodes were replaced, removed, moved or renamed."""
    document = copy.deepcopy(draw(VALID | st.just(None))) or rich_document()
    for _ in range(draw(st.integers(1, 4))):
        _damage(draw, document)
    return document


def _damage(draw: st.DrawFn, document: Json) -> None:
    holders = _holders(document)
    holder = draw(st.sampled_from(holders))
    keys: list[Any] = list(holder) if is_object(holder) else list(range(len(holder)))
    key: Any = draw(st.sampled_from(keys))
    match draw(st.sampled_from(["replace", "attack", "remove", "move", "rename"])):
        case "replace":
            holder[key] = copy.deepcopy(draw(_VALUES))
        case "attack":
            holder[key] = draw(st.sampled_from(list(ATTACKS.values())))
        case "remove":
            del holder[key]
        case "move":
            other = draw(st.sampled_from(holders))
            holder[key] = copy.deepcopy(other)
        case _:
            new = draw(st.sampled_from([*ATTACKS.values(), *_FIELDS, *_COMPONENTS, "$ref"]))
            if is_object(holder):
                holder[new] = holder.pop(key)


def _holders(node: Json) -> list[Json]:
    """Return all containers that are not empty."""
    inside: list[Json] = list(node.values()) if is_object(node) else node
    found = [each for child in inside if is_container(child) for each in _holders(child)]
    return [node, *found] if inside else found
