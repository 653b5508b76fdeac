# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""The command line as data: resources, their commands and options."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple


class Option(NamedTuple):
    """An option, or an argument by position.

    Attributes:
        flag: The option with its hyphens, or the name of an argument by position, as help shows it.
        doc: What it means.
        name: The argument of the Python method; empty for an option of the command line itself.
        kind: How its text is read: `text`, `integer`, `number`, `boolean`, `time`, `seconds`,
            `duration`, `json`, `scalar` (JSON if it is valid, else text), `switch` (no value), or
            a request body: `json`, `multipart`, `text-body`, `bytes`, or `body` for any of them.
        metavar: The name of the value in help; empty for the one that belongs to the kind.
        values: The known values.
        required: Whether it cannot be left out.
        repeated: Whether it can be given several times; the method gets a list.
        path: The way to a member of a filter: its JSON names, each with whether it holds a list.
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
        command: Its name on the command line.
        kind: `call`, `list`, `check`, `export` or `follow`.
        method: The name of the Python method.
        operation: The operationId.
        constant: The name of the constant that describes the operation.
        doc: What it does.
        positional: The arguments by position.
        options: The options that the document defines.
        columns: The JSON names of an entry's members; empty if they are not known.
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
        command: Its name on the command line.
        name: The attributes that lead to it from the client, with dots.
        doc: What it is about.
        methods: Returns its commands, which are built only for the resource that is asked for.
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
        doc: What the package is for.
        variable: The environment variable with the token; empty if clients take no single token.
        resources: The groups of commands.
        archive: Carries out a command on archives; None without lists that can be archived.
        export: Carries out an export.
        follow: Carries out a follow.
    """

    name: str
    version: str
    doc: str
    variable: str
    resources: tuple[Resource, ...]
    archive: Callable[[Program, Sequence[str]], int] | None = None
    export: Callable[[Program, Resource, Method, Mapping[str, Any]], int] | None = None
    follow: Callable[[Program, Resource, Method, Mapping[str, Any]], int] | None = None
