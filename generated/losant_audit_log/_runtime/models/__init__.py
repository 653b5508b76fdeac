# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Conversion between JSON and Python: models, decoding, unions.

It imports only `core`.
"""
