"""The command line: help, configuration and invalid usage."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from generator import pipeline
from generator.document import Document
from generator.document.parsing import parse
from tests.support.cli import DOCUMENT, Project


def test_help_lists_the_commands_and_the_exit_codes(new_project: Project) -> None:
    ended = new_project.run("--help")
    assert (ended.code, ended.err) == (0, "")
    words = ("generate", "check", "lint", "diff", "publish", "python -m generator", "Exit codes: 0")
    for word in words:
        assert word in ended.out


@pytest.mark.parametrize(
    ("command", "options"),
    [
        (
            "generate",
            {
                "--spec",
                "--overlay",
                "--output",
                "--package",
                "--project",
                "--allow-partial",
                "--force",
            },
        ),
        ("check", {"--spec", "--overlay", "--output", "--package", "--allow-partial"}),
        ("lint", {"--spec", "--overlay"}),
        ("diff", {"--format"}),
        ("upstream", set[str]()),
        ("release-check", set[str]()),
        ("publish", {"--untagged"}),
        ("verify-release", {"--signers"}),
    ],
)
def test_help_of_a_command_lists_its_options(
    new_project: Project, command: str, options: set[str]
) -> None:
    ended = new_project.run(command, "--help")
    assert ended.code == 0
    listed = {word.strip("[],") for word in ended.out.split() if word.strip("[],").startswith("--")}
    assert listed == {*options, "--help"}


@pytest.mark.parametrize(
    "arguments",
    [(), ("make",), ("check", "--force"), ("lint", "--output", "x"), ("generate", "surplus")],
    ids=lambda arguments: " ".join(arguments) or "nothing",
)
def test_invalid_usage_exits_with_two(new_project: Project, arguments: tuple[str, ...]) -> None:
    ended = new_project.run(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("usage: python -m generator")
    assert not new_project.output.exists()


@pytest.mark.parametrize("command", ["generate", "check", "lint"])
def test_missing_document_exits_with_two(new_project: Project, command: str) -> None:
    ended = new_project.run(command, "--spec", "nowhere.yaml")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "error: --spec nowhere.yaml: file not found\n"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("https://pets.example.com/openapi.yaml", "a URL; download it, and pass the file"),
        ("-", "not a regular file; save it as one, and pass its path"),
        ("spec", "not a regular file; save it as one, and pass its path"),
        ("C:\\pets\\openapi.yaml", "file not found"),
    ],
)
def test_document_that_is_no_file_is_reported_with_the_reason(
    new_project: Project, name: str, reason: str
) -> None:
    for option in ("--spec", "--overlay"):
        ended = new_project.run("lint", option, name)
        assert (ended.code, ended.out) == (2, "")
        assert ended.err == f"error: {option} {Path(name)}: {reason}\n"


def test_document_behind_a_symbolic_link_keeps_the_name_of_the_link(new_project: Project) -> None:
    new_project.spec.rename(new_project.root / "of-the-server.yaml")
    new_project.spec.symlink_to("../of-the-server.yaml")
    assert new_project.run("generate").code == 0
    assert (new_project.package / "openapi.yaml").is_file()
    assert new_project.run("check").code == 0


@pytest.mark.parametrize("name", ["client.py", "manifest.json", "sbom.cdx.json", "resources"])
def test_document_named_like_a_file_of_the_package_exits_with_two(
    new_project: Project, name: str
) -> None:
    new_project.spec.rename(new_project.root / name)
    ended = new_project.run("generate", "--spec", name)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(f"error: {name}: the package, which contains the document, has")
    assert not new_project.output.exists()


@pytest.mark.parametrize(
    "name", ["my-package", "1st", "a.b", "../outside", "class", "None", "\ufb01sh", "A\u0308pfel"]
)
def test_package_name_that_is_no_identifier_exits_with_two(new_project: Project, name: str) -> None:
    ended = new_project.run("generate", f"--package={name}")
    assert ended.code == 2
    assert ended.err == f"error: --package {name!r} is not a valid Python name\n"
    assert not new_project.output.exists()


def test_document_that_is_a_loop_of_links_is_not_found(new_project: Project) -> None:
    (new_project.root / "loop.yaml").symlink_to("loop.yaml")
    ended = new_project.run("lint", "--spec", "loop.yaml")
    assert (ended.code, ended.err) == (2, "error: --spec loop.yaml: file not found\n")


def test_reference_to_a_loop_of_links_cannot_be_read(new_project: Project) -> None:
    (new_project.root / "loop.yaml").symlink_to("loop.yaml")
    text = new_project.spec.read_text("utf-8")
    text = text.replace("paths:", "paths:\n  /loop: {$ref: loop.yaml}", 1)
    new_project.spec.write_text(text, "utf-8")
    ended = new_project.run("lint")
    assert ended.code == 2
    assert "the file 'loop.yaml' cannot be read" in ended.err


@pytest.mark.parametrize(
    "name", ["json", "os", "sys", "typing", "httpx", "msgspec", "test", "__init__"]
)
def test_package_name_of_a_module_that_packages_import_exits_with_two(
    new_project: Project, name: str
) -> None:
    ended = new_project.run("generate", f"--package={name}")
    assert ended.code == 2
    assert ended.err.startswith(f"error: --package {name!r} is the name of a module that Python or")
    assert not new_project.output.exists()


def test_package_name_of_underscores_exits_with_two(new_project: Project) -> None:
    ended = new_project.run("generate", "--package=__")
    assert (ended.code, ended.err) == (
        2,
        "error: --package '__' has neither a letter nor a digit\n",
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[tool.generator]\nspek = "x"\n', "unknown key 'spek' in [tool.generator]; did you mean"),
        (
            "[tool.generator]\nzzz = 1\n",
            "unknown key 'zzz' in [tool.generator]; expected one of spec,",
        ),
        ("[tool.generator]\nspec = 1\n", "spec in [tool.generator] must be a str"),
        ('[tool.generator]\nstrict = "yes"\n', "strict in [tool.generator] must be a bool"),
        ("[tool]\ngenerator = 1\n", "[tool.generator] must be a table"),
        ("[[tool.generator]]\n", "[tool.generator] must be a table"),
        ("tool = 1\n", "pyproject.toml"),
        ("[tool.generator\n", "pyproject.toml cannot be read"),
        ('[tool.generator]\npackage = "my-package"\n', "'my-package' is not a valid Python name"),
        ("[tool.generator]\ndocs = 1\n", "docs in [tool.generator] must be a bool, not 1"),
        ('[tool.generator]\nspec = ""\n', "spec in [tool.generator] must be the path of a file"),
        ('[tool.generator]\noverlays = [""]\n', "overlays in [tool.generator] must be the path of"),
        ('[tool.generator]\noutput = ""\n', "output in [tool.generator] must be the path of a fol"),
        ('[tool.generator]\nspec = "a\\u0000"\n', "spec in [tool.generator] must be without null"),
    ],
)
def test_invalid_configuration_is_reported_in_one_line(
    new_project: Project, text: str, message: str
) -> None:
    (new_project.root / "pyproject.toml").write_text(text, "utf-8")
    ended = new_project.run("generate")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("error: ")
    assert ended.err.count("\n") == 1
    assert message in ended.err
    assert not new_project.output.exists()


def test_invalid_configuration_above_is_named_by_its_path(new_project: Project) -> None:
    (new_project.root / "pyproject.toml").write_text("[tool.generator]\nspek = 1\n", "utf-8")
    below = Project(new_project.root / "spec", new_project.change_folder)
    assert below.run("lint").err.startswith("error: ../pyproject.toml: unknown key 'spek' in")
    (new_project.root / "pyproject.toml").write_text("[tool.generator\n", "utf-8")
    assert below.run("lint").err.startswith("error: ../pyproject.toml cannot be read: ")


@pytest.mark.parametrize("arguments", [("--version",), ("--help",), ("-h",), ("init", "new")])
def test_invalid_configuration_does_not_matter_to_commands_without_one(
    new_project: Project, arguments: tuple[str, ...]
) -> None:
    (new_project.root / "pyproject.toml").write_text("[tool.generator\n", "utf-8")
    ended = new_project.run(*arguments)
    assert (ended.code, ended.err) == (0, "")


def test_defaults_apply_without_a_configuration(new_project: Project) -> None:
    (new_project.root / "pyproject.toml").unlink()
    assert new_project.run("generate").code == 0
    assert [path.name for path in new_project.output.iterdir()] == ["losant_audit_log"]


def test_json_document_is_accepted(new_project: Project) -> None:
    data = parse(DOCUMENT.encode(), "openapi.yaml").data
    (new_project.root / "api.json").write_text(json.dumps(data), "utf-8")
    ended = new_project.run("generate", "--spec", "api.json")
    assert (ended.code, ended.err) == (0, "")
    assert (new_project.package / "api.json").exists()


def test_openapi_3_0_document_is_accepted(new_project: Project) -> None:
    new_project.edit("openapi: 3.1.0", "openapi: 3.0.3")
    ended = new_project.run("generate")
    assert (ended.code, ended.err) == (0, "")


def test_warning_does_not_fail_without_strict(new_project: Project) -> None:
    (new_project.root / "pyproject.toml").write_text('[tool.generator]\npackage = "pets"\n')
    new_project.edit("name: {type: string,", "name: {type: string, format: callsign,")
    ended = new_project.run("generate")
    assert ended.code == 0
    assert "warning T502" in ended.err
    assert ended.err.splitlines()[-1] == "1 warning"
    assert new_project.run("lint").code == 0


def test_warning_is_an_error_with_strict(new_project: Project) -> None:
    new_project.edit("name: {type: string,", "name: {type: string, format: callsign,")
    for command in ("generate", "check", "lint"):
        ended = new_project.run(command)
        assert (ended.code, ended.out) == (2, "")
        assert "error T502" in ended.err
    assert not new_project.output.exists()


def test_lint_of_a_valid_document_prints_no_errors(new_project: Project) -> None:
    ended = new_project.run("lint")
    assert (ended.code, ended.out, ended.err) == (0, "spec/openapi.yaml: no errors\n", "")


def test_command_runs_as_a_subprocess(new_project: Project) -> None:
    ended = new_project.run_apart("generate")
    assert (ended.code, ended.err) == (0, "")
    assert new_project.run("check").code == 0
    new_project.edit("type: object", "type: objekt")
    ended = new_project.run_apart("check")
    assert ended.code == 2
    assert f"{Path('spec/openapi.yaml')}:" in ended.err
    assert "Traceback" not in ended.err


def test_generate_counts_every_operation(new_project: Project) -> None:
    more = """\
  /pets:
    get:
      operationId: pets.list
      responses:
        '200':
          description: All.
          content:
            application/json:
              schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}
components:
"""
    new_project.edit("components:\n", more)
    assert new_project.run("generate").out.splitlines()[-1] == "2 of 2 operations generated"


def test_internal_error_is_shown_without_a_traceback(
    new_project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("no idea")

    monkeypatch.setattr(pipeline, "build", fail)
    ended = new_project.run("generate")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.splitlines() == [
        "error: a bug in the generator: RuntimeError: no idea",
        "nothing was written; for a traceback run `python -X dev -m generator ...`",
    ]


def test_library_that_a_command_imports_late_and_misses_is_reported_in_one_line(
    new_project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        importlib.import_module("library_that_is_missing")

    monkeypatch.setattr(pipeline, "build", fail)
    ended = new_project.run("generate")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == (
        "error: library_that_is_missing is not installed: run `make generate`, or pip install "
        "openapi-httpx-generator\n"
    )


def test_internal_error_shows_a_traceback_in_development_mode(
    new_project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("no idea")

    monkeypatch.setattr(pipeline, "build", fail)
    monkeypatch.setattr(sys, "flags", SimpleNamespace(dev_mode=True))
    with pytest.raises(RuntimeError, match="no idea"):
        new_project.run("generate")


def test_keyboard_interrupt_is_reported_in_one_line(
    new_project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "build", interrupt)
    ended = new_project.run("generate")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "interrupted; nothing was written\n"


def test_problem_is_shown_without_source_if_the_document_is_gone(
    new_project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = pipeline.check_document

    def check_and_lose(document: Document, *, strict: bool) -> object:
        new_project.spec.unlink()
        return check(document, strict=strict)

    monkeypatch.setattr(pipeline, "check_document", check_and_lose)
    new_project.edit("type: object", "type: objekt")
    ended = new_project.run("lint")
    assert ended.code == 2
    first, second, _ = ended.err.splitlines()
    assert first.startswith("spec/openapi.yaml:28:13: error T501: ")
    assert second.startswith("      hint: ")


def test_unreadable_document_is_reported_in_one_line(
    new_project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> bytes:
        raise PermissionError(13, "Permission denied", "spec/openapi.yaml")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    ended = new_project.run("lint")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "error: [Errno 13] Permission denied: 'spec/openapi.yaml'\n"
