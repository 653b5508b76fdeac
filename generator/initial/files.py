"""The files that `init` writes."""

from __future__ import annotations

CONFIGURATION = "pyproject.toml"
DOCUMENT = """\
openapi: 3.1.0
info:
  title: Example
  version: 1.0.0
  description: Replace this document by that of your API.
servers:
  - url: https://api.example.com
security:
  - bearer: []
paths:
  /things/{thingId}:
    get:
      operationId: things.get
      tags: [things]
      summary: Retrieve one thing
      parameters:
        - name: thingId
          in: path
          required: true
          description: The id of the thing.
          schema: {type: string}
      responses:
        '200':
          description: The thing.
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Thing'}
              example: {id: a1, name: First thing}
        '404':
          description: There is no thing with this id.
tags:
  - name: things
    description: All things.
components:
  securitySchemes:
    bearer: {type: http, scheme: bearer}
  schemas:
    Thing:
      type: object
      description: A thing.
      required: [id]
      properties:
        id: {type: string, description: The id.}
        name: {type: string, description: The name.}
"""

MAKEFILE = """\
.PHONY: generate check

generate: ## write the package
\t{program} generate

check: ## compare the package with the document
\t{program} check
"""

ATTRIBUTES = """\
* text=auto eol=lf
generated/** linguist-generated=true
"""

_TABLE = """\
[tool.generator]
spec = "openapi.yaml"
output = "generated"
package = "{package}"
http = "httpx2" # what the client sends requests with; or its predecessor: "httpx"
project = true # generated/pyproject.toml: `pip install ./generated` installs the client
"""


def files(package: str, program: str) -> dict[str, str]:
    """Return the files of a new project by their names.

    Args:
        package: The import name of the package.
        program: How the generator is called.
    """
    return {
        CONFIGURATION: _TABLE.format(package=package),
        "openapi.yaml": DOCUMENT,
        "Makefile": MAKEFILE.format(program=program),
        ".gitattributes": ATTRIBUTES,
    }
