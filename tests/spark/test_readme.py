"""Programs of the chapter on Spark in the package's README."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.many_logs import ManyLogs, iso, org
from tests.support.paths import PACKAGE
from tests.support.server import Server
from tests.support.spark_sessions import TOKEN

README = (PACKAGE / "README.md").read_text("utf-8")
[CHAPTER] = re.findall(r"^## Many organizations\n(.*?)^## ", README, re.MULTILINE | re.DOTALL)
PROGRAMS = re.findall(r"^```python\n(.*?)^```", CHAPTER, re.MULTILINE | re.DOTALL)


@pytest.mark.slow
@pytest.mark.parametrize(("number", "folder"), [(0, "entries"), (1, "log")])
def test_program_of_the_readme_runs(
    server: Server, month: ManyLogs, tmp_path: Path, number: int, folder: str
) -> None:
    server.always(month)
    text = PROGRAMS[number].replace("ORG_ID", org(1))
    text = text.replace('"2026-11-01"', repr(iso(month.begin))).replace(
        '"2026-11-08"', '"9999-01-01"'
    )
    environment = {
        "LOSANT_API_TOKEN": TOKEN,
        "LOSANT_API_URL": server.url,
        "PYSPARK_PYTHON": sys.executable,
        "PYTHONPATH": str(PACKAGE.parent),
    }
    subprocess.run(
        [sys.executable, "-c", text], cwd=tmp_path, env={**os.environ, **environment}, check=True
    )
    assert list((tmp_path / folder).glob("*.parquet"))
    assert month.tokens == {f"Bearer {TOKEN}"}
