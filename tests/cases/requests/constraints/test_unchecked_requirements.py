"""Requirements of a document that requests are not validated by are reported."""

from __future__ import annotations

from tests.support.cli import Project

DOCUMENT = """\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example.com'}]
paths:
  /pets:
    post:
      operationId: pets.add
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
      responses: {'204': {description: Done.}}
components:
  schemas:
    Pet:
      type: object
      required: [id, chip]
      properties:
        id: {type: string}
        owner: {type: object, properties: {a: {}}, required: [a]}
        parts: {allOf: [{$ref: '#/components/schemas/Base'}, {required: [a, b]}], required: [c]}
        again: {properties: {a: {}, b: {}}, oneOf: [{required: [a]}, {required: [b]}]}
        union:
          allOf:
            - {type: object, properties: {a: {type: string}}}
            - anyOf:
                - {type: object, required: [b], properties: {b: {type: string}}}
                - {type: object, required: [c], properties: {c: {type: string}}}
        loose: {type: object, properties: {a: {}}, anyOf: [{properties: {b: {}}}, {title: None}]}
        labels: {type: object, required: [en], additionalProperties: {type: string}}
    Base: {type: object, properties: {a: {}, owner: {type: object, properties: {b: {}}}}}
    Child:
      allOf: [{$ref: '#/components/schemas/Base'}]
      properties: {owner: {required: [b], properties: {c: {}}}}
    Mixin: {required: [a], properties: {z: {}}}
    Mixed: {allOf: [{$ref: '#/components/schemas/Base'}, {$ref: '#/components/schemas/Mixin'}]}
"""


def test_requirements_without_effect_are_reported_at_their_positions(new_project: Project) -> None:
    new_project.spec.write_text(DOCUMENT, "utf-8")
    settings = new_project.root / "pyproject.toml"
    settings.write_text(settings.read_text("utf-8").replace("strict = true", ""), "utf-8")
    ended = new_project.run("generate")
    assert ended.code == 0
    lines = [line for line in ended.err.splitlines() if ": warning U91" in line]
    found = [line.partition("openapi.yaml:")[2].split(": ")[:2] for line in lines]
    assert found == [
        ["21:45", "warning U912"],
        ["25:15", "warning U912"],
        ["20:77", "warning U913"],
        ["20:94", "warning U913"],
        ["16:22", "warning U913"],
    ]
