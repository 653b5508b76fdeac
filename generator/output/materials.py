"""Bill of materials of a package (SBOM), as CycloneDX 1.6.

It has no time, no random number and no checksums: those are in the manifest.
"""

from __future__ import annotations

import json
import re

from .. import __version__
from ..config import DISTRIBUTION
from ..document.json_values import JsonObject
from ..planning.plan.package import Package

NAME = "sbom.cdx.json"


def build(package: Package) -> bytes:
    """Return the bill of materials of a package as JSON."""
    name = package.distribution
    required = [_requirement(each) for each in package.requirements]
    contained = {"type": "file", "bom-ref": package.document, "name": package.document}
    generator = {"type": "application", "name": DISTRIBUTION, "version": __version__}
    content: JsonObject = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "library",
                "bom-ref": name,
                "name": name,
                "version": package.service.version,
            },
            "tools": {"components": [generator]},
        },
        "components": [*required, contained],
        "dependencies": [
            {"ref": name, "dependsOn": [each["bom-ref"] for each in (*required, contained)]}
        ],
    }
    return f"{json.dumps(content, indent=2)}\n".encode()


def _requirement(requirement: str) -> JsonObject:
    """Return the component of a requirement, without a version: the installer chooses it."""
    [name] = re.findall(r"^[\w-]+", requirement)
    return {
        "type": "library",
        "bom-ref": f"pkg:pypi/{name}",
        "name": name,
        "purl": f"pkg:pypi/{name}",
        "scope": "required",
        "properties": [{"name": "requirement", "value": requirement}],
    }
