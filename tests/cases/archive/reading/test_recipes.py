"""Recipes of the README for daily runs."""

from __future__ import annotations

import configparser
import os
import re
import shlex
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from losant_audit_log.archive import Archive
from tests.support.drifting_log import HOUR, DriftingLog
from tests.support.examples import ORG
from tests.support.paths import PACKAGE
from tests.support.programs import TOKEN
from tests.support.server import Server

pytestmark = pytest.mark.long

COMMAND = "losant-audit-log"
README = (PACKAGE / "README.md").read_text("utf-8")
CHAPTER = README[
    README.index("### Scheduled runs\n") : README.index("\n### Exit codes of an export")
]


def block(language: str) -> str:
    [found] = re.findall(rf"^```{language}\n(.*?)^```", CHAPTER, re.MULTILINE | re.DOTALL)
    return str(found)


class Machine:
    """A machine on which the command is installed.

    Attributes:
        folder: Its folder for everything.
        url: The service.
    """

    def __init__(self, folder: Path, url: str) -> None:
        self.folder, self.url = folder, url
        program = folder / "bin" / COMMAND
        program.parent.mkdir()
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m losant_audit_log "$@"\n')
        program.chmod(0o700)

    def run(self, command: str, **environment: str) -> Archive:
        """Run a recipe's command in a shell, and return the archive that it wrote."""
        command = re.sub(r"/srv/archive|/archive\b", str(self.folder / "archive"), command)
        done = subprocess.run(
            ["sh", "-c", command.replace("ORG_ID", ORG) + " --start 3d"],
            env={
                "PATH": f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
                "PYTHONPATH": str(PACKAGE.parent),
                "LOSANT_API_URL": self.url,
                **environment,
            },
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return Archive(self.folder / "archive")


@pytest.fixture
def log(server: Server) -> DriftingLog:
    """A log of the last hours, which the server has."""
    log = DriftingLog()
    log.now = int(time.time() * 1000)
    log.fill(20, gaps=[HOUR])
    server.on(f"/orgs/{ORG}/audit-logs", log.route)
    return log


@pytest.fixture
def machine(tmp_path: Path, server: Server) -> Machine:
    return Machine(tmp_path, server.url)


def has_all(archive: Archive, log: DriftingLog) -> bool:
    return archive.verify().exit_code == 0 and len([*archive.entries()]) == len(log.entries)


def test_line_of_cron_archives(machine: Machine, log: DriftingLog) -> None:
    [line] = block("text").splitlines()
    *times, command = line.split(maxsplit=5)
    assert all(re.fullmatch(r"\*|\d+", each) for each in times)
    assert int(times[0]) < 60
    assert int(times[1]) < 24
    assert "%" not in command  # cron reads it as a line break.
    archive = machine.run(command.replace("LOSANT_API_TOKEN=...", f"LOSANT_API_TOKEN={TOKEN}"))
    assert has_all(archive, log)


class Unit(configparser.ConfigParser):
    """A unit of systemd, whose names have capital letters."""

    def optionxform(self, optionstr: str) -> str:
        """Return a name as it is."""
        return optionstr


def units() -> Mapping[str, configparser.ConfigParser]:
    """Return the units of systemd by their paths."""
    found: dict[str, configparser.ConfigParser] = {}
    for each in re.split(r"^# (?=/etc/)", block("ini"), flags=re.MULTILINE)[1:]:
        path, _, text = each.partition("\n")
        parser = Unit(interpolation=None)
        parser.read_string(text)
        found[path] = parser
    return found


@pytest.mark.parametrize("mode", [0o400, 0o440])
def test_units_of_systemd_archive(machine: Machine, log: DriftingLog, mode: int) -> None:
    """From version 254 on, systemd permits access by ACLs, which the mode shows as 0440."""
    service, timer = (
        units()[f"/etc/systemd/system/{COMMAND}.{kind}"] for kind in ("service", "timer")
    )
    assert service["Service"]["Type"] == "oneshot"
    assert {*service["Service"]["SuccessExitStatus"].split()} == {"7", "9"}
    assert timer["Install"]["WantedBy"] == "timers.target"
    assert re.fullmatch(r"\*-\*-\* \d\d:\d\d:\d\d UTC", timer["Timer"]["OnCalendar"])
    name, _, source = service["Service"]["LoadCredential"].partition(":")
    assert source.startswith("/etc/")
    credential = machine.folder / name
    credential.write_text(TOKEN)
    credential.chmod(mode)
    command = service["Service"]["ExecStart"].replace("%d", str(machine.folder))
    assert has_all(machine.run(command, CREDENTIALS_DIRECTORY=str(machine.folder)), log)


def test_job_of_kubernetes_archives(machine: Machine, log: DriftingLog) -> None:
    job: dict[str, Any] = yaml.safe_load(block("yaml"))
    assert (job["apiVersion"], job["kind"]) == ("batch/v1", "CronJob")
    assert job["spec"]["concurrencyPolicy"] == "Forbid"
    assert len(job["spec"]["schedule"].split()) == 5
    pod = job["spec"]["jobTemplate"]["spec"]["template"]["spec"]
    assert pod["restartPolicy"] in {"Never", "OnFailure"}
    [container] = pod["containers"]
    mounts = {each["name"]: each["mountPath"] for each in container["volumeMounts"]}
    assert {each["name"] for each in pod["volumes"]} == {*mounts}
    command = container["command"]
    assert command[command.index("--to") + 1] in mounts.values()
    [variable] = container["env"]
    assert variable["valueFrom"]["secretKeyRef"].keys() == {"name", "key"}
    archive = machine.run(shlex.join(command), **{variable["name"]: TOKEN})
    assert has_all(archive, log)
