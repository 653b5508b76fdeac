"""The package that is to be written, as data: what templates print.

Everything is decided here already. Names are Python names, types are source, texts are still the
document's.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.python_code import Code, literal, name
from generator.signatures import Argument, following, parameter


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
    """A module constant: its name, and the expression that it is set to."""

    name: str
    value: Code


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
    pagination: Constant | None
    walk: str
    walked: tuple[Argument, ...]
    doc: str
    short_doc: str
    scopes: tuple[str, ...]
    deprecated: bool

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
    """

    name: str
    class_name: str
    doc: str
    parameters: tuple[Constant, ...]
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """A scope: its member's name, its value and its meaning."""

    name: str
    value: str
    doc: str


@dataclass(frozen=True, slots=True)
class Check:
    """The method that tries one operation and tells what stands in the way.

    Attributes:
        operation: What is tried.
        resource: The group that it is in.
        tried: The name of the constant that describes it, or how it is paged.
        token_format: What tokens are, such as `JWT`; empty if the document does not say.
    """

    operation: Operation
    resource: str
    tried: str
    token_format: str

    @property
    def arguments(self) -> tuple[Argument, ...]:
        """Its arguments: what the operation cannot be tried without."""
        needed = (each for each in self.operation.keyword if each.required)
        return (*self.operation.positional, *needed)

    @property
    def signature(self) -> Code:
        """The method's parameters, as they follow `self`."""
        positional = [parameter(each) for each in self.operation.positional]
        keyword = [parameter(each) for each in self.arguments[len(positional) :]]
        return following([*positional, "*", *keyword] if keyword else positional)

    @property
    def forwarded(self) -> Code:
        """The arguments, as the method hands them on."""
        pairs = (f"{literal(each.name)}: {name(each.name)}" for each in self.arguments)
        return Code(f"{{{', '.join(pairs)}}}")


@dataclass(frozen=True, slots=True)
class Service:
    """What the document says about the service as a whole.

    Attributes:
        title: The API's name.
        doc: Its description.
        version: The version of the document, which is the package's.
        error: The name of the base of all errors.
        environment: What the names of environment variables start with.
        user_agent: How the client introduces itself, without the version.
        base_url: The address of the first server.
    """

    title: str
    doc: str
    version: str
    error: str
    environment: str
    user_agent: str
    base_url: str


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

    @property
    def has_variants(self) -> bool:
        """Whether answers hold objects of which there are several kinds."""
        written = [
            *(field.annotation for model in self.models for field in model.fields),
            *(alias.annotation for alias in self.aliases),
            *(each.returns for resource in self.resources for each in resource.operations),
        ]
        return any("Variant[" in annotation for annotation in written)
