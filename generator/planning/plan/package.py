"""Package: the root of the plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ...python.code import Code
from ...python.reserved import Feature
from .command import Commands
from .models import (
    MISSING,
    Alias,
    Constant,
    Enumeration,
    Model,
    TypedMapping,
)
from .modules import Module
from .operations import ConnectionCheck, Operation, Resource
from .service import Credential, Scope, Server, Service
from .spark import SparkList, spark_lists

MANY = 50
"""The operations of a package that is not large: it has one module of models."""

_HTTP = {"httpx": "httpx>=0.27,<1", "httpx2": "httpx2>=2.12,<3"}
"""The requirement of each HTTP library that packages can be built on."""

_SPARK = ("pyarrow>=18", "pyspark>=4,<5")


@dataclass(frozen=True, slots=True)
class Package:
    """A whole package.

    Attributes:
        name: The import name.
        http: The HTTP library: `httpx` or `httpx2`.
        command: The name of the command line, or empty for none.
        document: The file name of the OpenAPI document.
        service: The service that the package calls.
        resources: The groups of operations.
        mappings: The `TypedDict`s with the JSON names of models in parameters.
        models: The classes for JSON objects, in definition order.
        enumerations: The types with known values.
        aliases: The type aliases.
        constraints: The schemas of arguments whose types have names.
        scopes: All scopes.
        check: The method that checks a connection, if the document names an operation for it.
        examples: Examples of responses that several operations share.
        mock_operations: The data of the mock for each operation.
        sends_files: Whether request bodies may contain files.
        lazy: Whether resources are imported on first use, because there are many.
        has_single_token: Whether clients take one token and no other credentials.
        schemes: How each secret is sent, by its name in operations; read unless `has_single_token`.
        credentials: The client arguments for credentials.
        servers: The servers, if there is a choice.
        commands: The commands of each resource; empty without a command line.
        modules: The modules of models and constraints if there are several; empty for one of each.
    """

    name: str
    http: str
    command: str
    document: str
    service: Service
    resources: tuple[Resource, ...]
    models: tuple[Model, ...]
    mappings: tuple[TypedMapping, ...]
    enumerations: tuple[Enumeration, ...]
    aliases: tuple[Alias, ...]
    constraints: tuple[Constant, ...]
    scopes: tuple[Scope, ...]
    check: ConnectionCheck | None
    examples: tuple[Constant, ...]
    mock_operations: tuple[Code, ...]
    sends_files: bool
    lazy: bool
    has_single_token: bool
    schemes: tuple[tuple[str, Code], ...]
    credentials: tuple[Credential, ...]
    servers: tuple[Server, ...]
    commands: tuple[Commands, ...] = ()
    modules: tuple[Module, ...] = ()

    @property
    def distribution(self) -> str:
        """The name by which pip installs the package."""
        return self.name.strip("_").replace("_", "-")

    @property
    def other_http(self) -> str:
        """The HTTP library whose clients are accepted as well."""
        return next(each for each in _HTTP if each != self.http)

    @property
    def requirements(self) -> tuple[str, ...]:
        """The run-time dependencies."""
        return (_HTTP[self.http], "msgspec>=0.19,<1")

    @property
    def extras(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The names and requirements of optional dependencies."""
        present = (
            ("httpx2", (_HTTP["httpx2"],), self.http != "httpx2"),
            ("spark", _SPARK, bool(self.spark_lists)),
            ("zstd", ("backports.zstd>=1; python_version<'3.14'",), bool(self.archived_list)),
        )
        return tuple((name, needed) for name, needed, is_present in present if is_present)

    @property
    def token_variable(self) -> str:
        """The environment variable of the client's argument `token`, or an empty string."""
        return next((each.variable for each in self.credentials if each.name == "token"), "")

    @property
    def credential_variables(self) -> tuple[str, ...]:
        """The environment variables of all credentials."""
        return tuple(each.variable for each in self.credentials if each.variable)

    @property
    def has_pages(self) -> bool:
        """Whether any operation is paginated."""
        return any(each.pagination is not None for each in self._operations)

    @property
    def archived_list(self) -> tuple[Resource, Operation] | None:
        """The first list that the command line archives: one in order of time, with ids."""
        found = (
            (resource, each)
            for resource in self.resources
            for each in resource.operations
            if self.command and each.is_archivable
        )
        return next(found, None)

    @property
    def spark_lists(self) -> tuple[SparkList, ...]:
        """The lists that the data source of Apache Spark reads."""
        return spark_lists(self.resources)

    @property
    def features(self) -> frozenset[Feature]:
        """The optional features of the package."""
        present = {
            Feature.CHECK: self.check is not None,
            Feature.FILES: self.sends_files,
            Feature.FOLLOW: any(each.follow for each in self._operations),
            Feature.NULLS: self.has_nulls,
            Feature.PAGES: self.has_pages,
            Feature.PARTS: any("StreamedPart[" in each.returns for each in self._operations),
            Feature.SCOPES: bool(self.scopes),
            Feature.STREAMS: self.has_streams,
            Feature.TYPED_HEADERS: self.has_typed_headers,
            Feature.UNIONS: self.has_unions,
        }
        return frozenset(feature for feature, is_present in present.items() if is_present)

    @property
    def has_nulls(self) -> bool:
        """Whether a field or a request body can be sent as null, or not at all."""
        arguments = (each for operation in self._operations for each in operation.keyword)
        return any(each.has_nulls for each in self.models) or any(
            each.default == MISSING for each in arguments
        )

    @property
    def has_unions(self) -> bool:
        """Whether responses contain unions of object types that may gain further types."""
        annotations = [
            *(field.annotation for model in self.models for field in model.fields),
            *(alias.annotation for alias in self.aliases),
            *(each.returns for each in self._operations),
        ]
        return any("Variant[" in annotation for annotation in annotations)

    @property
    def has_streams(self) -> bool:
        """Whether any response is read item by item."""
        return any(each.async_returns != each.returns for each in self._operations)

    @property
    def has_typed_headers(self) -> bool:
        """Whether any response has documented headers."""
        return any(each.headers is not None for each in self._operations)

    @property
    def _operations(self) -> Iterable[Operation]:
        return (each for resource in self.resources for each in resource.operations)
