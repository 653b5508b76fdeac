"""Names for types that are no classes, in an order in which each can be defined."""

from __future__ import annotations

from generator.python.types import ANY, Name, TypeExpression, with_names


def definable(aliases: dict[str, TypeExpression]) -> dict[str, TypeExpression]:
    """Order aliases, each behind those that it is made of.

    Classes may contain themselves, aliases may not: where one comes back to itself it is any value.
    """
    ordered: dict[str, TypeExpression] = {}
    open_: set[str] = set()

    def define(name: str) -> bool:
        """Define an alias, and tell whether it may be used."""
        if name in open_:
            return False
        if name not in ordered:
            open_.add(name)
            written = with_names(aliases[name], usable)
            open_.discard(name)
            ordered[name] = written
        return True

    def usable(name: Name) -> TypeExpression:
        return name if name.name not in aliases or define(name.name) else ANY

    for name in aliases:
        define(name)
    return ordered
