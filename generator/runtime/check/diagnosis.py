"""What a failed call means, and what to do about it.

The same status has several causes: a 403 may come from a scope, a role or a proxy, a 404 from a
wrong id or a wrong address. They are told apart by what the token claims and by whether the body is
the service's own.
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
from ..models.decoding import is_html
from ..models.model import Model, fields

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
"""What can be wrong, in a word."""


class Finding(msgspec.Struct, frozen=True):
    """What is wrong.

    Attributes:
        problem: The problem in a word; None if there is none.
        message: What was seen.
        advice: What to do; empty if there is nothing to be done.
    """

    problem: Problem | None
    message: str
    advice: str = ""


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What is known on this side.

    Attributes:
        operation: What was tried.
        base_url: The service's address.
        token_format: What the document says that tokens are, such as `JWT`; empty if nothing.
        secret: The token, or None.
        now: The moment by the service's clock, else by the local one.
    """

    operation: Operation[Any]
    base_url: str
    token_format: str
    secret: Secret | None
    now: float

    @property
    def scopes(self) -> frozenset[str] | None:
        """The scopes that the token claims, if it can be read."""
        return self.secret.scopes() if self.secret is not None else None

    @property
    def expires(self) -> dt.datetime | None:
        """When the token ends by its own account."""
        end = self.secret.expires() if self.secret is not None else None
        try:
            return None if end is None else dt.datetime.fromtimestamp(end, dt.UTC)
        except (ValueError, OverflowError, OSError):  # Not of this calendar.
            return None

    @property
    def is_expired(self) -> bool:
        """Whether the token has ended by its own account."""
        end = self.secret.expires() if self.secret is not None else None
        return end is not None and end <= self.now


def no_token() -> Finding:
    """Tell that there is no token."""
    advice = f"Pass token=... to the client, or set the environment variable {VARIABLE}."
    return Finding("no-token", "There is no token.", advice)


def malformed_token(reason: str) -> Finding:
    """Tell that no header can hold the token, or that it is none at all."""
    advice = "Copy the token anew: whole, alone, and without line breaks, spaces or quotes."
    return Finding("malformed-token", f"The token cannot be sent: {reason}.", advice)


def diagnose(error: ServiceError, known: Known) -> Finding | None:
    """Say what a failure means; None if it is no failure of the service or the way to it."""
    if isinstance(error, APIStatusError):
        return _of_status(error, known)
    if isinstance(error, APITimeoutError):
        advice = (
            f"Check that {known.base_url} is the right address and that a firewall or proxy lets "
            "requests through; else try again later, or with a longer timeout."
        )
        return Finding("no-answer", "The service did not answer in time.", advice)
    if isinstance(error, APIConnectionError):
        return _of_connection(error, known)
    if isinstance(error, ResponseDecodeError):
        if is_html(error.content):
            return _elsewhere(known, "The answer is an HTML page, not one of the service's.")
        advice = (
            f"Check that {known.base_url} is the service's address. If it is, the service has "
            "changed: look for a newer version of this package."
        )
        return Finding("odd-answer", "The answer is not what the document promises.", advice)
    return None


def _of_connection(error: APIConnectionError, known: Known) -> Finding:
    address = known.base_url
    if error.reason == "tls":
        text = "No safe connection (TLS) could be made."
        advice = (
            "If a proxy or a private installation has its own certificate authority, pass an "
            "http_client that trusts it; also check the local clock, and that the port speaks TLS."
        )
        return Finding("tls", text, advice)
    if error.reason == "name":
        return _elsewhere(known, f"The host of {address} was not found.")
    if error.reason == "refused":
        return _elsewhere(known, f"Nothing listens at {address}.")
    advice = (
        f"Check the network and the proxy between here and {address}, then try again: this may "
        "have been a passing failure."
    )
    return Finding("no-answer", "The connection failed before an answer was there.", advice)


def _of_status(error: APIStatusError, known: Known) -> Finding:
    status = error.status_code
    if status == 429:
        wait = error.retry_after
        after = f"in {wait:.0f} s" if wait is not None else "later"
        advice = f"Try again {after}, and send fewer requests at a time."
        return Finding("rate-limited", "The service has had too many requests.", advice)
    if status >= 500:
        advice = "Try again later. If it lasts, ask whoever runs the service."
        return Finding("server-error", f"The service failed, with status {status}.", advice)
    if is_html(error.response.content):
        return _elsewhere(known, f"The answer, {status}, is an HTML page: not the service's.")
    if 300 <= status < 400:
        return _elsewhere(known, f"The address answers with a redirect, {status}.")
    if status == 407:
        return _elsewhere(known, "A proxy on the way asks for a login.")
    if status == 401:
        return _unauthenticated(error, known)
    if status == 403:
        return _forbidden(known)
    if status == 404 and _is_own(error):
        advice = (
            "Check the ids, and that the token's user may see what they name. If both are right, "
            f"check that {known.base_url} is the service's address."
        )
        return Finding("not-found", f"The service does not find it{_said(error)}", advice)
    if status in {404, 405, 410}:
        return _elsewhere(known, f"The server does not know the path, and answers {status}.")
    text = f"The service refuses the request with status {status}{_said(error)}"
    advice = "The client's headers or the call's options may be the cause; see the error."
    return Finding("refused-request", text, advice)


def _elsewhere(known: Known, message: str) -> Finding:
    advice = (
        f"Check the address {known.base_url}: it comes from base_url=..., from {URL_VARIABLE}, or "
        "from the document. If it is right, look for a proxy that answers in the service's place."
    )
    return Finding("wrong-address", message, advice)


def _unauthenticated(error: APIStatusError, known: Known) -> Finding:
    said = f"{error.type or ''} {error.message or ''}".lower()
    if known.is_expired or "expire" in said:
        return _expired(known)
    claims = known.secret.claims() if known.secret is not None else None
    if known.token_format.upper() == "JWT" and claims is None:
        return malformed_token("it is no readable JWT, and the service refuses it")
    advice = (
        "Make a new token: this one was revoked, or is of another installation than "
        f"{known.base_url}."
    )
    return Finding("refused-token", f"The service refuses the token{_said(error)}", advice)


def _expired(known: Known) -> Finding:
    when = f" on {known.expires:%Y-%m-%d at %H:%M:%S} UTC" if known.expires is not None else ""
    return Finding("expired-token", f"The token expired{when}.", "Make a new token.")


def _forbidden(known: Known) -> Finding:
    if known.is_expired:
        return _expired(known)
    required, held = known.operation.scopes, known.scopes
    listed = ", ".join(sorted(str(each) for each in required))
    if held is None:
        scopes = f" has one of the scopes {listed}," if listed else ""
        advice = (
            f"Check that the token{scopes} and that its user has the role and the plan the feature "
            "that this needs. The token itself does not tell which of them is missing."
        )
        return Finding("forbidden", "The token does not allow this.", advice)
    if required and held.isdisjoint(required):
        has = ", ".join(sorted(held)) or "none"
        advice = f"Make a token with any one of these scopes: {listed}."
        return Finding("missing-scope", f"The token has no scope for this. It has: {has}.", advice)
    advice = (
        "Its user needs a role that may do this, and the plan must include it: ask an "
        "administrator. Another token of the same user will not help."
    )
    text = "The token's scopes suffice, and still the service refuses."
    return Finding("missing-role", text, advice)


def _is_own(error: APIStatusError) -> bool:
    """Whether an error's body is the document's: it has all that its model has."""
    body = error.body
    if not isinstance(body, Model):
        return False
    return all(getattr(body, name) is not None for name in fields(type(body)))


def _said(error: APIStatusError) -> str:
    said = " ".join((error.message or error.type or "").split())[:200]
    return f': "{said}".' if said else "."
