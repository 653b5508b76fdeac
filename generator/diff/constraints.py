"""Comparison of constraints, of the client and of services: tightened or loosened."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from enum import Enum
from fractions import Fraction
from typing import Any

from ..document import Node
from ..document.json_values import array_at, is_array, is_object
from ..normalize.schemas.composition import ANNOTATIONS, parts
from ..openapi.patterns import python_pattern
from ..openapi.schema_types import UNCHECKED
from . import schema_rules as rules
from .change import Change
from .side import Side

# Values with which a constraint allows every value.
_WITHOUT_EFFECT: dict[str, tuple[Any, ...]] = {
    "minLength": (0,),
    "minItems": (0,),
    "minProperties": (0,),
    "multipleOf": (0,),
    "uniqueItems": (False,),
    "pattern": ("", "^", "$", ".*", "^.*", "(?:)", "[\\s\\S]*", "^[\\s\\S]*$", "^[\\S\\s]*$"),
}
_LOWER = frozenset({"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"})
_UPPER = frozenset({"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"})
_SERVICE_KEYWORDS = (*UNCHECKED, "then", "else")
_MAPPINGS = frozenset({"properties", "patternProperties", "dependencies", "dependentSchemas"})
_SETS = frozenset({"required", "enum", "type"})
_PAIRS = {
    "minimum": "exclusiveMinimum",
    "exclusiveMinimum": "minimum",
    "maximum": "exclusiveMaximum",
    "exclusiveMaximum": "maximum",
}


class Verdict(Enum):
    """The direction in which a constraint changed."""

    TIGHTENED = "tightened"
    LOOSENED = "loosened"


def verdicts(
    old: Mapping[str, Any], new: Mapping[str, Any], *, is_integer: bool = False
) -> Iterator[tuple[str, Any, Any, Verdict]]:
    """Iterate over the constraints that changed: keyword, old and new value, verdict.

    Args:
        old: The old constraints by keyword.
        new: The new constraints by keyword.
        is_integer: Whether every value is an integer.
    """
    before, after = effective(old, is_integer=is_integer), effective(new, is_integer=is_integer)
    for keyword in sorted({*before, *after}):
        was, now = before.get(keyword), after.get(keyword)
        if was == now:
            continue
        pair = _PAIRS.get(keyword)
        if pair is not None and (pair in before) != (pair in after):
            # The bound changed its keyword: the new keyword alone states the change.
            if now is None:
                continue
            looser = _strictness(after, keyword) < _strictness(before, keyword)
            yield keyword, before[pair] if looser else None, now, _verdict(is_looser=looser)
            continue
        yield keyword, was, now, _verdict(is_looser=_is_looser(keyword, was, now))


def effective(constraints: Mapping[str, Any], *, is_integer: bool = False) -> dict[str, Any]:
    """Return the constraints that have an effect, with one bound on each side.

    Args:
        constraints: The constraints by keyword.
        is_integer: Whether every value is an integer.
    """
    found = {
        keyword: _in_order(keyword, value)
        for keyword, value in constraints.items()
        if value is not None and not _has_no_effect(keyword, value)
    }
    if is_integer:
        if "multipleOf" in found and _is_multiple(1, found["multipleOf"]):
            del found["multipleOf"]
        for keyword, inclusive, step in (
            ("exclusiveMinimum", "minimum", 1),
            ("exclusiveMaximum", "maximum", -1),
        ):
            value = found.get(keyword)
            if isinstance(value, int):
                bounds = [found.pop(keyword) + step, found.get(inclusive, value + step)]
                found[inclusive] = max(bounds) if step > 0 else min(bounds)
    for inclusive, exclusive, sign in (
        ("minimum", "exclusiveMinimum", 1),
        ("maximum", "exclusiveMaximum", -1),
    ):
        if inclusive in found and exclusive in found:
            is_weaker = sign * found[inclusive] <= sign * found[exclusive]
            del found[inclusive if is_weaker else exclusive]
    return found


def _has_no_effect(keyword: str, value: Any) -> bool:
    return any(value == each for each in _WITHOUT_EFFECT.get(keyword, ()))


def _in_order(keyword: str, value: Any) -> Any:
    """Return the value of a constraint, with the names of properties in alphabetical order."""
    match keyword:
        case "required":
            return tuple(sorted({*value}))
        case "dependentRequired":
            return tuple((name, tuple(sorted({*others}))) for name, others in sorted(value))
        case _:
            return value


def _strictness(constraints: Mapping[str, Any], keyword: str) -> tuple[Any, int]:
    """Return a bound that sorts by strictness: the value, then whether it is excluded."""
    is_lower = keyword.endswith("inimum")
    inclusive, exclusive = (
        ("minimum", "exclusiveMinimum") if is_lower else ("maximum", "exclusiveMaximum")
    )
    sign = 1 if is_lower else -1
    if inclusive in constraints:
        return sign * constraints[inclusive], 0
    return sign * constraints[exclusive], 1


def _verdict(*, is_looser: bool) -> Verdict:
    return Verdict.LOOSENED if is_looser else Verdict.TIGHTENED


def _is_looser(keyword: str, was: Any, now: Any) -> bool:
    """Whether all values that were allowed still are; patterns cannot be compared."""
    if now is None:
        return True
    if was is None:
        return False
    if keyword in _LOWER:
        return bool(now < was)
    if keyword in _UPPER:
        return bool(now > was)
    if keyword == "required":
        return {*now} <= {*was}
    if keyword == "dependentRequired":
        return _dependencies(now) <= _dependencies(was)
    return keyword == "multipleOf" and _is_multiple(was, now)


def _dependencies(constraint: tuple[tuple[str, tuple[str, ...]], ...]) -> set[tuple[str, str]]:
    """Return the pairs of a property and another that it requires."""
    return {(name, other) for name, others in constraint for other in others}


def _is_multiple(value: float, of: float) -> bool:
    """Whether a number is a multiple of another, both as they are written in decimals."""
    return Fraction(repr(value)) % Fraction(repr(of)) == 0


def compare_unchecked_members(
    old: tuple[Side, Node], new: tuple[Side, Node], name: str, subject: str
) -> Iterator[Change]:
    """Compare so the schemas of a property, except those of objects, which have their own."""
    was, now = (_property_schemas(side, schema, name) for side, schema in (old, new))
    described = parts(new[0].normalized.document, now[0]) if now else []
    if was and now and not any("properties" in part for part in described):
        yield from compare_unchecked((old[0], was[0]), (new[0], now[0]), now[0], subject)


def compare_unchecked(
    old: tuple[Side, Node], new: tuple[Side, Node], node: Node, subject: str
) -> Iterator[Change]:
    """Compare the keywords of two schemas of requests by which only services reject values.

    Args:
        old: The old side and schema.
        new: The new side and schema.
        node: The node for the location of changes.
        subject: The name of the value in Python.
    """
    before, after = _service_keywords(*old), _service_keywords(*new)
    location = new[0].location(node)
    for keyword in sorted({*before, *after}):
        was, now = before.get(keyword, ()), after.get(keyword, ())
        added = [each for each in now if each not in was]
        removed = [each for each in was if each not in now]
        one, other = (_value(each) for each in (removed, added))
        if added:
            yield rules.request_constraint_tightened(location, subject, keyword, one, other)
        elif removed:
            yield rules.request_constraint_loosened(location, subject, keyword, one, other)


def _service_keywords(side: Side, schema: Node) -> dict[str, list[str]]:
    """Return the values of keywords as JSON, each once."""
    found: dict[str, list[str]] = {}
    composed = parts(side.normalized.document, schema)
    described = {name for part in composed for name, _ in (part / "properties").members()}
    for part in composed:
        values = {keyword: part.value[keyword] for keyword in _SERVICE_KEYWORDS if keyword in part}
        pattern = part.value.get("pattern")
        if isinstance(pattern, str) and python_pattern(pattern) is None:
            values["pattern"] = pattern
        for keyword, value in values.items():
            found.setdefault(keyword, []).append(_text(keyword, value))
        unknown = [each for each in array_at(part.value, "required") if each not in described]
        if described and unknown:
            found.setdefault("required", []).extend(map(json.dumps, unknown))
    return found


def _text(keyword: str, value: Any) -> str:
    """Return a keyword's value as JSON, without annotations and the order of names and values."""
    return json.dumps(_meaning(value, is_schema=keyword not in _MAPPINGS), sort_keys=True)


def _meaning(value: Any, *, is_schema: bool = True) -> Any:
    if is_array(value):
        return [_meaning(each) for each in value]
    if not is_object(value):
        return value
    kept = dict(value)
    for key, each in value.items():
        if is_schema and key in ANNOTATIONS - {"$ref"}:
            del kept[key]
        elif is_schema and key in _SETS and is_array(each):
            kept[key] = sorted(each, key=json.dumps)
        elif not is_schema or key != "const":
            kept[key] = _meaning(each, is_schema=not is_schema or key not in _MAPPINGS)
    return kept


def _property_schemas(side: Side, schema: Node, name: str) -> list[Node]:
    composed = parts(side.normalized.document, schema)
    return [part.at("properties", name) for part in composed if name in part / "properties"]


def _value(texts: list[str]) -> Any:
    """Return the value for a message: the only one, or a list; None without any."""
    values = [json.loads(each) for each in texts]
    return values[0] if len(values) == 1 else values or None
