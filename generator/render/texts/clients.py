"""Docstrings and signatures of clients, servers and the connection check."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ...planning.plan.operations import Argument, ConnectionCheck
from ...planning.plan.package import Package
from ...planning.plan.service import Server, ServerVariable
from ...python.code import Code, expression, literal, name


def for_package(package: Package) -> dict[str, Any]:
    """Return the texts and functions about clients that templates use besides the plan."""
    return {
        "keyring": expression({each.name: name(each.name) for each in package.credentials}),
        "credential_names": Code(", ".join(name(each.name) for each in package.credentials)),
        "credential_example": Code(credential_example(package, "...")),
        "credential_variables": Code(
            " and ".join(each.variable for each in package.credentials if each.variable)
        ),
        "check_doc": check_doc,
        "options_doc": options_doc(package),
        "server_doc": server_doc,
        "server_signature": server_signature,
        "server_values": server_values,
        "client_doc": client_doc(package, "Client", "close"),
        "async_client_doc": client_doc(package, "AsyncClient", "aclose"),
    }


def client_doc(package: Package, name: str, closing: str) -> str:
    """Return the docstring of a client class."""
    keyword = "async " if name.startswith("Async") else ""
    kind = "Asynchronous client" if keyword else "Client"
    text = (
        f"{kind} for {service_name(package)}.\n\n"
        f"Use it as a context manager, `{keyword}with {name}() as client: ...`, or call "
        f"`{closing}()` to close its connections."
    )
    return f"{text}\n\n{_arguments_doc(package, keyword)}"


_COMMON_ARGUMENTS = """\
    base_url: The base URL of the API. Default: the environment variable `{variable}`{default}.
    timeout: The timeout of each step of a request in seconds, or an `{http}.Timeout`.
    max_retries: The maximum number of retries after a transient failure.
    max_response_bytes: The maximum size of a decompressed response, or of an item of a stream.
    http_client: An `{http}.{kind}` (or one of {other}) to send requests with. Closing this client \
does not close it. Its timeouts apply unless `timeout` is passed.
    default_headers: Headers of every request.
    on_attempt: A callable that is called with an `Attempt` after every attempt.

Raises:
    InvalidArgumentError: If an argument is invalid."""


def _arguments_doc(package: Package, keyword: str) -> str:
    """Return the sections on arguments and errors of a client."""
    service = package.service
    common = _COMMON_ARGUMENTS.format(
        http=package.http,
        other=package.other_http,
        kind="AsyncClient" if keyword else "Client",
        variable=f"{service.environment}_API_URL",
        default=f", or {service.base_url}" if service.base_url else "",
    )
    return "\n".join(["Args:", *_credential_docs(package, keyword), common])


def _credential_docs(package: Package, keyword: str) -> list[str]:
    if package.has_single_token:
        kind = "a callable or coroutine function" if keyword else "a callable"
        variable = f"{package.service.environment}_API_TOKEN"
        text = f"The API access token, or {kind} that returns it, called before every attempt."
        if any(each.deprecated for each in package.credentials):
            text += " It is deprecated."
        return [f"    token: {text} Default: the environment variable `{variable}`."]
    lines: list[str] = []
    for each in package.credentials:
        variable = f" Default: the environment variable `{each.variable}`." if each.variable else ""
        lines.append(f"    {each.name}: {one_line(each.doc)}{variable}")
    return lines


def credential_example(package: Package, value: str = "test") -> str:
    """Return the arguments of a client in an example: its first credential."""
    if package.has_single_token:
        return f'token="{value}"'
    names = [name(each.name) for each in package.credentials if each.variable]
    first = names[:2] if names[:1] == ["username"] else names[:1]
    return ", ".join(f'{each}="{value}"' for each in first)


def options_doc(package: Package) -> str:
    """Return the docstring of the options that a copy of a client can replace."""
    text = "Options of `with_options`. Omitted options keep their values."
    described = [f"    {each.name}: {one_line(each.doc)}" for each in package.credentials]
    return "\n".join([text, "", "Attributes:", *described])


def server_doc(server: Server) -> str:
    """Return the docstring of a server."""
    text = with_period(server.doc.strip() or f"Server at `{server.url}`")
    if not server.variables:
        return text
    described = [f"    {each.name}: {_variable_doc(each)}" for each in server.variables]
    text += f"\n\nThe URL is `{server.url}`.\n\nArgs:\n" + "\n".join(described)
    return f"{text}\n\nRaises:\n    InvalidArgumentError: A value is not allowed in a URL."


def server_signature(server: Server) -> Code:
    """Return the parameters of the function that returns a server's URL."""
    written = [
        f"{name(each.name)}: {_variable_type(each)}"
        + (f" = {literal(each.default)}" if each.default else "")
        for each in sorted(server.variables, key=lambda each: bool(each.default))
    ]
    return Code(", ".join(["*", *written]))


def _variable_doc(variable: ServerVariable) -> str:
    return with_period(one_line(variable.doc) or f"The value of `{variable.wire_name}`")


def _variable_type(variable: ServerVariable) -> str:
    known = dict.fromkeys([*variable.known, *([variable.default] if variable.known else [])])
    return f"Literal[{', '.join(literal(each) for each in known)}]" if known else "str"


def server_values(server: Server) -> Code:
    """Return the expression for the values of a server's variables."""
    return expression({each.wire_name: name(each.name) for each in server.variables})


_CHECK = """\
Check the connection with one request, and diagnose problems.

It sends `{request}` once, without retries. Problems are returned with advice, not raised: a
missing, malformed, expired or rejected token, a missing scope or role, a wrong base URL, a wrong
local clock, and others.

Args:
{arguments}
    **options: `timeout`, `deadline`, `extra_headers` and `extra_query`; see `CallOptions`.

Returns:
    The diagnosis, which is truthy if the request succeeded.

Raises:
    InvalidArgumentError: An argument is invalid; no request was sent."""


def check_doc(check: ConnectionCheck) -> str:
    """Return the docstring of the connection check."""
    arguments = argument_docs(check.arguments)
    request = f"{check.operation.http_method} {check.operation.path}"
    return _CHECK.format(request=request, arguments="\n".join(arguments))


def argument_docs(arguments: Iterable[Argument]) -> list[str]:
    """Return the lines of the arguments that have a description."""
    return [f"    {each.name}: {one_line(each.doc)}" for each in arguments if each.doc]


def with_paragraph(text: str, paragraph: str) -> str:
    """Return a docstring with a further paragraph before its sections."""
    head, separator, sections = text.partition("\n\nArgs:\n")
    return f"{head}\n\n{paragraph}{separator}{sections}"


def service_name(package: Package) -> str:
    """Return the title of the API with an article, such as `the Resend API`."""
    title = package.service.title.strip().removeprefix("The ").removeprefix("the ")
    is_name = any(word in title.lower().split() for word in ("api", "apis"))
    return f"the {title}" if is_name else f"the {title} API"


def with_period(text: str) -> str:
    """Return a text with a period, unless it has final punctuation."""
    return text if text.endswith((".", "!", "?", ":")) else f"{text}."


def one_line(text: str) -> str:
    """Return a text on one line."""
    return " ".join(text.split())
