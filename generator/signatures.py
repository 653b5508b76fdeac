"""Arguments of methods, and how signatures are written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.python_code import Code, name


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a method.

    Attributes:
        name: Its name.
        annotation: Its type.
        required: Whether it has no default.
        doc: Its description.
        default: Its default, if it is neither required nor None.
    """

    name: str
    annotation: Code
    required: bool
    doc: str
    default: Code | None = None


def following(items: Iterable[str]) -> Code:
    """Write items as they follow another one."""
    return Code("".join(f", {item}" for item in items))


def parameter(argument: Argument) -> str:
    """Write an argument with its type and its default."""
    default = "" if argument.required else f" = {argument.default or None}"
    return f"{name(argument.name)}: {argument.annotation}{default}"
