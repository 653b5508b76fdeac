"""Types as datamodel-code-generator reads them, for comparison with our reading.

This is an independent reader: nothing of the package comes from it. `planning.comparison` compares
its reading with ours, type by type, so that a misreading of the document is a warning
at its position and not a wrong client. Compared are scalars, lists, maps, enums, and the members of
objects; `NOT_COMPARED` lists the constructs that the library cannot express.

The library reads the document's own schemas, in the copy that `schema_copies` makes of them. Its
text is only parsed, never executed. Only this module imports the library.
"""

from __future__ import annotations

import ast
import json
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from datamodel_code_generator import Error, GenerateConfig, InputFileType, LiteralType, generate
from datamodel_code_generator.enums import DataModelType
from datamodel_code_generator.format import DatetimeClassType, PythonVersion

from ...document import Document, Node
from ...document.json_values import JsonObject
from ...normalize.schemas.inline_names import NodeId, node_id
from ...python.types import NONE, DictType, ListType, Name, TypeExpression, union
from .schema_copies import SKIPPED, SchemaCopies
from .vocabulary import UNKNOWN, Vocabulary

NOT_COMPARED: Mapping[str, str] = MappingProxyType(
    {
        "null": "each notation of a nullable schema is read in another way",
        "format": "formats other than date and date-time are plain strings to us",
        "const": "one known value is a type to the library, and a check of arguments to us",
        "enum of other values": "Python has literals of strings and integers only",
        "patternProperties": "the library reads the types of the values, we any value",
        "allOf of other than objects": "the library reads one or any value, we all",
        "allOf with alternatives": "the library multiplies them out, we read one class",
        "alternatives beside properties": "the library reads a class for each, we read one for all",
        "a member in several parts of allOf": "the library reads one or joins them, we both",
        "a class that others extend": "we read it or any of them, the library only one",
        "additionalProperties beside properties": "no member, therefore no type of a field",
        "a union of several objects or lists": "the text does not distinguish them",
        "a list of itself": "the library writes a list of anything",
        "minimum, pattern and other constraints": "they limit values, and are no part of a type",
        "required, readOnly, writeOnly, default": "whether a field is sent is no part of its type",
        "targets of references": "the copy refers to our reading; the library would name it",
        "names of classes and fields": "the copy has numbers, so that none collides",
        "content of parameters": "the value is one string of JSON, whose schema is no parameter's",
        "media types other than JSON and forms": "the body is text, bytes or a stream of entries",
    }
)
"""The constructs that are not compared, with the reasons."""

_INLINE = "Inline"
_FAILURES = (
    Error,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)
"""The errors of the library for a schema that it cannot read."""


@dataclass(slots=True)
class LibraryTypes:
    """The types that the library reads.

    Attributes:
        types: The types of the schemas, by their position in the document.
        vocabulary: The definitions of the names in these types.
        unread: The schemas that the library cannot read, with its own message.
    """

    types: dict[NodeId, TypeExpression] = field(default_factory=dict[NodeId, TypeExpression])
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    unread: list[tuple[Node, str]] = field(default_factory=list[tuple[Node, str]])


def read_types(document: Document, schemas: Iterable[Node]) -> LibraryTypes:
    """Return the components of a document and some other schemas as the library reads them.

    Args:
        document: The document.
        schemas: Schemas of parameters, bodies, responses and headers.
    """
    copies = SchemaCopies(document)
    components = [node for _, node in (document.root / "components" / "schemas").members()]
    for node in components:
        copies.name(node)
    nodes_of: dict[str, list[Node]] = {}
    inline: dict[str, JsonObject] = {}
    positions: dict[str, str] = {}
    for node in schemas:
        copy = copies.part(node)
        name = positions.setdefault(json.dumps(copy), f"f{len(positions)}x")
        inline[name] = copy
        nodes_of.setdefault(name, []).append(node)
    definitions = copies.definitions()
    nodes = copies.nodes | {name: found[0] for name, found in nodes_of.items()}
    read = LibraryTypes()
    _read(definitions, inline, nodes, copies, read)
    for found in nodes_of.values():
        first = read.types.get(node_id(found[0]))
        if first is not None:
            read.types.update((node_id(each), first) for each in found[1:])
    return read


def _read(
    definitions: Mapping[str, JsonObject],
    inline: Mapping[str, JsonObject],
    nodes: Mapping[str, Node],
    copies: SchemaCopies,
    read: LibraryTypes,
) -> None:
    """Read schemas together; if the library fails, halve them until it is known which it is."""
    absent = {SKIPPED, *copies.nodes} - definitions.keys()
    try:
        text = _write_module({**definitions, **{name: {} for name in sorted(absent)}}, inline)
        reader = _ModuleReader(f"{len(read.types)}.", ast.parse(text), absent, copies)
    except _FAILURES as error:
        names = [*definitions, *inline]
        if len(names) == 1:
            reason = str(error).strip().partition("\n")[0]
            read.unread.append((nodes[names[0]], f"{type(error).__name__}: {reason}"))
            return
        for half in (names[: len(names) // 2], names[len(names) // 2 :]):
            some = {name: definitions[name] for name in half if name in definitions}
            others = {name: inline[name] for name in half if name in inline}
            _read(some, others, nodes, copies, read)
        return
    read.vocabulary.update(reader.vocabulary)
    read.types.update((node_id(nodes[name]), reader.name(name)) for name in definitions)
    read.types.update((node_id(nodes[name]), each) for name, each in reader.inline.items())


def _write_module(definitions: Mapping[str, JsonObject], inline: Mapping[str, JsonObject]) -> str:
    """Return the module that the library writes: a class for each object, one for other schemas."""
    document: JsonObject = {
        "openapi": "3.1.0",
        "info": {"title": "types", "version": "1"},
        "paths": {},
        "components": {
            "schemas": {**definitions, _INLINE: {"type": "object", "properties": {**inline}}}
        },
    }
    config = GenerateConfig(
        input_file_type=InputFileType.OpenAPI,
        input_filename="types",
        output_model_type=DataModelType.TypingTypedDict,
        output_datetime_class=DatetimeClassType.Datetime,
        target_python_version=PythonVersion.PY_311,
        disable_timestamp=True,
        formatters=[],
        use_annotated=True,
        use_union_operator=True,
        use_standard_collections=True,
        enum_field_as_literal=LiteralType.All,
        field_constraints=False,
        strict_nullable=True,
        strict_refs=True,
        allow_remote_refs=False,
        treat_dot_as_module=False,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        module = generate(document, config=config)
    if not isinstance(module, str):
        message = f"one module was expected, not {type(module).__name__}"
        raise TypeError(message)
    return module


class _ModuleReader:
    """A reader of the output of the library.

    Args:
        prefix: The prefix that distinguishes the names of this module.
        module: The module.
        absent: The names of schemas that are not compared.
        copies: The texts by the numbers in the module.

    Attributes:
        vocabulary: The definitions of the module.
        inline: The types of the schemas that are no definitions, by their names.
    """

    def __init__(
        self, prefix: str, module: ast.Module, absent: set[str], copies: SchemaCopies
    ) -> None:
        self._prefix = prefix
        self._copies = copies
        self.vocabulary = Vocabulary()
        self.inline: dict[str, TypeExpression] = {}
        classes = [line for line in module.body if isinstance(line, ast.ClassDef)]
        aliases = {
            line.target.id: line.value
            for line in module.body
            if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name) and line.value
        }
        self._defined = {*(each.name for each in classes), *aliases} - absent
        for name in aliases.keys() - absent:
            self.vocabulary.aliases[prefix + name] = self._type(aliases[name])
        for each in classes:
            self._class(each)

    def name(self, name: str) -> Name:
        """Return the type with a name of the module."""
        return Name(self._prefix + name) if name in self._defined else UNKNOWN

    def _class(self, definition: ast.ClassDef) -> None:
        members = {
            line.target.id: self._type(line.annotation)
            for line in definition.body
            if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name)
        }
        if definition.name == _INLINE:
            self.inline = members
            return
        name = self._prefix + definition.name
        self.vocabulary.classes[name] = {
            self._copies.text(member): each for member, each in members.items()
        }
        bases = (each.id for each in definition.bases if isinstance(each, ast.Name))
        self.vocabulary.bases[name] = tuple(
            self._prefix + base for base in bases if base in self._defined
        )

    def _type(self, node: ast.expr) -> TypeExpression:
        """Read an annotation.

        Raises:
            ValueError: If it is of a form that is not expected.
        """
        match node:
            case ast.Constant(value=None):
                return NONE
            case ast.Constant(value=str() as name):
                return self.name(name)
            case ast.Name(id="list"):  # A list of itself.
                return ListType(UNKNOWN)
            case ast.Name(id=name):
                return Name(name) if name in _BUILTIN else self.name(name)
            case ast.BinOp(op=ast.BitOr()):
                return union([self._type(each) for each in _alternatives(node)])
            case ast.Subscript(value=ast.Name(id=name), slice=inside):
                parts = inside.elts if isinstance(inside, ast.Tuple) else [inside]
                return self._generic(name, parts)
            case _:
                raise _unexpected_annotation(node)

    def _generic(self, name: str, parts: Sequence[ast.expr]) -> TypeExpression:
        match name, parts:
            case "Literal", _:
                return self._values(parts)
            case "Union", _:
                return union([self._type(each) for each in parts])
            case "NotRequired", [inside]:
                return self._type(inside)
            case "list", [item]:
                return ListType(self._type(item))
            case "dict", [_, value]:
                return DictType(self._type(value))
            case _:
                raise _unexpected_annotation(*parts)

    def _values(self, nodes: Sequence[ast.expr]) -> TypeExpression:
        """Read known values, which get a name as ours have."""
        read: list[object] = [ast.literal_eval(node) for node in nodes]
        values = [
            self._copies.text(value) if isinstance(value, str) else value
            for value in read
            if isinstance(value, str | int)
        ]
        name = f"{self._prefix}values{len(self.vocabulary.values)}"
        self.vocabulary.values[name] = tuple(values)
        return Name(name)


def _alternatives(node: ast.expr) -> list[ast.expr]:
    """Return the types that `|` joins; without recursion, because they can be hundreds."""
    found: list[ast.expr] = []
    while isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        found.append(node.right)
        node = node.left
    return [node, *reversed(found)]


def _unexpected_annotation(*nodes: ast.expr) -> ValueError:
    return ValueError(f"unexpected annotation: {', '.join(map(ast.unparse, nodes))}")


_BUILTIN = frozenset({"str", "int", "float", "bool", "bytes", "Any", "datetime", "date"})
