"""References where OpenAPI defines none: operations, media types, whole sections.

Bundlers follow such a reference wherever it is, so documents that are split over several files have
them. Each one is replaced by its target, in which schemas and other components are references.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ..document import Document, Node
from ..document.diagnostics import Diagnostic, DocumentError
from ..document.json_values import is_array, is_object, pointer_text
from ..lint.references import misplaced_reference
from ..openapi.misplaced import children, misplaced_references
from ..openapi.notation import Alternative
from ..openapi.objects import REFERENCEABLE
from .edits import Edits

_UNQUOTED = "/~{}()!$&'*+,;=:@ "


def bundle(document: Document, *, partial: bool = False) -> tuple[Document, tuple[Diagnostic, ...]]:
    """Return a document without references where OpenAPI defines none, and a warning for each.

    A target may contain further ones. They end, because components in it become references.

    Args:
        document: The document.
        partial: Whether to drop those without a target, with their operations.

    Raises:
        DocumentError: If one has no target, or the document is written for this generator.
    """
    found: list[Diagnostic] = []
    is_strict = (document.root / "x-generator").value == 1
    while misplaced := tuple(misplaced_references(document)):
        seen = misplaced_reference(document)
        is_exact = is_strict and not partial
        found += seen if is_exact else (each.tolerate(partial=partial) for each in seen)
        if any(each.is_error for each in found):
            raise DocumentError(found)
        edits, omitted = Edits(), document.omitted_operations
        for node, alternatives in misplaced:
            target = document.resolve(node)
            if target is not None and any(each.fits(target.value) for each in alternatives):
                edits.put(node, _replacement(document, node, target, alternatives))
            else:
                edits.remove(node)
                omitted += any(each.kind == "Operation" for each in alternatives)
        document = replace(edits.apply_to(document), omitted_operations=omitted)
    return document, tuple(found)


def _replacement(
    document: Document, node: Node, target: Node, alternatives: tuple[Alternative, ...]
) -> Any:
    """Return the value that replaces a reference, with the fields beside it."""
    value = _copy(document, target, alternatives, node.source.path)
    beside = {key: each for key, each in node.value.items() if key != "$ref"}
    return {**value, **beside} if is_object(value) else value


def _copy(document: Document, node: Node, alternatives: tuple[Alternative, ...], to: Path) -> Any:
    """Return a value for another file, with references where possible."""
    matching = next((each for each in alternatives if each.fits(node.value)), None)
    if matching is None or not (is_object(node.value) or is_array(node.value)):
        return node.value
    if matching.kind in REFERENCEABLE:
        return {
            "$ref": _reference(node.source.path, to, quote(pointer_text(node.pointer), _UNQUOTED))
        }
    if is_object(node.value) and isinstance(node.value.get("$ref"), str):
        return {**node.value, "$ref": _move(document, node.value["$ref"], node.source.path, to)}
    copies = [_copy(document, each, known, to) for each, known in children(node, matching)]
    return dict(zip(node.value, copies, strict=True)) if is_object(node.value) else copies


def _move(document: Document, reference: str, old: Path, new: Path) -> str:
    """Return a reference of one file as another file writes it."""
    file, _, fragment = reference.partition("#")
    target = document.file(file, old) if file else old
    return reference if target is None else _reference(target, new, fragment)


def _reference(target: Path, source: Path, fragment: str) -> str:
    """Return a reference to a part of a file, from another file or the same one."""
    path = quote(Path(os.path.relpath(target, source.parent)).as_posix())
    return f"{'' if target == source else path}#{fragment}"
