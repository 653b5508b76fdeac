"""Upload target and credentials."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from .failures import Exit, ReleaseError

TOKEN_USER = "__token__"


@dataclass(frozen=True, slots=True)
class Target:
    """A package index.

    Attributes:
        url: The upload URL.
        index_url: The URL of the simple API (PEP 503 and PEP 691).
        username: The username; empty if the index requires none.
        password: The password or token, which is not part of `repr`.
    """

    url: str
    index_url: str
    username: str = ""
    password: str = field(default="", repr=False)

    @property
    def login(self) -> tuple[str, str] | None:
        """The username and password, or None."""
        return (self.username, self.password) if self.username else None


def from_environment(environment: Mapping[str, str]) -> Target:
    """Return the index that environment variables name.

    `PUBLISH_URL` is required. `PUBLISH_INDEX_URL` is the simple API of the same index; the default
    is `simple/` below `PUBLISH_URL`. The password is `PUBLISH_PASSWORD`, or the content of the
    file `PUBLISH_TOKEN_FILE`, or the keyring's password for `PUBLISH_URL` and `PUBLISH_USERNAME`.

    Raises:
        ReleaseError: If a variable is missing or a URL is unsafe.
    """
    url = environment.get("PUBLISH_URL", "")
    if not url:
        raise ReleaseError(Exit.PROBLEM, "PUBLISH_URL is not set: set it to the upload URL")
    index_url = environment.get("PUBLISH_INDEX_URL", "") or f"{url.rstrip('/')}/simple/"
    for name, value in (("PUBLISH_URL", url), ("PUBLISH_INDEX_URL", index_url)):
        reject_unsafe(name, value)
    username = environment.get("PUBLISH_USERNAME", "")
    password = environment.get("PUBLISH_PASSWORD", "")
    token_file = environment.get("PUBLISH_TOKEN_FILE", "")
    if not password and token_file:
        username, password = username or TOKEN_USER, _token(Path(token_file))
    if not password and username:
        password = _from_keyring(url, username)
    if password and not username:
        message = "PUBLISH_PASSWORD is set, but PUBLISH_USERNAME is not: set both"
        raise ReleaseError(Exit.PROBLEM, message)
    if username and not password:
        message = "no password: set PUBLISH_PASSWORD or PUBLISH_TOKEN_FILE, or use the keyring"
        raise ReleaseError(Exit.PROBLEM, message)
    return Target(url, index_url, username, password)


def reject_unsafe(name: str, url: str) -> None:
    """Reject a URL that is malformed or would reveal the password.

    Raises:
        ReleaseError: If the URL is no http(s) URL, contains credentials, or is plain http to
            another machine.
    """
    try:
        parts = urlsplit(url)
        host, has_login = parts.hostname, parts.username is not None
    except ValueError:
        host, has_login, parts = None, False, urlsplit("")
    if parts.scheme not in {"http", "https"} or not host:
        raise ReleaseError(Exit.PROBLEM, f"{name} must be an http or https URL")
    if has_login:
        message = f"{name} contains credentials: use PUBLISH_USERNAME and PUBLISH_PASSWORD instead"
        raise ReleaseError(Exit.PROBLEM, message)
    if parts.scheme == "http" and not is_loopback(host):
        message = (
            f"{name} is plain http, which reveals the password on its way to {host}: use https"
        )
        raise ReleaseError(Exit.PROBLEM, message)


def is_loopback(host: str) -> bool:
    """Whether a host is a loopback address or `localhost`."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _token(path: Path) -> str:
    try:
        lines = path.read_text("utf-8").split()
    except (OSError, UnicodeDecodeError) as error:
        message = f"PUBLISH_TOKEN_FILE {path} cannot be read: {error}"
        raise ReleaseError(Exit.PROBLEM, message) from None
    if len(lines) != 1:
        message = f"PUBLISH_TOKEN_FILE {path} must contain a token and nothing else"
        raise ReleaseError(Exit.PROBLEM, message)
    return lines[0]


def _from_keyring(url: str, username: str) -> str:
    """Return the password in the keyring, or an empty string if it has none.

    Raises:
        ReleaseError: If the keyring fails, whose backends may raise any exception.
    """
    try:
        import keyring

        return keyring.get_password(url, username) or ""
    except Exception as error:
        advice = "no password: set PUBLISH_PASSWORD or PUBLISH_TOKEN_FILE"
        message = f"{advice}, because the keyring cannot be read: {error}"
        raise ReleaseError(Exit.PROBLEM, message) from error
