"""Examples and defaults (E9xx): each is valid for its schema."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from jsonschema_rs import ValidationError

from ..document import Node
from ..document.diagnostics import Diagnostic
from ..document.json_values import is_array, is_object
from ..openapi.examples import data_value
from ..openapi.media_types import essence, includes_json
from ..openapi.survey import Survey, composed_schemas
from .json_schema import MASK, Validators

_MOST = 5  # diagnostics per example; further errors mostly follow from the first ones
_LONGEST = 160
_DATE = re.compile(r'is not a "date(-time)?"$')


@dataclass(frozen=True, slots=True)
class Claim:
    """A value that should be valid for a schema."""

    code: str
    noun: str
    value: Node
    schema: Node


def check(survey: Survey) -> Iterator[Diagnostic]:
    """Run the rules of this module."""
    found = list(claims(survey))
    if not found:
        return
    seen: set[tuple[int, int]] = set()
    if survey.is_strict:
        for claim in found:
            yield from known_members(survey, claim.value, claim.schema, seen)
    validators = Validators(survey.document)
    validators.prepare(claim.schema for claim in found)
    for claim in found:
        yield from validity(claim, validators)


def claims(survey: Survey) -> Iterator[Claim]:
    """Iterate over all examples and defaults with their schemas."""
    yield from _of_schemas(survey)
    yield from _of_holders(survey)
    yield from _of_media_types(survey)


def known_members(
    survey: Survey, value: Node, schema: Node, seen: set[tuple[int, int]]
) -> Iterator[Diagnostic]:
    """A member of an example that its schema does not describe is mostly misspelled."""
    pair = (id(value.value), id(schema.value))
    if pair in seen or not (is_object(value.value) or is_array(value.value)):
        return
    seen.add(pair)
    parts = list(composed_schemas(survey.document, schema))
    for item in value.items():
        for part in parts:
            if is_object((part / "items").value):
                yield from known_members(survey, item, part / "items", seen)
    known = {name: node for part in parts for name, node in (part / "properties").members()}
    is_open = any(
        keyword in part
        for part in parts
        for keyword in ("additionalProperties", "patternProperties", "unevaluatedProperties", "if")
    )
    for name, member in value.members() if known else ():
        if name in known:
            yield from known_members(survey, member, known[name], seen)
        elif not is_open:
            near = get_close_matches(name, known, n=1)
            hint = f"did you mean {near[0]!r}?" if near else "add it to the schema"
            message = f"the example has {name!r}, which its schema does not describe"
            yield member.warning("E903", message, hint, key=True)


def validity(claim: Claim, validators: Validators) -> Iterator[Diagnostic]:
    """An invalid example misleads readers and mocks; the API would reject an invalid default."""
    problems: list[ValidationError] = []
    for problem in validators.validator(claim.schema).iter_errors(claim.value.value):
        problems.append(problem)
        if len(problems) == _MOST:
            break
    for problem in problems:
        node = claim.value.at(*problem.instance_path)
        member = "".join(f"/{part}" for part in problem.instance_path)
        where = f" at {member}" if member else ""
        message = f"the {claim.noun} is not valid for its schema{where}: {_reason(problem)}"
        hint = f"correct the {claim.noun} or the schema"
        if _DATE.search(problem.message):
            hint = f"{hint} (until then it is read as a string)"
        yield node.warning(claim.code, message, hint)


def _reason(problem: ValidationError) -> str:
    text = problem.message
    if text.startswith("False schema"):
        text = f"{MASK} is not allowed"
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."


def _of_schemas(survey: Survey) -> Iterator[Claim]:
    """Examples and defaults of schemas; `default: null` only means that there is no default."""
    for schema in survey.schemas_with("default", "example", "examples"):
        if "default" in schema and schema.value["default"] is not None:
            yield Claim("E902", "default", schema / "default", schema)
        if "example" in schema:
            yield Claim("E901", "example", schema / "example", schema)
        if is_array(schema.value.get("examples")):
            for each in (schema / "examples").items():
                yield Claim("E901", "example", each, schema)


def _of_holders(survey: Survey) -> Iterator[Claim]:
    """Examples of parameters and headers."""
    for holder in survey.all("Parameter", "Header"):
        if "schema" in holder:
            for value in _examples(survey, holder):
                yield Claim("E901", "example", value, holder / "schema")


def _of_media_types(survey: Survey) -> Iterator[Claim]:
    """Examples of bodies; a string in a media type other than JSON is the body itself."""
    for holder in survey.all("RequestBody", "Response", "Parameter", "Header"):
        for text, media in (holder / "content").members():
            for value in _examples(survey, media) if "itemSchema" in media else ():
                for item in value.items():
                    yield Claim("E901", "example", item, media / "itemSchema")
            if "schema" in media:
                json = includes_json(essence(text))
                for value in _examples(survey, media):
                    if json or not isinstance(value.value, str):
                        yield Claim("E901", "example", value, media / "schema")


def _examples(survey: Survey, holder: Node) -> Iterator[Node]:
    if "example" in holder:
        yield holder / "example"
    for _, each in (holder / "examples").members():
        example = survey.follow(each)
        value = data_value(example) if example is not None else None
        if value is not None:
            yield value
