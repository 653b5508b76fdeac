"""Generation on a full disk or into a read-only directory."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from tests.support.cli import Project
from tests.support.cut_short import run_limited

pytestmark = pytest.mark.long


def test_unwritable_output_directory_is_an_error(generated_project: Project) -> None:
    generated_project.edit("An animal.", "A tame animal.")
    before = generated_project.everything()
    generated_project.output.chmod(0o555)
    try:
        ended = run_limited(generated_project.root, "generate")
    finally:
        generated_project.output.chmod(0o755)
    assert ended.code == 2
    assert ended.err == f"error: {Path('generated/pets')} cannot be written: Permission denied\n"
    assert generated_project.everything() == before


def test_uncreatable_output_directory_is_an_error(new_project: Project) -> None:
    new_project.root.chmod(0o555)
    try:
        ended = run_limited(new_project.root, "generate")
    finally:
        new_project.root.chmod(0o755)
    assert ended.code == 2
    assert ended.err == f"error: {Path('generated/pets')} cannot be written: Permission denied\n"
    assert not new_project.output.exists()


def test_unreadable_document_is_an_error(generated_project: Project) -> None:
    generated_project.spec.chmod(0)
    ended = run_limited(generated_project.root, "generate")
    generated_project.spec.chmod(0o644)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("error: ")
    assert "Permission denied" in ended.err
    assert ended.err.count("\n") == 1


def test_file_that_may_not_be_so_large_leaves_the_old_package(generated_project: Project) -> None:
    generated_project.edit("An animal.", "A tame animal.")
    generated_project.edit("operationId: pets.get", "operationId: cats.get")
    before = generated_project.everything()
    ended = run_limited(generated_project.root, "generate", largest_file=5_000)
    assert ended.code == 2
    message = "temporary files cannot be written: File too large; set TMPDIR"
    assert ended.err == f"error: {message}\n"
    assert generated_project.everything() == before
    assert generated_project.run("generate").code == 0
    assert generated_project.run("check").code == 0


@pytest.mark.parametrize("nth", [1, 2, 30])
def test_disk_that_fills_at_the_nth_file_leaves_the_old_package(
    generated_project: Project, monkeypatch: pytest.MonkeyPatch, nth: int
) -> None:
    generated_project.package.rename(generated_project.package.with_name("before"))
    before = generated_project.everything()
    write, written = Path.write_bytes, 0

    def full(path: Path, content: Any) -> int:
        nonlocal written
        is_output = path.absolute().is_relative_to(generated_project.root)
        written += is_output
        if is_output and written == nth:
            write(path, bytes(content)[: len(content) // 2])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    ended = generated_project.run("generate")
    assert ended.code == 2
    assert ended.err == (
        f"error: {Path('generated/pets')} cannot be written: No space left on device\n"
    )
    assert generated_project.everything() == before
