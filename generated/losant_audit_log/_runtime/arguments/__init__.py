# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Validation and encoding of arguments: parameters as data, their schemas and styles.

It imports `models` and `core`.
"""
