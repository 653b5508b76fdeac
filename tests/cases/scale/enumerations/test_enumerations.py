"""Enumerations of tens of thousands of values."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from generator.pipeline import build

WRITTEN: dict[str, Callable[[int], str]] = {
    "distinct names": lambda n: f"value-{n}",
    "equal names": lambda n: f"a{'-_'[n % 2]}b{'-' * (n % 7)}{n // 14}",
    "no letters": lambda n: f"{n:b}".translate({ord("0"): "!", ord("1"): "?"}),
}


def seconds(folder: Path, values: list[str]) -> float:
    """Return the least processor time of three for a package with an enumeration."""
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Pets", "version": "1.0.0"},
        "servers": [{"url": "https://pets.example.com"}],
        "paths": {},
        "components": {"schemas": {"Name": {"type": "string", "enum": values}}},
    }
    spec = folder / "openapi.json"
    spec.write_text(json.dumps(document), "utf-8")
    times = [time.process_time()]
    for _ in range(3):
        build(spec, "pets", strict=False)
        times.append(time.process_time())
    return min(after - before for before, after in pairwise(times))


@pytest.mark.slow
@pytest.mark.parametrize("kind", WRITTEN)
def test_time_for_an_enumeration_grows_in_proportion(tmp_path: Path, kind: str) -> None:
    few, many = (
        seconds(tmp_path, [WRITTEN[kind](number) for number in range(count)])
        for count in (10_000, 40_000)
    )
    assert many < 6 * few + 1
