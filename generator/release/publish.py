"""Upload of the built distributions, each once and unchanged."""

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

from . import index
from .build import Built
from .failures import Exit, ReleaseError
from .target import Target

WAITS = (0.0, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0)  # Seconds; some indexes list files late.


def missing_files(target: Target, project: str, built: Built) -> list[Path]:
    """Return the files that are not on the index.

    Raises:
        ReleaseError: If the index has a file of the same name with other bytes.
    """
    listed = {each.name: each for each in index.files(target, project)}
    for name, checksum in built.checksums.items():
        if name in listed:
            index.reject_plain_http(listed[name].url)  # pip would send it the password.
        if name in listed and index.sha256_of(target, listed[name]) != checksum:
            message = (
                f"the index has {name} with other bytes: a version can be published only once, "
                "so increase the version"
            )
            raise ReleaseError(Exit.CONFLICT, message)
    # Upload the sdist first: installers prefer the wheel, so once it is there, all files are.
    return [file for file in (built.sdist, built.wheel) if file.name not in listed]


def upload(target: Target, file: Path) -> None:
    """Upload a file.

    Raises:
        ReleaseError: If the upload fails or the index rejects the file.
    """
    repository = Repository(
        target.url, target.username or None, target.password or None, disable_progress_bar=True
    )
    for scheme in ("http://", "https://"):
        repository.session.mount(scheme, _TimeoutAdapter())
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            package = PackageFile.from_filename(str(file), None)
            response = repository.upload(package, max_redirects=1)
    except requests.RequestException as error:
        if _is_not_connected(error):
            message = index.unreachable(target.url, error)
            raise ReleaseError(Exit.UNREACHABLE, message) from None
        message = f"the connection failed during the upload of {file.name}; run the command again"
        raise ReleaseError(Exit.INCOMPLETE, message) from None
    except TwineException as error:
        raise ReleaseError(Exit.PROBLEM, f"{file.name} cannot be uploaded: {error}") from None
    finally:
        repository.close()
    _raise_for_status(target, file, response.status_code, response.reason)


class _TimeoutAdapter(HTTPAdapter):
    """HTTP adapter with timeouts."""

    def send(
        self, request: requests.PreparedRequest, *args: Any, **kwargs: Any
    ) -> requests.Response:
        """Send a request with connect and read timeouts."""
        return super().send(request, *args, **{**kwargs, "timeout": index.TIMEOUT})


def _is_not_connected(error: requests.RequestException) -> bool:
    """Whether no connection was established."""
    kinds = (requests.ConnectTimeout, requests.exceptions.SSLError)
    return isinstance(error, kinds) or "establish a new connection" in str(error)


def _raise_for_status(target: Target, file: Path, status: int, reason: str) -> None:
    """Raise if the response to an upload is not a success."""
    host = index.host(target.url)
    if status in {401, 403}:
        user = target.username or "an upload without a username"
        message = f"{host} rejects {user} ({status}): wrong password, or no permission to publish"
        raise ReleaseError(Exit.FORBIDDEN, message)
    if status in {404, 405, 501}:
        message = f"{host} accepts no uploads ({status} {reason}): check PUBLISH_URL"
        raise ReleaseError(Exit.READ_ONLY, message)
    if 300 <= status < 400:
        message = f"{host} redirects uploads ({status}): set PUBLISH_URL to the redirect's target"
        raise ReleaseError(Exit.PROBLEM, message)
    if status in {400, 409}:
        message = f"{host} rejects {file.name} ({status} {reason}): it may have other bytes for it"
        raise ReleaseError(Exit.CONFLICT, message)
    if status >= 300:
        message = f"{host} did not accept {file.name} ({status} {reason}); run the command again"
        raise ReleaseError(Exit.INCOMPLETE, message)


def confirm(target: Target, project: str, built: Built) -> None:
    """Wait until the index lists all built files with the same bytes.

    Raises:
        ReleaseError: If a file is still missing after the last wait, or has other bytes.
    """
    absent: list[str] = []
    for wait in WAITS:
        time.sleep(wait)
        absent = [file.name for file in missing_files(target, project, built)]
        if not absent:
            return
    message = f"the index does not list {', '.join(absent)} after the upload; run the command again"
    raise ReleaseError(Exit.INCOMPLETE, message)
