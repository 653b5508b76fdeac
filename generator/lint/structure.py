"""The document as a whole, and the fields of its objects (D0xx)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from difflib import get_close_matches

from generator.document import Document
from generator.document.diagnostics import Diagnostic
from generator.document.json_values import is_object
from generator.openapi.coercions import converted
from generator.openapi.notation import spoken
from generator.openapi.objects import SHAPES
from generator.openapi.operations import METHODS
from generator.openapi.survey import Misfit, Survey, describe

SUPPORTED = ((3, 0), (3, 1))

_LONGEST = 40
_MISSING = {
    ("OpenAPI", "info"): "the package has no title and the version 0",
    ("Server", "url"): "it is '/'",
    ("RequestBody", "content"): "it is JSON if there is a schema, else bytes",
}


def version(document: Document) -> Diagnostic | None:
    """Refuse what is no OpenAPI 3.0 or 3.1; every other rule would only repeat that."""
    root = document.root
    if not is_object(root.value):
        message = f"an OpenAPI document is an object, not {spoken(root.value)}"
        return root.error("D001", message, "start with 'openapi: 3.1.0'")
    if document.version in SUPPORTED:
        return None
    if "openapi" in root:
        message = f"OpenAPI {root.value['openapi']!r} is not supported"
        return (root / "openapi").error("D001", message, _VERSION_HINT)
    if "swagger" in root:
        message = f"OpenAPI {root.value['swagger']!r} (Swagger) is not supported"
        hint = "convert it to OpenAPI 3, for example with swagger2openapi"
        return (root / "swagger").error("D001", message, hint)
    message = "there is no field 'openapi', so this is no OpenAPI document"
    return root.error("D001", message, "start with 'openapi: 3.1.0'")


_VERSION_HINT = "write a version of OpenAPI from 3.0.0 to 3.1.x, as a text"


def check(survey: Survey) -> Iterator[Diagnostic]:
    """Run the rules of this module."""
    yield from contents(survey)
    yield from paths_start_with_slash(survey)
    for misfit in survey.misfits:
        yield from _RULES[misfit.what](misfit)


def contents(survey: Survey) -> Iterator[Diagnostic]:
    """Ask for something to generate: operations, or at least models."""
    root = survey.document.root
    parts = [part for part in ("paths", "webhooks", "components") if part in root]
    if not parts:
        hint = "add 'paths' with at least one operation"
        yield root.error("D006", "there are neither paths nor webhooks nor components", hint)
    elif survey.document.version == (3, 0) and "paths" not in parts:
        hint = "add 'paths: {}', or write 'openapi: 3.1.0'"
        yield root.warning("D006", "OpenAPI 3.0 requires 'paths'", hint)


def paths_start_with_slash(survey: Survey) -> Iterator[Diagnostic]:
    """A path is appended to a server's address; without a slash only one reading is sensible."""
    for path, item in (survey.document.root / "paths").members():
        if not path.startswith(("/", "x-")):
            message = f"the path {path!r} does not start with a slash"
            yield item.warning("D007", message, f"write '/{path}'", key=True)


def wrong_type(misfit: Misfit) -> Iterator[Diagnostic]:
    """A field holds a value of a type that OpenAPI does not give it."""
    message = describe(misfit)
    if misfit.kind == "Schema" and misfit.name == "required" and _is_flag(misfit.node.value):
        hint = "name the property in the list 'required' of the object that holds it"
    elif "$ref" in (misfit.name, misfit.node.pointer[-1:]):
        hint = "a reference cannot stand here: write the object, with references inside it"
    else:
        hint = f"write {misfit.expected}"
    if misfit.lenient:
        yield misfit.node.warning("D002", message, hint)
        return
    meant = converted(misfit.node.value, misfit.alternatives)
    reading = "it is ignored" if meant is None else f"it is read as {_shown(meant)}"
    yield misfit.node.error("D002", message, hint, reading=reading, is_lossy=meant is None)


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else "one"


def missing_field(misfit: Misfit) -> Iterator[Diagnostic]:
    """A field that OpenAPI requires is absent."""
    message = f"{misfit.name!r} is missing in this {misfit.kind} Object"
    hint = f"add '{misfit.name}'"
    if misfit.lenient:
        yield misfit.node.warning("D003", message, hint)
    else:
        reading = _MISSING.get((misfit.kind, misfit.name), "")
        yield misfit.node.error("D003", message, hint, reading=reading)


def unknown_field(misfit: Misfit) -> Iterator[Diagnostic]:
    """A field that OpenAPI does not know would be ignored: most are spelling mistakes."""
    if misfit.kind == "PathItem" and misfit.name.lower() in METHODS:
        return  # Rule O306 says so.
    near = get_close_matches(misfit.name, SHAPES[misfit.kind], n=1)
    message = f"the {misfit.kind} Object has no field {misfit.name!r}"
    hint = f"did you mean {near[0]!r}?" if near else f"remove it, or name it 'x-{misfit.name}'"
    yield misfit.node.warning("D004", message, hint, key=True)


def void_value(misfit: Misfit) -> Iterator[Diagnostic]:
    """Null, or `[]` for an object, can only mean that nothing is said."""
    written = "null" if misfit.node.value is None else "an empty list"
    message = f"{misfit.name!r} must be {misfit.expected}; {written} is read as nothing"
    hint = f"write {misfit.expected}, or remove the key"
    yield misfit.node.warning("D005", message, hint)


_RULES = {
    "type": wrong_type,
    "missing": missing_field,
    "unknown": unknown_field,
    "void": void_value,
}


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)
