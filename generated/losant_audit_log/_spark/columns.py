# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Columns of the rows, from the classes of the entries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

import msgspec

from .._runtime.models.model import fields

if TYPE_CHECKING:
    from .._runtime.paging.pagination import Pagination

EXTRA = "extra"
RAW = "raw"


class Kind(StrEnum):
    """The type of a column, as Spark names it."""

    STRING = "STRING"
    LONG = "BIGINT"
    DOUBLE = "DOUBLE"
    BOOLEAN = "BOOLEAN"
    TIMESTAMP = "TIMESTAMP_LTZ"  # which `spark.sql.timestampType` does not change
    DATE = "DATE"
    JSON = "JSON"
    EXTRA = "MAP<STRING, STRING>"
    RAW = "BINARY"


_KINDS: dict[Any, Kind] = {
    str: Kind.STRING,
    bool: Kind.BOOLEAN,
    int: Kind.LONG,
    float: Kind.DOUBLE,
    dt.datetime: Kind.TIMESTAMP,
    dt.date: Kind.DATE,
}


class Column(msgspec.Struct, frozen=True):
    """A column.

    Attributes:
        name: The name: that of a field of a model, or of a path argument.
        kind: The type.
    """

    name: str
    kind: Kind


def entry_classes(pagination: Pagination[Any]) -> tuple[Any, ...]:
    """Return the classes of the entries of a list."""
    return pagination.variants.classes if pagination.variants else (pagination.item,)


def columns(
    classes: Iterable[Any], arguments: Iterable[str], *, has_raw: bool
) -> tuple[Column, ...]:
    """Return the columns of rows.

    Path arguments come first, then the fields of the models, then the members that the document
    does not define. A field with a type that Spark lacks, or with several types, is JSON text.

    Args:
        classes: The classes of the entries.
        arguments: The names of the path arguments.
        has_raw: Whether there is a column with the received bytes.
    """
    kinds = dict.fromkeys(arguments, Kind.STRING)
    for each in classes:
        hints = {field.name: field.type for field in msgspec.structs.fields(each)}
        for name in fields(each):
            kind = column_kind(hints[name])
            kinds[name] = kind if kinds.get(name, kind) == kind else Kind.JSON
    raw = [Column(RAW, Kind.RAW)] if has_raw else []
    return (*(Column(*each) for each in kinds.items()), Column(EXTRA, Kind.EXTRA), *raw)


def column_kind(hint: Any) -> Kind:
    """Return the kind of a field's type."""
    origin: Any = get_origin(hint)
    if origin is Annotated:
        return column_kind(get_args(hint)[0])
    if origin is Literal:
        found = {_KINDS.get(type(each), Kind.JSON) for each in get_args(hint)}
    elif origin in {Union, UnionType}:
        values = [each for each in get_args(hint) if each not in {NoneType, msgspec.UnsetType}]
        found = {column_kind(each) for each in values}
    else:
        return _KINDS.get(hint, Kind.JSON)
    return found.pop() if len(found) == 1 else Kind.JSON


def schema(found: Iterable[Column]) -> str:
    """Return columns as a schema in Spark's notation."""
    types = {Kind.JSON: Kind.STRING}
    return ", ".join(f"`{each.name}` {types.get(each.kind, each.kind)}" for each in found)
