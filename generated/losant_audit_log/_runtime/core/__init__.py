# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Code independent of OpenAPI: HTTP library, errors, type guards, headers, timestamps.

Every other package may import this one; it imports none of them.
"""
