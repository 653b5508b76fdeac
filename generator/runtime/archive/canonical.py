"""Canonical JSON (RFC 8785) of objects without fractions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from ..core.guards import is_mapping, is_sequence


def canonical_json(value: Mapping[str, object]) -> bytes:
    """Return the canonical form of a JSON object.

    Raises:
        TypeError: If it contains a fraction.
        ValueError: If it contains a lone surrogate.
    """
    text = json.dumps(_sorted(value), ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def _sorted(value: object) -> object:
    if isinstance(value, float):
        raise TypeError(f"canonical JSON: expected an integer, got {value!r}")
    if is_mapping(value):
        names = sorted(value, key=lambda name: str(name).encode("utf-16-be", "surrogatepass"))
        return {name: _sorted(value[name]) for name in names}
    if is_sequence(value):
        return [_sorted(each) for each in value]
    return value


def sha256(content: bytes) -> str:
    """Return the hash in lowercase hexadecimal."""
    return hashlib.sha256(content).hexdigest()
