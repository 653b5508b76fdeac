"""The source of the password, and where it must not appear."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from generator.release.failures import ReleaseError
from generator.release.proof import from_index_alone
from generator.release.target import Target, from_environment
from tests.support.cli import Project
from tests.support.server import Server, text_answer

URL = "https://packages.example.com/private/"
LOGIN = {"PUBLISH_URL": URL, "PUBLISH_USERNAME": "dev"}


def keyring_with(monkeypatch: pytest.MonkeyPatch, passwords: dict[tuple[str, str], str]) -> None:
    def get_password(url: str, username: str) -> str | None:
        return passwords.get((url, username))

    monkeypatch.setattr("keyring.get_password", get_password)


def test_password_is_read_from_the_environment() -> None:
    target = from_environment({**LOGIN, "PUBLISH_PASSWORD": "s3cret"})
    assert target == Target(URL, f"{URL}simple/", "dev", "s3cret")
    assert "s3cret" not in repr(target)


def test_token_is_read_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("t0ken\n", "utf-8")
    target = from_environment({"PUBLISH_URL": URL, "PUBLISH_TOKEN_FILE": str(tmp_path / "token")})
    assert target.login == ("__token__", "t0ken")


def test_password_is_read_from_the_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    keyring_with(monkeypatch, {(URL, "dev"): "from the keyring"})
    assert from_environment(LOGIN).login == ("dev", "from the keyring")


def test_failing_keyring_is_an_error_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    def get_password(*_: str) -> str:
        raise RuntimeError("locked")

    monkeypatch.setattr("keyring.get_password", get_password)
    with pytest.raises(ReleaseError, match=r"no password: set PUBLISH_PASSWORD.*: locked"):
        from_environment(LOGIN)


def test_token_file_with_more_than_a_token_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("t0ken\nmore\n", "utf-8")
    with pytest.raises(ReleaseError, match="must contain a token and nothing else") as caught:
        from_environment({"PUBLISH_URL": URL, "PUBLISH_TOKEN_FILE": str(tmp_path / "token")})
    assert "t0ken" not in str(caught.value)


def test_index_url_may_differ_from_the_upload_url() -> None:
    elsewhere = "https://packages.example.com/+simple/"
    target = from_environment({"PUBLISH_URL": URL, "PUBLISH_INDEX_URL": elsewhere})
    assert target.index_url == elsewhere


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:8080/", "http://localhost/", "http://[::1]:8080/", "http://127.9.9.9/"],
)
def test_plain_http_is_accepted_for_loopback(url: str) -> None:
    assert from_environment({"PUBLISH_URL": url}).url == url


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({}, "PUBLISH_URL is not set"),
        ({"PUBLISH_URL": "http://packages.example.com/"}, "PUBLISH_URL is plain http"),
        ({"PUBLISH_URL": "http://127.0.0.1.example.com/"}, "PUBLISH_URL is plain http"),
        ({"PUBLISH_URL": "http://10.0.0.1/"}, "PUBLISH_URL is plain http"),
        (
            {"PUBLISH_URL": URL, "PUBLISH_INDEX_URL": "http://packages.example.com/"},
            "PUBLISH_INDEX_URL is plain http",
        ),
        ({"PUBLISH_URL": "https://dev:s3cret@example.com/"}, "PUBLISH_URL contains credentials"),
        ({"PUBLISH_URL": "ftp://example.com/"}, "PUBLISH_URL must be an http or https URL"),
        ({"PUBLISH_URL": "https://[/"}, "PUBLISH_URL must be an http or https URL"),
        ({"PUBLISH_URL": "example.com"}, "PUBLISH_URL must be an http or https URL"),
        ({"PUBLISH_URL": URL, "PUBLISH_PASSWORD": "s3cret"}, "but PUBLISH_USERNAME is not"),
        (LOGIN, "no password: set PUBLISH_PASSWORD"),
        ({**LOGIN, "PUBLISH_TOKEN_FILE": "/nowhere"}, "cannot be read"),
    ],
)
def test_missing_or_unsafe_setting_is_reported_in_one_line(
    environment: dict[str, str], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring_with(monkeypatch, {})
    with pytest.raises(ReleaseError, match=message) as caught:
        from_environment(environment)
    assert int(caught.value.code) == 2
    assert "s3cret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_password_is_sent_to_the_index_only(
    ready: Project, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page of the index may link to files on other hosts."""
    other = server.url.replace("127.0.0.1", "localhost")
    file = "pets-1.0.0.tar.gz"
    page = f'<a href="{other}/files/{file}">{file}</a>'
    server.on("/simple/pets/", text_answer(page, content_type="text/html"))
    monkeypatch.setenv("PUBLISH_URL", server.url)
    monkeypatch.setenv("PUBLISH_USERNAME", "dev")
    monkeypatch.setenv("PUBLISH_PASSWORD", "s3cret")
    assert ready.run("publish").code == 3
    sent = {each.path: each.headers.get("authorization") for each in server.requests}
    expected = base64.b64encode(b"dev:s3cret").decode()
    assert sent == {"/simple/pets/": f"Basic {expected}", f"/files/{file}": None}


def test_pip_gets_the_password_in_its_environment_and_no_other_index() -> None:
    target = Target(URL, f"{URL}simple/", "dev", "p@ss/w:rd")
    machine = {
        "PATH": "/bin",
        "PIP_CERT": "/ca.pem",
        "PIP_EXTRA_INDEX_URL": "https://elsewhere.example.com/",
        "PIP_FIND_LINKS": "/wheels",
        "PUBLISH_PASSWORD": "p@ss/w:rd",
    }
    assert from_index_alone(target, machine) == {
        "PATH": "/bin",
        "PIP_CERT": "/ca.pem",
        "PIP_CONFIG_FILE": "/dev/null",
        "PIP_INDEX_URL": "https://dev:p%40ss%2Fw%3Ard@packages.example.com/private/simple/",
    }
