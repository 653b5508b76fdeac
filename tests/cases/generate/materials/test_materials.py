"""The bill of materials of a package (SBOM)."""

from __future__ import annotations

import json
import tomllib
from typing import Any

from generator import __version__
from tests.support.cli import Project
from tests.support.paths import PACKAGE, ROOT


def materials(content: bytes) -> dict[str, Any]:
    listed: dict[str, Any] = json.loads(content)
    return listed


def test_bill_of_materials_lists_the_package_its_requirements_and_the_document(
    generated_project: Project,
) -> None:
    content = materials(generated_project.files()["sbom.cdx.json"])
    assert (content["bomFormat"], content["specVersion"]) == ("CycloneDX", "1.6")
    main = content["metadata"]["component"]
    assert (main["name"], main["version"]) == ("pets", "1.0.0")
    [tool] = content["metadata"]["tools"]["components"]
    assert (tool["name"], tool["version"]) == ("openapi-httpx-generator", __version__)
    *libraries, document = content["components"]
    assert [each["purl"] for each in libraries] == ["pkg:pypi/httpx2", "pkg:pypi/msgspec"]
    assert document["name"] == "openapi.yaml"
    references = {main["bom-ref"], *(each["bom-ref"] for each in content["components"])}
    assert len(references) == 4
    for each in content["dependencies"]:
        assert {each["ref"], *each["dependsOn"]} <= references


def test_bill_of_materials_changes_only_with_the_version(generated_project: Project) -> None:
    before = generated_project.files()["sbom.cdx.json"]
    generated_project.edit("An animal.", "A tame animal.")
    assert generated_project.run("generate").code == 0
    assert generated_project.files()["sbom.cdx.json"] == before
    generated_project.edit("version: 1.0.0", "version: 1.0.1")
    assert generated_project.run("generate").code == 0
    after = materials(generated_project.files()["sbom.cdx.json"])
    main = after["metadata"]["component"]
    assert main["version"] == "1.0.1"
    main["version"] = "1.0.0"
    assert after == materials(before)


def test_bill_of_materials_has_no_time_and_no_random_number(generated_project: Project) -> None:
    content = materials(generated_project.files()["sbom.cdx.json"])
    assert not {"serialNumber", "timestamp"} & {*content, *content["metadata"]}


def test_requirements_are_those_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    content = materials((PACKAGE / "sbom.cdx.json").read_bytes())
    assert content["metadata"]["component"]["name"] == project["name"]
    listed = [
        each["properties"][0]["value"] for each in content["components"] if "properties" in each
    ]
    assert listed == project["dependencies"]
