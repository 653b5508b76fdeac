"""Parameters as Swagger 2.0 wrote them, and those of paths that are misspelt or not declared."""

from __future__ import annotations

from typing import Any

from generator.document import Node
from generator.document.json_values import JsonObject, is_array, is_object, text_at
from generator.lint.operations import path_names
from generator.lint.parameters import COLLECTIONS, old_schema
from generator.openapi.media_types import FORM, JSON
from generator.openapi.parameters import STYLES
from generator.openapi.survey import Operation, Survey
from generator.repair.edits import Edits


def mend(survey: Survey, edits: Edits) -> None:
    """Write parameters as OpenAPI 3 has them."""
    for parameter in survey.all("Parameter", "Header"):
        _as_in_openapi_3(parameter, edits)
    for operation in survey.operations:
        _body(survey, operation, edits)
        _path(survey, operation, edits)


def _as_in_openapi_3(parameter: Node, edits: Edits) -> None:
    place = (parameter / "in").value
    if isinstance(place, str) and place not in STYLES and place.lower() in STYLES:
        edits.put(parameter / "in", place.lower())
        return
    schema = old_schema(parameter)
    if schema and place not in {"body", "formData"}:
        edits.put(parameter / "schema", schema)
    style = COLLECTIONS.get(str((parameter / "collectionFormat").value))
    if style is not None and "style" not in parameter and place == "query":
        edits.put(parameter / "style", style[0])
        edits.put(parameter / "explode", style[1])
    known = STYLES.get(place, ()) if isinstance(place, str) else ()
    written = parameter.value.get("style")
    if known and isinstance(written, str) and written not in known:
        _restyle(parameter, place, edits)
    if is_object(parameter.value.get("schema")) and "content" in parameter:
        edits.remove(parameter / "content")


def _restyle(parameter: Node, place: str, edits: Edits) -> None:
    """Take the usual style of a location, or the one that Swagger's word for a list means."""
    wanted = COLLECTIONS.get(parameter.value["style"])
    if wanted is not None and place == "query":
        edits.put(parameter / "style", wanted[0])
        edits.put(parameter / "explode", wanted[1])
    else:
        edits.remove(parameter / "style")


def _body(survey: Survey, operation: Operation, edits: Edits) -> None:
    """Make a body of the parameters that Swagger put there."""
    fields: JsonObject = {}
    required: list[str] = []
    body: JsonObject | None = None
    for item in (operation.node / "parameters").items():
        parameter = survey.follow(item)
        value: Any = parameter.value if parameter is not None else None
        if parameter is None or not is_object(value):
            continue
        if text_at(value, "in") not in {"body", "formData"}:
            continue
        edits.remove(item)
        schema = value.get("schema") or old_schema(parameter) or {}
        if value.get("in") == "body":
            content = {kind: {"schema": schema} for kind in _consumed(survey, operation)}
            body = {"content": content, "required": value.get("required") is True}
            body["description"] = text_at(value, "description")
        elif isinstance(value.get("name"), str):
            fields[value["name"]] = schema
            required += [value["name"]] if value.get("required") is True else []
    if fields and body is None:
        is_file = any(text_at(each, "type") == "file" for each in fields.values())
        kind = "multipart/form-data" if is_file else FORM
        form = {"type": "object", "properties": fields, "required": required}
        body = {"content": {kind: {"schema": form}}, "required": bool(required)}
    if body is not None and "requestBody" not in operation.node:
        edits.put(operation.node / "requestBody", body)


def _consumed(survey: Survey, operation: Operation) -> list[str]:
    for holder in (operation.node, survey.document.root):
        kinds = (holder / "consumes").value
        if is_array(kinds) and kinds and all(isinstance(each, str) for each in kinds):
            return kinds
    return [JSON]


def _path(survey: Survey, operation: Operation, edits: Edits) -> None:
    """Declare what a path names, and leave out what it does not."""
    missing, surplus = path_names(operation)
    if not missing and not surplus:
        return
    found: list[JsonObject] = []
    if len(missing) == len(surplus) == 1:
        found.append({**surplus[0].value, "name": missing[0]})
    else:
        for name in missing:
            schema = {"type": "string"}
            found.append({"name": name, "in": "path", "required": True, "schema": schema})
    own = (operation.node / "parameters").value
    kept: list[Any] = []
    for holder in (operation.path_item, operation.node):
        for item in (holder / "parameters").items():
            if survey.follow(item) in surplus:
                edits.remove(item)
            elif holder is operation.node:
                kept.append(item.value)
    if found or is_array(own):
        edits.put(operation.node / "parameters", [*kept, *found])
