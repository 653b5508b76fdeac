"""Type aliases in definition order."""

from __future__ import annotations

from ...python.types import ANY, Name, TypeExpression, with_names


def in_definition_order(aliases: dict[str, TypeExpression]) -> dict[str, TypeExpression]:
    """Return the aliases in an order that defines each before its first use.

    Classes may refer to themselves, aliases may not: a recursive reference becomes `Any`.
    """
    ordered: dict[str, TypeExpression] = {}
    open_: set[str] = set()

    def define(name: str) -> bool:
        """Define an alias and return whether it may be used."""
        if name in open_:
            return False
        if name not in ordered:
            open_.add(name)
            defined = with_names(aliases[name], usable)
            open_.discard(name)
            ordered[name] = defined
        return True

    def usable(name: Name) -> TypeExpression:
        return name if name.name not in aliases or define(name.name) else ANY

    for name in aliases:
        define(name)
    return ordered
