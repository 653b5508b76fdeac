"""The parameter style `deepObject`: nested objects in bracket notation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from ..core.errors import InvalidArgumentError
from ..core.guards import is_mapping, is_sequence
from .encoding import Pairs, encode, present, reject_empty, scalar

if TYPE_CHECKING:
    from .parameters import Parameter

_STEP = r"\[([^\[\]]*)\]"


class DeepObject(msgspec.Struct, frozen=True):
    """The encoding of a nested object.

    Attributes:
        arrays: How arrays inside it are written: with `indices`, with `brackets`, as `repeat`ed
            names, or `either` with indices or, for scalar items, with brackets.
    """

    arrays: str = "indices"

    def pairs(self, name: str, value: Any, parameter: Parameter) -> Iterator[tuple[str, str]]:
        """Iterate over the names in bracket notation and the encoded values of an object."""
        value = present(value)
        reject_empty(value, f"{parameter.name}{name.removeprefix(parameter.wire_name)}")
        if is_mapping(value):
            for key, each in value.items():
                if not key or set(key) & set("[]"):
                    message = f"{parameter.name}: the member name {key!r} is empty or has a bracket"
                    raise InvalidArgumentError(message)
                yield from self.pairs(f"{name}[{key}]", each, parameter)
        elif is_sequence(value):
            self._reject_ambiguous_list(parameter, value)
            for index, each in enumerate(value):
                yield from self.pairs(f"{name}{self._bracket(index, each)}", each, parameter)
        else:
            yield name, encode(parameter, scalar(value))

    def _bracket(self, index: int, item: Any) -> str:
        """Return the bracket suffix of an array item."""
        if self.arrays == "either":
            return f"[{index}]" if is_mapping(item) or is_sequence(item) else "[]"
        return {"indices": f"[{index}]", "brackets": "[]", "repeat": ""}[self.arrays]

    def _reject_ambiguous_list(self, parameter: Parameter, items: Any) -> None:
        """Reject an array of objects or arrays that is ambiguous without indices.

        With `[]`, a server starts a new item where a member name repeats, so each item must begin
        with a member that the item before it has.
        """
        if self.arrays in {"indices", "either"}:
            return
        before: Mapping[str, Any] | None = None
        for item in items:
            is_ambiguous = is_sequence(item)
            if is_mapping(item):
                is_ambiguous = self.arrays == "repeat" or (
                    before is not None and next(iter(item), "") not in before
                )
                before = item
            if is_ambiguous:
                message = f"{parameter.name}: the list is ambiguous without indices (x-deep-object)"
                raise InvalidArgumentError(message)

    def read(self, parameter: Parameter, pairs: Pairs, decode: Callable[[str], str]) -> Any:
        """Build an object from the parameters whose names start with its name and a bracket."""
        tree: dict[str, Any] = {}
        for key, value in pairs:
            if key.startswith(f"{parameter.wire_name}["):
                _insert(tree, re.findall(_STEP, key[len(parameter.wire_name) :]), decode(value))
        return tree or None


def _insert(tree: dict[str, Any], steps: list[str], value: str) -> None:
    """Insert a value into a tree, in which array items are members named by their indices."""
    step, *further = steps
    if not step:  # `[]` is a new item, or the last item if that lacks the member.
        last = str(len(tree) - 1)
        item = tree.get(last)
        same = bool(further) and is_mapping(item) and further[0] not in item
        step = last if same else str(len(tree))
    if further:
        nested: Any = tree.setdefault(step, {})
        if not isinstance(nested, str | list):
            _insert(nested, further, value)
    elif step in tree:  # An array whose items have the same name.
        item = tree[step]
        tree[step] = [*item, value] if isinstance(item, list) else [item, value]
    else:
        tree[step] = value
