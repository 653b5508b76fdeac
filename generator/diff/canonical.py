"""Canonical form of generated expressions: equal if programs see no difference."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from typing import Any, TypeGuard

from ..python.code import Code
from .constraints import effective

_SCALARS = frozenset({"Integer", "Number", "String", "Array", "Tuple"})
_NAME = re.compile(r"(?<=\bid=')\w+|(?<=\battr=')\w+")
"""A name in the text of a syntax tree."""
_KEYWORDS = {"unique": "uniqueItems"}


def canonical(code: Code) -> object:
    """Return an expression without the order of items, and without constraints of no effect."""
    return _canonical(_expression(code))


def with_names(value: Any, names: Mapping[str, str]) -> Any:
    """Return a canonical value with other names of classes and constants."""
    if isinstance(value, str):
        return _NAME.sub(lambda match: names.get(match[0], match[0]), value)
    return _items_with_names(value, names) if _has_items(value) else value


def _has_items(value: object) -> TypeGuard[tuple[Any, ...] | frozenset[Any]]:
    return isinstance(value, tuple | frozenset)


def _items_with_names(
    items: tuple[Any, ...] | frozenset[Any], names: Mapping[str, str]
) -> tuple[Any, ...] | frozenset[Any]:
    if isinstance(items, frozenset):
        return frozenset(with_names(each, names) for each in items)
    if items[:1] == ("constant",) and len(items) == 3:
        return items
    if items[:1] == ("sequence",):
        # Alternatives that have become one are one.
        found = {each: with_names(each, names) for each in items[1]}
        kept = [each for each in items[1] if found[each] == each]
        return "sequence", _in_order([*kept, *{*found.values()}.difference(kept)])
    return tuple(with_names(each, names) for each in items)


def call_arguments(code: Code) -> dict[str, Any]:
    """Return the canonical keyword arguments of a call; a dict of literals remains a dict."""
    node = _expression(code)
    if not isinstance(node, ast.Call):
        return {}
    return {
        name: _mapping(value) if isinstance(value, ast.Dict) else _canonical(value)
        for name, value in _keywords(node).items()
        if name is not None
    }


def _expression(code: Code) -> ast.expr:
    return ast.parse(f"({code})", mode="eval").body


def _mapping(node: ast.Dict) -> dict[object, object]:
    pairs = zip(filter(None, node.keys), node.values, strict=True)
    return {
        key.value if isinstance(key, ast.Constant) else _canonical(key): _canonical(value)
        for key, value in pairs
    }


def _canonical(node: ast.AST) -> object:
    match node:
        case ast.Constant():
            return "constant", type(node.value).__name__, node.value
        case ast.Call(keywords=[ast.keyword(arg="find", value=ast.Lambda(body=found))]):
            return _canonical(found)  # A deferred schema is the one that it finds.
        case ast.Call():
            return _call(node)
        case ast.Dict():
            return "dict", frozenset(_mapping(node).items())
        case ast.Tuple() | ast.List() | ast.Set():
            return "sequence", _in_order(map(_canonical, node.elts))
        case ast.BinOp(op=ast.BitOr()):
            return "union", frozenset(_alternatives(node))
        case ast.Subscript():
            inside = _canonical(node.slice)
            if isinstance(node.slice, ast.Tuple) and ast.unparse(node.value) != "Literal":
                inside = tuple(map(_canonical, node.slice.elts))
            return "subscript", _canonical(node.value), inside
        case _:
            return ast.dump(node)


def _call(node: ast.Call) -> object:
    function = ast.unparse(node.func)
    arguments = tuple(map(_canonical, node.args))
    keywords = _keywords(node)
    limits: dict[str, object] = {}
    if function.rpartition(".")[2] in _SCALARS:
        literals = {
            _keyword(name): (name, ast.literal_eval(value))
            for name, value in keywords.items()
            if name is not None and _is_literal(value)
        }
        given = {keyword: value for keyword, (_, value) in literals.items()}
        limits = effective(given, is_integer=function.endswith("Integer"))
        for name, _ in literals.values():
            del keywords[name]
    pairs = {
        (name, tuple(map(_canonical, value.elts)))
        if name == "prefix" and isinstance(value, ast.Tuple)
        else (name, _canonical(value))
        for name, value in keywords.items()
    }
    return "call", function, arguments, frozenset(pairs | set(limits.items()))


def _keywords(node: ast.Call) -> dict[str | None, ast.expr]:
    """Return the keyword arguments of a call; names of headers are case-insensitive."""
    found = {each.arg: each.value for each in node.keywords}
    location = found.get("location")
    if isinstance(location, ast.Constant) and location.value == "header":
        for key in found.keys() & {"name", "wire_name"}:
            found[key] = _lower(found[key])
    headers = found.get("headers")
    if isinstance(headers, ast.Dict):
        keys = [each if each is None else _lower(each) for each in headers.keys]
        found["headers"] = ast.Dict(keys, headers.values)
    return found


def _lower(name: ast.expr) -> ast.expr:
    return ast.Constant(str(ast.literal_eval(name)).lower())


def _is_literal(node: ast.expr) -> bool:
    """Whether an expression is a literal; a negative number is the negation of one."""
    return isinstance(node.operand if isinstance(node, ast.UnaryOp) else node, ast.Constant)


def _keyword(name: str) -> str:
    """Return the JSON Schema keyword of an argument of a run-time schema."""
    return _KEYWORDS.get(name, re.sub("_(.)", lambda match: match[1].upper(), name))


def _alternatives(node: ast.expr) -> list[object]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return [*_alternatives(node.left), *_alternatives(node.right)]
    return [_canonical(node)]


def _in_order(items: Any) -> tuple[object, ...]:
    return tuple(sorted(items, key=repr))
