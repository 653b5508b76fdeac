"""Contents, metadata and installation of the wheel."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
import zipfile
from email.message import Message
from email.parser import Parser
from pathlib import Path

import pytest

from tests.support.examples import AUDIT_LOG, ENTRY, GET_PATH, ORG
from tests.support.paths import PACKAGE, ROOT
from tests.support.server import Server, json_answer

pytestmark = pytest.mark.long

PROGRAM = f"""\
import asyncio, sys
from losant_audit_log import AsyncClient, AuditLog, Client

with Client(token="t", base_url=sys.argv[1]) as client:
    print(client.audit_logs.get({ORG!r}, {ENTRY!r}).actor_name)

async def main():
    async with AsyncClient(token="t", base_url=sys.argv[1]) as client:
        print((await client.audit_logs.get({ORG!r}, {ENTRY!r})).actor_name)

asyncio.run(main())
print("generator" in sys.modules, AuditLog.__module__)
"""


def build(folder: Path, root: Path = ROOT) -> Path:
    """Build the wheel without network access, and return its path."""
    subprocess.run(
        [
            *(sys.executable, "-m", "build", "--wheel", "--no-isolation"),
            *("--outdir", str(folder), str(root)),
        ],
        stdout=subprocess.DEVNULL,
        check=True,
    )
    [path] = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel."""
    return build(tmp_path_factory.mktemp("wheel"))


def metadata(path: Path) -> Message:
    with zipfile.ZipFile(path) as archive:
        [name] = [each for each in archive.namelist() if each.endswith(".dist-info/METADATA")]
        return Parser().parsestr(archive.read(name).decode())


def test_wheel_has_only_the_package_and_its_metadata(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        found = set(archive.namelist())
        package = {
            f"losant_audit_log/{path.relative_to(PACKAGE).as_posix()}": path.read_bytes()
            for path in PACKAGE.rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }
        papers = {name for name in found if ".dist-info/" in name}
        assert found - papers == set(package)
        assert {name: archive.read(name) for name in package} == package
    assert {name.partition(".dist-info/")[2] for name in papers} == {
        "METADATA",
        "RECORD",
        "WHEEL",
        "entry_points.txt",
        "licenses/LICENSE",
        "sboms/sbom.cdx.json",
    }


def test_wheel_is_for_every_platform(wheel: Path) -> None:
    assert wheel.name.startswith("losant_audit_log-")
    assert wheel.name.endswith("-py3-none-any.whl")


def test_wheel_requires_httpx_and_msgspec_only(wheel: Path) -> None:
    needed = metadata(wheel).get_all("Requires-Dist") or []
    always = [each for each in needed if "extra ==" not in each]
    assert sorted(each.partition("<")[0].partition(">")[0] for each in always) == [
        "httpx",
        "msgspec",
    ]


def test_wheel_has_extras_for_httpx2_spark_and_zstd(wheel: Path) -> None:
    found = metadata(wheel)
    assert found.get_all("Provides-Extra") == ["httpx2", "spark", "zstd"]
    needed = [each for each in found.get_all("Requires-Dist") or [] if "extra ==" in each]
    spark, arrow, successor, codec = sorted(needed, reverse=True)
    assert spark.startswith("pyspark<5,>=4")
    assert arrow.startswith("pyarrow>=18")
    assert successor.startswith("httpx2<3,>=2.12")
    assert codec.startswith("backports-zstd")


def test_wheel_shows_the_readme_of_the_package(wheel: Path) -> None:
    found = metadata(wheel)
    assert found["Name"] == "losant-audit-log"
    assert found["Description-Content-Type"] == "text/markdown"
    assert str(found.get_payload()).strip() == (PACKAGE / "README.md").read_text("utf-8").strip()


def test_wheel_metadata_has_version_license_keywords_and_classifiers(wheel: Path) -> None:
    found = metadata(wheel)
    assert found["Requires-Python"] == ">=3.11"
    assert found["License-Expression"] == "MIT"
    assert "losant" in found["Keywords"].split(",")
    assert {"Typing :: Typed", "Programming Language :: Python :: 3.13"} <= set(
        found.get_all("Classifier") or []
    )
    assert found.get_all("Project-URL") is None  # Whoever publishes knows where.


def test_wheel_points_to_the_urls_of_the_project(tmp_path: Path) -> None:
    root = tmp_path / "project"
    root.mkdir()
    for name in ("LICENSE", "README.md"):
        shutil.copy(ROOT / name, root)
    shutil.copytree(ROOT / "generated", root / "generated")
    urls = {
        each: f"https://docs.example.com/{each.lower()}"
        for each in ("Documentation", "Changelog", "Source")
    }
    lines = "".join(f'{name} = "{url}"\n' for name, url in urls.items())
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    (root / "pyproject.toml").write_text(
        text.replace("\n# [project.urls]\n", f"\n[project.urls]\n{lines}"), "utf-8"
    )
    found = metadata(build(tmp_path, root)).get_all("Project-URL")
    assert found == [f"{name}, {url}" for name, url in urls.items()]


def test_wheel_passes_twine_check(wheel: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "twine", "--no-color", "check", "--strict", str(wheel)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_installed_wheel_makes_a_call(wheel: Path, server: Server, tmp_path: Path) -> None:
    """The two dependencies come from the package index, at the versions pinned here."""
    server.on(GET_PATH, json_answer(AUDIT_LOG))
    pins = [
        line.split()[0]
        for line in (ROOT / "tests" / "requirements.txt").read_text("utf-8").splitlines()
        if line.startswith(("httpx==", "msgspec=="))
    ]
    venv.create(tmp_path / "venv")
    python = str(tmp_path / "venv" / "bin" / "python")
    pip = (sys.executable, "-I", "-m", "pip", "--python", python, "--disable-pip-version-check")
    subprocess.run([*pip, "install", "--quiet", "--no-input", str(wheel), *pins], check=True)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [python, "-I", "-W", "error", "-c", PROGRAM, server.url],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "actor@example.com",
        "actor@example.com",
        "False losant_audit_log.models",
    ]
