"""The meaning of the names in types, in one reading of several."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from ...python.types import ANY, DictType, ListType, Name, TypeExpression, UnionType

UNKNOWN = Name("Unknown")
"""A type that is not compared."""

Kind: TypeAlias = ListType | DictType | frozenset[str | int] | str | None


@dataclass(slots=True)
class Vocabulary:
    """The names of one reading.

    Attributes:
        classes: The members of classes, by their names in the document.
        bases: The classes that a class inherits from.
        values: The known values of enums.
        aliases: The types by their aliases.
    """

    classes: dict[str, dict[str, TypeExpression]] = field(
        default_factory=dict[str, dict[str, TypeExpression]]
    )
    bases: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    values: dict[str, tuple[str | int, ...]] = field(
        default_factory=dict[str, tuple[str | int, ...]]
    )
    aliases: dict[str, TypeExpression] = field(default_factory=dict[str, TypeExpression])

    def update(self, other: Vocabulary) -> None:
        """Add the names of another vocabulary."""
        self.classes |= other.classes
        self.bases |= other.bases
        self.values |= other.values
        self.aliases |= other.aliases

    def members(self, name: str) -> dict[str, TypeExpression]:
        """Return the members of a class, those that it inherits included."""
        found: dict[str, TypeExpression] = {}
        for each in self._lineage(name):
            found |= self.classes.get(each, {})
        return found

    def _lineage(self, name: str) -> list[str]:
        """Return a class and those that it inherits from, each once and after its own bases."""
        found: dict[str, None] = {}

        def add(each: str) -> None:
            for base in self.bases.get(each, ()):
                if base not in found:
                    add(base)
            found[each] = None

        add(name)
        return [*found]

    def kinds(self, expression: TypeExpression) -> dict[str, list[Kind]]:
        """Return the kinds of values that a type allows, except None, with their known details.

        A kind is a builtin type or `object`. Of strings and integers the known values are known, of
        lists and maps the types, of objects the names of their classes.
        """
        found: dict[str, list[Kind]] = {}
        for option in self._options(expression):
            for kind, known in self._kind(option).items():
                found.setdefault(kind, []).append(known)
        if "Any" in found:
            return {"Any": [None]}
        if len(found) > 1:
            found.pop("None", None)
        return found

    def _options(self, expression: TypeExpression) -> list[ListType | DictType | Name]:
        """Return the alternatives of a type, with aliases resolved; each alias once."""
        found: list[ListType | DictType | Name] = []
        inside: set[str] = set()
        known: set[str] = set()

        def add(each: TypeExpression) -> None:
            match each:
                case UnionType(options=options):
                    for option in options:
                        add(option)
                case Name(name=name) if name in inside:
                    found.append(UNKNOWN)
                case Name(name=name) if name in self.aliases:
                    if name not in known:
                        inside.add(name)
                        add(self.aliases[name])
                        inside.discard(name)
                        known.add(name)
                case _:
                    found.append(each)

        add(expression)
        return found

    def _kind(self, option: ListType | DictType | Name) -> dict[str, Kind]:
        match option:
            case ListType():
                return {"list": option}
            case Name(name=name) if name in self.values:
                values = self.values[name]
                texts = frozenset(each for each in values if isinstance(each, str))
                numbers = frozenset(each for each in values if isinstance(each, int))
                known: dict[str, Kind] = {"str": texts, "int": numbers}
                return {kind: each for kind, each in known.items() if each}
            case Name(name=name) if name in self.classes:
                has_members = any(self.classes.get(each) for each in self._lineage(name))
                return {"object": name} if has_members else {"dict": DictType(ANY)}
            case Name(name=name):
                return {name: None}
            case _:
                return {"dict": option}

    def describe(self, expression: TypeExpression) -> str:
        """Return a type as a message shows it."""
        return self._describe(expression, set())

    def _describe(self, expression: TypeExpression, seen: set[str]) -> str:
        match expression:
            case ListType(item=item):
                return f"list[{self._describe(item, seen)}]"
            case DictType(value=value):
                return f"dict[str, {self._describe(value, seen)}]"
            case UnionType(options=options):
                return " | ".join(self._describe(option, seen) for option in options)
            case Name(name=name) if name in self.values:
                return f"Literal[{', '.join(map(repr, self.values[name]))}]"
            case Name(name=name) if name in self.classes:
                return f"object({', '.join(self.members(name))})"
            case Name(name=name) if name in self.aliases and name not in seen:
                seen.add(name)
                return self._describe(self.aliases[name], seen)
            case _:
                return expression.name
