"""`python -m losant_audit_log.verify` compares the installed files with the manifest."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.paths import PACKAGE


@pytest.fixture
def package_copy(tmp_path: Path) -> Path:
    """A copy of the package."""
    ignored = shutil.ignore_patterns("__pycache__")
    return Path(shutil.copytree(PACKAGE, tmp_path / "losant_audit_log", ignore=ignored))


def verify(package: Path) -> tuple[int, list[str], str]:
    done = subprocess.run(
        [sys.executable, "-m", "losant_audit_log.verify"],
        cwd=package.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout.splitlines(), done.stderr


def test_unchanged_files_are_verified(package_copy: Path) -> None:
    """Caches are ignored: a package that was imported has some."""
    checksum = hashlib.sha256((package_copy / "manifest.json").read_bytes()).hexdigest()
    for package in (package_copy, PACKAGE):
        code, lines, err = verify(package)
        assert (code, err) == (0, "")
        assert lines[0].startswith("losant_audit_log ")
        assert lines[0].endswith(" files match the manifest")
        assert lines[1] == f"sha256 of manifest.json: {checksum}"


def test_every_changed_missing_or_unexpected_file_is_listed(package_copy: Path) -> None:
    (package_copy / "errors.py").write_text(
        (package_copy / "errors.py").read_text() + "# By hand.\n"
    )
    (package_copy / "openapi.yaml").unlink()
    (package_copy / "extra.py").touch()
    code, lines, _ = verify(package_copy)
    assert code == 1
    assert lines[:3] == ["changed: errors.py", "missing: openapi.yaml", "unexpected: extra.py"]
    assert lines[3].endswith(": the files do not match the manifest")


@pytest.mark.parametrize("content", [None, "", "[]", "{}", '{"files": 1}'])
def test_package_with_an_invalid_manifest_cannot_be_verified(
    package_copy: Path, content: str | None
) -> None:
    manifest = package_copy / "manifest.json"
    manifest.unlink()
    if content is not None:
        manifest.write_text(content)
    code, lines, err = verify(package_copy)
    assert (code, lines) == (2, [])
    assert err.startswith("losant_audit_log ")
    assert "cannot be verified: " in err
    assert "Traceback" not in err
