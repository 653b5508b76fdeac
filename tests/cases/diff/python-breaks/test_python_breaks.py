"""Breaking changes of public names without a change of the document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from generator import pipeline
from generator.diff import surface
from generator.diff.change import Impact
from generator.diff.comparison import compare
from generator.diff.side import Side
from tests.cases.diff.conftest import PETS
from tests.support.editing import replaced_once

pytestmark = pytest.mark.long


def change_file(files: Mapping[str, bytes], path: str, old: str, new: str) -> dict[str, bytes]:
    text = files[path].decode()
    assert old in text
    return {**files, path: text.replace(old, new).encode()}


@pytest.mark.parametrize(
    ("path", "old", "new", "summary"),
    [
        (
            "_runtime/resources/pages.py",
            "def next_page(",
            "def following_page(",
            "_runtime.resources.pages.Page.next_page: public object was removed",
        ),
        (
            "_runtime/clients/client.py",
            "max_retries: int = MAX_RETRIES",
            "max_retries: int = 5",
            (
                "_runtime.clients.client.BaseClient.__init__: "
                "parameter default was changed: max_retries"
            ),
        ),
        (
            "testing.py",
            "    base_url: str | None = None,\n",
            "",
            "testing.mock_transport: parameter was removed: base_url",
        ),
        (
            "resources/pets.py",
            "def get(self, pet_id:",
            "def get(self, animal_id:",
            "resources.pets.PetsResource.get: parameter was removed: pet_id",
        ),
        (
            "models.py",
            "class Fault(Model",
            "class Failure(Model",
            "models.Fault: public object was removed",
        ),
    ],
)
def test_removed_name_or_argument_is_breaking(
    base: Side, path: str, old: str, new: str, summary: str
) -> None:
    found = list(surface.compare("pets", base.files, change_file(base.files, path, old, new)))
    breaking = [
        f"{each.subject}: {each.message}" for each in found if each.impact is Impact.BREAKING
    ]
    assert summary in breaking


def test_location_of_a_change_is_a_line_of_the_package(base: Side) -> None:
    new = change_file(base.files, "models.py", "class Fault(Model", "class Failure(Model")
    [line] = [
        number
        for number, text in enumerate(base.files["models.py"].decode().splitlines(), start=1)
        if text.startswith("class Fault(")
    ]
    places = [str(each.location) for each in surface.compare("pets", base.files, new)]
    assert f"pets/models.py:{line}:1" in places


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("_runtime/calls/call.py", "def ", "def renamed_"),
        ("constraints.py", "COLOR", "HUE"),
        ("resources/pets.py", "PET_ID", "ANIMAL_ID"),
        ("__init__.py", '__version__ = "1.0.0"', '__version__ = "2.0.0"'),
    ],
)
def test_changes_of_private_modules_are_no_change(
    base: Side, path: str, old: str, new: str
) -> None:
    assert list(surface.compare("pets", base.files, change_file(base.files, path, old, new))) == []


def test_removed_server_is_breaking(build_side: Callable[[str], Side]) -> None:
    first = "  - url: https://pets.example.com\n"
    second = "  - {url: 'https://test.example.com', description: Test.}\n"
    third = "  - {url: 'https://trial.example.com', description: Trial.}\n"
    texts = [replaced_once(PETS, first, each) for each in (first + second + third, first + third)]
    old, new = (
        replace(side, files=pipeline.files_of(side.plan, side.normalized.document))
        for side in map(build_side, texts)
    )
    impacts = [(each.impact, each.subject) for each in compare(old, new)]
    assert (Impact.BREAKING, "servers.TEST") in impacts
