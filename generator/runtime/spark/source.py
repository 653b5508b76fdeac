"""Data source to register with Spark."""

from __future__ import annotations

from typing import Any, ClassVar, Protocol

from ..core.errors import InvalidArgumentError
from .columns import schema
from .interface import DataSource
from .logs import Service
from .readers import BatchReader, StreamReader
from .reading import ReadPlan, plan_read


class _Schema(Protocol):
    """A schema of Spark."""

    names: list[str]


class LogSource(DataSource):
    """A data source of the lists of a service.

    Attributes:
        service: The service.
    """

    service: ClassVar[Service]

    @classmethod
    def name(cls) -> str:
        """Return the name of the format."""
        return cls.service.format

    def schema(self) -> str:
        """Return the schema of the rows; this validates all options."""
        return schema(plan_read(self.service, self.options).columns)

    def reader(self, schema: _Schema) -> BatchReader:
        """Return the reader of a batch."""
        return BatchReader(self._plan(schema))

    def streamReader(self, schema: _Schema) -> StreamReader:
        """Return the reader of a stream."""
        return StreamReader(self._plan(schema))

    def _plan(self, given: _Schema) -> ReadPlan:
        """Return the plan of a read.

        Raises:
            InvalidArgumentError: If the schema is not that of the rows.
        """
        plan = plan_read(self.service, self.options)
        expected = [each.name for each in plan.columns]
        if given.names != expected:
            message = f"schema: expected the columns {', '.join(expected)}; omit .schema(...)"
            raise InvalidArgumentError(message)
        return plan


def data_source(name: str, module: str, doc: str, service: Service) -> Any:
    """Return the class to register.

    Its type is not declared: Spark's own `register` requires a class of Spark, as which type
    checkers cannot recognize it where Spark is not installed.

    Args:
        name: The name of the class.
        module: The module that contains it, by whose name executors import it.
        doc: The docstring.
        service: The service.
    """
    members = {"__module__": module, "__doc__": doc, "service": service}
    return type(name, (LogSource,), members)
