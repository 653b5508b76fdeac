# Made from openapi.yaml by `python -m generator generate`; do not edit by hand.
"""JSON to Python and back: models, decoding, unions.

It imports `core` alone.
"""
