"""An OpenAPI document and the position of every value in it.

`load` reads a file and the local files that its references name; a `Node` is a value that knows its
file, line and column. Every stage may import this package; it imports none of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from generator.document import parsing
from generator.document.diagnostics import Diagnostic, DocumentError, Location, Severity
from generator.document.json_values import Pointer, is_array, is_object, parse_pointer, pointer_text
from generator.document.local_files import files_named, is_file, is_remote, local_file

LONGEST_CHAIN = 100  # references; following each from the start must not take the square of that


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """One file of a document.

    Attributes:
        name: The file as the user wrote it; diagnostics use it.
        path: The file, absolute.
        parsed: Its data and the place of every node.
    """

    name: str
    path: Path
    parsed: parsing.Parsed

    @property
    def root(self) -> Node:
        """The whole file as a node."""
        return Node(self, (), self.parsed.data)


@dataclass(frozen=True, slots=True)
class Node:
    """A value in a document, with the file and the JSON Pointer that lead to it."""

    source: Source
    pointer: Pointer
    value: Any = field(compare=False)

    def __truediv__(self, key: str | int) -> Node:
        """Give a member; one that is absent has the value None and its parent's place."""
        value: Any = None
        if is_object(self.value):
            value = self.value.get(str(key))
        elif is_array(self.value) and isinstance(key, int) and key < len(self.value):
            value = self.value[key]
        return Node(self.source, (*self.pointer, key), value)

    def at(self, *keys: str | int) -> Node:
        """Give a node further down."""
        node = self
        for key in keys:
            node = node / key
        return node

    def __contains__(self, key: str) -> bool:
        """Whether this is an object with that member."""
        return is_object(self.value) and key in self.value

    def members(self) -> Iterator[tuple[str, Node]]:
        """Give the members of an object, in order; nothing if this is no object."""
        if is_object(self.value):
            for key, value in self.value.items():
                yield key, Node(self.source, (*self.pointer, key), value)

    def items(self) -> Iterator[Node]:
        """Give the items of an array; nothing if this is no array."""
        if is_array(self.value):
            for index, value in enumerate(self.value):
                yield Node(self.source, (*self.pointer, index), value)

    @property
    def location(self) -> Location:
        """Where the value starts."""
        return Location(self.source.name, *self.source.parsed.place(self.pointer))

    @property
    def key_location(self) -> Location:
        """Where the key starts that leads to the value."""
        return Location(self.source.name, *self.source.parsed.place(self.pointer, key=True))

    @property
    def pointer_text(self) -> str:
        """The JSON Pointer as a URI fragment shows it."""
        return f"#{pointer_text(self.pointer)}"

    def error(
        self,
        code: str,
        message: str,
        hint: str,
        *,
        key: bool = False,
        reading: str = "",
        is_lossy: bool = False,
    ) -> Diagnostic:
        """Make an error at this node, or at its key; the rest is explained at `Diagnostic`."""
        place = self.key_location if key else self.location
        return Diagnostic(code, Severity.ERROR, place, message, hint, reading, is_lossy)

    def warning(self, code: str, message: str, hint: str, *, key: bool = False) -> Diagnostic:
        """Make a warning at this node, or at its key."""
        place = self.key_location if key else self.location
        return Diagnostic(code, Severity.WARNING, place, message, hint)


class UnresolvedReferenceError(Exception):
    """A `$ref` that leads nowhere; the text says why."""

    def __init__(self, message: str, hint: str) -> None:
        """Keep what is wrong and what to do about it."""
        super().__init__(message)
        self.message = message
        self.hint = hint


class LongChainError(UnresolvedReferenceError):
    """A reference to a reference to a reference, and so on."""


@dataclass(frozen=True, slots=True)
class Document:
    """An OpenAPI document: its file and the local files that it refers to.

    Attributes:
        root: The document itself.
        sources: All files by their paths.
        remarks: What is wrong with its notation, though it can be read.
        left_out: How many operations were left out of it, since they cannot be read.
    """

    root: Node
    sources: dict[Path, Source]
    remarks: tuple[Diagnostic, ...] = ()
    left_out: int = 0

    @property
    def version(self) -> tuple[int, int]:
        """The version of OpenAPI, such as (3, 1); (0, 0) if it cannot be read."""
        value = self.root.value.get("openapi") if is_object(self.root.value) else None
        parts = str(value).split(".") if isinstance(value, str | float) else []
        if len(parts) < 2 or not (parts[0].isdecimal() and parts[1].isdecimal()):
            return (0, 0)
        return int(parts[0]), int(parts[1])

    def follow(self, node: Node) -> Node:
        """Follow `$ref`s until a node that is none.

        Raises:
            LongChainError: If there are more than anybody means.
            UnresolvedReferenceError: If a reference leads nowhere, in a circle, or out of reach.
        """
        seen: set[tuple[Path, Pointer]] = set()
        while "$ref" in node and isinstance(node.value["$ref"], str):
            step = (node.source.path, node.pointer)
            if step in seen:
                message = f"{node.value['$ref']!r} refers to itself"
                raise UnresolvedReferenceError(
                    message, "let one of the references name a real definition"
                )
            if len(seen) == LONGEST_CHAIN:
                message = f"more than {LONGEST_CHAIN} references lead from one to the next"
                raise LongChainError(message, "let this one name the definition itself")
            seen.add(step)
            node = self.target(node.value["$ref"], node.source)
        return node

    def resolve(self, node: Node) -> Node | None:
        """Follow references as `follow` does; return None if they lead nowhere."""
        try:
            return self.follow(node)
        except UnresolvedReferenceError:
            return None

    def target(self, reference: str, source: Source) -> Node:
        """Give the node that a `$ref` names.

        Args:
            reference: The text of the reference.
            source: The file that it stands in.

        Raises:
            UnresolvedReferenceError: If there is no such node.
        """
        file, _, fragment = reference.partition("#")
        if file:
            source = self._source(file, source)
        try:
            pointer = parse_pointer(unquote(fragment, errors="strict"))
        except ValueError as error:
            hint = "write '#/components/schemas/NAME', or the like"
            message = f"{reference!r} is no reference to a place: {error}"
            raise UnresolvedReferenceError(message, hint) from None
        node = source.root
        for part in pointer:
            key = int(part) if is_array(node.value) and str(part).isdecimal() else part
            child = node / key
            if not _has(node, key):
                raise UnresolvedReferenceError(
                    f"{reference!r} leads nowhere", _nearest(node, str(part))
                )
            node = child
        return node

    def _source(self, file: str, source: Source) -> Source:
        if is_remote(file):
            hint = "save that file beside the document and refer to it by its path"
            message = f"{file!r} is on another machine; nothing is fetched"
            raise UnresolvedReferenceError(message, hint)
        path = local_file(file, source.path)
        if path is None or path not in self.sources:
            hint = "a reference may name files in the document's own folder and below it"
            raise UnresolvedReferenceError(f"{file!r} cannot be read", hint)
        return self.sources[path]


def load(path: Path) -> Document:
    """Read a document and the local files that it refers to.

    Args:
        path: A YAML or JSON file.

    Raises:
        DocumentError: If a file is not readable YAML 1.2 or JSON.
        OSError: If the document itself cannot be read.
    """
    root = _read(path, str(path))
    sources = {root.path: root}
    waiting = [root]
    problems = list(root.parsed.problems)
    while waiting:
        source = waiting.pop()
        for file in sorted(files_named(source.parsed.data)):
            target = local_file(file, source.path)
            if target is None or target in sources or not target.is_relative_to(root.path.parent):
                continue
            if is_file(target):
                shown = path.parent / target.relative_to(root.path.parent)
                sources[target] = _read(target, str(shown))
                problems += sources[target].parsed.problems
                waiting.append(sources[target])
    if any(not each.reading for each in problems):
        raise DocumentError(problems)
    return Document(root.root, sources, tuple(problems))


def _read(path: Path, name: str) -> Source:
    return Source(name, path.resolve(), parsing.parse(path.read_bytes(), name))


def _has(node: Node, key: str | int) -> bool:
    if is_object(node.value):
        return key in node.value
    return is_array(node.value) and isinstance(key, int) and key < len(node.value)


def _nearest(node: Node, part: str) -> str:
    names = [key for key, _ in node.members()]
    near = get_close_matches(part, names, n=1)
    place = node.pointer_text
    if near:
        return f"did you mean '{place}/{near[0]}'?"
    return f"'{place}' has no member {part!r}"
