"""Archives of a document with nested ids, several path arguments and credentials."""

from __future__ import annotations

import datetime as dt
import json
import re
import shlex
from collections.abc import Generator
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from tests.cases.command_line.conftest import command_package
from tests.support.archive_verifier import judge
from tests.support.programs import Program
from tests.support.server import Answer, Recorded, Server, json_answer

pytestmark = pytest.mark.long

DOCUMENT = """\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: https://pets.example.com}]
security: [{bearer: []}, {key: []}, {basic: []}]
components:
  securitySchemes:
    bearer: {type: http, scheme: bearer}
    key: {type: apiKey, in: header, name: X-Key}
    basic: {type: http, scheme: basic}
  schemas:
    Event:
      type: object
      required: [about]
      properties:
        about:
          type: object
          properties: {uid: {type: string}, at: {type: string, format: date-time}}
        text: {type: string}
    Events:
      type: object
      properties:
        data:
          type: object
          properties:
            rows: {type: array, items: {$ref: '#/components/schemas/Event'}}
            count: {type: integer}
  parameters:
    tenant: {name: tenant, in: path, required: true, schema: {type: string}}
    region: {name: region, in: path, required: true, schema: {type: string}}
    since: {name: since, in: query, schema: {type: integer}}
    until: {name: until, in: query, schema: {type: integer}}
    page: {name: p, in: query, schema: {type: integer}}
    size: {name: n, in: query, schema: {type: integer}}
    order: {name: order, in: query, schema: {type: string, enum: [asc, desc]}}
paths:
  /t/{tenant}/r/{region}/events:
    get: &list
      operationId: events.search
      summary: Search events
      parameters: &parameters
        - {$ref: '#/components/parameters/tenant'}
        - {$ref: '#/components/parameters/region'}
        - {$ref: '#/components/parameters/since'}
        - {$ref: '#/components/parameters/until'}
        - {$ref: '#/components/parameters/page'}
        - {$ref: '#/components/parameters/size'}
        - {$ref: '#/components/parameters/order'}
      x-pagination:
        style: page
        request: {page: {parameter: p, first: 0}, size: {parameter: n}}
        response: {items: /data/rows, total: /data/count}
        item: {id: /about/uid, time: /about/at}
        order: {direction: {parameter: order, ascending: asc, descending: desc}}
        window:
          from: {parameter: since}
          to: {parameter: until}
          bounds: half-open
          unit: epoch-seconds
          retention: P90D
      responses:
        '200':
          description: Events.
          content: {application/json: {schema: {$ref: '#/components/schemas/Events'}}}
    post:
      operationId: events.export
      parameters:
        - {$ref: '#/components/parameters/tenant'}
        - {$ref: '#/components/parameters/region'}
        - {name: body, in: query, schema: {type: string}}
      requestBody:
        required: true
        description: Its header Content-Type is chosen.
        content: {application/json: {schema: {$ref: '#/components/schemas/Event'}}}
      responses: {'204': {description: Exported.}}
  /shared/t/{tenant}/r/{region}:
    get:
      <<: *list
      operationId: shared.list
      parameters:
        - {$ref: '#/components/parameters/tenant'}
        - {$ref: '#/components/parameters/region'}
        - {$ref: '#/components/parameters/since'}
        - {$ref: '#/components/parameters/until'}
        - {$ref: '#/components/parameters/page'}
        - {$ref: '#/components/parameters/size'}
        - {$ref: '#/components/parameters/order'}
        - {name: owner, in: query, required: true, schema: {type: string}}
"""
LOG = ("a/b c", "é.x")
DAY = 86_400


def rows() -> dict[int, dict[str, object]]:
    """Make entries of the last days by their times, the oldest first."""
    today = int(dt.datetime.now(dt.UTC).timestamp()) // DAY * DAY
    times = (today - 6 * DAY + number * DAY // 4 for number in range(24))
    return {
        at: {"about": {"uid": f"u{at}", "at": dt.datetime.fromtimestamp(at, dt.UTC).isoformat()}}
        for at in times
    }


def respond(request: Recorded) -> Answer:
    """Return a page of the events."""
    query = dict(parse_qsl(request.query))
    since, until = int(query.get("since", 0)), int(query.get("until", 1 << 40))
    found = [each for at, each in rows().items() if since <= at < until]
    if query.get("order") != "asc":
        found.reverse()
    page, size = int(query.get("p", 0)), int(query.get("n", 5))
    items = found[page * size : (page + 1) * size]
    return json_answer({"data": {"rows": items, "count": len(found)}})


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Generator[Program, None, None]:
    """The program of the document."""
    with command_package(tmp_path_factory.mktemp("pets"), DOCUMENT) as program:
        yield program


def with_variables(package: Program, server: Server, variables: dict[str, str]) -> Program:
    """Return the program with a server and credentials."""
    server.always(respond)
    environment = {"PETS_API_URL": server.url, **variables}
    return Program(name="pets", folder=package.folder, environment=environment)


@pytest.fixture
def program(package: Program, server: Server) -> Program:
    """The program with a token."""
    return with_variables(package, server, {"PETS_API_TOKEN": "t-1"})


def test_log_with_several_path_arguments_is_archived(program: Program, tmp_path: Path) -> None:
    folder = tmp_path / "a"
    ended = program("events", "export-search", *LOG, "--to", str(folder), "--start", "8d")
    assert ended.code == 0, ended.err
    header = json.loads((folder / "archive.json").read_text("utf-8"))
    assert header["origin"] == "pets/events.search/a%2Fb%20c/%C3%A9.x"
    assert header["arguments"] == {"tenant": "a/b c", "region": "é.x"}
    assert header["item"] == {"id": "/about/uid", "time": "/about/at"}
    assert header["window"] == {"from": "since", "to": "until", "retention": "P90D"}
    assert judge(folder) == []
    ended = program("archive", "verify", str(folder), "--recount", "--refetch", "50%")
    assert (ended.code, "integrity: holds" in ended.out) == (0, True)
    ids = [json.loads(each)["about"]["uid"] for each in _lines(program, folder)]
    assert ids == [f"u{at}" for at in rows()]
    assert program("archive", "prove", str(folder), ids[0]).code == 0


def test_archive_with_a_start_within_a_second_begins_with_that_second(
    program: Program, tmp_path: Path
) -> None:
    """The service counts the entries of whole seconds."""
    folder, first = tmp_path / "a", min(rows())
    start = dt.datetime.fromtimestamp(first + 0.5, dt.UTC).isoformat()
    ended = program("events", "export-search", *LOG, "--to", str(folder), "--start", start)
    assert ended.code == 0, ended.err
    assert program("archive", "verify", str(folder)).code == 0
    assert judge(folder) == []
    assert len(_lines(program, folder)) == len(rows())


def _lines(program: Program, folder: Path) -> list[str]:
    return program("archive", "read", str(folder)).out.splitlines()


def test_parameter_named_body_leaves_that_option_to_the_body(
    program: Program, server: Server
) -> None:
    server.always(Answer(status=204))
    body = '{"about": {"uid": "1"}}'
    ended = program("events", "export_", *LOG, "--body", body, "--param-body", "q")
    assert (ended.code, ended.err) == (0, "")
    assert server.last.query == "body=q"
    assert json.loads(server.last.body) == json.loads(body)


def test_token_of_several_credentials_may_be_in_a_file(
    package: Program, server: Server, tmp_path: Path
) -> None:
    (tmp_path / "token").write_text("t-2", "utf-8")
    (tmp_path / "token").chmod(0o600)
    options = ["--token-file", str(tmp_path / "token"), "--limit", "1"]
    ended = with_variables(package, server, {})("events", "search", *LOG, *options)
    assert (ended.code, ended.err) == (0, "")
    assert server.last.headers["authorization"] == "Bearer t-2"


@pytest.mark.parametrize(
    ("variables", "sent"),
    [
        ({"PETS_API_KEY": "k-1"}, {"x-key": "k-1"}),
        ({"PETS_USERNAME": "a", "PETS_PASSWORD": "b"}, {"authorization": "Basic YTpi"}),
    ],
)
def test_any_credential_suffices_for_an_export(
    package: Program,
    server: Server,
    tmp_path: Path,
    variables: dict[str, str],
    sent: dict[str, str],
) -> None:
    made = with_variables(package, server, variables)
    ended = made("events", "export-search", *LOG, "--to", str(tmp_path / "a"), "--start", "8d")
    assert (ended.code, ended.err) == (0, "")
    assert sent.items() <= server.last.headers.items()


def test_missing_credentials_are_named_by_their_variables(
    package: Program, server: Server, tmp_path: Path
) -> None:
    made = with_variables(package, server, {})
    ended = made("events", "export-search", *LOG, "--to", str(tmp_path / "a"))
    variables = "PETS_API_TOKEN; or PETS_API_KEY; or PETS_USERNAME, PETS_PASSWORD"
    files = "or use --token-file FILE or --token-command COMMAND"
    location = f"{tmp_path / 'a'}"
    assert ended.err == f"error: {location}: missing credentials: set {variables}, {files}\n"
    assert (ended.code, [*tmp_path.iterdir()]) == (2, [])


def test_help_names_the_variables_of_all_credentials(package: Program) -> None:
    variables = "PETS_API_TOKEN, PETS_API_KEY, PETS_USERNAME, PETS_PASSWORD"
    assert f"Credentials are read from {variables}.\n" in package("--help").out


def test_list_with_a_required_filter_is_followed_but_not_archived(program: Program) -> None:
    assert program("shared", "export", *LOG, "--to", "x").code == 2
    usage = program("shared", "follow", "--help").out.partition("\n")[0]
    assert usage == "usage: pets shared follow TENANT REGION --owner TEXT [OPTIONS]"


def test_readme_calls_commands_as_they_are_named(program: Program, tmp_path: Path) -> None:
    readme = (program.folder / "pets" / "README.md").read_text("utf-8")
    commands = [
        shlex.split(each.partition("pets ")[2])
        for each in re.findall(r"^.*\bpets events export-search .*--to .*$", readme, re.MULTILINE)
        if "`" not in each
    ]
    assert len(commands) == 3  # A shell, cron and systemd.
    for words in commands:
        options = [each.replace("%d/token", str(tmp_path / "token")) for each in words]
        options[options.index("--to") + 1] = str(tmp_path / "a")
        (tmp_path / "token").write_text("t", "utf-8")
        (tmp_path / "token").chmod(0o600)
        ended = program(*options)
        assert ended.code == 0, ended.err
    container = "command: [pets, events, export-search, TENANT, REGION, --to, /archive]"
    assert container in readme
    assert 'export(client.events.walk_search, "TENANT", "REGION", "archive", warn=print)' in readme


def test_public_log_is_archived_without_a_token(server: Server, tmp_path: Path) -> None:
    secured = "security: [{bearer: []}, {key: []}, {basic: []}]"
    assert secured in DOCUMENT
    with command_package(tmp_path / "pets", DOCUMENT.replace(secured, "security: []")) as package:
        program = with_variables(package, server, {})
        ended = program("events", "export-search", *LOG, "--to", str(tmp_path / "a"))
        assert (ended.code, judge(tmp_path / "a")) == (0, [])
        assert "authorization" not in server.last.headers
        assert "--token-file" not in program("events", "export-search", "--help").out
        readme = (program.folder / "pets" / "README.md").read_text("utf-8")
        chapter = readme[readme.index("## Archiving") : readme.index("### Exit codes of an export")]
        assert not re.search("TOKEN|EnvironmentFile|LoadCredential|env:", chapter)
