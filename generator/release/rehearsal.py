"""Rehearsal of a release with a temporary index on loopback."""

from __future__ import annotations

import contextlib
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Generator
from pathlib import Path

import requests

from .failures import Exit, ReleaseError
from .target import Target

USERNAME = "rehearsal"
_START_TIMEOUT = 30.0  # Seconds until the index must respond.
_STOP_TIMEOUT = 10.0  # Seconds until it must have exited.


@contextlib.contextmanager
def index(folder: Path) -> Generator[Target, None, None]:
    """Run an index with a random password and without fallback to another index.

    Args:
        folder: The folder for its files.

    Raises:
        ReleaseError: If the index does not start.
    """
    password = secrets.token_urlsafe(16)
    (folder / "files").mkdir(parents=True, exist_ok=True)
    users = folder / "htpasswd"
    users.touch(mode=0o600)
    users.write_text(f"{USERNAME}:{_password_hash(password)}\n", "utf-8")
    port = _free_port()
    with (folder / "index.log").open("wb") as log:
        server = subprocess.Popen(
            [
                *(sys.executable, "-m", "pypiserver", "run", "--interface", "127.0.0.1"),
                *("--port", str(port), "--passwords", str(users), "--disable-fallback"),
                *("--authenticate", "update,download,list", str(folder / "files")),
            ],
            stdout=log,
            stderr=log,
        )
    try:
        url = f"http://127.0.0.1:{port}/"
        _wait(server, url)
        yield Target(url, f"{url}simple/", USERNAME, password)
    finally:
        server.terminate()
        try:
            server.wait(timeout=_STOP_TIMEOUT)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def consume(python: Path, program: Path, folder: Path) -> str:
    """Run a program that uses the installed package, outside of the project.

    Args:
        python: The Python interpreter of the environment with the package.
        program: The program.
        folder: The working directory.

    Returns:
        The standard output.

    Raises:
        ReleaseError: If the program fails.
    """
    environment = {
        name: value
        for name, value in os.environ.items()
        if name != "PYTHONPATH" and not name.startswith("PUBLISH_")
    }
    done = subprocess.run(
        [str(python), "-I", "-W", "error", str(program)],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no error output"])[-1]
        message = f"{program.name} fails with the installed package: {last}"
        raise ReleaseError(Exit.UNPROVEN, message)
    return done.stdout


def _password_hash(password: str) -> str:
    """Return an apr1 hash of a password, from a subprocess because importing passlib warns."""
    program = "from passlib.hash import apr_md5_crypt; print(apr_md5_crypt.hash(input()))"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        input=password,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait(server: subprocess.Popen[bytes], url: str) -> None:
    deadline = time.monotonic() + _START_TIMEOUT
    while server.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(requests.RequestException):
            if requests.get(f"{url}health", timeout=5).ok:
                return
        time.sleep(0.05)
    raise ReleaseError(Exit.UNREACHABLE, "the index of the rehearsal did not start")
