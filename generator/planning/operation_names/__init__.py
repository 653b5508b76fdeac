"""Names of resources and methods, by which operations are called: `client.resource.method()`.

A name depends on its own operation only, so that an operation that is added at the end of a
document renames no other; `pipeline` and `planning` may import this package.
"""
