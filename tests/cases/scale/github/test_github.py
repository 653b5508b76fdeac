"""GitHub's API description: 13 MB, more than a thousand operations."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.paths import ROOT
from tests.support.prism import serving

pytestmark = pytest.mark.slow

PACKAGE = "@octokit/openapi@23.0.2"

# Run in a process of its own, since it imports a thousand classes: every module, every decoder.
LOOK = """
import importlib, pkgutil, sys
sys.path.insert(0, "out")
import github
loaded = sum(name.startswith("github.resources.") for name in sys.modules)
assert loaded == 0, "a large package loads a resource when it is used"
decoding = importlib.import_module("github._runtime.models.decoding")
model = importlib.import_module("github._runtime.models.model").Model
for module in pkgutil.walk_packages(github.__path__, "github."):
    if not module.name.endswith(".verify"):
        importlib.import_module(module.name)
models = [
    each
    for each in (getattr(github.models, name) for name in dir(github.models))
    if isinstance(each, type) and issubclass(each, model) and each is not model
]
for each in models:
    try:
        decoding.decode(b"[]", each)
    except github.ResponseDecodeError:
        continue
print(len(models))
"""


# Run beside a mock server; prints how many calls there were, and what is wrong with which.
CALL = """
import json, sys, warnings
import httpx
sys.path[:0] = ["out", sys.argv[1]]
import github
from tests.support.every_call import Document, Watched, callables
warnings.simplefilter("ignore")
document = Document(json.load(open(sys.argv[2])))
watched = Watched(sys.argv[3])
count, wrong = 0, []
with httpx.Client(transport=watched, timeout=60) as http, github.Client(
    base_url=sys.argv[3], http_client=http, max_retries=0
) as client:
    for each in callables(github, document):
        count += 1
        try:
            getattr(getattr(client, each.resource), each.method)(**each.arguments(document))
        except github.GithubError as error:
            wrong.append(f"{each.resource}.{each.method}: {type(error).__name__}: {error}"[:300])
print(json.dumps({"count": count, "wrong": wrong, "violations": watched.violations}))
"""


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Path:
    npm = shutil.which("npm")
    if npm is None:
        pytest.fail("npm is needed to install GitHub's document")
    folder = tmp_path_factory.mktemp("npm")
    install = [npm, "install", "--ignore-scripts", "--no-audit", "--no-fund", PACKAGE]
    subprocess.run(install, cwd=folder, check=True, capture_output=True)
    return folder / "node_modules/@octokit/openapi/generated/api.github.com.json"


@pytest.fixture(scope="module")
def generated_folder(document: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("github")
    command = [sys.executable, "-m", "generator", "generate", "--package", "github"]
    command += ["--spec", str(document), "--output", "out"]
    environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return folder, done.stdout


def test_every_operation_of_github_is_generated(generated_folder: tuple[Path, str]) -> None:
    last = generated_folder[1].splitlines()[-1]
    made, all_ = map(int, re.findall(r"\d+", last))
    assert made == all_ > 1000


def test_every_module_and_model_of_github_can_be_used(generated_folder: tuple[Path, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOOK],
        cwd=generated_folder[0],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout) > 1000


def test_every_operation_of_github_can_be_called(
    generated_folder: tuple[Path, str], document: Path, tmp_path: Path
) -> None:
    """Examples that do not match their schemas are reported; hundreds of GitHub's do not."""
    with serving(document, tmp_path) as address:
        done = subprocess.run(
            [sys.executable, "-c", CALL, str(ROOT), str(document), address],
            cwd=generated_folder[0],
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr[-2000:]
    result = json.loads(done.stdout)
    assert result["count"] > 1000
    assert [each for each in result["violations"] if "is deprecated" not in each] == []
    assert len(result["wrong"]) < result["count"] // 5, result["wrong"]


def test_github_package_passes_mypy_and_ruff(generated_folder: tuple[Path, str]) -> None:
    for tool in (
        ["mypy", "--strict", "--no-incremental", "--config-file=", "out/github"],
        [
            *("ruff", "check", "--isolated", "--line-length=100"),
            "--select=E4,E7,E9,F,I,UP,PYI",
            "out/github",
        ],
    ):
        done = subprocess.run(
            [sys.executable, "-m", *tool],
            cwd=generated_folder[0],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout[-3000:]
