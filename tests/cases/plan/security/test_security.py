"""Credentials of a client: arguments, schemes, and those of each operation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from generator import pipeline
from generator.normalize.operations import OperationReading
from generator.normalize.security import SchemeReading, schemes
from generator.planning.security import (
    Security,
    compatible_schemes,
    conflicts,
    is_sendable,
    plan_security,
)
from tests.support.planning import HEAD, plan_document

TOKEN_URL = "https://id.example.com/token"
MACHINE = f"type: oauth2, flows: {{clientCredentials: {{tokenUrl: '{TOKEN_URL}', scopes: {{}}}}}}"
PERSON = "type: oauth2, flows: {implicit: {authorizationUrl: 'https://id.example.com', scopes: {}}}"
SCHEMES = {
    "bearerAuth": "type: http, scheme: bearer",
    "person": PERSON,
    "machine": MACHINE,
    "robot": MACHINE,
    "headerKey": "type: apiKey, in: header, name: X-Key",
    "queryKey": "type: apiKey, in: query, name: my key",
    "cookieKey": "type: apiKey, in: cookie, name: session",
    "apiToken": "type: apiKey, in: header, name: X-Api-Token",
    "clientId": "type: apiKey, in: header, name: X-Client-Id",
    "basic": "type: apiKey, in: header, name: X-Basic",
    "timeout": "type: apiKey, in: header, name: X-Timeout",
    "password": "type: http, scheme: basic",
    "staff": "type: http, scheme: basic",
    "word": "type: http, scheme: GenieKey",
    "phrase": "type: http, scheme: Phrase",
    "tls": "type: mutualTLS",
}
TOKEN = "TokenSource | None"
TEXT = "str | None"


class Planned:
    """The plan for a document.

    Attributes:
        security: The plan.
        sent: The alternatives that each operation sends.
        curl: The options of curl for each operation.
    """

    def __init__(self, security: Security, operations: Sequence[OperationReading]) -> None:
        self.security = security
        self.sent = [security.alternatives(each) for each in operations]
        self.curl = [security.curl(each) for each in operations]

    @property
    def schemes(self) -> dict[str, str]:
        """The security schemes by argument name."""
        assert len(dict(self.security.schemes)) == len(self.security.schemes)
        return dict(self.security.schemes)

    @property
    def arguments(self) -> list[tuple[str, str, str]]:
        """The names, types and environment variables of the client's arguments."""
        return [(each.name, each.annotation, each.variable) for each in self.security.credentials]

    @property
    def names(self) -> list[str]:
        """The names of the client's arguments."""
        return [name for name, _, _ in self.arguments]

    @property
    def docs(self) -> dict[str, str]:
        """The descriptions of the client's arguments."""
        return {each.name: each.doc for each in self.security.credentials}


Plan = Callable[..., Planned]


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    """Plans operations with these security requirements; `None` omits the member."""

    def make(*needs: str | None, more: dict[str, str] | None = None) -> Planned:
        listed = "".join(
            f"    {name}: {{{each}}}\n" for name, each in (SCHEMES | (more or {})).items()
        )
        paths = "".join(
            f"  /{number}: {{get: {{operationId: pets.get{number}, "
            f"{f'security: {each}, ' if each else ''}"
            "responses: {'204': {description: Fine.}}}}\n"
            for number, each in enumerate(needs)
        )
        components = f"components:\n  securitySchemes:\n{listed}" if any(needs) else ""
        normalized, _ = plan_document(tmp_path, f"paths:\n{paths}{components}")
        found = plan_security(schemes(normalized.document), normalized.operations, "PETS")
        return Planned(found, normalized.operations)

    return make


def test_document_without_schemes_accepts_a_token(plan: Plan) -> None:
    found = plan(None)
    assert found.security.has_single_token
    assert (found.schemes, found.arguments) == ({}, [])
    assert found.sent == [(("token",), ())]


def test_operation_without_requirements_sends_nothing(plan: Plan) -> None:
    found = plan("[{bearerAuth: []}]", "[]")
    assert found.sent == [(("token",),), ()]
    assert plan("[]").sent == [()]


@pytest.mark.parametrize(
    "security",
    [
        "[{bearerAuth: []}]",
        "[{person: []}]",
        "[{bearerAuth: []}, {person: []}]",
        "[{bearerAuth: [], person: []}]",
        "[{bearerAuth: [], tls: []}]",
    ],
)
def test_single_bearer_token_is_the_only_argument(plan: Plan, security: str) -> None:
    found = plan(security, "[]")
    assert found.security.has_single_token
    assert found.schemes == {"token": "HttpScheme(argument='token', variable='PETS_API_TOKEN')"}
    assert found.arguments == [("token", TOKEN, "PETS_API_TOKEN")]
    assert found.sent == [(("token",),), ()]


@pytest.mark.parametrize(
    "security",
    [
        "[{machine: []}]",
        "[{headerKey: []}]",
        "[{bearerAuth: []}, {headerKey: []}]",
        "[{password: []}]",
        "[{word: []}]",
    ],
)
def test_other_schemes_than_a_bearer_token_need_named_arguments(plan: Plan, security: str) -> None:
    assert not plan(security).security.has_single_token


def test_mutual_tls_is_no_argument(plan: Plan) -> None:
    found = plan("[{tls: []}]", "[{tls: [], headerKey: []}]")
    assert not found.security.has_single_token
    assert found.names == ["api_key"]
    assert found.sent == [((),), (("api_key",),)]


def test_document_with_mutual_tls_only_accepts_a_token(plan: Plan) -> None:
    found = plan("[{tls: []}]")
    assert found.security.has_single_token
    assert (found.schemes, found.arguments) == ({}, [])


def test_tokens_of_different_operations_are_different_arguments(plan: Plan) -> None:
    found = plan("[{bearerAuth: []}, {person: []}]", "[{person: []}]")
    assert not found.security.has_single_token
    assert found.schemes == {
        "bearer_auth": "HttpScheme(argument='bearer_auth', variable='PETS_BEARER_AUTH')",
        "person": "HttpScheme(argument='person', variable='PETS_PERSON')",
    }
    assert found.sent == [(("bearer_auth",), ("person",)), (("person",),)]


def test_first_of_several_tokens_required_together_is_sent(plan: Plan) -> None:
    found = plan("[{person: [], headerKey: [], bearerAuth: []}]", "[{person: []}]")
    assert found.sent == [(("person", "api_key"),), (("person",),)]


@pytest.mark.parametrize("security", ["[{headerKey: []}, {}]", "[{}, {headerKey: []}]"])
def test_empty_requirement_is_the_last_alternative(plan: Plan, security: str) -> None:
    assert plan(security).sent == [(("api_key",), ())]


def test_alternatives_keep_their_order_without_duplicates(plan: Plan) -> None:
    found = plan("[{password: []}, {bearerAuth: []}, {headerKey: []}, {person: []}]")
    assert found.sent == [(("basic",), ("token",), ("api_key",))]


def test_conflicting_schemes_are_the_last_alternatives(plan: Plan) -> None:
    found = plan("[{password: [], bearerAuth: []}, {headerKey: []}]")
    assert found.sent == [(("api_key",), ("basic",), ("token",))]


def test_unsupported_scheme_is_no_alternative(plan: Plan) -> None:
    digest = {"digest": "type: http, scheme: digest"}
    found = plan("[{digest: []}, {headerKey: [], digest: []}, {headerKey: []}]", more=digest)
    assert found.names == ["api_key"]
    assert found.sent == [(("api_key",),)]


def test_api_keys_have_a_location_and_a_name(plan: Plan) -> None:
    found = plan("[{headerKey: [], queryKey: [], cookieKey: []}]")
    assert found.schemes == {
        "header_key": (
            "ApiKey(argument='header_key', variable='PETS_HEADER_KEY', location='header', "
            "name='X-Key')"
        ),
        "query_key": (
            "ApiKey(argument='query_key', variable='PETS_QUERY_KEY', location='query', "
            "name='my key')"
        ),
        "cookie_key": (
            "ApiKey(argument='cookie_key', variable='PETS_COOKIE_KEY', location='cookie', "
            "name='session')"
        ),
    }
    assert found.arguments == [
        ("header_key", TOKEN, "PETS_HEADER_KEY"),
        ("query_key", TOKEN, "PETS_QUERY_KEY"),
        ("cookie_key", TOKEN, "PETS_COOKIE_KEY"),
    ]
    assert [each.split(",")[0] for each in found.docs.values()] == [
        "The API key for the header",
        "The API key for the parameter",
        "The API key for the cookie",
    ]
    assert found.sent == [(("header_key", "query_key", "cookie_key"),)]


def test_only_scheme_of_a_kind_is_named_after_its_kind(plan: Plan) -> None:
    found = plan("[{headerKey: []}, {bearerAuth: []}, {password: []}, {word: []}]")
    assert found.arguments == [
        ("token", TOKEN, "PETS_API_TOKEN"),
        ("api_key", TOKEN, "PETS_API_KEY"),
        ("username", TEXT, "PETS_USERNAME"),
        ("password", TEXT, "PETS_PASSWORD"),
        ("authorization", TOKEN, "PETS_AUTHORIZATION"),
    ]
    assert found.sent == [(("api_key",), ("token",), ("basic",), ("authorization",))]


def test_basic_scheme_has_a_username_and_a_password(plan: Plan) -> None:
    assert plan("[{password: []}]").schemes == {
        "basic": (
            "Basic(username='username', password='password', "
            "username_variable='PETS_USERNAME', password_variable='PETS_PASSWORD')"
        )
    }


def test_several_basic_schemes_have_prefixed_arguments(plan: Plan) -> None:
    found = plan("[{password: []}, {staff: []}]")
    assert found.names == [
        "password_username",
        "password_password",
        "staff_username",
        "staff_password",
    ]
    assert found.sent == [(("password_basic",), ("staff_basic",))]


def test_other_http_schemes_have_a_scheme_name(plan: Plan) -> None:
    found = plan("[{word: []}, {phrase: []}]")
    assert found.schemes == {
        "word": "HttpScheme(argument='word', variable='PETS_WORD', scheme='GenieKey')",
        "phrase": "HttpScheme(argument='phrase', variable='PETS_PHRASE', scheme='Phrase')",
    }
    assert found.docs["word"].startswith("The credentials after `GenieKey`, or a callable ")


def test_client_credentials_have_id_secret_token_url_and_scopes(plan: Plan) -> None:
    found = plan("[{machine: []}]")
    assert found.schemes == {
        "token": (
            "ClientCredentials(argument='token', variable='PETS_API_TOKEN', "
            f"token_url='{TOKEN_URL}', variable_prefix='PETS_')"
        )
    }
    assert found.arguments == [
        ("token", TOKEN, "PETS_API_TOKEN"),
        ("client_id", TEXT, "PETS_CLIENT_ID"),
        ("client_secret", TEXT, "PETS_CLIENT_SECRET"),
        ("token_url", TEXT, "PETS_TOKEN_URL"),
        ("scopes", "str | Iterable[str] | None", ""),
    ]
    assert TOKEN_URL in found.docs["token_url"]
    assert found.sent == [(("token",),)]


def test_several_client_credentials_have_prefixed_arguments(plan: Plan) -> None:
    found = plan("[{machine: []}]", "[{robot: []}]")
    assert found.schemes["robot"] == (
        "ClientCredentials(argument='robot', variable='PETS_ROBOT', "
        f"token_url='{TOKEN_URL}', prefix='robot_', variable_prefix='PETS_ROBOT_')"
    )
    further = ("client_id", "client_secret", "token_url", "scopes")
    assert found.names == [
        *("machine", *(f"machine_{each}" for each in further)),
        *("robot", *(f"robot_{each}" for each in further)),
    ]
    assert found.arguments[6] == ("robot_client_id", TEXT, "PETS_ROBOT_CLIENT_ID")


@pytest.mark.parametrize(
    "security",
    [
        "[{bearerAuth: []}, {machine: []}]",
        "[{machine: []}, {last: []}]",
        "[{machine: []}, {robot: []}]",
    ],
)
def test_bearer_token_and_client_credentials_of_all_operations_share_an_argument(
    plan: Plan, security: str
) -> None:
    found = plan(security, more={"last": SCHEMES["bearerAuth"]})
    assert found.names == ["token", "client_id", "client_secret", "token_url", "scopes"]
    assert list(found.schemes) == ["token"]
    assert found.sent == [(("token",),)]


def test_client_credentials_beside_keys_have_prefixed_arguments(plan: Plan) -> None:
    """The run time finds the arguments by these names and the configured prefix."""
    found = plan("[{clientId: []}, {headerKey: []}, {late: []}]", more={"late": MACHINE})
    assert "prefix='token_', variable_prefix='PETS_TOKEN_'" in found.schemes["token"]
    assert found.names == [
        *("header_key", "client_id"),
        *("token", "token_client_id", "token_client_secret", "token_token_url", "token_scopes"),
    ]


def test_client_credentials_named_like_a_keyword_keep_their_prefix(plan: Plan) -> None:
    found = plan("[{global: []}]", "[{robot: []}]", more={"global": MACHINE})
    assert "prefix='global_'" in found.schemes["global_"]
    assert "global_client_id" in found.names


def test_environment_variables_of_credentials_are_unique(plan: Plan) -> None:
    found = plan("[{bearerAuth: []}, {apiToken: []}, {headerKey: []}]")
    variables = [variable for _, _, variable in found.arguments]
    assert variables == ["PETS_API_TOKEN", "PETS_HEADER_KEY", "PETS_API_TOKEN2"]


def test_token_variable_is_free_without_a_token_argument(plan: Plan) -> None:
    found = plan("[{apiToken: []}, {headerKey: []}]")
    assert found.arguments[1] == ("api_token", TOKEN, "PETS_API_TOKEN")


def test_credentials_named_like_client_arguments_get_a_suffix(plan: Plan) -> None:
    found = plan("[{timeout: []}, {self: []}]", more={"self": SCHEMES["headerKey"]})
    assert found.names == ["timeout_", "self_"]


def test_api_key_may_be_named_basic(plan: Plan) -> None:
    found = plan("[{password: []}, {basic: []}, {headerKey: []}]")
    assert set(found.schemes) == {"basic", "basic2", "header_key"}
    ((first, second, _),) = found.sent
    assert "name='X-Basic'" in found.schemes[first[0]] + found.schemes[second[0]]
    assert first != second


def test_curl_sends_the_first_alternative_from_environment_variables(plan: Plan) -> None:
    names = ("headerKey", "queryKey", "cookieKey", "person", "machine", "staff", "word")
    needs = (f"[{{{each}: []}}, {{tls: []}}]" for each in names)
    found = plan(*needs, "[{headerKey: [], person: []}]", "[]")
    key, person = '-H "X-Key: $PETS_HEADER_KEY"', '-H "Authorization: Bearer $PETS_PERSON"'
    assert found.curl == [
        (key,),
        ('--url-query "my key=$PETS_QUERY_KEY"',),
        ('-b "session=$PETS_COOKIE_KEY"',),
        (person,),
        ('-H "Authorization: Bearer $PETS_MACHINE"',),
        ('-u "$PETS_USERNAME:$PETS_PASSWORD"',),
        ('-H "Authorization: GenieKey $PETS_AUTHORIZATION"',),
        (key, person),
        (),
    ]
    assert plan(None).curl == [('-H "Authorization: Bearer $PETS_API_TOKEN"',)]


def test_descriptions_of_schemes_are_appended(plan: Plan) -> None:
    description = 'description: "From the\\nweb site.\\n\\nNot for sale."'
    found = plan(
        "[{machine: []}, {pair: []}, {key: []}, {word: []}]",
        more={
            "machine": f"type: oauth2, {description}, flows: {MACHINE.partition('flows: ')[2]}",
            "pair": f"{SCHEMES['password']}, description: For the staff.",
            "key": f"{SCHEMES['headerKey']}, {description}",
            "word": f"{SCHEMES['word']}, {description}",
        },
    )
    called = ", or a callable that returns one and is called for every attempt. From the web site."
    assert found.docs == {
        "token": f"The access token{called}",
        "client_id": "The client id, for a client that fetches tokens itself.",
        "client_secret": "The client secret that belongs to the client id.",
        "token_url": f"The token URL, if not `{TOKEN_URL}`.",
        "scopes": "The scopes to request; by default the service decides.",
        "username": "The user name. For the staff.",
        "password": "The password. For the staff.",
        "api_key": f"The API key for the header{called}",
        "authorization": f"The credentials after `GenieKey`{called}",
    }


def key(name: str, location: str = "header") -> SchemeReading:
    return SchemeReading(f"{name}-{location}", "apiKey", "", location, name)


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [
        (key("X-Key"), True),
        (key("X Key"), False),
        (key("X-Schlüssel"), False),
        (key(""), False),
        (key("session", "cookie"), True),
        (key("my session", "cookie"), False),
        (key("key", "query"), True),
        (key("my key", "query"), True),
        (key("", "query"), False),
        *((SchemeReading("s", kind, ""), True) for kind in ("bearer", "basic", "http", "none")),
        (SchemeReading("s", "unknown", ""), False),
    ],
)
def test_scheme_is_sendable_if_its_name_is_valid(scheme: SchemeReading, *, expected: bool) -> None:
    assert is_sendable(scheme) is expected


BEARER, BASIC, NONE = (SchemeReading(each, each, "") for each in ("bearer", "basic", "none"))
FLOW = SchemeReading("flow", "bearer", "")


@pytest.mark.parametrize(
    ("together", "sets", "shared"),
    [
        ([], [""], ""),
        ([BEARER, FLOW], ["bearer flow"], ""),
        ([BEARER, BASIC], ["bearer", "basic"], "header 'authorization'"),
        ([BEARER, FLOW, BASIC], ["bearer flow", "basic"], "header 'authorization'"),
        ([BEARER, NONE], ["bearer none"], ""),
        ([BEARER, key("X-Key")], ["bearer X-Key-header"], ""),
        (
            [key("Authorization"), BEARER],
            ["Authorization-header", "bearer"],
            "header 'authorization'",
        ),
        ([BEARER, key("authorization", "query")], ["bearer authorization-query"], ""),
        (
            [BEARER, key("X-Key"), key("x-key")],
            ["bearer X-Key-header", "bearer x-key-header"],
            "header 'x-key'",
        ),
        ([key("X-Key"), key("X-Key", "cookie")], ["X-Key-header X-Key-cookie"], ""),
        ([key("key", "query"), key("Key", "query")], ["key-query Key-query"], ""),
    ],
)
def test_schemes_that_share_a_location_are_alternatives(
    together: list[SchemeReading], sets: list[str], shared: str
) -> None:
    found = [
        " ".join(scheme.name for scheme in each) for each in compatible_schemes(iter(together))
    ]
    assert found == sets
    assert ", ".join(location for location, _ in conflicts(together)) == shared


def test_number_of_combinations_is_limited() -> None:
    many = [replace(key(name), name=f"{name}{number}") for name in "abcdefgh" for number in "12"]
    assert len(compatible_schemes(many)) == 64


@pytest.mark.parametrize(
    ("schemes_", "is_deprecated"),
    [
        ("a: {type: http, scheme: bearer, deprecated: true}", True),
        ("a: {type: http, scheme: bearer}", False),
        (f"a: {{type: http, scheme: bearer, deprecated: true}}, b: {{{PERSON}}}", False),
        (f"a: {{{PERSON}, deprecated: true}}, k: {{type: apiKey, in: query, name: k}}", True),
    ],
)
def test_deprecation_of_a_token_is_in_the_docstring_of_clients(
    tmp_path: Path, schemes_: str, *, is_deprecated: bool
) -> None:
    paths = "{/a: {get: {operationId: a.get, responses: {'204': {description: Ok.}}}}}"
    document = f"components: {{securitySchemes: {{{schemes_}}}}}\npaths: {paths}\n"
    (tmp_path / "openapi.yaml").write_text(f"openapi: 3.2.0\n{HEAD[15:]}{document}", "utf-8")
    files = pipeline.build(tmp_path / "openapi.yaml", "pets", strict=False).files
    assert ("eprecated" in files["client.py"].decode()) is is_deprecated


def test_scheme_of_a_requirement_may_be_named_by_its_uri(plan: Plan) -> None:
    found = plan("[{'#/components/securitySchemes/headerKey': []}]", "[{headerKey: []}]")
    assert found.names == ["api_key"]
    assert found.sent == [(("api_key",),)] * 2
