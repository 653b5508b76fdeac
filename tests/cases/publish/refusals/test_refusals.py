"""Refusals of `publish` before any upload."""

from __future__ import annotations

import pytest

from tests.support.cli import Ended, Project
from tests.support.editing import commit, git
from tests.support.releases import prepare
from tests.support.server import Answer, Server, json_answer, text_answer

pytestmark = pytest.mark.long

PAGE = "/simple/pets/"
NO_FILES = text_answer("<html>", content_type="text/html")


@pytest.fixture
def index(server: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """An index without files, that the environment variables name and that accepts no uploads."""
    server.on(PAGE, NO_FILES)
    server.on("/simple/", NO_FILES)
    server.on("/", Answer(status=403))
    monkeypatch.setenv("PUBLISH_URL", server.url)
    return server


def publish_rejected(project: Project, *options: str) -> Ended:
    """Publish, which must be refused without an upload."""
    ended = project.run("publish", *options)
    assert ended.code == 1
    return ended


def uploads(index: Server) -> int:
    return sum(each.method == "POST" for each in index.requests)


def test_commit_without_the_tag_is_rejected_without_untagged(ready: Project, index: Server) -> None:
    git(ready.root, "tag", "--delete", "v1.0.0")
    ended = publish_rejected(ready)
    assert "rejected: the commit has no tag v1.0.0: tag it, or use --untagged\n" in ended.out
    assert uploads(index) == 0
    assert ready.run("publish", "--untagged").code == 4
    assert uploads(index) == 1


def test_commit_after_the_tag_is_rejected_even_if_untagged(ready: Project, index: Server) -> None:
    commit(ready.root, "something else")
    for options in ((), ("--untagged",)):
        assert (
            "1.0.0 already exists: v1.0.0 is another commit"
            in publish_rejected(ready, *options).out
        )
    assert uploads(index) == 0


def test_release_check_requires_no_tag(ready: Project) -> None:
    git(ready.root, "tag", "--delete", "v1.0.0")
    assert ready.run("release-check").code == 0


def test_files_of_another_build_are_rejected_and_left(ready: Project, index: Server) -> None:
    other = ready.root / "dist" / "pets-0.9.0.tar.gz"
    other.parent.mkdir()
    for each in (other, other.with_name("x.whl"), other.with_name("pets-1.0.0.tar.gz")):
        each.write_bytes(b"something else")
    ended = publish_rejected(ready)
    message = "dist/ has files of another build: pets-0.9.0.tar.gz, x.whl; remove them"
    assert f"rejected: {message}\n" in ended.out
    assert other.read_bytes() == b"something else"
    assert uploads(index) == 0


def test_version_below_the_newest_of_the_index_is_rejected(ready: Project, index: Server) -> None:
    git(ready.root, "tag", "v2.0.0", "HEAD")
    prepare(ready, "1.0.1", ("An animal.", "A tame animal."))
    git(ready.root, "tag", "v1.0.1")
    files = [
        {"filename": f"pets-{version}.tar.gz", "url": "/files/x"} for version in ("1.0.0", "2.0.0")
    ]
    index.on(PAGE, json_answer({"meta": {"api-version": "1.0"}, "files": files}))
    ended = publish_rejected(ready)
    message = (
        "rejected: version 1.0.1 is lower than 2.0.0, the newest on the index: increase it, or "
    )
    assert message in ended.out
    assert uploads(index) == 0


@pytest.mark.parametrize(
    "answer", [Answer(status=404), text_answer("hello", content_type="text/plain")]
)
def test_index_that_lists_no_files_where_expected_is_rejected(
    ready: Project, index: Server, answer: Answer
) -> None:
    index.on(PAGE, Answer(status=404))
    index.on("/simple/", answer)
    ended = ready.run("publish")
    assert (ended.code, ended.err.count("\n")) == (2, 1)
    assert f"/simple/ lists no files ({answer.status}), so an upload could not be" in ended.err
    assert "set PUBLISH_INDEX_URL to the address that pip installs from" in ended.err
    assert uploads(index) == 0
    assert not (ready.root / "dist").exists()
