"""Stand-in for Spark and Arrow, for tests without them.

Most tests run where neither is installed. It has the classes that the data source extends; a record
batch is a dictionary of lists.
"""

from __future__ import annotations

import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from types import ModuleType
from typing import Any

import pytest


class DataSource:
    """A data source with options."""

    def __init__(self, options: dict[str, str]) -> None:
        self.options = options


class InputPartition:
    """A part of the data."""


class ReadMaxFiles:
    """A limit of a batch."""

    def __init__(self, max_files: int) -> None:
        self.max_files = max_files


class Batch(dict[str, list[Any]]):
    """A record batch: the values by the names of the columns."""

    @classmethod
    def from_arrays(cls, arrays: Sequence[list[Any]], *, schema: Sequence[tuple[str, str]]) -> Any:
        """Return a batch."""
        return cls((name, each) for (name, _), each in zip(schema, arrays, strict=True))


def _module(name: str, **members: object) -> ModuleType:
    module = ModuleType(name)
    vars(module).update(members)
    return module


def _array(values: list[Any], kind: str) -> list[Any]:
    if kind == "int64" and any(abs(each or 0) >= 2**63 for each in values):
        raise OverflowError("int too big to convert")
    return values


def _schema(fields: object) -> object:
    return fields


def _plain(name: str) -> type:
    return type(name, (), {})


def _modules(*, is_old: bool) -> list[ModuleType]:
    sql = "pyspark.sql"
    types = ("bool_", "string", "int64", "float64", "date32", "binary")
    kinds: dict[str, object] = {name: lambda name=name: name for name in types}
    return [
        _module("pyspark", __path__=[]),
        _module(sql, __path__=[]),
        _module(
            f"{sql}.datasource",
            DataSource=DataSource,
            InputPartition=InputPartition,
            DataSourceReader=_plain("DataSourceReader"),
            DataSourceStreamReader=_plain("DataSourceStreamReader"),
        ),
        _module(f"{sql}.streaming", __path__=[]),
        *(
            []
            if is_old
            else [
                _module(
                    f"{sql}.streaming.datasource",
                    ReadMaxFiles=ReadMaxFiles,
                    ReadAllAvailable=_plain("ReadAllAvailable"),
                    SupportsTriggerAvailableNow=_plain("SupportsTriggerAvailableNow"),
                )
            ]
        ),
        _module(
            "pyarrow",
            **kinds,
            RecordBatch=Batch,
            array=_array,
            schema=_schema,
            map_="map<{}, {}>".format,
            timestamp="timestamp[{}, {}]".format,
        ),
    ]


@contextmanager
def spark_stand_in(package: str, *, is_old: bool = False) -> Generator[None, None, None]:
    """Make the data source of a package importable; it is imported anew before and after.

    Args:
        package: The import name of the package.
        is_old: Whether Spark is older than 4.2, and its batches have no limits.
    """
    with pytest.MonkeyPatch.context() as patch:
        for module in _modules(is_old=is_old):
            patch.setitem(sys.modules, module.__name__, module)
        _forget(package)
        yield
    _forget(package)


def _forget(package: str) -> None:
    own = (f"{package}.spark", f"{package}._spark")
    for name in [
        each for each in sys.modules if f"{each}.".startswith(tuple(f"{o}." for o in own))
    ]:
        del sys.modules[name]
