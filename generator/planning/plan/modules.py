"""Modules of a large package, one for each resource."""

from __future__ import annotations

from dataclasses import dataclass

from ...python.code import Code
from .models import Alias, Constant, Enumeration, Model, TypedMapping


@dataclass(frozen=True, slots=True)
class Module:
    """The models, constraints and examples that one resource uses, or several.

    Attributes:
        name: The name of the modules: that of the resource.
        models: The classes for JSON objects.
        enumerations: The types with known values.
        aliases: The type aliases.
        mappings: The `TypedDict`s.
        constraints: The schemas of arguments.
        imports: The names of shared models that these models use.
        constraint_imports: The names of shared constraints that these constraints use.
        constraint_exports: The names of shared constraints that the resource uses.
        examples: The examples of responses that several operations share.
        example_imports: The names of shared examples that operations of the mock have.
        mock_operations: The data of the mock for each operation of the resource.
    """

    name: str
    models: tuple[Model, ...]
    enumerations: tuple[Enumeration, ...]
    aliases: tuple[Alias, ...]
    mappings: tuple[TypedMapping, ...]
    constraints: tuple[Constant, ...]
    imports: tuple[str, ...]
    constraint_imports: tuple[str, ...]
    constraint_exports: tuple[str, ...]
    examples: tuple[Constant, ...]
    example_imports: tuple[str, ...]
    mock_operations: tuple[Code, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the models."""
        kinds = (self.enumerations, self.models, self.aliases, self.mappings)
        return tuple(sorted(each.name for kind in kinds for each in kind))
