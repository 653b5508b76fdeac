"""What a difference between two documents means to users, as data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from inspect import cleandoc
from typing import Generic, ParamSpec

from generator.document.diagnostics import Location

Arguments = ParamSpec("Arguments")


class Impact(IntEnum):
    """How much a change matters, and so which part of a version it moves."""

    DOCUMENTATION = 0
    ADDITIVE = 1
    BREAKING = 2

    def __str__(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    Attributes:
        rule: The name of the rule that found it.
        impact: What it means to users.
        location: Where it stands: in the new document, or in the old one if it is gone.
        subject: What changed, as programs name it, such as `pets.list`.
        message: How it changed.
        reason: Why that matters, or why it does not.
    """

    rule: str
    impact: Impact
    location: Location
    subject: str
    message: str
    reason: str


@dataclass(frozen=True, slots=True)
class Rule(Generic[Arguments]):
    """A kind of difference; calling it makes a change of that kind.

    Attributes:
        name: Its name, as reports show it.
        impact: What such a change means to users.
        reason: Why; the rule's docstring.
    """

    name: str
    impact: Impact
    reason: str
    message: Callable[Arguments, str]

    def __call__(
        self, location: Location, subject: str, *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> Change:
        """Make a change.

        Args:
            location: Where it stands.
            subject: What changed, as programs name it.
            *args: What the message is about.
            **kwargs: What the message is about.
        """
        message = self.message(*args, **kwargs)
        return Change(self.name, self.impact, location, subject, message, self.reason)


RULES: dict[str, Rule[...]] = {}


def rule(
    impact: Impact,
) -> Callable[[Callable[Arguments, str]], Rule[Arguments]]:
    """Make a rule of a function that words the message; its docstring is the reasoning."""

    def decorate(message: Callable[Arguments, str]) -> Rule[Arguments]:
        name = message.__name__.replace("_", "-")
        reason = " ".join(cleandoc(message.__doc__ or "").split())
        made = Rule(name, impact, reason, message)
        RULES[name] = made
        return made

    return decorate
