"""Modules of models that a program of a large package imports."""

from __future__ import annotations

import importlib
import json
import pickle
import subprocess
import sys
import typing
from collections.abc import Generator
from pathlib import Path
from typing import Any

import httpx
import pytest

from generator import pipeline
from tests.support.callers import TOKEN
from tests.support.checkers import each_checker, lines_with_errors
from tests.support.large_documents import document, inline, to_json
from tests.support.packages import generated_package
from tests.support.server import Answer, serving

pytestmark = pytest.mark.long

MANY, FEW = 63, 27
_USE = """
import json, sys, typing
from pets.resources import alerts
for method in vars(alerts.AlertsResource).values():
    if callable(method):
        typing.get_type_hints(method)
print(json.dumps([each for each in sys.modules if each.startswith("pets.")]))
"""
_PROGRAM = """\
from typing import assert_type

from pets import AccountsUpdateBody, Client, constants, models
from pets.models import Account
from pets.scopes import REQUIRED, Scope


def shown(client: Client) -> str:
    found = client.accounts.get("a")
    assert_type(found, models.Account)
    assert_type(client.accounts.update("a", body=AccountsUpdateBody()), models.Account)
    print(constants.SortField.NAME, REQUIRED["alerts.get"] & {Scope.ALL_USER})
    listed: list[Account] = client.accounts.list().items or []
    found.nothing
    models.Nothing
    return listed[0].name
"""
_DIVIDED = ("models", "constants", "constraints", "scopes")


@pytest.fixture(scope="module")
def pets(tmp_path_factory: pytest.TempPathFactory) -> Generator[Any, None, None]:
    """Generate a package of 63 operations in seven resources."""
    text = to_json(inline(MANY)).decode()
    with generated_package(tmp_path_factory.mktemp("large"), text, names="short") as package:
        yield package


def test_resource_imports_its_own_models_and_the_shared_ones(pets: Any) -> None:
    modules = json.loads(_run(pets, _USE))
    found = {each for each in modules if each.count(".") > 1 and each.split(".")[1] in _DIVIDED}
    assert found == {
        *("pets.models.alerts", "pets.models.shared"),
        *("pets.constraints.alerts", "pets.constraints.shared"),
        "pets.scopes.alerts",
    }


@pytest.mark.parametrize("kind", ["models", "constants", "scopes"])
def test_all_public_names_can_be_imported_from_one_place(pets: Any, kind: str) -> None:
    module = importlib.import_module(f"{pets.__name__}.{kind}")
    assert {*module.__all__} <= {*dir(module)}
    program = f"from pets.{kind} import *; print(*vars())"
    assert {*module.__all__} <= {*_run(pets, program).split()}


def test_models_can_be_imported_from_the_package_which_loads_no_other_ones(pets: Any) -> None:
    program = "import pets; pets.models; print({*pets.models.__all__} & {*dir(pets)})"
    assert "'Account'" in _run(pets, program)
    program = "import sys; from pets import Account; print(*sys.modules)"
    found = {each for each in _run(pets, program).split() if each.startswith("pets.models.")}
    assert found == {"pets.models.accounts", "pets.models.shared"}


def test_modules_of_models_can_be_reached_by_attribute(pets: Any) -> None:
    assert pets.models.shared.__name__ == "pets.models.shared"
    with pytest.raises(AttributeError, match=r"'pets\.models' has no attribute 'Nothing'"):
        _ = pets.models.Nothing


def test_types_of_every_method_can_be_evaluated(pets: Any) -> None:
    accounts = importlib.import_module("pets.resources.accounts")
    hints = typing.get_type_hints(accounts.AccountsResource.update)
    assert hints["return"] is pets.models.Account
    assert typing.get_args(hints["body"])[0] is pets.models.AccountsUpdateBody


def test_call_sends_and_decodes_models_of_several_modules(pets: Any) -> None:
    part = {"cluster": "a"}
    with serving() as server, pets.Client(token=TOKEN, base_url=server.url) as client:
        server.always(Answer(body=json.dumps({"id": "1", "name": "Box", "jobPart": part}).encode()))
        body = pets.models.AccountsUpdateBody.from_dict({"name": "Box", "jobPart": part})
        answered = client.accounts.update("1", body=body)
        assert json.loads(server.requests[-1].body) == {"name": "Box", "jobPart": part}
        with pytest.raises(pets.InvalidArgumentError, match=r"body\.jobPart\.cluster"):
            client.accounts.create(body={"name": "Box", "jobPart": {"cluster": "a" * 1000}})
    assert type(answered) is pets.models.Account
    assert answered.job_part.cluster == "a"
    assert type(answered.job_part) is getattr(pets.models, type(answered.job_part).__name__)


def test_mock_has_the_examples_of_all_resources(pets: Any) -> None:
    examples = importlib.import_module("pets._examples")
    assert len(examples.MOCK_OPERATIONS) == MANY
    transport = pets.testing.mock_transport()
    with pets.Client(token=TOKEN, http_client=httpx.Client(transport=transport)) as client:
        assert client.alerts.get("a").name == client.badges.update("b", body={}).name == "5f0d"


def test_pickles_name_the_package_of_models_whichever_module_defines_the_class(pets: Any) -> None:
    model = pets.models.Account.from_dict(
        {"id": "1", "name": "Box", "jobPart": {"cluster": "a"}, "x": 1}
    )
    pickled = pickle.dumps(model)
    assert b"pets.models.accounts" not in pickled
    again = pickle.loads(pickled)
    assert (again, again.extra, again.job_part) == (model, {"x": 1}, model.job_part)


def test_required_scopes_of_all_operations_are_joined(pets: Any) -> None:
    scopes = importlib.import_module(f"{pets.__name__}.scopes")
    assert len(scopes.REQUIRED) == MANY
    assert scopes.Scope.ALL_USER in scopes.REQUIRED["alerts.get"]


@each_checker
def test_type_checkers_see_all_names(pets: Any, tmp_path: Path, checker: str) -> None:
    (tmp_path / "program.py").write_text(_PROGRAM, "utf-8")
    found = lines_with_errors(tmp_path, checker, Path(pets.__file__).parents[1])
    assert {*found["program"]} == {14, 15}


def test_package_of_few_operations_has_one_module_of_models(tmp_path: Path) -> None:
    files = _files(tmp_path, FEW)
    assert {"models.py", "constraints.py", "constants.py", "scopes.py"} <= files.keys()
    assert not [path for path in files if path.split("/")[0] in _DIVIDED]


def test_package_of_many_operations_without_models_has_an_empty_module(tmp_path: Path) -> None:
    operation = {"responses": {"204": {"description": "Done."}}}
    paths = {f"/pets{number}": {"get": operation} for number in range(MANY)}
    paths["/constraints"] = {"get": operation}
    with generated_package(tmp_path, to_json(document(paths)).decode(), names="short") as package:
        assert _run(package, "from pets.models import *; from pets import Client, models") == ""
        assert _run(package, "from pets.resources import constraints") == ""


def test_no_model_is_defined_twice(pets: Any) -> None:
    folder = Path(pets.models.__file__).parent
    lines = [line for path in folder.glob("*.py") for line in path.read_text("utf-8").splitlines()]
    defined = [line.split("(")[0] for line in lines if line.startswith("class ")]
    assert len(defined) == len({*defined}) > 0


def _files(folder: Path, count: int) -> dict[str, bytes]:
    spec = folder / "openapi.json"
    spec.write_bytes(to_json(inline(count)))
    return pipeline.build(spec, "things", strict=False).files


def _run(package: Any, program: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(package.__file__).parents[1],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
