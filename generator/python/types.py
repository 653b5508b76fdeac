"""Python types as data."""

from __future__ import annotations

from collections.abc import Callable, Hashable
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
    """One of several types.

    Attributes:
        options: The types.
        key: The discriminator of the union, if it has its own.
    """

    options: tuple[TypeExpression, ...]
    key: Hashable | None = None


TypeExpression: TypeAlias = Name | ListType | DictType | UnionType

NONE = Name("None")
ANY = Name("Any")


def union(options: list[TypeExpression]) -> TypeExpression:
    """Join types; `None` goes last."""
    flat: list[TypeExpression] = []
    for option in options:
        is_joined = isinstance(option, UnionType) and option.key is None
        flat += option.options if isinstance(option, UnionType) and is_joined else [option]
    unique = [each for each in dict.fromkeys(flat) if each != NONE]
    if NONE in flat and ANY not in unique:
        unique.append(NONE)
    return unique[0] if len(unique) == 1 else UnionType(tuple(unique))


def with_names(
    expression: TypeExpression, resolve: Callable[[Name], TypeExpression]
) -> TypeExpression:
    """Replace each name by its definition."""
    match expression:
        case ListType():
            return ListType(with_names(expression.item, resolve))
        case DictType():
            return DictType(with_names(expression.value, resolve))
        case UnionType():
            return UnionType(
                tuple(with_names(each, resolve) for each in expression.options), expression.key
            )
        case _:
            return resolve(expression)
