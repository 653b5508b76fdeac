"""Files of a package index, in HTML (PEP 503) or JSON (691)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import requests
from packaging.version import InvalidVersion
from packaging.version import Version as PublicVersion

from ..document.json_values import array_at, is_object, object_at, text_at
from .failures import Exit, ReleaseError
from .target import Target, is_loopback
from .versions import Version, parse

TIMEOUT = (10.0, 60.0)  # Seconds to connect, and between two bytes.
_MAX_REDIRECTS = 5
_ACCEPT = (
    "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.5, "
    "text/html;q=0.1"
)


@dataclass(frozen=True, slots=True)
class IndexFile:
    """A file on an index.

    Attributes:
        name: The file name.
        url: The URL.
        sha256: The checksum; empty if the index does not list it.
    """

    name: str
    url: str
    sha256: str


def files(target: Target, project: str) -> tuple[IndexFile, ...]:
    """Return the files of a project; empty if the index has no such project.

    Raises:
        ReleaseError: If the index does not respond, denies access, or is no simple index.
    """
    url = _page(target, project)
    response = _get(target, url)
    if response.status_code == 404:
        return ()
    if not response.ok:
        message = f"{url} responds with {response.status_code} {response.reason}"
        raise ReleaseError(Exit.UNREACHABLE, message)
    try:
        return tuple(_parse_page(response, url))
    except ValueError:
        message = f"{url} is not a simple index: set PUBLISH_INDEX_URL"
        raise ReleaseError(Exit.PROBLEM, message) from None


def _page(target: Target, project: str) -> str:
    return f"{target.index_url.rstrip('/')}/{normalize_name(project)}/"


def require_list(target: Target, project: str) -> None:
    """Raise unless there is a simple API where the index is expected to list files of a project.

    Raises:
        ReleaseError: If the file is missing, or the index does not respond.
    """
    if _get(target, _page(target, project)).status_code != 404:
        return
    url = f"{target.index_url.rstrip('/')}/"
    with _get(target, url, stream=True) as response:  # A list of all projects may be long.
        kind = response.headers.get("Content-Type", "")
        if not response.ok or not ("json" in kind or "html" in kind):
            message = (
                f"{url} lists no files ({response.status_code}), so an upload could not be "
                "verified: set PUBLISH_INDEX_URL to the address that pip installs from, for "
                "example .../+simple/ of devpi"
            )
            raise ReleaseError(Exit.PROBLEM, message)


def sha256_of(target: Target, file: IndexFile) -> str:
    """Return the checksum of a file, downloading the file if the index does not list it."""
    return file.sha256 or hashlib.sha256(content(target, file)).hexdigest()


def content(target: Target, file: IndexFile) -> bytes:
    """Return the bytes of a file.

    Raises:
        ReleaseError: If the file cannot be downloaded.
    """
    response = _get(target, file.url)
    if not response.ok:
        message = f"{file.name} is listed but cannot be downloaded: {response.status_code}"
        raise ReleaseError(Exit.UNREACHABLE, message)
    return response.content


def versions(listed: tuple[IndexFile, ...], project: str) -> dict[Version, list[IndexFile]]:
    """Return files by version, without files whose version is not three numbers."""
    found: dict[Version, list[IndexFile]] = {}
    for file in listed:
        version = version_of(file.name, project)
        if version is not None:
            found.setdefault(version, []).append(file)
    return found


def newest(listed: tuple[IndexFile, ...], project: str) -> PublicVersion | None:
    """Return the newest version among files that pip prefers: without prereleases."""
    found = (_public_version(each.name, project) for each in listed)
    return max((each for each in found if each and not each.is_prerelease), default=None)


def _public_version(name: str, project: str) -> PublicVersion | None:
    try:
        return PublicVersion(_version_text(name, project))
    except InvalidVersion:
        return None


def version_of(name: str, project: str) -> Version | None:
    """Parse the version in the file name of a wheel or sdist; None if it is not three numbers."""
    return parse(_version_text(name, project))


def _version_text(name: str, project: str) -> str:
    """Return the version in a file name; empty for other files."""
    stem = normalize_name(project).replace("-", "[-_.]+")
    match = re.match(rf"{stem}-([^-]+?)(?:-.*\.whl|\.tar\.gz)\Z", name, re.IGNORECASE)
    return match[1] if match else ""


def normalize_name(project: str) -> str:
    """Return the normalized name of a project (PEP 503)."""
    return re.sub(r"[-_.]+", "-", project).lower()


def _get(target: Target, url: str, *, stream: bool = False) -> requests.Response:
    """Request a page or a file, and follow redirects.

    The password is sent only to the scheme, host and port of the index.

    Raises:
        ReleaseError: If a URL is plain http to another machine, or nothing but redirects responds.
    """
    response = _get_once(target, url, stream=stream)
    for _ in range(_MAX_REDIRECTS):
        if not response.is_redirect:
            break
        url = urljoin(url, response.headers["Location"])
        response = _get_once(target, url, stream=stream)
    if response.is_redirect:
        message = f"{host(url)} redirects more than {_MAX_REDIRECTS} times"
        raise ReleaseError(Exit.UNREACHABLE, message)
    if response.status_code in {401, 403}:
        message = f"{host(url)} rejects the username or password ({response.status_code})"
        raise ReleaseError(Exit.FORBIDDEN, message)
    return response


def _get_once(target: Target, url: str, *, stream: bool) -> requests.Response:
    reject_plain_http(url)
    login = target.login if _origin(url) == _origin(target.index_url) else None
    try:
        return requests.get(
            url,
            auth=login,
            headers={"Accept": _ACCEPT},
            timeout=TIMEOUT,
            allow_redirects=False,
            stream=stream,
        )
    except requests.RequestException as error:
        raise ReleaseError(Exit.UNREACHABLE, unreachable(url, error)) from None


def reject_plain_http(url: str) -> None:
    """Reject a URL where the password, or the content of a file, can be read or replaced.

    Raises:
        ReleaseError: If it is plain http to another machine.
    """
    parts = urlsplit(url)
    if parts.scheme != "https" and not (
        parts.scheme == "http" and is_loopback(parts.hostname or "")
    ):
        message = (
            f"the index links to {host(url)}, which is not https and would reveal the password: "
            "configure the public https URL of the index"
        )
        raise ReleaseError(Exit.PROBLEM, message)


def _origin(url: str) -> tuple[str, str | None, int | None]:
    """Return the scheme, host and port of a URL."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)


def unreachable(url: str, error: Exception) -> str:
    """Return the reason why an index did not respond, on one line."""
    reasons = {
        requests.exceptions.SSLError: "its certificate cannot be verified",
        requests.Timeout: "timed out",
        requests.ConnectionError: "connection failed",
    }
    reason = next(
        (text for kind, text in reasons.items() if isinstance(error, kind)), "invalid response"
    )
    return f"the index at {host(url)} cannot be reached: {reason}"


def host(url: str) -> str:
    """Return the scheme and host of a URL for messages, without credentials."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def _parse_page(response: requests.Response, url: str) -> Iterator[IndexFile]:
    """Parse the page of a project.

    Raises:
        ValueError: If it is neither JSON nor HTML of the simple API.
    """
    if "json" in response.headers.get("Content-Type", ""):
        page: Any = response.json()
        if not is_object(page) or "files" not in page:
            raise ValueError
        for each in array_at(page, "files"):
            if is_object(each):
                yield IndexFile(
                    name=text_at(each, "filename"),
                    url=urljoin(url, text_at(each, "url")),
                    sha256=text_at(object_at(each, "hashes"), "sha256").lower(),
                )
        return
    if "html" not in response.headers.get("Content-Type", ""):
        raise ValueError
    parser = _Links()
    parser.feed(response.text)
    for link in parser.links:
        address, _, fragment = urljoin(response.url, link).partition("#")
        checksum = re.fullmatch(r"sha256=([0-9a-fA-F]{64})", fragment)
        name = unquote(urlsplit(address).path.rpartition("/")[2])
        yield IndexFile(name, address, checksum[1].lower() if checksum else "")


class _Links(HTMLParser):
    """Parser that collects the links of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Store the target of a link."""
        target = dict(attrs).get("href")
        if tag == "a" and target:
            self.links.append(target)
