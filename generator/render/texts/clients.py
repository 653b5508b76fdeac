"""The texts and signatures of clients: what they are given, and where they send to."""

from __future__ import annotations

from typing import Any

from generator.planning.plan.operations import ConnectionCheck
from generator.planning.plan.package import Package
from generator.planning.plan.service import Server, ServerVariable
from generator.python.code import Code, expression, literal, name


def for_package(package: Package) -> dict[str, Any]:
    """Give the texts and functions that templates use besides the plan."""
    return {
        "keyring": expression({each.name: name(each.name) for each in package.credentials}),
        "forgotten": Code(", ".join(name(each.name) for each in package.credentials)),
        "credential_example": Code(credential_example(package, "...")),
        "credential_variables": Code(
            " and ".join(each.variable for each in package.credentials if each.variable)
        ),
        "check_doc": check_doc,
        "async_check_doc": async_check_doc,
        "options_doc": options_doc(package),
        "server_doc": server_doc,
        "server_signature": server_signature,
        "server_values": server_values,
        "client_doc": client_doc(package, "Client", "close"),
        "async_client_doc": client_doc(package, "AsyncClient", "aclose"),
    }


def client_doc(package: Package, name: str, closing: str) -> str:
    """Describe a client."""
    service = package.service
    waits = "async " if name.startswith("Async") else ""
    address = (
        f"address from `base_url`, from `{service.environment}_API_URL`, or from the document "
        f"({service.base_url or 'none'})."
    )
    secrets = (
        "The token comes from the argument `token`, or from the environment variable "
        f"`{service.environment}_API_TOKEN`; the {address}"
    )
    if not package.has_single_token:
        secrets = f"What is not given comes from the environment; the {address}"
    text = (
        f"A client for the {service.title}.\n\n{secrets}\n\n"
        f"Use it as a context manager, `{waits}with {name}() as client: ...`, or call "
        f"`{closing}()` in the end."
    )
    return text if package.has_single_token else f"{text}\n\n{_arguments_doc(package, waits)}"


_FURTHER = """\
    base_url: The service's address, if it is not the document's.
    timeout: Seconds for each step of a request, or an `httpx.Timeout`.
    max_retries: How often a call that failed for a passing reason is tried again.
    max_response_bytes: The most bytes that a decoded answer, or an item of a stream, may have.
    http_client: An `httpx.{kind}` to use as it is, or one of httpx2; it is not closed here. Its
        timeouts hold, unless `timeout` is given.
    default_headers: Headers to send with every request.
    on_attempt: Is called with an `Attempt` after every attempt.

Raises:
    InvalidArgumentError: If an argument cannot be used."""


def _arguments_doc(package: Package, waits: str) -> str:
    """Describe the arguments of a client that takes more than a token."""
    described = _credential_docs(package)
    further = _FURTHER.format(kind="AsyncClient" if waits else "Client")
    return "\n".join(["Args:", *described, further])


def _credential_docs(package: Package) -> list[str]:
    lines: list[str] = []
    for each in package.credentials:
        variable = f" Without it the variable `{each.variable}` counts." if each.variable else ""
        lines.append(f"    {each.name}: {one_line(each.doc)}{variable}")
    return lines


def credential_example(package: Package, value: str = "test") -> str:
    """Write what a client is given in an example: the first of its credentials."""
    if package.has_single_token:
        return f'token="{value}"'
    shown = [name(each.name) for each in package.credentials if each.variable]
    wanted = shown[:2] if shown[:1] == ["username"] else shown[:1]
    return ", ".join(f'{each}="{value}"' for each in wanted)


def options_doc(package: Package) -> str:
    """Describe what a copy of a client may do differently."""
    text = "What a copy of a client may do differently; what is not given stays as it is."
    described = [f"    {each.name}: {one_line(each.doc)}" for each in package.credentials]
    return "\n".join([text, "", "Attributes:", *described])


def server_doc(server: Server) -> str:
    """Describe a server."""
    text = full_stop(server.doc.strip() or f"The server at `{server.url}`")
    if not server.variables:
        return text
    described = [f"    {each.name}: {_variable_doc(each)}" for each in server.variables]
    told = f"{text}\n\nThe address is `{server.url}`.\n\nArgs:\n" + "\n".join(described)
    return f"{told}\n\nRaises:\n    InvalidArgumentError: A value cannot be part of an address."


def server_signature(server: Server) -> Code:
    """Write the arguments of the function that gives a server's address."""
    written = [
        f"{name(each.name)}: {_variable_type(each)}"
        + (f" = {literal(each.default)}" if each.default else "")
        for each in sorted(server.variables, key=lambda each: bool(each.default))
    ]
    return Code(", ".join(["*", *written]))


def _variable_doc(variable: ServerVariable) -> str:
    return full_stop(one_line(variable.doc) or f"What stands for `{variable.wire_name}`")


def _variable_type(variable: ServerVariable) -> str:
    known = dict.fromkeys([*variable.known, *([variable.default] if variable.known else [])])
    return f"Literal[{', '.join(literal(each) for each in known)}]" if known else "str"


def server_values(server: Server) -> Code:
    """Write what stands in the places of a server's variables."""
    return expression({each.wire_name: name(each.name) for each in server.variables})


_CHECK = """\
Try one call, and tell what stands in the way of others.

It sends `{request}` once, and never tries again. What it finds it does not raise, but gives: a
token that is missing, malformed, expired or refused, a scope or a role that is missing, a wrong
address, a wrong clock and more, each with what to do about it.

Args:
{arguments}
    **options: What any call takes; see `CallOptions`.

Returns:
    What was found. It is true, as a condition, if nothing stands in the way.

Raises:
    InvalidArgumentError: An argument does not fit; nothing was sent."""


def check_doc(check: ConnectionCheck) -> str:
    """Describe the method that checks a connection."""
    arguments = (f"    {each.name}: {one_line(each.doc)}" for each in check.arguments)
    request = f"{check.operation.http_method} {check.operation.path}"
    return _CHECK.format(request=request, arguments="\n".join(arguments))


def async_check_doc(_: ConnectionCheck) -> str:
    """Describe the asynchronous method that checks a connection."""
    return f"{_CHECK.splitlines()[0]}\n\nAs `Client.check`, but is awaited."


def full_stop(text: str) -> str:
    """Let a text end as a sentence."""
    return text if text.endswith((".", "!", "?", ":")) else f"{text}."


def one_line(text: str) -> str:
    """Join a text's lines."""
    return " ".join(text.split())
