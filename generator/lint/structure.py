"""Version of the document and fields of its objects (D0xx)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from difflib import get_close_matches

from ..document import Document
from ..document.diagnostics import Diagnostic
from ..document.json_values import is_object
from ..openapi.coercions import coerce
from ..openapi.notation import describe_type
from ..openapi.objects import SHAPES
from ..openapi.operations import METHODS
from ..openapi.survey import Mismatch, Survey, describe

SUPPORTED = ((3, 0), (3, 1), (3, 2))

_LONGEST = 40
_MISSING = {
    ("OpenAPI", "info"): "the title is empty and the version 0",
    ("Server", "url"): "it is read as '/'",
    ("RequestBody", "content"): "the body is JSON if there is a schema, else bytes",
}

_OLD_FIELDS = {
    **{("OpenAPI", name): "'servers'" for name in ("host", "basePath", "schemes")},
    ("OpenAPI", "definitions"): "'components: schemas'",
    ("OpenAPI", "parameters"): "'components: parameters'",
    ("OpenAPI", "responses"): "'components: responses'",
    ("OpenAPI", "securityDefinitions"): "'components: securitySchemes'",
    **{(kind, "consumes"): "'content' of request bodies" for kind in ("OpenAPI", "Operation")},
    **{(kind, "produces"): "'content' of responses" for kind in ("OpenAPI", "Operation")},
    ("Operation", "schemes"): "'servers'",
    ("Response", "schema"): "'content: {application/json: {schema: ...}}'",
    ("Response", "examples"): "'content: {application/json: {examples: ...}}'",
}
"""Where OpenAPI 3 has the fields of Swagger 2.0."""

_OPTIONAL = frozenset({("Response", "description")})
"""Fields that are required before OpenAPI 3.2."""


def version(document: Document) -> Diagnostic | None:
    """Return an error unless the document is OpenAPI 3.0, 3.1 or 3.2."""
    root = document.root
    if not is_object(root.value):
        message = f"an OpenAPI document must be an object, not {describe_type(root.value)}"
        return root.error("D001", message, "start with 'openapi: 3.1.0'")
    if document.version in SUPPORTED:
        return None
    for name, title in _VERSIONS.items():
        if name in root:
            number = root.value[name]
            message = f"unsupported {title} version {number!r}"
            is_current = name == "openapi" and not str(number).startswith("2")
            hint = _VERSION_HINT if is_current else _CONVERT
            return (root / name).error("D001", message, hint)
    message = "missing field 'openapi': the file is not an OpenAPI document"
    return root.error("D001", message, "start with 'openapi: 3.1.0'")


_VERSIONS = {"openapi": "OpenAPI", "swagger": "Swagger", "swaggerVersion": "Swagger"}
_VERSION_HINT = "write a version from 3.0.0 to 3.2.x as a quoted string"
_CONVERT = "convert the document to OpenAPI 3, for example with swagger2openapi"


def check(survey: Survey) -> Iterator[Diagnostic]:
    """Run the rules of this module."""
    yield from contents(survey)
    yield from paths_start_with_slash(survey)
    yield from paths_have_no_query_or_fragment(survey)
    for mismatch in survey.mismatches:
        if survey.document.version >= (3, 2) and (mismatch.kind, mismatch.name) in _OPTIONAL:
            continue
        yield from _RULES[mismatch.what](mismatch)


def contents(survey: Survey) -> Iterator[Diagnostic]:
    """A document has operations, or at least schemas for models."""
    root = survey.document.root
    parts = [part for part in ("paths", "webhooks", "components") if part in root]
    if not parts:
        hint = "add 'paths' with at least one operation"
        yield root.error("D006", "missing 'paths', 'webhooks' or 'components'", hint)
    elif survey.document.version == (3, 0) and "paths" not in parts:
        hint = "add 'paths: {}', or write 'openapi: 3.1.0'"
        yield root.warning("D006", "missing field 'paths', which OpenAPI 3.0 requires", hint)


def paths_have_no_query_or_fragment(survey: Survey) -> Iterator[Diagnostic]:
    """A query is described by parameters, not in the path; a fragment is never sent."""
    for path, item in (survey.document.root / "paths").members():
        sent, mark, _ = path.partition("#")
        if "?" in sent:
            message = f"the path {path!r} has a query, which is sent before the other parameters"
            yield item.warning("D011", message, "describe it by parameters 'in: query'", key=True)
        if mark:
            message = f"the path {path!r} has a fragment, which is not sent"
            hint = "describe what differs by parameters or the request body"
            yield item.warning("D011", message, hint, key=True)


def paths_start_with_slash(survey: Survey) -> Iterator[Diagnostic]:
    """A path is appended to the server URL, so it starts with a slash."""
    for path, item in (survey.document.root / "paths").members():
        if not path.startswith(("/", "x-")):
            message, hint = f"the path {path!r} must start with '/'", f"write '/{path}'"
            yield item.error("D007", message, hint, key=True, reading=f"it is read as '/{path}'")


def wrong_type(mismatch: Mismatch) -> Iterator[Diagnostic]:
    """A field has a value of a type that OpenAPI does not allow."""
    message = describe(mismatch)
    if mismatch.kind == "Schema" and mismatch.name == "required" and _is_flag(mismatch.node.value):
        hint = "add the property's name to the list 'required' of its parent schema"
    elif "$ref" in (mismatch.name, mismatch.node.pointer[-1:]):
        hint = "replace the reference by the object; references are allowed inside it"
    else:
        hint = f"write {mismatch.expected}"
    if mismatch.lenient:
        yield mismatch.node.warning("D002", message, hint)
        return
    coerced = coerce(mismatch.node.value, mismatch.alternatives)
    reading = "it is ignored" if coerced is None else f"it is read as {_format_value(coerced)}"
    yield mismatch.node.error("D002", message, hint, reading=reading, is_lossy=coerced is None)


def _format_value(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else "a value of that type"


def missing_field(mismatch: Mismatch) -> Iterator[Diagnostic]:
    """A field that OpenAPI requires is missing."""
    message = f"missing field {mismatch.name!r} in the {mismatch.kind} Object"
    hint = f"add '{mismatch.name}'"
    if mismatch.lenient:
        yield mismatch.node.warning("D003", message, hint)
    else:
        reading = _MISSING.get((mismatch.kind, mismatch.name), "")
        yield mismatch.node.error("D003", message, hint, reading=reading)


def unknown_field(mismatch: Mismatch) -> Iterator[Diagnostic]:
    """A field that OpenAPI does not define is ignored; most are misspelled."""
    if mismatch.kind == "PathItem" and mismatch.name.lower() in METHODS:
        return  # Rule O306 reports it.
    near = get_close_matches(mismatch.name, SHAPES[mismatch.kind], n=1)
    message = f"unknown field {mismatch.name!r} in the {mismatch.kind} Object"
    hint = f"did you mean {near[0]!r}?" if near else f"remove it, or name it 'x-{mismatch.name}'"
    moved = _OLD_FIELDS.get((mismatch.kind, mismatch.name))
    hint = f"move it to {moved}, which replaces it since OpenAPI 3" if moved else hint
    yield mismatch.node.warning("D004", message, hint, key=True)


def void_value(mismatch: Mismatch) -> Iterator[Diagnostic]:
    """Null, or `[]` for an object, is read as an absent field."""
    actual = "null" if mismatch.node.value is None else "an empty list"
    message = f"{mismatch.name!r} must be {mismatch.expected}, not {actual}, which is ignored"
    hint = f"write {mismatch.expected}, or remove the key"
    yield mismatch.node.warning("D005", message, hint)


_RULES = {
    "type": wrong_type,
    "missing": missing_field,
    "unknown": unknown_field,
    "void": void_value,
}


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)
