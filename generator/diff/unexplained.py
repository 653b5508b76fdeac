"""What no rule knows: a net under the others.

A plan holds more than the rules look at, and grows. Where two plans say something else to the run
time although no rule found a reason, the change counts as breaking, and says that nobody knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace

from generator.diff.catalogue import text_changed
from generator.diff.change import Change, Impact, rule
from generator.diff.schema_catalogue import model_renamed
from generator.diff.side import Planned, Side

# What is written for people.
_TEXTS = frozenset({"doc", "short_doc", "deprecated"})


@rule(Impact.BREAKING)
def unexplained() -> str:
    """The plan differs in a way that no rule knows; until one does, the worst has to be feared."""
    return "is described to the run time in another way"


def compare(old: Side, new: Side, known: Sequence[Change]) -> Iterator[Change]:
    """Look for differences in the plans that nothing has been said about."""
    root = new.normalized.document.root
    grave = [each for each in known if each.impact is not Impact.DOCUMENTATION]
    explained = {re.split(r"[( ]", each.subject)[0] for each in grave}
    renamed = any(each.rule == model_renamed.name for each in grave)
    before, after = old.operations, new.operations
    for id_ in before:
        if id_ not in after or renamed or before[id_].name in explained:
            continue
        if _plan(before[id_]) != _plan(after[id_]):
            yield unexplained(new.place(after[id_].reading.node), before[id_].name)
    if not grave and _shared(old) != _shared(new):
        yield unexplained(new.place(root), new.plan.name)
    if not known and old.normalized.document.root.value != root.value:
        yield text_changed(new.place(root), "the document", "something that no program sees")


def _shared(side: Side) -> list[object]:
    """Give what several operations share, without texts."""
    package = side.plan
    without_texts = [
        replace(each, doc="", fields=tuple(replace(field, doc="") for field in each.fields))
        for each in package.models
    ]
    members = [each.members for each in package.enumerations]
    return [package.constraints, without_texts, members, side.normalized.discriminators]


def _plan(planned: Planned) -> dict[str, object]:
    """Give what is said about an operation, without texts."""
    operation = planned.operation
    found: dict[str, object] = {
        each.name: getattr(operation, each.name)
        for each in fields(operation)
        if each.name not in _TEXTS | {"positional", "keyword", "walked"}
    }
    found["signature"] = operation.signature
    found["walk"] = operation.walk_signature
    names = str(operation.call)
    found["parameters"] = {
        each.name: each.value for each in planned.resource.parameters if each.name in names
    }
    return found
