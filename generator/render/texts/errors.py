"""Meaning and remedy of each public error."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ...python.reserved import PUBLIC_NAMES, Feature


@dataclass(frozen=True, slots=True)
class ErrorText:
    """The description of an error.

    Attributes:
        meaning: When it is raised, as a clause.
        remedy: The remedy, as a sentence without a period.
    """

    meaning: str
    remedy: str


ERRORS = {
    "InvalidArgumentError": ErrorText(
        "an argument does not match the OpenAPI document; no request was sent",
        "correct the argument in the message; the error is also a `ValueError`",
    ),
    "MissingTokenError": ErrorText(
        "the operation requires a credential that was not passed",
        "pass it, or set the environment variable in the message",
    ),
    "APIConnectionError": ErrorText(
        "no complete response was received, even after retries",
        "check the network, the proxy and the base URL; `reason` is `name`, `refused` or `tls`, "
        "if known",
    ),
    "APITimeoutError": ErrorText(
        "no response was received in time",
        "increase `timeout` (of each step) or `deadline` (of the whole call)",
    ),
    "APIStatusError": ErrorText(
        "the status code is not a success; base class of the next six",
        "see `status_code`, `type`, `message`, `body` and `request_id`",
    ),
    "BadRequestError": ErrorText(
        "400: the request is invalid", "correct the request; see `message` for the reason"
    ),
    "AuthenticationError": ErrorText(
        "401: the token is missing, malformed, expired or revoked",
        "create a new token; compare `required_scopes` with `token_scopes`",
    ),
    "PermissionDeniedError": ErrorText(
        "403: the token does not permit the request",
        "use a token with one of `required_scopes`",
    ),
    "NotFoundError": ErrorText(
        "404: the resource does not exist, or the token has no access to it",
        "check the IDs and the account of the token",
    ),
    "RateLimitError": ErrorText(
        "429: too many requests, even after retries",
        "wait for `retry_after` seconds, and send fewer requests",
    ),
    "InternalServerError": ErrorText(
        "5xx: the service failed, even after retries",
        "retry later; report `request_id` to the service",
    ),
    "ResponseDecodeError": ErrorText(
        "the response does not match the OpenAPI document",
        "see `pointer` and `content`; the document is wrong, or a proxy sent the response",
    ),
    "IncompleteWalkError": ErrorText(
        "a walk cannot guarantee that it yields every entry",
        "resume from its `checkpoint`; see `report` for the progress",
    ),
    "EntryDecodeError": ErrorText(
        "an entry of a walk does not match the OpenAPI document",
        "resume from `checkpoint_after` to skip it, or pass `on_undecodable='keep'`",
    ),
}
"""The public errors by name, in the order of the hierarchy."""


def documented_errors(features: Collection[Feature]) -> list[tuple[str, ErrorText]]:
    """Return the names and texts of the errors that a package with some features can raise."""
    public = {
        each.name for each in PUBLIC_NAMES if each.feature is None or each.feature in features
    }
    return [(name, text) for name, text in ERRORS.items() if name in public]
