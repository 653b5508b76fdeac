"""Sources of the token, which is never shown."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.support.examples import ENTRY, GET_PATH, ORG
from tests.support.programs import TOKEN, Program
from tests.support.server import Server, json_answer

GET = ("audit-logs", "get", ORG, ENTRY)
SECRET = "s3cret-t0ken"


@pytest.fixture
def program(server: Server) -> Program:
    """The program without a token."""
    server.on(GET_PATH, json_answer({"id": ENTRY}))
    return Program(server.url, environment={})


def sent_token(server: Server) -> str:
    return server.last.headers["authorization"].removeprefix("Bearer ")


def secret_file(folder: Path, text: str = f"{SECRET}\n", mode: int = 0o600) -> Path:
    path = folder / "token"
    path.write_text(text, "utf-8")
    path.chmod(mode)
    return path


def test_file_holds_the_token(program: Program, server: Server, tmp_path: Path) -> None:
    assert program(*GET, "--token-file", str(secret_file(tmp_path))).code == 0
    assert sent_token(server) == SECRET


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660])
def test_file_that_others_can_read_is_rejected(
    program: Program, server: Server, tmp_path: Path, mode: int
) -> None:
    path = secret_file(tmp_path, mode=mode)
    ended = program(*GET, "--token-file", str(path))
    assert ended.code == 2
    assert "chmod 600" in ended.err
    assert server.requests == []


@pytest.mark.parametrize(("mode", "code"), [(0o440, 0), (0o460, 2), (0o444, 2)])
def test_credential_of_systemd_may_be_read_by_its_service(
    server: Server, tmp_path: Path, mode: int, code: int
) -> None:
    server.on(GET_PATH, json_answer({"id": ENTRY}))
    path = secret_file(tmp_path, mode=mode)
    variables = {"CREDENTIALS_DIRECTORY": str(tmp_path)}
    ended = Program(server.url, environment=variables)(*GET, "--token-file", str(path))
    assert ended.code == code, ended.err
    variables = {"CREDENTIALS_DIRECTORY": str(tmp_path.parent)}
    ended = Program(server.url, environment=variables)(*GET, "--token-file", str(path))
    assert ended.code == 2


@pytest.mark.parametrize("text", ["", "\n", "two words", "two\nlines"])
def test_file_without_one_token_is_rejected(program: Program, tmp_path: Path, text: str) -> None:
    ended = program(*GET, "--token-file", str(secret_file(tmp_path, text)))
    assert ended.code == 2
    assert "two" not in ended.err


@pytest.mark.parametrize("option", ["--token-file", "--token-command"])
def test_empty_source_is_rejected(program: Program, option: str) -> None:
    ended = program(*GET, option, " ")
    assert (ended.code, ended.err) == (2, f"error: {option}: the value is empty; pass a value\n")


def test_missing_file_is_named(program: Program) -> None:
    ended = program(*GET, "--token-file", "none")
    assert (ended.code, "'none'" in ended.err) == (2, True)


def test_command_prints_the_token(program: Program, server: Server) -> None:
    command = f"{sys.executable} -c 'print(\"{SECRET}\")'"
    assert program(*GET, "--token-command", command).code == 0
    assert sent_token(server) == SECRET


@pytest.mark.parametrize("command", ["false", "no-such-command-here", "'unclosed", "", "true"])
def test_command_that_fails_is_an_error(program: Program, server: Server, command: str) -> None:
    ended = program(*GET, "--token-command", command)
    assert ended.code == 2
    assert ended.err.startswith("error: --token-command: ")
    assert server.requests == []


def test_environment_comes_before_file_and_command(server: Server, tmp_path: Path) -> None:
    server.on(GET_PATH, json_answer({"id": ENTRY}))
    path = str(secret_file(tmp_path))
    ended = Program(server.url)(*GET, "--token-file", path, "--token-command", "false")
    assert (ended.code, sent_token(server)) == (0, TOKEN)


def test_file_comes_before_the_command(program: Program, server: Server, tmp_path: Path) -> None:
    path = str(secret_file(tmp_path))
    assert program(*GET, "--token-command", "false", "--token-file", path).code == 0
    assert sent_token(server) == SECRET


@pytest.mark.parametrize(
    "arguments",
    [
        ["--token", SECRET, *GET],
        [*GET, "--token", SECRET],
        [*GET, f"--token={SECRET}"],
        ["--token", SECRET],
        [*GET, "--output", "json", "--token", SECRET],
    ],
)
def test_token_on_the_command_line_is_rejected(program: Program, arguments: list[str]) -> None:
    ended = program(*arguments)
    assert ended.code == 2
    assert "--token-file" in ended.err
    assert SECRET not in ended.out + ended.err


@pytest.mark.parametrize(
    "arguments",
    [
        [f"--tokn={SECRET}", *GET],
        [*GET, "--tokn", SECRET],
        [*GET, f"--tok={SECRET}"],
        [*GET, "--api-token", SECRET],
        [*GET, f"--token-value={SECRET}"],
    ],
)
def test_value_of_a_misspelt_option_is_not_shown(program: Program, arguments: list[str]) -> None:
    ended = program(*arguments)
    assert ended.code == 2
    assert SECRET not in ended.out + ended.err


def test_no_help_offers_the_token_as_an_option(program: Program) -> None:
    assert "--token " not in program("audit-logs", "list", "--help").out
    assert "--token " not in program("completion", "bash").out.replace('"', " ")
