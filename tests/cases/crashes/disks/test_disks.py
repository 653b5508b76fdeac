"""Generation on a full disk or into a read-only directory."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from tests.support.cli import Project
from tests.support.cut_short import refused


def test_unwritable_output_directory_is_an_error(made: Project) -> None:
    made.edit("An animal.", "A tame animal.")
    before = made.everything()
    made.output.chmod(0o555)
    try:
        ended = refused(made.root, "generate")
    finally:
        made.output.chmod(0o755)
    assert ended.code == 2
    assert ended.err == f"error: {Path('generated/pets')} cannot be written: Permission denied\n"
    assert made.everything() == before


def test_uncreatable_output_directory_is_an_error(new_project: Project) -> None:
    new_project.root.chmod(0o555)
    try:
        ended = refused(new_project.root, "generate")
    finally:
        new_project.root.chmod(0o755)
    assert ended.code == 2
    assert ended.err == f"error: {Path('generated/pets')} cannot be written: Permission denied\n"
    assert not new_project.output.exists()


def test_unreadable_document_is_an_error(made: Project) -> None:
    made.spec.chmod(0)
    ended = refused(made.root, "generate")
    made.spec.chmod(0o644)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("error: ")
    assert "Permission denied" in ended.err
    assert ended.err.count("\n") == 1


def test_disk_that_fills_within_a_file_leaves_the_old_package(made: Project) -> None:
    made.edit("An animal.", "A tame animal.")
    made.edit("operationId: pets.get", "operationId: cats.get")
    before = made.everything()
    ended = refused(made.root, "generate", largest_file=5_000)
    assert ended.code == 2
    assert ended.err == f"error: {Path('generated/pets')} cannot be written: File too large\n"
    assert made.everything() == before
    assert made.run("generate").code == 0
    assert made.run("check").code == 0


@pytest.mark.parametrize("nth", [1, 2, 30])
def test_disk_that_fills_at_the_nth_file_leaves_the_old_package(
    made: Project, monkeypatch: pytest.MonkeyPatch, nth: int
) -> None:
    made.package.rename(made.package.with_name("before"))
    before = made.everything()
    write, written = Path.write_bytes, 0

    def full(path: Path, content: Any) -> int:
        nonlocal written
        written += 1
        if written == nth:
            write(path, bytes(content)[: len(content) // 2])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    ended = made.run("generate")
    assert ended.code == 2
    assert ended.err == (
        f"error: {Path('generated/pets')} cannot be written: No space left on device\n"
    )
    assert made.everything() == before
