"""Service, servers, credentials and scopes in the plan."""

from __future__ import annotations

from dataclasses import dataclass

from ...python.code import Code, name


@dataclass(frozen=True, slots=True)
class Service:
    """The service as a whole.

    Attributes:
        title: The name of the API.
        doc: The description.
        version: The version of the document, which is also the version of the package.
        error: The name of the base class of all errors.
        environment: The prefix of environment variables.
        user_agent: The product name in the User-Agent header, without the version.
        base_url: The URL of the first server.
        recipes: A chapter for the README, as Markdown, or an empty string.
        accepts_empty_objects: Whether `{}` is a valid response where no property is required.
    """

    title: str
    doc: str
    version: str
    error: str
    environment: str
    user_agent: str
    base_url: str
    recipes: str = ""
    accepts_empty_objects: bool = True


@dataclass(frozen=True, slots=True)
class Server:
    """A server: a constant, or a function if its URL has variables.

    Attributes:
        name: The name of the constant or function.
        url: The URL, or the template of the URL.
        doc: The description.
        variables: The variables of the URL.
    """

    name: str
    url: str
    doc: str
    variables: tuple[ServerVariable, ...]


@dataclass(frozen=True, slots=True)
class ServerVariable:
    """A variable in the URL of a server.

    Attributes:
        name: The Python name.
        wire_name: The name in the URL template.
        default: The default value.
        known: The values of its `enum`; empty without one.
        doc: The description.
    """

    name: str
    wire_name: str
    default: str
    known: tuple[str, ...]
    doc: str


@dataclass(frozen=True, slots=True)
class Credential:
    """An argument of a client for a secret, or for a setting that belongs to one.

    Attributes:
        name: The name of the argument.
        annotation: The type annotation.
        doc: The description.
        variable: The environment variable that is the fallback; may be empty.
        deprecated: Whether the document marks its security scheme as deprecated.
    """

    name: str
    annotation: Code
    doc: str
    variable: str
    deprecated: bool = False

    @property
    def parameter(self) -> Code:
        """The argument as written in a signature."""
        return Code(f"{name(self.name)}: {self.annotation} = None")


@dataclass(frozen=True, slots=True)
class Scope:
    """A scope.

    Attributes:
        name: The name of the enum member.
        value: The value.
        doc: The meaning.
    """

    name: str
    value: str
    doc: str
