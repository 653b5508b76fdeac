"""Client arguments that follow from the security schemes."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from tests.support.callers import TOKEN, Way
from tests.support.cli import Project
from tests.support.packages import PackageCaller, generated_package
from tests.support.server import Answer, Server

HEAD = """\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example.com'}]
"""
PATHS = """\
paths:
  /one:
    get: {operationId: pets.one, %s responses: {'204': {description: Done.}}}
  /two:
    get: {operationId: pets.two, %s responses: {'204': {description: Done.}}}
"""
SCHEMES = """\
components:
  securitySchemes:
    bearerAuth: {type: http, scheme: bearer}
    oauth:
      type: oauth2
      flows: {implicit: {authorizationUrl: 'https://id.example.com', scopes: {}}}
    openId: {type: openIdConnect, openIdConnectUrl: 'https://id.example.com'}
    key: {type: apiKey, in: header, name: X-Key}
    digest: {type: http, scheme: digest}
"""
USUAL = [
    *("token", "base_url", "timeout", "max_retries", "max_response_bytes"),
    *("http_client", "default_headers", "on_attempt"),
]


def document(one: str = "", two: str = "", schemes: str = SCHEMES) -> str:
    texts = [f"security: {each}," if each else "" for each in (one, two)]
    return HEAD + PATHS % tuple(texts) + schemes


TOKEN_ONLY = {
    "a bearer scheme": document("[{bearerAuth: []}]", "[]"),
    "OAuth without a flow of the client's own": document("[{oauth: []}]"),
    "one token by several names": document(
        "[{bearerAuth: []}, {oauth: []}]", "[{openId: []}, {oauth: []}, {bearerAuth: []}, {}]"
    ).replace("[{openId: []}, ", "["),
    "tokens that are asked for together": document("[{bearerAuth: [], oauth: []}]"),
    "no scheme at all": document(schemes=""),
}


@pytest.mark.parametrize("name", TOKEN_ONLY)
def test_single_token_is_the_first_argument(tmp_path: Path, name: str) -> None:
    with generated_package(tmp_path, TOKEN_ONLY[name]) as pets:
        assert list(inspect.signature(pets.Client).parameters) == USUAL
        assert list(inspect.signature(pets.AsyncClient).parameters) == USUAL


def test_different_tokens_are_named_after_their_schemes(tmp_path: Path) -> None:
    text = document("[{bearerAuth: []}]", "[{oauth: []}]")
    with generated_package(tmp_path, text) as pets:
        assert list(inspect.signature(pets.Client).parameters) == [
            "bearer_auth",
            "oauth",
            *USUAL[1:],
        ]


def test_single_api_key_is_named_api_key(tmp_path: Path) -> None:
    with generated_package(tmp_path, document("[{key: []}]", "[{bearerAuth: []}]")) as pets:
        assert list(inspect.signature(pets.Client).parameters) == ["token", "api_key", *USUAL[1:]]


@pytest.mark.parametrize("text", [document(schemes=""), document()])
@pytest.mark.parametrize("way", list(Way))
def test_credentials_are_sent_where_no_security_is_documented(
    tmp_path: Path, server: Server, text: str, way: Way
) -> None:
    server.always(Answer(status=204))
    with generated_package(tmp_path, text) as pets:
        given = "token" if "token" in inspect.signature(pets.Client).parameters else "oauth"
        PackageCaller(pets, way, server.url, {given: TOKEN})(lambda client: client.pets.one())
        PackageCaller(pets, way, server.url, {})(lambda client: client.pets.one())
    sent = [each.headers.get("authorization") for each in server.requests]
    assert sent == [f"Bearer {TOKEN}", None]


@pytest.mark.parametrize("security", ["[{bearerAuth: []}, {}]", "[{}, {bearerAuth: []}]"])
def test_optional_token_is_sent_if_available(tmp_path: Path, server: Server, security: str) -> None:
    server.always(Answer(status=204))
    with generated_package(tmp_path, document(security, "[]")) as pets:
        for options in ({"token": TOKEN}, {}):
            with pets.Client(base_url=server.url, **options) as client:
                client.pets.one()
                client.pets.two()
    sent = [each.headers.get("authorization") for each in server.requests]
    assert sent == [f"Bearer {TOKEN}", None, None, None]


def test_unsupported_scheme_is_an_error_at_its_position(new_project: Project) -> None:
    text = document("[{digest: []}]", "[{digest: []}, {bearerAuth: []}]")
    new_project.spec.write_text(text, "utf-8")
    config = new_project.root / "pyproject.toml"
    config.write_text(config.read_text("utf-8").replace("strict = true\n", ""), "utf-8")
    ended = new_project.run("generate")
    assert ended.code == 2
    assert "openapi.yaml:6:5: error U903: cannot send the credentials of digest" in ended.err
    ended = new_project.run("generate", "--allow-partial")
    assert ended.code == 0
    assert ended.out.endswith("1 of 2 operations generated\n")


SHARED = f"{SCHEMES}    raw: {{type: apiKey, in: header, name: Authorization}}\n"


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ({"token": "t"}, "Bearer t"),
        ({"api_key": "Custom k"}, "Custom k"),
        ({"token": "t", "api_key": "k"}, "Bearer t"),
    ],
)
def test_passed_one_of_the_credentials_that_share_a_header_is_sent(
    tmp_path: Path, server: Server, given: dict[str, str], sent: str
) -> None:
    server.always(Answer(status=204))
    with generated_package(tmp_path, document("[{bearerAuth: [], raw: []}]", "[]", SHARED)) as pets:
        PackageCaller(pets, Way.SYNC, server.url, given)(lambda client: client.pets.one())
        assert server.last.headers["authorization"] == sent
        with pytest.raises(pets.PetsError, match=r"pass token=.*; or api_key=.*"):
            PackageCaller(pets, Way.SYNC, server.url, {})(lambda client: client.pets.one())


def test_credentials_that_share_a_header_are_reported(new_project: Project) -> None:
    new_project.spec.write_text(document("[{bearerAuth: [], raw: []}]", schemes=SHARED), "utf-8")
    config = new_project.root / "pyproject.toml"
    config.write_text(config.read_text("utf-8").replace("strict = true\n", ""), "utf-8")
    errors = new_project.run("generate").err
    assert "openapi.yaml:6:5: warning U911: security schemes 'bearerAuth' and 'raw' are" in errors
    assert "share the header 'authorization'" in errors
