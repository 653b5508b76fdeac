"""A package of many operations imports the models that a program uses, and no others."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from generator import pipeline
from tests.support.large_documents import inline, written

_USE = """
import json, sys, typing
from things.resources import alerts
typing.get_type_hints(alerts.Alerts.get)
print(json.dumps([each for each in sys.modules if each.startswith("things.")]))
"""
_NAMES = """
import json
from things import constraints, models
print(json.dumps([
    all(isinstance(getattr(models, each), object) for each in models.__all__),
    all(isinstance(getattr(constraints, each), object) for each in constraints.__all__),
    set(models.__all__) <= set(dir(models)), models.shared.__name__, models.__all__,
]))
"""
_MISSING = "from things import models; models.Nothing"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the package `things`, of 63 operations."""
    folder = tmp_path_factory.mktemp("large")
    for path, content in _files(folder, 63).items():
        target = folder / "things" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return folder


def test_a_resource_imports_its_own_models_and_the_shared_ones(folder: Path) -> None:
    modules = json.loads(_run(folder, _USE).stdout)
    found = {each for each in modules if each.startswith(("things.models.", "things.constraints."))}
    assert found <= {
        *("things.models.alerts", "things.models.shared"),
        *("things.constraints.alerts", "things.constraints.shared"),
    }
    assert "things.models.alerts" in found


def test_all_models_can_be_imported_from_one_place(folder: Path) -> None:
    models, constraints, listed, shared, names = json.loads(_run(folder, _NAMES).stdout)
    assert models and constraints and listed
    assert shared == "things.models.shared"
    assert "Alert" in " ".join(names)


def test_a_name_that_no_module_defines_is_an_attribute_error(folder: Path) -> None:
    ended = _run(folder, _MISSING)
    assert "AttributeError: module 'things.models' has no attribute 'Nothing'" in ended.stderr


def test_a_package_of_few_operations_has_one_module_of_models(tmp_path: Path) -> None:
    files = _files(tmp_path, 27)
    assert {"models.py", "constraints.py"} <= files.keys()
    assert not [path for path in files if path.startswith(("models/", "constraints/"))]


def test_no_model_is_defined_twice(tmp_path: Path) -> None:
    files = _files(tmp_path, 63)
    defined = [
        line.split("(")[0]
        for path, content in files.items()
        if path.startswith("models/")
        for line in content.decode().splitlines()
        if line.startswith("class ")
    ]
    assert len(defined) == len(set(defined)) > 0


def _files(folder: Path, count: int) -> dict[str, bytes]:
    spec = folder / "openapi.json"
    spec.write_bytes(written(inline(count)))
    return pipeline.build(spec, "things", strict=False).files


def _run(folder: Path, program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=False
    )
