"""The service that a package talks to, and what it takes to be let in; a part of the plan."""

from __future__ import annotations

from dataclasses import dataclass

from generator.python.code import Code, name


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
        accepts_empty_objects: Whether `{}` is a valid response where no property is required.
    """

    title: str
    doc: str
    version: str
    error: str
    environment: str
    user_agent: str
    base_url: str
    accepts_empty_objects: bool = True


@dataclass(frozen=True, slots=True)
class Server:
    """A server: a constant, or a function if something varies in its address.

    Attributes:
        name: The name of the constant or function.
        url: Its address.
        doc: Its description.
        variables: What varies in it.
    """

    name: str
    url: str
    doc: str
    variables: tuple[ServerVariable, ...]


@dataclass(frozen=True, slots=True)
class ServerVariable:
    """What varies in the address of a server: its name, its default, the known values, if any."""

    name: str
    wire_name: str
    default: str
    known: tuple[str, ...]
    doc: str


@dataclass(frozen=True, slots=True)
class Credential:
    """An argument of a client that holds something secret, or what goes with it.

    Attributes:
        name: Its name.
        annotation: Its type.
        doc: What it is.
        variable: The environment variable that stands for it; empty if there is none.
    """

    name: str
    annotation: Code
    doc: str
    variable: str

    @property
    def parameter(self) -> Code:
        """The argument, as it stands in a signature."""
        return Code(f"{name(self.name)}: {self.annotation} = None")


@dataclass(frozen=True, slots=True)
class Scope:
    """A scope: its member's name, its value and its meaning."""

    name: str
    value: str
    doc: str
