# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Record batches of Apache Arrow.

The only module that imports pyarrow, whose types are incomplete; it is imported by tasks alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any, Protocol, cast

from .._runtime.core.service import ServiceError
from .columns import Column, Kind


class _RecordBatches(Protocol):
    """The class of record batches."""

    def from_arrays(self, arrays: Sequence[object], *, schema: object) -> RecordBatch: ...


class _Arrow(Protocol):
    """The part of pyarrow that is used here."""

    RecordBatch: _RecordBatches

    def array(self, values: Sequence[Any], kind: object, /) -> object: ...
    def binary(self) -> object: ...
    def bool_(self) -> object: ...
    def date32(self) -> object: ...
    def float64(self) -> object: ...
    def int64(self) -> object: ...
    def map_(self, key: object, item: object) -> object: ...
    def schema(self, fields: Sequence[tuple[str, object]]) -> object: ...
    def string(self) -> object: ...
    def timestamp(self, unit: str, tz: str) -> object: ...


class RecordBatch(Protocol):
    """Rows as columns."""

    num_rows: int


def record_batch(columns: Sequence[Column], values: Sequence[Sequence[Any]]) -> RecordBatch:
    """Return a record batch.

    Args:
        columns: The columns.
        values: The values of each column.

    Raises:
        ServiceError: If a value is out of the range of its type.
    """
    arrow = cast("_Arrow", import_module("pyarrow"))
    types = [_type(arrow, each.kind) for each in columns]
    arrays: list[object] = []
    for column, type_, each in zip(columns, types, values, strict=True):
        try:
            arrays.append(arrow.array(each, type_))
        except (OverflowError, ValueError) as error:
            message = f"{column.name}: a value does not fit into {column.kind}: {error}"
            raise ServiceError(message) from None
    names = [each.name for each in columns]
    return arrow.RecordBatch.from_arrays(
        arrays, schema=arrow.schema([*zip(names, types, strict=True)])
    )


def _type(arrow: _Arrow, kind: Kind) -> object:
    """Return the type that Spark expects for a column."""
    match kind:
        case Kind.LONG:
            return arrow.int64()
        case Kind.DOUBLE:
            return arrow.float64()
        case Kind.BOOLEAN:
            return arrow.bool_()
        case Kind.TIMESTAMP:
            return arrow.timestamp("us", "UTC")
        case Kind.DATE:
            return arrow.date32()
        case Kind.EXTRA:
            return arrow.map_(arrow.string(), arrow.string())
        case Kind.RAW:
            return arrow.binary()
        case _:
            return arrow.string()
