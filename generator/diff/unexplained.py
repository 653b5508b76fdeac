"""Differences that no rule explains: a safety net under the other rules.

A plan contains more than the rules compare, and it grows. Both plans are therefore split into
facts, each with a pointer such as `pets.list(limit)` or `Pet.name`. If a fact differs and no rule
found a change at its pointer that can cause the difference, it counts as breaking.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..document.json_values import is_object
from ..openapi.media_types import without_charset
from ..planning.plan.operations import Argument
from ..planning.response_bodies import without_alternatives
from ..planning.responses import successes
from ..python import names
from ..python.code import Code, literal
from ..runtime.calls.contents import OneOfResponses
from . import operation_rules as rules
from . import schema_rules
from .canonical import call_arguments, canonical, renamed
from .change import Change, Impact, rule
from .side import PlannedOperation, Side

# Rules without a pointer of their own, by the facts of an operation that they explain.
_RESPONSES = frozenset(
    {
        schema_rules.status_added.name,
        schema_rules.media_type_added.name,
        schema_rules.response_type_narrowed.name,
        schema_rules.response_value_added.name,
        schema_rules.header_added.name,
        schema_rules.discriminator_value_added.name,
    }
)
_BODIES = frozenset(
    {
        rules.body_added.name,
        rules.body_optional.name,
        rules.body_media_type_added.name,
        schema_rules.request_type_widened.name,
        schema_rules.request_value_added.name,
        schema_rules.request_constraint_loosened.name,
        schema_rules.request_property_added.name,
        schema_rules.request_property_optional.name,
        schema_rules.request_property_writable.name,
        schema_rules.discriminator_value_added.name,
    }
)
_SECURITY = frozenset({rules.security_widened.name})
_RULES = {
    "security": _SECURITY,
    "scopes": _SECURITY,
    "needs_all_scopes": _SECURITY,
    "required scopes": _SECURITY,
    "warn": frozenset({rules.parameter_deprecated.name, schema_rules.property_deprecated.name}),
    "walk": frozenset({rules.walk_changed.name, rules.walk_renamed.name}),
    "follow": frozenset({rules.walk_changed.name, rules.walk_renamed.name}),
    "pagination": frozenset({rules.walk_changed.name}) | _RESPONSES,
    **dict.fromkeys(
        (
            "accept",
            "streams",
            "returns",
            "async returns",
            "response type",
            "headers",
        ),
        _RESPONSES,
    ),
}
_COMPARED = frozenset({"properties", "required", "least", "most", "together"})
_MAPPING = re.compile(r"\bmodels\.\w+Dict\b")
_SENT_AS = "sent as "
_CREDENTIALS = frozenset(
    {
        rules.token_url_changed.name,
        rules.token_url_added.name,
        rules.security_scheme_changed.name,
    }
)


@dataclass(frozen=True, slots=True)
class _Fact:
    """A part of a plan.

    Attributes:
        pointer: The subject of the changes that can explain a difference.
        kind: The kind of part, by which rules without an own pointer explain a difference.
        value: The value, without the order and the descriptions that programs do not see.
    """

    pointer: str
    kind: str
    value: object


@rule(Impact.BREAKING)
def unexplained_change() -> str:
    """The plan differs in a way that no rule covers, so it may break programs."""
    return "is described differently to the run time"


def compare(
    old: Side, new: Side, known: Sequence[Change], aliases: Collection[str]
) -> Iterator[Change]:
    """Iterate over differences between the plans that no known change explains.

    Args:
        old: The old side.
        new: The new side.
        known: The changes that rules found.
        aliases: The type aliases in which rules found changes.
    """
    root = new.normalized.document.root
    grave = [each for each in known if each.impact is not Impact.DOCUMENTATION]
    found: list[Change] = []
    if not any(each.rule == schema_rules.model_renamed.name for each in grave):
        explanation = _Explanation(grave, aliases, _names(old, new))
        found += _operations(old, new, explanation)
        found += _changes_of_shared(old, new, explanation)
    yield from dict.fromkeys(found)
    if not (known or found) and old.normalized.document.root.value != root.value:
        yield rules.text_changed(
            new.location(root), "the document", "a part without effect on programs"
        )


def _names(old: Side, new: Side) -> dict[str, str]:
    """Return the names that classes and the constants of their constraints have now."""
    constants = [
        {name: constant for constant, name in _classes(each).items()} for each in (old, new)
    ]
    return new.aliases | {
        constants[0][name]: constants[1][now]
        for name, now in new.aliases.items()
        if name in constants[0]
    }


class _Explanation:
    """The differences that known changes explain."""

    def __init__(
        self, known: Sequence[Change], aliases: Collection[str], names: Mapping[str, str]
    ) -> None:
        self._aliases = aliases
        self._names = names
        self._pointers: set[str] = set()
        self._broken: set[str] = set()
        self._rules: dict[str, set[str]] = {}
        self._exact = {(each.subject, each.rule) for each in known}
        self._all = {each.rule for each in known}
        for change in known:
            holder = _holder(change.subject)
            self._rules.setdefault(holder, set()).add(change.rule)
            self._pointers |= {change.subject, *_parts(change)}
            if change.impact is Impact.BREAKING:
                self._broken.add(holder)

    def covers(self, before: _Fact, after: _Fact) -> bool:
        """Whether a known change at the pointer of a fact can cause its difference, if any.

        Other names of a class or a constant make none.
        """
        if renamed(before.value, self._names) == renamed(after.value, self._names):
            return True
        holder = _holder(after.pointer)
        if {_holder(before.pointer), holder} & self._broken or holder in self._aliases:
            return True
        is_body = after.pointer.endswith("(body)") and not after.kind.startswith(_SENT_AS)
        explaining = _BODIES if is_body else _RULES.get(after.kind)
        if self._rules.get(holder, set()) & (explaining or frozenset()):
            return True
        if after.kind == "other members":
            widened = schema_rules.request_type_widened.name
            if (holder, widened) in self._exact:
                return True
        if after.kind.startswith("credential") and self._all & _CREDENTIALS:
            return True
        return any(_contains(after.pointer, each) for each in self._pointers)


def _contains(pointer: str, other: str) -> bool:
    """Whether a pointer with a part is that of a change, or of a value that contains it."""
    rest = other.removeprefix(pointer)
    is_whole = pointer == _holder(pointer)
    return not is_whole and other.startswith(pointer) and (not rest or rest[0] in ".[{( ")


def _holder(subject: str) -> str:
    """Return the operation or the class of a subject."""
    for separator in ("(", " ", "[", "{"):
        subject = subject.partition(separator)[0]
    head, _, rest = subject.partition(".")
    return head if head[:1].isupper() or not rest else f"{head}.{rest.partition('.')[0]}"


def _parts(change: Change) -> Iterator[str]:
    if change.part:
        yield f"{change.subject}.{change.part}"
        yield f"{change.subject}({change.part})"


def _operations(old: Side, new: Side, explanation: _Explanation) -> Iterator[Change]:
    after = new.operations
    for id_, planned in old.operations.items():
        if id_ not in after:
            continue
        were, facts = _by_key(planned), _by_key(after[id_])
        for key in dict.fromkeys([*were, *facts]):
            pointer, kind = key
            if pointer and not (key in were and key in facts):
                continue  # A new or removed argument or response, which rules report.
            was = were.get(key, _Fact(planned.name, kind, None))
            fact = facts.get(key, _Fact(after[id_].name, kind, None))
            if was.value != fact.value and not explanation.covers(was, fact):
                yield unexplained_change(new.location(after[id_].reading.node), planned.name)


def _by_key(planned: PlannedOperation) -> dict[tuple[str, str], _Fact]:
    """Return the facts of an operation by their pointers inside it and their kinds."""
    return {
        (each.pointer.removeprefix(planned.name), each.kind): each
        for each in _operation_facts(planned)
    }


def _operation_facts(planned: PlannedOperation) -> Iterator[_Fact]:
    """Iterate over the facts of an operation."""
    operation, name_ = planned.operation, planned.name
    described = call_arguments(operation.call)
    yield from _responses(planned, described.pop("response"), described.pop("errors", {}))
    for keyword in described.keys() - {"name", "path", "parameters", "server"}:
        yield _Fact(name_, keyword, described[keyword])
    for value in ("method", "http_method", "path", "constant", "walk", "follow"):
        yield _Fact(name_, value, getattr(operation, value))
    yield _Fact(name_, "required scopes", frozenset(operation.scopes))
    yield _Fact(name_, "returns", canonical(operation.returns))
    yield _Fact(name_, "async returns", canonical(operation.async_returns))
    yield _Fact(name_, "response type", canonical(operation.response_type))
    yield _Fact(name_, "has pages", operation.pagination is not None)
    if operation.pagination is not None:
        yield _Fact(name_, "pagination", canonical(operation.pagination.value))
    for each in operation.headers.fields if operation.headers is not None else ():
        yield _Fact(f"{name_}({each.wire_name})", "headers", canonical(each.annotation))
    yield _Fact(name_, "positional", tuple(each.name for each in operation.positional))
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
            yield _Fact(pointer, f"{_SENT_AS}{media_type}", each)
        yield _Fact(pointer, f"sent {constant.name}", frozenset(values.items()))


def _responses(planned: PlannedOperation, reader: Any, errors: dict[str, Any]) -> Iterator[_Fact]:
    """Iterate over the readers of responses: by status code, successful ones by media type too."""
    for status, each in errors.items():
        yield _Fact(f"{planned.name} -> {status}", "errors", each)
    options = dict(reader[3]).get("choices") if reader[1] == OneOfResponses.__name__ else None
    found = [(status, option) for status, option in _members_by(options, "status")]
    for status, option in found:
        described = dict(option[3])
        kind = f"response {described['media_type']}"
        yield _Fact(f"{planned.name} -> {status}", kind, described["response"])
    for response in successes(planned.reading.responses) if not found else ():
        kept = [media_type for media_type, _ in without_alternatives(response.content)]
        for media_type in kept or [""]:
            kind = f"response {canonical(literal(without_charset(media_type)))}"
            yield _Fact(f"{planned.name} -> {response.status}", kind, reader)


def _members_by(calls: Any, keyword: str) -> Iterator[tuple[str, Any]]:
    """Iterate over canonical calls in a sequence, with a string that each is given."""
    for call in calls[1] if calls is not None else ():
        yield dict(call[3])[keyword][2], call


def _argument(operation: str, argument: Argument, arguments: Collection[str]) -> _Fact:
    named = argument.name if argument.name in arguments else "body"
    default = canonical(argument.default) if argument.default else None
    # Mappings are typed by the classes for which they stand; rules compare these.
    annotation = Code(_MAPPING.sub("Mapping[str, Any]", argument.annotation))
    value = (canonical(annotation), argument.required, default)
    return _Fact(f"{operation}({named})", f"argument {argument.name}", value)


def _changes_of_shared(old: Side, new: Side, explanation: _Explanation) -> Iterator[Change]:
    """Compare the facts that operations share."""
    were = {(each.pointer, each.kind): each for each in _shared_facts(old)}
    for fact in _shared_facts(new):
        was = were.get((fact.pointer, fact.kind))
        if was is None or was.value == fact.value or explanation.covers(was, fact):
            continue
        named = new.schemas.get(_holder(fact.pointer))
        node = named.node if named is not None else new.normalized.document.root
        yield unexplained_change(new.location(node), fact.pointer)


def _shared_facts(side: Side) -> Iterator[_Fact]:
    plan = side.plan
    for name_, model in side.models.items():
        for field in model.fields:
            facts = (canonical(field.annotation), field.required, field.wire_name)
            yield _Fact(f"{name_}.{field.name}", "field", facts)
    for alias in plan.aliases:
        yield _Fact(alias.name, "alias", canonical(alias.annotation))
    yield from _constraints(side)
    prefix = plan.service.environment  # `environment_renamed` reports a change.
    for name_, code in plan.schemes:
        value = canonical(Code(code.replace(prefix, "")))
        yield _Fact(f"Credential {name_}", "credential scheme", value)
    for credential in plan.credentials:
        described = (canonical(credential.annotation), credential.variable.removeprefix(prefix))
        yield _Fact(f"Credential {credential.name}", "credential argument", described)


def _constraints(side: Side) -> Iterator[_Fact]:
    """Iterate over the constraints of arguments whose types have names."""
    classes = _classes(side)
    others: dict[str, list[str]] = {}
    for alias, name_ in side.aliases.items():
        others.setdefault(name_, []).append(alias)
    for constant in side.plan.constraints:
        name_ = classes.get(constant.name, constant.name)
        for each in (name_, *others.get(name_, ())) if name_ not in side.aliases else ():
            yield from _constraint(each, constant.value, side.fields.get(name_, {}))


def _classes(side: Side) -> dict[str, str]:
    """Return the names of classes by those of the constants of their constraints."""
    constants = names.distinct(names.constant_name(name) for name in side.schemas)
    return dict(zip(constants, side.schemas, strict=True))


def _constraint(name_: str, code: Code, fields: Mapping[str, str]) -> Iterator[_Fact]:
    """Iterate over the facts of the constraints of a class.

    Args:
        name_: A name of the class.
        code: The constraints.
        fields: The Python names of fields by their JSON names.
    """
    members = call_arguments(code)
    properties = members.get("properties")
    if not is_object(properties):
        yield _Fact(name_, "constraint", canonical(code))
        return
    _, listed = members.get("required", ("sequence", ()))
    required = {name for _, _, name in listed}
    for wire_name, value in properties.items():
        field_name = fields.get(str(wire_name), str(wire_name))
        yield _Fact(f"{name_}.{field_name}", "constraint", value)
        is_required = wire_name in required
        yield _Fact(f"{name_}.{field_name}", "required in requests", is_required)
    yield _Fact(f"{name_}{{}}", "other members", members.pop("additional", None))
    rest = {key: each for key, each in members.items() if key not in _COMPARED}
    yield _Fact(name_, "constraint", repr(rest))
