"""Every kind of difference, with what it means to users and why.

A rule's docstring is its reasoning. What looks for the differences is in the other modules.
"""

from __future__ import annotations

import json
from typing import Any

from generator.diff.change import Impact, rule

_breaking = rule(Impact.BREAKING)
_additive = rule(Impact.ADDITIVE)
_documentation = rule(Impact.DOCUMENTATION)


def shown(value: Any) -> str:
    """Write a value of a document in a message."""
    return json.dumps(value, ensure_ascii=False)


# The service as a whole.


@_breaking
def server_changed(old: str, new: str) -> str:
    """Programs that give no address send their requests, and their token, somewhere else."""
    return f"requests go to {new or 'no address'} instead of {old or 'none'}"


@_breaking
def environment_renamed(old: str, new: str) -> str:
    """The token and the address are looked for in variables that nobody has set."""
    return f"environment variables begin with {new} instead of {old}"


@_breaking
def error_class_renamed(old: str, new: str) -> str:
    """Every `except` that names the base of all errors fails to import it."""
    return f"the base of all errors is `{new}` instead of `{old}`"


@_documentation
def user_agent_changed(old: str, new: str) -> str:
    """Only logs of the service show how a client introduces itself."""
    return f"the client introduces itself as {new} instead of {old}"


@_documentation
def text_changed(what: str) -> str:
    """Texts and examples change what people read, not what programs do."""
    return f"{what} changed"


# Operations.


@_additive
def operation_added(request: str) -> str:
    """Programs that do not know the method do not miss it."""
    return f"new: {request}"


@_breaking
def operation_removed(request: str) -> str:
    """Programs that call the method fail with an AttributeError."""
    return f"gone: {request}"


@_breaking
def operation_renamed(new: str) -> str:
    """The name that programs call is gone.

    So are the keys under which they look up scopes and give entries to a mock.
    """
    return f"is now `{new}`"


@_breaking
def path_changed(old: str, new: str) -> str:
    """Requests go elsewhere: installations, proxies and mocks that know the old path refuse."""
    return f"path {old} is now {new}"


@_breaking
def method_changed(old: str, new: str) -> str:
    """Another method is another request, and may be retried when the old one was not, or not so."""
    return f"{old} is now {new}"


@_additive
def operation_deprecated() -> str:
    """Calls go on as before, but are marked in editors. Semver asks for a minor version."""
    return "is now deprecated"


@_documentation
def deprecation_lifted() -> str:
    """Whoever went on using it was right to do so."""
    return "is no longer deprecated"


# Who may.


@_breaking
def security_narrowed(gone: str) -> str:
    """A token that was good enough is refused now."""
    return f"no longer enough: {gone}"


@_additive
def security_widened(new: str) -> str:
    """More tokens are good enough than before."""
    return f"is enough as well now: {new}"


@_breaking
def security_scheme_changed(old: str, new: str) -> str:
    """Programs have to prove in another way who they are."""
    return f"{old} is now {new}"


@_additive
def scope_added() -> str:
    """One more member of `Scope`."""
    return "is a new scope"


@_breaking
def scope_removed() -> str:
    """Programs that name the member of `Scope` fail with an AttributeError."""
    return "is no scope any more"


# Arguments.


@_additive
def parameter_added(name: str) -> str:
    """Calls that do not give it go out as before."""
    return f"takes a new argument `{name}`"


@_breaking
def required_parameter_added(name: str) -> str:
    """No existing call gives it, so each fails with a TypeError."""
    return f"needs a new argument `{name}`"


@_breaking
def parameter_removed(name: str) -> str:
    """Calls that give it fail with a TypeError."""
    return f"argument `{name}` is gone"


@_breaking
def parameter_renamed(old: str, new: str) -> str:
    """Calls that give the old argument fail with a TypeError."""
    return f"argument `{old}` is now `{new}`"


@_breaking
def parameter_moved(name: str, old: str, new: str) -> str:
    """The value goes out in another place or under another name.

    What does not know the new document, such as an older installation, does not find it there.
    """
    return f"argument `{name}` goes out as {new} instead of {old}"


@_breaking
def argument_renamed(old: str, new: str) -> str:
    """The request is the same, but calls that give the argument by name fail with a TypeError."""
    return f"argument `{old}` is called `{new}`"


@_breaking
def parameter_required(name: str) -> str:
    """Calls that leave it out fail with a TypeError."""
    return f"argument `{name}` is required now"


@_additive
def parameter_optional(name: str) -> str:
    """Calls that give it go on giving it."""
    return f"argument `{name}` may be left out"


@_breaking
def default_changed(name: str, old: Any, new: Any) -> str:
    """Calls that leave the argument out ask for something else, and nothing tells them."""
    return f"without `{name}` the server takes {shown(new)} instead of {shown(old)}"


@_documentation
def default_stated(name: str, new: Any) -> str:
    """What the server did all along is written down."""
    return f"without `{name}` the server takes {shown(new)}"


@_breaking
def parameter_style_changed(name: str) -> str:
    """The same value goes out in another notation; only a server that changed as well reads it."""
    return f"argument `{name}` is written in another way"


@_additive
def parameter_deprecated(name: str) -> str:
    """Calls that give it go on working. Semver asks for a minor version."""
    return f"argument `{name}` is deprecated"


# Bodies of requests.


@_additive
def body_added() -> str:
    """Calls that send no body go on without one."""
    return "may have a body"


@_breaking
def required_body_added() -> str:
    """No existing call gives one, so each fails with a TypeError."""
    return "needs a body"


@_breaking
def body_removed() -> str:
    """Calls that give one fail with a TypeError."""
    return "takes no body any more"


@_breaking
def body_required() -> str:
    """Calls that leave it out fail with a TypeError."""
    return "the body is required now"


@_additive
def body_optional() -> str:
    """Calls that give it go on giving it."""
    return "the body may be left out"


@_additive
def body_media_type_added(media_type: str) -> str:
    """The body that was good before still is."""
    return f"the body may be {media_type}"


@_breaking
def body_media_type_removed(media_type: str) -> str:
    """Calls that give a body of this kind are refused, or send what nobody reads."""
    return f"the body may not be {media_type} any more"


@_breaking
def body_encoding_changed(media_type: str) -> str:
    """The same values go out in another notation; only a server that changed as well reads them."""
    return f"members of {media_type} are written in another way"


# Lists with pages.


@_breaking
def pagination_added() -> str:
    """What was one object is a page now: its fields are elsewhere, and iterating reads on."""
    return "gives pages now"


@_breaking
def pagination_removed() -> str:
    """Pages, walks and all that programs do with them are gone."""
    return "gives no pages any more"


@_breaking
def pagination_changed(what: str) -> str:
    """How pages are asked for and read decides what a loop over them gives."""
    return f"pages: {what} changed"


@_additive
def walk_changed(what: str) -> str:
    """Walks take another way through the same entries; what programs call stays."""
    return f"walks: {what} changed"
