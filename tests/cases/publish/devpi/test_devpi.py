"""A release on a devpi server, which lists files at another address."""

from __future__ import annotations

import base64
import contextlib
import socket
import subprocess
import sys
import time
from collections.abc import Generator
from typing import Any

import pytest
import requests

from tests.support.cli import Project
from tests.support.paths import ROOT

pytestmark = pytest.mark.slow

REQUIREMENTS = ROOT / "tests" / "devpi" / "requirements.txt"
USER, PASSWORD = "dev", "pa55 w/rd"
SECRET = "secret"  # of the user root


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait(url: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with contextlib.suppress(requests.RequestException):
            if requests.get(f"{url}+api", timeout=5).ok:
                return
        time.sleep(0.2)
    pytest.fail("devpi did not start")


def add_index(url: str) -> None:
    """Add a user, and an index that the user may upload to."""

    def send(method: str, path: str, content: Any) -> dict[str, Any]:
        response = requests.request(
            method, f"{url}{path}", json=content, headers=headers, timeout=10
        )
        assert response.ok, response.text
        answer: dict[str, Any] = response.json()
        return answer

    headers: dict[str, str] = {}
    token = send("POST", "+login", {"user": "root", "password": SECRET})["result"]["password"]
    headers["X-Devpi-Auth"] = base64.b64encode(f"root:{token}".encode()).decode()
    send("PUT", USER, {"password": PASSWORD})
    send("PUT", f"{USER}/private", {"bases": [], "volatile": False, "acl_upload": [USER]})


@pytest.fixture(scope="module")
def devpi(tmp_path_factory: pytest.TempPathFactory) -> Generator[str, None, None]:
    """The upload address of an index, on a server in an environment of its own."""
    folder = tmp_path_factory.mktemp("devpi")
    subprocess.run([sys.executable, "-I", "-m", "venv", str(folder / "venv")], check=True)
    programs = folder / "venv" / "bin"
    subprocess.run(
        [
            *(programs / "python", "-I", "-m", "pip", "install", "--quiet"),
            *(
                "--disable-pip-version-check",
                *("--require-hashes", "--requirement", str(REQUIREMENTS)),
            ),
        ],
        check=True,
    )
    state = ("--serverdir", str(folder / "state"))
    subprocess.run(
        [programs / "devpi-init", *state, "--no-root-pypi", "--root-passwd", SECRET],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    port = free_port()
    url = f"http://127.0.0.1:{port}/"
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [programs / "devpi-server", *state, "--host", "127.0.0.1", "--port", str(port)],
            stdout=log,
            stderr=log,
        )
    try:
        wait(url)
        add_index(url)
        yield f"{url}{USER}/private/"
    finally:
        server.terminate()
        server.wait(timeout=30)


def projects(devpi: str) -> list[str]:
    page = requests.get(
        f"{devpi}+simple/",
        headers={"Accept": "application/vnd.pypi.simple.v1+json"},
        timeout=10,
    )
    return [each["name"] for each in page.json()["projects"]]


def test_release_needs_the_address_of_the_files_and_is_then_verified(
    ready: Project, devpi: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBLISH_URL", devpi)
    monkeypatch.setenv("PUBLISH_USERNAME", USER)
    monkeypatch.setenv("PUBLISH_PASSWORD", PASSWORD)
    ended = ready.run("publish")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(f"error: {devpi}simple/ lists no files (404)")
    assert "set PUBLISH_INDEX_URL" in ended.err
    assert projects(devpi) == []

    monkeypatch.setenv("PUBLISH_INDEX_URL", f"{devpi}+simple/")
    ended = ready.run("publish")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.endswith("installed from the index and verified: pets 1.0.0\n")
    assert projects(devpi) == ["pets"]
    again = ready.run("publish")
    assert (again.code, again.out.count("already on the index, with the same bytes: ")) == (0, 2)
    assert PASSWORD not in ended.out + again.out
