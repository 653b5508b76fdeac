# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""JSON to Python and back: models, decoding, unions.

It imports `core` alone.
"""
