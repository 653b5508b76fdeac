"""Parameters (P4xx)."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from generator.document import Node
from generator.document.diagnostics import Diagnostic
from generator.document.json_values import JsonObject, is_object
from generator.openapi.objects import SHAPES
from generator.openapi.operations import IGNORED_HEADERS
from generator.openapi.parameters import STYLES
from generator.openapi.survey import Survey

_OLD_LOCATIONS = {
    "body": "move it to 'requestBody': this is how Swagger 2.0 wrote a body",
    "formData": "move it to 'requestBody': this is how Swagger 2.0 wrote a form",
}
_OLD_READINGS = {
    "body": "it is read as the body",
    "formData": "it is read as a field of a form",
}
COLLECTIONS = {
    "csv": ("form", False),
    "multi": ("form", True),
    "ssv": ("spaceDelimited", False),
    "pipes": ("pipeDelimited", False),
}
"""What Swagger 2.0 called the styles of lists: style and explode."""

_STYLES_FOR = {
    "spaceDelimited": ("array", "object"),
    "pipeDelimited": ("array", "object"),
    "deepObject": ("object",),
}


def check(survey: Survey) -> Iterator[Diagnostic]:
    """Run the rules of this module."""
    for parameter in survey.all("Parameter"):
        yield from location(parameter)
        yield from style(parameter)
        yield from style_fits_type(survey, parameter)
        yield from schema_or_content(parameter)
        yield from ignored_header(parameter)
        yield from required_in_path(parameter)
    for holder in survey.all("PathItem", "Operation"):
        yield from repeated(survey, holder)


def location(parameter: Node) -> Iterator[Diagnostic]:
    """A parameter that stands nowhere cannot be sent."""
    place = parameter.value.get("in")
    if isinstance(place, str) and place not in STYLES:
        near = get_close_matches(place, STYLES, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"write one of {', '.join(STYLES)}"
        hint = _OLD_LOCATIONS.get(place, hint)
        message = f"there is no location {place!r}"
        reading = _OLD_READINGS.get(place, "it is read so" if place.lower() in STYLES else "")
        yield (parameter / "in").error("P401", message, hint, reading=reading)


def style(parameter: Node) -> Iterator[Diagnostic]:
    """OpenAPI defines how a value is written for each location; other styles have no meaning."""
    place, wanted = parameter.value.get("in"), parameter.value.get("style")
    if not (isinstance(place, str) and isinstance(wanted, str)):
        return
    known = STYLES.get(place, ())
    if known and wanted not in known:
        near = get_close_matches(wanted, known, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"write one of {', '.join(known)}"
        message = f"the parameter style {wanted!r} is not supported in {place!r}"
        reading = "the usual style is taken"
        if wanted in COLLECTIONS:
            reading = "it is read as in Swagger 2.0"
        yield (parameter / "style").error("P402", message, hint, reading=reading)


def style_fits_type(survey: Survey, parameter: Node) -> Iterator[Diagnostic]:
    """Some styles are defined for lists or objects only; others are read the nearest way."""
    wanted = parameter.value.get("style")
    meant = _STYLES_FOR.get(wanted) if isinstance(wanted, str) else None
    schema = survey.follow(parameter / "schema")
    kind = schema.value.get("type") if schema and is_object(schema.value) else None
    if meant and isinstance(kind, str) and kind not in meant:
        message = f"the style {wanted!r} is not defined for a schema of type {kind!r}"
        hint = "use 'style: form', the default in a query"
        yield (parameter / "style").warning("P403", message, hint)


def schema_or_content(parameter: Node) -> Iterator[Diagnostic]:
    """A value is described once: by a schema and a style, or by one media type."""
    name = parameter.value.get("name")
    content = parameter.value.get("content")
    if is_object(content) and len(content) > 1:
        message = f"the content of parameter {name!r} has more than one media type"
        reading = "JSON is taken, else the first"
        node = parameter / "content"
        yield node.error("P404", message, "keep one of them", reading=reading)
    if "schema" in parameter and "content" in parameter:
        message = f"parameter {name!r} has both 'schema' and 'content'"
        reading = "'schema' is taken"
        yield parameter.error("P404", message, "remove one of them", reading=reading)
    elif old_schema(parameter):
        message = f"parameter {name!r} has its type beside 'in', as in Swagger 2.0"
        yield parameter.warning("P404", message, "write it in 'schema'; it is read so")
    elif "schema" not in parameter and not content:
        message = f"parameter {name!r} has neither 'schema' nor 'content'"
        hint = "add 'schema'; without it any text is accepted"
        yield parameter.warning("P404", message, hint)


def old_schema(parameter: Node) -> JsonObject:
    """Give the schema that stands in a parameter itself, as in Swagger 2.0; empty if none does."""
    value: JsonObject = parameter.value
    if "schema" in value or "content" in value or not isinstance(value.get("type"), str):
        return {}
    known = SHAPES["Schema"].keys() - SHAPES["Parameter"].keys()
    return {key: each for key, each in value.items() if key in known}


def ignored_header(parameter: Node) -> Iterator[Diagnostic]:
    """Some headers are said in other ways; a parameter of such a name is left out."""
    name = parameter.value.get("name")
    if parameter.value.get("in") != "header" or not isinstance(name, str):
        return
    instead = IGNORED_HEADERS.get(name.lower())
    if instead:
        message = f"a header parameter named {name!r} is ignored"
        yield (parameter / "name").warning("P405", message, instead)


def required_in_path(parameter: Node) -> Iterator[Diagnostic]:
    """A path has no place for a value that is absent, so there is one reading."""
    if parameter.value.get("in") == "path" and parameter.value.get("required") is not True:
        message = f"the path parameter {parameter.value.get('name')!r} must be required"
        yield parameter.warning("P406", message, "add 'required: true'")


def repeated(survey: Survey, holder: Node) -> Iterator[Diagnostic]:
    """Name and location identify a parameter; a second one would hide the first."""
    first: dict[tuple[str, str], Node] = {}
    for item in (holder / "parameters").items():
        parameter = survey.follow(item)
        if parameter is None or not is_object(parameter.value):
            continue
        name, place = parameter.value.get("name"), parameter.value.get("in")
        if not (isinstance(name, str) and isinstance(place, str)):
            continue
        if (name, place) in first:
            message = f"a second parameter {name!r} in {place!r}"
            same = first[name, place].value == parameter.value
            if same:
                yield item.warning("P407", message, "remove one of the two")
            else:
                hint, reading = "remove one of the two", "the last one counts"
                yield item.error("P407", message, hint, reading=reading)
        first.setdefault((name, place), parameter)
