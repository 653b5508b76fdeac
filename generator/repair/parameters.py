"""Repairs of parameters: Swagger 2.0's, misspelled and undeclared path parameters."""

from __future__ import annotations

from typing import Any

from ..document import Node
from ..document.json_values import JsonObject, is_array, is_object, text_at
from ..lint.operations import unmatched_path_parameters
from ..lint.parameters import COLLECTIONS, swagger_schema
from ..openapi.media_types import FORM, JSON
from ..openapi.parameters import STYLES
from ..openapi.survey import Operation, Survey
from .edits import Edits


def repair(survey: Survey, edits: Edits) -> None:
    """Convert parameters to the form of OpenAPI 3."""
    for parameter in survey.all("Parameter", "Header"):
        _as_in_openapi_3(parameter, edits)
    for operation in survey.operations:
        _body(survey, operation, edits)
        _path(survey, operation, edits)


def _as_in_openapi_3(parameter: Node, edits: Edits) -> None:
    location = (parameter / "in").value
    if isinstance(location, str) and location not in STYLES and location.lower() in STYLES:
        edits.put(parameter / "in", location.lower())
        return
    schema = swagger_schema(parameter)
    if schema and location not in {"body", "formData"}:
        edits.put(parameter / "schema", schema)
    style = COLLECTIONS.get(str((parameter / "collectionFormat").value))
    if style is not None and "style" not in parameter and location == "query":
        edits.put(parameter / "style", style[0])
        edits.put(parameter / "explode", style[1])
    known = STYLES.get(location, ()) if isinstance(location, str) else ()
    declared = parameter.value.get("style")
    if known and isinstance(declared, str) and declared not in known:
        _restyle(parameter, location, edits)
    if is_object(parameter.value.get("schema")) and "content" in parameter:
        edits.remove(parameter / "content")


def _restyle(parameter: Node, location: str, edits: Edits) -> None:
    """Use the default style of a location, or the equivalent of a `collectionFormat`."""
    wanted = COLLECTIONS.get(parameter.value["style"])
    if wanted is not None and location == "query":
        edits.put(parameter / "style", wanted[0])
        edits.put(parameter / "explode", wanted[1])
    else:
        edits.remove(parameter / "style")


def _body(survey: Survey, operation: Operation, edits: Edits) -> None:
    """Build a request body from the parameters in `body` and `formData`."""
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
        schema = value.get("schema") or swagger_schema(parameter) or {}
        if value.get("in") == "body":
            content = {kind: {"schema": schema} for kind in _request_types(survey, operation)}
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


def _request_types(survey: Survey, operation: Operation) -> list[str]:
    for holder in (operation.node, survey.document.root):
        kinds = (holder / "consumes").value
        if is_array(kinds) and kinds and all(isinstance(each, str) for each in kinds):
            return kinds
    return [JSON]


def _path(survey: Survey, operation: Operation, edits: Edits) -> None:
    """Declare the undeclared parameters of a path, and drop path parameters that are not in it."""
    missing, surplus = unmatched_path_parameters(operation)
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
    for holder in (*operation.path_items, operation.node):
        for item in (holder / "parameters").items():
            if survey.follow(item) in surplus:
                edits.remove(item)
            elif holder is operation.node:
                kept.append(item.value)
    if found or is_array(own):
        edits.put(operation.node / "parameters", [*kept, *found])
