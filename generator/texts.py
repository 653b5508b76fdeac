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
    "AsyncWalk",
    "Attempt",
    "AuthenticationError",
    "BadRequestError",
    "CallOptions",
    "Client",
    "EntryDecodeError",
    "IncompleteWalkError",
    "InternalServerError",
    "InvalidArgumentError",
    "MissingTokenError",
    "NotFoundError",
    "Page",
    "PermissionDeniedError",
    "RateLimitError",
    "RawResponse",
    "Report",
    "ResponseDecodeError",
    "Scope",
    "UndecodedEntry",
    "Walk",
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
        "walk_doc": walk_doc,
        "async_walk_doc": async_walk_doc,
        "scope_members": scope_members(package),
        "cell": cell,
        "call": call,
    }
    return {
        "exports": exports(package),
        "package_doc": f"A client for the {service.title}.\n\n{first_paragraph(service.doc)}",
        "client_doc": client_doc(package, "Client", "close"),
        "async_client_doc": client_doc(package, "AsyncClient", "aclose"),
        "readme_doc": first_paragraph(service.doc),
        "distribution": package.name.replace("_", "-"),
        "first_call": first_call(package),
        "first_list": first_list(package),
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


def call(resource: Resource, operation: Operation) -> Code:
    """Write a call of a method, with the names of its arguments in the place of their values."""
    positional = [f'"{name(each.name).upper()}"' for each in operation.positional]
    keyword = [f"{name(each.name)}=..." for each in operation.keyword if each.required]
    return Code(
        f"client.{name(resource.name)}.{name(operation.method)}"
        f"({', '.join([*positional, *keyword])})"
    )


def first_call(package: Package) -> Code:
    """Write a call that shows how the client is used: the first one that only reads one thing."""
    calls = [(each, operation) for each in package.resources for operation in each.operations]
    calls.sort(key=lambda each: (each[1].http_method != "GET", each[1].pagination is not None))
    return call(*calls[0]) if calls else Code("...")


def first_list(package: Package) -> Code | None:
    """Write a call that gives pages, if there is one."""
    for resource in package.resources:
        for operation in resource.operations:
            if operation.pagination:
                return call(resource, operation)
    return None


def cell(text: str) -> Code:
    """Print a text as code in a cell of a table."""
    return Code(f"`{plain(one_line(text)).replace('`', '').replace('|', chr(92) + '|')}`")


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


_CONTROLS = """\
    checkpoint: Where an earlier walk is to go on: the text of its `checkpoint`.
    since: The `checkpoint` of a finished walk, whose end is where this one begins.
    overlap: How long before that end late entries are looked for. A walk that others are to follow
        with an overlap needs one as well.
    concurrency: How many slices of time are read at once; entries come in order all the same.
    on_undecodable: Whether an entry that does not fit the document raises, with the checkpoints
        before and behind it, or is given as an `UndecodedEntry`.
    **options: What any call takes; see `CallOptions`. A deadline is for the whole walk."""


def walk_doc(operation: Operation) -> str:
    """Describe a walking method."""
    arguments = [f"    {each.name}: {one_line(each.doc)}" for each in operation.walked]
    return "\n".join(
        [
            "Walk through all entries, complete or with an error.",
            "",
            (
                f"As iterating over `{operation.method}()`, but as an object that has a "
                "`checkpoint`, with which a walk goes on, in this process or another, and a "
                "`report`. Nothing is sent before it is iterated over; memory stays bounded."
            ),
            "",
            "Args:",
            *arguments,
            _CONTROLS,
            "",
            "Returns:",
            "    The walk, to be iterated over.",
            "",
            "Raises:",
            "    InvalidArgumentError: An argument does not fit, or a checkpoint is of another walk.",
        ]
    )


def async_walk_doc(resource: Resource, operation: Operation) -> str:
    """Describe an asynchronous walking method."""
    return (
        "Walk through all entries, complete or with an error.\n\n"
        f"As `{resource.class_name}.{operation.walk}`; it is not awaited, but iterated over with "
        "`async for`."
    )


def one_line(text: str) -> str:
    """Join a text's lines."""
    return " ".join(text.split())
