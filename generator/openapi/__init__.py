"""What the OpenAPI specification itself defines: objects, operations, media types, patterns.

It holds facts, no lint rules and no reading of schemas. Every stage from `lint` on may import it.
"""
