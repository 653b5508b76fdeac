"""Resources, operations and their arguments in the plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ...python.code import Code, alternatives, literal, name
from .models import Constant, Model


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a method.

    Attributes:
        name: The name.
        annotation: The type annotation.
        required: Whether the argument has no default.
        doc: The description.
        default: The default of an optional argument, if it is not None.
    """

    name: str
    annotation: Code
    required: bool
    doc: str
    default: Code | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """The entries of a paginated operation, as the document describes them.

    Attributes:
        id: The JSON Pointer of an entry's id, or an empty string.
        time: The JSON Pointer of an entry's timestamp, or an empty string.
        start: The argument for the start of the time span, or an empty string.
        size: The argument for the page size, or an empty string.
        walk_size: The default page size of walks, or None.
        is_by_time: Whether the list can be archived, followed and continued: by time, with ids.
        filter: The argument that filters entries, or an empty string.
        filter_example: The document's example of a filter, as JSON data, or None.
        order: A sentence on which entries come first in a list.
        walk_order: A sentence on which entries come first in a walk.
    """

    id: str
    time: str
    start: str
    size: str
    walk_size: int | None
    is_by_time: bool
    filter: str
    filter_example: object
    order: str
    walk_order: str


@dataclass(frozen=True, slots=True)
class Operation:
    """A method of a resource.

    Attributes:
        id: The operationId.
        method: The name of the Python method.
        constant: The name of the constant that describes the operation.
        http_method: The HTTP method, in upper case.
        path: The path template.
        call: The value of that constant.
        positional: The arguments that may be passed by position: the path parameters.
        keyword: The keyword-only arguments.
        returns: The return type; for a paginated operation, the type of one entry.
        async_returns: The return type in an asynchronous client, which may differ.
        response_type: The type argument of the constant, where type checkers cannot infer it.
        headers: The class of the response headers, if the document describes them.
        pagination: The name and value of the constant that describes the pagination, or None.
        listing: The documented properties of the entries of a paginated operation, or None.
        walk: The name of the method that walks through all pages; empty without pagination.
        walk_arguments: The arguments of that method that the operation defines.
        follow: The name of the method that waits for new entries; may be empty.
        follow_arguments: The arguments of that method that the operation defines.
        doc: The docstring.
        short_doc: A description of one line.
        scopes: The scopes, any one of which suffices.
        deprecated: Whether the document marks the operation as deprecated.
        curl: The options of curl that make the call.
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
    response_type: Code
    headers: Model | None
    pagination: Constant | None
    listing: Listing | None
    walk: str
    walk_arguments: tuple[Argument, ...]
    follow: str
    follow_arguments: tuple[Argument, ...]
    doc: str
    short_doc: str
    scopes: tuple[str, ...]
    deprecated: bool
    curl: tuple[str, ...]

    @property
    def is_marked_deprecated(self) -> bool:
        """Whether type checkers report uses, in this package too; otherwise only calls warn."""
        return self.deprecated and self.pagination is None

    def raw_type(self, returns: Code) -> Code:
        """Return the type of the raw response."""
        if self.headers is None:
            return Code(f"RawResponse[{returns}]")
        return Code(f"TypedRawResponse[{returns}, {name(self.headers.name)}]")

    @property
    def is_archivable(self) -> bool:
        """Whether a walk in order of time needs no arguments except those of the path."""
        required = {each.name for each in self.walk_arguments if each.required}
        is_by_time = self.listing is not None and self.listing.is_by_time
        return is_by_time and required <= {each.name for each in self.positional}

    @property
    def is_stream(self) -> bool:
        """Whether the method always returns a stream."""
        return all(each.startswith("Stream[") for each in alternatives(self.returns))

    @property
    def signature(self) -> Code:
        """The parameters of the method after `self`."""
        positional = [parameter(each) for each in self.positional]
        keyword = [parameter(each) for each in self.keyword]
        return after_comma([*positional, "*", *keyword] if keyword else positional)

    @property
    def walk_signature(self) -> Code:
        """The parameters of the walk method that the operation defines."""
        return self._signature(self.walk_arguments)

    @property
    def follow_start(self) -> str:
        """The argument of the follow method with which entries begin."""
        return self.listing.start if self.listing else ""

    @property
    def follow_signature(self) -> Code:
        """The parameters of the follow method that the operation defines."""
        return self._signature(self.follow_arguments)

    def _signature(self, arguments: Iterable[Argument]) -> Code:
        positional = [parameter(each) for each in arguments if each in self.positional]
        keyword = [parameter(each) for each in arguments if each not in self.positional]
        return after_comma([*positional, "*", *keyword])

    @property
    def arguments_by_name(self) -> Code:
        """A dict of the arguments by name, which the method passes on."""
        return _by_name((*self.positional, *self.keyword))

    @property
    def walk_arguments_by_name(self) -> Code:
        """A dict of the arguments of the walk method by name, which it passes on."""
        return _by_name(self.walk_arguments)

    @property
    def follow_arguments_by_name(self) -> Code:
        """A dict of the arguments of the follow method by name, which it passes on."""
        return _by_name(self.follow_arguments)


@dataclass(frozen=True, slots=True)
class Resource:
    """A group of operations.

    Attributes:
        name: The name of the module.
        access: The attributes that lead to it from the client, with dots: the name of the module,
            unless it is below another resource.
        class_name: The class name.
        doc: The description.
        parameters: Constants for the parameters of its operations.
        operations: The operations, in the order of the document.
        aliases: Aliases for types that type checkers accept only in annotations.
        children: The resources below it.
    """

    name: str
    access: str
    class_name: str
    doc: str
    parameters: tuple[Constant, ...]
    operations: tuple[Operation, ...]
    aliases: tuple[Constant, ...]
    children: tuple[Resource, ...] = ()

    @property
    def attribute(self) -> str:
        """The last of the attributes that lead to it."""
        return self.access.rpartition(".")[2]

    @property
    def is_nested(self) -> bool:
        """Whether it is below another resource."""
        return "." in self.access

    @property
    def constraints_import(self) -> Code:
        """The name of its module of constraints, imported as `constraints`."""
        # An import of a name as itself counts as used, so that it would never be removed.
        alias = "" if self.name == "constraints" else " as constraints"
        return Code(f"{name(self.name)}{alias}")

    @property
    def is_paged(self) -> bool:
        """Whether any of its operations is paginated."""
        return any(each.pagination is not None for each in self.operations)

    @property
    def has_raw_methods(self) -> bool:
        """Whether the class that returns raw responses sends requests, as deprecated methods do."""
        return any(each.is_marked_deprecated for each in self.operations)

    @property
    def base(self) -> Code:
        """The base class of its class, without `Async`."""
        if any(each.follow for each in self.operations):
            return Code("FollowedResource")
        return Code("PagedResource" if self.is_paged else "Resource")


@dataclass(frozen=True, slots=True)
class ConnectionCheck:
    """The method that calls one operation to check the connection.

    Attributes:
        operation: The operation to call.
        resource: The name of its resource.
        constant: The name of the constant that describes the operation, or its pagination.
        token_format: The format of tokens, for example `JWT`; empty if it is undocumented.
    """

    operation: Operation
    resource: str
    constant: str
    token_format: str

    @property
    def arguments(self) -> tuple[Argument, ...]:
        """The required arguments of the operation."""
        needed = (each for each in self.operation.keyword if each.required)
        return (*self.operation.positional, *needed)

    @property
    def signature(self) -> Code:
        """The parameters of the method after `self`."""
        positional = [parameter(each) for each in self.operation.positional]
        keyword = [parameter(each) for each in self.arguments[len(positional) :]]
        return after_comma([*positional, "*", *keyword] if keyword else positional)

    @property
    def arguments_by_name(self) -> Code:
        """A dict of the arguments by name, which the method passes on."""
        return _by_name(self.arguments)


def after_comma(items: Iterable[str]) -> Code:
    """Return the items, each behind a comma."""
    return Code("".join(f", {item}" for item in items))


def parameter(argument: Argument) -> str:
    """Return an argument with its annotation and default, as written in a signature."""
    default = "" if argument.required else f" = {argument.default or None}"
    return f"{name(argument.name)}: {argument.annotation}{default}"


def _by_name(arguments: Iterable[Argument]) -> Code:
    """Return a dict display of arguments by name."""
    pairs = (f"{literal(each.name)}: {name(each.name)}" for each in arguments)
    return Code(f"{{{', '.join(pairs)}}}")
