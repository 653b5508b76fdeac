"""Tables of the command line: resources, commands and options."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple


class Option(NamedTuple):
    """An option or a positional argument.

    Attributes:
        flag: The option with its hyphens, or the name of a positional argument in the help.
        doc: The description.
        name: The argument of the Python method; empty for an option of the command line itself.
        kind: The type of the value: `text`, `integer`, `number`, `boolean`, `time`, `seconds`,
            `duration`, `json`, `scalar` (JSON if it is valid, else text), `switch` (no value), or
            a request body: `json`, `multipart`, `text-body`, `bytes`, or `body` for any of them.
        metavar: The name of the value in the help; empty for the default of the kind.
        values: The known values.
        required: Whether the option is required.
        repeated: Whether the option can be repeated; the method receives a list.
        path: The path to a member of a filter: JSON names, each with whether it is an array.
    """

    flag: str
    doc: str
    name: str = ""
    kind: str = "text"
    metavar: str = ""
    values: tuple[str, ...] = ()
    required: bool = False
    repeated: bool = False
    path: tuple[tuple[str, bool], ...] = ()

    @property
    def argument(self) -> str:
        """The argument of the Python function that it is passed to."""
        return self.name or self.flag.removeprefix("--").replace("-", "_")


class Method(NamedTuple):
    """A command of a resource.

    Attributes:
        command: The name on the command line.
        kind: `call`, `list`, `check`, `export` or `follow`.
        method: The name of the Python method.
        operation: The operationId.
        constant: The name of the constant that describes the operation.
        doc: The description.
        positional: The positional arguments.
        options: The options that the document defines.
        columns: The JSON names of an entry's members; empty if they are unknown.
    """

    command: str
    kind: str
    method: str
    operation: str
    constant: str
    doc: str
    positional: tuple[Option, ...] = ()
    options: tuple[Option, ...] = ()
    columns: tuple[str, ...] = ()


class Resource(NamedTuple):
    """A group of commands.

    Attributes:
        command: The name on the command line.
        name: The attributes that lead to it from the client, with dots.
        doc: The description.
        methods: A function that returns the commands, called only for the requested resource.
    """

    command: str
    name: str
    doc: str
    methods: Callable[[], tuple[Method, ...]]


class Program(NamedTuple):
    """A command line.

    Attributes:
        name: The name of the command.
        version: The version of the package.
        doc: The description.
        variable: The environment variable with the token; empty if the client takes no `token`.
        variables: The environment variables with all credentials.
        resources: The groups of commands.
        archive: A function that runs a command on archives; None if no list can be archived.
        export: A function that runs an export.
        follow: A function that runs a follow.
    """

    name: str
    version: str
    doc: str
    variable: str
    variables: tuple[str, ...]
    resources: tuple[Resource, ...]
    archive: Callable[[Program, Sequence[str]], int] | None = None
    export: Callable[[Program, Resource, Method, Mapping[str, Any]], int] | None = None
    follow: Callable[[Program, Resource, Method, Mapping[str, Any]], int] | None = None

    @property
    def has_single_token(self) -> bool:
        """Whether the token is the only credential."""
        return self.variables == (self.variable,)
