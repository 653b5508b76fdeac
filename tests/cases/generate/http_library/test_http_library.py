"""Packages that are built on httpx or on httpx2."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import tomllib
from collections.abc import Generator
from pathlib import Path
from typing import Any

import httpx
import httpx2
import pytest

from tests.support.callers import Way
from tests.support.cli import DOCUMENT, Project, project
from tests.support.packages import PackageCaller, generated_package
from tests.support.server import Recorded, Server, json_answer

LIBRARIES: dict[str, Any] = {"httpx": httpx, "httpx2": httpx2}
REQUIREMENTS = {"httpx": "httpx>=0.27,<1", "httpx2": "httpx2>=2.12,<3"}
PET = json_answer({"name": "Rex"})
SECURED = DOCUMENT.replace("paths:\n", "security: [{bearer: []}]\npaths:\n", 1).replace(
    "components:\n", "components:\n  securitySchemes: {bearer: {type: http, scheme: bearer}}\n"
)


@pytest.fixture(scope="module", params=["httpx", "httpx2"])
def library(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def pets(library: str, tmp_path_factory: pytest.TempPathFactory) -> Generator[Any, None, None]:
    with generated_package(tmp_path_factory.mktemp("pets"), SECURED, http=library) as package:
        yield package


@pytest.fixture(params=list(Way))
def call(request: pytest.FixtureRequest, pets: Any, server: Server) -> PackageCaller:
    return PackageCaller(pets, request.param, server.url)


def get(client: Any) -> Any:
    return client.pets.get("1")


def get_with(call: PackageCaller, library: str, **options: Any) -> Any:
    """Get a pet with an HTTP client of a library, and close that client."""
    if call.way is Way.SYNC:
        with LIBRARIES[library].Client(**options) as http:
            return call(get, http_client=http)
    http = LIBRARIES[library].AsyncClient(**options)

    async def get_and_close(client: Any) -> Any:
        async with http:
            return await get(client)

    return call(get_and_close, http_client=http)


def test_client_sends_requests_by_the_configured_library(
    call: PackageCaller, server: Server, library: str
) -> None:
    server.always(PET)
    raw = call(lambda client: client.pets.with_raw_response.get("1"))
    assert raw.parse().name == "Rex"
    server.always(json_answer({}, 404))
    with pytest.raises(call.package.NotFoundError) as caught:
        call(get)
    assert type(caught.value.response) is LIBRARIES[library].Response
    assert type(caught.value.request) is LIBRARIES[library].Request


def test_timeout_of_the_configured_library_is_accepted(
    call: PackageCaller, server: Server, library: str
) -> None:
    def answer_late(_: Recorded) -> Any:
        time.sleep(0.3)
        return PET

    server.always(answer_late)
    timeout = LIBRARIES[library].Timeout(5, read=0.05)
    with pytest.raises(call.package.APITimeoutError):
        call(get, timeout=timeout)
    kind = rf"timeout: expected seconds or an {library}\.Timeout, got str"
    with pytest.raises(call.package.InvalidArgumentError, match=kind):
        call(get, timeout="5")
    with pytest.raises(call.package.InvalidArgumentError, match=rf"expected an {library}\."):
        call(get, http_client=object())


def test_refused_connection_is_an_error_of_the_package(call: PackageCaller) -> None:
    with pytest.raises(call.package.APIConnectionError) as caught:
        call(get, base_url="http://127.0.0.1:1")
    assert caught.value.reason == "refused"


@pytest.mark.parametrize("passed", LIBRARIES)
def test_client_of_either_library_is_accepted(
    call: PackageCaller, server: Server, passed: str
) -> None:
    server.always(PET)
    assert get_with(call, passed).name == "Rex"


@pytest.mark.parametrize("passed", LIBRARIES)
def test_mock_serves_clients_of_either_library(call: PackageCaller, passed: str) -> None:
    mock = sys.modules["pets.testing"].mock_transport
    faults = [None, 404, "timeout", "reset", "closed", "refused", "truncated"]
    transport = mock(answers={"pets.get": {"name": "Rex"}}, faults=faults)

    def again() -> Any:
        return get_with(call, passed, transport=transport)

    assert again().name == "Rex"
    with pytest.raises(call.package.NotFoundError) as caught:
        again()
    assert type(caught.value.response) is LIBRARIES[passed].Response
    with pytest.raises(call.package.APITimeoutError):
        again()
    for _ in range(4):
        with pytest.raises(call.package.APIConnectionError):
            again()
    assert again().name == "Rex"


def test_package_imports_only_its_library(pets: Any, library: str) -> None:
    [other] = {*LIBRARIES} - {library}
    shown = f"{library!r} in sys.modules, {other!r} in sys.modules"
    program = f"import sys, pets; pets.Client('t'); print({shown})"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(pets.__file__).parents[1],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "True False\n"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", "httpx2"),
        ('http = "httpx2"\n', "httpx2"),
        ('http = "httpx"\n', "httpx"),
    ],
)
def test_package_requires_the_configured_library_or_else_httpx2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, expected: str
) -> None:
    here = project_with(tmp_path, monkeypatch, f"project = true\n{line}")
    assert here.run("generate").code == 0
    found = tomllib.loads((here.output / "pyproject.toml").read_text("utf-8"))["project"]
    assert found["dependencies"] == [REQUIREMENTS[expected], "msgspec>=0.19,<1"]
    extras = found.get("optional-dependencies", {})
    assert extras == ({"httpx2": [REQUIREMENTS["httpx2"]]} if expected == "httpx" else {})
    materials = json.loads((here.package / "sbom.cdx.json").read_text("utf-8"))
    assert materials["components"][0]["name"] == expected
    readme = (here.package / "README.md").read_text("utf-8")
    assert f"installs `{expected}` and `msgspec`" in readme
    assert f"an `{expected}.Client` or `{expected}.AsyncClient`" in readme


def test_unknown_library_is_an_error_that_names_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = project_with(tmp_path, monkeypatch, 'http = "requests"\n').run("generate")
    assert ended.code == 2
    assert ended.err == (
        "error: pyproject.toml: http in [tool.generator] must be 'httpx' or 'httpx2', "
        "not 'requests'\n"
    )


def test_init_configures_httpx2(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = Project(tmp_path, monkeypatch.chdir)
    assert here.run("init").code == 0
    written = tomllib.loads((tmp_path / "pyproject.toml").read_text("utf-8"))
    assert written["tool"]["generator"]["http"] == "httpx2"


def project_with(folder: Path, monkeypatch: pytest.MonkeyPatch, lines: str) -> Project:
    found = project(folder / "project", monkeypatch.chdir)
    with (found.root / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write(lines)
    return found
