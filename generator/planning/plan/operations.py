"""The operations of the plan: resources, methods and their arguments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.planning.plan.models import Constant, Model
from generator.python.code import Code, literal, name


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a method.

    Attributes:
        name: Its name.
        annotation: Its type.
        required: Whether it has no default.
        doc: Its description.
        default: Its default, if it is neither required nor None.
    """

    name: str
    annotation: Code
    required: bool
    doc: str
    default: Code | None = None


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
    def arguments(self) -> Code:
        """The arguments by name, as the method passes them on."""
        return _by_name((*self.positional, *self.keyword))

    @property
    def walk_arguments(self) -> Code:
        """The arguments of the walking method by name, as it passes them on."""
        return _by_name(self.walked)


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
    def is_paged(self) -> bool:
        """Whether one of its methods returns pages."""
        return any(each.pagination is not None for each in self.operations)

    @property
    def has_flagged(self) -> bool:
        """Whether type checkers flag the use of one of its methods."""
        return any(each.is_flagged for each in self.operations)


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
    def arguments_by_name(self) -> Code:
        """The arguments by name, as the method passes them on."""
        return _by_name(self.arguments)


def following(items: Iterable[str]) -> Code:
    """Write items as they follow another one."""
    return Code("".join(f", {item}" for item in items))


def parameter(argument: Argument) -> str:
    """Write an argument with its type and its default."""
    default = "" if argument.required else f" = {argument.default or None}"
    return f"{name(argument.name)}: {argument.annotation}{default}"


def _by_name(arguments: Iterable[Argument]) -> Code:
    """Write a mapping of arguments by their names."""
    pairs = (f"{literal(each.name)}: {name(each.name)}" for each in arguments)
    return Code(f"{{{', '.join(pairs)}}}")
