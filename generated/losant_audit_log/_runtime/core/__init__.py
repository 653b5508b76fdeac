# Made from openapi.yaml by `python -m generator generate`; do not edit by hand.
"""Code that is independent of OpenAPI: HTTP library, errors, type guards, headers, timestamps.

Every other package may import this one; it imports none of them.
"""
