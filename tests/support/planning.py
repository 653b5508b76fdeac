"""The first stages of generation alone: normalized documents and plans."""

from __future__ import annotations

from pathlib import Path

from generator import pipeline
from generator.document import Source
from generator.document.parsing import ParsedFile
from generator.document.positions import Tree
from generator.normalize import Normalized
from generator.normalize.operations import OperationReading
from generator.normalize.schemas.shapes import EnumShape, NamedShape, ObjectShape, Shape
from generator.planning.plan.operations import Operation
from generator.planning.plan.package import Package

HEAD = """\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example.com'}]
"""


def plan_document(folder: Path, document: str, *, head: str = HEAD) -> tuple[Normalized, Package]:
    """Normalize and plan a document, given without its head; the libraries do not read it."""
    spec = folder / "openapi.yaml"
    spec.write_text(head + document, "utf-8")
    normalized, package, _ = pipeline.plan_package(
        spec, "pets", strict=False, names="document", compares=False
    )
    return normalized, package


def reading(folder: Path, operation: str) -> OperationReading:
    """Normalize a document of one operation, `GET /pets/{id}/{part}`, in YAML's flow style."""
    normalized, _ = plan_document(folder, one_operation(operation))
    (found,) = normalized.operations
    return found


def one_operation(operation: str, components: str = "") -> str:
    """Write a document of one operation; its path has the parameters `id` and `part`."""
    return f"""\
paths:
  /pets/{{id}}/{{part}}:
    parameters:
      - {{name: part, in: path, required: true, schema: {{type: string}}}}
      - {{name: id, in: path, required: true, schema: {{type: string}}}}
    get: {operation}
components: {{{components}}}
"""


def operations(package: Package) -> dict[str, Operation]:
    """Return a package's operations by their operationIds."""
    return {each.id: each for resource in package.resources for each in resource.operations}


def named_shape(name: str, shape: Shape | ObjectShape | EnumShape) -> NamedShape:
    """Return a named shape, as if a document defined it at its root."""
    source = Source("", Path(), ParsedFile("", None, (), Tree(None, {}, ())))
    return NamedShape(name, "", source.root, shape)
