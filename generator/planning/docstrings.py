"""The texts of docstrings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from generator.normalize import OperationReading
from generator.normalize.request_bodies import BodyReading
from generator.normalize.responses import ResponseReading
from generator.normalize.security import Requirements
from generator.planning.plan.operations import Argument
from generator.planning.responses import successes

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
    paged: bool,
) -> str:
    """Write the docstring of a method."""
    head = [summary(operation), f"`{operation.method.upper()} {operation.path}`"]
    if operation.doc and operation.doc.strip().rstrip(".") != operation.summary.rstrip("."):
        head.append(operation.doc.strip())
    if operation.deprecated:
        head.append("Deprecated: the document advises against using it.")
    if scopes:
        head.append(scopes)
    described = [f"    {each.name}: {_one_paragraph(each.doc)}" for each in arguments]
    described.append("    **options: What any call takes; see `CallOptions`.")
    sections = [
        "Args:\n" + "\n".join(described),
        f"Returns:\n    {_returned(operation.responses, paged=paged)}",
        "Raises:\n" + "\n".join(_raised(operation.responses, errors)),
    ]
    return "\n\n".join([*head, *sections])


def summary(operation: OperationReading) -> str:
    """Give one line about an operation."""
    text = operation.summary or operation.doc.strip().split("\n")[0] or operation.id
    return text.strip().rstrip(".") + "."


def argument_doc(doc: str, default: Any, *, deprecated: bool = False) -> str:
    """Describe an argument."""
    text = _one_paragraph(doc)
    text = f"Deprecated. {text}" if deprecated else text
    if default is not None:
        text = f"{text} The server's default is {default!r}."
    return text.strip() or "See the API's documentation."


def body_doc(body: BodyReading) -> str:
    """Describe the body of a request, and what it is sent as."""
    text = _one_paragraph(body.doc) or "The body of the request."
    listed = list(dict.fromkeys(f"`{each.media_type}`" for each in body.media))
    if len(listed) == 1:
        return f"{text} Sent as {listed[0]}."
    return f"{text} Sent as {', '.join(listed[:-1])} or {listed[-1]}."


def _returned(responses: Sequence[ResponseReading], *, paged: bool) -> str:
    success = successes(responses)
    text = _one_paragraph(success[0].doc) if success and success[0].doc else "The answer."
    if paged:
        text += " Iterating over it gives its entries and those of all further pages."
    return text


def needs_all_scopes(security: Requirements) -> bool:
    """Whether the scopes of an operation are needed together."""
    alternatives = [[scope for _, scopes in each for scope in scopes] for each in security]
    return sum(map(bool, alternatives)) == 1 and any(len(each) > 1 for each in alternatives)


def scopes_doc(security: Requirements) -> str:
    """Tell which scopes an operation needs; empty if the document names none."""
    alternatives = [tuple(scope for _, scopes in each for scope in scopes) for each in security]
    alternatives = list(dict.fromkeys(each for each in alternatives if each))
    listed = [" and ".join(f"`{scope}`" for scope in each) for each in alternatives]
    if not alternatives:
        return ""
    if len(alternatives) == 1 and len(alternatives[0]) > 1:
        needed = ", ".join(f"`{scope}`" for scope in alternatives[0])
        return f"All of these scopes are needed: {needed}."
    return f"Any one of these scopes suffices: {', '.join(listed)}."


def _raised(responses: Sequence[ResponseReading], errors: Mapping[str, Sequence[str]]) -> list[str]:
    fine = {each.status for each in successes(responses)}
    lines = ["    InvalidArgumentError: An argument does not fit; nothing was sent."]
    for response in responses:
        status = response.status
        if status in fine:
            continue
        name = _ERRORS.get(status, "InternalServerError" if status[0] == "5" else "APIStatusError")
        body = " or ".join(
            f"`{each.replace('models.', '')}`" for each in errors.get(status, ()) if each != "Any"
        )
        told = f" Its `body` is {body}." if body else ""
        lines.append(f"    {name}: {status}: {_first_sentence(response.doc)}{told}")
    lines += [
        "    APIConnectionError: There was no answer.",
        "    ResponseDecodeError: The answer is not what the API promises.",
    ]
    return lines


def _first_sentence(text: str) -> str:
    """Cut a text after its first sentence."""
    paragraph = _one_paragraph(text)
    return paragraph.partition(". ")[0].rstrip(".") + "." if paragraph else "See the API."


def _one_paragraph(text: str) -> str:
    """Join a text's first paragraph into one line that ends in a full stop."""
    first = " ".join(text.strip().split("\n\n")[0].split())
    return first if not first or first.endswith((".", "!", "?", ":")) else f"{first}."
