"""Side of a comparison: a document, its plan and its package."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from ..document import Node
from ..document.diagnostics import Location
from ..normalize import Normalized
from ..normalize.operations import OperationReading
from ..normalize.parameters import ParameterReading
from ..normalize.schemas.shapes import EnumShape, NamedShape, ObjectShape, without_aliases
from ..planning.arguments import argument_names
from ..planning.plan.models import Model
from ..planning.plan.operations import Operation, Resource
from ..planning.plan.package import Package


@dataclass(frozen=True, eq=False)
class Side:
    """A document, its plan, and the package that users have.

    Attributes:
        name: The file or git revision, as given on the command line.
        folder: The start of file names in locations, which reports replace by `prefix`.
        prefix: The replacement for `folder`.
        normalized: The normalized document.
        plan: The plan.
        files: The files of the package.
    """

    name: str
    folder: str
    prefix: str
    normalized: Normalized
    plan: Package
    files: Mapping[str, bytes]

    def location(self, node: Node) -> Location:
        """Return the location of a node's key for reports."""
        location = node.key_location
        if self.folder and location.file.startswith(self.folder):
            location = replace(location, file=self.prefix + location.file[len(self.folder) :])
        return location

    @cached_property
    def operations(self) -> dict[str, PlannedOperation]:
        """The operations by their ids."""
        readings = {each.id: each for each in self.normalized.operations}
        return {
            each.id: PlannedOperation(readings[each.id], resource, each)
            for resource in self.plan.resources
            for each in resource.operations
        }

    @cached_property
    def models(self) -> dict[str, Model]:
        """The planned classes by their names and their other names."""
        found = {each.name: each for each in self.plan.models}
        others = {name: found[each] for name, each in self.aliases.items() if each in found}
        return found | others

    @cached_property
    def fields(self) -> dict[str, dict[str, str]]:
        """The Python names of fields by their JSON names, by class name."""
        return {
            name: {field.wire_name: field.name for field in each.fields}
            for name, each in self.models.items()
        }

    @cached_property
    def constants(self) -> dict[str, dict[str | int, str]]:
        """The names of constants by their values, by type name."""
        return {
            name: {value: constant for constant, value in each.members}
            for each in self.plan.enumerations
            for name in (each.name, *each.aliases)
        }

    def is_type_alias(self, name: str) -> bool:
        """Whether a named shape is neither a class nor an enumeration."""
        return not isinstance(self.schemas[name].shape, ObjectShape | EnumShape)

    @cached_property
    def aliases(self) -> dict[str, str]:
        """The names that are only other ones of a named shape, with the name of the shape."""
        found = {name: without_aliases(name, self.schemas) for name in self.schemas}
        return {name: other for name, other in found.items() if name != other}

    @cached_property
    def other_names(self) -> dict[str, list[str]]:
        """The other names of named shapes, by their names."""
        found: dict[str, list[str]] = {}
        for other, name in self.aliases.items():
            found.setdefault(name, []).append(other)
        return found

    @property
    def schemas(self) -> dict[str, NamedShape]:
        """The named shapes by their names."""
        return self.normalized.schemas


@dataclass(frozen=True, slots=True, eq=False)
class PlannedOperation:
    """An operation of a document, and its plan."""

    reading: OperationReading
    resource: Resource
    operation: Operation

    @property
    def name(self) -> str:
        """The Python name: the resource and the method."""
        return f"{self.resource.access}.{self.operation.method}"

    @property
    def request(self) -> str:
        """The HTTP method and path."""
        return f"{self.operation.http_method} {self.operation.path}"

    @property
    def arguments(self) -> list[tuple[str, ParameterReading]]:
        """The names of the arguments and their parameters."""
        parameters = self.reading.parameters
        named = argument_names(parameters, self.reading.pagination)
        return list(zip(named, parameters, strict=True))
