"""Rules for differences between operations, with their effects on users.

The docstring of a rule is its reason. Other modules find the differences.
"""

from __future__ import annotations

import json
from typing import Any

from .change import additive, breaking, documentation


def json_text(value: Any) -> str:
    """Return a value of a document as JSON, for a message."""
    return json.dumps(value, ensure_ascii=False)


# The service as a whole.


@breaking
def server_changed(old: str, new: str) -> str:
    """Programs without a `base_url` send their requests, and their token, to another server."""
    return f"requests go to {new or 'no server'} instead of {old or 'none'}"


@breaking
def server_value_removed(values: str) -> str:
    """Programs that pass the value for the variable fail type checks and reach no server."""
    return f"no longer accepts {values}"


@additive
def server_value_added(values: str) -> str:
    """Programs that pass one of the earlier values reach the same server as before."""
    return f"also accepts {values}"


@breaking
def environment_renamed(old: str, new: str) -> str:
    """The token and the URL are read from other environment variables, which are not set."""
    return f"environment variables start with {new} instead of {old}"


@breaking
def error_class_renamed(old: str, new: str) -> str:
    """Programs that import the base class of all errors fail with an ImportError."""
    return f"the base class of all errors is `{new}` instead of `{old}`"


@documentation
def user_agent_changed(old: str, new: str) -> str:
    """Only the logs of the service show the User-Agent header."""
    return f"the User-Agent is {new} instead of {old}"


@documentation
def text_changed(what: str) -> str:
    """Descriptions and examples do not change the behavior of programs."""
    return f"{what} changed"


# Operations.


@additive
def operation_added(request: str) -> str:
    """Existing programs do not call the new method."""
    return f"added: {request}"


@breaking
def operation_removed(request: str) -> str:
    """Programs that call the method fail with an AttributeError."""
    return f"removed: {request}"


@breaking
def operation_renamed(new: str) -> str:
    """Programs that call the old name fail with an AttributeError.

    The keys of scopes and of the entries of a mock change with the name.
    """
    return f"was renamed to `{new}`"


@breaking
def path_changed(old: str, new: str) -> str:
    """Requests go to another path, which older installations, proxies and mocks reject."""
    return f"path {old} is now {new}"


@breaking
def method_changed(old: str, new: str) -> str:
    """Another HTTP method is another request, and whether it is retried may change as well."""
    return f"method {old} is now {new}"


@additive
def operation_deprecated() -> str:
    """Calls keep working, but editors mark them. Semver requires a minor version."""
    return "is now deprecated"


@documentation
def deprecation_lifted() -> str:
    """Programs that still call the method need no change."""
    return "is no longer deprecated"


# Security.


@breaking
def security_narrowed(gone: str) -> str:
    """The service rejects a token that was sufficient before."""
    return f"no longer sufficient: {gone}"


@breaking
def security_dropped(gone: str) -> str:
    """The client no longer sends the token, which the service may still require.

    Most such documents omit `security` by mistake. A service without it can say so: `[{...}, {}]`.
    """
    return f"no longer sends {gone}"


@additive
def security_widened(new: str) -> str:
    """More tokens are sufficient than before."""
    return f"now sufficient as well: {new}"


@breaking
def security_scheme_changed(old: str, new: str) -> str:
    """Programs have to authenticate in another way."""
    return f"{old} is now {new}"


@breaking
def token_url_changed(old: str, new: str) -> str:
    """Programs send their client secret to another server, or can no longer fetch tokens."""
    return f"tokens are fetched from {new or 'no URL'} instead of {old}"


@additive
def token_url_added(new: str) -> str:
    """Programs that pass a token themselves keep working; clients can now fetch tokens as well."""
    return f"tokens can be fetched from {new}"


@additive
def scope_added() -> str:
    """`Scope` has one more member."""
    return "is a new scope"


@breaking
def scope_removed() -> str:
    """Programs that use the member of `Scope` fail with an AttributeError."""
    return "is no longer a scope"


# Arguments.


@additive
def parameter_added(name: str) -> str:
    """Calls without the argument send the same request as before."""
    return f"new optional argument `{name}`"


@breaking
def required_parameter_added(name: str) -> str:
    """Existing calls do not pass the argument and fail with a TypeError."""
    return f"new required argument `{name}`"


@breaking
def parameter_removed(name: str) -> str:
    """Calls that pass the argument fail with a TypeError."""
    return f"argument `{name}` was removed"


@breaking
def parameter_renamed(old: str, new: str) -> str:
    """Calls that pass the old argument fail with a TypeError."""
    return f"argument `{old}` was replaced by `{new}`"


@breaking
def parameter_moved(name: str, old: str, new: str) -> str:
    """The value is sent in another location or under another name.

    Servers that do not know the new document, for example older installations, do not find it.
    """
    return f"argument `{name}` is sent as {new} instead of {old}"


@breaking
def argument_renamed(old: str, new: str) -> str:
    """The request is the same, but calls that pass the argument by name fail with a TypeError."""
    return f"argument `{old}` was renamed to `{new}`"


@breaking
def parameter_required(name: str) -> str:
    """Calls without the argument fail with a TypeError."""
    return f"argument `{name}` is now required"


@additive
def parameter_optional(name: str) -> str:
    """Existing calls pass the argument and keep working."""
    return f"argument `{name}` is now optional"


@breaking
def default_changed(name: str, old: Any, new: Any) -> str:
    """Calls without the argument silently request something else."""
    return f"the default of `{name}` is {json_text(new)} instead of {json_text(old)}"


@documentation
def default_stated(name: str, new: Any) -> str:
    """The document now states the default that the server has used before."""
    return f"the default of `{name}` is {json_text(new)}"


@breaking
def parameter_style_changed(name: str) -> str:
    """The same value is encoded differently; only a server that changed as well can read it."""
    return f"argument `{name}` is encoded differently"


@additive
def parameter_deprecated(name: str) -> str:
    """Calls that pass the argument keep working. Semver requires a minor version."""
    return f"argument `{name}` is deprecated"


# Request bodies.


@additive
def body_added() -> str:
    """Existing calls send no request body and keep working."""
    return "takes an optional request body"


@breaking
def required_body_added() -> str:
    """Existing calls pass no request body and fail with a TypeError."""
    return "takes a required request body"


@breaking
def body_removed() -> str:
    """Calls that pass a request body fail with a TypeError."""
    return "no longer takes a request body"


@breaking
def body_required() -> str:
    """Calls without a request body fail with a TypeError."""
    return "the request body is now required"


@additive
def body_optional() -> str:
    """Existing calls pass a request body and keep working."""
    return "the request body is now optional"


@additive
def body_media_type_added(media_type: str) -> str:
    """Request bodies that were accepted before still are."""
    return f"the request body may be {media_type}"


@breaking
def body_media_type_removed(media_type: str) -> str:
    """Request bodies of this media type are rejected, or sent to a server that cannot read them."""
    return f"the request body may no longer be {media_type}"


@breaking
def body_default_changed(old: str, new: str) -> str:
    """Calls without `content_type` send the request body in another media type."""
    return f"the request body is sent as {new} rather than {old} by default"


@breaking
def body_encoding_changed(media_type: str) -> str:
    """The same values are encoded differently; only a server that changed as well can read them."""
    return f"fields of {media_type} are encoded differently"


# Pagination.


@breaking
def pagination_added() -> str:
    """The method returns a page instead of an object, so its fields have moved."""
    return "is now paginated"


@breaking
def pagination_removed() -> str:
    """The method no longer returns a page, and its walk method is removed."""
    return "is no longer paginated"


@breaking
def pagination_changed(what: str) -> str:
    """Loops over pages may return other entries: pages are requested or read differently."""
    return f"pagination: {what} changed"


@breaking
def walk_renamed(old: str, new: str) -> str:
    """Programs that call the method that walks or follows fail with an AttributeError."""
    return f"the method `{old}` is now `{new}`" if new else f"the method `{old}` is removed"


@additive
def walk_changed(what: str) -> str:
    """Walks request the same entries in another way; the methods that programs call stay."""
    return f"walks: {what} changed"
