"""Type annotations of fields and arguments, which differ.

Fields hold responses: enumerations are open and arrays are lists. Arguments come from callers:
enumerations are closed, arrays are sequences, and models may be passed as mappings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, replace
from dataclasses import field as attribute

from ...normalize.schemas.shapes import (
    Discriminator,
    EnumShape,
    NamedShape,
    ObjectShape,
    without_aliases,
)
from ...python.code import Code, alternatives, construct
from ...python.types import NONE, DictType, ListType, Name, TypeExpression, UnionType, union
from ...runtime.models.unions import Tag

_KINDS = {"datetime": "text", "date": "text", "bytes": "str", "Open[bytes]": "str"}


@dataclass(frozen=True, slots=True)
class Annotations:
    """Annotations for the types of one document.

    Attributes:
        schemas: The named shapes of the document.
        aliases: The types of named shapes that are not classes.
        discriminators: The discriminators of unions, by the class names of their alternatives.
        module: The module of the document's types, with a dot; empty inside that module.
        list_type: The expression for `list`, where that name is shadowed.
        in_mapping: Whether arguments are members of a mapping with JSON names and values, in the
            module of the document's types.
        mappings: The `TypedDict`s of mappings that arguments accept, by class name.
    """

    schemas: dict[str, NamedShape]
    aliases: dict[str, TypeExpression]
    discriminators: dict[frozenset[str], Discriminator]
    _: KW_ONLY
    module: str = ""
    list_type: str = "list"
    in_mapping: bool = False
    mappings: Mapping[str, str] = attribute(default_factory=dict[str, str])
    _none_by_alias: dict[str, bool] = attribute(
        init=False, repr=False, compare=False, default_factory=dict[str, bool]
    )
    _kinds_by_alias: dict[str, dict[TypeExpression, str]] = attribute(
        init=False, repr=False, compare=False, default_factory=dict[str, dict[TypeExpression, str]]
    )
    _accepted_by_alias: dict[str, tuple[str, ...]] = attribute(
        init=False, repr=False, compare=False, default_factory=dict[str, tuple[str, ...]]
    )

    def for_module(self, module: str, list_type: str) -> Annotations:
        """Return annotations for the same types in another module."""
        return replace(self, module=module, list_type=list_type)

    def field(self, expression: TypeExpression) -> Code:
        """Return the annotation of a field or a response."""
        match expression:
            case _ if self._is_none(expression):
                return Code("None")  # `None | None` fails in Python, by an alias too.
            case ListType():
                return Code(f"{self.list_type}[{self.field(expression.item)}]")
            case DictType():
                return Code(f"dict[str, {self.field(expression.value)}]")
            case UnionType():
                return self._union(expression)
            case Name(name="datetime"):
                return Code("Timestamp")
            case Name(name="date"):
                return Code("dt.date")
            case Name(name=name) if name in self.schemas:
                shape = self.schemas[without_aliases(name, self.schemas)].shape
                if isinstance(shape, EnumShape):
                    is_open = shape.type == "string"
                    return Code(f"Open[{self.module}{name}]" if is_open else "int")
                return Code(f"{self.module}{name}")
            case _:
                return Code(expression.name)

    def is_class(self, annotation: str) -> bool:
        """Whether an annotation is the class of an object, by any of its names."""
        name = without_aliases(annotation.removeprefix(self.module), self.schemas)
        named = self.schemas.get(name)
        is_here = annotation.startswith(self.module)
        return is_here and named is not None and isinstance(named.shape, ObjectShape)

    def _union(self, expression: UnionType) -> Code:
        """Return a union; alternatives with the same JSON type need `Variant` or `Either`."""
        options = [option for option in expression.options if not self._is_none(option)]
        kinds = [*self._joined_kinds(options).values()]
        if "Any" in kinds:
            return Code("Any")
        named = {each.name for each in options if isinstance(each, Name)}
        implied = self.discriminators.get(frozenset(named & self.schemas.keys()))
        tags = expression.key if isinstance(expression.key, Discriminator) else implied
        rest = (tags.default or tags.otherwise) if tags else ""
        options.sort(key=lambda option: option != Name(rest))  # Of equal matches the first wins.
        annotations = list(dict.fromkeys(self._option(option, tags) for option in options))
        joined = _join(annotations)
        if len(annotations) > 1 and _are_ambiguous(kinds):
            is_open = kinds.count("object") > 1 and not rest
            joined = Code(f"{'Variant' if is_open else 'Either'}[{joined}]")
        return joined if len(options) == len(expression.options) else optional(joined)

    def _is_none(self, expression: TypeExpression) -> bool:
        """Whether None is the only value of a type."""
        match expression:
            case UnionType():
                return all(map(self._is_none, expression.options))
            case Name(name=name) if name in self.aliases:
                if name not in self._none_by_alias:
                    self._none_by_alias[name] = self._is_none(self.aliases[name])
                return self._none_by_alias[name]
            case _:
                return expression == NONE

    def _option(self, option: TypeExpression, tags: Discriminator | None) -> Code:
        """Return the annotation of an alternative, with its tag."""
        annotation = self.field(option)
        values = tags.values.get(option.name) if tags and isinstance(option, Name) else None
        if not tags or not values:
            return annotation
        is_open = tags.is_open or (tags.is_shared and len(values) > 1)
        is_default = is_open or option == Name(tags.default)
        tag = construct(
            Tag,
            member=tags.member,
            values=values,
            is_default=is_default,
            is_shared=tags.is_shared,
        )
        return Code(f"Annotated[{annotation}, {tag}]")

    def _joined_kinds(self, options: Iterable[TypeExpression]) -> dict[TypeExpression, str]:
        found: dict[TypeExpression, str] = {}
        for option in options:
            found |= self._kinds(option)
        return found

    def _kinds(self, expression: TypeExpression) -> dict[TypeExpression, str]:
        """Return the alternatives of a type, aliases resolved, with the JSON type of each.

        Strings that are decoded to a datetime or date are of the kind `text`.
        """
        match expression:
            case ListType():
                return {expression: "array"}
            case DictType():
                return {expression: "object"}
            case UnionType():
                return self._joined_kinds(expression.options)
            case Name(name=name) if name in self.schemas:
                shape = self.schemas[name].shape
                if isinstance(shape, ObjectShape):
                    return {expression: "object"}
                if isinstance(shape, EnumShape):
                    return {expression: "str" if shape.type == "string" else "int"}
                if name not in self._kinds_by_alias:
                    self._kinds_by_alias[name] = self._kinds(self.aliases[name])
                return self._kinds_by_alias[name]
            case _:
                return {expression: _KINDS.get(expression.name, expression.name)}

    def argument(self, expression: TypeExpression) -> Code:
        """Return the annotation of an argument."""
        return _join(self._argument_alternatives(expression))

    @property
    def _abc(self) -> str:
        return "abc." if self.in_mapping else ""

    def _argument_alternatives(self, expression: TypeExpression) -> Sequence[str]:
        """Return the alternatives of the annotation of an argument."""
        match expression:
            case ListType():
                return [f"{self._abc}Sequence[{self.argument(expression.item)}]"]
            case DictType():
                return [f"{self._abc}Mapping[str, {self.argument(expression.value)}]"]
            case UnionType():
                every = (
                    each
                    for option in expression.options
                    for each in self._argument_alternatives(option)
                )
                return [*dict.fromkeys(every)]
            case Name(name="datetime"):
                return ["dt.datetime", "str"] if self.in_mapping else ["dt.datetime"]
            case Name(name="date"):
                return ["dt.date", "str"] if self.in_mapping else ["dt.date"]
            case Name(name=name) if name in self.schemas:
                shape = self.schemas[name].shape
                if isinstance(shape, ObjectShape):
                    typed = self.mappings.get(name)
                    mapping = f"{self.module}{typed}" if typed else f"{self._abc}Mapping[str, Any]"
                    return [f"{self.module}{name}", mapping]
                if isinstance(shape, EnumShape):
                    return [f"{self.module}{name}"]
                if name not in self._accepted_by_alias:
                    accepted = tuple(self._argument_alternatives(self.aliases[name]))
                    self._accepted_by_alias[name] = accepted
                return self._accepted_by_alias[name]
            case _:
                return [expression.name]


def optional(annotation: Code) -> Code:
    """Return an annotation that allows None."""
    if annotation == "Any" or "None" in alternatives(annotation):
        return annotation
    return Code(f"{annotation} | None")


def without_none(expression: TypeExpression) -> TypeExpression:
    """Return a type without None."""
    if isinstance(expression, UnionType):
        kept = union([option for option in expression.options if option != NONE])
        return UnionType(kept.options, expression.key) if isinstance(kept, UnionType) else kept
    return expression


def _are_ambiguous(kinds: list[str]) -> bool:
    """Whether msgspec cannot distinguish alternatives, because two have the same JSON type."""
    texts = kinds.count("text")
    return (
        kinds.count("object") > 1
        or kinds.count("array") > 1
        or texts > 1
        or (texts == 1 and "str" in kinds)
    )


def _join(parts: Iterable[str]) -> Code:
    """Return a union of distinct alternatives, None last."""
    return Code(" | ".join(sorted(dict.fromkeys(parts), key=lambda part: part == "None")))
