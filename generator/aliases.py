"""Names for types that are no classes, in an order in which each can be defined."""

from __future__ import annotations

from generator.type_expressions import ANY, DictType, ListType, Name, TypeExpression, UnionType


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
            written = resolved(aliases[name])
            open_.discard(name)
            ordered[name] = written
        return True

    def resolved(expression: TypeExpression) -> TypeExpression:
        match expression:
            case ListType():
                return ListType(resolved(expression.item))
            case DictType():
                return DictType(resolved(expression.value))
            case UnionType():
                return UnionType(tuple(resolved(each) for each in expression.options))
            case Name(name=name):
                return expression if name not in aliases or define(name) else ANY

    for name in aliases:
        define(name)
    return ordered
