"""The parameter location `querystring`: one value as the whole query."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Any

import msgspec

from ..arguments.encoding import Pairs, json_string, present, reject_empty, scalar
from ..arguments.parameters import Parameter
from ..arguments.schemas import Schema
from ..core.errors import InvalidArgumentError
from ..core.guards import is_mapping
from ..core.media_types import FORM, is_json
from .formats import form_pairs

_ALONE = "&"  # The value of a name that is sent without `=`.


class QueryString(msgspec.Struct, frozen=True):
    """The encoding of the whole query by a media type.

    Attributes:
        media_type: The media type.
        fields: The encodings of fields of a form that differ from the default; see `FormBody`.
    """

    media_type: str = FORM
    fields: Mapping[str, Parameter] = {}

    def pairs(self, _name: str, value: Any, parameter: Parameter) -> Iterator[tuple[str, str]]:
        """Iterate over the fields of a form; any other text is one name without a value."""
        where = parameter.name
        if self.media_type != FORM:
            text = json_string(value, where) if is_json(self.media_type) else scalar(value)
            if not text:
                raise InvalidArgumentError(f"{where}: must not be empty; omit it instead")
            yield text, _ALONE
            return
        members = present(value)
        if not is_mapping(members):
            raise InvalidArgumentError(f"{where}: expected a model or a mapping with the fields")
        reject_empty(members, where)
        for name, each in members.items():
            yield from form_pairs(self.fields.get(name), name, each, f"{where}.{name}")

    def read(self, parameter: Parameter, pairs: Pairs, decode: Callable[[str], str]) -> Any:
        """Build the value from the pairs of a request."""
        if not pairs:
            return None
        if self.media_type == FORM:
            return self._form(parameter, pairs, decode)
        text = "&".join(f"{name}={value}" if value else name for name, value in pairs)
        if not is_json(self.media_type):
            return text
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            raise InvalidArgumentError(f"{parameter.wire_name}: is not valid JSON") from None

    def _form(
        self, parameter: Parameter, pairs: Pairs, decode: Callable[[str], str]
    ) -> dict[str, Any]:
        known: Mapping[str, Any] = getattr(_target(parameter.schema), "properties", {})
        found: dict[str, Any] = {}
        for name in dict.fromkeys(name for name, _ in pairs):
            field, kind = self.fields.get(name), _target(known.get(name, Schema())).kind
            texts = [decode(value) for key, value in pairs if key == name]
            if kind == "array" and field is not None and not field.explode:
                texts = texts[-1].split(",")
            found[name] = texts if kind == "array" else texts[-1]
            if kind == "object" or (field is not None and is_json(field.media_type)):
                with suppress(ValueError, RecursionError):
                    found[name] = json.loads(texts[-1])
        return found


def _target(schema: Any) -> Any:
    while schema.kind == "reference":
        schema = schema.find()
    return schema
