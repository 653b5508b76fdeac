"""Enumerations of tens of thousands of values."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.pipeline import build

WRITTEN: dict[str, Callable[[int], str]] = {
    "distinct names": lambda n: f"value-{n}",
    "equal names": lambda n: f"a{'-_'[n % 2]}b{'-' * (n % 7)}{n // 14}",
    "no letters": lambda n: "!" * (1 + n % 50) + "?" * (n // 50),
}


def seconds(folder: Path, values: list[str]) -> float:
    """Return the processor time for a package with an enumeration."""
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Pets", "version": "1.0.0"},
        "servers": [{"url": "https://pets.example.com"}],
        "paths": {},
        "components": {"schemas": {"Name": {"type": "string", "enum": values}}},
    }
    spec = folder / "openapi.json"
    spec.write_text(json.dumps(document), "utf-8")
    start = time.process_time()
    build(spec, "pets", strict=False)
    return time.process_time() - start


@pytest.mark.slow
@pytest.mark.parametrize("kind", WRITTEN)
def test_time_for_an_enumeration_grows_in_proportion(tmp_path: Path, kind: str) -> None:
    seconds(tmp_path, ["imports"])  # They take long, once.
    few, many = (
        seconds(tmp_path, [WRITTEN[kind](number) for number in range(count)])
        for count in (10_000, 40_000)
    )
    assert many < 6 * few + 1
