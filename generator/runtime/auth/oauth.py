"""OAuth 2.0 client credentials grant (RFC 6749, section 4.4)."""

from __future__ import annotations

import time
from base64 import b64encode
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus, urlencode

import msgspec

from ..calls.call import Call
from ..calls.contents import JsonValueResponse
from ..calls.credentials import FixedSecret
from ..calls.errors import decode_error
from ..calls.exchange import Steps, exchange
from ..calls.operation import Operation
from ..calls.secret import Secret, without
from ..calls.settings import validate_url
from ..core import http, service
from ..core.errors import InvalidArgumentError, ResponseDecodeError
from ..core.media_types import FORM, JSON
from .schemes import HttpScheme, SecretSource
from .secrets import HttpSecret, is_plain

if TYPE_CHECKING:
    from ..calls.reply import Reply
    from ..calls.settings import Settings

_MARGIN = 30.0  # seconds before its expiry at which a token is replaced
_DEFAULT_LIFETIME = 300.0  # seconds that a token without `expires_in` is kept


class _TokenResponse(msgspec.Struct, frozen=True):
    """A token response without the token itself."""

    token_type: str = "bearer"
    expires_in: float | None = None


class _Form(msgspec.Struct, frozen=True):
    """The request body: a form in memory."""

    encoded: bytes

    @property
    def content_type(self) -> str:
        """The media type."""
        return FORM

    @property
    def size(self) -> int:
        """The number of bytes."""
        return len(self.encoded)

    @property
    def is_spent(self) -> bool:
        """Whether it cannot be sent again: never."""
        return False

    def content(self, *, is_async: bool) -> bytes:
        """Return the bytes, for clients of both kinds."""
        del is_async
        return self.encoded


class _ClientSecret(HttpSecret):
    """The id and the secret of a client, which are sent only to the token endpoint."""

    __slots__ = ("_id",)

    def __init__(self, client_id: Any, text: Any) -> None:
        super().__init__(text, "Basic")
        self._id = client_id

    def check(self) -> None:
        """Raise an error if the id or the secret cannot be sent."""
        expected = "expected a non-empty str without control characters"
        if not self._id or not is_plain(self._id):
            raise InvalidArgumentError(f"client_id: {expected}")
        if not self._text or not is_plain(self._text):
            raise InvalidArgumentError(f"client_secret: {expected}")

    def authorization(self) -> str:
        """Return the value of the `Authorization` header."""
        pair = f"{quote_plus(self._id)}:{quote_plus(self._text)}"
        return f"Basic {b64encode(pair.encode()).decode()}"

    def redact(self, content: bytes) -> bytes:
        """Return a response's content with the secret redacted, plain or encoded."""
        encoded = self.authorization().removeprefix("Basic ")
        return without(super().redact(content), encoded, b"[secret]")


class FetchedToken(SecretSource):
    """A token that is fetched on first use and kept until shortly before it expires."""

    __slots__ = ("_address", "_client", "_ends", "_scopes", "_token")

    def __init__(
        self, client: _ClientSecret, address: str, scopes: str | Iterable[str] | None
    ) -> None:
        """Store the parameters of the token request."""
        super().__init__(None, Secret)
        self._client = client
        self._address = address
        self._scopes = scopes
        self._token: Secret | None = None
        self._ends = 0.0

    def check(self) -> None:
        """Raise an error if the client's id or secret or the token URL is invalid."""
        self._client.check()
        if "://" in self._address:
            validate_url(self._address, "token_url")

    def ask(self) -> Any:
        """Return the token if it is still valid, else this source, which then fetches one."""
        token = self._token
        return token if token is not None and time.monotonic() < self._ends else self

    def renew(self, secret: Secret, /) -> bool:
        """Discard a token that the server rejected; return whether it was this one."""
        if self._token is None or not secret.holds(self._token):
            return False
        self._token = None
        return True

    def steps(self, _: Any, call: Call, settings: Settings, ends: float | None, /) -> Steps[Secret]:
        """Return the steps that fetch a token.

        Raises:
            APIStatusError: If the token endpoint returns an error.
            ResponseDecodeError: If its response contains no bearer token.
        """
        now = time.monotonic()
        own_settings = msgspec.structs.replace(settings, token=FixedSecret(self._client))
        request = self._call(call, settings, None if ends is None else max(ends - now, 0.001))
        reply = yield from exchange(request, own_settings)
        result = _parse_token(reply)
        if result is None:
            error = ResponseDecodeError("the response contains no token of type 'Bearer'")
            raise decode_error(error, request, msgspec.structs.replace(reply, content=b""))
        self._token, seconds = result
        self._ends = now + max(seconds - _MARGIN, seconds / 2)
        return self._token

    def _call(self, call: Call, settings: Settings, deadline: float | None) -> Call:
        address = self._address
        if "://" not in address:
            address = str(http.URL(f"{settings.base_url}/").join(address))
        form = {"grant_type": "client_credentials"}
        if self._scopes:
            form["scope"] = _scope_string(self._scopes)
        payload = _Form(urlencode(form).encode())
        headers = {
            "accept": JSON,
            "accept-encoding": settings.headers["accept-encoding"],
            "content-type": payload.content_type,
            "user-agent": service.USER_AGENT,
        }
        return Call(
            operation=_FETCH,
            path=http.URL(address).path,
            url=validate_url(address, "token_url"),
            headers=headers,
            timeouts=call.timeouts,
            deadline=deadline,
            payload=payload,
        )


class ClientCredentials(HttpScheme, frozen=True, kw_only=True):
    """A bearer token that is passed as an argument, or fetched with a client id and secret.

    Attributes:
        token_url: The URL of the token endpoint.
        prefix: The prefix of the additional arguments, such as `client_id`.
        variable_prefix: The prefix of their environment variables.
    """

    token_url: str
    prefix: str = ""
    variable_prefix: str

    def source(self, values: Mapping[str, Any]) -> SecretSource | None:
        """Return the source of a passed token, else one that fetches it; None without either."""
        given = super().source(values)
        client_id, secret, address, scopes = (values.get(f"{self.prefix}{n}") for n in ARGUMENTS)
        if given is not None or client_id is None or secret is None:
            return given
        client = _ClientSecret(client_id, secret)
        del secret
        return FetchedToken(client, address or self.token_url, scopes)

    @property
    def arguments(self) -> tuple[str, ...]:
        """The client's arguments for this scheme."""
        return (*self.variables, f"{self.prefix}{ARGUMENTS[-1]}")

    @property
    def variables(self) -> Mapping[str, str]:
        """The environment variables by argument; the scopes have none."""
        further = {
            f"{self.prefix}{name}": f"{self.variable_prefix}{name.upper()}"
            for name in ARGUMENTS[:3]
        }
        return {self.argument: self.variable, **further}


ARGUMENTS = ("client_id", "client_secret", "token_url", "scopes")
"""The arguments of a client that fetches tokens, without their prefix."""

_FETCH: Operation[Any] = Operation(
    name="token",
    method="POST",
    path=(),
    parameters=(),
    response=JsonValueResponse(Any),
    security=(("client",),),
)


def _scope_string(scopes: str | Iterable[str]) -> str:
    return scopes if isinstance(scopes, str) else " ".join(scopes)


def _parse_token(reply: Reply) -> tuple[Secret, float] | None:
    """Return a token and its lifetime in seconds; None if the response has no bearer token.

    It raises no error, because the traceback would show the response with the token.
    """
    try:
        fields = msgspec.json.decode(reply.content, type=_TokenResponse, strict=False)
        token = Secret(msgspec.json.decode(reply.content)["access_token"])
        token.check()
    except (ValueError, KeyError, TypeError, RecursionError):  # msgspec's are ValueErrors.
        return None
    if fields.token_type.lower() != "bearer":
        return None
    return token, _DEFAULT_LIFETIME if fields.expires_in is None else fields.expires_in
