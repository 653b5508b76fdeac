"""Differences between operations, but for their schemas."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.diff import bodies, parameters, schema_catalogue
from generator.diff import catalogue as rules
from generator.diff.change import Change
from generator.diff.schemas import Comparison, Use
from generator.diff.side import Planned, Side
from generator.document import Node
from generator.document.json_values import JsonObject, object_at
from generator.normalize import OperationReading
from generator.normalize.responses import ResponseReading

_ENTRIES = ("style", "request", "response", "item")


def compare(old: Side, new: Side, schemas: Comparison) -> Iterator[Change]:
    """Compare all operations."""
    before, after = old.operations, new.operations
    pairs = _pairs(before, after)
    matched = {after[id_].request for id_ in pairs.values()}
    for id_, planned in before.items():
        if id_ not in pairs:
            yield rules.operation_removed(
                old.place(planned.reading.node), planned.name, planned.request
            )
    for planned in after.values():
        if planned.request not in matched:
            place = new.place(planned.reading.node)
            yield rules.operation_added(place, planned.name, planned.request)
    for id_, other in pairs.items():
        yield from _operation(old, new, before[id_], after[other], schemas)


def _pairs(before: dict[str, Planned], after: dict[str, Planned]) -> dict[str, str]:
    """Find what became of each operation: the one of its id, else that of its method and path."""
    pairs = {id_: id_ for id_ in before if id_ in after}
    requests = {_request(each): id_ for id_, each in after.items() if id_ not in before}
    for id_, planned in before.items():
        if id_ not in pairs and _request(planned) in requests:
            pairs[id_] = requests[_request(planned)]
    return pairs


def _request(planned: Planned) -> tuple[str, str]:
    return planned.operation.http_method, _without_names(planned.operation.path)


def _without_names(path: str) -> str:
    return re.sub(r"\{[^{}]*\}", "{}", path)


def _operation(
    old: Side, new: Side, before: Planned, after: Planned, schemas: Comparison
) -> Iterator[Change]:
    place, name = new.place(after.reading.node), before.name
    if (before.name, before.reading.id) != (after.name, after.reading.id):
        same = before.name == after.name
        yield rules.operation_renamed(place, name, after.reading.id if same else after.name)
    if _without_names(before.reading.path) != _without_names(after.reading.path):
        yield rules.path_changed(place, name, before.reading.path, after.reading.path)
    if before.reading.method != after.reading.method:
        yield rules.method_changed(
            place, name, before.operation.http_method, after.operation.http_method
        )
    if after.reading.deprecated != before.reading.deprecated:
        lifted = before.reading.deprecated
        yield (rules.deprecation_lifted if lifted else rules.operation_deprecated)(place, name)
    both = {each.status for each in before.reading.responses} & {
        each.status for each in after.reading.responses
    }
    if _texts(before.reading, both) != _texts(after.reading, both):
        yield rules.text_changed(place, name, "what is said about it")
    yield from _security(old, new, before, after)
    yield from _pagination(new, before, after)
    yield from parameters.compare(old, new, before, after, schemas)
    yield from bodies.compare(before, after, schemas)
    yield from _responses(old, new, before, after, schemas)


def _texts(reading: OperationReading, statuses: set[str]) -> tuple[object, ...]:
    """Give what an operation and some of its answers say to people, and the examples."""
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


def _security(old: Side, new: Side, before: Planned, after: Planned) -> Iterator[Change]:
    place, name = new.place(after.reading.node / "security"), before.name
    was = [_demands(each) for each in before.reading.security] or [frozenset()]
    now = [_demands(each) for each in after.reading.security] or [frozenset()]
    for demands in was:
        if not any(each <= demands for each in now):
            yield rules.security_narrowed(place, name, _spelled(demands))
    for demands in now:
        if not any(each <= demands for each in was):
            yield rules.security_widened(place, name, _spelled(demands))
    for scheme in sorted({scheme for each in was for scheme, _ in each}):
        before_, after_ = _scheme(old, scheme), _scheme(new, scheme)
        if after_ and before_ != after_:
            there = new.normalized.document.root.at("components", "securitySchemes", scheme)
            told = _told(before_), _told(after_)
            yield rules.security_scheme_changed(new.place(there), name, *told)


def _demands(
    alternative: tuple[tuple[str, tuple[str, ...]], ...],
) -> frozenset[tuple[str, str]]:
    """Give what an alternative asks for: schemes, and scopes of them."""
    return frozenset((scheme, scope) for scheme, scopes in alternative for scope in ("", *scopes))


def _spelled(demands: frozenset[tuple[str, str]]) -> str:
    scopes = sorted(scope for _, scope in demands if scope)
    schemes = sorted({scheme for scheme, _ in demands})
    return " with ".join(scopes) or " with ".join(schemes) or "no token at all"


def _scheme(side: Side, name: str) -> JsonObject:
    components = object_at(side.normalized.document.root.value, "components")
    scheme = object_at(object_at(components, "securitySchemes"), name)
    return {key: scheme[key] for key in ("type", "scheme", "in", "name") if key in scheme}


def _told(scheme: JsonObject) -> str:
    return " ".join(str(value) for value in scheme.values())


def _pagination(new: Side, before: Planned, after: Planned) -> Iterator[Change]:
    was, now = before.reading.pagination, after.reading.pagination
    if was == now:
        return
    place, name = new.place(after.reading.node / "x-pagination"), before.name
    if was is None or now is None:
        yield (rules.pagination_added if was is None else rules.pagination_removed)(place, name)
        return
    for key in sorted({*was, *now}):
        if was.get(key) != now.get(key):
            found = rules.pagination_changed if key in _ENTRIES else rules.walk_changed
            yield found(new.place(after.reading.node.at("x-pagination", key)), name, key)


def _responses(
    old: Side, new: Side, before: Planned, after: Planned, schemas: Comparison
) -> Iterator[Change]:
    was = {each.status: each for each in before.reading.responses}
    now = {each.status: each for each in after.reading.responses}
    for status in was:
        if status not in now:
            found = schema_catalogue.error_removed
            if status.startswith("2"):
                found = schema_catalogue.success_removed
            place = old.place(before.reading.node.at("responses", status))
            yield found(place, before.name, status)
    for status, response in now.items():
        node = after.reading.node.at("responses", status)
        if status in was:
            yield from _contents(before.name, node, was[status], response, schemas)
        else:
            yield schema_catalogue.status_added(new.place(node), before.name, status)


def _contents(
    name: str,
    node: Node,
    before: ResponseReading,
    after: ResponseReading,
    schemas: Comparison,
) -> Iterator[Change]:
    was, now = dict(before.content), dict(after.content)
    status, place = after.status, schemas.new.place(node)
    for media_type in was.keys() - now.keys():
        yield schema_catalogue.media_type_removed(place, name, status, media_type)
    for media_type, shape in now.items():
        if media_type not in was:
            yield schema_catalogue.media_type_added(place, name, status, media_type)
        else:
            subject = f"{name} -> {status}"
            yield from schemas.compare(was[media_type], shape, Use.ANSWER, node, subject)
