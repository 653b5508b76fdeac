"""Values of examples."""

from __future__ import annotations

import json
from typing import Any

from ..document import Node


def example_values(example: Node, *, is_json: bool) -> list[Any]:
    """Return the value of an Example Object as a list; empty if the document does not contain it.

    Args:
        example: The example.
        is_json: Whether a serialized value is JSON.
    """
    node = data_value(example)
    if node is not None:
        return [node.value]
    text = (example / "serializedValue").value
    if not isinstance(text, str):
        return []
    try:
        return [json.loads(text) if is_json else text]
    except ValueError:
        return []


def data_value(example: Node) -> Node | None:
    """Return the value of an Example Object that its schema describes, or None."""
    return next((example / key for key in ("value", "dataValue") if key in example), None)
