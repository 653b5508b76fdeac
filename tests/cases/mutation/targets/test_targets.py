"""The modules and tests of `make mutants` exist."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.mutation.targets import TARGETS
from tests.mutation.workspace import configuration, lay_out
from tests.support.paths import GENERATOR, ROOT


@pytest.mark.parametrize("name", TARGETS)
def test_modules_and_tests_of_a_target_exist(name: str) -> None:
    target = TARGETS[name]
    assert all((GENERATOR / f"{module}.py").is_file() for module in target.modules)
    assert all((ROOT / "tests" / "cases" / test).exists() for test in target.tests)


def test_every_module_is_mutated_once() -> None:
    modules = [module for target in TARGETS.values() for module in target.modules]
    assert len(modules) == len(set(modules))


def test_mutation_md_names_each_module() -> None:
    text = (ROOT / "tests" / "mutation.md").read_text("utf-8")
    assert all(f"`{module}`" in text for target in TARGETS.values() for module in target.modules)


@pytest.mark.parametrize("name", TARGETS)
def test_mutmut_configuration_lists_modules_and_tests(name: str) -> None:
    target = TARGETS[name]
    settings = tomllib.loads(configuration(target))["tool"]["mutmut"]
    assert settings["only_mutate"] == [f"generator/{module}.py" for module in target.modules]
    assert settings["pytest_add_cli_args_test_selection"] == [
        f"tests/cases/{t}" for t in target.tests
    ]


def test_workspace_contains_the_files_of_the_tests(tmp_path: Path) -> None:
    target = next(iter(TARGETS.values()))
    lay_out(tmp_path, target)
    settings = tomllib.loads((tmp_path / "pyproject.toml").read_text("utf-8"))["tool"]
    assert {"generator", "mutmut", "pytest"} <= set(settings)
    for path in (
        "generator/pipeline.py",
        "generated/losant_audit_log/py.typed",
        "tests/conftest.py",
    ):
        assert (tmp_path / path).read_bytes() == (ROOT / path).read_bytes()
