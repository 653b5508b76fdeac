"""Models, enumerations and type aliases of the package."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from ..document.json_values import is_object
from ..normalize.schemas.shapes import (
    EnumShape,
    NamedShape,
    ObjectShape,
    Property,
    without_aliases,
)
from ..python import names
from ..python.code import Code
from ..python.reserved import FIELD_NAMES
from .directions import Directions
from .docstrings import in_python
from .plan.models import MISSING, Alias, Enumeration, Field, Model
from .types.annotations import Annotations, optional
from .types.constants import constant_of, is_default
from .types.model_types import ModelTypes
from .types.nulls import allows_null


def field_names(shape: ObjectShape, reserved: Collection[str] = FIELD_NAMES) -> list[str]:
    """Return the Python names of an object's properties; clashes are numbered.

    Args:
        shape: The object.
        reserved: Names with another meaning in a class.
    """
    wanted = [names.identifier(each.wire_name, reserved) for each in shape.properties]
    return names.distinct(wanted)


@dataclass(frozen=True, slots=True)
class ModelPlanner:
    """Plans the classes of a document.

    Attributes:
        schemas: The named shapes.
        types: The types of their properties.
        annotations: The annotations of types.
        directions: The shapes in requests and responses.
        tags: The class names and JSON names of properties that discriminate.
        in_bodies: The class names of the shapes in request bodies.
    """

    schemas: dict[str, NamedShape]
    types: ModelTypes
    annotations: Annotations
    directions: Directions
    tags: Collection[tuple[str, str]] = ()
    in_bodies: Collection[str] = ()

    def models(self) -> tuple[Model, ...]:
        """Return the classes."""
        # In scripts without letter case, the name of a class may be that of a field.
        reserved = FIELD_NAMES | self.schemas.keys()
        return tuple(
            self._model(named, self.directions.relax(named.name, named.shape), reserved)
            for named in self.schemas.values()
            if isinstance(named.shape, ObjectShape)
        )

    def _model(self, named: NamedShape, shape: ObjectShape, reserved: Collection[str]) -> Model:
        python_names = field_names(shape, reserved)
        every = zip(shape.properties, python_names, self.types.fields[named.name], strict=True)
        pairs = [each for each in every if names.can_be_field(each[0].wire_name)]
        regular = [(each.wire_name, name) for each, name, _ in pairs if name == name.rstrip("_")]
        is_camel_case = any(name != wire_name for wire_name, name in regular) and all(
            _camel(name) == wire_name for wire_name, name in regular
        )
        renamed = in_python({each.wire_name: name for each, name, _ in pairs})
        fields = tuple(
            self._field(
                replace(each, doc=renamed(each.doc)),
                name,
                self.annotations.field(expression),
                has_explicit_name=(_camel(name) if is_camel_case else name) != each.wire_name,
                is_tag=(named.name, each.wire_name) in self.tags,
                is_sent=named.name in self.in_bodies,
            )
            for each, name, expression in pairs
        )
        doc = renamed(named.doc)
        if is_object(named.node.value) and named.node.value.get("deprecated") is True:
            doc = f"{doc or named.name}\n\nDeprecated in the OpenAPI document."
        return Model(named.name, doc, is_camel_case, fields, shape.expected, shape.is_open)

    def _field(
        self,
        member: Property,
        name: str,
        annotation: Code,
        *,
        has_explicit_name: bool,
        is_tag: bool,
        is_sent: bool,
    ) -> Field:
        default: Code | None = None
        is_nullable = allows_null(member.shape, self.schemas)
        if is_sent and not member.required and is_nullable:
            default = MISSING
        constant = constant_of(member.shape, self.schemas)
        if constant is not None:
            annotation = Code(f"Constant[Literal[{constant}]]")
            annotation = optional(annotation) if is_nullable else annotation
            has_default = (
                is_default(member, constant) or is_tag or (member.required and not is_nullable)
            )
            default = constant if has_default else default
        is_constant = default not in {None, MISSING}
        if member.sensitive:
            annotation = Code(f"Sensitive[{annotation}]")
        return Field(
            name=name,
            wire_name=member.wire_name,
            has_explicit_name=has_explicit_name,
            annotation=annotation if member.required or is_constant else optional(annotation),
            required=member.required and not is_constant,
            doc=f"Deprecated. {member.doc}".strip() if member.deprecated else member.doc,
            default=default,
        )


def enumerations(schemas: dict[str, NamedShape]) -> tuple[Enumeration, ...]:
    """Return the types with known values."""
    others: dict[str, list[str]] = {}
    for name in schemas:
        others.setdefault(without_aliases(name, schemas), []).append(name)
    return tuple(
        Enumeration(
            named.name,
            named.doc,
            tuple(_members(named.shape.values)),
            tuple(sorted({*others[name]} - {name})),
        )
        for name, named in schemas.items()
        if isinstance(named.shape, EnumShape)
    )


def aliases(
    schemas: dict[str, NamedShape], types: ModelTypes, annotations: Annotations
) -> tuple[Alias, ...]:
    """Return the other named types, in definition order, and the other names of mappings."""
    found: list[Alias] = []
    for name, expression in types.aliases.items():
        other = without_aliases(name, schemas)
        if other != name and isinstance(schemas[other].shape, EnumShape):
            found.append(Alias(name, schemas[name].doc, Code(other)))
        elif not isinstance(schemas[name].shape, ObjectShape | EnumShape):
            found.append(Alias(name, schemas[name].doc, annotations.field(expression)))
    mappings = annotations.mappings
    found += [
        Alias(name, "", Code(mappings[without_aliases(each, schemas)]))
        for each, name in mappings.items()
        if without_aliases(each, schemas) != each
    ]
    return tuple(found)


def _camel(name: str) -> str:
    """Return the JSON name that msgspec's `rename="camel"` derives from a field name."""
    return re.sub(r"_+(\w)", lambda match: match.group(1).upper(), name)


def _members(values: Sequence[str | int]) -> list[tuple[str, str | int]]:
    """Return names and values of constants; values that differ only in case keep their case."""
    wanted = [names.constant_name(str(value)) for value in values]
    counts = Counter(wanted)
    for index, value in enumerate(values):
        if counts[wanted[index]] > 1 and str(value).isidentifier():
            counts[wanted[index]] -= 1
            wanted[index] = names.class_name(str(value)) if str(value).islower() else str(value)
            counts[wanted[index]] += 1
    return list(zip(names.distinct(wanted), values, strict=True))
