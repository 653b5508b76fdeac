"""Public names of packages, read once per process."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import griffe
import pytest

from generator.diff import surface


@pytest.fixture(scope="session", autouse=True)
def surfaces_are_read_once(tmp_path_factory: pytest.TempPathFactory) -> Generator[None, None, None]:
    """Read the names of a package once: most tests change another document of the same two."""
    module: Any = surface
    read: Callable[[str, Mapping[str, bytes], Path], griffe.Object] = module._read

    @lru_cache(maxsize=4)
    def read_once(package: str, files: frozenset[tuple[str, bytes]]) -> griffe.Object:
        return read(package, dict(files), tmp_path_factory.mktemp("surface"))

    def read_surface(package: str, files: Mapping[str, bytes], _: Path) -> griffe.Object:
        return read_once(package, frozenset(files.items()))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(surface, "_read", read_surface)
        yield
