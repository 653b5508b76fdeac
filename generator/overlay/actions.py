"""Application of overlays to a document."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import yaml

from ..document import Document, Node, Source
from ..document.diagnostics import Diagnostic, DocumentError
from ..document.json_values import JsonObject, Pointer, is_array, is_object, pointer_text
from .json_path import Query, select
from .reading import Action, Overlay


class Application:
    """A document on which overlays are applied.

    Only the document's own file changes. Values of an overlay have their locations in it.
    """

    def __init__(self, document: Document) -> None:
        """Copy the data of a document."""
        self._document = document
        self._source = document.root.source
        self._data: Any = _copy(document.root.value)
        self._origins: dict[Pointer, Node] = {}
        self._problems: list[Diagnostic] = []

    def apply(self, overlay: Overlay) -> None:
        """Apply the actions of an overlay in their order."""
        self._problems += overlay.warnings
        for each in overlay.actions:
            self._act(each)

    def result(self) -> Document:
        """Return the changed document.

        Raises:
            DocumentError: If an action could not be applied.
        """
        if any(each.is_error for each in self._problems):
            raise DocumentError(self._problems)
        text = yaml.safe_dump(self._data, sort_keys=False, allow_unicode=True, width=100)
        source = replace(self._changed_source(), rewritten=text)
        return replace(
            self._document,
            root=source.root,
            sources={**self._document.sources, source.path: source},
            problems=(*self._document.problems, *self._problems),
        )

    def _changed_source(self) -> Source:
        """Return the file as it is now."""
        parsed = replace(self._source.parsed, data=self._data)
        return replace(self._source, parsed=parsed, origins=dict(self._origins))

    def _act(self, action: Action) -> None:
        targets = select(action.query, self._data)
        if not targets:
            message = f"{action.target.value!r} matches nothing in the document"
            hint = "correct the JSONPath, or remove the action"
            self._problems.append(action.target.warning("Y104", message, hint))
        elif action.removes:
            for each in sorted(targets, key=_order, reverse=True):
                self._remove(each, action)
        elif len(kinds := sorted({_kind(self._at(each)) for each in targets})) > 1:
            message = (
                f"{action.target.value!r} selects {' and '.join(f'{each}s' for each in kinds)}"
            )
            hint = "select values of one kind with each action"
            self._problems.append(action.target.error("Y105", message, hint))
        else:
            value = action.update if action.copy is None else self._value_to_copy(*action.copy)
            if value is not None:
                for each in targets:
                    self._update(each, value)

    def _value_to_copy(self, query: Query, location: Node) -> Node | None:
        """Return the only value that a JSONPath selects; report another number of them."""
        found = select(query, self._data)
        if len(found) == 1:
            source = self._changed_source()
            node = source.root.at(*found[0])
            return replace(node, value=_copy(node.value))
        message = f"{location.value!r} selects {len(found)} values, not one"
        self._problems.append(location.error("Y105", message, "write a JSONPath of one value"))
        return None

    def _update(self, pointer: Pointer, value: Node) -> None:
        target = self._at(pointer)
        if is_array(target):
            for each in value.items() if is_array(value.value) else (value,):
                self._put((*pointer, len(target)), each)
        elif is_object(target) and is_object(value.value):
            self._merge(pointer, value)
        elif pointer and not is_object(target) and not _is_container(value.value):
            self._put(pointer, value)
        else:
            self._reject(value, pointer, target)

    def _merge(self, pointer: Pointer, value: Node) -> None:
        for key, each in value.members():
            location = (*pointer, key)
            target = self._at(pointer)
            if key not in target or _kind(target[key]) == _kind(each.value) == "value":
                self._put(location, each)
            elif is_object(target[key]) and is_object(each.value):
                self._merge(location, each)
            elif is_array(target[key]) and is_array(each.value):
                for item in each.items():
                    self._put((*location, len(target[key])), item)
            else:
                self._reject(each, location, target[key])

    def _reject(self, value: Node, pointer: Pointer, target: Any) -> None:
        message = (
            f"{_article(_kind(value.value))} cannot change {_article(_kind(target))}, "
            f"'#{pointer_text(pointer)}' of the document"
        )
        hint = "select another target, or remove that one first"
        self._problems.append(value.error("Y105", message, hint))

    def _put(self, pointer: Pointer, value: Node) -> None:
        """Set a member, or append an item."""
        *_, key = pointer
        parent: Any = self._at(pointer[:-1])
        copied = _copy(value.value)
        self._forget(pointer)
        if isinstance(key, int) and key == len(parent):
            parent.append(copied)
        else:
            parent[key] = copied
        self._origins[pointer] = value

    def _remove(self, pointer: Pointer, action: Action) -> None:
        if not pointer:
            hint = "select a part of the document"
            message = "the whole document cannot be removed"
            self._problems.append(action.target.error("Y105", message, hint))
            return
        *holder, key = pointer
        parent: Any = self._at(pointer[:-1])
        later = range(key + 1, len(parent)) if isinstance(key, int) else ()
        before = self._changed_source().root.at(*holder)
        self._forget(pointer)
        del parent[key]
        for index in later:
            self._forget((*holder, index))
            self._origins[*holder, index - 1] = before / index

    def _forget(self, pointer: Pointer) -> None:
        """Forget where a value and its parts were written."""
        length = len(pointer)
        for each in [each for each in self._origins if each[:length] == pointer]:
            del self._origins[each]

    def _at(self, pointer: Pointer) -> Any:
        value = self._data
        for key in pointer:
            value = value[key]
        return value


def _order(pointer: Pointer) -> tuple[int, list[tuple[int, str]]]:
    """Return a sort key: wholes come before their parts, and items in order."""
    return len(pointer), [(each, "") if isinstance(each, int) else (-1, each) for each in pointer]


def _copy(value: Any) -> Any:
    """Return a copy in which no object or array occurs twice, as YAML aliases let them."""
    if is_object(value):
        copied: JsonObject = {key: _copy(each) for key, each in value.items()}
        return copied
    return [_copy(each) for each in value] if is_array(value) else value


def _is_container(value: Any) -> bool:
    return is_object(value) or is_array(value)


def _kind(value: Any) -> str:
    if is_object(value):
        return "object"
    return "array" if is_array(value) else "value"


def _article(kind: str) -> str:
    return f"an {kind}" if kind in {"object", "array"} else f"a {kind}"
