"""Files of an index, from its simple API in HTML and JSON."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest
import requests

from generator.release.build import Built
from generator.release.failures import ReleaseError
from generator.release.index import IndexFile, content
from generator.release.publish import missing_files
from generator.release.target import Target
from tests.support.cli import Project
from tests.support.releases import prepare
from tests.support.server import Answer, Server, json_answer, text_answer

pytestmark = pytest.mark.long

PAGE = "/simple/pets/"
PLAIN = "http://pets.example.com/files/a.whl"
TARGET = Target("https://pets.example.com/", "https://pets.example.com/simple/", "dev", "hunter2")


@pytest.fixture
def released_wheel(ready: Project) -> Path:
    """The wheel of the release 1.0.0, for which git has no tag."""
    assert ready.run("build").code == 0
    [wheel] = (ready.root / "dist").glob("*.whl")
    return wheel


@pytest.fixture
def index(server: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """An index that the environment variables name."""
    monkeypatch.setenv("PUBLISH_URL", server.url)
    return server


def offer(index: Server, wheel: Path, form: str) -> None:
    content = wheel.read_bytes()
    checksum = hashlib.sha256(content).hexdigest()
    index.on(f"/files/{wheel.name}", Answer(body=content))
    if form == "json":
        file = {
            "filename": wheel.name,
            "url": f"../../files/{wheel.name}",
            "hashes": {"sha256": checksum},
        }
        kind = {"Content-Type": "application/vnd.pypi.simple.v1+json"}
        page = json_answer({"meta": {"api-version": "1.0"}, "files": [file]}, headers=kind)
    else:
        link = f'<a href="/files/{wheel.name}#sha256={checksum}">{wheel.name}</a>'
        page = text_answer(f"<!DOCTYPE html><body>{link}</body>", content_type="text/html")
    index.on(PAGE, page)


@pytest.mark.parametrize("form", ["html", pytest.param("json", marks=pytest.mark.slow)])
def test_last_release_may_exist_on_the_index_only(
    ready: Project, released_wheel: Path, index: Server, form: str
) -> None:
    offer(index, released_wheel, form)
    prepare(ready, "1.0.1", ("name: {type: string,", "nickname: {type: string,"))
    ended = ready.run("release-check")
    assert ended.code == 1
    assert "last release: pets 1.0.0\n" in ended.out
    assert "required version: 2.0.0: Pet: field `name` was removed" in ended.out
    assert not [each for each in index.requests if "authorization" in each.headers]


@pytest.mark.parametrize(
    ("url", "is_sent"),
    [
        ("https://pets.example.com/files/a.whl", True),
        ("https://pets.example.com:443/files/a.whl", True),
        ("https://PETS.example.com/files/a.whl", True),
        ("https://pets.example.com:8443/files/a.whl", False),
        ("https://files.example.com/a.whl", False),
        ("http://127.0.0.1/a.whl", False),
    ],
)
def test_password_is_sent_to_the_origin_of_the_index_only(
    monkeypatch: pytest.MonkeyPatch, url: str, *, is_sent: bool
) -> None:
    logins: list[object] = []

    def get(_: str, *, auth: object, **__: object) -> requests.Response:
        logins.append(auth)
        response = requests.Response()
        response.status_code, response.raw = 200, io.BytesIO(b"wheel")
        return response

    monkeypatch.setattr(requests, "get", get)
    assert content(TARGET, IndexFile("a.whl", url, "")) == b"wheel"
    assert logins == [TARGET.login if is_sent else None]


@pytest.mark.parametrize("start", ["", "https://pets.example.com/redirect"])
def test_plain_http_link_of_the_index_itself_is_rejected(
    monkeypatch: pytest.MonkeyPatch, start: str
) -> None:
    requested: list[str] = []

    def get(url: str, **_: object) -> requests.Response:
        requested.append(url)
        response = requests.Response()
        response.status_code, response.headers["Location"] = 302, PLAIN
        return response

    monkeypatch.setattr(requests, "get", get)
    with pytest.raises(ReleaseError, match="the index links to http://pets"):
        content(TARGET, IndexFile("a.whl", start or PLAIN, ""))
    assert requested == ([start] if start else [])


def test_plain_http_link_to_a_published_file_is_rejected(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    built = Built(tmp_path / "pets-1.0.0-py3-none-any.whl", tmp_path / "pets-1.0.0.tar.gz", "1.0.0")
    for file in (built.wheel, built.sdist):
        file.write_text(file.name, "utf-8")
    listed = [IndexFile(each, PLAIN, checksum) for each, checksum in built.checksums.items()]

    def files(*_: object) -> tuple[IndexFile, ...]:
        return tuple(listed)

    monkeypatch.setattr("generator.release.index.files", files)
    with pytest.raises(ReleaseError, match="would reveal the password"):
        missing_files(TARGET, "pets", built)


def test_version_on_the_index_is_rejected(
    ready: Project, released_wheel: Path, index: Server
) -> None:
    offer(index, released_wheel, "html")
    ended = ready.run("release-check")
    assert ended.code == 1
    assert "rejected: version 1.0.0 already exists: the index has it: increase it" in ended.out


def test_index_without_the_project_has_no_last_release(ready: Project, index: Server) -> None:
    assert ready.run("release-check").code == 0
    assert index.last.path == PAGE


@pytest.mark.parametrize("newest", ["1.1", "1.0.0.post1", "1!0.1"])
def test_version_on_the_index_that_pip_prefers_is_newer_in_any_form(
    ready: Project, index: Server, newest: str
) -> None:
    files = [{"filename": f"pets-{newest}.tar.gz", "url": "/files/pets.tar.gz"}]
    index.on(PAGE, json_answer({"meta": {"api-version": "1.0"}, "files": files}))
    ended = ready.run("release-check")
    assert ended.code == 1
    assert f"version 1.0.0 is lower than {newest}, the newest on the index: " in ended.out


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("pets-0.9.0.tar.gz", "the index has no wheel of 0.9.0 to compare with"),
        (
            "pets-0.9.0-py3-none-any.whl",
            "pets-0.9.0-py3-none-any.whl on the index is not a valid zip file",
        ),
    ],
)
def test_unreadable_last_release_is_an_error(
    ready: Project, index: Server, tmp_path: Path, name: str, message: str
) -> None:
    (tmp_path / name).write_bytes(b"no archive")
    offer(index, tmp_path / name, "json")
    ended = ready.run("release-check")
    assert (ended.code, ended.out, ended.err) == (2, "", f"error: {message}\n")


def test_files_of_other_projects_and_prereleases_are_ignored(ready: Project, index: Server) -> None:
    names = (
        "pets-0.9.0rc1.tar.gz",
        "pets-2.0.0rc1.tar.gz",
        "pets-latest.tar.gz",
        "pets_shop-2.0.0.tar.gz",
        "index.txt",
    )
    files = [*({"filename": name, "url": f"/files/{name}"} for name in names), None]
    index.on(PAGE, json_answer({"meta": {"api-version": "1.0"}, "files": files}))
    ended = ready.run("release-check")
    assert (ended.code, ended.err) == (0, "")
    assert "last release: none\n" in ended.out


@pytest.mark.parametrize(
    ("answer", "code", "message"),
    [
        (text_answer("<html>", 500, "text/html"), 3, "/simple/pets/ responds with 500"),
        (text_answer("hello", content_type="text/plain"), 2, "is not a simple index"),
        (text_answer("[]", content_type="application/json"), 2, "is not a simple index"),
        (text_answer("{", content_type="application/json"), 2, "is not a simple index"),
        (text_answer("", 401), 4, "rejects the username or password (401)"),
    ],
)
def test_index_without_a_file_list_is_an_error(
    ready: Project, index: Server, answer: Answer, code: int, message: str
) -> None:
    index.on(PAGE, answer)
    ended = ready.run("release-check")
    assert (ended.code, ended.out) == (code, "")
    assert message in ended.err
    assert ended.err.count("\n") == 1


def test_redirects_of_the_index_are_not_followed_without_end(ready: Project, index: Server) -> None:
    index.on(PAGE, Answer(status=302, headers={"Location": PAGE}))
    ended = ready.run("release-check")
    assert (ended.code, ended.out) == (3, "")
    assert ended.err.endswith("redirects more than 5 times\n")
    assert len(index.requests) == 6
