"""The rules of differences between schemas, as `operation_rules` has the others.

Requests and responses are judged in opposite directions: widening a request is additive, and so is
narrowing a response.
"""

from __future__ import annotations

from typing import Any

from .change import additive, breaking, documentation
from .operation_rules import json_text

# Names.


@breaking
def model_renamed(new: str) -> str:
    """Programs that import the class by its old name fail with an ImportError."""
    return f"was renamed to `{new}`"


@breaking
def field_renamed(old: str, new: str) -> str:
    """The JSON is the same, but programs that read or pass the field by its old name fail."""
    return f"field `{old}` was renamed to `{new}`"


@breaking
def constant_renamed(old: str, new: str) -> str:
    """The value is the same, but programs that use the constant fail with an AttributeError."""
    return f"constant `{old}` was renamed to `{new}`"


# Requests: values that were accepted must stay accepted.


@breaking
def request_type_changed(old: str, new: str) -> str:
    """The client rejects values that programs pass today."""
    return f"accepts {new} instead of {old}"


@additive
def request_type_widened(old: str, new: str) -> str:
    """Values that were accepted before still are."""
    return f"accepts {new}, not only {old}"


@breaking
def request_value_removed(values: list[Any]) -> str:
    """Enumerations of requests are closed: the value raises an InvalidArgumentError."""
    return f"no longer accepts {_value_list(values)}"


@additive
def request_value_added(values: list[Any]) -> str:
    """Values that were accepted before still are."""
    return f"also accepts {_value_list(values)}"


@breaking
def request_constraint_tightened(keyword: str, old: Any, new: Any) -> str:
    """Values that were accepted before are rejected.

    A changed pattern counts as tightened, because patterns cannot be compared.
    """
    return f"{keyword} is {json_text(new)}" + (
        "" if old is None else f" instead of {json_text(old)}"
    )


@additive
def request_constraint_loosened(keyword: str, old: Any, new: Any) -> str:
    """Values that were accepted before still are."""
    return f"{keyword} {json_text(old)} " + (
        "was removed" if new is None else f"is now {json_text(new)}"
    )


@additive
def request_property_added(name: str) -> str:
    """Programs that do not set the field send the same request as before."""
    return f"new optional field `{name}`"


@breaking
def request_property_removed(name: str) -> str:
    """Programs that set the field get a TypeError, or an InvalidArgumentError for a mapping."""
    return f"field `{name}` was removed"


@breaking
def request_property_required(name: str) -> str:
    """The client rejects values without the field."""
    return f"field `{name}` is now required"


@additive
def request_property_optional(name: str) -> str:
    """Existing programs set the field and keep working."""
    return f"field `{name}` is now optional"


@breaking
def request_property_read_only(name: str) -> str:
    """Programs that send the field send a value that the service ignores or rejects."""
    return f"field `{name}` is now read-only"


@additive
def request_property_writable(name: str) -> str:
    """Programs that do not set the field send the same request as before."""
    return f"field `{name}` is no longer read-only"


# Responses: what programs read must stay available.


@breaking
def success_added(status: str, types: str) -> str:
    """The method may return a value of another type, which programs do not expect."""
    return f"may respond with {status}, so the method may return {types} as well"


@additive
def status_added(status: str) -> str:
    """An undocumented error raised an exception before; now its body is decoded as well."""
    return f"may respond with {status}"


@breaking
def success_removed(status: str) -> str:
    """The method returns something else for that status code."""
    return f"no longer responds with {status}"


@breaking
def error_removed(status: str) -> str:
    """An `except` for the error is never reached, or its body is no longer decoded."""
    return f"no longer documents the response {status}"


@breaking
def media_type_removed(status: str, media_type: str) -> str:
    """Programs that read the body in this media type no longer receive it."""
    return f"response {status} is no longer {media_type}"


@additive
def media_type_added(status: str, media_type: str) -> str:
    """The media types that programs read today are still sent."""
    return f"response {status} may be {media_type}"


@breaking
def response_type_changed(old: str, new: str) -> str:
    """Programs read a value of another type, and their type annotations are wrong."""
    return f"is {new} instead of {old}"


@breaking
def media_type_preferred(status: str, old: str, new: str) -> str:
    """Programs receive the body in another media type, which is decoded to another type."""
    return f"response {status} is requested as {new} rather than {old}"


@additive
def response_type_narrowed(old: str, new: str) -> str:
    """Every value of the new type was possible before."""
    return f"is {new}, no longer {old}"


@additive
def response_value_added(values: list[Any]) -> str:
    """Enumerations of responses are open: the value was possible before and now has a name."""
    return f"may be {_value_list(values)}"


@breaking
def response_value_removed(values: list[Any]) -> str:
    """Programs that use the constant fail with an AttributeError."""
    return f"is no longer documented as {_value_list(values)}"


@additive
def response_property_added(name: str) -> str:
    """Existing fields are unchanged; before, the new field was in `extra` if it was sent."""
    return f"new field `{name}`"


@additive
def response_opened() -> str:
    """Objects that have none of the fields are decoded as well; before, they raised an error."""
    return "may be an object of other fields alone"


@breaking
def response_closed() -> str:
    """Objects that have none of the fields raise a ResponseDecodeError."""
    return "must have one of its fields"


@breaking
def response_property_removed(name: str) -> str:
    """Programs that read the field fail with an AttributeError."""
    return f"field `{name}` was removed"


@breaking
def response_property_write_only(name: str) -> str:
    """Responses no longer have the field, so programs that read it get None."""
    return f"field `{name}` is now write-only"


@additive
def response_property_readable(name: str) -> str:
    """Programs do not read the field yet, because responses did not have it."""
    return f"field `{name}` is no longer write-only"


@breaking
def response_property_optional(name: str) -> str:
    """Programs that rely on the field may read None, and type checkers report them."""
    return f"field `{name}` may be missing"


@additive
def response_property_required(name: str) -> str:
    """Programs that handle None keep working."""
    return f"field `{name}` is always present"


@documentation
def response_constraint_changed(keyword: str) -> str:
    """Constraints of responses are not enforced, so the same bytes are decoded alike."""
    return f"{keyword} changed"


@breaking
def header_removed(name: str) -> str:
    """Programs that read the header by its attribute fail with an AttributeError."""
    return f"header `{name}` was removed"


@additive
def header_added(name: str) -> str:
    """Existing programs do not read the new attribute."""
    return f"new header `{name}`"


# Unions.


@breaking
def discriminator_changed(old: str, new: str) -> str:
    """The same JSON is decoded as another class, or validated by another schema."""
    return f"the discriminator reads {new} instead of {old}"


@additive
def discriminator_value_added(values: list[Any]) -> str:
    """The values that were known before select the same classes."""
    return f"the discriminator also maps {_value_list(values)}"


# Requests and responses.


@additive
def property_deprecated(name: str) -> str:
    """The field keeps working. Semver requires a minor version."""
    return f"field `{name}` is deprecated"


@additive
def sensitivity_changed(name: str, *, sensitive: bool) -> str:
    """Only the output of `repr` changes; the value is still in the field."""
    return f"`repr` {'hides' if sensitive else 'shows'} field `{name}`"


def _value_list(values: list[Any]) -> str:
    return ", ".join(json_text(value) for value in values)
