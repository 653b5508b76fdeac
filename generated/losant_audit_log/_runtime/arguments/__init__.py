# Made from openapi.yaml by `python -m generator generate`; do not edit by hand.
"""Validation and encoding of arguments: parameters as data, their schemas and styles.

It imports `models` and `core`.
"""
