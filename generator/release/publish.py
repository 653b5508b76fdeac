"""Uploading what was built, once and unchanged."""

from __future__ import annotations

import contextlib
import io
import time
from pathlib import Path
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from twine.exceptions import TwineException
from twine.package import PackageFile
from twine.repository import Repository

from generator.release import index
from generator.release.build import Built
from generator.release.failures import Exit, ReleaseError
from generator.release.target import Target

WAITS = (0.0, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0)  # Seconds; some indexes list a file late.


def missing(target: Target, project: str, built: Built) -> list[Path]:
    """Give the files that the index does not have yet.

    Raises:
        ReleaseError: If it has other bytes under a name, or another file of this version.
    """
    listed = {each.name: each for each in index.files(target, project)}
    for name, checksum in built.checksums.items():
        if name in listed and index.sha256_of(target, listed[name]) != checksum:
            message = (
                f"the index has other bytes as {name}; a version is published once: "
                "release this under a new one"
            )
            raise ReleaseError(Exit.CONFLICT, message)
    # The sdist first: an installer that comes in between prefers the wheel, and then finds all.
    return [file for file in (built.sdist, built.wheel) if file.name not in listed]


def upload(target: Target, file: Path) -> None:
    """Upload a file.

    Raises:
        ReleaseError: If the index does not take it.
    """
    repository = Repository(
        target.url, target.username or None, target.password or None, disable_progress_bar=True
    )
    for scheme in ("http://", "https://"):
        repository.session.mount(scheme, _Patient())
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            package = PackageFile.from_filename(str(file), None)
            answer = repository.upload(package, max_redirects=1)
    except requests.RequestException as error:
        if _never_began(error):
            message = index.unreachable(target.url, error)
            raise ReleaseError(Exit.UNREACHABLE, message) from None
        message = f"the connection broke while {file.name} was uploaded; run the command again"
        raise ReleaseError(Exit.INCOMPLETE, message) from None
    except TwineException as error:
        raise ReleaseError(Exit.PROBLEM, f"{file.name} cannot be uploaded: {error}") from None
    finally:
        repository.close()
    _judge(target, file, answer.status_code, answer.reason)


class _Patient(HTTPAdapter):
    """Waits for an index, but not for ever."""

    def send(
        self, request: requests.PreparedRequest, *args: Any, **kwargs: Any
    ) -> requests.Response:
        """Send a request with a limit on each wait."""
        return super().send(request, *args, **{**kwargs, "timeout": index.TIMEOUT})


def _never_began(error: requests.RequestException) -> bool:
    """Whether there was no connection at all."""
    kinds = (requests.ConnectTimeout, requests.exceptions.SSLError)
    return isinstance(error, kinds) or "establish a new connection" in str(error)


def _judge(target: Target, file: Path, status: int, reason: str) -> None:
    """Tell what an answer to an upload means."""
    place = index.host(target.url)
    if status in {401, 403}:
        who = target.username or "an upload without a name"
        message = f"{place} refuses {who} ({status}): wrong password, or not allowed to publish"
        raise ReleaseError(Exit.FORBIDDEN, message)
    if status in {404, 405, 501}:
        message = f"{place} takes no uploads ({status} {reason}); is PUBLISH_URL right?"
        raise ReleaseError(Exit.READ_ONLY, message)
    if 300 <= status < 400:
        message = f"{place} redirects uploads ({status}); set PUBLISH_URL to the address it means"
        raise ReleaseError(Exit.PROBLEM, message)
    if status in {400, 409}:
        message = f"{place} refuses {file.name} ({status} {reason}): it may have another one"
        raise ReleaseError(Exit.CONFLICT, message)
    if status >= 300:
        message = f"{place} did not take {file.name} ({status} {reason}); run the command again"
        raise ReleaseError(Exit.INCOMPLETE, message)


def confirm(target: Target, project: str, built: Built) -> None:
    """Wait until the index lists all files with the bytes that were built.

    Raises:
        ReleaseError: If one is not there in the end, or is another.
    """
    absent: list[str] = []
    for wait in WAITS:
        time.sleep(wait)
        absent = [file.name for file in missing(target, project, built)]
        if not absent:
            return
    message = f"the index does not list {', '.join(absent)} after the upload; run the command again"
    raise ReleaseError(Exit.INCOMPLETE, message)
