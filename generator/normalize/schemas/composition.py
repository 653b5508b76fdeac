"""Composition of schemas by `allOf`, `oneOf` and `anyOf`."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ...document import Document, Node
from ...document.json_values import JsonObject, array_at, is_array, is_object
from ...openapi.schema_types import ALTERNATIVES, MAY_EVALUATE, SCALARS
from .kinds import FORMATS, kinds

# Keywords that do not constrain values.
ANNOTATIONS = frozenset(
    {
        "$ref",
        "title",
        "summary",
        "description",
        "default",
        "example",
        "examples",
        "deprecated",
        "readOnly",
        "writeOnly",
        "xml",
        "externalDocs",
        "discriminator",
        "$comment",
    }
)
COMPOSED = frozenset({"$ref", "allOf", *ALTERNATIVES})
"""Keywords of schemas that consist of others."""

_STRICTER: Mapping[str, Callable[[Any, Any], Any]] = {
    **dict.fromkeys(("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"), max),
    **dict.fromkeys(("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"), min),
}


def target(document: Document, node: Node) -> Node:
    """Follow references up to a schema with constraints, which may be beside a further one."""
    chain = document.chain(node)
    return next((each for each in chain if has_siblings(each)), chain[-1])


def has_siblings(node: Node) -> bool:
    """Whether a schema has constraints, beside a `$ref` or without one."""
    return is_object(node.value) and any(
        keyword not in ANNOTATIONS and not keyword.startswith("x-") for keyword in node.value
    )


def parts(document: Document, node: Node) -> list[Node]:
    """Return the parts of an `allOf`, flattened, with the schema's own keywords last.

    A schema that is a part in several ways, or of itself, is one part.
    """
    found: list[Node] = []
    _add_parts(document, node, set(), found)
    return found


def _add_parts(document: Document, node: Node, seen: set[int], found: list[Node]) -> None:
    if not is_object(node.value) or id(node.value) in seen:
        return  # The schema `true` adds nothing.
    seen.add(id(node.value))
    for referenced in document.chain(node)[1:2]:
        _add_parts(document, referenced, seen, found)
    for part in (node / "allOf").items():
        _add_parts(document, part, seen, found)
    own = {key: each for key, each in node.value.items() if key not in {"allOf", "$ref"}}
    if len(own) == len(node.value):
        found.append(node)
    elif set(own) - ANNOTATIONS:
        found.append(Node(node.source, node.pointer, own))


def options(node: Node) -> list[Node]:
    """Return the alternatives of a schema, those of `oneOf` first.

    The schema `false` is not one of them, because it allows no value, nor is one of another type
    than the schema itself. Null is kept, which services return nevertheless.
    """
    found = [
        option
        for keyword in ALTERNATIVES
        if keyword in node
        for option in (node / keyword).items()
        if is_object(option.value) or option.value is True
    ]
    fitting = [option for option in found if _has_common_type(node.value, option.value)]
    return [_with_own_keywords(node, option) for option in fitting or found]


def _has_common_type(one: Any, other: Any) -> bool:
    """Whether the types that two schemas state themselves do not exclude each other."""
    stated = [each["type"] for each in (one, other) if is_object(each) and "type" in each]
    return len(stated) < 2 or "null" in stated[1] or bool(_shared_types(*stated))


def _with_own_keywords(node: Node, option: Node) -> Node:
    """Return an alternative with the keywords that a schema of scalars has beside `anyOf`."""
    own = {key: each for key, each in node.value.items() if key not in ALTERNATIVES}
    is_inline = option.value is True or not option.value.keys() & COMPOSED
    if not is_inline or "type" not in own or not SCALARS.issuperset(kinds(own)):
        return option
    described = [Node(node.source, node.pointer, own), option]
    merged = merged_keywords([each for each in described if is_object(each.value)])
    return Node(option.source, option.pointer, merged)


def further_members(described: Sequence[Node]) -> list[Node]:
    """Return the schemas of further members of an object that several schemas describe together.

    `unevaluatedProperties` describes them only where no other keyword may describe some.
    """
    keywords = ["additionalProperties"]
    if all(MAY_EVALUATE.isdisjoint(part.value) for part in described):
        keywords.append("unevaluatedProperties")
    return [part / keyword for part in described for keyword in keywords if keyword in part]


def merged_keywords(described: Sequence[Node]) -> JsonObject:
    """Merge the keywords of several schemas into those of a schema that requires all of them."""
    merged: JsonObject = {}
    for part in described:
        value = _with_numeric_bounds(part.value)
        nullable = _is_nullable(merged, value)
        for keyword, each in value.items():
            known = merged.get(keyword)
            merged[keyword] = each if known is None else _combined_value(keyword, known, each)
        merged.pop("nullable", None)
        if nullable:
            merged["nullable"] = True
    return merged


def _combined_value(keyword: str, one: Any, other: Any) -> Any:
    """Return the value of a keyword that requires two values of it."""
    match keyword, one, other:
        case "type", _, _:
            return _common_types(one, other)
        case "enum" | "oneOf" | "anyOf", _, _ if is_array(one) and is_array(other):
            return _common_values(keyword, one, other) or other
        case "required", _, _ if is_array(one) and is_array(other):
            return [*one, *(each for each in other if each not in one)]
        case "dependentRequired", _, _ if is_object(one) and is_object(other):
            return {
                name: [*array_at(one, name), *array_at(other, name)] for name in {**one, **other}
            }
        case "pattern", str(), str() if one != other:
            return f"^(?=[\\s\\S]*?(?:{one}))(?=[\\s\\S]*?(?:{other}))"
        case "multipleOf", int(), int() if one > 0 and other > 0:
            return math.lcm(one, other)
        case "uniqueItems", bool(), bool():
            return one or other
        case "format", _, _:
            return one if one in FORMATS else other
        case _ if _is_number(one) and _is_number(other) and keyword in _STRICTER:
            return _STRICTER[keyword](one, other)
        case _:
            return other


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _common_types(one: Any, other: Any) -> Any:
    """Return the types that two values of `type` share, or the second value without any."""
    both = _shared_types(one, other)
    return (both[0] if len(both) == 1 else both) if both else other


def _common_values(keyword: str, one: Sequence[Any], other: Sequence[Any]) -> list[Any]:
    """Return the values of `enum`, or the alternatives, that two lists have in common."""
    if keyword == "enum":
        return [each for each in one if each in other]
    return [each for each in other if any(_has_common_type(each, known) for known in one)]


def _shared_types(one: Any, other: Any) -> list[str]:
    """Return the types that two values of `type` have in common; an integer is a number."""
    first, second = ([each] if isinstance(each, str) else [*each] for each in (one, other))
    return [
        each
        for each in dict.fromkeys([*first, *second])
        if all(
            each in kinds or (each, "number" in kinds) == ("integer", True)
            for kinds in (first, second)
        )
    ]


def _is_nullable(merged: JsonObject, value: JsonObject) -> bool:
    """Whether two schemas of OpenAPI 3.0 allow null; `nullable` without a type decides nothing."""
    both = [each.get("nullable") is True for each in (merged, value)]
    typed = ["type" in each for each in (merged, value)]
    return all(both) if all(typed) else any(both)


def _with_numeric_bounds(value: JsonObject) -> JsonObject:
    """Return keywords with numbers as exclusive bounds, which are booleans in OpenAPI 3.0."""
    found = {**value}
    for exclusive, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if isinstance(found.get(exclusive), bool) and found.pop(exclusive) and bound in found:
            found[exclusive] = found.pop(bound)
    return found
