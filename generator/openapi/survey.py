"""Traversal of a document that collects the objects for the rules.

The traversal has the type of each field, so it distinguishes a `$ref` from a property of that
name. It follows references into other files, and visits the target of a YAML alias once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Literal

from ..document import Document, Node, UnresolvedReferenceError
from ..document.json_values import is_array, is_object
from .notation import Alternative, Field, Shape, describe_type, matching_type
from .objects import KEEP_SIBLINGS, REFERENCEABLE, SHAPES
from .operations import operations_of, parameters_of


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A difference between the document and the table of objects.

    Attributes:
        what: A value of a wrong type, a value that is read as absent, a missing field, or
            an unknown field.
        node: The value; for a missing field the object that lacks it.
        kind: The kind of object that the field belongs to.
        name: The name of the field.
        lenient: Whether the document can be read despite the mismatch.
        expected: A description of the allowed types.
        alternatives: The allowed types.
    """

    what: Literal["type", "void", "missing", "unknown"]
    node: Node
    kind: str
    name: str
    lenient: bool
    expected: str = ""
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation under `paths` and its parameters, with references resolved."""

    path: str
    method: str
    node: Node
    path_items: tuple[Node, ...]
    parameters: tuple[Node, ...]

    @property
    def id(self) -> str:
        """The operationId; empty if missing."""
        value = self.node.value.get("operationId")
        return value if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True)
class Survey:
    """The result of a traversal of a document.

    Attributes:
        document: The document.
        objects: All objects by kind, in the document's order.
        references: All references, each with the kind of object that it replaces.
        mismatches: All differences from the table of objects.
        operations: The operations under `paths`.
    """

    document: Document
    objects: Mapping[str, list[Node]]
    references: list[tuple[str, Node]]
    mismatches: list[Mismatch]
    operations: list[Operation]

    def all(self, *kinds: str) -> Iterator[Node]:
        """Iterate over the objects of the given kinds."""
        for kind in kinds:
            yield from self.objects.get(kind, ())

    def schemas_with(self, *keywords: str) -> Iterator[Node]:
        """Iterate over the schemas with one of the keywords at least."""
        wanted = frozenset(keywords)
        return (each for each in self.all("Schema") if not wanted.isdisjoint(each.value))

    def follow(self, node: Node) -> Node | None:
        """Follow references; return None if they cannot be resolved."""
        return self.document.resolve(node)

    @property
    def is_strict(self) -> bool:
        """Whether the document has `x-generator: 1`: its extensions are those of this generator."""
        version: object = (self.document.root / "x-generator").value
        return version == 1 and version is not True


def composed_schemas(
    document: Document, schema: Node, keywords: Sequence[str] = ("allOf", "anyOf", "oneOf")
) -> Iterator[Node]:
    """Iterate over a schema, with references resolved, and the schemas that it is composed of."""
    seen: set[Node] = set()
    waiting = [schema]
    while waiting:
        node = document.resolve(waiting.pop())
        if node is None or node in seen or not is_object(node.value):
            continue
        seen.add(node)
        yield node
        for keyword in keywords:
            waiting += (node / keyword).items()


def survey(document: Document) -> Survey:
    """Traverse a document."""
    traversal = _Traversal(document)
    traversal.run()
    operations = [
        Operation(
            each.path,
            each.method,
            each.node,
            each.path_items,
            tuple(parameters_of(document, each)),
        )
        for each in operations_of(document)
    ]
    return Survey(
        document, traversal.objects, traversal.references, traversal.mismatches, operations
    )


class LastSurvey:
    """Surveys documents, and keeps the survey of the last one for those who ask again."""

    def __init__(self) -> None:
        """Keep nothing yet."""
        self._last: Survey | None = None

    def __call__(self, document: Document) -> Survey:
        """Return the survey of a document."""
        if self._last is None or self._last.document is not document:
            self._last = survey(document)
        return self._last


@dataclass(slots=True)
class _Traversal:
    """The state of a traversal."""

    document: Document
    objects: dict[str, list[Node]] = field(default_factory=dict[str, list[Node]])
    references: list[tuple[str, Node]] = field(default_factory=list[tuple[str, Node]])
    mismatches: list[Mismatch] = field(default_factory=list[Mismatch])
    seen: set[tuple[str, int]] = field(default_factory=set[tuple[str, int]])

    def run(self) -> None:
        waiting: list[tuple[str, Node]] = [("OpenAPI", self.document.root)]
        while waiting:
            kind, node = waiting.pop()
            key = (kind, id(node.value))
            if key not in self.seen and is_object(node.value):
                self.seen.add(key)
                waiting += reversed(list(self._visit(kind, node)))

    def _visit(self, kind: str, node: Node) -> Iterator[tuple[str, Node]]:
        """Visit one object; iterate over its child objects, or the target of its reference."""
        if kind in REFERENCEABLE and isinstance(node.value.get("$ref"), str):
            self.references.append((kind, node))
            with suppress(UnresolvedReferenceError):  # Rule R201 reports it.
                target = self.document.target(node.value["$ref"], node.source)
                if target.pointer or "openapi" not in target:  # Rule R208 reports a whole document.
                    yield kind, target
            if kind not in KEEP_SIBLINGS:
                return
        self.objects.setdefault(kind, []).append(node)
        result = compare(kind, SHAPES[kind], node)
        self.mismatches += result.mismatches
        yield from result.found


def compare(kind: str, shape: Shape, node: Node) -> Comparison:
    """Compare an object with its fields in the table."""
    result = Comparison(kind)
    others = shape.get("*")
    for name, value in node.value.items():
        known = shape.get(name) or (None if name.startswith("x-") else others)
        if known is not None:
            match = known.match(value)
            if match is None or match.kind or match.members:
                result.add(name, node / name, known, known.alternatives)
        elif not name.startswith("x-"):
            result.mismatches.append(Mismatch("unknown", node / name, kind, name, lenient=True))
    for name, wanted in shape.items():
        if wanted.presence and node.value.get(name) is None:
            lenient = wanted.presence == "?"
            result.mismatches.append(Mismatch("missing", node, kind, name, lenient))
    return result


@dataclass(slots=True)
class Comparison:
    """The comparison of an object with its fields in the table.

    Attributes:
        kind: The kind of the object.
        mismatches: The differences.
        found: The child objects of known kinds.
    """

    kind: str
    mismatches: list[Mismatch] = field(default_factory=list[Mismatch])
    found: list[tuple[str, Node]] = field(default_factory=list[tuple[str, Node]])

    def add(
        self, name: str, value: Node, wanted: Field, alternatives: tuple[Alternative, ...]
    ) -> None:
        """Compare a value, and the members of a list or a map, with the allowed types."""
        match = matching_type(alternatives, value.value)
        if match is None:
            if value.value is None and wanted.presence:
                return  # It counts as missing, which is reported once.
            self._mismatch(name, value, wanted, alternatives)
        elif match.kind:
            self.found.append((match.kind, value))
        elif match.members and match.members[0].json != "any":
            for index, each in enumerate(value.items()):
                self.add(f"{name}[{index}]", each, wanted, match.members)
            for key, each in value.members():
                self.add(key, each, wanted, match.members)

    def _mismatch(
        self, name: str, value: Node, wanted: Field, alternatives: tuple[Alternative, ...]
    ) -> None:
        expected = " or ".join(map(str, alternatives))
        is_void = _is_void(value.value, alternatives)
        lenient = wanted.lenient or is_void
        what: Literal["void", "type"] = "void" if is_void else "type"
        self.mismatches.append(
            Mismatch(what, value, self.kind, name, lenient, expected, alternatives)
        )


def _is_void(value: object, alternatives: tuple[Alternative, ...]) -> bool:
    """Whether a value is read as absent: null, or `[]` as PHP encodes an empty object."""
    if value is None:
        return True
    return is_array(value) and not value and any(each.json == "object" for each in alternatives)


def describe(mismatch: Mismatch) -> str:
    """Return a message with the expected types, and the actual type or value."""
    value = mismatch.node.value
    has_literals = isinstance(value, str) and mismatch.expected.startswith("'")
    actual = repr(value) if has_literals else describe_type(value)
    return f"{mismatch.name!r} must be {mismatch.expected}, not {actual}"
