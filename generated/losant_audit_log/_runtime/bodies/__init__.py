# Made from openapi.yaml by `python -m generator generate`; do not edit by hand.
"""Request bodies: JSON, forms, strings, bytes, multipart. Optional.

It imports `arguments` and what lies below; only operations with a request body import it.
"""
