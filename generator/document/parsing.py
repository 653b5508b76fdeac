"""YAML 1.2 and JSON texts, read into plain data with the place of every node."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from generator.document.diagnostics import Diagnostic
from generator.document.json_reader import json_events, read_json
from generator.document.json_values import Pointer
from generator.document.positions import Place, Tree, UnreadableError, compose, place_of
from generator.document.yaml_reader import yaml_events


@dataclass(frozen=True)
class Parsed:
    """A text that was read.

    Attributes:
        text: The text itself.
        data: What it says; None if it could not be read.
        problems: Why it could not be read.
    """

    text: str
    data: Any
    problems: tuple[Diagnostic, ...]
    _compose: Callable[[], Tree] = field(repr=False)

    @cached_property
    def _tree(self) -> Tree:
        return self._compose()

    def place(self, pointer: Pointer, *, key: bool = False) -> Place:
        """Give line and column of a node, or of the nearest one above it that exists."""
        node, place = self._tree.root, (1, 1)
        for part in pointer:
            marks = self._tree.marks.get(id(node), {})
            if part not in marks:
                break
            key_place, value_place = marks[part]
            place = key_place if key else value_place
            node = node[part]
        return place


def parse(content: bytes, name: str) -> Parsed:
    """Read a YAML or JSON file.

    Args:
        content: The file's bytes, UTF-8.
        name: The file's name for diagnostics.

    Returns:
        The data, or the problems that stopped it from being read.
    """
    text = content.decode("utf-8-sig", errors="replace")
    problems: tuple[UnreadableError, ...]
    try:
        _check_encoding(content)
        if text.lstrip()[:1] in {"{", "["}:
            data, is_suspicious = read_json(text)
            tree = compose(json_events(text)) if is_suspicious else None
        else:
            tree = compose(yaml_events(text), merges=True)
            data = tree.root
        problems = tree.problems if tree else ()
    except UnreadableError as problem:
        data, tree, problems = None, _NOTHING, (problem,)
    located = tuple(each.in_file(name) for each in problems)
    return Parsed(text, data, located, lambda: tree or compose(json_events(text)))


_NOTHING = Tree(None, {}, ())


def _check_encoding(content: bytes) -> None:
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8", errors="replace")
        place = place_of(before, len(before))
        raise UnreadableError("S101", place, "this is not UTF-8", "save it as UTF-8") from None
