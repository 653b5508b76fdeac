# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Envelope types, which decode only selected members of a response."""

from __future__ import annotations

from typing import Any

import msgspec

OPTIONAL: tuple[Any, ...] = (int | None, str | int | None, bool | None)
"""The types of members that may be missing."""


def envelope_type(fields: dict[tuple[str, ...], Any]) -> Any:
    """Build a type with fields at given paths; optional ones default to None."""
    if () in fields:
        return fields[()]
    groups: dict[str, dict[tuple[str, ...], Any]] = {}
    for steps, kind in fields.items():
        groups.setdefault(steps[0], {})[steps[1:]] = kind
    members: list[Any] = []
    for number, (name, inside) in enumerate(groups.items()):
        kind = envelope_type(inside)
        if all(each in OPTIONAL for each in inside.values()):
            members.append((f"f{number}", kind | None, msgspec.field(name=name, default=None)))
        else:
            members.append((f"f{number}", kind, msgspec.field(name=name)))
    return msgspec.defstruct("Envelope", members, kw_only=True)


def value_at(envelope: Any, pointer: str) -> Any:
    """Return the value at a JSON Pointer of an envelope."""
    for step in pointer_tokens(pointer):
        if envelope is None:
            return None
        names: tuple[str, ...] = envelope.__struct_encode_fields__
        envelope = getattr(envelope, f"f{names.index(step)}")
    return envelope


def pointer_tokens(pointer: str) -> tuple[str, ...]:
    """Return the unescaped tokens of a JSON Pointer."""
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:])
