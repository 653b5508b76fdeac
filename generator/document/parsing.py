"""Parsing of YAML 1.2 and JSON, with the position of every node."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from .diagnostics import Diagnostic
from .json_reader import json_events, read_json
from .json_values import Pointer
from .positions import Position, Tree, UnreadableError, compose, position_at
from .yaml_reader import yaml_events


@dataclass(frozen=True)
class ParsedFile:
    """A parsed file.

    Attributes:
        text: The text of the file.
        data: The data; None if the text is malformed.
        problems: Problems of syntax.
    """

    text: str
    data: Any
    problems: tuple[Diagnostic, ...]
    _compose: Callable[[], Tree] = field(repr=False)

    @cached_property
    def _tree(self) -> Tree:
        return self._compose()

    def position(self, pointer: Pointer, *, key: bool = False) -> Position:
        """Return line and column of a node, or of its nearest ancestor that exists."""
        node, position = self._tree.root, (1, 1)
        for part in pointer:
            positions = self._tree.positions.get(id(node), {})
            if part not in positions:
                break
            key_position, value_position = positions[part]
            position = key_position if key else value_position
            node = node[part]
        return position


def parse(content: bytes, name: str) -> ParsedFile:
    """Parse a YAML or JSON file.

    Args:
        content: The bytes of the file, UTF-8.
        name: The name of the file in diagnostics.

    Returns:
        The data, or the problems that made parsing impossible.
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
    return ParsedFile(text, data, located, lambda: tree or compose(json_events(text)))


_NOTHING = Tree(None, {}, ())


def _check_encoding(content: bytes) -> None:
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8", errors="replace")
        position = position_at(before, len(before))
        message, hint = "the file is not UTF-8", "save the file as UTF-8"
        raise UnreadableError("S101", position, message, hint) from None
