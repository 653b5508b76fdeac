"""What an index has: its simple API, as HTML (PEP 503) or as JSON (PEP 691)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import requests

from generator.document.json_values import array_at, is_object, object_at, text_at
from generator.release.failures import Exit, ReleaseError
from generator.release.target import Target
from generator.release.versions import Version, parse

TIMEOUT = (10.0, 60.0)  # Seconds to connect, and between two bytes.
_ACCEPT = (
    "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.5, "
    "text/html;q=0.1"
)


@dataclass(frozen=True, slots=True)
class IndexFile:
    """A file that an index has.

    Attributes:
        name: Its name.
        url: Where it is.
        sha256: Its checksum if the index tells it, else an empty text.
    """

    name: str
    url: str
    sha256: str


def files(target: Target, project: str) -> tuple[IndexFile, ...]:
    """List the files of a project; none if the index does not know it.

    Raises:
        ReleaseError: If the index does not answer, refuses to, or answers something else.
    """
    url = f"{target.index_url.rstrip('/')}/{normalized(project)}/"
    answer = _get(target, url)
    if answer.status_code == 404:
        return ()
    if not answer.ok:
        message = f"{url} answers {answer.status_code} {answer.reason}"
        raise ReleaseError(Exit.UNREACHABLE, message)
    try:
        return tuple(_listed(answer, url))
    except ValueError:
        message = f"{url} is no simple index; set PUBLISH_INDEX_URL"
        raise ReleaseError(Exit.PROBLEM, message) from None


def sha256_of(target: Target, file: IndexFile) -> str:
    """Give the checksum of a file, by reading it if the index does not tell."""
    return file.sha256 or hashlib.sha256(content(target, file)).hexdigest()


def content(target: Target, file: IndexFile) -> bytes:
    """Give the bytes of a file.

    Raises:
        ReleaseError: If they cannot be had.
    """
    answer = _get(target, file.url)
    if not answer.ok:
        message = f"{file.name} is listed, but cannot be read: {answer.status_code}"
        raise ReleaseError(Exit.UNREACHABLE, message)
    return answer.content


def versions(listed: tuple[IndexFile, ...], project: str) -> dict[Version, list[IndexFile]]:
    """Sort files by their versions; other versions than ours are left out."""
    found: dict[Version, list[IndexFile]] = {}
    for file in listed:
        version = version_of(file.name, project)
        if version is not None:
            found.setdefault(version, []).append(file)
    return found


def version_of(name: str, project: str) -> Version | None:
    """Read the version in the name of a wheel or an sdist."""
    stem = normalized(project).replace("-", "[-_.]+")
    match = re.match(rf"{stem}-([^-]+?)(?:-.*\.whl|\.tar\.gz)\Z", name, re.IGNORECASE)
    return parse(match[1]) if match else None


def normalized(project: str) -> str:
    """Write a project's name as indexes do (PEP 503)."""
    return re.sub(r"[-_.]+", "-", project).lower()


def _get(target: Target, url: str) -> requests.Response:
    """Ask for a page or a file; only the index itself gets the password."""
    ours = urlsplit(url).netloc == urlsplit(target.index_url).netloc
    headers = {"Accept": _ACCEPT}
    try:
        answer = requests.get(
            url, auth=target.login if ours else None, headers=headers, timeout=TIMEOUT
        )
    except requests.RequestException as error:
        raise ReleaseError(Exit.UNREACHABLE, unreachable(url, error)) from None
    if answer.status_code in {401, 403}:
        message = f"{host(url)} refuses the name or the password ({answer.status_code})"
        raise ReleaseError(Exit.FORBIDDEN, message)
    return answer


def unreachable(url: str, error: Exception) -> str:
    """Say in a line why an index did not answer."""
    why = {
        requests.exceptions.SSLError: "its certificate cannot be verified",
        requests.Timeout: "it does not answer in time",
        requests.ConnectionError: "there is no connection",
    }
    told = next((text for kind, text in why.items() if isinstance(error, kind)), "no good answer")
    return f"the index at {host(url)} cannot be reached: {told}"


def host(url: str) -> str:
    """Give the part of an address that messages show."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def _listed(answer: requests.Response, url: str) -> Iterator[IndexFile]:
    """Read a page of a project.

    Raises:
        ValueError: If it is neither of the two forms.
    """
    if "json" in answer.headers.get("Content-Type", ""):
        page: Any = answer.json()
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
    if "html" not in answer.headers.get("Content-Type", ""):
        raise ValueError
    parser = _Links()
    parser.feed(answer.text)
    for link in parser.links:
        address, _, fragment = urljoin(answer.url, link).partition("#")
        checksum = re.fullmatch(r"sha256=([0-9a-fA-F]{64})", fragment)
        name = unquote(urlsplit(address).path.rpartition("/")[2])
        yield IndexFile(name, address, checksum[1].lower() if checksum else "")


class _Links(HTMLParser):
    """Collects the links of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep where an anchor leads."""
        target = dict(attrs).get("href")
        if tag == "a" and target:
            self.links.append(target)
