"""Types as we read them, compared with those of datamodel-code-generator."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...document import Document, Node
from ...document.diagnostics import Diagnostic
from ...document.json_values import is_object
from ...normalize import Normalized
from ...normalize.operations import OperationReading
from ...normalize.responses import ResponseReading
from ...normalize.schemas.inline_names import node_id
from ...normalize.schemas.shapes import EnumShape, NamedShape, ObjectShape
from ...openapi import media_types
from ...python.types import DictType, ListType, Name, TypeExpression
from ..libraries.types import LibraryTypes, read_types
from ..libraries.vocabulary import UNKNOWN, Kind, Vocabulary
from ..types.model_types import type_of

_LIBRARY = "datamodel-code-generator"
_HINT = "compare both with the document; report the one that misreads it"
_UNREAD = "nothing in it is compared; compare the package with the document yourself"


@dataclass(frozen=True, slots=True)
class _Position:
    """A schema outside of the components.

    Attributes:
        node: The schema.
        type: The type that we read.
    """

    node: Node
    type: TypeExpression


def compare_types(normalized: Normalized) -> Iterator[Diagnostic]:
    """Compare the types of the components, and of all that operations take and return."""
    document = normalized.document
    positions = [
        position
        for operation in normalized.operations
        for position in _positions(document, operation)
        if is_object(position.node.value)
    ]
    read = read_types(document, [each.node for each in positions])
    for node, reason in read.unread:
        message = f"{_LIBRARY} cannot read this schema: {reason}"
        yield node.warning("U909", message, _UNREAD)
    comparison = _Comparison(document, normalized.schemas, read)
    for named in normalized.schemas.values():
        if not named.base:
            comparison.compare(_Position(named.node, Name(named.name)))
    for each in positions:
        comparison.compare(each)
    yield from comparison.found


def _positions(document: Document, operation: OperationReading) -> Iterator[_Position]:
    """Iterate over the schemas of an operation, with the types that we read."""
    for parameter in operation.parameters:
        if "schema" in parameter.node:
            yield _Position(parameter.node / "schema", type_of(parameter.shape))
    if operation.body is not None:
        content = dict((operation.body.node / "content").members())
        for media in operation.body.media:
            if media.media_type in content and media.kind in {"json", "form", "multipart"}:
                yield _Position(content[media.media_type] / "schema", type_of(media.shape))
    responses = {status.upper(): node for status, node in (operation.node / "responses").members()}
    for response in operation.responses:
        node = document.follow(responses.get(response.status.upper(), operation.node))
        yield from _response_positions(document, response, node)


def _response_positions(
    document: Document, response: ResponseReading, node: Node
) -> Iterator[_Position]:
    shapes = dict(response.content)
    for written, media in (node / "content").members():
        is_stream = media_types.framing(media_types.essence(written))
        if written in shapes and not is_stream and response.parts_of(written) is None:
            yield _Position(media / "schema", type_of(shapes[written]))
    for header in response.headers:
        found = document.follow(node.at("headers", header.wire_name))
        yield _Position(found / "schema", type_of(header.shape))


class _Comparison:
    """Compares types with those of the library.

    Args:
        document: The document.
        schemas: Our named shapes.
        read: The reading of the library.

    Attributes:
        found: Where it reads another type.
    """

    def __init__(
        self, document: Document, schemas: dict[str, NamedShape], read: LibraryTypes
    ) -> None:
        self._document = document
        self._schemas = schemas
        self._read = read
        self._ours = _vocabulary(schemas)
        self._theirs = read.vocabulary
        self._seen: set[tuple[str, str]] = set()
        self._waiting: list[tuple[str, str]] = []
        self._agreed: dict[tuple[TypeExpression, TypeExpression], bool] = {}
        self.found: list[Diagnostic] = []

    def compare(self, position: _Position) -> None:
        """Compare the type of a schema, and all that is inside of it."""
        ours, theirs = position.type, self._read.types.get(node_id(position.node), UNKNOWN)
        self._compare(position.node, ours, theirs)
        while self._waiting:
            self._compare_classes(*self._waiting.pop())

    def _compare(self, node: Node, ours: TypeExpression, theirs: TypeExpression) -> None:
        if not self._agree(ours, theirs):
            described = (self._ours.describe(ours), self._theirs.describe(theirs))
            self._warn(node, "the type is", *described)

    def _warn(self, node: Node, subject: str, ours: str, theirs: str) -> None:
        message = f"{subject} read differently: {ours} by this generator, {theirs} by {_LIBRARY}"
        self.found.append(node.warning("U909", message, _HINT))

    def _agree(self, ours: TypeExpression, theirs: TypeExpression) -> bool:
        pair = (ours, theirs)
        if pair not in self._agreed:
            self._agreed[pair] = True  # Until then: a type may contain itself.
            self._agreed[pair] = self._are_alike(ours, theirs)
        return self._agreed[pair]

    def _are_alike(self, ours: TypeExpression, theirs: TypeExpression) -> bool:
        our_kinds, their_kinds = self._ours.kinds(ours), self._theirs.kinds(theirs)
        if UNKNOWN.name in our_kinds or UNKNOWN.name in their_kinds:
            return True
        return our_kinds.keys() == their_kinds.keys() and all(
            self._agree_on(known, their_kinds[kind]) for kind, known in our_kinds.items()
        )

    def _agree_on(self, ours: list[Kind], theirs: list[Kind]) -> bool:
        """Whether two readings of one kind of values are equal."""
        match ours, theirs:
            case [ListType(item=our_item)], [ListType(item=their_item)]:
                return self._agree(our_item, their_item)
            case [DictType(value=our_item)], [DictType(value=their_item)]:
                return self._agree(our_item, their_item)
            case [str() as our_class], [str() as their_class]:
                self._waiting.append((our_class, their_class))  # They may be nested deeply.
                return True
            case _:
                return _values(ours) == _values(theirs)

    def _compare_classes(self, ours: str, theirs: str) -> None:
        """Compare the members of two classes, once."""
        if (ours, theirs) in self._seen:
            return
        self._seen.add((ours, theirs))
        node = self._schemas[ours].node
        our_members, their_members = self._ours.members(ours), self._theirs.members(theirs)
        nodes = self._property_nodes(node)
        has_alternatives = "oneOf" in node or "anyOf" in node
        for name in dict.fromkeys([*our_members, *their_members]):
            position = nodes.get(name, node)
            if name not in our_members:
                self._warn(position, f"the property {name!r} is", "absent", "present")
            elif has_alternatives:
                continue
            elif name in their_members:
                self._compare(position, our_members[name], their_members[name])
            else:
                self._warn(position, f"the property {name!r} is", "present", "absent")

    def _property_nodes(self, node: Node) -> dict[str, Node]:
        """Return where an object describes each property; each part is visited once."""
        found: dict[str, Node] = {}
        seen: set[int] = set()
        waiting = [node]
        while waiting:
            target = self._document.follow(waiting.pop())
            if id(target.value) not in seen:
                seen.add(id(target.value))
                described = target / "properties"
                for name in described.value if is_object(described.value) else ():
                    found.setdefault(name, described / name)
                waiting += reversed([*(target / "allOf").items()])
        return found


def _vocabulary(schemas: dict[str, NamedShape]) -> Vocabulary:
    """Return the definitions of the names of our types."""
    vocabulary = Vocabulary()
    for name, named in schemas.items():
        match named.shape:
            case ObjectShape(properties=properties):
                members = {each.wire_name: type_of(each.shape) for each in properties}
                vocabulary.classes[name] = members
            case EnumShape(values=values):
                vocabulary.values[name] = values
            case shape:
                vocabulary.aliases[name] = type_of(shape)
    return vocabulary


def _values(known: list[Kind]) -> frozenset[str | int]:
    """Return the known values of strings or integers; none if others fit, or if it is only one."""
    values = [each for each in known if isinstance(each, frozenset)]
    joined = frozenset[str | int]().union(*values)
    return joined if len(values) == len(known) and len(joined) > 1 else frozenset()
