"""Differences that no rule explains: a safety net under the other rules.

A plan contains more than the rules compare, and it grows. Both plans are therefore split into
facts, each with a pointer such as `pets.list(limit)` or `Pet.name`. If a fact differs and no rule
found a change at its pointer that can cause the difference, it counts as breaking.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from . import facts, schema_rules
from . import operation_rules as rules
from .canonical import with_names
from .change import Change, Impact, breaking
from .facts import Fact
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
_CREDENTIALS = frozenset(
    {
        rules.token_url_changed.name,
        rules.token_url_added.name,
        rules.security_scheme_changed.name,
    }
)


@breaking
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
    """Return the names that types, and the constants of their constraints, have on both sides.

    Another name of a type without a class of its own may have gone its own way: the type is
    compared where the name is defined.
    """
    before, after = (
        {name: constant for constant, name in facts.classes(each).items()} for each in (old, new)
    )
    apart = {name: other for name, other in old.aliases.items() if old.is_type_alias(other)}
    found = apart | new.aliases
    constants = {
        each[name]: after.get(now, before.get(now, ""))
        for each in (before, after)
        for name, now in found.items()
        if name in each
    }
    return found | constants


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

    def covers(self, before: Fact, after: Fact) -> bool:
        """Whether a known change at the pointer of a fact can cause its difference, if any.

        Other names of a class or a constant make none.
        """
        if with_names(before.value, self._names) == with_names(after.value, self._names):
            return True
        holder = _holder(after.pointer)
        if {_holder(before.pointer), holder} & self._broken or holder in self._aliases:
            return True
        is_body = after.pointer.endswith("(body)") and not after.kind.startswith(facts.SENT_AS)
        explaining = _BODIES if is_body else _RULES.get(after.kind)
        if self._rules.get(holder, set()) & (explaining or frozenset()):
            return True
        if after.pointer.endswith("{}"):
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
        were, are = _by_key(planned, old), _by_key(after[id_], new)
        for key in dict.fromkeys([*were, *are]):
            pointer, kind = key
            if pointer and not (key in were and key in are):
                continue  # A new or removed argument or response, which rules report.
            was = were.get(key, Fact(planned.name, kind, None))
            fact = are.get(key, Fact(after[id_].name, kind, None))
            if was.value != fact.value and not explanation.covers(was, fact):
                yield unexplained_change(new.location(after[id_].reading.node), planned.name)


def _by_key(planned: PlannedOperation, side: Side) -> dict[tuple[str, str], Fact]:
    """Return the facts of an operation by their pointers inside it and their kinds."""
    return {
        (each.pointer.removeprefix(planned.name), each.kind): each
        for each in facts.of_operation(planned, side)
    }


def _changes_of_shared(old: Side, new: Side, explanation: _Explanation) -> Iterator[Change]:
    """Compare the facts that operations share."""
    were = {(each.pointer, each.kind): each for each in facts.of_package(old)}
    for fact in facts.of_package(new):
        was = were.get((fact.pointer, fact.kind))
        if was is None or was.value == fact.value or explanation.covers(was, fact):
            continue
        named = new.schemas.get(_holder(fact.pointer))
        node = named.node if named is not None else new.normalized.document.root
        yield unexplained_change(new.location(node), fact.pointer)
