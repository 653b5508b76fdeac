"""One walk over a document that finds every object, reference and misfit, for all rules to use.

The walk knows what each place is for, so it tells a `$ref` from a property of that name, and
follows references into other files. What a YAML alias repeats is looked at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Literal

from generator.document import Document, Node, UnresolvedReferenceError
from generator.document.json_values import is_array, is_object
from generator.openapi.notation import Alternative, Field, Shape, spoken
from generator.openapi.objects import KEEP_SIBLINGS, REFERENCEABLE, SHAPES
from generator.openapi.operations import operations_of, parameters_of


@dataclass(frozen=True, slots=True)
class Misfit:
    """A place where the document is not as the table of shapes says.

    Attributes:
        what: A value of a wrong type, one that stands for nothing, a field that is missing, or one
            that nobody knows.
        node: The value; for a missing field the object that lacks it.
        kind: The object that the field belongs to.
        name: The field.
        lenient: Whether the document can be read all the same.
        expected: What may stand there, in words.
        alternatives: What may stand there.
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
    """An operation under `paths` with its parameters, references followed."""

    path: str
    method: str
    node: Node
    path_item: Node
    parameters: tuple[Node, ...]

    @property
    def id(self) -> str:
        """The operationId, or an empty text."""
        value = self.node.value.get("operationId")
        return value if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True)
class Survey:
    """What a walk over a document found.

    Attributes:
        document: The document itself.
        objects: Every object by its kind, in the document's order.
        references: Every object that is a reference, with the kind it stands for.
        misfits: Where the document is not as OpenAPI's objects are.
        operations: The operations under `paths`.
    """

    document: Document
    objects: Mapping[str, list[Node]]
    references: list[tuple[str, Node]]
    misfits: list[Misfit]
    operations: list[Operation]

    def all(self, *kinds: str) -> Iterator[Node]:
        """Give the objects of some kinds."""
        for kind in kinds:
            yield from self.objects.get(kind, ())

    def follow(self, node: Node) -> Node | None:
        """Follow references; None if they lead nowhere."""
        return self.document.resolve(node)

    @property
    def is_strict(self) -> bool:
        """Whether the document says that its extensions are ours."""
        version: object = (self.document.root / "x-generator").value
        return version == 1 and version is not True


def survey(document: Document) -> Survey:
    """Walk over a document."""
    walk = _Walk(document)
    walk.run()
    operations = [
        Operation(
            each.path,
            each.method,
            each.node,
            each.path_item,
            tuple(parameters_of(document, each)),
        )
        for each in operations_of(document)
    ]
    return Survey(document, walk.objects, walk.references, walk.misfits, operations)


@dataclass(slots=True)
class _Walk:
    """The state of a walk: what was found, and what is still to be looked at."""

    document: Document
    objects: dict[str, list[Node]] = field(default_factory=dict[str, list[Node]])
    references: list[tuple[str, Node]] = field(default_factory=list[tuple[str, Node]])
    misfits: list[Misfit] = field(default_factory=list[Misfit])
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
        """Look at one object and give the objects below it, or behind its reference."""
        if kind in REFERENCEABLE and isinstance(node.value.get("$ref"), str):
            self.references.append((kind, node))
            with suppress(UnresolvedReferenceError):  # Rule R201 says so.
                yield kind, self.document.target(node.value["$ref"], node.source)
            if kind not in KEEP_SIBLINGS:
                return
        self.objects.setdefault(kind, []).append(node)
        result = fit(kind, SHAPES[kind], node)
        self.misfits += result.misfits
        yield from result.found


def fit(kind: str, shape: Shape, node: Node) -> Fit:
    """Compare an object with its shape."""
    result = Fit(kind)
    others = shape.get("*")
    for name, value in node.members():
        known = shape.get(name) or (None if name.startswith("x-") else others)
        if known is not None:
            result.place(name, value, known, known.alternatives)
        elif not name.startswith("x-"):
            result.misfits.append(Misfit("unknown", value, kind, name, lenient=True))
    for name, wanted in shape.items():
        if wanted.presence and node.value.get(name) is None:
            lenient = wanted.presence == "?"
            result.misfits.append(Misfit("missing", node, kind, name, lenient))
    return result


@dataclass(slots=True)
class Fit:
    """How an object fits its shape.

    Attributes:
        kind: The object's kind.
        misfits: Where it does not fit.
        found: The objects of known kinds below it.
    """

    kind: str
    misfits: list[Misfit] = field(default_factory=list[Misfit])
    found: list[tuple[str, Node]] = field(default_factory=list[tuple[str, Node]])

    def place(
        self, name: str, value: Node, wanted: Field, alternatives: tuple[Alternative, ...]
    ) -> None:
        """Match a value, and the members of a list or a map, against what may stand there."""
        match = next((each for each in alternatives if each.fits(value.value)), None)
        if match is None:
            if value.value is None and wanted.presence:
                return  # It is missing, which is said once.
            self._misfit(name, value, wanted, alternatives)
        elif match.kind:
            self.found.append((match.kind, value))
        elif match.members and match.members[0].json != "any":
            for index, each in enumerate(value.items()):
                self.place(f"{name}[{index}]", each, wanted, match.members)
            for key, each in value.members():
                self.place(key, each, wanted, match.members)

    def _misfit(
        self, name: str, value: Node, wanted: Field, alternatives: tuple[Alternative, ...]
    ) -> None:
        expected = " or ".join(map(str, alternatives))
        is_void = _is_void(value.value, alternatives)
        lenient = wanted.lenient or is_void
        what: Literal["void", "type"] = "void" if is_void else "type"
        self.misfits.append(Misfit(what, value, self.kind, name, lenient, expected, alternatives))


def _is_void(value: object, alternatives: tuple[Alternative, ...]) -> bool:
    """Whether a value stands for nothing: null, or PHP's way of writing an empty object."""
    if value is None:
        return True
    return is_array(value) and not value and any(each.json == "object" for each in alternatives)


def describe(misfit: Misfit) -> str:
    """Say what is wrong with a value's type, or with the value if only some are meant."""
    value = misfit.node.value
    chosen = isinstance(value, str) and misfit.expected.startswith("'")
    shown = repr(value) if chosen else spoken(value)
    return f"{misfit.name!r} must be {misfit.expected}, not {shown}"
