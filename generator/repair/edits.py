"""Changes to a document, collected first and then applied in one pass."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from ..document import Document, Node, Source
from ..document.json_values import JsonObject, is_array, is_object


@dataclass(frozen=True, slots=True)
class _Change:
    """The change of a member or an item: a new key and value, or its removal."""

    key: str | int
    value: Any = None
    is_removed: bool = False


_Changes: TypeAlias = dict[str | int, _Change]


@dataclass(slots=True)
class Edits:
    """Changes, grouped by the object or list that they change.

    An object with several positions, because of a YAML alias, is changed in all of them.

    Attributes:
        partial: Whether parts without a sensible reading may be dropped.
    """

    partial: bool = False
    _changes: dict[int, _Changes] = field(default_factory=dict[int, _Changes])

    def __bool__(self) -> bool:
        """Whether there are changes."""
        return bool(self._changes)

    def put(self, node: Node, value: Any) -> None:
        """Replace a value, or add one for an absent member."""
        self._add(node, _Change(node.pointer[-1], value))

    def rename(self, node: Node, key: str) -> None:
        """Move a value to another key, which must be free."""
        self._add(node, _Change(key, node.value))

    def remove(self, node: Node) -> None:
        """Remove a member or an item."""
        self._add(node, _Change(node.pointer[-1], is_removed=True))

    def apply_to(self, document: Document) -> Document:
        """Return a document with all changes."""
        sources: dict[Any, Source] = {}
        for path, source in document.sources.items():
            data = self._rebuild(source.parsed.data, {})
            sources[path] = replace(source, parsed=replace(source.parsed, data=data))
        return replace(document, root=sources[document.root.source.path].root, sources=sources)

    def _add(self, node: Node, change: _Change) -> None:
        changes = self._changes.setdefault(id(_container(node)), {})
        changes.setdefault(node.pointer[-1], change)

    def _rebuild(self, value: Any, done: dict[int, Any]) -> Any:
        """Return a value with the changes inside it; the same object without any."""
        if not is_object(value) and not is_array(value):
            return value
        if id(value) not in done:
            changes = self._changes.get(id(value), {})
            done[id(value)] = self._contents(value, changes, done)
        return done[id(value)]

    def _contents(self, value: Any, changes: _Changes, done: dict[int, Any]) -> Any:
        if is_object(value):
            return self._object(value, changes, done)
        return self._list(value, changes, done)

    def _object(self, value: JsonObject, changes: _Changes, done: dict[int, Any]) -> JsonObject:
        result: JsonObject = {}
        for key, each in value.items():
            change = changes.get(key) or _Change(key, each)
            if not change.is_removed:
                result[str(change.key)] = self._rebuild(change.value, done)
        for added, change in changes.items():
            if added not in value and not change.is_removed:
                result[str(added)] = self._rebuild(change.value, done)
        is_same = not changes and all(result[key] is each for key, each in value.items())
        return value if is_same else result

    def _list(self, value: list[Any], changes: _Changes, done: dict[int, Any]) -> list[Any]:
        kept = [changes.get(index) or _Change(index, each) for index, each in enumerate(value)]
        result = [self._rebuild(each.value, done) for each in kept if not each.is_removed]
        is_same = not changes and all(a is b for a, b in zip(result, value, strict=True))
        return value if is_same else result


def _container(node: Node) -> Any:
    container: Node = node.source.root.at(*node.pointer[:-1])
    return container.value
