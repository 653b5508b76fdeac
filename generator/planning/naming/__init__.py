"""Names of resources and methods, by which operations are called: `client.resource.method()`.

`operation_names` assigns them. A name depends on its own operation only, so that an operation that
is added to a document renames no other; see `short` for the rule.
"""
