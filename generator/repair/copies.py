"""Components that are copies of others, where the document has references."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from ..document import Document
from ..document.json_values import is_array, is_object
from .edits import Edits


def with_copies(document: Document, keys: Collection[str]) -> Document:
    """Return a document in which some component schemas are copies of those that they refer to.

    A schema that contains itself contains its copy there.

    Args:
        document: The document.
        keys: The keys of the component schemas, which are references.
    """
    edits, origins = Edits(), {}
    for key in keys:
        node = document.root.at("components", "schemas", key)
        target = document.follow(node)
        edits.put(node, _copy(target.value, target.pointer_text, node.pointer_text))
        origins[node.pointer] = target
    copied = edits.apply_to(document)
    source = copied.root.source
    source = replace(source, origins={**source.origins, **origins})
    return replace(copied, root=source.root, sources={**copied.sources, source.path: source})


def _copy(value: Any, old: str, new: str) -> Any:
    """Return a copy of a value with other references to the schema itself."""
    if is_object(value):
        return {
            key: new if key == "$ref" and each == old else _copy(each, old, new)
            for key, each in value.items()
        }
    return [_copy(each, old, new) for each in value] if is_array(value) else value
