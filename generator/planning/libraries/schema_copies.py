"""Copies of a document's schemas that datamodel-code-generator can read.

A copy keeps only the keywords that define types, so that the library neither imports nor executes
names in the document. Names and texts are replaced by numbers, so that none can collide with
another or with the library's own. References between schemas are kept, also to other files.
Constructs that cannot be compared (`types.NOT_COMPARED`) are references to an empty schema.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from ...document import Document, Node
from ...document.json_values import JsonObject, array_at, is_array, is_object, text_at
from ...normalize.schemas import composition
from ...normalize.schemas.inline_names import NodeId, node_id
from ...openapi.schema_types import ALTERNATIVES, TIME_FORMATS

SKIPPED = "Skipped"
"""The name of the schema that replaces schemas that are not compared."""

_PREFIX = "#/components/schemas/"
_KEYWORDS = frozenset(
    {
        *("$ref", "type", "format", "enum", "const", "allOf", *ALTERNATIVES),
        *("properties", "additionalProperties", "items", "prefixItems"),
    }
)
"""The keywords that define a type."""


class SchemaCopies:
    """Makes copies of schemas, and remembers the names of those that are referred to.

    Args:
        document: The document.

    Attributes:
        nodes: The schemas that have a name, by this name.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self.nodes: dict[str, Node] = {}
        self._names: dict[NodeId, str] = {}
        self._numbers: dict[str, str] = {}
        self._texts: list[str] = []
        self._shared: dict[str, JsonObject] = {}
        self._shared_names: dict[str, str] = {}
        self._described: dict[NodeId, frozenset[str] | None] = {}
        self._unions: dict[NodeId, list[tuple[Node, Node | None]]] = {}

    def name(self, node: Node) -> str:
        """Return the name of a schema that others refer to."""
        position = node_id(node)
        if position not in self._names:
            # The library adds digits and words to a name for what is inside of its schema.
            name = f"S{len(self.nodes)}x"
            self._names[position] = name
            self.nodes[name] = node
        return self._names[position]

    def text(self, number: str) -> str:
        """Return the text of the document with a number."""
        return self._texts[int(number[1:-1])]

    def definitions(self) -> dict[str, JsonObject]:
        """Return copies of all schemas that have a name, and of those that these refer to."""
        found: dict[str, JsonObject] = {}
        while len(found) < len(self.nodes):
            for name in [*self.nodes][len(found) :]:
                found[name] = self._shared.get(name) or self.copy(self.nodes[name])
        return found

    def part(self, node: Node) -> JsonObject:
        """Return the copy of a schema inside of another; equal objects are one definition."""
        copy = self.copy(node)
        if "properties" not in copy:
            return copy
        written = json.dumps(copy)
        if written not in self._shared_names:
            name = f"S{len(self.nodes)}x"
            self._shared_names[written] = name
            self._shared[name] = copy
            self.nodes[name] = node
        return {"$ref": f"{_PREFIX}{self._shared_names[written]}"}

    def copy(self, node: Node) -> JsonObject:
        """Return the copy of a schema."""
        value = node.value
        if not is_object(value):
            return {}
        if isinstance(value.get("$ref"), str):
            return self._reference(node)
        if "allOf" in value:
            return self._composition(node)
        if any(keyword in value for keyword in ALTERNATIVES) and "properties" not in value:
            return self._alternatives(node)
        return self._plain(node)

    def _number(self, text: str) -> str:
        if text not in self._numbers:
            self._numbers[text] = f"t{len(self._texts)}x"
            self._texts.append(text)
        return self._numbers[text]

    def _reference(self, node: Node) -> JsonObject:
        referenced = self._document.chain(node)[1]
        target = composition.target(self._document, referenced)
        reference: JsonObject = {"$ref": f"{_PREFIX}{self.name(target)}"}
        rest = {name: each for name, each in node.value.items() if name != "$ref"}
        return self._join([target, Node(node.source, node.pointer, rest)], [reference, None])

    def _composition(self, node: Node) -> JsonObject:
        rest = {name: each for name, each in node.value.items() if name != "allOf"}
        parts = [*(node / "allOf").items(), Node(node.source, node.pointer, rest)]
        return self._join(parts, [None] * len(parts))

    def _join(self, parts: list[Node], copies: list[JsonObject | None]) -> JsonObject:
        """Return a schema of several parts; only those of objects mean the same to the library.

        Args:
            parts: The parts.
            copies: Their copies, where these are known.
        """
        relevant = [
            (part, copy)
            for part, copy in zip(parts, copies, strict=True)
            if copy or (is_object(part.value) and _KEYWORDS & part.value.keys())
        ]
        if len(relevant) > 1:
            described = [self._members(part) for part, _ in relevant]
            if None in described or _union(filter(None, described)) is None:
                return _no_comparison()
        written = [copy or self.copy(part) for part, copy in relevant]
        return written[0] if len(written) == 1 else {"allOf": written} if written else {}

    def _members(self, node: Node) -> frozenset[str] | None:
        """Return the members of a schema that is nothing but an object, or several together.

        It is None for other schemas, and where several parts have the same member.
        """
        target = composition.target(self._document, node)
        if not is_object(target.value) or "$ref" in target:
            return None
        position = node_id(target)
        if position not in self._described:
            self._described[position] = None  # Until then: a schema may be a part of itself.
            self._described[position] = self._own_members(target) if _is_object(target) else None
        return self._described[position]

    def _own_members(self, target: Node) -> frozenset[str] | None:
        parts = [self._members(part) for part in (target / "allOf").items()]
        own = frozenset(name for name, _ in (target / "properties").members())
        return None if None in parts else _union([own, *filter(None, parts)])

    def _alternatives(self, node: Node) -> JsonObject:
        if not any(map(_says_more, _options(node))):
            return self._plain(node)
        options = [self.part(each) for each in self._flat_options(node)]
        if all(each == {"type": "null"} for each in options):
            return options[0] if options else {}  # The library reads any value in their union.
        return {"anyOf": options}

    def _flat_options(self, node: Node) -> list[Node]:
        """Return the alternatives of a schema, those of references to further ones included.

        The library visits a schema once for every way that leads to it.
        """
        found: list[Node] = []
        nulls: list[Node] = []  # Each of several nested unions may add null.
        waiting = [*reversed(self._union_options(node))]
        seen = {node_id(node)}
        while waiting:
            option, union = waiting.pop()
            if union is None:
                (nulls if option.value == {"type": "null"} else found).append(option)
            elif node_id(union) not in seen:
                seen.add(node_id(union))
                waiting += reversed(self._union_options(union))
        return found + nulls[:1]

    def _union_options(self, union: Node) -> list[tuple[Node, Node | None]]:
        """Return the alternatives of a union, each with the union that it is or refers to."""
        position = node_id(union)
        if position not in self._unions:
            self._unions[position] = [
                (option, target if target is not None and _is_union(target) else None)
                for option in _options(union)
                for target in [self._document.resolve(option) if _is_reference(option) else option]
            ]
        return self._unions[position]

    def _plain(self, node: Node) -> JsonObject:
        types = _types(node.value)
        if len(types) > 1:
            return {"anyOf": [self._of_type(node, each) for each in types]}
        return self._of_type(node, types[0]) if types else {}

    def _of_type(self, node: Node, kind: str) -> JsonObject:
        """Return the keywords of a schema for the values of one type."""
        value: JsonObject = node.value
        copy: JsonObject = {"type": kind}
        known = _known_values(value, kind)
        if known:
            copy["enum"] = [self._number(each) if isinstance(each, str) else each for each in known]
        elif kind == "string" and text_at(value, "format") in TIME_FORMATS:
            copy["format"] = value["format"]
        elif kind == "object":
            copy |= self._object(node)
        elif kind == "array":
            copy |= self._array(node)
        return copy

    def _array(self, node: Node) -> JsonObject:
        copy: JsonObject = {}
        if "prefixItems" in node:
            copy["prefixItems"] = [self.part(each) for each in (node / "prefixItems").items()]
        items = node / "items"
        if is_object(items.value):
            copy["items"] = self.part(items)
        elif items.value is False:
            copy["items"] = False
        return copy

    def _object(self, node: Node) -> JsonObject:
        members = {
            self._number(name): self.part(each) for name, each in (node / "properties").members()
        }
        if members:
            return {"properties": members}
        more = node / "additionalProperties"
        return {"additionalProperties": self.part(more)} if is_object(more.value) else {}


def _is_object(node: Node) -> bool:
    """Whether a schema is nothing but an object, its parts aside."""
    value: JsonObject = node.value
    if any(keyword in value for keyword in (*ALTERNATIVES, "enum", "const", "$ref")):
        return False
    is_map = "additionalProperties" in value and "properties" not in value
    return value.get("type", "object") == "object" and not is_map


def _is_reference(node: Node) -> bool:
    return is_object(node.value) and node.value.keys() == {"$ref"}


def _is_union(node: Node) -> bool:
    """Whether a schema is nothing but its alternatives, null aside."""
    value: JsonObject = node.value if is_object(node.value) else {}
    is_own = value.keys() & (_KEYWORDS - {*ALTERNATIVES})
    return not is_own and any(_says_more(each) for each in _options(node))


def _options(node: Node) -> list[Node]:
    """Return the alternatives of a schema, each with the keywords that stand beside it."""
    return [
        Node(option.source, option.pointer, _with_own_keywords(node.value, option))
        for keyword in ALTERNATIVES
        for option in (node / keyword).items()
        if is_object(option.value) or option.value is True
    ]


def _says_more(option: Node) -> bool:
    """Whether an alternative does more than to require members of an object."""
    return not is_object(option.value) or not set(option.value) <= {"required"}


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str] | None:
    """Return the union of sets; None if two of them have an item in common."""
    found: set[str] = set()
    for each in sets:
        if not found.isdisjoint(each):
            return None
        found |= each
    return frozenset(found)


def _no_comparison() -> JsonObject:
    return {"$ref": f"{_PREFIX}{SKIPPED}"}


def _with_own_keywords(value: JsonObject, option: Node) -> JsonObject:
    """Return an alternative with the keywords of scalars that stand beside `anyOf`."""
    own = {key: each for key, each in value.items() if key not in ALTERNATIVES}
    stated: JsonObject = option.value if is_object(option.value) else {}
    is_inline = not stated.keys() & {"$ref", "allOf", *ALTERNATIVES}
    is_scalar = "type" in own and not {"object", "array"} & {*_types(own)}
    return {**own, **stated} if is_inline and is_scalar else stated


def _types(value: JsonObject) -> list[str]:
    """Return the types that a schema allows, null aside; also those that it only implies."""
    given = value.get("type")
    written: Sequence[object] = given if is_array(given) else [given]
    types = [each for each in written if isinstance(each, str)]
    if given is not None:
        return [each for each in types if each != "null"] or types
    if "properties" in value or "additionalProperties" in value:
        return ["object"]
    if "items" in value or "prefixItems" in value:
        return ["array"]
    values = [value["const"]] if "const" in value else array_at(value, "enum")
    implied = list(dict.fromkeys(map(_type_of, values)))
    return [each for each in implied if each != "null"] or implied


def _known_values(value: JsonObject, kind: str) -> list[str | int]:
    """Return the values of an enum of strings or integers; one alone is no enum."""
    if "const" in value or kind not in {"string", "integer"}:
        return []
    every: list[Any] = array_at(value, "enum")
    if kind == "integer":  # The library expects 2 for 2.0.
        every = [
            int(each) if isinstance(each, float) and each.is_integer() else each for each in every
        ]
    unique = list(dict.fromkeys(each for each in every if _type_of(each) == kind))
    return unique if len(unique) > 1 else []


def _type_of(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int():
            return "integer"
        case float():
            return "number"
        case str():
            return "string"
        case _:
            return "array" if is_array(value) else "object"
