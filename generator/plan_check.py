"""The check of a connection; a part of the plan."""

from __future__ import annotations

from dataclasses import dataclass

from generator.plan import Operation
from generator.python_code import Code, literal, name
from generator.signatures import Argument, following, parameter


@dataclass(frozen=True, slots=True)
class Check:
    """The method that tries one operation and tells what stands in the way.

    Attributes:
        operation: What is tried.
        resource: The group that it is in.
        tried: The name of the constant that describes it, or how it is paged.
        token_format: What tokens are, such as `JWT`; empty if the document does not say.
    """

    operation: Operation
    resource: str
    tried: str
    token_format: str

    @property
    def arguments(self) -> tuple[Argument, ...]:
        """Its arguments: what the operation cannot be tried without."""
        needed = (each for each in self.operation.keyword if each.required)
        return (*self.operation.positional, *needed)

    @property
    def signature(self) -> Code:
        """The method's parameters, as they follow `self`."""
        positional = [parameter(each) for each in self.operation.positional]
        keyword = [parameter(each) for each in self.arguments[len(positional) :]]
        return following([*positional, "*", *keyword] if keyword else positional)

    @property
    def forwarded(self) -> Code:
        """The arguments, as the method hands them on."""
        pairs = (f"{literal(each.name)}: {name(each.name)}" for each in self.arguments)
        return Code(f"{{{', '.join(pairs)}}}")
