# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Diagnosis of failed calls: the problem, and how to fix it.

A status code has several causes: a 403 may come from a missing scope, a missing role or a proxy, a
404 from a wrong ID or a wrong base URL. They are distinguished by the claims of the token, and by
whether the body has the documented form.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal, TypeAlias

import msgspec

from ..calls.credentials import VARIABLE
from ..calls.operation import Operation
from ..calls.secret import Secret
from ..calls.settings import URL_VARIABLE
from ..core.errors import APIConnectionError, APIStatusError, APITimeoutError, ResponseDecodeError
from ..core.service import ServiceError
from ..models.model import Model, fields
from ..models.reading import is_html

Problem: TypeAlias = Literal[
    "no-token",
    "malformed-token",
    "expired-token",
    "refused-token",
    "missing-scope",
    "missing-role",
    "forbidden",
    "not-found",
    "wrong-address",
    "tls",
    "no-answer",
    "rate-limited",
    "refused-request",
    "server-error",
    "odd-answer",
]
"""The problems that a check can find."""


class Finding(msgspec.Struct, frozen=True):
    """A diagnosis.

    Attributes:
        problem: The name of the problem, or None.
        message: A description of the problem.
        advice: The remedy; empty without a problem.
    """

    problem: Problem | None
    message: str
    advice: str = ""


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """The facts about a call that a diagnosis needs besides the error.

    Attributes:
        operation: The operation that was called.
        base_url: The base URL of the service.
        token_format: The documented format of tokens, such as `JWT`; may be empty.
        secret: The token, or None.
        now: The time by the service's clock if it is known, else by the local clock, in seconds
            since 1970.
    """

    operation: Operation[Any]
    base_url: str
    token_format: str
    secret: Secret | None
    now: float

    @property
    def scopes(self) -> frozenset[str] | None:
        """The scopes that the token claims; None if it cannot be read."""
        return self.secret.scopes() if self.secret is not None else None

    @property
    def expires(self) -> dt.datetime | None:
        """The expiry time that the token claims, or None."""
        end = self.secret.expires() if self.secret is not None else None
        try:
            return None if end is None else dt.datetime.fromtimestamp(end, dt.UTC)
        except (ValueError, OverflowError, OSError):  # Outside the range of `datetime`.
            return None

    @property
    def is_expired(self) -> bool:
        """Whether the expiry time that the token claims has passed."""
        end = self.secret.expires() if self.secret is not None else None
        return end is not None and end <= self.now


def no_token() -> Finding:
    """Return the diagnosis of a missing token."""
    advice = f"Pass token=... to the client, or set the environment variable {VARIABLE}."
    return Finding("no-token", "There is no token.", advice)


def malformed_token(reason: str) -> Finding:
    """Return the diagnosis of a token that a header cannot hold, or that is not a token."""
    advice = "Copy the token again: the whole token, without line breaks, spaces or quotes."
    return Finding("malformed-token", f"The token cannot be sent: {reason}.", advice)


def diagnose(error: ServiceError, context: Context) -> Finding | None:
    """Return the diagnosis of an error; None if neither the service nor the network caused it."""
    if isinstance(error, APIStatusError):
        return _of_status(error, context)
    if isinstance(error, APITimeoutError):
        advice = f"Check the base URL {context.base_url} and any proxy, or pass a longer timeout."
        return Finding("no-answer", "The service did not respond in time.", advice)
    if isinstance(error, APIConnectionError):
        return _of_connection(error, context)
    if isinstance(error, ResponseDecodeError):
        if is_html(error.content):
            return _wrong_address(context, "The response is an HTML page, not the service's.")
        advice = f"Check the base URL {context.base_url}. If it is right, update this package."
        message = "The response does not match the OpenAPI document."
        return Finding("odd-answer", message, advice)
    return None


def _of_connection(error: APIConnectionError, context: Context) -> Finding:
    address = context.base_url
    if error.reason == "tls":
        advice = (
            "If a proxy or a private installation has its own certificate authority, pass an "
            "http_client that trusts it. Also check the local clock, and that the port uses TLS."
        )
        return Finding("tls", "The TLS handshake failed.", advice)
    if error.reason == "name":
        return _wrong_address(context, f"The host of {address} was not found.")
    if error.reason == "refused":
        return _wrong_address(context, f"No server listens at {address}.")
    advice = f"Try again; if it fails again, check the network and any proxy before {address}."
    return Finding("no-answer", "The connection failed before the response was complete.", advice)


def _of_status(error: APIStatusError, context: Context) -> Finding:
    status = error.status_code
    if status == 429:
        wait = error.retry_after
        after = f"in {wait:.0f} s" if wait is not None else "later"
        advice = f"Try again {after}, and send fewer requests at a time."
        return Finding("rate-limited", "The service received too many requests.", advice)
    if status >= 500:
        advice = "Try again later. If the failure persists, ask the operator of the service."
        return Finding("server-error", f"The service failed with status {status}.", advice)
    if is_html(error.response.content):
        message = f"The response, {status}, is an HTML page, not the service's."
        return _wrong_address(context, message)
    if 300 <= status < 400:
        return _wrong_address(context, f"The server returned a redirect, {status}.")
    if status == 407:
        return _wrong_address(context, "A proxy requires authentication.")
    if status == 401:
        return _unauthenticated_finding(error, context)
    if status == 403:
        return _forbidden(context)
    if status == 404 and _is_documented(error):
        advice = (
            "Check the IDs, and that the token's user has access to what they identify. If both "
            f"are right, check that {context.base_url} is the service's base URL."
        )
        return Finding("not-found", f"The service found nothing{_quotation(error)}", advice)
    if status in {404, 405, 410}:
        return _wrong_address(context, f"The server has no such path and returned {status}.")
    text = f"The service rejected the request with status {status}{_quotation(error)}"
    advice = "The client's headers or the options of the call may be the cause; see the error."
    return Finding("refused-request", text, advice)


def _wrong_address(context: Context, message: str) -> Finding:
    advice = (
        f"Check the base URL {context.base_url}: it comes from base_url=..., {URL_VARIABLE} or the "
        "OpenAPI document. If it is right, look for a proxy that responds instead of the service."
    )
    return Finding("wrong-address", message, advice)


def _unauthenticated_finding(error: APIStatusError, context: Context) -> Finding:
    reason = f"{error.type or ''} {error.message or ''}".lower()
    if context.is_expired or "expire" in reason:
        return _expired_token(context)
    claims = context.secret.claims() if context.secret is not None else None
    if context.token_format.upper() == "JWT" and claims is None:
        return malformed_token("it is not a valid JWT, and the service rejected it")
    advice = f"Create a new token: this one was revoked, or is not one of {context.base_url}."
    return Finding("refused-token", f"The service rejected the token{_quotation(error)}", advice)


def _expired_token(context: Context) -> Finding:
    when = f" on {context.expires:%Y-%m-%d at %H:%M:%S} UTC" if context.expires is not None else ""
    return Finding("expired-token", f"The token expired{when}.", "Create a new token.")


def _forbidden(context: Context) -> Finding:
    if context.is_expired:
        return _expired_token(context)
    required, granted = context.operation.scopes, context.scopes
    listed = ", ".join(sorted(str(each) for each in required))
    if granted is None:
        scopes = f"the token has one of the scopes {listed}, that " if listed else ""
        advice = (
            f"Check that {scopes}the token's user has the required role, and that the plan "
            "includes the feature. The token is opaque, so it does not show which is missing."
        )
        return Finding("forbidden", "The token does not allow this operation.", advice)
    if required and granted.isdisjoint(required):
        has = ", ".join(sorted(granted)) or "none"
        message = f"The token has none of the required scopes. It has: {has}."
        advice = f"Create a token with any one of these scopes: {listed}."
        return Finding("missing-scope", message, advice)
    advice = (
        "The token's user needs a role that allows the operation, and the plan must include it: "
        "ask an administrator. Another token of the same user will not help."
    )
    text = "The token's scopes suffice, but the service rejected the request."
    return Finding("missing-role", text, advice)


def _is_documented(error: APIStatusError) -> bool:
    """Whether an error's body has the documented form: all fields of its model."""
    body = error.body
    if not isinstance(body, Model):
        return False
    return all(getattr(body, name) is not None for name in fields(type(body)))


def _quotation(error: APIStatusError) -> str:
    text = " ".join((error.message or error.type or "").split())[:200]
    return f': "{text}".' if text else "."
