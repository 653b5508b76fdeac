"""Docstrings of methods and arguments."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from generator.normalize import OperationReading
from generator.normalize.request_bodies import BodyReading
from generator.normalize.responses import ResponseReading
from generator.normalize.security import Requirements
from generator.planning.plan.operations import Argument
from generator.planning.responses import successes

_CODE_SPAN = re.compile(r"`[^`]+`")
_ERRORS = {
    "400": "BadRequestError",
    "401": "AuthenticationError",
    "403": "PermissionDeniedError",
    "404": "NotFoundError",
    "429": "RateLimitError",
}


def operation_doc(
    operation: OperationReading,
    arguments: Sequence[Argument],
    scopes: str,
    errors: Mapping[str, Sequence[str]],
    *,
    order: str = "",
) -> str:
    """Return the docstring of a method.

    The sentence about scopes is left out if the description names all of them.

    Args:
        operation: The operation.
        arguments: The arguments of the method.
        scopes: The sentence on its scopes.
        errors: The types of error bodies by status.
        order: The sentence on which entries come first, if the operation is paginated.
    """
    head = [summary(operation), f"`{operation.method.upper()} {operation.path}`"]
    if operation.doc and operation.doc.strip().rstrip(".") != operation.summary.rstrip("."):
        head.append(operation.doc.strip())
    if operation.deprecated:
        head.append("Deprecated in the OpenAPI document.")
    if not all(each in operation.doc for each in _CODE_SPAN.findall(scopes)):
        head.append(scopes)
    described = [f"    {each.name}: {_one_paragraph(each.doc)}" for each in arguments]
    described.append("    **options: Options of the call; see `CallOptions`.")
    sections = [
        "Args:\n" + "\n".join(described),
        f"Returns:\n    {_return_doc(operation.responses, order=order)}",
        "Raises:\n" + "\n".join(_error_lines(operation.responses, errors)),
    ]
    return "\n\n".join([*head, *sections])


def summary(operation: OperationReading) -> str:
    """Return a summary of an operation in one line."""
    text = operation.summary or operation.doc.strip().split("\n")[0] or operation.id
    return text.strip().rstrip(".") + "."


def argument_doc(doc: str, default: Any, *, deprecated: bool = False) -> str:
    """Return the description of an argument."""
    text = _one_paragraph(doc)
    text = f"Deprecated. {text}" if deprecated else text
    if default is not None:
        text = f"{text} The server's default is {default!r}."
    return text.strip() or "See the API's documentation."


def body_doc(body: BodyReading, *, is_nullable: bool = False) -> str:
    """Return the description of a request body, with its media types."""
    text = _one_paragraph(body.doc) or "The request body."
    if is_nullable:
        text += f" None sends null{'' if body.required else '; omit it to send no body'}."
    listed = list(dict.fromkeys(f"`{each.media_type}`" for each in body.media))
    if len(listed) == 1:
        return f"{text} Sent as {listed[0]}."
    return f"{text} Sent as {', '.join(listed[:-1])} or {listed[-1]}."


def _return_doc(responses: Sequence[ResponseReading], *, order: str) -> str:
    success = successes(responses)
    text = _one_paragraph(success[0].doc) if success and success[0].doc else "The response."
    if order:
        text += f" Iterating over it yields its entries and those of all further pages. {order}"
    return text


def needs_all_scopes(security: Requirements) -> bool:
    """Whether a token needs all scopes of an operation, not any one of them."""
    alternatives = [[scope for _, scopes in each for scope in scopes] for each in security]
    return sum(map(bool, alternatives)) == 1 and any(len(each) > 1 for each in alternatives)


def scopes_doc(security: Requirements) -> str:
    """Return a sentence with the scopes of an operation; empty if it requires none."""
    alternatives = [tuple(scope for _, scopes in each for scope in scopes) for each in security]
    alternatives = list(dict.fromkeys(each for each in alternatives if each))
    listed = [" and ".join(f"`{scope}`" for scope in each) for each in alternatives]
    if not alternatives:
        return ""
    if len(alternatives) == 1 and len(alternatives[0]) > 1:
        needed = ", ".join(f"`{scope}`" for scope in alternatives[0])
        return f"All of these scopes are needed: {needed}."
    return f"Any one of these scopes suffices: {', '.join(listed)}."


def _error_lines(
    responses: Sequence[ResponseReading], errors: Mapping[str, Sequence[str]]
) -> list[str]:
    expected = {each.status for each in successes(responses)}
    lines = ["    InvalidArgumentError: An argument is invalid; no request was sent."]
    for response in responses:
        status = response.status
        if status in expected:
            continue
        name = _ERRORS.get(status, "InternalServerError" if status[0] == "5" else "APIStatusError")
        body = " or ".join(
            f"`{each.replace('models.', '')}`" for each in errors.get(status, ()) if each != "Any"
        )
        body_note = f" Its `body` is {body}." if body else ""
        lines.append(f"    {name}: {status}: {_first_sentence(response.doc)}{body_note}")
    lines += [
        "    APIConnectionError: No complete response was received.",
        "    ResponseDecodeError: The response does not match the OpenAPI document.",
    ]
    return lines


def _first_sentence(text: str) -> str:
    """Return the first sentence of a text, with a period."""
    paragraph = _one_paragraph(text) or "See the API's documentation."
    sentence = paragraph.partition(". ")[0].rstrip(".")
    return sentence if sentence.endswith(("!", "?")) else f"{sentence}."


def _one_paragraph(text: str) -> str:
    """Return the first paragraph of a text on one line, with a period."""
    first = " ".join(text.strip().split("\n\n")[0].split())
    return first if not first or first.endswith((".", "!", "?", ":")) else f"{first}."
