"""Tokens that the client fetches itself, by the client credentials of OAuth 2.0 (RFC 6749, 4.4)."""

from __future__ import annotations

import time
from base64 import b64encode
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus, urlencode

import msgspec

from ..bodies.payload import Payload
from ..calls.call import Call
from ..calls.contents import JsonValueResponse
from ..calls.credentials import Given
from ..calls.exchange import Steps, exchange
from ..calls.failures import decode_error
from ..calls.operation import Operation
from ..calls.secret import Secret
from ..calls.settings import checked_address
from ..core import http, service
from ..core.errors import InvalidArgumentError, ResponseDecodeError
from ..core.media_types import JSON
from .schemes import HttpScheme, Source
from .secrets import HttpSecret, is_plain

if TYPE_CHECKING:
    from ..calls.reply import Reply
    from ..calls.settings import Settings

_EARLY = 30.0  # seconds before its end at which a token is replaced
_USUAL = 300.0  # seconds that a token is kept of which nothing is said
_FORM = "application/x-www-form-urlencoded"


class _Granted(msgspec.Struct, frozen=True):
    """What the service says of a token, without the token."""

    token_type: str = "bearer"
    expires_in: float | None = None


class _ClientSecret(HttpSecret):
    """The id and the secret of a client, which are shown where tokens are given, only."""

    __slots__ = ("_id",)

    def __init__(self, client_id: Any, text: Any) -> None:
        super().__init__(text, "Basic")
        self._id = client_id

    def check(self) -> None:
        """Refuse what is no text."""
        if not self._id or not is_plain(self._id):
            raise InvalidArgumentError("client_id: a text without control characters is needed")
        if not self._text or not is_plain(self._text):
            raise InvalidArgumentError("client_secret: a text without control characters is needed")

    def authorization(self) -> str:
        """Give the header that shows both to the server."""
        pair = f"{quote_plus(self._id)}:{quote_plus(self._text)}"
        return f"Basic {b64encode(pair.encode()).decode()}"


class FetchedToken(Source):
    """A token that is fetched when it is needed, and kept until shortly before its end."""

    __slots__ = ("_address", "_client", "_ends", "_scopes", "_token")

    def __init__(
        self, client: _ClientSecret, address: str, scopes: str | Iterable[str] | None
    ) -> None:
        """Keep what it takes to fetch a token."""
        super().__init__(None, Secret)
        self._client = client
        self._address = address
        self._scopes = scopes
        self._token: Secret | None = None
        self._ends = 0.0

    def check(self) -> None:
        """Refuse what cannot be sent."""
        self._client.check()
        if "://" in self._address:
            checked_address(self._address, "token_url")

    def ask(self) -> Any:
        """Give the token, if there is one that holds for a while."""
        token = self._token
        return token if token is not None and time.monotonic() < self._ends else self

    def renew(self, secret: Secret, /) -> bool:
        """Forget a token that was refused."""
        if self._token is None or not secret.holds(self._token):
            return False
        self._token = None
        return True

    def steps(self, _: Any, call: Call, settings: Settings, ends: float | None, /) -> Steps[Secret]:
        """Give the steps of fetching a token.

        Raises:
            APIStatusError: If the service refuses to give one.
            ResponseDecodeError: If its answer is none.
        """
        now = time.monotonic()
        given = msgspec.structs.replace(settings, token=Given(self._client))
        asking = self._call(call, settings, None if ends is None else max(ends - now, 0.001))
        reply = yield from exchange(asking, given)
        granted = _granted(reply)
        if granted is None:
            found = ResponseDecodeError("the answer is no token of the type 'Bearer'")
            raise decode_error(found, asking, msgspec.structs.replace(reply, content=b""))
        self._token, seconds = granted
        self._ends = now + max(seconds - _EARLY, seconds / 2)
        return self._token

    def _call(self, call: Call, settings: Settings, deadline: float | None) -> Call:
        address = self._address
        if "://" not in address:
            address = str(http.URL(f"{settings.base_url}/").join(address))
        form = {"grant_type": "client_credentials"}
        if self._scopes:
            form["scope"] = _joined(self._scopes)
        headers = {
            "accept": JSON,
            "accept-encoding": settings.headers["accept-encoding"],
            "content-type": _FORM,
            "user-agent": service.USER_AGENT,
        }
        return Call(
            operation=_FETCH,
            path=http.URL(address).path,
            url=checked_address(address, "token_url"),
            headers=headers,
            timeouts=call.timeouts,
            deadline=deadline,
            payload=Payload(_FORM, (urlencode(form).encode(),)),
        )


class ClientCredentials(HttpScheme, frozen=True, kw_only=True):
    """A token that is given, or fetched with the id and the secret of a client.

    Attributes:
        token_url: Where tokens are given.
        prefix: What the names of the client's further arguments start with.
        variable_prefix: What the names of their environment variables start with.
    """

    token_url: str
    prefix: str = ""
    variable_prefix: str

    def source(self, values: Mapping[str, Any]) -> Source | None:
        """Give the token, or else where it is fetched."""
        given = super().source(values)
        client_id, secret, address, scopes = (values.get(f"{self.prefix}{n}") for n in _ARGUMENTS)
        if given is not None or client_id is None or secret is None:
            return given
        client = _ClientSecret(client_id, secret)
        del secret
        return FetchedToken(client, address or self.token_url, scopes)

    @property
    def arguments(self) -> tuple[str, ...]:
        """The client's arguments for it."""
        return (*self.variables, f"{self.prefix}{_ARGUMENTS[-1]}")

    @property
    def variables(self) -> Mapping[str, str]:
        """The environment variables of all arguments but the scopes."""
        further = {
            f"{self.prefix}{name}": f"{self.variable_prefix}{name.upper()}"
            for name in _ARGUMENTS[:3]
        }
        return {self.argument: self.variable, **further}


_ARGUMENTS = ("client_id", "client_secret", "token_url", "scopes")
_FETCH: Operation[Any] = Operation(
    name="token",
    method="POST",
    path=(),
    parameters=(),
    response=JsonValueResponse(Any),
    security=(("client",),),
)


def _joined(scopes: str | Iterable[str]) -> str:
    return scopes if isinstance(scopes, str) else " ".join(scopes)


def _granted(reply: Reply) -> tuple[Secret, float] | None:
    """Read a token, and for how many seconds it holds; None if there is none.

    Nothing is raised from here, since the answer would be shown with it.
    """
    try:
        said = msgspec.json.decode(reply.content, type=_Granted, strict=False)
        token = Secret(msgspec.json.decode(reply.content)["access_token"])
        token.check()
    except (ValueError, KeyError, TypeError, RecursionError):  # Those of msgspec are ValueErrors.
        return None
    if said.token_type.lower() != "bearer":
        return None
    return token, _USUAL if said.expires_in is None else said.expires_in
