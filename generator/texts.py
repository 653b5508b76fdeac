"""The texts that a package brings along beside its code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from generator.plan import Enumeration, Model, Operation, Package, Resource
from generator.python_code import Code, expression, name

_EXPORTS = (
    "APIConnectionError",
    "APIStatusError",
    "APITimeoutError",
    "AsyncClient",
    "AsyncPage",
    "Attempt",
    "AuthenticationError",
    "BadRequestError",
    "CallOptions",
    "Client",
    "InternalServerError",
    "InvalidArgumentError",
    "MissingTokenError",
    "NotFoundError",
    "Page",
    "PermissionDeniedError",
    "RateLimitError",
    "RawResponse",
    "ResponseDecodeError",
    "Scope",
    "__version__",
)


def plain(text: str) -> Code:
    """Print a text in a file that is no Python: on lines of its own, without control characters."""
    return Code("".join(char for char in text if char.isprintable() or char == "\n").strip())


def for_package(package: Package) -> dict[str, Any]:
    """Give the texts and functions that templates use besides the plan."""
    service = package.service
    functions: dict[str, Callable[..., str]] = {
        "model_doc": model_doc,
        "constants_doc": constants_doc,
        "async_doc": async_doc,
        "scope_members": scope_members(package),
    }
    return {
        "exports": exports(package),
        "package_doc": f"A client for the {service.title}.\n\n{first_paragraph(service.doc)}",
        "client_doc": client_doc(package, "Client", "close"),
        "async_client_doc": client_doc(package, "AsyncClient", "aclose"),
        "readme_doc": first_paragraph(service.doc),
        "user_agent": f"{service.user_agent}/{service.version}",
        **functions,
    }


def scope_members(package: Package) -> Callable[[Operation], Code]:
    """Give a function that lists an operation's scopes as members of `Scope`."""
    members = {scope.value: name(f"Scope.{scope.name}") for scope in package.scopes}
    return lambda operation: expression(tuple(members[scope] for scope in operation.scopes))


def exports(package: Package) -> list[str]:
    """Give the public names of the package."""
    names = {*_EXPORTS, package.service.error, *(model.name for model in package.models)}
    return sorted(names)


def first_paragraph(text: str) -> str:
    """Give a text up to its first blank line."""
    return text.strip().split("\n\n")[0]


def client_doc(package: Package, name: str, closing: str) -> str:
    """Describe a client."""
    service = package.service
    waits = "async " if name.startswith("Async") else ""
    return (
        f"A client for the {service.title}.\n\n"
        f"The token comes from the argument `token`, or from the environment variable "
        f"`{service.environment}_API_TOKEN`; the address from `base_url`, from "
        f"`{service.environment}_API_URL`, or from the document ({service.base_url or 'none'}).\n\n"
        f"Use it as a context manager, `{waits}with {name}() as client: ...`, or call "
        f"`{closing}()` in the end."
    )


def model_doc(model: Model) -> str:
    """Describe a model and its fields."""
    text = model.doc or f"The object `{model.name}`."
    described = [f"    {each.name}: {one_line(each.doc)}" for each in model.fields if each.doc]
    return "\n".join([text, "", "Attributes:", *described]) if described else text


def constants_doc(enumeration: Enumeration) -> str:
    """Describe the constants of an enumeration."""
    return enumeration.doc or f"Values of `{enumeration.name}`."


def async_doc(resource: Resource, operation: Operation) -> str:
    """Describe an asynchronous method, which works as the synchronous one does."""
    how = "can be awaited, or iterated with `async for`" if operation.pagination else "is awaited"
    return f"{operation.short_doc}\n\nAs `{resource.class_name}.{operation.method}`, but {how}."


def one_line(text: str) -> str:
    """Join a text's lines."""
    return " ".join(text.split())
