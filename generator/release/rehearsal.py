"""A rehearsal: a real index on loopback, with a password, for as long as it takes."""

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

from generator.release.failures import Exit, ReleaseError
from generator.release.target import Target

USERNAME = "rehearsal"
_PATIENCE = 30.0  # Seconds until an index must answer.
_GRACE = 10.0  # Seconds until it must have ended.


@contextlib.contextmanager
def index(folder: Path) -> Generator[Target, None, None]:
    """Run an index that nobody else can use, and that knows no other index.

    Args:
        folder: Where it keeps its files.

    Raises:
        ReleaseError: If it does not start.
    """
    password = secrets.token_urlsafe(16)
    (folder / "files").mkdir(parents=True, exist_ok=True)
    users = folder / "htpasswd"
    users.touch(mode=0o600)
    users.write_text(f"{USERNAME}:{_hashed(password)}\n", "utf-8")
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
            server.wait(timeout=_GRACE)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def consume(python: Path, program: Path, folder: Path) -> str:
    """Run a program that uses the installed package, away from this project.

    Args:
        python: The Python of the environment that the package is installed in.
        program: The program.
        folder: Where to run it.

    Returns:
        What it prints.

    Raises:
        ReleaseError: If it fails.
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
        last = (done.stderr.strip().splitlines() or ["it does not say why"])[-1]
        raise ReleaseError(Exit.UNPROVEN, f"{program.name} fails with what was installed: {last}")
    return done.stdout


def _hashed(password: str) -> str:
    """Hash a password as Apache's apr1, in a process of its own: the library's import warns."""
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
    deadline = time.monotonic() + _PATIENCE
    while server.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(requests.RequestException):
            if requests.get(f"{url}health", timeout=5).ok:
                return
        time.sleep(0.05)
    raise ReleaseError(Exit.UNREACHABLE, "the index of the rehearsal does not start")
