"""Strict type checking of packages with every kind of response and credential."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.support.checkers import CACHE, each_checker
from tests.support.packages import generated_package

HERE = Path(__file__).parent
FOUND = re.compile(r"(\w+)\.py:(\d+)(?::\d+)?(?: -|:) error")
MISUSES = """\
from pets import AsyncClient, Client
from pets.servers import production

client = Client("t")
client.pets.delete("1")
client.notes.with_raw_response.get()
client.pets.get("1").name
client.streams.events().data
Client(api_kye="k")
production(region="mars")


async def key() -> str:
    return ""


Client(api_key=key)


async def main() -> None:
    client = AsyncClient()
    for _ in await client.streams.lines():
        pass
"""
FLAGGED = {"mypy": {7, 8, 9, 10, 17, 22}, "pyright": {5, 6, 7, 8, 9, 10, 17, 22}}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Generator[Path, None, None]:
    folder = tmp_path_factory.mktemp("typing")
    with generated_package(
        folder, (HERE / "spec.yaml").read_text("utf-8"), http="httpx"
    ) as package:
        root = Path(package.__file__).parent.parent
        (root / "program.py").write_bytes((HERE / "program.txt").read_bytes())
        (root / "misuses.py").write_text(MISUSES, "utf-8")
        yield root


def check(folder: Path, checker: str) -> tuple[str, dict[str, set[int]]]:
    """Return the checker's output, and the lines of each module with errors."""
    if checker == "mypy":
        arguments = ["mypy", "--strict", f"--cache-dir={CACHE}", "--config-file=", "."]
    else:
        settings = {"typeCheckingMode": "strict"}
        (folder / "pyrightconfig.json").write_text(json.dumps(settings), "utf-8")
        arguments = ["pyright", "--pythonpath", sys.executable, "--project", "."]
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=folder,
        env={**os.environ, "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    found: dict[str, set[int]] = {}
    for name, line in FOUND.findall(done.stdout):
        found.setdefault(name, set()).add(int(line))
    return done.stdout + done.stderr, found


@pytest.mark.slow
@each_checker
def test_valid_program_passes_and_each_misuse_is_reported(checker: str, folder: Path) -> None:
    output, found = check(folder, checker)
    assert found == {"misuses": FLAGGED[checker]}, output
