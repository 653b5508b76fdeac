"""The package that is to be written, as data: what templates print.

Everything is decided here already. Names are Python names, types are source, texts are still the
document's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.plan_service import Credential, Scope, Server, Service
from generator.python_code import Code, literal, name
from generator.signatures import Argument, following, parameter

if TYPE_CHECKING:
    from generator.plan_check import Check


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a model.

    Attributes:
        name: Its name in Python.
        wire_name: Its name on the wire.
        explicit: Whether the name on the wire must be written down, since the class's rule would
            give another.
        annotation: Its type.
        required: Whether it has no default.
        doc: Its description.
    """

    name: str
    wire_name: str
    explicit: bool
    annotation: Code
    required: bool
    doc: str


@dataclass(frozen=True, slots=True)
class Model:
    """A class for a JSON object.

    Attributes:
        name: The class's name.
        doc: Its description.
        renames: Whether names on the wire are the camelCase of the fields' names.
        fields: The fields, in the document's order.
        expected: Patterns of names that are expected besides the fields.
    """

    name: str
    doc: str
    renames: bool
    fields: tuple[Field, ...]
    expected: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A type with known values.

    Attributes:
        name: The type's name.
        doc: Its description.
        members: The constants' names and their values.
    """

    name: str
    doc: str
    members: tuple[tuple[str, str | int], ...]


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name for a type."""

    name: str
    doc: str
    annotation: Code


@dataclass(frozen=True, slots=True)
class Constant:
    """A module constant: its name, and the expression that it is set to.

    Where type checkers cannot tell its type, that is given as well.
    """

    name: str
    value: Code
    type: Code | None = None


@dataclass(frozen=True, slots=True)
class Operation:
    """A method of a resource.

    Attributes:
        id: The operationId.
        method: The method's name in Python.
        constant: The name of the constant that describes it.
        http_method: The HTTP method, in upper case.
        path: The path template.
        call: The expression that describes it.
        positional: The arguments that may be given by position: those of the path.
        keyword: The arguments that must be given by name.
        returns: The type of its result; of one item, if it is paged.
        async_returns: The same for an asynchronous client, for which it may be another.
        answer_type: The type of what describes it, where type checkers need to be told.
        headers: The class of its answer's headers, if the document describes them.
        pagination: The name and expression of the constant that says how it is paged, or None.
        walk: The name of the method that walks through all its pages; empty if it is not paged.
        walked: The arguments of that method that are the operation's own.
        doc: The text of its docstring.
        short_doc: One line about it.
        scopes: The scopes any one of which suffices.
        deprecated: Whether the document discourages it.
    """

    id: str
    method: str
    constant: str
    http_method: str
    path: str
    call: Code
    positional: tuple[Argument, ...]
    keyword: tuple[Argument, ...]
    returns: Code
    async_returns: Code
    answer_type: Code
    headers: Model | None
    pagination: Constant | None
    walk: str
    walked: tuple[Argument, ...]
    doc: str
    short_doc: str
    scopes: tuple[str, ...]
    deprecated: bool

    @property
    def returning(self) -> Code:
        """What a method's last line starts with: nothing, if it gives nothing."""
        return Code("" if self.returns == "None" else "return ")

    @property
    def is_flagged(self) -> bool:
        """Whether type checkers flag its use, in this package too; else a call only warns."""
        return self.deprecated and self.pagination is None

    def raw_type(self, returns: Code) -> Code:
        """Give the type of its raw answer."""
        if self.headers is None:
            return Code(f"RawResponse[{returns}]")
        return Code(f"TypedRawResponse[{returns}, {name(self.headers.name)}]")

    @property
    def signature(self) -> Code:
        """The method's parameters, as they follow `self`."""
        positional = [parameter(each) for each in self.positional]
        keyword = [parameter(each) for each in self.keyword]
        return following([*positional, "*", *keyword] if keyword else positional)

    @property
    def walk_signature(self) -> Code:
        """The parameters of the walking method that are the operation's own."""
        positional = [parameter(each) for each in self.walked if each in self.positional]
        keyword = [parameter(each) for each in self.walked if each not in self.positional]
        return following([*positional, "*", *keyword])

    @property
    def walk_arguments(self) -> Code:
        """The arguments of the walking method, as it hands them on."""
        pairs = (f"{literal(each.name)}: {name(each.name)}" for each in self.walked)
        return Code(f"{{{', '.join(pairs)}}}")

    @property
    def forwarded(self) -> Code:
        """The arguments, as the method hands them on after the options."""
        return following(name(each.name) for each in (*self.positional, *self.keyword))


@dataclass(frozen=True, slots=True)
class Resource:
    """A group of operations.

    Attributes:
        name: The client's attribute, and the module's name.
        class_name: The name of its class.
        doc: Its description.
        parameters: Constants for the parameters of its operations.
        operations: The operations, in the document's order.
        aliases: Names for types that type checkers read in annotations only.
    """

    name: str
    class_name: str
    doc: str
    parameters: tuple[Constant, ...]
    operations: tuple[Operation, ...]
    aliases: tuple[Constant, ...]

    @property
    def has_flagged(self) -> bool:
        """Whether type checkers flag the use of one of its methods."""
        return any(each.is_flagged for each in self.operations)


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
