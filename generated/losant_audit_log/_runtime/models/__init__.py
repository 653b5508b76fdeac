# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Conversion between JSON and Python: models, decoding, unions.

`arguments` and the layers above it may import this package.
"""
