"""Markdown pages that the generator writes beside a package."""

from __future__ import annotations

import inspect
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import pytest

from generator import pipeline
from generator.render.texts.markdown import from_docstring
from losant_audit_log import AuditLog
from losant_audit_log.resources.audit_logs import AuditLogsResource
from losant_audit_log.testing import mock_transport
from tests.support.checkers import lines_with_errors
from tests.support.paths import PACKAGE, ROOT
from tests.support.planning import HEAD
from tests.support.programs import Program
from tests.support.rich_document import rich_document
from tests.support.served import serve
from tests.support.server import Answer, Server

OURS = ROOT / "generated" / "docs"


@pytest.fixture(params=["ours", "rich"])
def pages(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    """The pages of a documentation by their paths; the package is in `packages` beside them."""
    if request.param == "ours":
        return {
            path.relative_to(OURS).as_posix(): path.read_text("utf-8")
            for path in OURS.rglob("*.md")
        }
    document = tmp_path / "openapi.yaml"
    document.write_text(json.dumps(rich_document()), "utf-8")
    outcome = pipeline.build(document, "pets", strict=False, docs=True)
    for name, content in outcome.files.items():
        file = tmp_path / "packages" / "pets" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    found = outcome.documentation.items()
    return {path: text.decode() for path, text in found if path.endswith(".md")}


def test_every_page_has_one_title_and_no_skipped_heading(pages: dict[str, str]) -> None:
    for path, text in pages.items():
        prose = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
        levels = [len(each) for each in re.findall(r"^(#+) ", prose, re.MULTILINE)]
        assert levels[0] == 1, path
        assert levels.count(1) == 1, path
        assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.long
def test_every_program_on_a_page_passes_strict_type_checks(
    pages: dict[str, str], tmp_path: Path
) -> None:
    packages = tmp_path / "packages"
    folder = tmp_path / "programs"
    folder.mkdir()
    texts = [text for path, text in pages.items() if path != "recipes.md"]
    found = dict.fromkeys(
        program
        for text in texts
        for program in re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
        if "=..." not in program  # A placeholder for an argument of any type.
        and "import pandas" not in program  # It has no stubs.
        and "pyspark" not in program  # It is an extra.
    )
    assert found
    for number, program in enumerate(found):
        (folder / f"program_{number}.py").write_text(program, "utf-8")
    where = packages if packages.exists() else PACKAGE.parent
    assert not any(lines_with_errors(folder, "mypy", where).values())


def test_every_method_has_a_section_with_its_request_and_an_example(pages: dict[str, str]) -> None:
    resources = {path: text for path, text in pages.items() if path.startswith("resources/")}
    assert resources
    for text in resources.values():
        for section in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
            assert re.search(r"^`(GET|POST|PUT|PATCH|DELETE) /", section, re.MULTILINE), section
            assert "### Arguments" in section
            assert "### Example" in section
            assert "curl" in section


def test_section_of_a_method_names_the_fields_of_its_response() -> None:
    text = (OURS / "resources" / "audit_logs.md").read_text("utf-8")
    found = re.findall(
        r"^\[`AuditLog`\]\(../models.md#auditlog\) has the fields (.*)", text, re.MULTILINE
    )
    assert len(found) == 2
    for listed in found:
        fields = re.findall(r"`(\w+)`", listed)
        assert {"creation_date", "actor_name", "request_action"} <= set(fields)
        assert all(hasattr(AuditLog, each) for each in fields)


def test_section_of_a_method_names_fields_of_a_response_without_a_description(
    tmp_path: Path,
) -> None:
    content = "content: {application/json: {schema: {$ref: '#/components/schemas/%s'}}}"
    written = "".join(
        f"  /{name}: {{get: {{operationId: pets.{name}, "
        f"responses: {{'200': {{description: OK, {content % name.title()}}}}}}}}}\n"
        for name in ("cat", "dog")
    )
    schemas = (
        "Cat: {type: object, properties: {age: {type: integer}}}, "
        "Dog: {type: object, additionalProperties: false}"
    )
    document = tmp_path / "openapi.yaml"
    document.write_text(f"{HEAD}paths:\n{written}components: {{schemas: {{{schemas}}}}}\n", "utf-8")
    outcome = pipeline.build(document, "pets", strict=False, docs=True)
    text = outcome.documentation["resources/pets.md"].decode()
    assert "### Returns\n\n[`Cat`](../models.md#cat) has the fields `age`.\n" in text
    assert text.count("### Returns") == 1


def test_walks_and_follows_have_sections_with_their_arguments() -> None:
    text = (OURS / "resources" / "audit_logs.md").read_text("utf-8")
    sections = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))
    assert list(sections) == ["get", "list", "walk", "follow"]
    for method in ("walk", "follow"):
        documented = set(re.findall(r"^\| `\**(\w+)` \|", sections[method], re.MULTILINE))
        parameters = inspect.signature(getattr(AuditLogsResource, method)).parameters
        assert documented >= set(parameters) - {"self"}


def test_every_page_is_one_click_from_the_overview() -> None:
    links = set(re.findall(r"\]\(([\w/-]+\.md)\)", (OURS / "index.md").read_text("utf-8")))
    pages = {path.relative_to(OURS).as_posix() for path in OURS.rglob("*.md")}
    assert pages - links == {"index.md"}


def test_every_guide_names_the_pages_to_read_next() -> None:
    configuration = (OURS / "mkdocs.yml").read_text("utf-8")
    guides = re.findall(
        r"^      - .*: ([\w-]+\.md)$", configuration.partition("Reference:")[0], re.MULTILINE
    )
    assert len(guides) > 8
    for path in guides:
        following = (OURS / path).read_text("utf-8").partition("\n## Next steps\n")[2]
        assert re.search(r"^- \[.+\]\(.+\.md\): .+$", following, re.MULTILINE), path


def test_navigation_lists_every_page_of_our_documentation() -> None:
    configuration = (OURS / "mkdocs.yml").read_text("utf-8")
    listed = re.findall(r": ([\w/-]+\.md)$", configuration, re.MULTILINE)
    assert sorted(listed) == sorted(
        path.relative_to(OURS).as_posix() for path in OURS.rglob("*.md")
    )


def test_full_summary_contains_every_page() -> None:
    summary = (OURS / "llms-full.txt").read_text("utf-8")
    for path in OURS.rglob("*.md"):
        assert path.read_text("utf-8").strip() in summary


def test_short_summary_links_to_every_page() -> None:
    links = re.findall(r"\]\(([^)]+)\)", (OURS / "llms.txt").read_text("utf-8"))
    assert sorted(links) == sorted(path.relative_to(OURS).as_posix() for path in OURS.rglob("*.md"))


@pytest.mark.long
@pytest.mark.parametrize("path", sorted(OURS.glob("resources/*.md")), ids=lambda path: path.stem)
def test_every_example_and_command_of_a_resource_page_runs(path: Path) -> None:
    text = path.read_text("utf-8")
    programs = re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    commands = re.findall(r"^(losant-audit-log .*)$", text, re.MULTILINE)
    assert len(programs) == len(commands) == len(re.findall(r"^## ", text, re.MULTILINE))
    programs = [each for each in programs if ".follow(" not in each]  # It never ends; a recipe has
    commands = [each for each in commands if " follow " not in each]  # a test of its own.
    names = ["AUDIT_LOG_ID", "INSTANCE_AUDIT_LOG_ID", "INSTANCE_ID", "ORG_ID"]
    ids = dict.fromkeys(names, "575ed6e87ae143cd83dc4aa8")
    with serve(mock_transport()) as server:
        program = Program(server.url)
        for code in programs:
            done = subprocess.run(
                [sys.executable, "-c", replace_placeholders(code, ids)],
                env=program.variables,
                capture_output=True,
                text=True,
                check=False,
            )
            assert (done.returncode, done.stderr) == (0, ""), code
            assert re.search(r"^[A-Z]\w+\(", done.stdout, re.MULTILINE), done.stdout
        for command in commands:
            ended = program(*shlex.split(replace_placeholders(command, ids))[1:])
            assert (ended.code, ended.err) == (0, ""), command
            assert ended.out


def replace_placeholders(text: str, values: Mapping[str, str]) -> str:
    """Return a text with values in the place of its placeholders."""
    for name, value in values.items():
        text = re.sub(rf"\b{name}\b", value, text)
    return text


def test_curl_command_sends_credentials_required_arguments_and_body(
    tmp_path: Path, server: Server
) -> None:
    document = tmp_path / "openapi.yaml"
    document.write_text(
        f"""{HEAD}security: [{{key: []}}]
components:
  securitySchemes:
    key: {{type: apiKey, in: header, name: X-Key}}
    secret: {{type: apiKey, in: query, name: secret}}
    login: {{type: http, scheme: basic}}
    other: {{type: http, scheme: Token}}
paths:
  /pets:
    get:
      operationId: pets.list
      parameters: [{{name: ownerId, in: query, required: true, schema: {{type: string}}}}]
      responses: {{'204': {{description: Fine.}}}}
    post:
      operationId: pets.add
      security: [{{secret: []}}]
      requestBody:
        content:
          application/json: {{schema: {{type: object}}, example: {{name: Rex's bone, age: 3}}}}
      responses: {{'204': {{description: Fine.}}}}
    put:
      operationId: pets.replace
      security: [{{login: []}}]
      requestBody:
        content:
          multipart/form-data:
            schema:
              type: object
              required: [photo, petName]
              properties:
                photo: {{type: string, format: binary}}
                petName: {{type: string}}
                age: {{type: integer}}
      responses: {{'204': {{description: Fine.}}}}
    patch:
      operationId: pets.change
      security: [{{other: []}}]
      requestBody:
        content:
          application/x-www-form-urlencoded:
            schema: {{type: object, properties: {{age: {{type: integer}}}}}}
            example: {{age: 4}}
      responses: {{'204': {{description: Fine.}}}}
  /photos:
    put:
      operationId: photos.replace
      security: []
      requestBody: {{content: {{image/png: {{}}}}}}
      responses: {{'204': {{description: Fine.}}}}
    post:
      operationId: photos.add
      security: []
      requestBody: {{content: {{multipart/form-data: {{}}}}}}
      responses: {{'204': {{description: Fine.}}}}
""",
        "utf-8",
    )
    outcome = pipeline.build(document, "pets", strict=False, docs=True)
    commands = {
        line
        for text in outcome.documentation.values()
        for line in text.decode().splitlines()
        if line.startswith("curl")
    }
    photos = "'https://pets.example.com/photos'"
    example = """-d '{"name": "Rex'"'"'s bone", "age": 3}'"""
    pets = "'https://pets.example.com/pets'"
    json_type, form = "-H 'Content-Type: application/json'", "--data-urlencode age=4"
    assert commands == {
        f'curl -H "X-Key: $PETS_KEY" --url-query ownerId=OWNER_ID {pets}',
        f'curl -X POST --url-query "secret=$PETS_SECRET" {json_type} {example} {pets}',
        f'curl -X PUT -u "$PETS_USERNAME:$PETS_PASSWORD" -F photo=@FILE -F petName=PET_NAME {pets}',
        f'curl -X PATCH -H "Authorization: Token $PETS_AUTHORIZATION" {form} {pets}',
        f"curl -X PUT -H 'Content-Type: image/png' --data-binary @FILE {photos}",
        f"curl -X POST -H 'Content-Type: multipart/form-data' --data-binary @FILE {photos}",
    }
    if shutil.which("curl") is None:  # Part of Debian, but not of every system.
        pytest.skip("curl is not installed")
    server.always(Answer(status=204))
    (tmp_path / "FILE").write_bytes(b"\x89PNG")
    names = ["KEY", "SECRET", "USERNAME", "PASSWORD", "AUTHORIZATION"]
    for command in commands:
        subprocess.run(
            ["sh", "-c", command.replace("https://pets.example.com", server.url)],
            cwd=tmp_path,
            env={**os.environ, **{f"PETS_{name}": name.lower() for name in names}},
            capture_output=True,
            check=True,
        )
    sent = {f"{each.method} {each.path}": each for each in server.requests}
    assert len(sent) == len(commands)
    assert sent["GET /pets"].query == "ownerId=OWNER_ID"
    assert sent["GET /pets"].headers["x-key"] == "key"
    assert sent["POST /pets"].query == "secret=secret"
    assert json.loads(sent["POST /pets"].body) == {"name": "Rex's bone", "age": 3}
    assert sent["PUT /pets"].headers["authorization"] == "Basic dXNlcm5hbWU6cGFzc3dvcmQ="
    assert b'name="photo"' in sent["PUT /pets"].body
    assert sent["PATCH /pets"].headers["authorization"] == "Token authorization"
    assert sent["PATCH /pets"].body == b"age=4"
    assert sent["PUT /photos"].body == sent["POST /photos"].body == b"\x89PNG"


def test_curl_command_of_a_public_operation_has_no_token(tmp_path: Path) -> None:
    document = tmp_path / "openapi.yaml"
    document.write_text(json.dumps(rich_document()), "utf-8")
    outcome = pipeline.build(document, "pets", strict=False, docs=True)
    text = outcome.documentation["resources/pets.md"].decode()
    [command] = re.findall(r"^curl -X POST .*/pets'$", text, re.MULTILINE)
    assert "Authorization" not in command
    assert shlex.split(command)[-2] == '{"petNo": "ab12", "called": "Rex"}'


def test_returned_value_with_a_colon_is_a_paragraph() -> None:
    text = from_docstring("Returns:\n    Pets: one or two.\n\nRaises:\n    Error: 4|4.")
    assert text.splitlines() == [
        "### Returns",
        "",
        "Pets: one or two.",
        "",
        "### Errors",
        "",
        "| name | description |",
        "| --- | --- |",
        "| `Error` | 4\\|4. |",
    ]
