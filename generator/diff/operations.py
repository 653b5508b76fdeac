"""Differences between operations, without their schemas."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..document import Node
from ..document.json_values import JsonObject, is_object, object_at
from ..normalize.operations import OperationReading
from ..normalize.responses import ResponseReading
from ..normalize.schemas.shapes import Shape
from ..openapi.media_types import essence, is_json, without_charset
from ..planning.responses import successes
from ..python.code import alternatives
from . import bodies, parameters, schema_rules
from . import operation_rules as rules
from .change import Change
from .schemas import Comparison, Use
from .side import PlannedOperation, Side

_ENTRIES = ("style", "request", "response", "item")


def compare(old: Side, new: Side, schemas: Comparison) -> Iterator[Change]:
    """Iterate over the differences between all operations."""
    before, after = old.operations, new.operations
    pairs = _pairs(before, after)
    matched = {after[id_].request for id_ in pairs.values()}
    for id_, planned in before.items():
        if id_ not in pairs:
            yield rules.operation_removed(
                old.location(planned.reading.node), planned.name, planned.request
            )
    for planned in after.values():
        if planned.request not in matched:
            location = new.location(planned.reading.node)
            yield rules.operation_added(location, planned.name, planned.request)
    for id_, other in pairs.items():
        yield from _operation(old, new, before[id_], after[other], schemas)


def _pairs(
    before: dict[str, PlannedOperation], after: dict[str, PlannedOperation]
) -> dict[str, str]:
    """Return the new id of each operation: with the same id, or else the same method and path."""
    pairs = {id_: id_ for id_ in before if id_ in after}
    requests = {_request(each): id_ for id_, each in after.items() if id_ not in before}
    for id_, planned in before.items():
        if id_ not in pairs and _request(planned) in requests:
            pairs[id_] = requests[_request(planned)]
    return pairs


def _request(planned: PlannedOperation) -> tuple[str, str]:
    return planned.operation.http_method, _without_names(planned.operation.path)


def _without_names(path: str) -> str:
    return re.sub(r"\{[^{}]*\}", "{}", path)


def _operation(
    old: Side, new: Side, before: PlannedOperation, after: PlannedOperation, schemas: Comparison
) -> Iterator[Change]:
    location, name = new.location(after.reading.node), before.name
    if (before.name, before.reading.id) != (after.name, after.reading.id):
        same = before.name == after.name
        yield rules.operation_renamed(location, name, after.reading.id if same else after.name)
    if _without_names(before.reading.path) != _without_names(after.reading.path):
        yield rules.path_changed(location, name, before.reading.path, after.reading.path)
    if before.reading.method != after.reading.method:
        yield rules.method_changed(
            location, name, before.operation.http_method, after.operation.http_method
        )
    if after.reading.deprecated != before.reading.deprecated:
        lifted = before.reading.deprecated
        yield (rules.deprecation_lifted if lifted else rules.operation_deprecated)(location, name)
    both = {each.status for each in before.reading.responses} & {
        each.status for each in after.reading.responses
    }
    if _texts(before.reading, both) != _texts(after.reading, both):
        yield rules.text_changed(location, name, "a description or example")
    servers = [
        planned.reading.server or side.plan.service.base_url
        for side, planned in ((old, before), (new, after))
    ]
    if before.reading.server != after.reading.server and servers[0] != servers[1]:
        there = new.location(after.reading.node / "servers")
        yield rules.server_changed(there, name, *servers)
    yield from _security(old, new, before, after)
    yield from _pagination(new, before, after)
    yield from parameters.compare(old, new, before, after, schemas)
    yield from bodies.compare(before, after, schemas)
    yield from _responses(old, new, before, after, schemas)


def _texts(reading: OperationReading, statuses: set[str]) -> tuple[object, ...]:
    """Return the descriptions and examples of an operation and some of its responses."""
    responses = [each for each in reading.responses if each.status in statuses]
    return (
        reading.summary,
        reading.doc,
        [(each.status, each.doc, each.inferred) for each in responses],
        [_examples(reading.node.at("responses", each.status)) for each in responses],
    )


def _examples(response: Node) -> dict[str, object]:
    content = (response / "content").members()
    return {
        media_type: [(media / key).value for key in ("example", "examples") if key in media]
        for media_type, media in content
        if "example" in media or "examples" in media
    }


def _security(
    old: Side, new: Side, before: PlannedOperation, after: PlannedOperation
) -> Iterator[Change]:
    location, name = new.location(after.reading.node / "security"), before.name
    was = [_requirements(each) for each in before.reading.security] or [frozenset()]
    now = [_requirements(each) for each in after.reading.security] or [frozenset()]
    if not any(now) and any(was):
        gone = " or ".join(dict.fromkeys(_requirement_text(each) for each in was if each))
        yield rules.security_dropped(location, name, gone)
        return
    for required in was:
        if not any(each <= required for each in now):
            yield rules.security_narrowed(location, name, _requirement_text(required))
    for required in now:
        if not any(each <= required for each in was):
            yield rules.security_widened(location, name, _requirement_text(required))
    for scheme in sorted({scheme for each in was for scheme, _ in each}):
        before_, after_ = _scheme(old, scheme), _scheme(new, scheme)
        if after_ and before_ != after_:
            there = new.normalized.document.root.at("components", "securitySchemes", scheme)
            described = _scheme_text(before_), _scheme_text(after_)
            yield rules.security_scheme_changed(new.location(there), name, *described)


def _requirements(
    alternative: tuple[tuple[str, tuple[str, ...]], ...],
) -> frozenset[tuple[str, str]]:
    """Return the schemes that an alternative requires, and their scopes."""
    return frozenset((scheme, scope) for scheme, scopes in alternative for scope in ("", *scopes))


def _requirement_text(requirements: frozenset[tuple[str, str]]) -> str:
    scopes = sorted(scope for _, scope in requirements if scope)
    schemes = sorted({scheme for scheme, _ in requirements})
    return " with ".join(scopes) or " with ".join(schemes) or "no credentials"


def _scheme(side: Side, name: str) -> JsonObject:
    document = side.normalized.document
    found = document.resolve(document.root.at("components", "securitySchemes", name))
    scheme: JsonObject = found.value if found is not None and is_object(found.value) else {}
    known = {key: scheme[key] for key in ("type", "scheme", "in", "name") if key in scheme}
    # HTTP schemes and names of headers are case-insensitive.
    folded = {"scheme", "name"} if known.get("in", "header") == "header" else {"scheme"}
    return {key: str(value).lower() if key in folded else value for key, value in known.items()}


def _scheme_text(scheme: JsonObject) -> str:
    return " ".join(str(value) for value in scheme.values())


def _pagination(new: Side, before: PlannedOperation, after: PlannedOperation) -> Iterator[Change]:
    was, now = before.reading.pagination, after.reading.pagination
    location, name = new.location(after.reading.node / "x-pagination"), before.name
    if was is not None and now is not None:
        yield from _walk_names(new, before, after)
    if was == now:
        return
    if was is None or now is None:
        yield (rules.pagination_added if was is None else rules.pagination_removed)(location, name)
        return
    for key in sorted({*was, *now}):
        if was.get(key) != now.get(key):
            is_only_walked = key == "request" and _listed_request(was) == _listed_request(now)
            is_of_pages = key in _ENTRIES and not is_only_walked
            found = rules.pagination_changed if is_of_pages else rules.walk_changed
            yield found(new.location(after.reading.node.at("x-pagination", key)), name, key)


def _listed_request(pagination: JsonObject) -> JsonObject:
    """Return the requests of a pagination, without the page size of walks."""
    request = object_at(pagination, "request")
    size = {name: each for name, each in object_at(request, "size").items() if name != "walk"}
    return {**request, "size": size}


def _walk_names(new: Side, before: PlannedOperation, after: PlannedOperation) -> Iterator[Change]:
    """Iterate over changed names of the methods that walk through or follow pages."""
    for key in ("walk", "follow"):
        was, now = getattr(before.operation, key), getattr(after.operation, key)
        if was and was != now:
            location = new.location(after.reading.node.at("x-client", key))
            yield rules.walk_renamed(location, before.name, was, now)


def _responses(
    old: Side, new: Side, before: PlannedOperation, after: PlannedOperation, schemas: Comparison
) -> Iterator[Change]:
    was = {each.status: each for each in before.reading.responses}
    now = {each.status: each for each in after.reading.responses}
    for status in was:
        if status not in now:
            found = schema_rules.error_removed
            if status.startswith("2"):
                found = schema_rules.success_removed
            location = old.location(before.reading.node.at("responses", status))
            yield found(location, before.name, status)
    for status, response in now.items():
        node = after.reading.node.at("responses", status)
        if status in was:
            yield from _contents(before.name, node, was[status], response, schemas)
            yield from _headers(before.name, node, was[status], response, schemas)
        else:
            yield schema_rules.status_added(new.location(node), before.name, status)
    added = {each: each for each in now if each not in was and each in _successes(after)}
    added |= _added_contents({each: now[each] for each in _successes(after)}, was)
    types = _added_types(before, after)
    if types and (added or _successes(before) != _successes(after)):
        other = next(iter(_successes(after)), "default")
        status, what = next(iter(added.items()), (other, other))
        node = after.reading.node.at("responses", status)
        yield schema_rules.success_added(new.location(node), before.name, what, types)


def _added_contents(
    responses: Mapping[str, ResponseReading], before: Mapping[str, ResponseReading]
) -> dict[str, str]:
    """Return the statuses that have more media types than before, and the text for the first one.

    That of a response with another preferred media type, or without a former one, is another rule.
    """
    found: dict[str, str] = {}
    for status, response in responses.items():
        old = before.get(status)
        if old is None or not old.content or _preferred_type(old) != _preferred_type(response):
            continue
        was, now = _by_media_type(old), _by_media_type(response)
        if was.keys() < now.keys():
            found[status] = f"{status} as {next(each for each in now if each not in was)}"
    return found


def _successes(planned: PlannedOperation) -> list[str]:
    return [each.status for each in successes(planned.reading.responses)]


def _added_types(before: PlannedOperation, after: PlannedOperation) -> str:
    """Return the types that only the new method returns, if it still returns the old ones."""
    was = set(alternatives(before.operation.returns))
    now = alternatives(after.operation.returns)
    return " or ".join(f"`{each}`" for each in now if each not in was)


def _headers(
    name: str,
    node: Node,
    before: ResponseReading,
    after: ResponseReading,
    schemas: Comparison,
) -> Iterator[Change]:
    was = {each.wire_name.lower(): each for each in before.headers}
    now = {each.wire_name.lower(): each for each in after.headers}
    location, subject = schemas.new.location(node), f"{name} -> {after.status}"
    for key, header in was.items():
        if key not in now:
            yield schema_rules.header_removed(location, subject, header.wire_name)
    for key, header in now.items():
        if key not in was:
            yield schema_rules.header_added(location, subject, header.wire_name)
            continue
        there = node.at("headers", header.wire_name)
        if was[key].doc != header.doc:
            what = f"the description of the header `{header.wire_name}`"
            yield rules.text_changed(location, subject, what)
        inside = f"{subject}[{header.wire_name}]"
        yield from schemas.compare(
            was[key].shape, header.shape, Use.RESPONSE, there, inside, optional=True
        )


def _contents(
    name: str,
    node: Node,
    before: ResponseReading,
    after: ResponseReading,
    schemas: Comparison,
) -> Iterator[Change]:
    was, now = _by_media_type(before), _by_media_type(after)
    status, location = after.status, schemas.new.location(node)
    usual = [_preferred_type(each) for each in (before, after)]
    is_success = status[0] in "2d"
    if is_success and usual[0] in now and usual[1] not in was:
        yield schema_rules.media_type_preferred(location, name, status, *usual)
    for media_type in was.keys() - now.keys():
        yield schema_rules.media_type_removed(location, name, status, media_type)
    for media_type, (key, shape) in now.items():
        if media_type not in was:
            yield schema_rules.media_type_added(location, name, status, media_type)
            continue
        subject = f"{name} -> {status}"
        was_key, was_shape = was[media_type]
        parts = [before.parts_of(was_key), after.parts_of(key)]
        old, new = (bodies.Parts(each.prefix, each.further) if each else None for each in parts)
        if old is not None and new is not None:
            for position, one, other in bodies.pairs(old, new):
                yield from schemas.compare(one, other, Use.RESPONSE, node, subject + position)
        else:
            yield from schemas.compare(was_shape, shape, Use.RESPONSE, node, subject)


def _by_media_type(response: ResponseReading) -> dict[str, tuple[str, Shape]]:
    """Return the keys and shapes of a response's content by media type; a charset changes none."""
    return {without_charset(key): (key, shape) for key, shape in response.content}


def _preferred_type(response: ResponseReading) -> str:
    """Return the media type that the Accept header prefers; empty without content."""
    kinds = list(_by_media_type(response))
    return next((each for each in kinds if is_json(essence(each))), next(iter(kinds), ""))
