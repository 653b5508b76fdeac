"""Packages generated from small documents, and calls by their clients."""

from __future__ import annotations

import importlib
import inspect
import sys
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import anyio
import pytest

from tests.support.callers import TOKEN, Way
from tests.support.cli import project


@contextmanager
def generated_package(
    folder: Path, document: str, *, strict: bool = False, names: str = "document", http: str = ""
) -> Generator[Any, None, None]:
    """Generate the package `pets` of a document and import it; unload it at the end.

    Args:
        folder: An empty directory.
        document: The document's text.
        strict: Whether the document must not cause warnings.
        names: The rule for the names of resources and methods.
        http: The HTTP library; by default none is configured.
    """
    with pytest.MonkeyPatch.context() as patch:
        project_ = project(folder / "project", patch.chdir)
        project_.spec.write_text(document, "utf-8")
        configuration = folder / "project" / "pyproject.toml"
        text = configuration.read_text("utf-8").replace('"document"', f'"{names}"')
        if not strict:
            text = text.replace("strict = true", "strict = false")
        if http:
            text = f'{text}http = "{http}"\n'
        configuration.write_text(text, "utf-8")
        ended = project_.run("generate")
        assert ended.code == 0, ended.err
        patch.setattr(sys, "path", [str(project_.output), *sys.path])
        before = {name: sys.modules.pop(name) for name in list(sys.modules) if _is_ours(name)}
        importlib.invalidate_caches()
        package = importlib.import_module("pets")
        importlib.import_module("pets.testing")
        yield package
        for name in [name for name in sys.modules if _is_ours(name)]:
            del sys.modules[name]
        sys.modules.update(before)


def _is_ours(name: str) -> bool:
    return name.partition(".")[0] == "pets"


@dataclass(frozen=True)
class PackageCaller:
    """Makes calls with a package's client.

    Attributes:
        package: The package.
        way: The mode.
        url: The server's URL.
        credentials: The client's arguments for credentials.
    """

    package: Any
    way: Way
    url: str
    credentials: Mapping[str, Any] = field(default_factory=lambda: {"token": TOKEN})

    def __call__(self, call: Callable[[Any], Any], **options: Any) -> Any:
        """Make a client, pass it to a function, and return the result, awaited if necessary.

        Args:
            call: The function to call with the client.
            **options: Further arguments of the client.
        """
        arguments = {**self.credentials, "base_url": self.url, "max_retries": 0, **options}
        if self.way is Way.SYNC:
            with self.package.Client(**arguments) as client:
                return call(client)

        async def await_call() -> Any:
            async with self.package.AsyncClient(**arguments) as client:
                outcome = call(client)
                return await outcome if inspect.isawaitable(outcome) else outcome

        return anyio.run(await_call, backend=str(self.way))
