"""Docstrings and examples of a package, and values of its templates."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from ...config import PROGRAM
from ...planning.plan.models import Enumeration, Model, TypedMapping
from ...planning.plan.operations import Operation, Resource
from ...planning.plan.package import Package
from ...planning.types.division import shared_module
from ...python import names
from ...python.code import Code, expression, literal, name, words
from ...python.reserved import PUBLIC_NAMES, PublicName
from . import clients, markdown
from .clients import (
    credential_example,
    one_line,
    service_name,
    with_paragraph,
)
from .readme import example_call, readme_texts, required_arguments
from .spark import spark_texts
from .walks import (
    async_follow_doc,
    async_walk_doc,
    follow_doc,
    walk_doc,
)

_WORD = re.compile(r"\w+")
_LONGEST_VERSION = 80  # characters, in the User-Agent header


def plain(text: str) -> Code:
    """Return a text for a file that is not Python: without control characters."""
    return Code("".join(char for char in text if char.isprintable() or char == "\n").strip())


def package_texts(package: Package) -> dict[str, Any]:
    """Return the texts and functions that templates use besides the plan."""
    service = package.service
    version = re.sub(r"[^!-~]+", "-", service.version)[:_LONGEST_VERSION]
    readme = readme_texts(package)
    functions: dict[str, Callable[..., str]] = {
        "mapping_doc": mapping_doc,
        "model_doc": model_docs(package),
        "constants_doc": constants_docs(package),
        "async_doc": async_doc,
        "raw_doc": raw_doc,
        "walk_doc": walk_doc,
        "async_walk_doc": async_walk_doc,
        "follow_doc": follow_doc,
        "async_follow_doc": async_follow_doc,
        "scope_members": scope_members(package),
        "scope_names": scope_names(package),
        "cell": cell,
        "deprecation": deprecation,
        "raw_method_doc": raw_method_doc,
        "call": call,
    }
    return {
        "exports": exported_names(package),
        "exported_models": exported_models(package),
        "errors": [each for each in public_names(package) if each.module == "errors"],
        "imports": public_names(package),
        "published": [
            each for each in public_names(package) if each.is_class and not each.publishes_itself
        ],
        "divided_models": [(each.name, each.names) for each in package.modules if each.names],
        "divided_constants": [
            (each.name, sorted(it for one in each.enumerations for it in (one.name, *one.aliases)))
            for each in package.modules
            if each.enumerations
        ],
        "shared_module": shared_module(package),
        "exports_by_module": exports_by_module(package),
        "package_doc": (
            f"Typed client for {service_name(package)}.\n\n{first_paragraph(service.doc)}"
        ),
        **clients.for_package(package),
        **readme,
        **spark_texts(package),
        "readme_doc": first_paragraph(service.doc),
        "distribution": package.name.replace("_", "-"),
        "program": PROGRAM,
        "check_call": check_call(package),
        **command_usages(package),
        "command_doc": f"Command line of {service_name(package)}.",
        "token_variable": package.token_variable,
        "credential_variables": expression(package.credential_variables),
        "mock_doc": mock_doc(package, readme["list_call"] or readme["first_call"]),
        "user_agent": f"{service.user_agent}/{version}",
        **functions,
    }


def command_usages(package: Package) -> dict[str, Any]:
    """Return the usages of the commands of the first resource, and of those that archive."""
    usages = [usage for each in package.commands for usage in each.usages]
    own = package.commands[0].usages if package.commands else ()
    return {
        "command_usages": [text for kind, text in own if kind not in {"export", "follow"}],
        "export_usage": next((text for kind, text in usages if kind == "export"), ""),
        "follow_usage": next((text for kind, text in usages if kind == "follow"), ""),
    }


def public_names(package: Package) -> list[PublicName]:
    """Return the exports of the package, except its models and the base class of its errors.

    A name that is not reserved belongs to the model of that name, if there is one.
    """
    features, models = package.features, exported_models(package)
    return [
        each
        for each in PUBLIC_NAMES
        if (each.feature is None or each.feature in features) and each.name not in models
    ]


def exported_models(package: Package) -> list[str]:
    """Return the classes of the document that the package itself exports, and their aliases."""
    found = [each.name for each in package.models] + [each.name for each in package.mappings]
    classes = {*found}
    for alias in package.aliases:
        if alias.annotation in classes:
            found.append(alias.name)
            classes.add(alias.name)
    return found


def exported_names(package: Package) -> list[str]:
    """Return the value of the package's `__all__`."""
    names = [each.name for each in public_names(package)]
    return sorted({*names, *exported_models(package), package.service.error, "__version__"})


def exports_by_module(package: Package) -> list[tuple[str, Code]]:
    """Return the exported names by the module that defines them; a model precedes other names."""
    found = {"models": exported_models(package), "errors": [package.service.error]}
    for each in public_names(package):
        found.setdefault(each.module, []).append(each.name)
    return [(module, expression(tuple(names))) for module, names in found.items() if names]


def scope_members(package: Package) -> Callable[[Operation], Code]:
    """Return a function that writes an operation's scopes as members of `Scope`."""
    members = {scope.value: name(f"Scope.{scope.name}") for scope in package.scopes}
    return lambda operation: expression(tuple(members[scope] for scope in operation.scopes))


def scope_names(package: Package) -> Callable[[Operation], Code]:
    """Return a function that writes the names of an operation's scopes as one string.

    Type checkers take a third of the time for it that they take for members of `Scope`.
    """
    members = {scope.value: scope.name for scope in package.scopes}
    return lambda operation: words(members[scope] for scope in operation.scopes)


def call(resource: Resource, operation: Operation, method: str = "") -> Code:
    """Return an example call of a method, with placeholders named after its arguments.

    Args:
        resource: The resource.
        operation: The operation.
        method: The method, if it is not that of the operation but walks through its pages.
    """
    return example_call(resource, method or operation.method, operation)


def check_call(package: Package) -> Code | None:
    """Return an example call of the connection check, or None."""
    return (
        Code(f"client.check({required_arguments(package.check.operation)})")
        if package.check
        else None
    )


def cell(text: str) -> Code:
    """Return a text as a code span for a table cell in Markdown."""
    return Code(markdown.in_table(f"`{plain(one_line(text)).replace('`', '')}`"))


def first_paragraph(text: str) -> str:
    """Return a text up to its first blank line."""
    return text.strip().split("\n\n")[0]


def model_docs(package: Package) -> Callable[[Model], str]:
    """Return a function that returns the docstring of a model, with its fields."""
    uses = _uses(package)

    def model_doc(model: Model) -> str:
        text = model.doc or uses.get(model.name) or _fields(model)
        described = [f"    {each.name}: {one_line(each.doc)}" for each in model.fields if each.doc]
        return "\n".join([text, "", "Attributes:", *described]) if described else text

    return model_doc


def _uses(package: Package) -> dict[str, str]:
    """Return a use of each class: in a method, else in another class.

    Of several it is the shortest text, which stays when the document gains another operation.
    """
    in_methods: dict[str, str] = {}
    in_classes: dict[str, str] = {}

    def use(found: dict[str, str], annotation: str, text: str) -> None:
        for class_name in _WORD.findall(annotation):
            found[class_name] = names.shortest((text, found.get(class_name, text)))

    for resource in package.resources:
        for operation in resource.operations:
            method = f"`{resource.access}.{operation.method}()`"
            kind = "Entry" if operation.pagination else "Response"
            use(in_methods, operation.returns, f"{kind} of {method}.")
            for argument in (*operation.positional, *operation.keyword):
                text = f"Object in the argument `{argument.name}` of {method}."
                use(in_methods, argument.annotation, text)
    for model in package.models:
        for field in model.fields:
            text = f"Object in the field `{field.name}` of `{model.name}`."
            use(in_classes, field.annotation, text)
    return in_classes | in_methods


def _fields(model: Model) -> str:
    """Return a sentence with the first fields of a model."""
    listed = [f"`{each.name}`" for each in model.fields[:5]]
    more = f" and {len(model.fields) - 5} more" if len(model.fields) > 5 else ""
    return f"Object with {', '.join(listed)}{more}." if listed else "Object without fields."


def mapping_doc(mapping: TypedMapping) -> str:
    """Return the docstring of a mapping."""
    return f"Mapping with the JSON names of `{mapping.model}`."


def constants_docs(package: Package) -> Callable[[Enumeration], str]:
    """Return a function that returns the docstring of an enumeration."""
    uses = _uses(package)

    def constants_doc(enumeration: Enumeration) -> str:
        use = uses.get(enumeration.name, f"Object of `{enumeration.name}`.")
        return enumeration.doc or f"Values {use.removeprefix('Object ')}"

    return constants_doc


def async_doc(operation: Operation) -> str:
    """Return the docstring of an asynchronous method."""
    how = "Await it to get the first page, or iterate over all entries with `async for`."
    return with_paragraph(operation.doc, how) if operation.pagination else operation.doc


def raw_doc(class_name: str) -> str:
    """Return the docstring of the class with the methods that return raw responses."""
    return f"Methods of `{class_name}` that return a `RawResponse`."


def raw_method_doc(resource: Resource, operation: Operation) -> str:
    """Return the docstring of a method that returns the raw response."""
    method = f"{resource.class_name}.{operation.method}"
    return f"{operation.short_doc}\n\nSame as `{method}`, but returns a `RawResponse`."


def deprecation(operation: Operation) -> Code:
    """Return the decorator of a deprecated method, or an empty line."""
    if not operation.deprecated:
        return Code("")
    decorator = "deprecated" if operation.is_marked_deprecated else "warning"
    return Code(f"    @{decorator}({literal(f'{operation.id} is deprecated')})")


_MOCK = """\
Return a transport that responds like the service, without a network.

It validates paths, arguments, tokens and scopes, paginates, sorts, and applies time spans and
documented filter conditions. Without `entries`, it returns the examples in the OpenAPI document,
for any ID.

```python
import {http}
from {package} import Client
from {package}.testing import mock_transport

transport = mock_transport({entries}faults=[503, None])
with Client({credentials}, http_client={http}.Client(transport=transport)) as client:
    response = {call}

transport.fail_next("timeout")
transport.fail_next(status=429, retry_after=1)
print(transport.requests)
```

Args:
    entries: The entries of each paginated operation, by operationId: models, mappings with JSON
    names, or bytes, which are returned without validation. Operations that return a single entry
    look it up here by its ID. Call `transport.add(entry)` and `transport.remove(entry)` to change
    the entries during a walk.
    answers: The response body of each other operation, by operationId: a model, a mapping with
    JSON names, a string or bytes, or a list of them for a stream.
    faults: The faults of the first requests, in order: a `Fault`, its kind, a status code, or None
    for a success.
{token}    base_url: The base URL of the client, if its path differs from the documented one.
    now: The time of the service's clock. Default: the local clock.

Returns:
    A transport for `{http}.Client` and `{http}.AsyncClient`, and for those of {other}.

Raises:
    InvalidArgumentError: An operation or fault is unknown, or an entry is invalid."""


_MOCK_TOKEN = """\
    token: The only valid token. By default every token is valid, except a JWT that is expired or
    has insufficient scopes.
"""


def mock_doc(package: Package, call: Code) -> str:
    """Return the docstring of the function that returns the mock transport.

    Args:
        package: The plan.
        call: The example call.
    """
    paged = [each.id for all_ in package.resources for each in all_.operations if each.pagination]
    entries = f"{{{json.dumps(paged[0])}: [...]}}, " if paged else ""
    return _MOCK.format(
        package=package.name,
        http=package.http,
        other=package.other_http,
        entries=entries,
        call=call,
        credentials=credential_example(package),
        token=_MOCK_TOKEN if package.has_single_token else "",
    )
