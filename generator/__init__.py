"""Generate a typed httpx client package from an OpenAPI document.

Each package is one stage and imports only the stages before it: `document`, `openapi`, `lint`,
`repair`, `normalize`, `planning`, `render`, `output`. `pipeline` joins them; `diff`, `release` and
`upstream` use the pipeline.
"""
