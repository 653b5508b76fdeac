"""Every kind of difference between schemas, as `catalogue` has the others.

Requests and answers are judged the other way around: a request may be widened, an answer narrowed.
"""

from __future__ import annotations

from typing import Any

from generator.diff.catalogue import shown
from generator.diff.change import Impact, rule

_breaking = rule(Impact.BREAKING)
_additive = rule(Impact.ADDITIVE)
_documentation = rule(Impact.DOCUMENTATION)


# Names.


@_breaking
def model_renamed(new: str) -> str:
    """Programs that import the class by its old name fail."""
    return f"is called `{new}` now"


@_breaking
def field_renamed(old: str, new: str) -> str:
    """The wire is the same, but programs that read or give the field by its old name fail."""
    return f"field `{old}` is called `{new}`"


@_breaking
def constant_renamed(old: str, new: str) -> str:
    """The value is the same, but programs that name the constant fail with an AttributeError."""
    return f"constant `{old}` is called `{new}`"


# Requests: whatever was accepted must go on being accepted.


@_breaking
def request_type_changed(old: str, new: str) -> str:
    """Values that programs give today are refused before anything is sent."""
    return f"takes {new} instead of {old}"


@_additive
def request_type_widened(old: str, new: str) -> str:
    """Every value that was good before is good now."""
    return f"takes {new}, and not only {old}"


@_breaking
def request_value_removed(values: list[Any]) -> str:
    """Requests are closed: a program that gives the value gets an InvalidArgumentError."""
    return f"no longer takes {_listed(values)}"


@_additive
def request_value_added(values: list[Any]) -> str:
    """The values that were good before still are."""
    return f"takes {_listed(values)} as well"


@_breaking
def request_limit_tightened(keyword: str, old: Any, new: Any) -> str:
    """Values that were good before are refused before anything is sent.

    A pattern that changed counts as tightened, since nobody can tell.
    """
    return f"{keyword} is {shown(new)}" + ("" if old is None else f" instead of {shown(old)}")


@_additive
def request_limit_loosened(keyword: str, old: Any, new: Any) -> str:
    """Every value that was good before is good now."""
    return f"{keyword} {shown(old)} " + ("is gone" if new is None else f"is now {shown(new)}")


@_additive
def request_property_added(name: str) -> str:
    """Programs that do not give it send what they sent."""
    return f"takes a new field `{name}`"


@_breaking
def request_property_removed(name: str) -> str:
    """Programs that give the field get a TypeError, or an InvalidArgumentError for a mapping."""
    return f"field `{name}` is gone"


@_breaking
def request_property_required(name: str) -> str:
    """Programs that do not give it are refused before anything is sent."""
    return f"field `{name}` must be given"


@_additive
def request_property_optional(name: str) -> str:
    """Programs that give it go on giving it."""
    return f"field `{name}` may be left out"


# Answers: whatever programs read they must go on finding.


@_additive
def status_added(status: str) -> str:
    """Every status that is no success raised an error before; now its body is known as well."""
    return f"may answer {status}"


@_breaking
def success_removed(status: str) -> str:
    """What the method gave with that status it gives no more."""
    return f"no longer answers {status}"


@_breaking
def error_removed(status: str) -> str:
    """An `except` for it waits in vain, or its body is no longer read as the document said."""
    return f"no longer says that it may answer {status}"


@_breaking
def media_type_removed(status: str, media_type: str) -> str:
    """Programs that read the body in this form do not get it any more."""
    return f"{status} no longer comes as {media_type}"


@_additive
def media_type_added(status: str, media_type: str) -> str:
    """What programs read today still comes."""
    return f"{status} may come as {media_type}"


@_breaking
def answer_type_changed(old: str, new: str) -> str:
    """Programs read another kind of value there, and what their type checker knew is wrong."""
    return f"is {new} instead of {old}"


@_additive
def answer_type_narrowed(old: str, new: str) -> str:
    """Whatever comes was already possible before."""
    return f"is {new}, and no longer {old}"


@_additive
def answer_value_added(values: list[Any]) -> str:
    """Enumerations of answers are open: programs may have met the value; now it has a name."""
    return f"may be {_listed(values)}"


@_breaking
def answer_value_removed(values: list[Any]) -> str:
    """Programs that name the constant fail with an AttributeError."""
    return f"is not known to be {_listed(values)} any more"


@_additive
def answer_property_added(name: str) -> str:
    """It was in `extra` before, if it came; where programs looked before they look still."""
    return f"has a new field `{name}`"


@_breaking
def answer_property_removed(name: str) -> str:
    """Programs that read the field fail with an AttributeError."""
    return f"field `{name}` is gone"


@_breaking
def answer_property_optional(name: str) -> str:
    """Programs that rely on it meet None, and their type checker says so."""
    return f"field `{name}` may be missing"


@_additive
def answer_property_required(name: str) -> str:
    """Programs that expect None as well lose nothing."""
    return f"field `{name}` always comes"


@_documentation
def answer_limit_changed(keyword: str) -> str:
    """Limits of answers are not enforced: the same bytes are read in the same way."""
    return f"{keyword} changed"


# Either.


@_additive
def property_deprecated(name: str) -> str:
    """It goes on working. Semver asks for a minor version."""
    return f"field `{name}` is deprecated"


@_additive
def sensitivity_changed(name: str, *, sensitive: bool) -> str:
    """What `repr` shows is for people; the value is where it was."""
    return f"`repr` {'hides' if sensitive else 'shows'} field `{name}`"


def _listed(values: list[Any]) -> str:
    return ", ".join(shown(value) for value in values)
