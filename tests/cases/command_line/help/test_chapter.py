"""The commands in the chapter of the package's README."""

from __future__ import annotations

import re
import shlex

from losant_audit_log.testing import mock_transport
from tests.cases.command_line.archives.test_archives import hourly
from tests.support.examples import ORG
from tests.support.paths import PACKAGE
from tests.support.programs import Program
from tests.support.served import serve

CHAPTER = re.compile(r"^## Command line\n.*?(?=^## )", re.MULTILINE | re.DOTALL)


def commands() -> list[str]:
    """Return the commands of the chapter, in order."""
    [chapter] = CHAPTER.findall((PACKAGE / "README.md").read_text("utf-8"))
    blocks = re.findall(r"^```console\n(.*?)^```", chapter, re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


def test_every_command_of_the_chapter_succeeds() -> None:
    found = commands()
    assert len(found) == 6
    with serve(mock_transport({"auditLogs.list": hourly(3)})) as server:
        program = Program(server.url)
        for command in found:
            name, *arguments = shlex.split(command.replace("AUDIT_LOG_ID", f"{1:024x}"))
            assert name == "losant-audit-log"
            options = ["--help"] if "follow" in arguments else []
            ended = program(*(each.replace("ORG_ID", ORG) for each in arguments), *options)
            assert ended.code == 0, (command, ended.err)
            assert ended.out, command


def test_chapter_has_every_exit_code() -> None:
    [chapter] = CHAPTER.findall((PACKAGE / "README.md").read_text("utf-8"))
    for code in range(10):
        assert f"\n| {code} | " in chapter
