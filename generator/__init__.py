"""Generate a typed httpx client package from an OpenAPI document.

Each package is one stage and may import only the stages before it: `python`, `document`, `overlay`,
`openapi`, `lint`, `repair`, `normalize`, `planning`, `render` and `output`, `pipeline`, `diff`,
`initial`, `upstream` and `release`; all of them may import the definitions of `runtime`.
"""

__version__ = "1.0.0"
