"""Parameters (P4xx)."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from ..document import Node
from ..document.diagnostics import Diagnostic
from ..document.json_values import JsonObject, is_object
from ..openapi.media_types import FORM
from ..openapi.objects import SHAPES
from ..openapi.operations import IGNORED_HEADERS
from ..openapi.parameters import STYLES, keeps_reserved, parameter_key
from ..openapi.survey import Operation, Survey

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
        yield from without_effect(header, survey.document.version)
    for response in survey.all("Response"):
        yield from ignored_response_header(response)
    for parameter in survey.all("Parameter"):
        yield from without_effect(parameter, survey.document.version)
        yield from known_location(parameter)
        yield from style(parameter)
        yield from style_fits_type(survey, parameter)
        yield from schema_or_content(parameter)
        yield from ignored_header(parameter)
        yield from required_in_path(parameter)
    for holder in survey.all("PathItem", "Operation"):
        yield from repeated_parameter(survey, holder)
    for operation in survey.operations:
        yield from whole_query(operation)


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
    if location == "querystring":
        message = "a parameter in location 'querystring' has no style: its media type encodes it"
        yield (parameter / "style").error("P402", message, "remove it", reading="it is ignored")
    elif known and wanted not in known:
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
    if parameter.value.get("in") == "querystring" and "content" not in parameter:
        message = f"parameter {name!r} in location 'querystring' has no 'content'"
        hint = f"move the schema to 'content', below a media type such as {FORM!r}"
        reading = f"it is read as {FORM!r}"
        yield parameter.error("P404", message, hint, reading=reading)
        return
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


def without_effect(parameter: Node, version: tuple[int, int]) -> Iterator[Diagnostic]:
    """Some keywords have a meaning in some locations only."""
    location = parameter.value.get("in", "header")
    is_percent_encoded = location == "cookie" and parameter.value.get("style") != "cookie"
    keeps = keeps_reserved(str(location), version) or (is_percent_encoded and version >= (3, 2))
    for keyword, has_effect in (
        ("allowEmptyValue", location == "query"),
        ("allowReserved", keeps),
    ):
        if not has_effect and parameter.value.get(keyword) is True:
            is_later = keyword == "allowReserved" and keeps_reserved(str(location), (3, 2))
            message = f"{keyword!r} has no effect in location {location!r}"
            hint = "remove it, or write 'openapi: 3.2.0'" if is_later else "remove it"
            yield (parameter / keyword).warning("P409", message, hint, key=True)


def whole_query(operation: Operation) -> Iterator[Diagnostic]:
    """A parameter in location `querystring` is the whole query, so it stands alone."""
    whole = [each for each in operation.parameters if each.value.get("in") == "querystring"]
    others = [each for each in operation.parameters if each.value.get("in") == "query"]
    for parameter in whole[1:]:
        message = f"second parameter in location 'querystring': {parameter.value.get('name')!r}"
        hint = "describe the whole query by one parameter"
        yield parameter.error("P410", message, hint, reading="both are sent")
    for parameter in others if whole else ():
        message = f"parameter {parameter.value.get('name')!r} in location 'query' beside one in "
        hint = "describe it in the schema of the other, or remove one of the two"
        message += "location 'querystring'"
        yield parameter.error("P410", message, hint, reading="both are sent")


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
