"""Where to publish, and who as."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from generator.release.failures import Exit, ReleaseError

TOKEN_USER = "__token__"


@dataclass(frozen=True, slots=True)
class Target:
    """An index.

    Attributes:
        url: Where files are uploaded to.
        index_url: Where they are listed (the simple API of PEP 503 and PEP 691).
        username: Who publishes; empty if anybody may.
        password: The password or token, which is shown nowhere.
    """

    url: str
    index_url: str
    username: str = ""
    password: str = field(default="", repr=False)

    @property
    def login(self) -> tuple[str, str] | None:
        """Name and password, or None."""
        return (self.username, self.password) if self.username else None


def from_environment(environment: Mapping[str, str]) -> Target:
    """Read where to publish from the environment.

    `PUBLISH_URL` is needed. `PUBLISH_INDEX_URL` is where the same index lists its files: without it
    `simple/` below `PUBLISH_URL`. The password is that of `PUBLISH_PASSWORD`, else the first line
    of the file `PUBLISH_TOKEN_FILE`, else the keyring's for `PUBLISH_URL` and `PUBLISH_USERNAME`.

    Raises:
        ReleaseError: If something is missing or unsafe.
    """
    url = environment.get("PUBLISH_URL", "")
    if not url:
        raise ReleaseError(Exit.PROBLEM, "PUBLISH_URL is not set: the address to upload to")
    index_url = environment.get("PUBLISH_INDEX_URL", "") or f"{url.rstrip('/')}/simple/"
    for name, value in (("PUBLISH_URL", url), ("PUBLISH_INDEX_URL", index_url)):
        refuse_unsafe(name, value)
    username = environment.get("PUBLISH_USERNAME", "")
    password = environment.get("PUBLISH_PASSWORD", "")
    token_file = environment.get("PUBLISH_TOKEN_FILE", "")
    if not password and token_file:
        username, password = username or TOKEN_USER, _token(Path(token_file))
    if not password and username:
        password = _from_keyring(url, username)
    if password and not username:
        raise ReleaseError(Exit.PROBLEM, "PUBLISH_PASSWORD is set, but not PUBLISH_USERNAME")
    if username and not password:
        message = "no password: set PUBLISH_PASSWORD or PUBLISH_TOKEN_FILE, or fill the keyring"
        raise ReleaseError(Exit.PROBLEM, message)
    return Target(url, index_url, username, password)


def refuse_unsafe(name: str, url: str) -> None:
    """Refuse an address that would show the password, or that is none.

    Raises:
        ReleaseError: If it has a password in it, or is plain http and not on this machine.
    """
    try:
        parts = urlsplit(url)
        host, has_login = parts.hostname, parts.username is not None
    except ValueError:
        host, has_login, parts = None, False, urlsplit("")
    if parts.scheme not in {"http", "https"} or not host:
        raise ReleaseError(Exit.PROBLEM, f"{name} is no address of http or https")
    if has_login:
        message = f"{name} has a name in it: give it as PUBLISH_USERNAME and PUBLISH_PASSWORD"
        raise ReleaseError(Exit.PROBLEM, message)
    if parts.scheme == "http" and not is_loopback(host):
        message = f"{name} is plain http: the password would be readable on its way to {host}"
        raise ReleaseError(Exit.PROBLEM, message)


def is_loopback(host: str) -> bool:
    """Whether a host is this machine."""
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
        message = f"PUBLISH_TOKEN_FILE {path} must hold a token and nothing else"
        raise ReleaseError(Exit.PROBLEM, message)
    return lines[0]


def _from_keyring(url: str, username: str) -> str:
    try:
        import keyring

        return keyring.get_password(url, username) or ""
    except Exception:  # noqa: BLE001 # Whatever a backend lacks, there is no password in it.
        return ""
