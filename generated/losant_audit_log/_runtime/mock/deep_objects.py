# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Decoding of parameters in the style `deepObject`, the inverse of `arguments.deep_objects`."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote_plus

from ..core.guards import is_mapping
from .parameters import RawPairs, as_dict

_STEP = re.compile(r"\[([^\[\]]*)\]")


def read_deep_object(name: str, pairs: RawPairs) -> Any:
    """Build an object from the parameters whose names start with its name and a bracket."""
    tree: dict[str, Any] = {}
    for key, value in pairs:
        if key.startswith(f"{name}["):
            _insert(tree, _STEP.findall(key[len(name) :]), unquote_plus(value))
    return tree or None


def _insert(tree: dict[str, Any], steps: list[str], value: str) -> None:
    """Insert a value into a tree, in which array items are members named by their indices."""
    step, *further = steps
    if not step:  # `[]` is a new item, or the last item if that lacks the member.
        last = str(len(tree) - 1)
        item = tree.get(last)
        same = bool(further) and is_mapping(item) and further[0] not in item
        step = last if same else str(len(tree))
    if further:
        nested = tree.setdefault(step, {})
        if is_mapping(nested):
            _insert(as_dict(nested), further, value)
    elif step in tree:  # An array whose items have the same name.
        item = tree[step]
        tree[step] = [*item, value] if isinstance(item, list) else [item, value]
    else:
        tree[step] = value
