"""Facts of a plan, compared one by one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..document.json_values import is_object
from ..normalize.schemas.shapes import ObjectShape, Ref, target_of, without_aliases
from ..openapi.media_types import without_charset
from ..planning.plan.operations import Argument
from ..planning.response_bodies import without_alternatives
from ..planning.responses import successes
from ..python import names
from ..python.code import Code, literal
from ..runtime.calls.contents import OneOfResponses
from .canonical import call_arguments, canonical
from .side import PlannedOperation, Side

_COMPARED = frozenset({"properties", "required", "least", "most", "together", "additional"})
_NO_MEMBERS = ("dict", frozenset[Any]())
_MAPPING = re.compile(r"\bmodels\.\w+Dict\b")
SENT_AS = "sent as "


@dataclass(frozen=True, slots=True)
class Fact:
    """A part of a plan.

    Attributes:
        pointer: The subject of the changes that can explain a difference.
        kind: The kind of part, by which rules without an own pointer explain a difference.
        value: The value, without the order and the descriptions that programs do not see.
    """

    pointer: str
    kind: str
    value: object


def of_operation(planned: PlannedOperation, side: Side) -> Iterator[Fact]:
    """Iterate over the facts of an operation of a side."""
    operation, name_ = planned.operation, planned.name
    described = call_arguments(operation.call)
    yield from _responses(planned, described.pop("response"), described.pop("errors", {}))
    for keyword in described.keys() - {"name", "path", "parameters", "server"}:
        yield Fact(name_, keyword, described[keyword])
    for value in ("method", "http_method", "path", "constant", "walk", "follow"):
        yield Fact(name_, value, getattr(operation, value))
    yield Fact(name_, "required scopes", frozenset(operation.scopes))
    yield Fact(name_, "returns", canonical(operation.returns))
    yield Fact(name_, "async returns", canonical(operation.async_returns))
    yield Fact(name_, "response type", canonical(operation.response_type))
    yield Fact(name_, "has pages", operation.pagination is not None)
    if operation.pagination is not None:
        yield Fact(name_, "pagination", canonical(operation.pagination.value))
    for each in operation.headers.fields if operation.headers is not None else ():
        yield Fact(f"{name_}({each.wire_name})", "headers", canonical(each.annotation))
    yield Fact(name_, "positional", tuple(each.name for each in operation.positional))
    arguments = {name for name, _ in planned.arguments}
    for argument in (*operation.positional, *operation.keyword):
        yield _argument(name_, argument, arguments)
    sent = call_arguments(operation.call).get("parameters", ())
    for constant in planned.resource.parameters:
        if repr(constant.name) not in str(sent):
            continue
        values = call_arguments(constant.value)
        named = next((name for name in arguments if repr(name) in str(values.get("name"))), "body")
        pointer = f"{name_}({named})"
        for media_type, each in _members_by(values.pop("formats", None), "media_type"):
            yield from _sent_as(planned, side, media_type, each, pointer)
        yield Fact(pointer, f"sent {constant.name}", frozenset(values.items()))


def _responses(planned: PlannedOperation, reader: Any, errors: dict[str, Any]) -> Iterator[Fact]:
    """Iterate over the readers of responses: by status code, successful ones by media type too."""
    for status, each in errors.items():
        yield Fact(f"{planned.name} -> {status}", "errors", each)
    options = dict(reader[3]).get("choices") if reader[1] == OneOfResponses.__name__ else None
    found = [(status, option) for status, option in _members_by(options, "status")]
    for status, option in found:
        described = dict(option[3])
        kind = f"response {described['media_type']}"
        yield Fact(f"{planned.name} -> {status}", kind, described["response"])
    for response in successes(planned.reading.responses) if not found else ():
        kept = [media_type for media_type, _ in without_alternatives(response.content)]
        for media_type in kept or [""]:
            kind = f"response {canonical(literal(without_charset(media_type)))}"
            yield Fact(f"{planned.name} -> {response.status}", kind, reader)


def _sent_as(
    planned: PlannedOperation, side: Side, media_type: str, encoder: Any, pointer: str
) -> Iterator[Fact]:
    """Iterate over the facts of a body of one media type: of a form, also those of its fields."""
    kind = f"{SENT_AS}{media_type}"
    shape = next(each.shape for each in planned.reading.media if each.media_type == media_type)
    described, target = dict(encoder[3]), target_of(shape, side.schemas)
    if not isinstance(shape, Ref) or not isinstance(target, ObjectShape):
        yield Fact(pointer, kind, encoder)
        return
    schema = described.get("schema", ("", ""))
    if schema[1] == "Object":  # It has no name, because its members may be files or encoded.
        del described["schema"]
        members = dict(schema[3])
        members["properties"] = dict(members.get("properties", _NO_MEMBERS)[1])
        name_ = without_aliases(shape.name, side.schemas)
        for each in _names(side, name_):
            yield from _object(each, members, side.fields.get(name_, {}), f"{kind}: ")
    for keyword in ("parts", "fields"):
        found = dict(described.pop(keyword, _NO_MEMBERS)[1])
        for name in {*found, *(each.wire_name for each in target.properties)}:
            yield Fact(pointer, f"{kind}, {keyword} {name}", found.get(name))
    yield Fact(pointer, kind, (encoder[1], frozenset(described.items())))


def _members_by(calls: Any, keyword: str) -> Iterator[tuple[str, Any]]:
    """Iterate over canonical calls in a sequence, with a string that each is given."""
    for call in calls[1] if calls is not None else ():
        yield dict(call[3])[keyword][2], call


def _argument(operation: str, argument: Argument, arguments: Collection[str]) -> Fact:
    named = argument.name if argument.name in arguments else "body"
    default = canonical(argument.default) if argument.default else None
    # Mappings are typed by the classes for which they stand; rules compare these.
    annotation = Code(_MAPPING.sub("Mapping[str, Any]", argument.annotation))
    value = (canonical(annotation), argument.required, default)
    return Fact(f"{operation}({named})", f"argument {argument.name}", value)


def of_package(side: Side) -> Iterator[Fact]:
    """Iterate over the facts that operations share."""
    plan = side.plan
    for name_, model in side.models.items():
        for field in model.fields:
            facts = (canonical(field.annotation), field.required, field.wire_name)
            yield Fact(f"{name_}.{field.name}", "field", facts)
    types = {each.name: each.annotation for each in plan.aliases}
    for name_, annotation in types.items():
        found = types.get(side.aliases.get(name_, name_), annotation)
        yield Fact(name_, "alias", canonical(found))
    yield from _constraints(side)
    prefix = plan.service.environment  # `environment_renamed` reports a change.
    for name_, code in plan.schemes:
        value = canonical(Code(code.replace(prefix, "")))
        yield Fact(f"Credential {name_}", "credential scheme", value)
    for credential in plan.credentials:
        described = (canonical(credential.annotation), credential.variable.removeprefix(prefix))
        yield Fact(f"Credential {credential.name}", "credential argument", described)


def _constraints(side: Side) -> Iterator[Fact]:
    """Iterate over the constraints of arguments whose types have names."""
    by_constant = classes(side)
    for constant in side.plan.constraints:
        name_ = by_constant.get(constant.name, constant.name)
        for each in _names(side, name_) if name_ not in side.aliases else ():
            yield from _constraint(each, constant.value, side.fields.get(name_, {}))


def classes(side: Side) -> dict[str, str]:
    """Return the names of classes by those of the constants of their constraints."""
    constants = names.distinct(names.constant_name(name) for name in side.schemas)
    return dict(zip(constants, side.schemas, strict=True))


def _names(side: Side, name_: str) -> tuple[str, ...]:
    return name_, *side.other_names.get(name_, ())


def _constraint(name_: str, code: Code, fields: Mapping[str, str]) -> Iterator[Fact]:
    """Iterate over the facts of the constraints of a class.

    Args:
        name_: A name of the class.
        code: The constraints.
        fields: The Python names of fields by their JSON names.
    """
    members = call_arguments(code)
    if is_object(members.get("properties")):
        yield from _object(name_, members, fields)
    else:
        yield Fact(name_, "constraint", canonical(code))


def _object(
    name_: str, members: Mapping[str, Any], fields: Mapping[str, str], prefix: str = ""
) -> Iterator[Fact]:
    """Iterate over the facts of the constraints of an object.

    Args:
        name_: A name of its class.
        members: The arguments of its constraints, with a dict of properties.
        fields: The Python names of fields by their JSON names.
        prefix: The start of the kinds of facts.
    """
    _, listed = members.get("required", ("sequence", ()))
    required = {name for _, _, name in listed}
    for wire_name, value in members["properties"].items():
        field_name = fields.get(str(wire_name), str(wire_name))
        yield Fact(f"{name_}.{field_name}", f"{prefix}constraint", value)
        is_required = wire_name in required
        yield Fact(f"{name_}.{field_name}", f"{prefix}required in requests", is_required)
    yield Fact(f"{name_}{{}}", f"{prefix}other members", members.get("additional"))
    rest: dict[str, Any] = {key: each for key, each in members.items() if key not in _COMPARED}
    for key, each in rest.items():
        if is_object(each):
            rest[key] = frozenset(each.items())
    yield Fact(name_, f"{prefix}constraint", frozenset(rest.items()))
