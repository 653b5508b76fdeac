# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""What knows nothing of OpenAPI: the HTTP library, errors, guards, headers, timestamps.

Every other package may import it; it imports none of them.
"""
