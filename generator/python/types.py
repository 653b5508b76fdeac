"""Python types as data, as the model library wrote them."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Name:
    """A type by its name: a builtin, `Any`, `datetime`, `date`, or one of the document's."""

    name: str


@dataclass(frozen=True, slots=True)
class ListType:
    """A list of one kind of items."""

    item: TypeExpression


@dataclass(frozen=True, slots=True)
class DictType:
    """A dict with texts as keys."""

    value: TypeExpression


@dataclass(frozen=True, slots=True)
class UnionType:
    """One of several types."""

    options: tuple[TypeExpression, ...]


TypeExpression: TypeAlias = Name | ListType | DictType | UnionType

NONE = Name("None")
ANY = Name("Any")


def read_annotation(node: ast.expr) -> TypeExpression:
    """Read an annotation.

    What the annotation says about absence is left out: the plan knows that.

    Raises:
        ValueError: If it is of a form that is not expected.
    """
    match node:
        case ast.Name(id=name):
            return Name(name)
        case ast.Constant(value=None):
            return NONE
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return union([read_annotation(left), read_annotation(right)])
        case ast.Subscript(value=ast.Name(id="list"), slice=item):
            return ListType(read_annotation(item))
        case ast.Subscript(value=ast.Name(id="dict"), slice=ast.Tuple(elts=[_, value])):
            return DictType(read_annotation(value))
        case _:
            message = f"unexpected annotation: {ast.unparse(node)}"
            raise ValueError(message)


def union(options: list[TypeExpression]) -> TypeExpression:
    """Join types; `None` goes last, and absence is no type."""
    flat: list[TypeExpression] = []
    for option in options:
        flat += option.options if isinstance(option, UnionType) else [option]
    unique = [each for each in dict.fromkeys(flat) if each not in {NONE, Name("UnsetType")}]
    if NONE in flat and ANY not in unique:
        unique.append(NONE)
    return unique[0] if len(unique) == 1 else UnionType(tuple(unique))


def with_names(
    expression: TypeExpression, meant: Callable[[Name], TypeExpression]
) -> TypeExpression:
    """Put what each name means in the place of that name."""
    match expression:
        case ListType():
            return ListType(with_names(expression.item, meant))
        case DictType():
            return DictType(with_names(expression.value, meant))
        case UnionType():
            return UnionType(tuple(with_names(each, meant) for each in expression.options))
        case _:
            return meant(expression)
