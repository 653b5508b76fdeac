# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Commands that send requests: every operation, and the connection check."""

from __future__ import annotations

import importlib
import re
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from operator import attrgetter
from shlex import quote
from typing import TYPE_CHECKING, Any, cast

from .arguments import Reader
from .escaping import visible
from .failures import Exit, print_error
from .options import CONNECTION, LIST
from .outputs import Format, Item, print_item, print_items, read_format, read_limit
from .progress import Meter, count_items
from .standard_output import write
from .structure import Method, Option, Program, Resource
from .tokens import token_source
from .usage import token_sources

if TYPE_CHECKING:
    from .._runtime.calls.call import Call

_PACKAGE = __name__.rpartition(".")[0].rpartition(".")[0]
_SHARED = {each.flag: each for each in (*CONNECTION, *LIST)}
_NAMES = {each.argument: each.flag for each in CONNECTION if each.kind != "switch"}

_SAME = ("ok", "problem", "message", "advice", "base_url", "operation")
_CHECKED = (
    *_SAME,
    *("warnings", "status", "required_scopes", "token_scopes", "token_expires", "clock_skew"),
)
"""The names of the members of a connection check."""


def call(program: Program, resource: Resource, method: Method, given: Mapping[str, Any]) -> int:
    """Run a command of a resource and return the exit code."""
    reader = Reader(given)
    arguments = reader.arguments((*method.positional, *method.options))
    deadline = reader[_SHARED["--deadline"]]
    options = {} if deadline is None else {"deadline": deadline}
    limit = read_limit(reader)
    form = read_format(given, _CHECKED if method.kind == "check" else method.columns)
    with (
        naming_options(program, (*method.positional, *method.options)),
        open_client(program, reader) as client,
    ):
        if given.get("--dry-run"):
            return _print_curl(program, client, (resource, method), {**arguments, **options})
        if method.kind == "check":
            found = client.check(**arguments, **options)
            print_item(Item(lambda: _describe(found)), form)
            return Exit.DONE if found.ok else Exit.FINDINGS
        group = attrgetter(resource.name)(client)
        if form.name == "raw" and method.kind == "call":
            response = getattr(group.with_raw_response, method.method)(**arguments, **options)
            return _print_result(response.content or response.parse(), form)
        result = getattr(group, method.method)(**arguments, **options)
        if method.kind == "list":
            return _list(result, form, method, reader, limit)
        return _print_result(result, form)


@contextmanager
def naming_options(program: Program, options: Sequence[Option]) -> Generator[None, None, None]:
    """Replace the names of arguments in errors by those of options."""
    try:
        yield
    except Exception as error:
        name_options(error, program, options)
        raise


def name_options(error: Exception, program: Program, options: Sequence[Option]) -> None:
    """Replace the name of an argument in an error by that of an option."""
    from .._runtime.core.errors import InvalidArgumentError, MissingTokenError

    if isinstance(error, InvalidArgumentError):
        error.args = (with_flags(str(error), options),)
    elif isinstance(error, MissingTokenError):
        variables = "; or ".join(re.findall(r"\(or set ([^)]+)\)", str(error)))
        missing = "token" if program.has_single_token else "credentials"
        error.args = (f"missing {missing}: {token_sources(program, variables)}",)


def with_flags(text: str, options: Sequence[Option]) -> str:
    """Return a message with the argument name at its beginning replaced by the option."""
    flags = _NAMES | {each.argument: each.flag for each in options if not each.path}
    found = re.match(r"\w+", text)
    return flags[found[0]] + text[found.end() :] if found and found[0] in flags else text


def open_client(program: Program, reader: Reader) -> Any:
    """Return a client with the options of the command line."""
    options = {
        "token": token_source(reader.given, program.variable),
        "base_url": reader.given.get("--base-url"),
        "timeout": reader[_SHARED["--timeout"]],
        "max_retries": reader[_SHARED["--max-retries"]],
        "on_attempt": _show_attempt if reader.given.get("-v") else None,
    }
    client = importlib.import_module(f"{_PACKAGE}.client").Client
    return client(**{name: value for name, value in options.items() if value is not None})


def _show_attempt(attempt: Any) -> None:
    """Print a line for a request."""
    outcome = attempt.status_code or type(attempt.error).__name__
    line = f"{attempt.method} {attempt.path} {outcome} {attempt.elapsed * 1000:.0f} ms"
    if attempt.number > 1:
        line += f", attempt {attempt.number}"
    if attempt.retry_in is not None:
        line += f", retry in {attempt.retry_in:.1f} s"
    print_error(visible(line))


def _print_curl(
    program: Program, client: Any, target: tuple[Resource, Method], arguments: dict[str, Any]
) -> int:
    resource, method = target
    module = importlib.import_module(f"{_PACKAGE}.resources.{resource.name.replace('.', '_')}")
    options = {"deadline": arguments.pop("deadline", None)}
    prepared = client.client_settings.prepare(getattr(module, method.constant), arguments, options)
    variable = program.variable if program.has_single_token else ""
    write(f"{_curl(prepared, variable)}\n")
    return Exit.DONE


def _list(
    page: Iterable[Any], form: Format, method: Method, reader: Reader, limit: int | None
) -> int:
    total = getattr(page, "total_count", None) if limit is None else limit
    meter = Meter(reader[_SHARED["--progress"]] or "auto", total)
    entries = count_items(islice(page, limit), meter)
    try:
        print_items(map(item_of, entries), form, method.columns)
    finally:
        meter.end()
    return Exit.DONE


def item_of(entry: Any) -> Item:
    """Return an item for an entry, or for another value of the run time; bytes are in base64."""
    import msgspec

    from .._runtime.models.model import Model, to_wire

    if isinstance(entry, Model):
        return Item(entry.to_dict, entry.raw or None)
    is_event = isinstance(entry, msgspec.Struct)  # Or a part of a multipart response.
    value = msgspec.structs.asdict(entry) if is_event else entry
    return Item(lambda: msgspec.to_builtins(to_wire(value)))


def _print_result(result: Any, form: Format) -> int:
    from .._runtime.models.model import Model

    if isinstance(result, bytes):
        write(result, is_terminal=form.is_terminal)
    elif isinstance(result, str) and form.name not in {"json", "jsonl"}:
        write(f"{result}\n", is_terminal=form.is_terminal)
    elif hasattr(result, "__iter__") and not isinstance(result, str | dict | Model):
        print_items(map(item_of, _closing(result)), form, ())
    elif result is not None:
        print_item(item_of(result), form)
    return Exit.DONE


def _closing(items: Iterable[Any]) -> Iterator[Any]:
    """Yield the items of a list or a stream, and close a stream at the end."""
    try:
        yield from items
    finally:
        getattr(items, "close", int)()


def _describe(found: Any) -> dict[str, Any]:
    """Return a `CheckResult` as JSON data; the clock skew is in seconds."""
    scopes, expires, skew = found.token_scopes, found.token_expires, found.clock_skew
    return {
        **{name: getattr(found, name) for name in _SAME},
        "warnings": [*found.warnings],
        "status": found.status_code,
        "required_scopes": sorted(str(each) for each in found.required_scopes),
        "token_scopes": None if scopes is None else sorted(scopes),
        "token_expires": None if expires is None else expires.isoformat(),
        "clock_skew": None if skew is None else skew.total_seconds(),
    }


def _curl(call: Call, variable: str) -> str:
    """Return the command that sends a request.

    Args:
        call: The request.
        variable: The environment variable that the shell takes the token from; empty if the
            credentials are left out.
    """
    words = ["curl", "-X", call.operation.method, quote(call.url)]
    if variable and call.operation.security:
        words += ["-H", f'"Authorization: Bearer ${variable}"']
    for name, value in call.headers.items():
        if name != "accept-encoding":
            words += ["-H", quote(f"{name}: {value}")]
    if call.payload is not None:
        content = call.payload.content(is_async=False)
        data = content if isinstance(content, bytes) else b"".join(cast("Iterable[bytes]", content))
        try:
            words += ["--data-raw", quote(data.decode())]
        except UnicodeDecodeError:
            words += ["--data-binary", f"@- # {len(data)} bytes"]
    return " ".join(words)
