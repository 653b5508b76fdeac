"""Plan of the command line: tables of commands, options and arguments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias, cast

from ..document.json_values import object_at
from ..normalize.operations import OperationReading
from ..normalize.parameters import ParameterReading
from ..normalize.schemas.shapes import (
    EnumShape,
    ListOf,
    NamedShape,
    ObjectShape,
    OneOf,
    Ref,
    Scalar,
    Shape,
    target_of,
)
from ..python import names, reserved
from ..python.code import Code, expression, literal
from ..runtime.command.structure import Method, Option
from .arguments import argument_names
from .pagination import entry_shape, timestamp_parameters
from .plan.command import Commands
from .plan.operations import Argument, ConnectionCheck, Operation, Resource

_FOLLOW_START = "The time of the first entries. Default: now."
_SIMPLE = re.compile(r"[^\W\d][\w-]*")
_PIECE = 60  # characters of a literal on one line
_DEEPEST = 4  # members of members that have options of their own
_BODIES = {"binary": "bytes", "items": "bytes", "text": "text-body", "multipart": "multipart"}

_Kind: TypeAlias = tuple[str, bool, tuple[str, ...]]  # see `_Planner._kind`
_JSON: _Kind = ("json", False, ())


def plan_commands(
    resources: Iterable[Resource],
    readings: Iterable[OperationReading],
    schemas: Mapping[str, NamedShape],
    check: ConnectionCheck | None,
) -> tuple[Commands, ...]:
    """Return the commands of each resource.

    Args:
        resources: The planned resources.
        readings: The operations of the document.
        schemas: The named shapes of the document.
        check: The connection check, which is a command of the resource that it calls.
    """
    by_id = {each.id: each for each in readings}
    planner = _Planner(schemas)
    found: list[Commands] = []
    for resource in resources:
        if not resource.operations:
            continue
        methods: list[Method] = []
        commands = _distinct(
            (each.method for each in resource.operations), reserved.COMMAND_METHODS
        )
        for operation, command in zip(resource.operations, commands, strict=True):
            methods.append(planner.method(operation, by_id[operation.id], command))
        if check is not None and check.resource == resource.name:
            methods.append(planner.check(check, by_id[check.operation.id]))
        for operation in resource.operations:
            methods += planner.archive_methods(operation, by_id[operation.id])
        [command] = _distinct([resource.access.replace(".", "_")], reserved.COMMANDS)
        listed = expression(tuple(_code(each) for each in methods))
        doc = expression(_with_codes(_line(resource.doc)))
        function = f"{resource.name}_commands"
        usages = tuple((each.kind, _usage(command, each)) for each in methods)
        found.append(Commands(command, resource.access, function, doc, listed, usages))
    return tuple(found)


class _Planner:
    """Planner of the commands of one document."""

    def __init__(self, schemas: Mapping[str, NamedShape]) -> None:
        self._schemas = schemas
        self._kinds: dict[str, _Kind] = {}

    def method(self, operation: Operation, reading: OperationReading, command: str) -> Method:
        """Return the command of an operation."""
        positional, options = self._arguments(operation, reading)
        return Method(
            command=command,
            kind="list" if operation.pagination is not None else "call",
            method=operation.method,
            operation=operation.id,
            constant=operation.constant,
            doc=_doc(operation, reading),
            positional=positional,
            options=options,
            columns=self._columns(reading),
        )

    def check(self, check: ConnectionCheck, reading: OperationReading) -> Method:
        """Return the command that checks the connection."""
        positional, options = self._arguments(check.operation, reading)
        return Method(
            command="check",
            kind="check",
            method="check",
            operation=check.operation.id,
            constant=check.operation.constant,
            doc="Check the connection with one request, and diagnose problems.",
            positional=positional,
            options=tuple(each for each in options if each.required),
        )

    def archive_methods(self, operation: Operation, reading: OperationReading) -> Iterator[Method]:
        """Yield the commands that archive and follow a list in order of time."""
        listing = operation.listing
        if listing is None or not listing.is_by_time:
            return
        suffix = _kebab(operation.walk.removeprefix("walk"))
        positional, options = self._arguments(operation, reading)
        is_one = len(positional) == 1
        several = tuple(each._replace(repeated=is_one) for each in positional)
        ending = f"-{suffix}" if suffix else ""
        if operation.is_archivable:
            yield Method(
                command=f"export{ending}",
                kind="export",
                method=operation.walk,
                operation=operation.id,
                constant=operation.constant,
                doc="Create or update an archive of the list.",
                positional=several,
            )
        kept = {each.name for each in operation.follow_arguments}
        yield Method(
            command=f"follow{ending}",
            kind="follow",
            method=operation.follow,
            operation=operation.id,
            constant=operation.constant,
            doc="Print new entries as JSONL while they are recorded.",
            positional=positional,
            options=tuple(
                each._replace(flag="--start", required=False, doc=_FOLLOW_START)
                if each.name == operation.follow_start
                else each
                for each in options
                if each.name in kept
            ),
        )

    def _arguments(
        self, operation: Operation, reading: OperationReading
    ) -> tuple[tuple[Option, ...], tuple[Option, ...]]:
        """Return the arguments by position, and the options."""
        python_names = argument_names(reading.parameters, reading.pagination)
        by_name = dict(zip(python_names, reading.parameters, strict=True))
        extension = reading.pagination or {}
        times = timestamp_parameters(extension)
        taken = set(reserved.OPTIONS)
        if object_at(extension, "window"):
            taken |= reserved.WINDOW_OPTIONS
        positional = [
            self._option(each, by_name[each.name], each.name.upper(), is_time=False)
            for each in operation.positional
        ]
        options: list[Option] = []
        body = next((each.name for each in operation.keyword if each.name not in by_name), "")
        taken |= {"--body"} if body else set()
        for each in operation.keyword:
            parameter = by_name.get(each.name)
            is_time = parameter is not None and parameter.wire_name in times
            flag = f"--{_kebab(each.name)}"
            is_free = flag not in taken or (is_time and flag in reserved.WINDOW_OPTIONS)
            if each.name == body:
                flag = "--body"
            elif not is_free:
                flag = f"--param-{_kebab(each.name)}"
            while flag in {option.flag for option in options}:
                flag += "_"
            if parameter is None:  # The request body, or the choice of its media type.
                kind = self._body_kind(reading) if each.name == body else "text"
                options.append(
                    Option(flag, _line(each.doc), each.name, kind, required=each.required)
                )
                continue
            options.append(self._option(each, parameter, flag, is_time=is_time))
            if parameter.style == "deepObject":
                options += self._members(options[-1], parameter.shape, (), each.name)
        return tuple(positional), tuple(options)

    def _option(
        self, argument: Argument, parameter: ParameterReading, flag: str, *, is_time: bool
    ) -> Option:
        kind, repeated, values = self._kind(parameter.shape)
        if is_time:
            kind = "time"
        return Option(
            flag=flag,
            doc=_line(parameter.doc if is_time else argument.doc),
            name=argument.name,
            kind=kind,
            values=values,
            required=argument.required and not flag[0].isalpha(),
            repeated=repeated,
        )

    def _kind(self, shape: Shape | ObjectShape | EnumShape) -> _Kind:
        """Return the kind of a value, whether it can be repeated, and the known values."""
        match shape:
            case Ref(name):
                if name not in self._kinds:
                    self._kinds[name] = _JSON  # A value may contain values of its own kind.
                    self._kinds[name] = self._kind(self._schemas[name].shape)
                return self._kinds[name]
            case EnumShape(type, values):
                kind = "text" if type == "string" else type
                return kind, False, tuple(str(each) for each in values)
            case Scalar("string", format_, constraints):
                kind = "time" if format_ == "date-time" else "text"
                return kind, False, tuple(map(str, dict(constraints).get("enum", ())))
            case Scalar(type, _, _):
                return "json" if type == "null" else type, False, ()
            case ListOf(item):
                kind, repeated, values = self._kind(item)
                return _JSON if repeated else (kind, True, values)
            case OneOf(options):
                kinds = {self._kind(each) for each in options if each != Scalar("null")}
                if len(kinds) == 1:
                    return kinds.pop()
                is_scalar = all(not each and kind != "json" for kind, each, _ in kinds)
                return "scalar" if is_scalar else "json", False, ()
            case _:
                return _JSON

    def _members(
        self,
        whole: Option,
        shape: Shape | ObjectShape | EnumShape,
        way: tuple[tuple[str, bool], ...],
        name: str,
    ) -> Iterator[Option]:
        """Yield an option for each scalar member of a filter, however deep."""
        shape = target_of(shape, self._schemas)
        if not isinstance(shape, ObjectShape) or len(way) >= _DEEPEST:
            return
        for member in shape.properties:
            if not _SIMPLE.fullmatch(member.wire_name) or member.read_only:
                continue
            inner = target_of(member.shape, self._schemas)
            is_list = isinstance(inner, ListOf)
            item = target_of(inner.item, self._schemas) if isinstance(inner, ListOf) else inner
            path = (*way, (member.wire_name, is_list))
            if isinstance(item, ObjectShape):
                yield from self._members(whole, item, path, name)
                continue
            kind, repeated, values = self._kind(item)
            if not repeated and kind != "json":
                flag = ".".join([whole.flag, *(key for key, _ in path)])
                yield Option(flag, _line(member.doc), name, kind, values=values, path=path)

    def _body_kind(self, reading: OperationReading) -> str:
        """Return the kind of a request body."""
        kinds = {_BODIES.get(each.kind, "json") for each in reading.media}
        return kinds.pop() if len(kinds) == 1 else "body"

    def _columns(self, reading: OperationReading) -> tuple[str, ...]:
        """Return the JSON names of the members of an entry, or of the object that is returned."""
        shapes = [shape for each in reading.responses for _, shape in each.content]
        shape: Any = shapes[0] if shapes else None
        if reading.pagination is not None and shapes:
            shape = entry_shape(shapes[0], reading.pagination, dict(self._schemas))
            shape = Ref(shape.name) if isinstance(shape, NamedShape) else shape
        inner = target_of(shape, self._schemas) if shape is not None else None
        if not isinstance(inner, ObjectShape):
            return ()
        return tuple(each.wire_name for each in inner.properties if not each.write_only)


def _usage(resource: str, method: Method) -> str:
    """Return the usage of a command, with its required options."""
    positional = [each.flag for each in method.positional]
    needed = [f"{each.flag} {each.name.upper()}" for each in method.options if each.required]
    return " ".join([resource, method.command, *positional, *needed])


def _distinct(wanted: Iterable[str], reserved: frozenset[str]) -> list[str]:
    """Return the names of arguments on the command line."""
    found = [_kebab(each) for each in wanted]
    return names.distinct(f"{each}_" if each in reserved else each for each in found)


def _kebab(name: str) -> str:
    return name.strip("_").replace("_", "-") or name


def _doc(operation: Operation, reading: OperationReading) -> str:
    """Return the help text of an operation."""
    text = reading.summary or reading.doc.partition("\n")[0] or operation.id
    deprecated = " (deprecated)" if operation.deprecated else ""
    return f"{_line(text).rstrip('.')}{deprecated}."


def _line(text: str) -> str:
    """Return the first paragraph of a text, on one line and without control characters."""
    words = text.partition("\n\n")[0].split()
    return "".join(char for char in " ".join(words) if char.isprintable())


def _code(value: Option | Method) -> Code:
    """Return the expression of an option or a command, without defaults."""
    defaults: Mapping[str, Any] = value._field_defaults
    named = value._fields if isinstance(value, Method) else defaults
    arguments: Sequence[str] = [
        f"{f'{name}=' if name in named else ''}{expression(_with_codes(each))}"
        for name, each in value._asdict().items()
        if name not in defaults or each != defaults[name]
    ]
    return Code(f"{type(value).__name__}({', '.join(arguments)})")


def _with_codes(value: object) -> object:
    """Return a value whose options are code."""
    if isinstance(value, str) and len(value) > _PIECE:
        return _in_pieces(value)
    if isinstance(value, tuple):
        items = cast("tuple[object, ...]", value)
        return tuple(_code(each) if isinstance(each, Option) else each for each in items)
    return value


def _in_pieces(text: str) -> Code:
    """Return the literal of a text that is too long for a line."""
    pieces: list[str] = []
    last = ""
    for word in re.findall(r"\s*\S+\s*\Z|\s*\S+", text):
        if last and len(last) + len(word) > _PIECE:
            pieces.append(last)
            last = ""
        last += word
    return Code(f"({' '.join(literal(each) for each in (*pieces, last))})")
