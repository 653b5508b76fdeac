"""The OpenAPI specification as data: objects, operations, parameters, media types, patterns.

Neither lint rules nor the reading of schemas belong here; every stage from `lint` on may import
this package.
"""
