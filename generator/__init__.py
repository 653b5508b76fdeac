"""Generate a typed httpx client package from an OpenAPI document.

Each package is one stage and may import only the stages before it: `document`, `openapi`, `lint`,
`repair`, `normalize`, `planning`, `render`, `output`; `pipeline` joins them.
"""

__version__ = "1.0.0"
