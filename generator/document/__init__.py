"""An OpenAPI document, with the file, line and column of every value.

Nodes and documents are one module because they refer to each other, and import no other package;
every stage may import this one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from . import parsing
from .base_uris import Bases, existing_file, find_file, own_base, stated_bases
from .diagnostics import Diagnostic, DocumentError, Location, Severity
from .identifiers import Identifiers, identifiers
from .json_values import Pointer, is_array, is_object, parse_pointer, pointer_text
from .local_files import is_remote, referenced_files

LONGEST_CHAIN = 100  # references; following every one of a chain takes quadratic time


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """One file of a document.

    Attributes:
        name: The path as the user wrote it, for diagnostics.
        path: The absolute path.
        parsed: The data and the position of every node.
        origins: The parts that an overlay wrote, by their JSON Pointers.
        rewritten: The text with overlays applied; empty without overlays.
    """

    name: str
    path: Path
    parsed: parsing.ParsedFile
    origins: Mapping[Pointer, Node] = field(default_factory=dict[Pointer, "Node"])
    rewritten: str = ""

    @property
    def root(self) -> Node:
        """The root node of the file."""
        return Node(self, (), self.parsed.data)

    @property
    def base(self) -> str:
        """The base URI that the file states as `$self`; empty if it states none."""
        return own_base(self.parsed.data, self.path)


@dataclass(frozen=True, slots=True)
class Node:
    """A value in a document, with its file and its JSON Pointer."""

    source: Source
    pointer: Pointer
    value: Any = field(compare=False)

    def __truediv__(self, key: str | int) -> Node:
        """Return a member; an absent one has the value None and its parent's position."""
        value: Any = None
        if is_object(self.value):
            value = self.value.get(str(key))
        elif is_array(self.value) and isinstance(key, int) and key < len(self.value):
            value = self.value[key]
        return Node(self.source, (*self.pointer, key), value)

    def at(self, *keys: str | int) -> Node:
        """Return the node at a path of keys below this one."""
        node = self
        for key in keys:
            node = node / key
        return node

    def __contains__(self, key: str) -> bool:
        """Whether the value is an object with this member."""
        return is_object(self.value) and key in self.value

    def members(self) -> Iterator[tuple[str, Node]]:
        """Iterate over the members of an object in order; over nothing for other values."""
        if is_object(self.value):
            for key, value in self.value.items():
                yield key, Node(self.source, (*self.pointer, key), value)

    def items(self) -> Iterator[Node]:
        """Iterate over the items of an array; over nothing for other values."""
        if is_array(self.value):
            for index, value in enumerate(self.value):
                yield Node(self.source, (*self.pointer, index), value)

    @property
    def location(self) -> Location:
        """The location of the first character of the value."""
        return self._location(key=False)

    @property
    def key_location(self) -> Location:
        """The location of the first character of the value's key."""
        return self._location(key=True)

    def _location(self, *, key: bool) -> Location:
        for length in range(len(self.pointer), 0, -1) if self.source.origins else ():
            origin = self.source.origins.get(self.pointer[:length])
            if origin is not None:
                written = origin.at(*self.pointer[length:])
                return written.key_location if key else written.location
        return Location(self.source.name, *self.source.parsed.position(self.pointer, key=key))

    @property
    def pointer_text(self) -> str:
        """The JSON Pointer as a URI fragment."""
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
        """Build an error at this node, or at its key; see `Diagnostic` for the arguments."""
        location = self.key_location if key else self.location
        return Diagnostic(code, Severity.ERROR, location, message, hint, reading, is_lossy)

    def warning(self, code: str, message: str, hint: str, *, key: bool = False) -> Diagnostic:
        """Build a warning at this node, or at its key."""
        location = self.key_location if key else self.location
        return Diagnostic(code, Severity.WARNING, location, message, hint)


class UnresolvedReferenceError(Exception):
    """A `$ref` that cannot be resolved; the message has the reason."""

    def __init__(self, message: str, hint: str | Callable[[], str]) -> None:
        """Store the message and the hint of the diagnostic, or the function that finds it."""
        super().__init__(message)
        self.message = message
        self._hint = hint

    @property
    def hint(self) -> str:
        """The hint of the diagnostic; only who reports the error waits for a search."""
        return self._hint if isinstance(self._hint, str) else self._hint()


class LongChainError(UnresolvedReferenceError):
    """A chain of more than `LONGEST_CHAIN` references."""


@dataclass(frozen=True, slots=True)
class Document:
    """An OpenAPI document: its file and the local files that it references.

    Attributes:
        root: The root node of the document.
        sources: All files by path.
        problems: Problems that do not prevent reading the files, of syntax and of overlays.
        omitted_operations: The number of operations that were removed because of their errors.
        bases: The base URIs of the files that state one as `$self`.
    """

    root: Node
    sources: dict[Path, Source]
    problems: tuple[Diagnostic, ...] = ()
    omitted_operations: int = 0
    bases: Bases = ()

    @property
    def version(self) -> tuple[int, int]:
        """The OpenAPI version, such as (3, 1); (0, 0) if missing or malformed."""
        value = self.root.value.get("openapi") if is_object(self.root.value) else None
        parts = str(value).split(".") if isinstance(value, str | float) else []
        if len(parts) < 2 or not (parts[0].isdecimal() and parts[1].isdecimal()):
            return (0, 0)
        return int(parts[0]), int(parts[1])

    def follow(self, node: Node) -> Node:
        """Follow `$ref`s to the first node that is not a reference; see `chain` for the errors."""
        return self.chain(node)[-1]

    def chain(self, node: Node) -> list[Node]:
        """Return a node and those that its `$ref`s lead to; the last one is not a reference.

        Raises:
            LongChainError: If the chain has more than `LONGEST_CHAIN` references.
            UnresolvedReferenceError: If a reference has no target, is circular, or names a file
                that cannot be read.
        """
        seen: set[tuple[Path, Pointer]] = set()
        found = [node]
        while "$ref" in node and isinstance(node.value["$ref"], str):
            step = (node.source.path, node.pointer)
            if step in seen:
                message = f"the reference {node.value['$ref']!r} is circular"
                raise UnresolvedReferenceError(
                    message, "make one of the references in the circle name a definition"
                )
            if len(seen) == LONGEST_CHAIN:
                message = f"chain of more than {LONGEST_CHAIN} references"
                raise LongChainError(message, "reference the definition directly")
            seen.add(step)
            node = self.target(node.value["$ref"], node.source)
            found.append(node)
        return found

    def resolve(self, node: Node) -> Node | None:
        """Follow references as `follow` does; return None if they cannot be resolved."""
        try:
            return self.follow(node)
        except UnresolvedReferenceError:
            return None

    def target(self, reference: str, source: Source) -> Node:
        """Return the node that a `$ref` names.

        Args:
            reference: The value of `$ref`.
            source: The file that contains the reference.

        Raises:
            UnresolvedReferenceError: If the file or the node does not exist.
        """
        file, _, fragment = reference.partition("#")
        identified = self._find_identifier(reference, source)
        if identified is not None:
            return identified
        if file:
            source = self._source(file, source)
        try:
            pointer = parse_pointer(unquote(fragment, errors="strict"))
        except ValueError as error:
            hint = "write a JSON Pointer, for example '#/components/schemas/NAME'"
            message = f"malformed reference {reference!r}: {error}"
            raise UnresolvedReferenceError(message, hint) from None
        node = source.root
        for part in pointer:
            key = int(part) if is_array(node.value) and str(part).isdecimal() else part
            child = node / key
            if not _has(node, key):
                rest = pointer[len(node.pointer) :]
                raise UnresolvedReferenceError(
                    f"the reference {reference!r} has no target", partial(_nearest, node, rest)
                )
            node = child
        return node

    def is_identified(self, reference: str, source: Source) -> bool:
        """Whether a reference names a schema by `$id` or `$anchor`, or a file by its `$self`."""
        file = reference.partition("#")[0]
        is_file = bool(file) and self.file(file, source.path) is not None
        return is_file or self._find_identifier(reference, source) is not None

    def file(self, file: str, path: Path) -> Path | None:
        """Return the file of the document that the file part of a reference names, or None.

        Args:
            file: The file part of the reference.
            path: The file that contains the reference.
        """
        return find_file(file, path, self.bases, self.sources)

    def _find_identifier(self, reference: str, source: Source) -> Node | None:
        """Return the schema with the `$id` or `$anchor` of a reference, or None."""
        file, _, fragment = reference.partition("#")
        is_pointer = fragment[:1] in {"", "/"}
        if not file:
            return None if is_pointer else _find_anchor(source.root, fragment)
        for each in (source, *self.sources.values()):
            pointer = _identifiers(each).schema(file)
            if pointer is not None:
                owner = each.root.at(*pointer)
                return _below(owner, fragment) if is_pointer else _find_anchor(owner, fragment)
        path = None if is_pointer else self.file(file, source.path)
        return _find_anchor(self.sources[path].root, fragment) if path is not None else None

    def _source(self, file: str, source: Source) -> Source:
        path = self.file(file, source.path)
        if path is None and is_remote(file):
            hint = "save the file in the document's folder and reference it by its path"
            message = f"remote reference {file!r}; remote files are not downloaded"
            raise UnresolvedReferenceError(message, hint)
        if path is None:
            hint = "reference a file in the document's folder or below it"
            raise UnresolvedReferenceError(f"the file {file!r} cannot be read", hint)
        return self.sources[path]


@lru_cache(maxsize=16)
def _identifiers(source: Source) -> Identifiers:
    return identifiers(source.parsed.data, source.base)


def _bases(sources: Mapping[Path, Source]) -> Bases:
    """Return the base URIs of the files that state one."""
    return tuple((each.base, each.path) for each in sources.values() if each.base)


def _find_anchor(owner: Node, anchor: str) -> Node | None:
    """Return the schema with an anchor inside another one, or in a whole file."""
    pointer = _identifiers(owner.source).find(owner.pointer, anchor)
    return None if pointer is None else owner.source.root.at(*pointer)


def _below(node: Node, fragment: str) -> Node | None:
    for part in parse_pointer(unquote(fragment)):
        key = int(part) if is_array(node.value) and str(part).isdecimal() else part
        if not _has(node, key):
            return None
        node = node / key
    return node


def load(path: Path) -> Document:
    """Read a document and the local files that it references.

    Args:
        path: A YAML or JSON file.

    Raises:
        DocumentError: If a file is not valid YAML 1.2 or JSON.
        OSError: If the document's own file cannot be read.
    """
    root = read_source(path, str(path))
    sources = {root.path: root}
    waiting = [root]
    problems = list(root.parsed.problems)
    folder = root.path.parent
    stated = cache(lambda: tuple(stated_bases(folder)))
    while waiting:
        source = waiting.pop()
        for file in sorted(referenced_files(source.parsed.data)):
            target = existing_file(file, source.path, _bases(sources), folder, stated)
            if target is not None and target not in sources:
                shown = path.parent / target.relative_to(folder)
                sources[target] = read_source(target, str(shown))
                problems += sources[target].parsed.problems
                waiting.append(sources[target])
    if any(not each.reading for each in problems):
        raise DocumentError(problems)
    return Document(root.root, sources, tuple(problems), bases=_bases(sources))


def read_source(path: Path, name: str) -> Source:
    """Read one file, which diagnostics show under a name."""
    return Source(name, path.resolve(), parsing.parse(path.read_bytes(), name))


def _has(node: Node, key: str | int) -> bool:
    if is_object(node.value):
        return key in node.value
    return is_array(node.value) and isinstance(key, int) and key < len(node.value)


def _nearest(node: Node, rest: Pointer) -> str:
    """Return a hint with the nearest target: that of the steps left, each read as a similar one."""
    nearest = node
    for part in map(str, rest):
        names = [key for key, _ in nearest.members()]
        near = get_close_matches(part, names, n=1)
        if not near:
            break
        nearest = nearest / near[0]
    if len(nearest.pointer) == len(node.pointer) + len(rest):
        return f"did you mean '{nearest.pointer_text}'?"
    missing = str(rest[len(nearest.pointer) - len(node.pointer)])
    return f"add {missing!r} to '{nearest.pointer_text}', or correct the reference"
