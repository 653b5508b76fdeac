"""Parameters (P4xx)."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from ..document import Node
from ..document.diagnostics import Diagnostic
from ..document.json_values import JsonObject, is_object
from ..openapi.objects import SHAPES
from ..openapi.operations import IGNORED_HEADERS
from ..openapi.parameters import STYLES, parameter_key
from ..openapi.survey import Survey

_OLD_LOCATIONS = {
    "body": "move it to 'requestBody', which replaces Swagger 2.0's 'in: body'",
    "formData": "move it to 'requestBody', which replaces Swagger 2.0's 'in: formData'",
}
_OLD_READINGS = {
    "body": "it is read as the request body",
    "formData": "it is read as a field of a form in the request body",
}
COLLECTIONS = {
    "csv": ("form", False),
    "multi": ("form", True),
    "ssv": ("spaceDelimited", False),
    "pipes": ("pipeDelimited", False),
}
"""Style and explode for each `collectionFormat` of Swagger 2.0."""

_STYLES_FOR = {
    "spaceDelimited": ("array", "object"),
    "pipeDelimited": ("array", "object"),
    "deepObject": ("object",),
}


def check(survey: Survey) -> Iterator[Diagnostic]:
    """Run the rules of this module."""
    for header in survey.all("Header"):
        yield from style(header)
        yield from schema_or_content(header)
        yield from without_effect(header)
    for response in survey.all("Response"):
        yield from ignored_response_header(response)
    for parameter in survey.all("Parameter"):
        yield from without_effect(parameter)
        yield from known_location(parameter)
        yield from style(parameter)
        yield from style_fits_type(survey, parameter)
        yield from schema_or_content(parameter)
        yield from ignored_header(parameter)
        yield from required_in_path(parameter)
    for holder in survey.all("PathItem", "Operation"):
        yield from repeated_parameter(survey, holder)


def known_location(parameter: Node) -> Iterator[Diagnostic]:
    """A parameter has one of the locations of OpenAPI."""
    location = parameter.value.get("in")
    if isinstance(location, str) and location not in STYLES:
        near = get_close_matches(location, STYLES, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"write one of {', '.join(STYLES)}"
        hint = _OLD_LOCATIONS.get(location, hint)
        message = f"unknown parameter location {location!r}"
        lower = location.lower()
        reading = _OLD_READINGS.get(location, f"it is read as {lower!r}" if lower in STYLES else "")
        yield (parameter / "in").error("P401", message, hint, reading=reading)


def style(parameter: Node) -> Iterator[Diagnostic]:
    """OpenAPI defines the encoding of a value by location and style; others are undefined."""
    location, wanted = parameter.value.get("in", "header"), parameter.value.get("style")
    if not (isinstance(location, str) and isinstance(wanted, str)):
        return
    known = STYLES.get(location, ())
    if known and wanted not in known:
        near = get_close_matches(wanted, known, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"write one of {', '.join(known)}"
        message = f"style {wanted!r} is not supported in location {location!r}"
        reading = f"the default style {known[0]!r} is used"
        if wanted in COLLECTIONS:
            reading = "it is read as Swagger 2.0's 'collectionFormat'"
        yield (parameter / "style").error("P402", message, hint, reading=reading)


def style_fits_type(survey: Survey, parameter: Node) -> Iterator[Diagnostic]:
    """Some styles are defined for lists or objects only; other values get the nearest encoding."""
    wanted = parameter.value.get("style")
    allowed = _STYLES_FOR.get(wanted) if isinstance(wanted, str) else None
    if survey.document.version == (3, 0) and wanted in {"spaceDelimited", "pipeDelimited"}:
        allowed = ("array",)
    schema = survey.follow(parameter / "schema")
    kind = schema.value.get("type") if schema and is_object(schema.value) else None
    if allowed and isinstance(kind, str) and kind not in allowed:
        message = f"style {wanted!r} is not defined for a schema of type {kind!r}"
        hint = "use 'style: form', the default of query parameters"
        yield (parameter / "style").warning("P403", message, hint)


def schema_or_content(parameter: Node) -> Iterator[Diagnostic]:
    """A parameter has either a schema and a style, or exactly one media type."""
    noun = "parameter" if "in" in parameter else "header"
    name = parameter.value.get("name", parameter.pointer[-1])
    content = parameter.value.get("content")
    if is_object(content) and len(content) > 1:
        message = f"{noun} {name!r} has {len(content)} media types; 1 is allowed"
        reading = "JSON is used if listed, else the first"
        node = parameter / "content"
        yield node.error("P404", message, "keep one media type", reading=reading)
    if "schema" in parameter and "content" in parameter:
        message = f"{noun} {name!r} has both 'schema' and 'content'"
        reading = "'schema' is used"
        yield parameter.error("P404", message, "remove one of the two", reading=reading)
    elif swagger_schema(parameter):
        message = f"{noun} {name!r} has its type outside 'schema', as in Swagger 2.0"
        hint = "move 'type' and the keywords beside it into 'schema' (until then they are read so)"
        yield parameter.warning("P404", message, hint)
    elif "schema" not in parameter and not content:
        message = f"{noun} {name!r} has neither 'schema' nor 'content'"
        reading = "any string is accepted"
        yield parameter.error("P404", message, "add 'schema'", reading=reading)


def swagger_schema(parameter: Node) -> JsonObject:
    """Return the schema that a parameter has beside `in`, as in Swagger 2.0; empty if none."""
    value: JsonObject = parameter.value
    if "schema" in value or "content" in value or not isinstance(value.get("type"), str):
        return {}
    known = SHAPES["Schema"].keys() - SHAPES["Parameter"].keys()
    return {key: each for key, each in value.items() if key in known}


def ignored_header(parameter: Node) -> Iterator[Diagnostic]:
    """A header that OpenAPI describes by another construct is ignored as a parameter."""
    name = parameter.value.get("name")
    if parameter.value.get("in") != "header" or not isinstance(name, str):
        return
    instead = IGNORED_HEADERS.get(name.lower())
    if instead:
        message = f"header parameter {name!r} is ignored"
        yield (parameter / "name").warning("P405", message, instead)


def required_in_path(parameter: Node) -> Iterator[Diagnostic]:
    """A path parameter cannot be optional, so it is read as required."""
    if parameter.value.get("in") == "path" and parameter.value.get("required") is not True:
        message = f"path parameter {parameter.value.get('name')!r} must be required"
        hint, reading = "add 'required: true'", "it is required"
        yield parameter.error("P406", message, hint, reading=reading)


def without_effect(parameter: Node) -> Iterator[Diagnostic]:
    """Some keywords have a meaning for query parameters only."""
    location = parameter.value.get("in", "header")
    for keyword in ("allowEmptyValue", "allowReserved"):
        if location != "query" and parameter.value.get(keyword) is True:
            message = f"{keyword!r} has no effect in location {location!r}"
            yield (parameter / keyword).warning("P409", message, "remove it", key=True)


def ignored_response_header(response: Node) -> Iterator[Diagnostic]:
    """The media types of `content` describe the Content-Type header of a response."""
    for name, header in (response / "headers").members():
        if name.lower() == "content-type":
            hint = "use the media types of 'content'"
            yield header.warning("P405", f"response header {name!r} is ignored", hint, key=True)


def repeated_parameter(survey: Survey, holder: Node) -> Iterator[Diagnostic]:
    """Name and location identify a parameter, so each pair occurs once."""
    first: dict[tuple[str, str], Node] = {}
    for item in (holder / "parameters").items():
        parameter = survey.follow(item)
        if parameter is None or not is_object(parameter.value):
            continue
        name, location = parameter.value.get("name"), parameter.value.get("in")
        if not (isinstance(name, str) and isinstance(location, str)):
            continue
        key = parameter_key(name, location)
        if key in first:
            message = f"duplicate parameter {name!r} in location {location!r}"
            same = first[key].value == parameter.value
            if same:
                yield item.warning("P407", message, "remove one of the two")
            else:
                hint, reading = "remove one of the two", "the last one is used"
                yield item.error("P407", message, hint, reading=reading)
        first.setdefault(key, parameter)
