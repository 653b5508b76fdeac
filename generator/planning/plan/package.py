"""The package of the plan: everything that is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.planning.plan.models import Alias, Constant, Enumeration, Model
from generator.planning.plan.operations import Check, Operation, Resource
from generator.planning.plan.service import Credential, Scope, Server, Service
from generator.python.code import Code
from generator.python.reserved import Feature


@dataclass(frozen=True, slots=True)
class Package:
    """A whole package.

    Attributes:
        name: Its import name.
        document: The file name of its document.
        service: What it talks to.
        resources: The groups of operations.
        models: The classes for JSON objects, in an order in which they can be defined.
        enumerations: The types with known values.
        aliases: The other names for types.
        constraints: What arguments of named types must be.
        scopes: All scopes.
        check: The method that checks a connection, if the document names an operation for it.
        examples: Examples of answers that several operations share.
        served: What a mock of the service knows of each operation.
        lazy: Whether resources are imported when they are first used, since there are many, and
            models are not among the package's own names.
        sends_files: Whether the body of a request may have files.
        is_token: Whether clients take one token and no other credentials.
        schemes: Otherwise, how each secret is sent, by the name that operations have for it.
        credentials: Otherwise, the arguments of clients for them.
        servers: The servers, if there is a choice.
    """

    name: str
    document: str
    service: Service
    resources: tuple[Resource, ...]
    models: tuple[Model, ...]
    enumerations: tuple[Enumeration, ...]
    aliases: tuple[Alias, ...]
    constraints: tuple[Constant, ...]
    scopes: tuple[Scope, ...]
    check: Check | None
    examples: tuple[Constant, ...]
    served: tuple[Code, ...]
    sends_files: bool
    lazy: bool
    is_token: bool
    schemes: tuple[tuple[str, Code], ...]
    credentials: tuple[Credential, ...]
    servers: tuple[Server, ...]

    @property
    def has_pages(self) -> bool:
        """Whether there are operations whose responses are pages."""
        return any(each.pagination is not None for each in self._operations)

    @property
    def features(self) -> frozenset[Feature]:
        """The optional features that the package has."""
        present = {
            Feature.CHECK: self.check is not None,
            Feature.FILES: self.sends_files,
            Feature.PAGES: self.has_pages,
            Feature.STREAMS: self.has_streams,
            Feature.TYPED_HEADERS: self.has_typed_headers,
            Feature.UNIONS: self.has_variants,
        }
        return frozenset(feature for feature, is_present in present.items() if is_present)

    @property
    def has_variants(self) -> bool:
        """Whether answers hold objects of which there are several kinds."""
        written = [
            *(field.annotation for model in self.models for field in model.fields),
            *(alias.annotation for alias in self.aliases),
            *(each.returns for each in self._operations),
        ]
        return any("Variant[" in annotation for annotation in written)

    @property
    def has_streams(self) -> bool:
        """Whether there are answers that are read item by item."""
        return any(each.async_returns != each.returns for each in self._operations)

    @property
    def has_typed_headers(self) -> bool:
        """Whether there are answers whose headers are described."""
        return any(each.headers is not None for each in self._operations)

    @property
    def _operations(self) -> Iterable[Operation]:
        return (each for resource in self.resources for each in resource.operations)
