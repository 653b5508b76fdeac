"""Values of examples."""

from __future__ import annotations

import json
from typing import Any

from ..document import Node


def example_values(example: Node, *, is_json: bool, is_stream: bool = False) -> list[Any]:
    """Return the value of an Example Object as a list; empty if the document does not contain it.

    Args:
        example: The example.
        is_json: Whether a serialized value is JSON.
        is_stream: Whether a serialized value is a body of several items, which is bytes.
    """
    node = data_value(example)
    if node is not None:
        return [node.value]
    text = (example / "serializedValue").value
    if not isinstance(text, str):
        return []
    if is_stream:
        return [text.encode()]
    try:
        return [json.loads(text) if is_json else text]
    except ValueError:
        return []


def data_value(example: Node) -> Node | None:
    """Return the value of an Example Object that its schema describes, or None."""
    return next((example / key for key in ("value", "dataValue") if key in example), None)
