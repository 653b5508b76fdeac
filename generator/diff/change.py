"""Changes and rules: differences between two documents, with their impact on users."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from inspect import cleandoc, signature
from typing import Generic, ParamSpec

from ..document.diagnostics import Location

Arguments = ParamSpec("Arguments")


class Impact(IntEnum):
    """The impact of a change, which decides which part of the version increases."""

    DOCUMENTATION = 0
    ADDITIVE = 1
    BREAKING = 2

    def __str__(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    Attributes:
        rule: The name of the rule.
        impact: The impact on users.
        location: The location in the new document, or in the old one if it was removed.
        subject: The name of the changed object in Python, for example `pets.list`.
        message: How it changed.
        reason: Why it has this impact.
        part: The argument or field of the subject that changed; empty if the message names none.
    """

    rule: str
    impact: Impact
    location: Location
    subject: str
    message: str
    reason: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Rule(Generic[Arguments]):
    """A kind of difference; calling it returns a change of that kind.

    Attributes:
        name: The name in reports.
        impact: The impact on users.
        reason: The reason for the impact: the docstring of the rule.
        message: The function that returns the message.
    """

    name: str
    impact: Impact
    reason: str
    message: Callable[Arguments, str]

    def __call__(
        self, location: Location, subject: str, *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> Change:
        """Return a change.

        Args:
            location: The location in the document.
            subject: The name of the changed object in Python.
            *args: The arguments of the message.
            **kwargs: The arguments of the message.
        """
        message = self.message(*args, **kwargs)
        named = signature(self.message).bind(*args, **kwargs).arguments
        part = str(named.get("name", ""))
        return Change(self.name, self.impact, location, subject, message, self.reason, part)


RULES: dict[str, Rule[...]] = {}


def rule(
    impact: Impact,
) -> Callable[[Callable[Arguments, str]], Rule[Arguments]]:
    """Return a decorator that turns a function for the message into a rule.

    The docstring of the function is the reason.
    """

    def decorate(message: Callable[Arguments, str]) -> Rule[Arguments]:
        name = message.__name__.replace("_", "-")
        reason = " ".join(cleandoc(message.__doc__ or "").split())
        made = Rule(name, impact, reason, message)
        RULES[name] = made
        return made

    return decorate


additive = rule(Impact.ADDITIVE)
breaking = rule(Impact.BREAKING)
documentation = rule(Impact.DOCUMENTATION)
