"""Fixtures: clients of packages generated from a test module's document."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, cast

import pytest

from tests.support.callers import Way
from tests.support.packages import PackageCaller, generated_package
from tests.support.server import Server, json_answer


@pytest.fixture(scope="module")
def pets(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Any, None, None]:
    """The package of the module's `DOCUMENT`."""
    document: str = cast("Any", request).module.DOCUMENT
    with generated_package(tmp_path_factory.mktemp("pets"), document) as package:
        yield package


@pytest.fixture(params=list(Way))
def call(request: pytest.FixtureRequest, pets: Any, server: Server) -> PackageCaller:
    """Calls a server that accepts everything, once in each mode."""
    server.always(json_answer({"ok": True}))
    return PackageCaller(pets, Way(request.param), server.url)


@pytest.fixture
def call_sync(pets: Any, server: Server) -> PackageCaller:
    """Calls a server that accepts everything with the synchronous client."""
    server.always(json_answer({"ok": True}))
    return PackageCaller(pets, Way.SYNC, server.url)
