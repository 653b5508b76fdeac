"""Help, the version and completion need no network and no HTTP library."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.support.paths import PACKAGE, ROOT
from tests.support.programs import Program

PROGRAM = Program()
LISTS = """\
import sys
from losant_audit_log.__main__ import main
sys.argv = ["losant-audit-log", *sys.argv[1:]]
code = main()
print(code, sorted({"httpx", "msgspec", "losant_audit_log.client"} & set(sys.modules)))
"""


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        ["audit-logs", "--help"],
        ["audit-logs", "list", "-h"],
        ["scopes"],
        ["scopes", "auditLogs.get", "--output", "table"],
        ["scopes", "--help"],
        ["completion", "bash"],
        ["completion", "--help"],
    ],
)
def test_commands_without_requests_import_no_http_library(arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LISTS, *arguments],
        env=PROGRAM.variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.splitlines()[-1] == "0 []", done.stderr


def test_help_lists_the_commands() -> None:
    ended = PROGRAM("--help")
    assert ended.code == 0
    for command in ("audit-logs", "instance-audit-logs", "scopes", "completion", "--version"):
        assert command in ended.out


def test_help_of_an_operation_has_the_descriptions_of_the_document() -> None:
    ended = PROGRAM("audit-logs", "list", "--help")
    assert ended.code == 0
    text = " ".join(ended.out.split())
    assert "ID associated with the organization." in text
    assert "--audit-log-filter.actor.type" in text
    assert "One of: Application, Device, Flow, User, ApiToken." in text


@pytest.mark.parametrize(
    ("command", "usage"),
    [
        ("audit-logs export", "ORG_ID... --to DIR [OPTIONS]"),
        ("audit-logs follow", "ORG_ID [OPTIONS]"),
        ("scopes", "[OPERATION] [OPTIONS]"),
    ],
)
def test_usage_has_every_argument(command: str, usage: str) -> None:
    shown = PROGRAM(*command.split(), "--help").out
    assert shown.splitlines()[0] == f"usage: losant-audit-log {command} {usage}"


def test_help_has_the_forms_of_timestamps_and_durations() -> None:
    text = " ".join(PROGRAM("audit-logs", "follow", "--help").out.split())
    assert "--start TIME The time of the first entries. Default: now." in text
    assert text.endswith(
        "A TIME is 2026-11-26T08:00:00Z, 2026-11-26 (UTC), now, or an age: 90s, 15m, 6h, 7d. "
        "A DURATION is a number with a unit: 90s, 15m, 6h, 7d."
    )
    assert "datetime" not in PROGRAM("audit-logs", "list", "--help").out


def test_help_names_the_variable_of_the_token() -> None:
    assert "LOSANT_API_TOKEN" in PROGRAM("--help").out


def test_help_after_two_hyphens_is_an_argument() -> None:
    ended = PROGRAM("audit-logs", "get", "--", "--help")
    assert ended.code == 2


def test_version_is_that_of_the_package() -> None:
    assert PROGRAM("--version").out == "losant-audit-log 0.1.0\n"


def test_console_script_is_the_configured_command() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    command = project["tool"]["generator"]["command"]
    assert project["project"]["scripts"] == {command: "losant_audit_log.__main__:main"}


def test_package_without_a_command_has_no_command_line(tmp_path: Path) -> None:
    from tests.support.cli import project

    with pytest.MonkeyPatch.context() as patch:
        made = project(tmp_path, patch.chdir)
        assert made.run("generate").code == 0
    assert not (made.package / "__main__.py").exists()
    assert not (made.package / "_command").exists()
    assert (PACKAGE / "_command").is_dir()


@pytest.mark.parametrize("command", ["Pets", "-pets", "pets cli", "pets/cli", "1pets"])
def test_command_that_no_shell_can_run_is_rejected(tmp_path: Path, command: str) -> None:
    from tests.support.cli import project

    with pytest.MonkeyPatch.context() as patch:
        made = project(tmp_path, patch.chdir)
        configuration = made.root / "pyproject.toml"
        text = configuration.read_text("utf-8")
        configuration.write_text(f'{text}command = "{command}"\n', "utf-8")
        ended = made.run("generate")
    assert ended.code == 2
    assert f"not {command!r}" in ended.err


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_completion_script_is_valid(shell: str) -> None:
    ended = PROGRAM("completion", shell)
    assert subprocess.run(["bash", "-n"], input=ended.out, text=True, check=False).returncode == 0


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("losant-audit-log ", {"audit-logs", "scopes", "completion"}),
        ("losant-audit-log audit-logs ", {"get", "list", "check"}),
        ("losant-audit-log audit-logs list --st", {"--start"}),
        ("losant-audit-log audit-logs list 575e --end 7d --col", {"--columns"}),
        ("losant-audit-log scopes auditL", {"auditLogs.get", "auditLogs.list"}),
        ("losant-audit-log archive ", {"verify", "status", "prove", "read"}),
        ("losant-audit-log archive verify archive --re", {"--recount", "--refetch"}),
        ("losant-audit-log archive read --st", {"--start"}),
        ("losant-audit-log completion f", {"fish"}),
    ],
)
def test_bash_completes_words(line: str, expected: set[str]) -> None:
    script = PROGRAM("completion", "bash").out
    words = line.split(" ")
    listed = " ".join(f"'{word}'" for word in words)
    program = f"{script}\nCOMP_WORDS=({listed}); COMP_CWORD={len(words) - 1}\n"
    program += '_losant_audit_log; printf "%s\\n" "${COMPREPLY[@]}"\n'
    done = subprocess.run(["bash"], input=program, capture_output=True, text=True, check=False)
    assert expected <= set(done.stdout.split()), done.stderr


def test_fish_completes_options() -> None:
    script = PROGRAM("completion", "fish").out
    assert "-a 'get list check" in script
    assert "-l audit-log-filter.actor.type" in script
