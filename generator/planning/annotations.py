"""Python annotations for types, in the two places where they differ: fields and arguments.

A field is what an answer brings: known values are open, lists are lists. An argument is what a
program passes: known values are closed, and models may be written as mappings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.normalize.schemas.shapes import Discriminator, EnumShape, NamedShape, ObjectShape
from generator.python.code import Code, construct
from generator.python.types import NONE, DictType, ListType, Name, TypeExpression, UnionType, union
from generator.runtime.models.unions import Tag

# What tells the alternatives of a union apart, and the texts in which it means nothing.
_MARK = re.compile(r""" \| |"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[\[\]]""")


class Annotations:
    """Writes annotations for one document.

    Args:
        schemas: The document's named shapes.
        aliases: The types that those stand for that are no classes.
        discriminators: What tells the objects of unions apart, by their class names.
        module: The name and a dot before the document's types, where they are another module's.
        list_type: How the type of lists is written, where `list` is something else.
    """

    def __init__(
        self,
        schemas: dict[str, NamedShape],
        aliases: dict[str, TypeExpression],
        discriminators: dict[frozenset[str], Discriminator],
        *,
        module: str = "",
        list_type: str = "list",
    ) -> None:
        self._schemas = schemas
        self._aliases = aliases
        self._discriminators = discriminators
        self._module = module
        self._list = list_type

    def elsewhere(self, module: str, list_type: str) -> Annotations:
        """Give what writes the same types in another module."""
        return Annotations(
            self._schemas,
            self._aliases,
            self._discriminators,
            module=module,
            list_type=list_type,
        )

    def field(self, expression: TypeExpression) -> Code:
        """Write the type of a field or an answer."""
        match expression:
            case _ if self._is_none(expression):
                return Code("None")  # Python joins no None with another one, by whatever name.
            case ListType():
                return Code(f"{self._list}[{self.field(expression.item)}]")
            case DictType():
                return Code(f"dict[str, {self.field(expression.value)}]")
            case UnionType():
                return self._union(expression)
            case Name(name="datetime"):
                return Code("Timestamp")
            case Name(name="date"):
                return Code("dt.date")
            case Name(name=name) if name in self._schemas:
                shape = self._schemas[name].shape
                if isinstance(shape, EnumShape):
                    is_open = shape.type == "string"
                    return Code(f"Open[{self._module}{name}]" if is_open else "int")
                return Code(f"{self._module}{name}")
            case _:
                return Code(expression.name)

    def _union(self, expression: UnionType) -> Code:
        """Write a union; alternatives that JSON does not tell apart need a type that does."""
        options = [option for option in expression.options if not self._is_none(option)]
        kinds = [kind for option in options for kind in self._kinds(option)]
        if "Any" in kinds:
            return Code("Any")
        named = {each.name for each in options if isinstance(each, Name)}
        marks = self._discriminators.get(frozenset(named & self._schemas.keys()))
        rest = marks.otherwise if marks else ""
        options.sort(key=lambda option: option != Name(rest))  # The first counts if all fit alike.
        written = list(dict.fromkeys(self._option(option, marks) for option in options))
        joined = _join(written)
        if len(written) > 1 and _are_alike(kinds):
            is_open = kinds.count("object") > 1 and not rest
            joined = Code(f"{'Variant' if is_open else 'Either'}[{joined}]")
        return joined if len(options) == len(expression.options) else optional(joined)

    def _is_none(self, expression: TypeExpression) -> bool:
        """Whether a type has no values but None."""
        match expression:
            case UnionType():
                return all(map(self._is_none, expression.options))
            case Name(name=name) if name in self._aliases:
                return self._is_none(self._aliases[name])
            case _:
                return expression == NONE

    def _option(self, option: TypeExpression, marks: Discriminator | None) -> Code:
        """Write one alternative, with what marks it."""
        written = self.field(option)
        values = marks.values.get(option.name) if marks and isinstance(option, Name) else None
        if not marks or not values:
            return written
        tag = construct(Tag, member=marks.member, values=values)
        return Code(f"Annotated[{written}, {tag}]")

    def _kinds(self, expression: TypeExpression) -> list[str]:
        """Give the kinds of JSON values that a type is read from, one for each alternative."""
        match expression:
            case ListType():
                return ["array"]
            case DictType():
                return ["object"]
            case UnionType():
                return [kind for option in expression.options for kind in self._kinds(option)]
            case Name(name=name) if name in self._schemas:
                return self._kinds_of(self._schemas[name])
            case _:
                return [{"datetime": "text", "date": "text"}.get(expression.name, expression.name)]

    def _kinds_of(self, named: NamedShape) -> list[str]:
        if isinstance(named.shape, ObjectShape):
            return ["object"]
        if isinstance(named.shape, EnumShape):
            return ["str" if named.shape.type == "string" else "int"]
        return self._kinds(self._aliases[named.name])

    def argument(self, expression: TypeExpression) -> Code:
        """Write the type of an argument."""
        return _join(self._accepted(expression))

    def _accepted(self, expression: TypeExpression) -> list[str]:
        """Give the types that an argument may have."""
        match expression:
            case ListType():
                return [f"Sequence[{self.argument(expression.item)}]"]
            case DictType():
                return [f"Mapping[str, {self.argument(expression.value)}]"]
            case UnionType():
                return [each for option in expression.options for each in self._accepted(option)]
            case Name(name="datetime"):
                return ["dt.datetime"]
            case Name(name="date"):
                return ["dt.date"]
            case Name(name=name) if name in self._schemas:
                shape = self._schemas[name].shape
                if isinstance(shape, ObjectShape):
                    return [f"{self._module}{name}", "Mapping[str, Any]"]
                if isinstance(shape, EnumShape):
                    return [f"{self._module}{name}"]
                return self._accepted(self._aliases[name])
            case _:
                return [expression.name]


def alternatives(annotation: Code) -> list[str]:
    """Take a union apart; unions inside of it stay."""
    found: list[str] = []
    depth = start = 0
    for mark in _MARK.finditer(annotation):
        depth += (mark[0] == "[") - (mark[0] == "]")
        if mark[0] == " | " and not depth:
            found.append(annotation[start : mark.start()])
            start = mark.end()
    return [*found, annotation[start:]]


def optional(annotation: Code) -> Code:
    """Allow None."""
    if annotation == "Any" or "None" in alternatives(annotation):
        return annotation
    return Code(f"{annotation} | None")


def without_none(expression: TypeExpression) -> TypeExpression:
    """Leave None out of a union."""
    if isinstance(expression, UnionType):
        return union([option for option in expression.options if option != NONE])
    return expression


def _are_alike(kinds: list[str]) -> bool:
    """Whether the decoder cannot tell alternatives apart: there are two of one kind."""
    texts = kinds.count("text")
    return (
        kinds.count("object") > 1
        or kinds.count("array") > 1
        or texts > 1
        or (texts == 1 and "str" in kinds)
    )


def _join(parts: Iterable[str]) -> Code:
    """Write a union, each alternative once, None last."""
    return Code(" | ".join(sorted(dict.fromkeys(parts), key=lambda part: part == "None")))
