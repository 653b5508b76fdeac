# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Python to the wire: parameters as data, their constraints and their encoding.

It imports `models` and `core`.
"""
