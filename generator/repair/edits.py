"""Changes to a document, collected first and then made all at once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from generator.document import Document, Node, Source
from generator.document.json_values import JsonObject, is_array, is_object


@dataclass(frozen=True, slots=True)
class _Change:
    """What becomes of a member or an item: another value under some key, or nothing."""

    key: str | int
    value: Any = None
    is_removed: bool = False


_Changes: TypeAlias = dict[str | int, _Change]


@dataclass(slots=True)
class Edits:
    """Changes by the object or list that they are made in.

    An object that stands in several places, as a YAML alias lets it, is changed in all of them.

    Attributes:
        partial: Whether what has no sensible reading may be left out.
    """

    partial: bool = False
    _changes: dict[int, _Changes] = field(default_factory=dict[int, _Changes])

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self._changes)

    def put(self, node: Node, value: Any) -> None:
        """Write another value in a place, or one in a place that is empty."""
        self._add(node, _Change(node.pointer[-1], value))

    def rename(self, node: Node, key: str) -> None:
        """Write a value under another key, which has none."""
        self._add(node, _Change(key, node.value))

    def remove(self, node: Node) -> None:
        """Leave out a member or an item."""
        self._add(node, _Change(node.pointer[-1], is_removed=True))

    def applied(self, document: Document) -> Document:
        """Give the document with all changes."""
        sources: dict[Any, Source] = {}
        for path, source in document.sources.items():
            data = self._rebuilt(source.parsed.data, {})
            sources[path] = replace(source, parsed=replace(source.parsed, data=data))
        return replace(document, root=sources[document.root.source.path].root, sources=sources)

    def _add(self, node: Node, change: _Change) -> None:
        changes = self._changes.setdefault(id(_container(node)), {})
        changes.setdefault(node.pointer[-1], change)

    def _rebuilt(self, value: Any, done: dict[int, Any]) -> Any:
        """Give a value with the changes inside it; the value itself if there are none."""
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
                result[str(change.key)] = self._rebuilt(change.value, done)
        for added, change in changes.items():
            if added not in value and not change.is_removed:
                result[str(added)] = self._rebuilt(change.value, done)
        is_same = not changes and all(result[key] is each for key, each in value.items())
        return value if is_same else result

    def _list(self, value: list[Any], changes: _Changes, done: dict[int, Any]) -> list[Any]:
        kept = [changes.get(index) or _Change(index, each) for index, each in enumerate(value)]
        result = [self._rebuilt(each.value, done) for each in kept if not each.is_removed]
        is_same = not changes and all(a is b for a, b in zip(result, value, strict=True))
        return value if is_same else result


def _container(node: Node) -> Any:
    container: Node = node.source.root.at(*node.pointer[:-1])
    return container.value
