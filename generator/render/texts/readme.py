"""Values of the README's chapters: example calls, fields and arguments."""

from __future__ import annotations

import json
from typing import Any

from ...document.json_values import parse_pointer
from ...planning.plan.operations import Listing, Operation, Resource
from ...planning.plan.package import Package
from ...python.code import Code, expression, name
from .clients import credential_example
from .errors import documented_errors


def readme_texts(package: Package) -> dict[str, Any]:
    """Return the values that the chapters of the README use besides the plan."""
    values: dict[str, Any] = {
        "stream_call": None,
        "documented_errors": documented_errors(package.features),
        "credential_test": Code(credential_example(package, "test")),
        **_first_calls(package),
        "archive": _archive_texts(package),
        "list_call": None,
        **_first_follow(package),
    }
    listed = _first_list(package)
    if listed is None:
        return values
    resource, operation, listing = listed
    has_example = listing.filter and listing.filter_example is not None

    def walk_with(arguments: str) -> Code:
        return example_call(resource, operation.walk, operation, arguments)

    return values | {
        "list_call": example_call(resource, operation.method, operation),
        "walk_call": example_call(resource, operation.walk, operation),
        "walk_method": name(operation.walk),
        "walk_with": walk_with,
        "list_entries": Code(f"{{{json.dumps(operation.id)}: [...]}}"),
        "entry_fields": _entry_fields(package, operation, listing),
        "is_by_time": listing.is_by_time,
        "walk_order": listing.walk_order,
        "oldest_first": Code(', order="oldest"' if "oldest" in listing.walk_order else ""),
        "filter": name(listing.filter) if listing.filter else None,
        "filter_example": expression(listing.filter_example) if has_example else None,
    }


def _archive_texts(package: Package) -> dict[str, Any] | None:
    """Return the values of the chapter on archives, or None without it."""
    if package.archived_list is None:
        return None
    resource, operation = package.archived_list
    usages = [text for each in package.commands for kind, text in each.usages if kind == "export"]
    words = usages[0].split()
    walk = "" if operation.walk == "walk" else f".{name(operation.walk)}"
    token = package.token_variable
    return {
        "command": Code(package.command),
        "usage": Code(" ".join(words)),
        "words": Code(", ".join(words)),
        "attribute": Code(f"{access(resource)}{walk}"),
        "quoted": Code(required_arguments(operation)),
        "variables": [token] if token else [*package.credential_variables],
        "has_token": bool(token),
    }


def example_call(resource: Resource, method: str, operation: Operation, further: str = "") -> Code:
    """Return an example call, with placeholders named after the required arguments.

    Args:
        resource: The resource.
        method: The method to call: that of the operation, or one that walks through its pages.
        operation: The operation.
        further: Further arguments, as Python source.
    """
    arguments = ", ".join(filter(None, [required_arguments(operation), further]))
    return Code(f"client.{access(resource)}.{name(method)}({arguments})")


def access(resource: Resource) -> Code:
    """Return the attributes that lead to a resource from the client."""
    return Code(".".join(name(each) for each in resource.access.split(".")))


def required_arguments(operation: Operation) -> str:
    """Return the required arguments of an operation, with placeholders for their values."""
    positional = [f'"{name(each.name).upper()}"' for each in operation.positional]
    keyword = [f"{name(each.name)}=..." for each in operation.keyword if each.required]
    return ", ".join([*positional, *keyword])


def _first_calls(package: Package) -> dict[str, Code]:
    """Return example calls of the first GET operation without pagination, if any."""
    calls = [(each, operation) for each in package.resources for operation in each.operations]
    streams = [example_call(each, one.method, one) for each, one in calls if one.is_stream]
    stream: dict[str, Code] = {"stream_call": streams[0]} if streams else {}
    calls.sort(
        key=lambda each: (
            each[1].is_stream,
            each[1].http_method != "GET",
            each[1].pagination is not None,
        )
    )
    if not calls:
        names = ("first_call", "first_raw_call", "first_patient_call", "first_deadline_call")
        return dict.fromkeys(names, Code("..."))
    resource, operation = calls[0]
    call = example_call(resource, operation.method, operation)
    raw = f"client.{access(resource)}.with_raw_response."
    return {
        **stream,
        "first_call": call,
        "first_raw_call": Code(call.replace(f"client.{access(resource)}.", raw, 1)),
        "first_patient_call": Code(call.replace("client.", "patient.", 1)),
        "first_deadline_call": example_call(resource, operation.method, operation, "deadline=60"),
    }


def _first_list(package: Package) -> tuple[Resource, Operation, Listing] | None:
    """Return the first paginated operation, preferably one with a time span."""
    found = [
        (resource, operation, operation.listing)
        for resource in package.resources
        for operation in resource.operations
        if operation.listing is not None
    ]
    found.sort(key=lambda each: not each[2].is_by_time)
    return found[0] if found else None


def _first_follow(package: Package) -> dict[str, Any]:
    """Return the values of the chapter on new entries, from the first list that has them."""
    for resource in package.resources:
        for operation in resource.operations:
            if operation.follow and operation.listing:
                start = "interval=30, since=saved.read_text() if saved.exists() else None"
                return {
                    "follow_method": name(operation.follow),
                    "follow_call": example_call(resource, operation.follow, operation, start),
                    "follow_fields": _entry_fields(package, operation, operation.listing),
                }
    return {"follow_method": None}


def _entry_fields(package: Package, operation: Operation, listing: Listing) -> Code:
    """Return the expressions of an entry's timestamp and id; the entry itself without them."""
    models = {f"models.{each.name}": each for each in package.models}
    model = models.get(str(operation.returns))
    names = {field.wire_name: field.name for field in model.fields} if model else {}
    steps = [parse_pointer(each) for each in (listing.time, listing.id) if each]
    fields = [names[step[0]] for step in steps if len(step) == 1 and step[0] in names]
    return Code(", ".join(f"entry.{name(each)}" for each in fields) or "entry")
