"""Failures of an upload, with one line and an exit code each."""

from __future__ import annotations

import shutil
import socket
import sys
import tarfile
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from generator.release import build, project, rehearsal
from generator.release.failures import ReleaseError
from generator.release.publish import upload
from generator.release.target import Target
from tests.support.cli import Ended, Project
from tests.support.fault_server import Connection, answer, faulty, reset_before
from tests.support.server import Answer, Server, text_answer
from tests.support.stand_in import program

pytestmark = pytest.mark.long

PASSWORD = "pa55 w/rd:é"
NO_FILES = text_answer("<html>", content_type="text/html")


def name(patch: pytest.MonkeyPatch, url: str, username: str = "dev") -> None:
    patch.setenv("PUBLISH_URL", url)
    patch.setenv("PUBLISH_USERNAME", username)
    patch.setenv("PUBLISH_PASSWORD", PASSWORD)


def fails(project: Project, code: int, message: str) -> Ended:
    ended = project.run("publish")
    assert (ended.code, ended.err.count("\n")) == (code, 1), ended.err
    assert message in ended.err
    assert PASSWORD not in ended.out + ended.err
    return ended


def nobodys_address() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Generator[Target, None, None]:
    """A real index with a password."""
    with rehearsal.index(tmp_path_factory.mktemp("index")) as running:
        yield running


@pytest.fixture(autouse=True, scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Generator[None, None, None]:
    """Build packages once for all tests."""
    really_build, kept = build.build, dict[tuple[Any, ...], build.Built]()

    def build_once(here: project.Project, target: Path) -> build.Built:
        inputs = (here.folder / ".gitignore", here.package / "manifest.json")
        key = (sys.executable, *(path.read_bytes() for path in inputs))
        if key not in kept:
            kept[key] = really_build(here, tmp_path_factory.mktemp("built"))
        shutil.copytree(kept[key].wheel.parent, target)
        wheel, sdist = (target / path.name for path in (kept[key].wheel, kept[key].sdist))
        return build.Built(wheel, sdist, kept[key].version)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "build", build_once)
        yield


def test_unreachable_index_exits_with_three(
    ready: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = nobodys_address()
    name(monkeypatch, f"{url}/")
    fails(ready, 3, f"the index at {url} cannot be reached: ")


def test_wrong_password_exits_with_four(
    ready: Project, monkeypatch: pytest.MonkeyPatch, index: Target
) -> None:
    name(monkeypatch, index.url, index.username)
    fails(ready, 4, "rejects the username or password")


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that can be uploaded."""
    folder = tmp_path_factory.mktemp("sdist")
    papers = folder / "pets-1.0.0" / "PKG-INFO"
    papers.parent.mkdir()
    papers.write_text("Metadata-Version: 2.1\nName: pets\nVersion: 1.0.0\n", "utf-8")
    with tarfile.open(folder / "pets-1.0.0.tar.gz", "w:gz") as archive:
        archive.add(papers.parent, papers.parent.name)
    return folder / "pets-1.0.0.tar.gz"


@pytest.mark.parametrize(
    ("answer", "code", "message"),
    [
        (Answer(status=403), 4, "rejects dev (403): wrong password, or no permission to publish"),
        (Answer(status=404), 5, "accepts no uploads (404 Not Found): check PUBLISH_URL"),
        (Answer(status=405), 5, "accepts no uploads (405 Method Not Allowed)"),
        (
            Answer(status=308),
            2,
            "redirects uploads (308): set PUBLISH_URL to the redirect's target",
        ),
        (Answer(status=409), 6, "rejects pets-1.0.0.tar.gz (409 Conflict): it may"),
        (
            Answer(status=500),
            7,
            "did not accept pets-1.0.0.tar.gz (500 Internal Server Error); run",
        ),
        (Answer(status=507), 7, "did not accept pets-1.0.0.tar.gz (507 Insufficient Storage); run"),
    ],
    ids=lambda value: str(value.status) if isinstance(value, Answer) else None,
)
def test_rejected_upload_has_an_exit_code_and_a_message(
    sdist: Path, server: Server, answer: Answer, code: int, message: str
) -> None:
    server.on("/", answer)
    with pytest.raises(ReleaseError) as caught:
        upload(Target(server.url, server.url, "dev", PASSWORD), sdist)
    assert int(caught.value.code) == code
    assert message in str(caught.value)
    assert PASSWORD not in str(caught.value)


def test_unreachable_upload_url_exits_with_three(sdist: Path) -> None:
    url = nobodys_address()
    with pytest.raises(ReleaseError, match=f"{url} cannot be reached: connection failed") as caught:
        upload(Target(url, url), sdist)
    assert int(caught.value.code) == 3


def test_file_that_is_no_distribution_exits_with_two(server: Server, tmp_path: Path) -> None:
    (tmp_path / "pets-1.0.0.txt").write_text("x", "utf-8")
    with pytest.raises(ReleaseError, match=r"pets-1\.0\.0\.txt cannot be uploaded: ") as caught:
        upload(Target(server.url, server.url), tmp_path / "pets-1.0.0.txt")
    assert int(caught.value.code) == 2
    assert server.requests == []


def test_publish_exits_with_the_code_of_a_rejected_upload(
    ready: Project, monkeypatch: pytest.MonkeyPatch, server: Server
) -> None:
    server.on("/simple/pets/", NO_FILES)
    server.on("/", Answer(status=403))
    name(monkeypatch, server.url)
    fails(ready, 4, "rejects dev (403): wrong password, or no permission to publish")


async def breaks_off(connection: Connection) -> None:
    """Read the request and close the connection without a response."""
    if connection.request.method == "GET":
        await answer(200, b"<html>", {"Content-Type": "text/html"})(connection)
    else:
        await reset_before(connection)


def test_interrupted_upload_exits_with_seven(
    ready: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    with faulty() as faults:
        faults.plan(breaks_off)
        name(monkeypatch, faults.url)
        fails(ready, 7, "the connection failed during the upload of pets-1.0.0.tar.gz")


def test_uploaded_file_missing_from_the_index_exits_with_seven(
    ready: Project, monkeypatch: pytest.MonkeyPatch, server: Server
) -> None:
    monkeypatch.setattr("generator.release.publish.WAITS", (0.0, 0.0))
    server.on("/simple/pets/", NO_FILES)
    server.on("/", Answer(status=200))
    name(monkeypatch, server.url)
    fails(ready, 7, "the index does not list pets-1.0.0.tar.gz, pets-1.0.0-py3-none-any.whl after")


@pytest.mark.parametrize("checksum", [True, False], ids=["with a checksum", "without"])
def test_different_bytes_of_a_published_version_exit_with_six(
    ready: Project, monkeypatch: pytest.MonkeyPatch, server: Server, *, checksum: bool
) -> None:
    file = "pets-1.0.0.tar.gz"
    fragment = f"#sha256={'0' * 64}" if checksum else ""
    page = f'<a href="/files/{file}{fragment}">{file}</a>'
    server.on("/simple/pets/", text_answer(page, content_type="text/html"))
    server.on(f"/files/{file}", Answer(body=b"something else"))
    name(monkeypatch, server.url)
    fails(ready, 6, f"the index has {file} with other bytes: a version can be published only once")
    assert {each.method for each in server.requests} == {"GET"}


def test_closed_gate_prevents_any_upload(
    ready: Project, monkeypatch: pytest.MonkeyPatch, server: Server
) -> None:
    (ready.root / "notes.txt").write_text("x", "utf-8")
    name(monkeypatch, server.url)
    ended = ready.run("publish")
    assert (ended.code, ended.err) == (1, "")
    assert "rejected: not committed: notes.txt" in ended.out
    assert {each.method for each in server.requests} == {"GET"}
    assert not (ready.root / "dist").exists()


def lose_the_document(package: Path) -> None:
    (package.parent.parent / ".gitignore").write_text("/dist/\n__pycache__/\n*.yaml\n", "utf-8")


def test_wheel_without_the_document_is_not_built(ready: Project) -> None:
    lose_the_document(ready.package)
    ended = ready.run("build")
    assert ended.code == 2
    assert ended.err.startswith("error: the wheel has changed, missing or unexpected files: ")
    assert not (ready.root / "dist").exists()


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("echo 'no such backend'; exit 1", "build failed: no such backend"),
        ("exit 1", "build failed: no error output"),
        ("exit 0", "expected one wheel and one sdist from the build"),
    ],
)
def test_failed_build_is_reported_in_one_line(
    ready: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str, message: str
) -> None:
    monkeypatch.setattr(sys, "executable", str(program(tmp_path / "python", script)))
    ended = ready.run("build")
    assert (ended.code, ended.out, ended.err) == (2, "", f"error: {message}\n")
    assert not (ready.root / "dist").exists()
