"""Docstrings of methods: the document's texts as whole sentences, with defaults."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from generator.normalize.operations import OperationReading
from generator.normalize.request_bodies import BodyReading, MediaReading
from generator.normalize.responses import ResponseReading
from generator.normalize.schemas.shapes import Anything
from generator.normalize.security import Requirements
from generator.planning.docstrings import (
    argument_doc,
    body_doc,
    in_python,
    needs_all_scopes,
    operation_doc,
    scopes_doc,
    summary,
)
from generator.planning.plan.operations import Argument
from generator.python.code import Code, docstring
from tests.support.planning import HEAD, named_shape, operations, plan_document

NODE = named_shape("", Anything()).node
OPERATION = OperationReading(
    id="pets.get",
    path="/pets/{id}",
    method="get",
    tags=(),
    summary="Retrieve a pet",
    doc="",
    deprecated=False,
    parameters=(),
    body=None,
    responses=(),
    security=(),
    client={},
    pagination=None,
    server="",
    node=NODE,
)


def answer(status: str, doc: str = "") -> ResponseReading:
    return ResponseReading(status, (), doc, inferred=False)


def doc(operation: OperationReading, *, order: str = "", **errors: tuple[str, ...]) -> str:
    arguments = [Argument("id", Code("str"), required=True, doc="Which\n  one")]
    by_status = {name.removeprefix("_"): each for name, each in errors.items()}
    return operation_doc(operation, arguments, "", by_status, order=order)


def section(text: str, name: str) -> list[str]:
    """Return the lines of a section."""
    (found,) = [each for each in text.split("\n\n") if each.startswith(f"{name}:\n")]
    return [line.removeprefix("    ") for line in found.split("\n")[1:]]


def test_complete_docstring_has_every_section() -> None:
    operation = replace(
        OPERATION,
        doc="It is yours.\n",
        deprecated=True,
        responses=(answer("200", "The pet"), answer("404", "No such pet. Look again.")),
    )
    arguments = [Argument("id", Code("str"), required=True, doc="Which\n  one")]
    scopes = "Required scopes (any one of): `a`."
    written = operation_doc(operation, arguments, scopes, {})
    assert (
        written
        == """\
Retrieve a pet.

`GET /pets/{id}`

It is yours.

Deprecated in the OpenAPI document.

Required scopes (any one of): `a`.

Args:
    id: Which one.
    **options: `timeout`, `deadline`, `extra_headers` and `extra_query`; see `CallOptions`.

Returns:
    The pet.

Raises:
    InvalidArgumentError: An argument is invalid; no request was sent.
    NotFoundError: 404: No such pet.
    APIConnectionError: No complete response was received.
    ResponseDecodeError: The response does not match the OpenAPI document."""
    )


@pytest.mark.parametrize(
    ("description", "is_repeated"),
    [
        ("", True),
        ("Needs `a`.", True),
        ("Needs `a.b`, or c.", True),
        ("Needs `b` or `a`.", False),
        ("It is yours.\n\nNeeds `a`\nor `b`.", False),
    ],
)
def test_scopes_that_the_description_names_are_not_repeated(
    description: str, *, is_repeated: bool
) -> None:
    scopes = "Required scopes (any one of): `a`, `b`."
    operation = replace(OPERATION, doc=description)
    written = operation_doc(operation, [], scopes, {})
    assert (scopes in written) is is_repeated
    assert "\n\n\n" not in operation_doc(operation, [], "", {})


@pytest.mark.parametrize(
    ("scope", "description", "is_repeated"),
    [
        ("pets.read", "Needs pets.read.", False),
        ("read", "It can read a pet.", True),
        ("read", "Needs `read`.", False),
    ],
)
def test_scope_that_is_a_plain_word_is_named_only_in_a_code_span(
    scope: str, description: str, *, is_repeated: bool
) -> None:
    scopes = f"Required scopes (any one of): `{scope}`."
    written = operation_doc(replace(OPERATION, doc=description), [], scopes, {})
    assert (scopes in written) is is_repeated


@pytest.mark.parametrize("same", ["Retrieve a pet", "Retrieve a pet.", "  Retrieve a pet.\n"])
def test_description_equal_to_the_summary_is_omitted(same: str) -> None:
    assert doc(replace(OPERATION, doc=same)).count("Retrieve a pet") == 1
    assert doc(replace(OPERATION, doc=same, summary="Retrieve a pet.")).count("Retrieve") == 1


@pytest.mark.parametrize(
    ("summary_", "description", "line"),
    [
        (" A pet ", "Ignored", "A pet."),
        ("A pet.", "", "A pet."),
        ("", "\nFirst line\nsecond", "First line."),
        ("", "", "Send `GET /pets/{id}`."),
    ],
)
def test_summary_falls_back_to_the_description_and_the_operation_id(
    summary_: str, description: str, line: str
) -> None:
    assert summary(replace(OPERATION, summary=summary_, doc=description)) == line


@pytest.mark.parametrize(
    ("status", "name"),
    [
        ("400", "BadRequestError"),
        ("401", "AuthenticationError"),
        ("403", "PermissionDeniedError"),
        ("404", "NotFoundError"),
        ("429", "RateLimitError"),
        ("500", "InternalServerError"),
        ("5XX", "InternalServerError"),
        ("409", "APIStatusError"),
        ("4XX", "APIStatusError"),
        ("default", "APIStatusError"),
    ],
)
def test_each_error_status_is_listed_with_its_class(status: str, name: str) -> None:
    operation = replace(OPERATION, responses=(answer("200"), answer(status)))
    assert f"{name}: {status}." in section(doc(operation), "Raises")


@pytest.mark.parametrize("text", ["No such pet", "No such pet.", "No such\npet. Look again."])
def test_raises_section_has_the_first_sentence_of_the_description(text: str) -> None:
    operation = replace(OPERATION, responses=(answer("200"), answer("404", text)))
    assert "NotFoundError: 404: No such pet." in section(doc(operation), "Raises")
    question = replace(OPERATION, responses=(answer("200"), answer("404", "Which?")))
    assert "NotFoundError: 404: Which?" in section(doc(question), "Raises")


def test_raises_section_names_the_types_of_error_bodies() -> None:
    operation = replace(OPERATION, responses=(answer("200"), answer("400", "Bad!"), answer("404")))
    lines = section(doc(operation, _400=("models.Error", "models.Other"), _404=("Any",)), "Raises")
    assert "BadRequestError: 400: Bad! Its `body` is `Error` or `Other`." in lines
    assert "NotFoundError: 404." in lines


def test_type_that_all_error_bodies_have_is_named_once() -> None:
    operation = replace(OPERATION, responses=(answer("200"), answer("400"), answer("404")))
    written = doc(operation, _400=("models.Error",), _404=("models.Error",))
    assert "\n\nThe `body` of each documented error is `Error`.\n\n" in written
    assert section(written, "Raises")[1:3] == ["BadRequestError: 400.", "NotFoundError: 404."]
    for other in ((), ("Any",)):
        written = doc(operation, _400=("models.Error",), _404=other)
        assert "each documented error" not in written
        assert "BadRequestError: 400. Its `body` is `Error`." in section(written, "Raises")
    assert "each documented error" not in doc(operation, _400=("models.Error",))


@pytest.mark.parametrize("status", ["200", "204", "2XX"])
def test_success_status_is_not_listed_in_the_raises_section(status: str) -> None:
    lines = section(doc(replace(OPERATION, responses=(answer(status),))), "Raises")
    assert [line.split(":")[0] for line in lines] == [
        "InvalidArgumentError",
        "APIConnectionError",
        "ResponseDecodeError",
    ]


@pytest.mark.parametrize(
    ("responses", "returned"),
    [
        ((answer("404", "None"), answer("200", "A\npet\n\nMore")), "A pet."),
        ((answer("default", "It"),), "It."),
    ],
)
def test_returns_section_describes_the_first_success(
    responses: tuple[ResponseReading, ...], returned: str
) -> None:
    operation = replace(OPERATION, responses=responses)
    assert section(doc(operation), "Returns") == [returned]
    more = " Iterating over it yields its entries and those of all later pages."
    assert section(doc(operation, order="By age."), "Returns") == [f"{returned}{more} By age."]


@pytest.mark.parametrize(
    "filler", ["", "OK", "Success", "Successful Response", "successful operation."]
)
def test_returns_section_without_a_description_is_left_out(filler: str) -> None:
    operation = replace(OPERATION, responses=(answer("200", filler),))
    assert "Returns:" not in doc(operation)
    assert "Returns:" not in doc(replace(OPERATION, responses=()))
    assert section(doc(operation, order="By age."), "Returns") == [
        "Iterating over it yields its entries and those of all later pages. By age."
    ]


def test_operation_without_any_description_is_described_by_its_request() -> None:
    written = operation_doc(replace(OPERATION, summary=""), [], "", {})
    assert written.startswith("Send `GET /pets/{id}`.\n\nArgs:\n    **options: ")
    argument = Argument("id", Code("str"), required=True, doc="")
    assert "    id:" not in operation_doc(OPERATION, [argument], "", {})


def test_description_that_begins_with_the_summary_does_not_repeat_it() -> None:
    written = doc(replace(OPERATION, doc="Retrieve a pet. It must be yours."))
    assert written.count("Retrieve a pet.") == 1
    assert "\n\nIt must be yours.\n\n" in written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Set `sortDirection`.", "Set `sort_direction`."),
        ("Set sortDirection, or per-page.", "Set sort_direction, or per-page."),
        ("It skips `(page + 1) * perPage`.", "It skips `(page + 1) * per_page`."),
        ("The ID of `ID`.", "The ID of `id`."),
        ("`perPage` of `perPageSize`", "`per_page` of `perPageSize`"),
        ('`{"perPage": 1}`', '`{"perPage": 1}`'),
        ("`?perPage=1&sortDirection=asc`", "`?perPage=1&sortDirection=asc`"),
        ("`/pets/{perPage}` and `perPage[0]`", "`/pets/{perPage}` and `perPage[0]`"),
        ("```\nperPage\n```", "```\nperPage\n```"),
    ],
)
def test_texts_name_arguments_as_python_does(text: str, written: str) -> None:
    names = {"sortDirection": "sort_direction", "perPage": "per_page", "page": "page", "ID": "id"}
    assert in_python(names)(text) == written
    assert in_python({})(text) == text


def test_texts_name_parameters_that_are_no_words_as_python_does() -> None:
    names = {"created-at": "created_at", "$filter": "filter", "$filter.by": "filter_by"}
    text = "`created-at` and `$filter`, but created-at-all or a$filter; `$filter.by` is longer."
    assert in_python({" ": "blank"})("`( )`") == "`( )`"
    written = "`created_at` and `filter`, but created-at-all or a$filter; `filter_by` is longer."
    assert in_python(names)(text) == written


def test_docstring_names_arguments_as_python_does() -> None:
    operation = replace(
        OPERATION,
        doc="See petNo.",
        responses=(answer("200", "Of `petNo`."), answer("404", "No petNo.")),
    )
    written = operation_doc(operation, [], "", {}, names={"petNo": "pet_no"})
    assert "petNo" not in written
    assert written.count("pet_no") == 3


@pytest.mark.parametrize(
    ("text", "default", "deprecated", "written"),
    [
        ("Which one", None, False, "Which one."),
        ("Is it so?", None, False, "Is it so?"),
        ("Look!", None, False, "Look!"),
        ("One of:", None, False, "One of:"),
        ("First\nline.\n\nMore", None, False, "First line."),
        ("", None, False, ""),
        ("A", 3, False, "A. The server's default is 3."),
        ("", "x", False, "The server's default is 'x'."),
        ("A", False, True, "Deprecated. A. The server's default is False."),
        ("", None, True, "Deprecated."),
    ],
)
def test_argument_docstring_has_description_default_and_deprecation(
    text: str, default: object, *, deprecated: bool, written: str
) -> None:
    assert argument_doc(text, default, deprecated=deprecated) == written


def test_argument_is_not_deprecated_by_default() -> None:
    assert argument_doc("A", None) == "A."


@pytest.mark.parametrize(
    ("text", "kinds", "written"),
    [
        ("", ["a/a"], "Sent as `a/a`."),
        ("A pet", ["a/a", "b/b", "a/a"], "A pet. Sent as `a/a` or `b/b`."),
        ("A pet", ["a/a", "b/b", "c/c"], "A pet. Sent as `a/a`, `b/b` or `c/c`."),
    ],
)
def test_body_docstring_lists_the_media_types(text: str, kinds: list[str], written: str) -> None:
    media = tuple(MediaReading(kind, "json", Anything()) for kind in kinds)
    body = BodyReading(text, required=True, media=media, node=NODE)
    assert body_doc(body) == written


@pytest.mark.parametrize(
    ("required", "written"),
    [
        (True, "A pet. None sends null. Sent as `a/a`."),
        (False, "A pet. None sends null; omit it to send no body. Sent as `a/a`."),
    ],
)
def test_body_docstring_explains_the_value_none(*, required: bool, written: str) -> None:
    body = BodyReading("A pet", required, (MediaReading("a/a", "json", Anything()),), NODE)
    assert body_doc(body, is_nullable=True) == written


@pytest.mark.parametrize(
    ("security", "needs_all", "written"),
    [
        ((), False, ""),
        (((),), False, ""),
        (((("key", ()),),), False, ""),
        (((("key", ("a",)),),), False, "Required scopes (any one of): `a`."),
        (
            ((("key", ("a",)),), (("key", ("b",)),), (("key", ("a",)),)),
            False,
            "Required scopes (any one of): `a`, `b`.",
        ),
        (((("key", ("a", "b")),),), True, "Required scopes (all of): `a`, `b`."),
        (
            ((("key", ("a",)), ("other", ("b",))), ()),
            True,
            "Required scopes (all of): `a`, `b`.",
        ),
        (
            ((("key", ("a", "b")),), (("key", ("c",)),)),
            False,
            "Required scopes (any one of): `a` and `b`, `c`.",
        ),
    ],
)
def test_scopes_docstring_distinguishes_any_and_all(
    security: Requirements, *, needs_all: bool, written: str
) -> None:
    assert needs_all_scopes(security) is needs_all
    assert scopes_doc(security) == written


def test_long_first_sentence_ends_at_a_colon_outside_of_brackets_and_code() -> None:
    first = "A pet (one of two: a cat or a dog) by `{name: text}` as its owner wrote it down once"
    rest = "it is searched for in the registers of all the towns where the owner has ever lived"
    assert docstring(f"{first}: {rest}").splitlines() == [
        f'"""{first}.',
        "",
        f"I{rest[1:]}",
        '"""',
    ]


def test_summary_of_a_response_describes_it(tmp_path: Path) -> None:
    content = "content: {application/json: {schema: {type: string}}}"
    missing = "'404': {summary: No pet, description: None here.}"
    responses = f"{{'200': {{summary: Both pets, {content}}}, {missing}}}"
    _, package = plan_document(
        tmp_path,
        f"paths: {{/pets: {{get: {{operationId: pets.list, responses: {responses}}}}}}}",
        head=HEAD.replace("3.1.0", "3.2.0"),
    )
    operation = operations(package)["pets.list"]
    assert "Returns:\n    Both pets.\n" in operation.doc
    assert "    NotFoundError: 404: No pet.\n" in operation.doc
