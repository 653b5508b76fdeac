"""Schemas of unions, of references and of JSON in a string."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from ..core.errors import InvalidArgumentError
from .encoding import json_string
from .schemas import Schema


class AnyOf(Schema, frozen=True, kw_only=True):
    """One of several schemas.

    Attributes:
        options: The schemas; the first that matches is used.
    """

    kind: ClassVar[str] = "union"

    options: tuple[Schema, ...]

    def to_wire(self, value: Any, where: str) -> Any:
        """Validate an argument against the first schema that it matches."""
        reasons: list[str] = []
        for option in self.options:
            try:
                return option.to_wire(value, where)
            except InvalidArgumentError as error:
                reasons.append(str(error))
        reason = "; ".join(reasons) or "there are none"
        raise InvalidArgumentError(f"{where}: value matches none of the allowed schemas ({reason})")


class Deferred(Schema, frozen=True):
    """A reference to a recursive schema, resolved when it is used.

    Attributes:
        find: Returns the schema.
    """

    kind: ClassVar[str] = "reference"

    find: Callable[[], Schema]

    def to_wire(self, value: Any, where: str) -> Any:
        """Validate an argument against the referenced schema."""
        return self.find().to_wire(value, where)


class JsonString(Schema, frozen=True, kw_only=True):
    """An object serialized as a JSON string, for parameter styles that cannot encode objects.

    Attributes:
        schema: The schema of the object.
    """

    kind: ClassVar[str] = "json"

    schema: Schema

    def to_wire(self, value: Any, where: str) -> str:
        """Return the object as a JSON string."""
        return json_string(self.schema.to_wire(value, where), where)
