"""The texts that a package brings along beside its code."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from generator.planning.plan.models import Enumeration, Model
from generator.planning.plan.operations import Operation, Resource
from generator.planning.plan.package import Package
from generator.python.code import Code, expression, literal, name
from generator.python.reserved import PUBLIC_NAMES, PublicName
from generator.render.texts import clients
from generator.render.texts.clients import credential_example, one_line

_WORD = 80  # The longest version that goes into a header.


def plain(text: str) -> Code:
    """Print a text in a file that is no Python: on lines of its own, without control characters."""
    return Code("".join(char for char in text if char.isprintable() or char == "\n").strip())


def package_texts(package: Package) -> dict[str, Any]:
    """Give the texts and functions that templates use besides the plan."""
    service = package.service
    functions: dict[str, Callable[..., str]] = {
        "model_doc": model_doc,
        "constants_doc": constants_doc,
        "async_doc": async_doc,
        "raw_doc": raw_doc,
        "walk_doc": walk_doc,
        "async_walk_doc": async_walk_doc,
        "scope_members": scope_members(package),
        "cell": cell,
        "deprecation": deprecation,
        "raw_method_doc": raw_method_doc,
        "call": call,
    }
    return {
        "exports": exported_names(package),
        "errors": [each for each in public_names(package) if each.module == "errors"],
        "imports": [each for each in public_names(package) if not each.is_lazy],
        "lazy_imports": [each for each in public_names(package) if each.is_lazy],
        "package_doc": f"A client for the {service.title}.\n\n{first_paragraph(service.doc)}",
        **clients.for_package(package),
        "readme_doc": first_paragraph(service.doc),
        "distribution": package.name.replace("_", "-"),
        "first_call": first_call(package),
        "first_list": first_list(package),
        "check_call": check_call(package),
        "mock_doc": mock_doc(package),
        "user_agent": f"{service.user_agent}/{re.sub(r'[^!-~]+', '-', service.version)[:_WORD]}",
        **functions,
    }


def public_names(package: Package) -> list[PublicName]:
    """Return what the package exports beside its models and the base of its errors."""
    features = package.features
    return [each for each in PUBLIC_NAMES if each.feature is None or each.feature in features]


def exported_names(package: Package) -> list[str]:
    """Return the value of the package's `__all__`."""
    models = () if package.lazy else (model.name for model in package.models)
    names = {each.name for each in public_names(package)}
    return sorted({*names, *models, package.service.error, "__version__"})


def scope_members(package: Package) -> Callable[[Operation], Code]:
    """Give a function that lists an operation's scopes as members of `Scope`."""
    members = {scope.value: name(f"Scope.{scope.name}") for scope in package.scopes}
    return lambda operation: expression(tuple(members[scope] for scope in operation.scopes))


def call(resource: Resource, operation: Operation) -> Code:
    """Write a call of a method, with the names of its arguments in the place of their values."""
    return Code(f"client.{name(resource.name)}.{name(operation.method)}({_needed(operation)})")


def check_call(package: Package) -> Code | None:
    """Write a call of the method that checks a connection, if there is one."""
    return Code(f"client.check({_needed(package.check.operation)})") if package.check else None


def _needed(operation: Operation) -> str:
    """Write the arguments that an operation cannot do without."""
    positional = [f'"{name(each.name).upper()}"' for each in operation.positional]
    keyword = [f"{name(each.name)}=..." for each in operation.keyword if each.required]
    return ", ".join([*positional, *keyword])


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


def raw_doc(class_name: str) -> str:
    """Describe the class of a resource's methods that give raw answers."""
    return f"The methods of `{class_name}`, each giving the `RawResponse`."


def raw_method_doc(resource: Resource, operation: Operation) -> str:
    """Describe a method that leaves answers as they came."""
    method = f"{resource.class_name}.{operation.method}"
    return f"{operation.short_doc}\n\nAs `{method}`, but leaves the answer as it came."


def deprecation(operation: Operation) -> Code:
    """Write the line that marks a method which the document advises against."""
    if not operation.deprecated:
        return Code("")
    mark = "deprecated" if operation.is_marked_deprecated else "warning"
    return Code(f"    @{mark}({literal(f'{operation.id} is deprecated')})")


_CONTROLS = """\
    checkpoint: Where an earlier walk is to go on: the text of its `checkpoint`.
    since: The `checkpoint` of a finished walk, whose end is where this one begins.
    overlap: How long before that end late entries are looked for. A walk that others are to \
follow with an overlap needs one as well.
    concurrency: How many slices of time are read at once; entries come in order all the same.
    on_undecodable: Whether an entry that does not fit the document raises, with the checkpoints \
before and behind it, or is given as an `UndecodedEntry`.
    **options: What any call takes; see `CallOptions`. A deadline is for the whole walk."""


def walk_doc(operation: Operation) -> str:
    """Describe a walking method."""
    arguments = [f"    {each.name}: {one_line(each.doc)}" for each in operation.walk_arguments]
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
            "    InvalidArgumentError: An argument or a checkpoint does not fit.",
        ]
    )


def async_walk_doc(resource: Resource, operation: Operation) -> str:
    """Describe an asynchronous walking method."""
    return (
        "Walk through all entries, complete or with an error.\n\n"
        f"As `{resource.class_name}.{operation.walk}`; it is not awaited, but iterated over with "
        "`async for`."
    )


_MOCK = """\
Make a transport that answers as the service would, without a network.

It checks paths, arguments, tokens and scopes, pages, sorts, and keeps to spans of time and to those
conditions of filters whose meaning is known. What it answers are the entries that it is given, else
the document's examples, under whatever ids are asked for.

```python
import httpx
from {package} import Client
from {package}.testing import mock_transport

transport = mock_transport({entries}faults=[503, None])
with Client({given}, http_client=httpx.Client(transport=transport)) as client:
    answer = {call}

transport.fail_next("timeout")
transport.fail_next(status=429, retry_after=1)
print(transport.requests)
```

Args:
    entries: Entries by the operationId of what lists them: models, mappings in wire form, or
    bytes that are given as they are, fit or not. What gives one entry finds it here as well, by
    its id.
    answers: Answers by the operationId of what does not list anything: models, mappings in wire
    form, texts or bytes, and a list of them for what is read item by item.
    faults: How the first requests fail, one by one: a `Fault`, its kind, a status, or None for one
    that does not.
{token}    base_url: The address that the client was given, if its path is not the document's.
    now: What the service's clock says; else it is the local one.

Returns:
    A transport for `httpx.Client` and `httpx.AsyncClient`.

Raises:
    InvalidArgumentError: There is no such operation or fault, or an entry does not fit."""


_MOCK_TOKEN = """\
    token: The only token that is good. Without it any one is, but a readable JWT must not be
    expired, and must have one of the scopes.
"""


def mock_doc(package: Package) -> str:
    """Describe the function that makes a transport for tests."""
    paged = [each.id for all_ in package.resources for each in all_.operations if each.pagination]
    entries = f"{{{json.dumps(paged[0])}: [...]}}, " if paged else ""
    return _MOCK.format(
        package=package.name,
        entries=entries,
        call=first_list(package) or first_call(package),
        given=credential_example(package),
        token=_MOCK_TOKEN if package.has_single_token else "",
    )
