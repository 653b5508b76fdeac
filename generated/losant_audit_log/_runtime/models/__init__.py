# Made from openapi.yaml by `python -m generator generate`; do not edit by hand.
"""Conversion between JSON and Python: models, decoding, unions.

It imports only `core`.
"""
