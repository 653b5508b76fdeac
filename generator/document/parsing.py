"""Parsing of YAML 1.2 and JSON, with the position of every node."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .diagnostics import Diagnostic
from .json_positions import JsonPositions
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
    _positions: Tree | JsonPositions = field(repr=False)

    def position(self, pointer: Pointer, *, key: bool = False) -> Position:
        """Return line and column of a node, or of its nearest ancestor that exists."""
        return self._positions.position(pointer, key=key)


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
    return ParsedFile(text, data, located, tree or JsonPositions(text))


_NOTHING = Tree(None, {}, ())


def _check_encoding(content: bytes) -> None:
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8", errors="replace")
        position = position_at(before, len(before))
        message, hint = "the file is not UTF-8", "save the file as UTF-8"
        raise UnreadableError("S101", position, message, hint) from None
