"""The program that builds or serves the site of a project."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import site

CONFIGURATION = '[tool.generator]\npackage = "pets"\ndocs = true\n'


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[tuple[str, ...]]:
    """The arguments of mkdocs, which fails. The working directory is a project without a site."""
    found: list[tuple[str, ...]] = []

    def fail(folder: Path, *arguments: str) -> int:
        assert (folder / "mkdocs.yml").is_file()
        found.append(arguments)
        return 7

    monkeypatch.setattr(site, "_mkdocs", fail)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").write_text(CONFIGURATION, "utf-8")
    return found


def write_docs(folder: Path) -> None:
    docs = folder / "generated" / "docs"
    docs.mkdir(parents=True)
    for name in ("mkdocs.yml", "llms.txt", "llms-full.txt"):
        (docs / name).write_text("", "utf-8")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[", "pyproject.toml"),
        (CONFIGURATION, "generated/docs is missing: set docs = true in [tool.generator]"),
    ],
)
def test_project_without_documentation_is_an_error(
    calls: list[tuple[str, ...]],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    text: str,
    message: str,
) -> None:
    (tmp_path / "pyproject.toml").write_text(text, "utf-8")
    assert site.main(["site"]) == 2
    assert message in capsys.readouterr().err
    assert calls == []


def test_site_is_served_without_a_folder(calls: list[tuple[str, ...]], tmp_path: Path) -> None:
    write_docs(tmp_path)
    assert site.main([]) == 7
    assert calls == [("serve",)]


def test_site_that_cannot_be_built_is_not_written(
    calls: list[tuple[str, ...]], tmp_path: Path
) -> None:
    write_docs(tmp_path)
    assert site.main(["site"]) == 7
    assert calls[0][0] == "build"
    assert not (tmp_path / "site").exists()
